/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Voronoi cells of perfect crystals, where many planes meet in a point: exact faces, areas and volumes
 * in any orientation and in any description of the crystal; and what the 1 % rule makes of warm ones. */
#include "structure/voronoi.h"

#include <spillway/data.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#define LATTICE 4.05 /* A */
#define EXACT 1e-10  /* relative */
#define ROOT2 1.4142135623730951
#define ROOT3 1.7320508075688772

/* ---- crystals -------------------------------------------------------------------------------- */

typedef struct face_kind {
    uint32_t count, edges;
    double area; /* of a face, in squares of the lattice parameter */
} face_kind;

typedef struct crystal {
    const char *name;
    double cell[3][3]; /* lattice parameters */
    int atoms;
    double basis[8][3]; /* fractions */
    double volume;      /* of an atom, in cubes of the lattice parameter */
    face_kind face[2];
} crystal;

#define CUBE                                                                                       \
    {                                                                                              \
        {1, 0, 0}, {0, 1, 0}, {                                                                    \
            0, 0, 1                                                                                \
        }                                                                                          \
    }
#define FCC_SITES                                                                                  \
    {0, 0, 0}, {0.5, 0.5, 0}, {0.5, 0, 0.5}, {                                                     \
        0, 0.5, 0.5                                                                                \
    }

static const crystal crystals[] = {
    {"fcc", CUBE, 4, {FCC_SITES}, 0.25, {{12, 4, ROOT2 / 8}}},
    {"fcc, primitive",
     {{0, 0.5, 0.5}, {0.5, 0, 0.5}, {0.5, 0.5, 0}},
     1,
     {{0}},
     0.25,
     {{12, 4, ROOT2 / 8}}},
    {"bcc", CUBE, 2, {{0, 0, 0}, {0.5, 0.5, 0.5}}, 0.5, {{8, 6, 3 * ROOT3 / 16}, {6, 4, 0.125}}},
    {"sc", CUBE, 1, {{0}}, 1.0, {{6, 4, 1.0}}},
    /* the lattice parameter is the distance of neighbours, c / a = sqrt(8 / 3) */
    {"hcp",
     {{1, 0, 0}, {-0.5, ROOT3 / 2, 0}, {0, 0, 1.6329931618554521}},
     2,
     {{0, 0, 0}, {1.0 / 3, 2.0 / 3, 0.5}},
     1 / ROOT2,
     {{12, 4, ROOT2 / 4}}},
    {"diamond",
     CUBE,
     8,
     {FCC_SITES, {0.25, 0.25, 0.25}, {0.75, 0.75, 0.25}, {0.75, 0.25, 0.75}, {0.25, 0.75, 0.75}},
     0.125,
     {{4, 6, 3 * ROOT3 / 16}, {12, 3, ROOT2 / 64}}},
};

/* Descriptions of the same lattice by other vectors: integer matrices of determinant 1. */
static const int descriptions[][3][3] = {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
                                         {{1, 1, 0}, {0, 1, 0}, {0, 1, 1}},
                                         {{2, 1, 0}, {1, 1, 0}, {-3, 2, 1}},
                                         {{1, 0, 4}, {-3, 1, -12}, {0, 2, 1}}};

/* A rotation by unit quaternion; round 0 turns nothing. */
static void random_rotation(double rotation[3][3], int round) {
    sw_random random = sw_random_create((uint64_t)round, 8);
    double q[4] = {1, 0, 0, 0}, length = 0.0;
    for (int k = 0; k < 4 && round > 0; k++)
        q[k] = sw_random_uniform(&random) - 0.5;
    for (int k = 0; k < 4; k++)
        length += q[k] * q[k];
    for (int k = 0; k < 4; k++)
        q[k] /= sqrt(length);
    const double w = q[0], x = q[1], y = q[2], z = q[3];
    const double rows[3][3] = {{1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)},
                               {2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)},
                               {2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)}};
    memcpy(rotation, rows, sizeof rows);
}

static void multiply(double product[3][3], const double a[3][3], const double b[3][3]) {
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            product[i][j] = a[i][0] * b[0][j] + a[i][1] * b[1][j] + a[i][2] * b[2][j];
}

/* repeat^3 cells, turned, in a box of vectors `description` * (repeated cell), away from the origin. */
static sw_atoms *built(const crystal *what, int repeat, const int description[3][3], int round) {
    double rotation[3][3], cell[3][3], box[3][3], integers[3][3], scaled[3][3];
    sw_atoms *atoms;
    size_t count = (size_t)(what->atoms * repeat * repeat * repeat), at = 0;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) {
            scaled[i][j] = LATTICE * what->cell[i][j];
            integers[i][j] = repeat * description[i][j];
        }
    random_rotation(rotation, round);
    multiply(cell, scaled, rotation);
    multiply(box, integers, cell);
    assert_int_equal(sw_atoms_create(&atoms, count), SW_OK);
    for (int a = 0; a < repeat; a++)
        for (int b = 0; b < repeat; b++)
            for (int c = 0; c < repeat; c++)
                for (int s = 0; s < what->atoms; s++, at++)
                    for (size_t k = 0; k < 3; k++)
                        sw_atoms_positions(atoms)[3 * at + k] =
                            (a + what->basis[s][0]) * cell[0][k] +
                            (b + what->basis[s][1]) * cell[1][k] +
                            (c + what->basis[s][2]) * cell[2][k] + (double)k + 0.3;
    sw_atoms_set_cell(atoms, (const double(*)[3])box, (const bool[3]){true, true, true});
    return atoms;
}

/* ---- exact cells ----------------------------------------------------------------------------- */

static void assert_near(double value, double expected) {
    if (!(fabs(value - expected) <= EXACT * expected))
        print_message("# %.17g, expected %.17g\n", value, expected);
    assert_true(fabs(value - expected) <= EXACT * expected);
}

static void assert_cell(const sw_voronoi *voronoi, size_t i, const crystal *what) {
    const sw_voronoi_atom *atom = &voronoi->atom[i];
    uint32_t faces = 0, of_kind[2] = {0};
    assert_near(atom->volume, what->volume * LATTICE * LATTICE * LATTICE);
    for (int kind = 0; kind < 2 && what->face[kind].count > 0; kind++) {
        faces += what->face[kind].count;
        assert_int_equal(atom->edges[what->face[kind].edges - SW_VORONOI_FEWEST_EDGES],
                         what->face[kind].count);
    }
    assert_int_equal(atom->faces, faces);
    assert_int_equal(atom->coordination, faces);
    for (size_t k = voronoi->first[i]; k < voronoi->first[i + 1]; k++) {
        double first = what->face[0].area * LATTICE * LATTICE;
        int kind = fabs(voronoi->area[k] - first) > 1e-3 * first;
        assert_near(voronoi->area[k], what->face[kind].area * LATTICE * LATTICE);
        of_kind[kind]++;
    }
    assert_int_equal(of_kind[0], what->face[0].count);
    assert_int_equal(of_kind[1], what->face[1].count);
}

static void assert_crystal(const crystal *what, int repeat, const int description[3][3], int round,
                           double smallest_face) {
    sw_atoms *atoms = built(what, repeat, description, round);
    sw_voronoi voronoi;
    double total = 0.0;
    const sw_voronoi_options options = {.neighbours = true, .smallest_face = smallest_face};
    assert_int_equal(sw_voronoi_create(&voronoi, atoms, &options, NULL, NULL), SW_OK);
    for (size_t i = 0; i < voronoi.atoms; i++) {
        assert_cell(&voronoi, i, what);
        total += voronoi.atom[i].volume;
    }
    assert_near(total, (double)voronoi.atoms * what->volume * LATTICE * LATTICE * LATTICE);
    sw_voronoi_clear(&voronoi);
    sw_atoms_destroy(atoms);
}

static void perfect_crystals_are_exact(void **state) {
    (void)state;
    for (size_t c = 0; c < sizeof crystals / sizeof crystals[0]; c++) {
        print_message("# %s\n", crystals[c].name);
        for (int round = 0; round < 4; round++)
            for (size_t d = 0; d < sizeof descriptions / sizeof descriptions[0]; d++)
                for (int repeat = 1; repeat <= 3; repeat += 2)
                    assert_crystal(&crystals[c], repeat, descriptions[d], round,
                                   round % 2 ? 0.0 : 0.005);
    }
}

static void sphericity_of_fcc(void **state) {
    (void)state;
    sw_atoms *atoms = built(&crystals[0], 2, descriptions[0], 0);
    sw_voronoi voronoi;
    assert_int_equal(sw_voronoi_create(&voronoi, atoms, &(sw_voronoi_options){0}, NULL, NULL),
                     SW_OK);
    double exact = cbrt(36.0 * M_PI / 16.0) / (1.5 * ROOT2); /* V = 1/4, surface 12 sqrt2 / 8 */
    assert_true(fabs(sw_voronoi_sphericity(&voronoi.atom[5]) - exact) < 1e-10);
    assert_true(fabs(exact - 0.9047) < 5e-5);
    sw_voronoi_clear(&voronoi);
    sw_atoms_destroy(atoms);
}

/* ---- warm crystals --------------------------------------------------------------------------- */

static double normal_deviate(sw_random *random) {
    double u[2];
    sw_random_pair(u, random);
    return sqrt(-2.0 * log(u[0])) * cos(2.0 * M_PI * u[1]);
}

/* fcc with each coordinate displaced by a normal deviate of a share of the lattice parameter. */
static sw_atoms *warm(double share) {
    sw_atoms *atoms = built(&crystals[0], 12, descriptions[0], 3);
    sw_random random = sw_random_create(2024, 6);
    for (size_t i = 0; i < 3 * sw_atoms_count(atoms); i++)
        sw_atoms_positions(atoms)[i] += share * LATTICE * normal_deviate(&random);
    return atoms;
}

static sw_voronoi cells_of(const sw_atoms *atoms, double smallest, bool recompute) {
    sw_voronoi voronoi;
    const sw_voronoi_options options = {.smallest_face = smallest, .recompute = recompute};
    assert_int_equal(sw_voronoi_create(&voronoi, atoms, &options, NULL, NULL), SW_OK);
    return voronoi;
}

static double mean_faces(const sw_voronoi *voronoi) {
    double faces = 0.0;
    for (size_t i = 0; i < voronoi->atoms; i++)
        faces += voronoi->atom[i].faces;
    return faces / (double)voronoi->atoms;
}

/* Of the six places where four edges meet, each splits into an edge (no new face) or, where the two
 * atoms across approach, a face: raw faces are 14 on average (Troadec et al., Europhys. Lett. 42, 167
 * (1998)), 14.03 in a simulated crystal. */
static void warm_fcc_has_twelve_faces_that_count(void **state) {
    (void)state;
    sw_atoms *atoms = warm(0.015);
    sw_voronoi raw = cells_of(atoms, 0.0, false), ruled = cells_of(atoms, 0.01, false);
    sw_voronoi again = cells_of(atoms, 0.01, true);
    double full = 0.0, least = 0.0, overlap = 0.0;
    assert_true(fabs(mean_faces(&raw) - 14.03) < 0.06);
    for (size_t i = 0; i < raw.atoms; i++) {
        assert_int_equal(ruled.atom[i].coordination, 12);
        assert_int_equal(again.atom[i].coordination, 12);
        assert_int_equal(again.atom[i].faces, 12);
        assert_true(ruled.atom[i].volume == raw.atom[i].volume);
        overlap += again.atom[i].volume - raw.atom[i].volume;
        least = fmin(least, again.atom[i].volume - raw.atom[i].volume);
        full += raw.atom[i].volume;
    }
    double box = (double)raw.atoms * 0.25 * LATTICE * LATTICE * LATTICE;
    assert_near(full, box);
    assert_true(least > -1e-12 * box && overlap > 0.0 && overlap < 1e-3 * box);
    sw_voronoi_clear(&raw);
    sw_voronoi_clear(&ruled);
    sw_voronoi_clear(&again);
    sw_atoms_destroy(atoms);
}

static uint32_t count_edges(const sw_voronoi_atom *atom) {
    uint32_t edges = 0;
    for (uint32_t order = 0; order < SW_VORONOI_ORDERS; order++)
        edges += atom->edges[order] * (order + SW_VORONOI_FEWEST_EDGES);
    return edges;
}

/* fcc flattened by 3 %: the two neighbours above and below have small square faces. With the rule neither
 * the 8 edges of these nor the 8 that they make on other faces are left. */
static void small_faces_take_their_edges_along(void **state) {
    (void)state;
    crystal flat = crystals[0];
    flat.cell[2][2] = 0.97;
    sw_atoms *atoms = built(&flat, 3, descriptions[0], 5);
    sw_voronoi raw = cells_of(atoms, 0.0, false), ruled = cells_of(atoms, 0.01, false);
    for (size_t i = 0; i < raw.atoms; i++) {
        assert_int_equal(raw.atom[i].coordination, 14);
        assert_int_equal(ruled.atom[i].coordination, 12);
        assert_int_equal(ruled.atom[i].faces, 14);
        assert_int_equal(count_edges(&raw.atom[i]), count_edges(&ruled.atom[i]) + 16);
    }
    sw_voronoi_clear(&raw);
    sw_voronoi_clear(&ruled);
    sw_atoms_destroy(atoms);
}

/* bcc has 8 neighbours within 1.73 and 6 more at 2 half lattice parameters: a cutoff tells them apart. */
static void a_cutoff_leaves_far_neighbours_out(void **state) {
    (void)state;
    sw_atoms *atoms = built(&crystals[2], 3, descriptions[1], 2);
    sw_voronoi voronoi;
    const sw_voronoi_options options = {.cutoff = 0.95 * LATTICE};
    assert_int_equal(sw_voronoi_create(&voronoi, atoms, &options, NULL, NULL), SW_OK);
    for (size_t i = 0; i < voronoi.atoms; i++) {
        assert_int_equal(voronoi.atom[i].coordination, 8);
        assert_int_equal(voronoi.atom[i].faces, 14);
        assert_int_equal(voronoi.atom[i].edges[3], 8);
        assert_int_equal(voronoi.atom[i].edges[1], 0);
    }
    sw_voronoi_clear(&voronoi);
    sw_atoms_destroy(atoms);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(perfect_crystals_are_exact),
        cmocka_unit_test(sphericity_of_fcc),
        cmocka_unit_test(warm_fcc_has_twelve_faces_that_count),
        cmocka_unit_test(small_faces_take_their_edges_along),
        cmocka_unit_test(a_cutoff_leaves_far_neighbours_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
