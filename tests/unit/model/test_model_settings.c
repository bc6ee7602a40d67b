/* SPDX-License-Identifier: GPL-3.0-or-later */
/* --set and --without: what they change, and what they refuse. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/load.h"
#include "model_files.h"

#include <spillway/model.h>

#include <math.h>
#include <string.h>

static sw_status load(sw_model **model, const char *source, const char *path, const char *text,
                      const char *without, sw_error *error) {
    const sw_setting setting = {path, text};
    *error = (sw_error){0};
    return sw_model_load(model, source, &setting, path ? 1 : 0, &without, without ? 1 : 0, error);
}

static sw_model *set(const char *source, const char *path, const char *text) {
    sw_model *model = NULL;
    sw_error error;
    if (load(&model, source, path, text, NULL, &error) != SW_OK)
        fail_msg("%s=%s: %s: %s", path, text, error.place, error.message);
    return model;
}

static void settings_reach_every_kind_of_place(void **state) {
    (void)state;
    char path[PATH_MAX];
    const char *everything = good_path(path, "everything");
    sw_model *model = set(everything, "hot", "500 degC");
    assert_true(fabs(sw_model_lattice(model)->run.temperature - 773.15) < 1e-9);
    assert_string_equal(sw_model_parameter(model, 0)->text, "500 degC");
    sw_model_destroy(model);
    model = set(everything, "parameters.hot.value", "450 K");
    assert_true(sw_model_lattice(model)->run.temperature == 450);
    sw_model_destroy(model);
    model = set(everything, "parameters.hot", "451 K");
    assert_true(sw_model_lattice(model)->run.temperature == 451);
    sw_model_destroy(model);
    model = set(everything, "frame.size[1]", "9");
    assert_int_equal(sw_model_lattice(model)->frame.size[1], 9);
    sw_model_destroy(model);
    model = set(everything, "frame.size", "[4, 5, 7]");
    assert_int_equal(sw_model_lattice(model)->frame.size[2], 7);
    sw_model_destroy(model);
    model = set(everything, "gas.species.O2", "2 Pa");
    assert_true(sw_model_lattice(model)->gas.list[1].pressure == 2);
    sw_model_destroy(model);
    model = set(everything, "processes.swap.kinetics.barrier", "0.7 eV");
    assert_true(sw_model_lattice(model)->process[0].barrier == 0.7);
    sw_model_destroy(model);
    /* keys that the file leaves out, but the language has */
    model = set(everything, "run.events", "12");
    assert_int_equal(sw_model_lattice(model)->run.end_events, 12);
    sw_model_destroy(model);
    model = set(everything, "run.observe.events", "13");
    assert_int_equal(sw_model_lattice(model)->run.observe_events, 13);
    assert_non_null(strstr(sw_model_resolved_text(model), "observe: {events: 13}"));
    sw_model_destroy(model);
}

typedef struct refusal {
    const char *path, *text, *words, *hint;
} refusal;

static void wrong_settings_are_refused(void **state) {
    (void)state;
    static const refusal rows[] = {
        {"temprature", "1 K", "unknown parameter 'temprature'", "'temperature'"},
        {"run.evnts", "1", "nothing at 'evnts'", "'events'"},
        {"processes.cation_hp.help", "x", "nothing at 'cation_hp'", "'cation_hop'"},
        {"gas.species.O3", "1 Pa", "nothing at 'O3'", "'O2'"},
        {"frame.size[3]", "1", "no item [3]", "from 0"},
        {"frame.size[-1]", "1", "no item [-1]", "from 0"},
        {"frame..size", "1", "is not a path", "frame.size[0]"},
        {"frame.size[", "1", "is not a path", "frame.size[0]"},
        {"run.events", "-5", "out of range", "at least 1"},
        {"run.events", "[1, 2]", "expected a whole number", ""},
        {"run.events", "{", "not YAML", ""},
        {"run.events", "", "empty text", ""},
        {"temperature", "5 eV", "found the parameter 'temperature' (5 eV), an energy",
         "defined at"},
        {"without", "[nickel]", "cannot be set", "--without"},
        {"include", "x.yaml", "cannot be set", "--without"},
        {"ablations.nickel", "{}", "cannot be set", "--without"},
        {"name", "*x", "", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        sw_model *model = NULL;
        sw_error error;
        sw_status status = load(&model, "nife-fe3o4", rows[i].path, rows[i].text, NULL, &error);
        if (status == SW_OK || model || !strstr(error.message, rows[i].words) ||
            !strstr(error.hint, rows[i].hint))
            fail_msg("%s=%s: found %s (%s)", rows[i].path, rows[i].text, error.message, error.hint);
    }
}

static sw_model *leave_out(const char *name) {
    sw_model *model = NULL;
    sw_error error;
    if (load(&model, "nife-fe3o4", NULL, NULL, name, &error) != SW_OK)
        fail_msg("without %s: %s", name, error.message);
    return model;
}

static void mechanisms_and_processes_are_left_out(void **state) {
    (void)state;
    sw_model *whole = leave_out("spillover");
    size_t processes = sw_model_lattice(whole)->processes;
    assert_true(sw_model_lattice(whole)->spillover.present);
    assert_true(sw_model_lattice(whole)->spillover.contact_only);
    static const char *const names[] = {"oxidation", "oxygen_dissociation"};
    for (size_t i = 0; i < 2; i++) {
        sw_model *model = leave_out(names[i]);
        const sw_lattice_model *lattice = sw_model_lattice(model);
        assert_int_equal(lattice->processes, processes - 1);
        for (size_t j = 0; j < lattice->processes; j++)
            assert_string_not_equal(lattice->process[j].name, "oxygen_dissociation");
        assert_int_equal(sw_model_mechanism_count(model), sw_model_mechanism_count(whole));
        sw_model_destroy(model);
    }
    sw_model_destroy(whole);
}

static bool has_mechanism(const sw_model *model, const char *name) {
    for (size_t i = 0; i < sw_model_mechanism_count(model); i++)
        if (strcmp(sw_model_mechanism(model, i), name) == 0)
            return true;
    return false;
}

static void ablations_set_values(void **state) {
    (void)state;
    sw_model *model = leave_out("nickel");
    const sw_fill *fill = &sw_model_lattice(model)->structure.fill[1];
    assert_true(fill->fraction[1] == 1 && fill->fraction[2] == 0);
    assert_int_equal(sw_model_lattice(model)->observe.core, 1 << 2);
    assert_true(has_mechanism(model, "nickel") && has_mechanism(model, "spillover") &&
                has_mechanism(model, "reduction"));
    assert_null(sw_model_mechanism(model, sw_model_mechanism_count(model)));
    sw_model_destroy(model);
    /* what is set by hand wins over an ablation */
    sw_error error;
    assert_int_equal(load(&model, "nife-fe3o4", "nickel_fraction", "0.25", "nickel", &error),
                     SW_OK);
    assert_true(sw_model_lattice(model)->structure.fill[1].fraction[2] == 0.25);
    sw_model_destroy(model);
    char path[PATH_MAX];
    assert_int_equal(load(&model, good_path(path, "everything"), NULL, NULL, "iron", &error),
                     SW_OK);
    assert_true(fabs(sw_model_lattice(model)->structure.fill[1].radius - 3) < 1e-12);
    sw_model_destroy(model);
}

/* Settings go in their order: an experiment, then what is set by hand, or the other way about. */
static void experiments_set_values(void **state) {
    (void)state;
    static const sw_setting settings[] = {
        {"mass", "70 mg"}, {"experiment", "pellet"}, {"crucible_area", "90 mm2"}};
    sw_model *model = NULL;
    sw_error error = {0};
    assert_int_equal(sw_model_load(&model, "fe2o3-nio", settings, 3, NULL, 0, &error), SW_OK);
    const sw_powder_model *powder = sw_model_powder(model);
    assert_true(fabs(powder->feed.mass * SW_ATOMIC_MASS / 200e-6 - 1) < 1e-9);
    assert_true(fabs(powder->bed.area / 90e14 - 1) < 1e-9);
    assert_true(powder->legs == 2 && powder->leg[0].ramp && powder->leg[0].hydrogen == 1);
    assert_true(sw_model_experiment_count(model) == 3);
    assert_string_equal(sw_model_experiment(model, 0), "pellet");
    assert_null(sw_model_experiment(model, 3));
    sw_model_destroy(model);
    assert_int_equal(load(&model, "fe2o3-nio", "experiment", "pelet", NULL, &error),
                     SW_ERROR_MODEL);
    assert_non_null(strstr(error.hint, "'pellet'"));
    assert_int_equal(load(&model, "nife-fe3o4", "experiment", "pellet", NULL, &error),
                     SW_ERROR_MODEL);
    assert_non_null(strstr(error.message, "no experiments"));
    assert_int_equal(load(&model, "fe2o3-nio", "experiments.pellet.mass", "1 mg", NULL, &error),
                     SW_ERROR_MODEL);
}

static void unknown_mechanisms_are_named(void **state) {
    (void)state;
    sw_model *model = NULL;
    sw_error error;
    assert_int_equal(load(&model, "nife-fe3o4", NULL, NULL, "nickle", &error), SW_ERROR_MODEL);
    assert_non_null(strstr(error.hint, "'nickel'"));
    assert_int_equal(load(&model, "nife-fe3o4", NULL, NULL, "cation_hopp", &error), SW_ERROR_MODEL);
    assert_non_null(strstr(error.hint, "'cation_hop'"));
    assert_int_equal(load(&model, "nife-fe3o4", NULL, NULL, "xyz", &error), SW_ERROR_MODEL);
    assert_non_null(strstr(error.hint, "oxidation"));
    assert_non_null(strstr(error.hint, "nickel"));
    assert_null(model);
}

static bool has_parameter(const sw_model *model, const char *name) {
    for (size_t i = 0; sw_model_parameter(model, i) != NULL; i++)
        if (strcmp(sw_model_parameter(model, i)->name, name) == 0)
            return true;
    return false;
}

/* What a setting takes the place of may have used a parameter alone: it goes. One that is set itself
 * would have no effect, which is told. */
static void parameters_without_use_go(void **state) {
    (void)state;
    static const sw_setting settings[] = {{"oxide.last", "{kind: gas, water_ratio: 5}"},
                                          {"water", "3"}};
    sw_model *model = NULL, *again = NULL;
    sw_error error = {0};
    assert_int_equal(sw_model_load(&model, "wustite-scale", settings, 1, NULL, 0, &error), SW_OK);
    assert_false(has_parameter(model, "water"));
    assert_true(has_parameter(model, "barrier"));
    const char *resolved = sw_model_resolved_text(model);
    assert_int_equal(sw_model_load_bytes(&again, "resolved", resolved, strlen(resolved), &error),
                     SW_OK);
    sw_model_destroy(model);
    sw_model_destroy(again);
    assert_int_equal(sw_model_load(&model, "wustite-scale", settings, 2, NULL, 0, &error),
                     SW_ERROR_MODEL);
    assert_non_null(strstr(error.message, "'water' is set, and never used"));
    assert_string_equal(error.place, "setting water:1:1");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parameters_without_use_go),
        cmocka_unit_test(settings_reach_every_kind_of_place),
        cmocka_unit_test(wrong_settings_are_refused),
        cmocka_unit_test(mechanisms_and_processes_are_left_out),
        cmocka_unit_test(ablations_set_values),
        cmocka_unit_test(experiments_set_values),
        cmocka_unit_test(unknown_mechanisms_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
