/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every instrument of the room on atoms that no program likes: it measures, or says what is wrong and
 * where; the same on one thread and on three; its columns and tables have the right sizes.
 */
#include "structure_atoms.h"

#include <spillway/structure.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

static const double cube[3][3] = {{9, 0, 0}, {0, 9, 0}, {0, 0, 9}};
static const double tiny[3][3] = {{2.5, 0, 0}, {0.4, 2.6, 0}, {0, -0.3, 2.4}};
static const double flat[3][3] = {{9, 0, 0}, {0, 9, 0}, {9, 9, 0}};
static const bool everywhere[3] = {true, true, true};
static const bool nowhere[3] = {false, false, false};
static const bool along_one[3] = {true, false, false};

typedef enum sw_nuisance {
    NONE,
    ONE,
    TWO,
    THREE,
    ON_TOP,
    COLLINEAR,
    COPLANAR,
    NOT_A_NUMBER,
    INFINITE,
    FAR_APART,
    FAR_AWAY,
    TINY_CELL,
    ONE_PERIODIC_AXIS,
    FLAT_CELL,
    NO_ELEMENT,
    ODD_ELEMENT,
    DUST,
    PERFECT,
    NUISANCES
} sw_nuisance;

static sw_atoms *make_perfect(void) {
    sw_atoms *atoms = random_atoms(108, cube, everywhere, 1);
    static const double basis[4][3] = {{0, 0, 0}, {0, 0.5, 0.5}, {0.5, 0, 0.5}, {0.5, 0.5, 0}};
    for (size_t i = 0; i < 108; i++) {
        const size_t at[3] = {i / 4 % 3, i / 12 % 3, i / 36};
        for (size_t k = 0; k < 3; k++)
            sw_atoms_positions(atoms)[3 * i + k] = 3.0 * ((double)at[k] + basis[i % 4][k]);
    }
    return atoms;
}

static void keep_axes(sw_atoms *atoms, size_t axes) {
    for (size_t i = 0; i < sw_atoms_count(atoms); i++)
        for (size_t k = axes; k < 3; k++)
            sw_atoms_positions(atoms)[3 * i + k] = 1.0;
}

static sw_atoms *make_spoiled(sw_nuisance nuisance) {
    sw_atoms *atoms = random_atoms(60, cube, nowhere, 7);
    double *position = sw_atoms_positions(atoms);
    switch (nuisance) {
    case ON_TOP:
        memcpy(position + 3, position, 3 * sizeof *position);
        memcpy(position + 60, position + 30, 3 * sizeof *position);
        break;
    case COLLINEAR:
    case COPLANAR:
        keep_axes(atoms, nuisance == COLLINEAR ? 1 : 2);
        break;
    case NOT_A_NUMBER:
    case INFINITE:
        position[50] = nuisance == INFINITE ? INFINITY : NAN;
        break;
    case FAR_APART:
        position[0] = 1e9;
        position[4] = -1e9;
        break;
    case FAR_AWAY:
        for (size_t i = 0; i < 180; i++)
            position[i] += 1e9;
        break;
    case DUST: /* all in one place */
        for (size_t i = 0; i < 180; i++)
            position[i] = 4.0;
        break;
    default:
        break;
    }
    return atoms;
}

static sw_atoms *make(sw_nuisance nuisance) {
    sw_atoms *atoms = NULL;
    if (nuisance <= THREE)
        atoms = random_atoms((size_t)nuisance, NULL, NULL, 3);
    else if (nuisance == TINY_CELL)
        atoms = random_atoms(3, tiny, everywhere, 3);
    else if (nuisance == ONE_PERIODIC_AXIS)
        atoms = random_atoms(60, cube, along_one, 3);
    else if (nuisance == FLAT_CELL)
        atoms = random_atoms(60, flat, everywhere, 3);
    else if (nuisance == PERFECT)
        atoms = make_perfect();
    else
        atoms = make_spoiled(nuisance);
    for (size_t i = 0; i < sw_atoms_count(atoms); i++)
        sw_atoms_elements(atoms)[i] = nuisance == NO_ELEMENT    ? 0
                                      : nuisance == ODD_ELEMENT ? 118
                                                                : (uint8_t)(40 + i % 2);
    return atoms;
}

static void check_shape(const sw_measurement *measurement, const char *name) {
    for (size_t i = 0; i < sw_measurement_values(measurement); i++) {
        const sw_measured *value = sw_measurement_value(measurement, i);
        if (value->low > value->value * (1 + 1e-9) + 1e-12 ||
            value->high < value->value * (1 - 1e-9) - 1e-12)
            if (value->value >= 0.0)
                fail_msg("%s: %s = %g lies outside %g to %g", name, value->name, value->value,
                         value->low, value->high);
        assert_int_equal(sw_measurement_find(measurement, value->name) == value, true);
    }
    for (size_t i = 0; i < sw_measurement_plots(measurement); i++) {
        const sw_plot *plot = sw_measurement_plot(measurement, i);
        bool found = false;
        const char *table = NULL;
        for (size_t t = 0; sw_measurement_table(measurement, t, &table) != NULL; t++)
            found =
                found || (strcmp(table, plot->table) == 0 &&
                          sw_table_find(sw_measurement_table(measurement, t, NULL), plot->x) >= 0);
        if (!found)
            fail_msg("%s: the plot \"%s\" has no table with its x", name, plot->title);
    }
}

static bool same(double a, double b) {
    return (isnan(a) && isnan(b)) || memcmp(&a, &b, sizeof a) == 0;
}

static void check_same(const sw_measurement *a, const sw_measurement *b, const char *name) {
    assert_int_equal(sw_measurement_values(a), sw_measurement_values(b));
    for (size_t i = 0; i < sw_measurement_values(a); i++)
        if (!same(sw_measurement_value(a, i)->value, sw_measurement_value(b, i)->value))
            fail_msg("%s: %s depends on the number of threads: %.17g, %.17g", name,
                     sw_measurement_value(a, i)->name, sw_measurement_value(a, i)->value,
                     sw_measurement_value(b, i)->value);
}

static sw_status run(sw_measurement **measurement, const sw_instrument *instrument,
                     const char *const (*given)[2], const sw_content inputs[2], int threads,
                     sw_error *error) {
    sw_instrument_settings *settings;
    sw_context *context;
    assert_int_equal(sw_measurement_create(measurement), SW_OK);
    assert_int_equal(sw_context_create(&context), SW_OK);
    sw_context_set_threads(context, threads);
    if (sw_instrument_settings_create(&settings, instrument, NULL, given, given ? 1 : 0, error) !=
        SW_OK)
        fail_msg("%s: %s (give it a standard, or add it to this test)", instrument->name,
                 error->message);
    sw_status status = sw_instrument_measure(*measurement, inputs, settings, context, error);
    sw_instrument_settings_destroy(settings);
    sw_context_destroy(context);
    return status;
}

/* `given`: one parameter that is not the standard, or NULL. */
static void try_nuisance(const sw_instrument *instrument, const char *const (*given)[2],
                         sw_nuisance nuisance) {
    sw_atoms *atoms = make(nuisance), *reference = make(PERFECT);
    bool two = instrument->input[1] != SW_NOUN_NONE;
    const sw_content inputs[2] = {{.noun = SW_NOUN_ATOMS, .atoms = two ? reference : atoms},
                                  {.noun = SW_NOUN_ATOMS, .atoms = atoms}};
    sw_measurement *one, *three;
    sw_error error = {0}, again = {0};
    char name[96];
    snprintf(name, sizeof name, "%s %s, nuisance %d", instrument->name, given ? given[0][1] : "",
             (int)nuisance);
    sw_status status = run(&one, instrument, given, inputs, 1, &error);
    if (status != run(&three, instrument, given, inputs, 3, &again))
        fail_msg("%s: the status depends on the number of threads", name);
    if (status == SW_OK) {
        check_shape(one, name);
        check_same(one, three, name);
    } else if (error.place[0] == '\0' || error.message[0] == '\0') {
        fail_msg("%s: fails without saying where or what", name);
    }
    if ((nuisance == NOT_A_NUMBER || nuisance == INFINITE) && status == SW_OK)
        fail_msg("%s: a position that is no place was accepted", name);
    if (nuisance == PERFECT && status != SW_OK && !given)
        fail_msg("%s: a perfect crystal is refused: %s", name, error.message);
    sw_measurement_destroy(one);
    sw_measurement_destroy(three);
    sw_atoms_destroy(atoms);
    sw_atoms_destroy(reference);
}

static void every_instrument_stands_every_nuisance(void **state) {
    (void)state;
    const sw_instrument *instrument;
    for (size_t i = 0; (instrument = sw_structure_instrument(i)) != NULL; i++)
        for (int nuisance = 0; nuisance < NUISANCES; nuisance++)
            if (instrument->input[0] == SW_NOUN_ATOMS)
                try_nuisance(instrument, NULL, (sw_nuisance)nuisance);
}

/* Other ways to measure, that may refuse a perfect crystal (it has no surface, and no step). */
static void every_way_stands_every_nuisance(void **state) {
    (void)state;
    static const struct {
        const char *instrument;
        const char *given[1][2];
    } ways[] = {
        {"profile", {{"from", "isosurface"}}}, {"profile", {{"from", "surface"}}},
        {"profile", {{"density", "filled"}}},  {"profile", {{"fit", "Nb"}}},
        {"profile", {{"end", "9 8 7"}}},       {"profile", {{"side", "4 A"}}},
        {"profile", {{"overlap", "7"}}},       {"isosurface", {{"threshold", "50 %"}}},
        {"isosurface", {{"smallest", "9"}}},
    };
    for (size_t w = 0; w < sizeof ways / sizeof ways[0]; w++)
        for (size_t i = 0; sw_structure_instrument(i) != NULL; i++)
            for (int nuisance = 0; nuisance < NUISANCES; nuisance++)
                if (strcmp(sw_structure_instrument(i)->name, ways[w].instrument) == 0)
                    try_nuisance(sw_structure_instrument(i), ways[w].given, (sw_nuisance)nuisance);
}

static const sw_instrument *instrument_of(const char *name) {
    const sw_instrument *instrument;
    for (size_t i = 0; (instrument = sw_structure_instrument(i)) != NULL; i++)
        if (strcmp(instrument->name, name) == 0)
            return instrument;
    fail_msg("no instrument %s", name);
    return NULL;
}

/* Atoms in one plane fill no volume, so they have no density. */
static void flat_bodies_have_no_density(void **state) {
    (void)state;
    static const char *const given[1][2] = {{"body", "none"}};
    for (int k = 0; k < 2; k++) {
        sw_atoms *atoms = make(k == 0 ? COPLANAR : PERFECT);
        const sw_content inputs[2] = {{.noun = SW_NOUN_ATOMS, .atoms = atoms}};
        sw_measurement *measurement;
        sw_error error = {0};
        assert_int_equal(run(&measurement, instrument_of("rdf"), given, inputs, 1, &error), SW_OK);
        double density = sw_measurement_find(measurement, "number density")->value;
        assert_true(k == 0 ? isnan(density) : fabs(density - 4.0 / 27.0) < 1e-12);
        sw_measurement_destroy(measurement);
        sw_atoms_destroy(atoms);
    }
}

static void every_preset_can_be_set(void **state) {
    (void)state;
    const sw_instrument *instrument;
    for (size_t i = 0; (instrument = sw_structure_instrument(i)) != NULL; i++) {
        const sw_instrument_preset *preset = instrument->presets;
        for (; preset != NULL && preset->name != NULL; preset++) {
            sw_instrument_settings *settings;
            sw_error error = {0};
            if (sw_instrument_settings_create(&settings, instrument, preset->name, NULL, 0,
                                              &error) != SW_OK)
                fail_msg("%s, %s: %s", instrument->name, preset->name, error.message);
            sw_instrument_settings_destroy(settings);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_instrument_stands_every_nuisance),
        cmocka_unit_test(every_way_stands_every_nuisance),
        cmocka_unit_test(flat_bodies_have_no_density),
        cmocka_unit_test(every_preset_can_be_set),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
