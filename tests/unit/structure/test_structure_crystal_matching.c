/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Structure types of whole crystals: perfect, strained, warm, cut, and of what is no crystal. */
#include "structure_atoms.h"

#include "base/matrix.h"
#include "base/rotation.h"
#include "structure/crystal_matching.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ALL 0xfeU
#define HALF 0.5
#define THIRD (1.0 / 3.0)

/* ---- crystals -------------------------------------------------------------------------------- */

typedef struct crystal_kind {
    sw_crystal_kind type;
    double nearest; /* of the cell below */
    double cell[3]; /* orthogonal; hexagonal crystals in their doubled cell */
    size_t basis;
    double fraction[8][3];
} crystal_kind;

#define SQRT3 1.7320508075688772
#define IDEAL 1.6329931618554521 /* c / a of touching spheres */

static const crystal_kind kinds[] = {
    {SW_CRYSTAL_FCC,
     0.70710678118654752,
     {1, 1, 1},
     4,
     {{0, 0, 0}, {0, HALF, HALF}, {HALF, 0, HALF}, {HALF, HALF, 0}}},
    {SW_CRYSTAL_HCP,
     1.0,
     {1, SQRT3, IDEAL},
     4,
     {{0, 0, 0}, {HALF, HALF, 0}, {HALF, 1.0 / 6.0, HALF}, {0, 2.0 / 3.0, HALF}}},
    {SW_CRYSTAL_BCC, SQRT3 / 2.0, {1, 1, 1}, 2, {{0, 0, 0}, {HALF, HALF, HALF}}},
    {SW_CRYSTAL_SIMPLE_CUBIC, 1.0, {1, 1, 1}, 1, {{0, 0, 0}}},
    {SW_CRYSTAL_DIAMOND,
     SQRT3 / 4.0,
     {1, 1, 1},
     8,
     {{0, 0, 0},
      {0, HALF, HALF},
      {HALF, 0, HALF},
      {HALF, HALF, 0},
      {0.25, 0.25, 0.25},
      {0.25, 0.75, 0.75},
      {0.75, 0.25, 0.75},
      {0.75, 0.75, 0.25}}},
    {SW_CRYSTAL_HEXAGONAL_DIAMOND,
     0.375 * IDEAL,
     {1, SQRT3, IDEAL},
     8,
     {{0, 0, 0.0625},
      {HALF, HALF, 0.0625},
      {HALF, 1.0 / 6.0, 0.5625},
      {0, 2.0 / 3.0, 0.5625},
      {0, 0, 0.4375},
      {HALF, HALF, 0.4375},
      {HALF, 1.0 / 6.0, 0.9375},
      {0, 2.0 / 3.0, 0.9375}}},
};
#define KINDS (sizeof kinds / sizeof kinds[0])

/* `size` cells along each axis, scaled to neighbours at `distance`, changed by `change` (row: new =
 * change * old), which turns the cell too. */
static sw_atoms *make_crystal(const crystal_kind *kind, size_t size, double distance,
                              const double change[3][3]) {
    const bool periodic[3] = {true, true, true};
    double cell[3][3], scale = distance / kind->nearest;
    size_t count = kind->basis * size * size * size;
    sw_atoms *atoms;
    assert_int_equal(sw_atoms_create(&atoms, count), SW_OK);
    for (size_t d = 0; d < 3; d++)
        for (size_t k = 0; k < 3; k++)
            cell[d][k] = change[k][d] * kind->cell[d] * scale * (double)size;
    for (size_t i = 0; i < count; i++) {
        size_t at = i / kind->basis;
        const size_t place[3] = {at % size, at / size % size, at / size / size};
        for (size_t d = 0; d < 3; d++)
            for (size_t k = 0; k < 3; k++)
                sw_atoms_positions(atoms)[3 * i + k] +=
                    ((double)place[d] + kind->fraction[i % kind->basis][d]) / (double)size *
                    cell[d][k];
    }
    sw_atoms_set_cell(atoms, cell, periodic);
    return atoms;
}

static double normal(sw_random *random) {
    double radius = sqrt(-2.0 * log(1.0 - sw_random_uniform(random)));
    return radius * cos(2.0 * acos(-1.0) * sw_random_uniform(random));
}

static void random_rotation(double rotation[4], sw_random *random) {
    double length = 0.0;
    for (int k = 0; k < 4; k++) {
        rotation[k] = normal(random);
        length += rotation[k] * rotation[k];
    }
    for (int k = 0; k < 4; k++)
        rotation[k] /= sqrt(length);
}

static void shake(sw_atoms *atoms, double sigma, uint64_t seed) {
    sw_random random = sw_random_create(seed, 1);
    for (size_t i = 0; i < 3 * sw_atoms_count(atoms); i++)
        sw_atoms_positions(atoms)[i] += sigma * normal(&random);
}

static bool by_faces; /* which neighbours the tests use */

static void match(sw_crystal_matching *matching, const sw_atoms *atoms, uint32_t crystals) {
    const sw_crystal_matching_options options = {crystals, 0.1, 0.1, by_faces};
    sw_error error = {0};
    assert_int_equal(sw_crystal_matching_create(matching, atoms, &options, NULL, &error), SW_OK);
}

static double share(const sw_atoms *atoms, sw_crystal_kind type) {
    sw_crystal_matching matching;
    size_t count = 0;
    match(&matching, atoms, ALL);
    for (size_t i = 0; i < matching.atoms; i++)
        count += matching.match[i].type == type;
    sw_crystal_matching_clear(&matching);
    return (double)count / (double)sw_atoms_count(atoms);
}

/* ---- answers that are known ------------------------------------------------------------------ */

static void perfect_crystals_in_any_orientation(void **state) {
    (void)state;
    sw_random random = sw_random_create(5, 1);
    for (size_t c = 0; c < KINDS; c++)
        for (int turn = 0; turn < 5; turn++) {
            double rotation[4], matrix[3][3];
            sw_crystal_matching matching;
            random_rotation(rotation, &random);
            sw_rotation_of_quaternion(matrix, rotation);
            sw_crystal_reduce(rotation, kinds[c].type);
            sw_atoms *atoms = make_crystal(&kinds[c], 4, 2.75, (const double(*)[3])matrix);
            by_faces = turn % 2 == 1;
            match(&matching, atoms, ALL);
            for (size_t i = 0; i < matching.atoms; i++) {
                const sw_crystal_match *one = &matching.match[i];
                assert_int_equal(one->type, kinds[c].type);
                assert_true(one->rmsd < 1e-10);
                assert_true(fabs(one->distance - 2.75) < 1e-10);
                for (int k = 0; k < 4; k++)
                    assert_true(fabs(one->orientation[k] - rotation[k]) < 1e-10);
            }
            sw_crystal_matching_clear(&matching);
            sw_atoms_destroy(atoms);
        }
    by_faces = false;
}

static void an_icosahedron_has_one_in_the_middle(void **state) {
    (void)state;
    const sw_crystal_template *of = sw_crystal_template_of(SW_CRYSTAL_ICOSAHEDRON);
    sw_crystal_matching matching;
    sw_atoms *atoms;
    assert_int_equal(sw_atoms_create(&atoms, 13), SW_OK);
    for (size_t p = 0; p < 13; p++)
        for (size_t k = 0; k < 3; k++)
            sw_atoms_positions(atoms)[3 * p + k] = 2.9 * of->point[p][k];
    match(&matching, atoms, ALL);
    for (size_t p = 0; p < 13; p++)
        assert_int_equal(matching.match[p].type, p == 0 ? SW_CRYSTAL_ICOSAHEDRON : 0);
    assert_true(matching.match[0].rmsd < 1e-10 && fabs(matching.match[0].distance - 2.9) < 1e-10);
    sw_crystal_matching_clear(&matching);
    sw_atoms_destroy(atoms);
}

/* The crystal is turned, then stretched by a symmetric matrix: strain is that less 1, whatever the
 * turn. */
static void known_strain_is_recovered(void **state) {
    (void)state;
    static const double stretch[3][3] = {
        {1.012, 0.004, -0.006}, {0.004, 0.991, 0.003}, {-0.006, 0.003, 1.007}};
    static const double expected[6] = {0.012, -0.009, 0.007, 0.003, -0.006, 0.004};
    sw_random random = sw_random_create(8, 1);
    for (size_t c = 0; c < KINDS; c++) {
        double rotation[4], matrix[3][3], change[3][3], strain[6];
        sw_crystal_matching matching;
        random_rotation(rotation, &random);
        sw_rotation_of_quaternion(matrix, rotation);
        sw_matrix_product(change, stretch, (const double(*)[3])matrix);
        sw_atoms *atoms = make_crystal(&kinds[c], 4, 2.5, (const double(*)[3])change);
        match(&matching, atoms, ALL);
        for (size_t i = 0; i < matching.atoms; i++) {
            assert_int_equal(matching.match[i].type, kinds[c].type);
            sw_crystal_strain(strain, &matching.match[i], 2.5);
            for (int k = 0; k < 6; k++)
                assert_true(fabs(strain[k] - expected[k]) < 1e-10);
        }
        sw_crystal_matching_clear(&matching);
        sw_atoms_destroy(atoms);
    }
}

/* Normal displacements per coordinate, in neighbour distances. 3 %: rmsd is 0.047 +- 0.006 on 12
 * neighbours (32 free coordinates of 39), so 0.1 is many deviations away: all are found. 8 %: 0.126
 * +- 0.016. */
static void warm_crystals(void **state) {
    (void)state;
    static const double unity[3][3] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    for (size_t c = 0; c < 4; c++)
        for (int percent = 3; percent <= 8; percent += 5) {
            sw_atoms *atoms = make_crystal(&kinds[c], 6, 1.0, unity);
            shake(atoms, 0.01 * percent, 17);
            double found = share(atoms, kinds[c].type);
            assert_true(percent > 3 || found > 0.999);
            assert_true(percent < 8 || found < 0.5);
            sw_atoms_destroy(atoms);
        }
}

static void a_gas_is_of_no_crystal(void **state) {
    (void)state;
    static const double cube[3][3] = {{15, 0, 0}, {0, 15, 0}, {0, 0, 15}};
    static const bool everywhere[3] = {true, true, true};
    sw_atoms *gas = random_atoms(400, cube, everywhere, 2);
    assert_true(share(gas, SW_CRYSTAL_OTHER) > 0.98);
    sw_atoms_destroy(gas);
}

/* Of the atoms that the nearest neighbours do not show to be of the crystal faces show some, and
 * hide none or next to none. */
static void faces_find_more(void **state) {
    (void)state;
    static const double unity[3][3] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    for (size_t c = 0; c < KINDS; c++) {
        const double sigma = kinds[c].type < SW_CRYSTAL_DIAMOND ? 0.06 : 0.09;
        sw_atoms *atoms = make_crystal(&kinds[c], 6, 1.0, unity);
        shake(atoms, sigma, 21);
        double nearest = share(atoms, kinds[c].type);
        by_faces = true;
        double faces = share(atoms, kinds[c].type);
        by_faces = false;
        assert_true(faces > nearest && faces < nearest + 0.04);
        sw_atoms_destroy(atoms);
    }
}

/* Beyond the threshold atoms are of no crystal, but what is nearest is told, up to where it is
 * looked for. */
static void what_is_nearest_is_told(void **state) {
    (void)state;
    static const double unity[3][3] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    const sw_crystal_matching_options options = {ALL, 0.1, 0.25, false};
    sw_crystal_matching matching;
    size_t crystal = 0, near = 0;
    sw_atoms *atoms = make_crystal(&kinds[0], 5, 1.0, unity);
    shake(atoms, 0.08, 3);
    assert_int_equal(sw_crystal_matching_create(&matching, atoms, &options, NULL, NULL), SW_OK);
    for (size_t i = 0; i < matching.atoms; i++) {
        const sw_crystal_match *one = &matching.match[i];
        crystal += one->type != SW_CRYSTAL_OTHER;
        near += one->nearest != SW_CRYSTAL_OTHER;
        assert_true((one->nearest == SW_CRYSTAL_OTHER) == isnan(one->rmsd));
        assert_true((one->type == SW_CRYSTAL_OTHER) == !(one->rmsd < 0.1) && !(one->rmsd >= 0.25));
    }
    assert_true(crystal < matching.atoms / 2 && near > 3 * matching.atoms / 4);
    sw_crystal_matching_clear(&matching);
    sw_atoms_destroy(atoms);
}

static void atoms_of_a_surface_are_other(void **state) {
    (void)state;
    static const double unity[3][3] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    const bool slab[3] = {true, true, false};
    double cell[3][3];
    for (size_t c = 0; c < KINDS; c++) {
        sw_crystal_matching matching;
        sw_atoms *atoms = make_crystal(&kinds[c], 5, 2.5, unity);
        sw_atoms_cell(atoms, cell, NULL);
        double bottom = INFINITY, height = 0.4;
        for (size_t i = 0; i < sw_atoms_count(atoms); i++)
            bottom = fmin(bottom, sw_atoms_positions(atoms)[3 * i + 2]);
        sw_atoms_set_cell(atoms, (const double(*)[3])cell, slab);
        match(&matching, atoms, ALL);
        size_t surface = 0, inside = 0;
        for (size_t i = 0; i < matching.atoms; i++) {
            double above = sw_atoms_positions(atoms)[3 * i + 2] - bottom;
            surface += above < height && matching.match[i].type != SW_CRYSTAL_OTHER;
            inside +=
                fabs(above - 0.5 * cell[2][2]) < 2.0 && matching.match[i].type != kinds[c].type;
        }
        assert_int_equal(surface, 0);
        assert_int_equal(inside, 0);
        sw_crystal_matching_clear(&matching);
        sw_atoms_destroy(atoms);
    }
}

/* ---- bad input ------------------------------------------------------------------------------- */

static void few_atoms_and_bad_ones(void **state) {
    (void)state;
    const sw_crystal_matching_options options = {ALL, 0.1, 0.2, true};
    sw_crystal_matching matching;
    sw_error error = {0};
    for (size_t count = 0; count < 20; count++) {
        sw_atoms *atoms;
        by_faces = count % 2 == 1;
        assert_int_equal(sw_atoms_create(&atoms, count), SW_OK); /* all in one place */
        match(&matching, atoms, ALL);
        for (size_t i = 0; i < count; i++)
            assert_true(matching.match[i].type == SW_CRYSTAL_OTHER &&
                        isnan(matching.match[i].rmsd));
        sw_crystal_matching_clear(&matching);
        for (size_t i = 0; i < count; i++) { /* all in one plane, far from the origin */
            sw_atoms_positions(atoms)[3 * i] = 1e9 + (double)(i % 5);
            sw_atoms_positions(atoms)[3 * i + 1] = -1e9 + (double)(i / 5);
        }
        match(&matching, atoms, ALL);
        for (size_t i = 0; i < count; i++)
            assert_int_equal(matching.match[i].type, SW_CRYSTAL_OTHER);
        sw_crystal_matching_clear(&matching);
        if (count > 0) {
            sw_atoms_positions(atoms)[3 * count - 1] = NAN;
            assert_int_equal(sw_crystal_matching_create(&matching, atoms, &options, NULL, &error),
                             SW_ERROR_NUMERIC);
        }
        sw_atoms_destroy(atoms);
    }
    by_faces = false;
}

static void wrong_options_are_refused(void **state) {
    (void)state;
    static const sw_crystal_matching_options wrong[] = {{0, 0.1, 0.1, false},
                                                        {1, 0.1, 0.1, false},
                                                        {ALL, 0.0, 0.1, false},
                                                        {ALL, NAN, 0.1, false},
                                                        {ALL, 0.2, 0.1, false}};
    sw_atoms *atoms = random_atoms(30, NULL, NULL, 1);
    for (size_t w = 0; w < sizeof wrong / sizeof wrong[0]; w++) {
        sw_crystal_matching matching;
        sw_error error = {0};
        assert_int_equal(sw_crystal_matching_create(&matching, atoms, &wrong[w], NULL, &error),
                         SW_ERROR_ARGUMENT);
        assert_true(error.place[0] && error.hint[0]);
    }
    sw_atoms_destroy(atoms);
}

/* One atom in a cell: all of its neighbours are its own images. */
static void cells_smaller_than_a_neighbourhood(void **state) {
    (void)state;
    static const double unity[3][3] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    for (size_t c = 0; c < KINDS; c++) {
        sw_atoms *atoms = make_crystal(&kinds[c], 1, 2.5, unity);
        assert_true(share(atoms, kinds[c].type) == 1.0);
        sw_atoms_destroy(atoms);
    }
}

static void threads_change_nothing(void **state) {
    (void)state;
    static const double unity[3][3] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    const sw_crystal_matching_options options = {0x3eU, 0.1, 0.15, true};
    sw_crystal_matching one, three;
    sw_context *context;
    sw_atoms *atoms = make_crystal(&kinds[0], 7, 2.5, unity);
    shake(atoms, 0.2, 4);
    assert_int_equal(sw_context_create(&context), SW_OK);
    sw_context_set_threads(context, 1);
    assert_int_equal(sw_crystal_matching_create(&one, atoms, &options, context, NULL), SW_OK);
    sw_context_set_threads(context, 3);
    assert_int_equal(sw_crystal_matching_create(&three, atoms, &options, context, NULL), SW_OK);
    assert_memory_equal(one.match, three.match, one.atoms * sizeof *one.match);
    sw_crystal_matching_clear(&one);
    sw_crystal_matching_clear(&three);
    sw_context_destroy(context);
    sw_atoms_destroy(atoms);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(perfect_crystals_in_any_orientation),
        cmocka_unit_test(an_icosahedron_has_one_in_the_middle),
        cmocka_unit_test(known_strain_is_recovered),
        cmocka_unit_test(warm_crystals),
        cmocka_unit_test(a_gas_is_of_no_crystal),
        cmocka_unit_test(faces_find_more),
        cmocka_unit_test(what_is_nearest_is_told),
        cmocka_unit_test(atoms_of_a_surface_are_other),
        cmocka_unit_test(few_atoms_and_bad_ones),
        cmocka_unit_test(wrong_options_are_refused),
        cmocka_unit_test(cells_smaller_than_a_neighbourhood),
        cmocka_unit_test(threads_change_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
