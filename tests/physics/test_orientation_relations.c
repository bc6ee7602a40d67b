/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bicrystals built atom by atom in a known orientation relation, the whole turned anyhow: the instrument finds the
 * relation to 1e-10 degrees, names it, and tells it from its neighbour.
 */
#include "crystals.h"

#include <spillway/structure.h>

#include "base/rotation.h"
#include "structure/crystal_relation.h"

#define DEGREE 0.017453292519943295

/* Atoms of a crystal in a ball, its axes turned by a quaternion. */
static void append(sw_atoms *atoms, const sw_crystal *crystal, const double scale[3], double edge,
                   const double turn[4], const double centre[3], double radius, int element) {
    double rotation[3][3];
    int n = (int)(radius / edge) + 3;
    sw_rotation_of_quaternion(rotation, turn);
    for (int c = 0; c < (2 * n + 1) * (2 * n + 1) * (2 * n + 1); c++)
        for (size_t b = 0; b < crystal->count; b++) {
            const int corner[3] = {c % (2 * n + 1) - n, c / (2 * n + 1) % (2 * n + 1) - n,
                                   c / (2 * n + 1) / (2 * n + 1) - n};
            double own[3] = {0}, at[3], square = 0.0;
            for (int d = 0; d < 3; d++)
                for (int k = 0; k < 3; k++)
                    own[k] +=
                        edge * scale[k] * (corner[d] + crystal->basis[b][d]) * crystal->cell[d][k];
            for (int k = 0; k < 3; k++)
                square += own[k] * own[k];
            if (square > radius * radius)
                continue;
            sw_rotation_apply(at, (const double(*)[3])rotation, own);
            size_t i = sw_atoms_count(atoms);
            assert_int_equal(sw_atoms_resize(atoms, i + 1), SW_OK);
            sw_atoms_elements(atoms)[i] = (uint8_t)element;
            for (size_t k = 0; k < 3; k++)
                sw_atoms_positions(atoms)[3 * i + k] = at[k] + centre[k];
        }
}

static sw_measurement *measure(const sw_atoms *atoms, const char *const (*given)[2], size_t count) {
    const sw_instrument *instrument = NULL;
    sw_instrument_settings *settings;
    sw_measurement *measurement;
    sw_error error = {0};
    for (size_t i = 0; sw_structure_instrument(i) != NULL; i++)
        if (strcmp(sw_structure_instrument(i)->name, "orientation") == 0)
            instrument = sw_structure_instrument(i);
    const sw_content inputs[2] = {{.noun = SW_NOUN_ATOMS, .atoms = (sw_atoms *)atoms}, {0}};
    assert_int_equal(sw_measurement_create(&measurement), SW_OK);
    if (sw_instrument_settings_create(&settings, instrument, NULL, given, count, &error) != SW_OK ||
        sw_instrument_measure(measurement, inputs, settings, NULL, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    sw_instrument_settings_destroy(settings);
    return measurement;
}

static bool is_noted(const sw_measurement *measurement, const char *text) {
    for (size_t i = 0; i < sw_measurement_notes(measurement); i++)
        if (strstr(sw_measurement_note_at(measurement, i), text) != NULL)
            return true;
    return false;
}

static double value_of(const sw_measurement *measurement, const char *name) {
    const sw_measured *value = sw_measurement_find(measurement, name);
    if (value == NULL)
        fail_msg("there is no \"%s\"", name);
    return value->value;
}

typedef struct phase {
    sw_crystal_kind kind;
    const sw_crystal *crystal;
    double edge, c_over_a;
} phase;

/* `first` is the larger ball. hcp is built with c/a = 1.593 instead of the ideal 1.633. */
static sw_atoms *bicrystal(const phase *first, const phase *second, size_t relation, uint64_t seed,
                           const double then[4]) {
    static const double places[2][3] = {{3, -7, 11}, {31, -7, 14}};
    sw_random random = sw_random_create(seed, 1);
    sw_crystal_pose a = {.crystal = first->kind}, b = {.crystal = second->kind};
    sw_atoms *atoms;
    assert_int_equal(sw_atoms_create(&atoms, 0), SW_OK);
    sw_quaternion_random(a.orientation, &random);
    assert_true(sw_pose_in_relation(&b, relation, &a));
    if (then)
        sw_quaternion_product(b.orientation, b.orientation, then);
    append(atoms, first->crystal, (const double[3]){1, 1, first->c_over_a}, first->edge,
           a.orientation, places[0], 14.0, 26);
    append(atoms, second->crystal, (const double[3]){1, 1, second->c_over_a}, second->edge,
           b.orientation, places[1], 11.0, 28);
    return atoms;
}

static size_t number_of(const char *name) {
    for (size_t n = 0; n < SW_NAMED_RELATIONS; n++)
        if (strcmp(sw_named_relation_at(n)->name, name) == 0)
            return n;
    fail_msg("there is no relation \"%s\"", name);
    return 0;
}

static void built_relations_are_recovered(void **state) {
    (void)state;
    const sw_crystal layers = hexagonal(1.0);
    const phase fcc = {SW_CRYSTAL_FCC, &face_centred, 3.6, 1.0};
    const phase bcc = {SW_CRYSTAL_BCC, &body_centred, 2.87, 1.0};
    const phase hcp = {SW_CRYSTAL_HCP, &layers, 2.95, 1.593};
    const struct {
        const char *name;
        const phase *first, *second;
        const char *note;
    } cases[] = {
        {"cube on cube", &fcc, &fcc, "cube on cube, "},
        {"twin, Sigma 3", &fcc, &fcc, "twin, Sigma 3, "},
        {"Bain", &fcc, &bcc, "Bain, "},
        {"Kurdjumov-Sachs", &fcc, &bcc, "Kurdjumov-Sachs, "},
        {"Kurdjumov-Sachs", &bcc, &fcc, "Kurdjumov-Sachs, "},
        {"Nishiyama-Wassermann", &fcc, &bcc, "Nishiyama-Wassermann, "},
        {"Pitsch", &bcc, &fcc, "Pitsch, "},
        {"Burgers", &bcc, &hcp, "Burgers, "},
        {"Shoji-Nishiyama", &hcp, &fcc, "Shoji-Nishiyama, "},
        {"hexagonal, all parallel", &hcp, &hcp, "hexagonal, all parallel, "},
    };
    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
        sw_atoms *atoms =
            bicrystal(cases[c].first, cases[c].second, number_of(cases[c].name), 17 + c, NULL);
        sw_measurement *measurement = measure(atoms, NULL, 0);
        const sw_measured *found = sw_measurement_find(measurement, cases[c].name);
        if (value_of(measurement, "grains") != 2.0 || !found || !(found->value < 1e-10))
            fail_msg("%s: %g grains, %g deg off", cases[c].name, value_of(measurement, "grains"),
                     found ? found->value : NAN);
        assert_true(found->low >= 0.0 && found->high < 1e-6);
        assert_true(is_noted(measurement, cases[c].note));
        const sw_table *planes = sw_measurement_table(measurement, 0, NULL);
        assert_true(sw_table_numbers_const(planes, 4)[0] < 1e-10);
        sw_measurement_destroy(measurement);
        sw_atoms_destroy(atoms);
    }
}

/* Nishiyama-Wassermann is 60 deg - atan(sqrt 2) from Kurdjumov-Sachs. */
static void neighbouring_relations_are_told_apart(void **state) {
    (void)state;
    const phase fcc = {SW_CRYSTAL_FCC, &face_centred, 3.6, 1.0};
    const phase bcc = {SW_CRYSTAL_BCC, &body_centred, 2.87, 1.0};
    sw_atoms *atoms = bicrystal(&fcc, &bcc, number_of("Nishiyama-Wassermann"), 5, NULL);
    sw_measurement *measurement = measure(atoms, NULL, 0);
    double apart = 60.0 - atan(sqrt(2.0)) / DEGREE;
    assert_true(fabs(value_of(measurement, "Kurdjumov-Sachs") - apart) < 1e-10);
    assert_true(is_noted(measurement, "Nishiyama-Wassermann, "));
    sw_measurement_destroy(measurement);
    sw_atoms_destroy(atoms);
}

/* 2 degrees off the relation about an axis of the second crystal; with 8 pm of noise the angle stays in its interval.
 * Noise turns an atom by about 1 degree about each axis, and 50 neighbourhoods in each ball make the interval 1 degree
 * wide. */
static void a_deviation_is_measured(void **state) {
    (void)state;
    const phase fcc = {SW_CRYSTAL_FCC, &face_centred, 3.6, 1.0};
    const phase bcc = {SW_CRYSTAL_BCC, &body_centred, 2.87, 1.0};
    const double then[4] = {cos(DEGREE), sin(DEGREE) * 0.6, 0.0, sin(DEGREE) * 0.8};
    sw_atoms *atoms = bicrystal(&fcc, &bcc, number_of("Kurdjumov-Sachs"), 23, then);
    sw_measurement *exact = measure(atoms, NULL, 0);
    assert_true(fabs(value_of(exact, "Kurdjumov-Sachs") - 2.0) < 1e-10);
    sw_measurement_destroy(exact);
    sw_random random = sw_random_create(3, 3);
    for (size_t i = 0; i < 3 * sw_atoms_count(atoms); i++)
        sw_atoms_positions(atoms)[i] += 0.08 * sqrt(12.0) * (sw_random_uniform(&random) - 0.5);
    sw_measurement *noisy = measure(atoms, NULL, 0);
    const sw_measured *angle = sw_measurement_find(noisy, "Kurdjumov-Sachs");
    assert_true(angle->high - angle->low < 2.0);
    if (!(angle->low <= 2.0 && angle->high >= 2.0))
        fail_msg("%g to %g", angle->low, angle->high);
    sw_measurement_destroy(noisy);
    sw_atoms_destroy(atoms);
}

/* A column chooses the grains, in its order. */
static void a_column_chooses_the_grains(void **state) {
    (void)state;
    static const char *const given[][2] = {{"column", "phase"}, {"values", "7, 4"}};
    static const char *const wrong[][2] = {{"column", "phase"}, {"values", "7, 5"}};
    const phase fcc = {SW_CRYSTAL_FCC, &face_centred, 3.6, 1.0};
    const phase bcc = {SW_CRYSTAL_BCC, &body_centred, 2.87, 1.0};
    sw_atoms *atoms = bicrystal(&fcc, &bcc, number_of("Pitsch"), 5, NULL);
    assert_int_equal(sw_atoms_add_column(atoms, "phase", 1, true), SW_OK);
    for (size_t i = 0; i < sw_atoms_count(atoms); i++)
        sw_atoms_column(atoms, 0)[i] = sw_atoms_elements(atoms)[i] == 26 ? 4 : 7;
    sw_measurement *measurement = measure(atoms, given, 2);
    assert_true(is_noted(measurement, "The first grain is bcc, the second fcc."));
    assert_true(value_of(measurement, "Pitsch") < 1e-10);
    sw_measurement_destroy(measurement);
    measurement = measure(atoms, wrong, 2);
    assert_true(is_noted(measurement, "no grain for each"));
    assert_null(sw_measurement_find(measurement, "Pitsch"));
    sw_measurement_destroy(measurement);
    sw_atoms_destroy(atoms);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(built_relations_are_recovered),
        cmocka_unit_test(neighbouring_relations_are_told_apart),
        cmocka_unit_test(a_deviation_is_measured),
        cmocka_unit_test(a_column_chooses_the_grains),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
