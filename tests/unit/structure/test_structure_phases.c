/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Phases of bodies whose phases are known, and the parts that they are made with: valley, majority,
 * small regions, steps inside. */
#include "structure_crystals.h"

#include "structure/phase_smoothing.h"
#include "structure/phases.h"
#include "structure/valley.h"

#include <spillway/structure.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DENSE 4.0
#define WIDE 4.4

/* ---- valley ---------------------------------------------------------------------------------- */

/* Sum of twelve uniform numbers: a normal one to what a histogram sees. */
static double normal(sw_random *random) {
    double sum = -6.0;
    for (int i = 0; i < 12; i++)
        sum += sw_random_uniform(random);
    return sum;
}

static void the_valley_lies_between_two_peaks(void **state) {
    (void)state;
    double values[6000];
    sw_random random = sw_random_create(3, 0);
    sw_valley valley;
    for (size_t i = 0; i < 6000; i++)
        values[i] = (i < 1000 ? 3.3 : 3.6) + 0.03 * normal(&random);
    values[17] = NAN;
    assert_int_equal(sw_valley_find(&valley, values, 6000, 0.03, 20), SW_OK);
    assert_true(fabs(valley.left - 3.3) < 0.02 && fabs(valley.right - 3.6) < 0.02);
    assert_true(valley.place > 3.38 && valley.place < 3.5);
    assert_true(valley.depth < 0.1);
    /* one peak; too few on one side; nothing */
    assert_int_equal(sw_valley_find(&valley, values + 1000, 5000, 0.03, 20), SW_OK);
    assert_true(isnan(valley.place));
    assert_int_equal(sw_valley_find(&valley, values + 990, 5010, 0.03, 20), SW_OK);
    assert_true(isnan(valley.place));
    assert_int_equal(sw_valley_find(&valley, values, 0, 0.03, 20), SW_OK);
    assert_true(isnan(valley.place));
}

/* Two peaks that run into each other: the dip between them is three quarters of the lower one. */
static void a_shallow_dip_is_no_valley(void **state) {
    (void)state;
    double values[8000];
    sw_random random = sw_random_create(5, 0);
    sw_valley valley;
    for (size_t i = 0; i < 8000; i++)
        values[i] = (i % 2 ? 3.3 : 3.3 + 2.6 * 0.05) + 0.04 * normal(&random);
    assert_int_equal(sw_valley_find(&valley, values, 8000, 0.03, 20), SW_OK);
    assert_true(isnan(valley.place));
}

static void an_empty_gap_has_its_middle(void **state) {
    (void)state;
    const double values[] = {1, 1, 1, 3, 3, 3, 3};
    sw_valley valley;
    assert_int_equal(sw_valley_find(&valley, values, 7, 0.1, 3), SW_OK);
    assert_true(fabs(valley.place - 2.0) < 0.02);
    assert_true(valley.depth == 0.0);
}

/* ---- smoothing ------------------------------------------------------------------------------- */

/* Atoms in a row at 0, 1, 2 ...: neighbours are those beside. */
static void make_row(sw_neighbours *neighbours, size_t count) {
    sw_atoms *atoms;
    assert_int_equal(sw_atoms_create(&atoms, count), SW_OK);
    for (size_t i = 0; i < count; i++)
        sw_atoms_positions(atoms)[3 * i] = (double)i;
    assert_int_equal(
        sw_neighbours_within(neighbours, atoms, 1.5, SW_NEIGHBOURS_AS_FOUND, NULL, NULL), SW_OK);
    sw_atoms_destroy(atoms);
}

static void the_majority_rules(void **state) {
    (void)state;
    uint8_t value[] = {1, 1, 2, 1, 1, 2, 2, 3, 2, 3, 3};
    static const uint8_t after[] = {1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 3};
    sw_neighbours row;
    size_t changed;
    make_row(&row, 11);
    assert_int_equal(sw_phase_majority(&changed, value, &row, 1), SW_OK);
    assert_memory_equal(value, after, sizeof after);
    assert_int_equal(changed, 3);
    assert_int_equal(sw_phase_majority(&changed, value, &row, 5), SW_OK);
    assert_memory_equal(value, after, sizeof after);
    assert_int_equal(changed, 0);
    sw_neighbours_clear(&row);
}

static void small_regions_join_what_is_around(void **state) {
    (void)state;
    uint8_t value[] = {1, 1, 1, 2, 2, 1, 1, 1, 3, 3, 3};
    static const uint8_t after[] = {1, 1, 1, 1, 1, 1, 1, 1, 3, 3, 3};
    uint8_t alone[] = {2, 2};
    sw_neighbours row;
    size_t changed;
    make_row(&row, 11);
    assert_int_equal(sw_phase_merge_small(&changed, value, &row, 3), SW_OK);
    assert_memory_equal(value, after, sizeof after);
    assert_int_equal(changed, 2);
    sw_neighbours_clear(&row);
    make_row(&row, 2);
    assert_int_equal(sw_phase_merge_small(&changed, alone, &row, 5), SW_OK);
    assert_int_equal(alone[0], 2);
    sw_neighbours_clear(&row);
}

static void steps_inside_are_counted(void **state) {
    (void)state;
    static const uint8_t value[] = {1, 1, 1, 1, 2, 2, 2, 2};
    static const bool border[] = {false, false, false, false, false, false, false, true};
    static const uint32_t without[] = {4, 3, 2, 1, 1, 2, 3, 4}, with[] = {4, 3, 2, 1, 1, 2, 2, 1};
    uint32_t depth[8];
    sw_neighbours row;
    make_row(&row, 8);
    assert_int_equal(sw_steps_inside(depth, value, NULL, &row), SW_OK);
    assert_memory_equal(depth, without, sizeof without);
    assert_int_equal(sw_steps_inside(depth, value, border, &row), SW_OK);
    assert_memory_equal(depth, with, sizeof with);
    sw_neighbours_clear(&row);
}

/* ---- phases ---------------------------------------------------------------------------------- */

static void append(sw_atoms *atoms, const double place[3]) {
    size_t count = sw_atoms_count(atoms);
    assert_int_equal(sw_atoms_resize(atoms, count + 1), SW_OK);
    memcpy(sw_atoms_positions(atoms) + 3 * count, place, 3 * sizeof *place);
    sw_atoms_elements(atoms)[count] = 40;
}

static double distance_to(const double place[3], double x) {
    return sqrt((place[0] - x) * (place[0] - x) + place[1] * place[1] + place[2] * place[2]);
}

/* Atoms of a crystal about the origin in a shell low <= r < high. */
static void append_shell(sw_atoms *atoms, double a, double angle, double low, double high) {
    sw_atoms *all = fcc_atoms(a, 16, false, angle);
    const double *position = sw_atoms_positions_const(all);
    double middle[3] = {0, 0, 0};
    size_t centre;
    for (size_t i = 0; i < sw_atoms_count(all); i++)
        for (size_t k = 0; k < 3; k++)
            middle[k] += position[3 * i + k] / (double)sw_atoms_count(all);
    centre = nearest_atom(all, middle);
    for (size_t i = 0; i < sw_atoms_count(all); i++) {
        double place[3];
        for (size_t k = 0; k < 3; k++)
            place[k] = position[3 * i + k] - position[3 * centre + k];
        double r = distance_to(place, 0.0);
        if (r >= low && r < high)
            append(atoms, place);
    }
    sw_atoms_destroy(all);
}

/* Random places at least `apart` from each other and from all else, in a ball about (x, 0, 0). */
static void append_random(sw_atoms *atoms, double x, double radius, double apart, size_t tries) {
    sw_random random = sw_random_create(9, 4);
    for (size_t t = 0; t < tries; t++) {
        double place[3];
        bool free_place = true;
        for (int k = 0; k < 3; k++)
            place[k] = radius * (2.0 * sw_random_uniform(&random) - 1.0) + (k == 0 ? x : 0.0);
        if (distance_to(place, x) > radius)
            continue;
        for (size_t i = 0; i < sw_atoms_count(atoms) && free_place; i++) {
            const double *other = sw_atoms_positions_const(atoms) + 3 * i;
            double square = 0.0;
            for (int k = 0; k < 3; k++)
                square += (place[k] - other[k]) * (place[k] - other[k]);
            free_place = square >= apart * apart;
        }
        if (free_place)
            append(atoms, place);
    }
}

typedef struct known_body {
    sw_atoms *atoms;
    size_t dense, wide; /* atoms 0 .. dense - 1, then wide ones, then amorphous ones */
} known_body;

/* A dense core in a wide shell, and beside it a random packing that touches it. */
static known_body make_body(void) {
    known_body body = {.atoms = NULL};
    assert_int_equal(sw_atoms_create(&body.atoms, 0), SW_OK);
    append_shell(body.atoms, DENSE, 0.3, 0.0, 11.0);
    body.dense = sw_atoms_count(body.atoms);
    append_shell(body.atoms, WIDE, 0.8, 13.0, 24.0);
    body.wide = sw_atoms_count(body.atoms) - body.dense;
    append_random(body.atoms, 36.0, 14.0, 2.4, 40000);
    return body;
}

static void check_known(const sw_phase_map *map, const known_body *body, double amorphous) {
    size_t right[SW_PHASES] = {0};
    size_t last = map->atoms - body->dense - body->wide;
    for (size_t i = 0; i < map->atoms; i++) {
        uint8_t known = i < body->dense                ? SW_PHASE_DENSE
                        : i < body->dense + body->wide ? SW_PHASE_WIDE
                                                       : SW_PHASE_AMORPHOUS;
        right[known] += map->phase[i] == known;
    }
    assert_true(right[SW_PHASE_DENSE] * 100 >= 97 * body->dense);
    assert_true(right[SW_PHASE_WIDE] * 100 >= 97 * body->wide);
    assert_true((double)right[SW_PHASE_AMORPHOUS] >= amorphous * (double)last);
}

static sw_phase_options standard_options(sw_order_rule rule) {
    sw_phase_options options = {.rule = rule,
                                .cutoff = 3.6,
                                .disordered = 0.5,
                                .reference = &sw_fcc_order,
                                .crystals = 1u << SW_CRYSTAL_FCC | 1u << SW_CRYSTAL_HCP,
                                .threshold = 0.12,
                                .spacing = NAN,
                                .smoothing = 2,
                                .smallest = 20,
                                .grain = sw_crystal_grain_standard};
    return options;
}

static void known_phases_are_found(void **state) {
    (void)state;
    known_body body = make_body();
    for (int rule = SW_ORDER_BY_LATTICE; rule <= SW_ORDER_BY_BONDS; rule++) {
        sw_phase_options options = standard_options((sw_order_rule)rule);
        sw_phase_map map;
        assert_int_equal(sw_phase_map_create(&map, body.atoms, &options, NULL, NULL), SW_OK);
        check_known(&map, &body, rule == SW_ORDER_BY_LATTICE ? 0.95 : 0.85);
        assert_true(map.border > DENSE / sqrt(2.0) && map.border < WIDE / sqrt(2.0));
        assert_int_equal(map.grains.count, 2);
        assert_int_equal(map.grains.list[0].label, SW_PHASE_WIDE);
        assert_int_equal(map.grains.list[1].label, SW_PHASE_DENSE);
        assert_true(fabs(map.grains.list[0].lattice / WIDE - 1.0) < 0.01);
        assert_true(fabs(map.grains.list[1].lattice / DENSE - 1.0) < 0.01);
        sw_phase_map_clear(&map);
    }
    sw_atoms_destroy(body.atoms);
}

static void a_crystal_alone_is_wide_unless_the_border_is_given(void **state) {
    (void)state;
    sw_atoms *atoms = fcc_atoms(DENSE, 5, true, 0.4);
    sw_phase_options options = standard_options(SW_ORDER_BY_LATTICE);
    sw_phase_map map;
    for (int given = 0; given < 2; given++) {
        options.spacing = given ? 3.0 : NAN;
        assert_int_equal(sw_phase_map_create(&map, atoms, &options, NULL, NULL), SW_OK);
        assert_int_equal(isnan(map.border), !given);
        for (size_t i = 0; i < map.atoms; i++)
            assert_int_equal(map.phase[i], given ? SW_PHASE_DENSE : SW_PHASE_WIDE);
        assert_int_equal(map.grains.count, 1);
        assert_true(fabs(map.grains.list[0].lattice - DENSE) < 1e-10);
        sw_phase_map_clear(&map);
    }
    sw_atoms_destroy(atoms);
}

/* ---- the instrument -------------------------------------------------------------------------- */

static const sw_instrument *phases_instrument(void) {
    const sw_instrument *row;
    for (size_t i = 0; (row = sw_structure_instrument(i)) != NULL; i++)
        if (strcmp(row->name, "phases") == 0)
            return row;
    fail_msg("no row \"phases\"");
    return NULL;
}

static double value_of(const sw_measurement *measurement, const char *name) {
    const sw_measured *found = sw_measurement_find(measurement, name);
    if (found == NULL)
        fail_msg("no value \"%s\"", name);
    return found->value;
}

/* A perfect crystal has the concentration and distances of its lattice, and the truth is compared. */
static void a_perfect_crystal_has_exact_numbers(void **state) {
    (void)state;
    static const char *const given[][2] = {
        {"spacing", "3.5 A"}, {"truth", "known"}, {"truth-phases", "1,3"}, {"cutoff", "5 A"}};
    sw_atoms *atoms = fcc_atoms(4.666, 5, true, 0.7);
    const sw_content input = {.noun = SW_NOUN_ATOMS, .atoms = atoms};
    sw_instrument_settings *settings;
    sw_measurement *out;
    sw_error error = {0};
    assert_int_equal(sw_atoms_add_column(atoms, "known", 1, true), SW_OK);
    for (size_t i = 0; i < 500; i++)
        sw_atoms_column(atoms, 0)[i] = i < 125 ? 2 : 1;
    assert_int_equal(sw_measurement_create(&out), SW_OK);
    if (sw_instrument_settings_create(&settings, phases_instrument(), NULL, given, 4, &error) !=
            SW_OK ||
        sw_instrument_measure(out, &input, settings, NULL, &error) != SW_OK)
        fail_msg("%s", error.message);
    assert_true(value_of(out, "dense crystal share") == 100.0);
    assert_true(value_of(out, "true phase found") == 75.0);
    assert_true(fabs(value_of(out, "dense crystal concentration") * pow(4.666, 3) / 4 - 1) < 1e-10);
    assert_true(fabs(value_of(out, "inner dense crystal bond length") - 4.666 / sqrt(2)) < 1e-10);
    assert_true(fabs(value_of(out, "dense crystal nearest distance") - 4.666 / sqrt(2)) < 1e-10);
    sw_instrument_settings_destroy(settings);
    sw_measurement_destroy(out);
    sw_atoms_destroy(atoms);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_valley_lies_between_two_peaks),
        cmocka_unit_test(a_shallow_dip_is_no_valley),
        cmocka_unit_test(an_empty_gap_has_its_middle),
        cmocka_unit_test(the_majority_rules),
        cmocka_unit_test(small_regions_join_what_is_around),
        cmocka_unit_test(steps_inside_are_counted),
        cmocka_unit_test(known_phases_are_found),
        cmocka_unit_test(a_crystal_alone_is_wide_unless_the_border_is_given),
        cmocka_unit_test(a_perfect_crystal_has_exact_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
