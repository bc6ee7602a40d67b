/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Right models: what their numbers become, and that the resolved text is the same model. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lattice_dump.h"
#include "model/load.h"
#include "model_files.h"
#include "patience.h"

#include <math.h>
#include <string.h>
#include <time.h>

static sw_model *load(const char *source) {
    sw_model *model = NULL;
    sw_error error = {0};
    if (sw_model_load(&model, source, NULL, 0, NULL, 0, &error) != SW_OK)
        fail_msg("%s: %s (%s)", error.place, error.message, error.hint);
    return model;
}

static sw_model *load_good(const char *name) {
    char path[PATH_MAX];
    return load(good_path(path, name));
}

static void assert_near(double value, double expected) {
    if (!(fabs(value - expected) <= 1e-9 * fmax(fabs(expected), 1e-12)))
        fail_msg("expected %.12g, found %.12g", expected, value);
}

static void check_same_after_resolving(sw_model *model) {
    sw_model *again = NULL;
    sw_error error = {0};
    const char *text = sw_model_resolved_text(model);
    if (sw_model_load_bytes(&again, "resolved", text, strlen(text), &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    bool lattice = sw_model_lattice(model) != NULL;
    char *first = lattice ? dump_lattice(sw_model_lattice(model)) : NULL;
    char *second = lattice ? dump_lattice(sw_model_lattice(again)) : NULL;
    if (lattice)
        assert_string_equal(first, second);
    /* one of them, of its simulator */
    int kinds =
        lattice + !!sw_model_recipe(model) + !!sw_model_powder(model) + !!sw_model_diffusion(model);
    assert_int_equal(kinds, 1);
    const sw_powder_model *powder = sw_model_powder(model);
    if (powder) {
        assert_memory_equal(&powder->feed, &sw_model_powder(again)->feed, sizeof powder->feed);
        assert_memory_equal(&powder->kinetics, &sw_model_powder(again)->kinetics,
                            sizeof powder->kinetics);
        assert_int_equal(powder->legs, sw_model_powder(again)->legs);
    }
    assert_string_equal(text, sw_model_resolved_text(again));
    assert_int_equal(sw_model_parameter_count(model), sw_model_parameter_count(again));
    assert_int_equal(sw_model_mechanism_count(model), sw_model_mechanism_count(again));
    free(first);
    free(second);
    sw_model_destroy(again);
    sw_model_destroy(model);
}

static void resolved_text_is_the_same_model(void **state) {
    (void)state;
    static const char *const names[] = {"minimal",    "derived", "surface",
                                        "everything", "slab",    "recipe"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        check_same_after_resolving(load_good(names[i]));
    for (size_t i = 0; i < sw_builtin_model_count(); i++)
        check_same_after_resolving(load(sw_builtin_model_at(i)->name));
}

static void builtin_models_are_listed(void **state) {
    (void)state;
    assert_true(sw_builtin_model_count() >= 1);
    const sw_builtin_model *model = sw_builtin_model_find("nife-fe3o4");
    assert_non_null(model);
    assert_string_equal(model->title, "NiFe particle on Fe3O4 in hydrogen and oxygen");
    assert_non_null(strstr(model->text, "name: nife-fe3o4"));
    assert_non_null(model->claims);
    assert_null(sw_builtin_model_find("nothing"));
    assert_null(sw_builtin_model_at(sw_builtin_model_count()));
}

/* Spinel: 16 octahedral, 8 tetrahedral, 32 oxygen sites in its cube of two lattice constants. */
static void main_model_is_spinel_and_nickel_iron(void **state) {
    (void)state;
    sw_model *model = load("nife-fe3o4");
    const sw_lattice_model *lattice = sw_model_lattice(model);
    assert_int_equal(lattice->structure.crystals, 1);
    assert_int_equal(lattice->structure.crystal[0].sites, 16 + 8 + 32);
    assert_near(lattice->frame.cell[1][1], 4.198);
    assert_int_equal(lattice->frame.basis_sites, 16);
    assert_int_equal(lattice->structure.fill[0].half_spaces, 8 + 6);
    assert_near(lattice->structure.fill[0].half_space[0].normal[0], 1 / sqrt(3));
    assert_int_equal(lattice->species[1].element, 26);
    assert_true(lattice->energetics.pair[0].energy < 0);
    assert_true(lattice->supply.present && lattice->spillover.present);
    assert_false(lattice->spillover.contact_only);
    assert_int_equal(lattice->observe.metal, 0);
    assert_int_equal(lattice->observe.core, 1 << 2);
    assert_string_equal(sw_model_simulator(model), "lattice");
    sw_model_destroy(model);
}

/* The planes of the family (1 1 1) of a 8 x 8 x 4 cubic frame come again after 4 of them. */
static void slabs_close(void **state) {
    (void)state;
    sw_model *model = load_good("slab");
    const sw_lattice_model *lattice = sw_model_lattice(model);
    const sw_fill *fill = lattice->structure.fill;
    assert_near(fill[0].slab.normal[2], 1 / sqrt(3));
    assert_near(fill[0].slab.repeat, 4 * 3 / sqrt(3));
    assert_near(fill[0].slab.from, -1.0);
    assert_near(fill[0].slab.thickness, 3.0);
    assert_near(fill[1].slab.normal[1], -1 / sqrt(2));
    assert_near(fill[1].slab.repeat, 8 * 3 / sqrt(2));
    assert_near(fill[1].slab.from, 0.0);
    assert_near(fill[1].slab.thickness, 6.0);
    sw_model_destroy(model);
}

/* In a hexagonal cell the planes (1 0 0) and (1 1 0) are alike, 1.5 sqrt(3) A apart. */
static void slabs_of_a_hexagonal_cell(void **state) {
    (void)state;
    sw_frame frame = {.cell = {{3, 0, 0}, {1.5, 1.5 * sqrt(3), 0}, {0, 0, 5}},
                      .size = {6, 4, 1},
                      .periodic = {true, true, false}};
    sw_slab slab = {.thickness = 1.0};
    assert_int_equal(sw_slab_close(&slab, &frame, (const int[3]){1, 0, 0}, NULL), SW_OK);
    assert_near(slab.normal[0], sqrt(3) / 2);
    assert_near(slab.normal[1], -0.5);
    assert_near(slab.repeat, 6 * 1.5 * sqrt(3));
    assert_int_equal(sw_slab_close(&slab, &frame, (const int[3]){1, 1, 0}, NULL), SW_OK);
    assert_near(slab.repeat, 2 * 1.5 * sqrt(3));
    assert_int_equal(sw_slab_close(&slab, &frame, (const int[3]){3, 2, 0}, NULL), SW_OK);
    /* the same place, seen from the next image of the frame along each axis */
    const double place[3] = {2.0, 1.1, 0.3};
    for (int axis = 0; axis < 2; axis++) {
        double image[3];
        for (int d = 0; d < 3; d++)
            image[d] = place[d] + frame.size[axis] * frame.cell[axis][d];
        assert_near(sw_slab_height(&slab, image), sw_slab_height(&slab, place));
    }
    assert_int_equal(sw_slab_close(&slab, &frame, (const int[3]){0, 0, 1}, NULL),
                     SW_ERROR_ARGUMENT);
}

static const sw_process *find_process(const sw_lattice_model *lattice, const char *name) {
    for (size_t i = 0; i < lattice->processes; i++)
        if (strcmp(lattice->process[i].name, name) == 0)
            return &lattice->process[i];
    fail_msg("no process %s", name);
    return NULL;
}

static void processes_know_their_reverse(void **state) {
    (void)state;
    sw_model *model = load_good("everything");
    const sw_lattice_model *lattice = sw_model_lattice(model);
    const sw_process *swap = find_process(lattice, "swap");
    assert_true(swap->self_reverse && !swap->reversible);
    const sw_process *drop = find_process(lattice, "drop");
    assert_true(drop->reversible && !drop->self_reverse);
    assert_int_equal(drop->slots, 3);
    assert_int_equal(drop->slot[1].after_slot, 0);
    assert_int_equal(drop->slot[0].after_species, SW_EMPTY);
    assert_int_equal(drop->slot[2].after_slot, -1);
    assert_int_equal(drop->slot[2].after_species, -1);
    assert_int_equal(drop->slot[2].before, 1 << 1 | 1 << 0);
    assert_true(drop->slot[1].offset_given);
    assert_near(drop->slot[1].offset[2], 3.0);
    assert_int_equal(drop->condition[0].maximum, 8);
    const sw_process *absorb = find_process(lattice, "absorb");
    assert_int_equal(absorb->supply_change, -2);
    assert_int_equal(absorb->gas_change[0].change, -1);
    assert_true(absorb->slot[0].open_to_gas && absorb->spillover);
    assert_int_equal(absorb->collision_gas, -1);
    sw_model_destroy(model);
}

static void stated_rates_and_collisions(void **state) {
    (void)state;
    sw_model *model = load_good("surface");
    const sw_lattice_model *lattice = sw_model_lattice(model);
    const sw_process *slide = find_process(lattice, "slide");
    assert_true(slide->has_reverse_rate && slide->reversible);
    assert_near(slide->reverse_barrier, 0.5);
    const sw_process *dissociate = find_process(lattice, "dissociate");
    assert_int_equal(dissociate->kinetics, SW_KINETICS_COLLISION);
    assert_int_equal(dissociate->collision_gas, 1);
    assert_near(dissociate->area, 9.0);
    assert_near(dissociate->sticking, 0.1);
    assert_false(dissociate->reversible);
    assert_string_equal(lattice->species[1].formula, "CO");
    assert_int_equal(lattice->species[1].element, 6);
    assert_near(lattice->run.end_time, 1e-3);
    assert_near(lattice->run.observe_every, 1e-5);
    sw_model_destroy(model);
}

static void quantities_become_inside_units(void **state) {
    (void)state;
    sw_model *model = load_good("everything");
    const sw_lattice_model *lattice = sw_model_lattice(model);
    assert_near(lattice->run.temperature, 573.15);
    assert_near(lattice->gas.list[0].pressure, 1e4);
    assert_near(lattice->gas.flow, 0.2e-6 / 60);
    assert_near(lattice->energetics.pair[0].energy, -0.03);
    assert_near(lattice->energetics.pair[0].distance, 3.0);
    assert_near(lattice->energetics.pair[1].distance, 6.0);
    assert_near(lattice->energetics.cluster[1].distance[0][3], 3 * 1.7320508);
    assert_near(lattice->energetics.valence[0].entropy[1], 1e-4);
    assert_near(lattice->structure.fill[1].radius, 6.0);
    assert_near(lattice->structure.fill[1].fraction[1], 0.75);
    assert_near(lattice->structure.fill[1].fraction[2], 0.25);
    assert_true(lattice->structure.crystal[0].period == 0);
    assert_int_equal(lattice->structure.file[0], '/');
    sw_model_destroy(model);
}

static void programme_carries_conditions_on(void **state) {
    (void)state;
    sw_model *model = load_good("everything");
    const sw_lattice_model *lattice = sw_model_lattice(model);
    assert_int_equal(lattice->legs, 3);
    assert_near(lattice->leg[0].temperature, 573.15);
    assert_near(lattice->leg[0].pressure[1], 1000);
    assert_near(lattice->leg[1].temperature, 673.15);
    assert_true(lattice->leg[1].ramp && !lattice->leg[2].ramp);
    assert_near(lattice->leg[2].temperature, 673.15);
    assert_true(lattice->leg[2].pressure[0] == 0);
    assert_near(lattice->leg[2].pressure[1], 1000);
    sw_model_destroy(model);
}

static void parameters_keep_their_source(void **state) {
    (void)state;
    sw_model *model = load_good("everything");
    const sw_parameter *hot = sw_model_parameter(model, 0);
    assert_string_equal(hot->name, "hot");
    assert_string_equal(hot->text, "300 degC");
    assert_int_equal(hot->dimension, SW_TEMPERATURE);
    assert_int_equal(hot->tag, 'A');
    assert_true(hot->swept);
    assert_string_equal(hot->source, "example");
    assert_near(sw_model_parameter(model, 2)->value, 0.03);
    assert_int_equal(sw_model_parameter(model, 2)->dimension, SW_ENERGY);
    assert_null(sw_model_parameter(model, 6));
    sw_model_destroy(model);
}

static void includes_are_merged_under(void **state) {
    (void)state;
    sw_model *model = load_good("derived");
    const sw_lattice_model *lattice = sw_model_lattice(model);
    assert_string_equal(sw_model_name(model), "derived");
    assert_near(lattice->run.temperature, 900);
    assert_int_equal(lattice->run.seed, 7);
    assert_int_equal(lattice->processes, 1);
    assert_null(strstr(sw_model_resolved_text(model), "include"));
    sw_model_destroy(model);
}

/* The limit is 20 ms; sanitizers and a busy machine are given five times that. */
static void builtin_loads_quickly(void **state) {
    (void)state;
    double best = INFINITY;
    for (int i = 0; i < 5; i++) {
        struct timespec begin, end;
        clock_gettime(CLOCK_MONOTONIC, &begin);
        sw_model_destroy(load("nife-fe3o4"));
        clock_gettime(CLOCK_MONOTONIC, &end);
        best = fmin(best, (double)(end.tv_sec - begin.tv_sec) +
                              1e-9 * (double)(end.tv_nsec - begin.tv_nsec));
    }
    assert_true(best < seconds_allowed(0.1));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(resolved_text_is_the_same_model),
        cmocka_unit_test(builtin_models_are_listed),
        cmocka_unit_test(main_model_is_spinel_and_nickel_iron),
        cmocka_unit_test(slabs_close),
        cmocka_unit_test(slabs_of_a_hexagonal_cell),
        cmocka_unit_test(processes_know_their_reverse),
        cmocka_unit_test(stated_rates_and_collisions),
        cmocka_unit_test(quantities_become_inside_units),
        cmocka_unit_test(programme_carries_conditions_on),
        cmocka_unit_test(parameters_keep_their_source),
        cmocka_unit_test(includes_are_merged_under),
        cmocka_unit_test(builtin_loads_quickly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
