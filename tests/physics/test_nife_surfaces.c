/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The faces of magnetite in nife-fe3o4 without time: surface energies over the oxygen potentials
 * at which magnetite is stable, for slabs that are cut at several planes and annealed against
 * reservoirs of oxygen and iron.
 *
 * The same lattice is written in three cells, one with each face as its base, so that a slab needs
 * few sites. The search is random: what it finds is an upper bound, the lowest of a few seeds.
 */
#include <spillway/lattice.h>
#include <spillway/thermo.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { FE = 1, OX = 3 };
enum { F111, F110, F100, FACES };
#define JOULE_PER_SQUARE_METRE (1e20 * SW_ELECTRONVOLT) /* in 1 eV/A2 */
#define CUTS 2
#define HOT_SEEDS 6 /* at each end of the range */
#define SLABS (2 * CUTS + 2 * HOT_SEEDS)

/* eV per oxygen atom, between the ends of magnetite in the tables: with FeO, with hematite. */
#define POTENTIALS 5
static const double potentials[POTENTIALS] = {-3.1, -2.8, -2.6, -2.4, -2.2};
#define MARGIN 0.20 /* J/m2, see test_111_is_lowest */

/* The cell of a face in lattice constants: base, base, upward; its sites; the frame; the planes
 * at which the slab is cut: where, how thick (A). */
typedef struct orientation {
    const char *name, *cell, *octahedral, *oxygen, *tetrahedral;
    int cells[3];
    double cut[CUTS][2];
} orientation;

static const orientation orientations[FACES] = {
    {"{111}",
     "[[0.5, -0.5, 0], [0, 0.5, -0.5], [0.5, 0.5, 0]]",
     "[[0, 0, 0]]",
     "[[0.5, 0, 0.5]]",
     "[[0.75, 0.5, 0.75], [0.25, 0.5, 0.25]]",
     {4, 4, 8},
     {{0.45, 8.68}, {0.05, 9.00}}},
    {"{110}",
     "[[0, 0, 1], [0.5, -0.5, 0], [0.5, 0.5, 0]]",
     "[[0, 0, 0], [0.5, 0.5, 0.5]]",
     "[[0.5, 0, 0], [0, 0.5, 0.5]]",
     "[[0.25, 0, 0.5], [0.75, 0.5, 0], [0.75, 0, 0.5], [0.25, 0.5, 0]]",
     {2, 4, 8},
     {{1.35, 12.06}, {0.05, 11.87}}},
    {"{100}",
     "[[0.5, -0.5, 0], [0.5, 0.5, 0], [0, 0, 1]]",
     "[[0, 0, 0], [0.5, 0.5, 0.5]]",
     "[[0, 0, 0.5], [0.5, 0.5, 0]]",
     "[[0, 0.5, 0.25], [0.5, 0, 0.75], [0, 0.5, 0.75], [0.5, 0, 0.25]]",
     {4, 4, 6},
     {{0.84, 12.86}, {0.05, 12.60}}},
};

static sw_model *load(const sw_setting *settings, size_t count) {
    const char *source = getenv("SPILLWAY_SOURCE");
    char path[4096];
    snprintf(path, sizeof path, "%s/models/nife-fe3o4/model.yaml", source ? source : ".");
    sw_error error = {0};
    sw_model *model = NULL;
    if (sw_model_load(&model, path, settings, count, NULL, 0, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    assert_string_equal(sw_model_lattice(model)->species[FE].name, "Fe");
    assert_string_equal(sw_model_lattice(model)->species[OX].name, "O");
    return model;
}

static sw_model *load_oriented(const orientation *o) {
    const sw_setting settings[] = {{"frame.cell", o->cell},
                                   {"frame.sites.octahedral", o->octahedral},
                                   {"frame.sites.oxygen", o->oxygen},
                                   {"frame.sites.tetrahedral", o->tetrahedral}};
    return load(settings, 4);
}

static sw_face face_of(const orientation *o, int cut) {
    sw_face face = {.crystal = "spinel",
                    .indices = {0, 0, 1},
                    .from = o->cut[cut][0],
                    .thickness = o->cut[cut][1],
                    .depth = 3.0,
                    .species = 1u << FE | 1u << OX,
                    .balance = FE,
                    .first_temperature = 300.0,
                    .last_temperature = 300.0};
    memcpy(face.cells, o->cells, sizeof face.cells);
    return face;
}

static sw_surface measure(const sw_model *model, const sw_face *face, double oxygen,
                          uint64_t seed) {
    const double potential[SW_SPECIES_LIMIT] = {[OX] = oxygen};
    sw_surface surface;
    sw_error error = {0};
    if (sw_lattice_surface(&surface, sw_model_lattice(model), face, potential, seed, &error) !=
        SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    return surface;
}

/* ---- the same lattice in every cell ---------------------------------------------------------- */

/* A {111} slab of the model's own cubic cell, x + y + z modulo the edge, is that of the cell with
 * {111} as its base. */
static void test_cells_agree(void **state) {
    (void)state;
    const orientation *o = &orientations[F111];
    sw_model *cubic = load(NULL, 0), *oriented = load_oriented(o);
    for (int cut = 0; cut < CUTS; cut++) {
        sw_face face = face_of(o, cut);
        sw_surface based = measure(oriented, &face, -2.6, 1);
        memcpy(face.indices, (const int[3]){1, 1, 1}, sizeof face.indices);
        memcpy(face.cells, (const int[3]){8, 8, 8}, sizeof face.cells);
        sw_surface whole = measure(cubic, &face, -2.6, 1);
        assert_true(fabs(whole.potential[FE] - based.potential[FE]) < 1e-9);
        assert_true(fabs(whole.area - 16.0 * based.area) < 1e-6);
        assert_true(fabs(whole.cut_energy - based.cut_energy) < 1e-9);
        assert_true(whole.atoms[FE] == 16.0 * based.atoms[FE]);
    }
    sw_model_destroy(cubic);
    sw_model_destroy(oriented);
}

/* ---- the range of magnetite ------------------------------------------------------------------ */

static void test_range_lies_in_the_tables(void **state) {
    (void)state;
    sw_standard_state oxygen;
    double hematite, magnetite, wustite;
    const double temperature = 973.15;
    assert_int_equal(sw_substance_state(&oxygen, sw_substance_find("O2"), temperature, NULL),
                     SW_OK);
    assert_int_equal(sw_reaction_gibbs(&hematite, "2 Fe3O4 + 1/2 O2 = 3 Fe2O3", temperature, NULL),
                     SW_OK);
    assert_int_equal(sw_reaction_gibbs(&magnetite, "3 Fe + 2 O2 = Fe3O4", temperature, NULL),
                     SW_OK);
    assert_int_equal(sw_reaction_gibbs(&wustite, "0.947 Fe + 1/2 O2 = Fe0.947O", temperature, NULL),
                     SW_OK);
    double iron_in_oxide = 3.0 / 0.947; /* wustites for the iron of one magnetite */
    double lower =
        0.5 * oxygen.gibbs + (magnetite - iron_in_oxide * wustite) / (4.0 - iron_in_oxide);
    double upper = 0.5 * oxygen.gibbs + hematite;
    print_message("# magnetite from %.3f to %.3f eV per oxygen in the tables\n", lower, upper);
    assert_true(lower < potentials[0] && potentials[POTENTIALS - 1] < upper);
    assert_true(upper - potentials[POTENTIALS - 1] < 0.05);
}

/* ---- surface energies ------------------------------------------------------------------------ */

/* At another potential of magnetite's line the same slab costs, per oxygen beyond magnetite's. */
static double energy_at(const sw_surface *surface, double oxygen) {
    double iron = surface->potential[FE] - 4.0 / 3.0 * (oxygen - surface->potential[OX]);
    return JOULE_PER_SQUARE_METRE *
           (surface->total - iron * surface->atoms[FE] - oxygen * surface->atoms[OX]) /
           surface->area;
}

/* At both ends of the range: every cut relaxed from 1200 K, and the last one from 4000 K, where its
 * surface layers melt. These slabs are one period of the crystal wide: fewer atoms find their places
 * more often, and the structures they find are those of the wide ones, to the last digit. */
static void relax_slabs(sw_surface slabs[SLABS], const orientation *o) {
    const double ends[2] = {potentials[0], potentials[POTENTIALS - 1]};
    sw_model *model = load_oriented(o);
    int slab = 0;
    for (int end = 0; end < 2; end++) {
        sw_face face = {0};
        for (int cut = 0; cut < CUTS; cut++) {
            face = face_of(o, cut);
            face.moves = 150000;
            face.first_temperature = 1200.0;
            slabs[slab++] = measure(model, &face, ends[end], 1);
        }
        face.cells[0] = face.cells[1] = 2;
        face.moves = 300000;
        face.first_temperature = 4000.0;
        face.last_temperature = 200.0;
        for (uint64_t seed = 1; seed <= HOT_SEEDS; seed++)
            slabs[slab++] = measure(model, &face, ends[end], seed);
    }
    sw_model_destroy(model);
}

static double lowest_at(const sw_surface slabs[SLABS], double oxygen) {
    double lowest = INFINITY;
    for (int slab = 0; slab < SLABS; slab++)
        lowest = fmin(lowest, energy_at(&slabs[slab], oxygen));
    return lowest;
}

/* ---- the equilibrium shape ------------------------------------------------------------------- */

#define PLANES 26
#define CORNERS (PLANES + 4)

typedef struct shape {
    double normal[PLANES][3], distance[PLANES];
    int face[PLANES];
} shape;

/* Wulff: every plane as far out as its energy. */
static void make_shape(shape *crystal, const double energy[FACES]) {
    int plane = 0;
    for (int code = 0; code < 27; code++) {
        int index[3] = {code % 3 - 1, code / 3 % 3 - 1, code / 9 - 1};
        int nonzero = abs(index[0]) + abs(index[1]) + abs(index[2]);
        if (nonzero == 0)
            continue;
        for (int d = 0; d < 3; d++)
            crystal->normal[plane][d] = index[d] / sqrt(nonzero);
        crystal->face[plane] = 3 - nonzero;
        crystal->distance[plane] = energy[3 - nonzero];
        plane++;
    }
    assert_int_equal(plane, PLANES);
}

static double dot(const double a[3], const double b[3]) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

static void cross(double c[3], const double a[3], const double b[3]) {
    for (int d = 0; d < 3; d++)
        c[d] = a[(d + 1) % 3] * b[(d + 2) % 3] - a[(d + 2) % 3] * b[(d + 1) % 3];
}

/* The part of a polygon behind a plane. */
static size_t clip(double corner[CORNERS][3], size_t corners, const double normal[3],
                   double distance) {
    double kept[CORNERS][3];
    size_t count = 0;
    for (size_t i = 0; i < corners; i++) {
        const double *here = corner[i], *next = corner[(i + 1) % corners];
        double above = dot(normal, here) - distance, then = dot(normal, next) - distance;
        if (above <= 0.0)
            memcpy(kept[count++], here, sizeof kept[0]);
        if ((above < 0.0 && then > 0.0) || (above > 0.0 && then < 0.0)) {
            for (int d = 0; d < 3; d++)
                kept[count][d] = here[d] + above / (above - then) * (next[d] - here[d]);
            count++;
        }
        assert_true(count < CORNERS);
    }
    memcpy(corner, kept, sizeof kept);
    return count;
}

static double facet_area(const shape *crystal, int plane) {
    const double *normal = crystal->normal[plane], far = 1e3;
    double along[3], across[3], other[3] = {0.3, -0.2, 0.9}, corner[CORNERS][3], area = 0.0;
    size_t corners = 4;
    cross(along, normal, other);
    cross(across, normal, along);
    for (size_t i = 0; i < 4; i++)
        for (int d = 0; d < 3; d++)
            corner[i][d] = crystal->distance[plane] * normal[d] +
                           far * ((i == 0 || i == 3 ? 1.0 : -1.0) * along[d] +
                                  (i < 2 ? 1.0 : -1.0) * across[d]);
    for (int p = 0; p < PLANES && corners > 0; p++)
        if (p != plane)
            corners = clip(corner, corners, crystal->normal[p], crystal->distance[p]);
    for (size_t i = 1; i + 1 < corners; i++) {
        double a[3], b[3], both[3];
        for (int d = 0; d < 3; d++) {
            a[d] = corner[i][d] - corner[0][d];
            b[d] = corner[i + 1][d] - corner[0][d];
        }
        cross(both, a, b);
        area += 0.5 * dot(both, normal);
    }
    return fabs(area);
}

static void facet_shares(double share[FACES], const double energy[FACES]) {
    shape crystal;
    double sum = 0.0;
    make_shape(&crystal, energy);
    memset(share, 0, FACES * sizeof *share);
    for (int plane = 0; plane < PLANES; plane++) {
        double area = facet_area(&crystal, plane);
        share[crystal.face[plane]] += area;
        sum += area;
    }
    for (int face = 0; face < FACES; face++)
        share[face] /= sum;
}

static void test_known_shapes(void **state) {
    (void)state;
    double share[FACES];
    facet_shares(share, (const double[FACES]){1.0, 9.0, 9.0}); /* octahedron */
    assert_true(fabs(share[F111] - 1.0) < 1e-9);
    facet_shares(share, (const double[FACES]){9.0, 9.0, 1.0}); /* cube */
    assert_true(fabs(share[F100] - 1.0) < 1e-9);
    /* truncated octahedron of unit edge: 8 hexagons, 6 squares, sqrt(3/2) and sqrt(2) from the centre */
    facet_shares(share, (const double[FACES]){sqrt(1.5), 9.0, sqrt(2.0)});
    assert_true(fabs(share[F111] - 12.0 * sqrt(3.0) / (12.0 * sqrt(3.0) + 6.0)) < 1e-9);
    facet_shares(share, (const double[FACES]){9.0, 1.0, 9.0}); /* rhombic dodecahedron */
    assert_true(fabs(share[F110] - 1.0) < 1e-9);
}

/* ---- the claim ------------------------------------------------------------------------------- */

/* Fixed seeds, the same on any machine: no false alarm. Each energy is an upper bound of its face's,
 * with the same trials for every face. A longer search (README of the model) gives {111} a lead of
 * 0.40 J/m2 or more over {100}, 0.60 or more over {110}, within 0.15 of what is found here. */
static void test_111_is_lowest(void **state) {
    (void)state;
    sw_surface slabs[FACES][SLABS];
    for (int face = 0; face < FACES; face++)
        relax_slabs(slabs[face], &orientations[face]);
    for (int p = 0; p < POTENTIALS; p++) {
        double energy[FACES], share[FACES];
        for (int face = 0; face < FACES; face++)
            energy[face] = lowest_at(slabs[face], potentials[p]);
        facet_shares(share, energy);
        print_message("# %.1f eV: {111} %.3f, {110} %.3f, {100} %.3f J/m2; shares %.2f %.2f %.2f\n",
                      potentials[p], energy[F111], energy[F110], energy[F100], share[F111],
                      share[F110], share[F100]);
        for (int face = F110; face < FACES; face++)
            if (energy[F111] + MARGIN > energy[face])
                fail_msg("at %.1f eV {111} costs %.3f J/m2, %s %.3f", potentials[p], energy[F111],
                         orientations[face].name, energy[face]);
        assert_true(energy[F111] > 0.0 && share[F111] > 0.5);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cells_agree),
        cmocka_unit_test(test_range_lies_in_the_tables),
        cmocka_unit_test(test_known_shapes),
        cmocka_unit_test(test_111_is_lowest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
