/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Terms of the energetics by symmetry orbit: numbers of places against those of the textbooks, and
 * energies of ordered structures against closed forms.
 */
#include "lattice/space_group.h"
#include "lattice_steps.h"
#include "yaml_model.h"

#define HEAD                                                                                       \
    "format: 1\nname: orbits\nsimulator: lattice\n"                                                \
    "species: {A: {element: Ni, sites: s}, B: {element: Al, sites: s}}\n"                          \
    "run: {temperature: 300 K, events: 1}\n"
#define FCC                                                                                        \
    HEAD "frame: {lattice_constant: 4 A, cell: cubic, size: [4, 4, 4], periodic: [true, true, "    \
         "true], sites: {s: [[0, 0, 0], [0, 0.5, 0.5], [0.5, 0, 0.5], [0.5, 0.5, 0]]}}\n"
#define FCC_PRIMITIVE                                                                              \
    HEAD "frame: {lattice_constant: 4 A, cell: [[0, 0.5, 0.5], [0.5, 0, 0.5], [0.5, 0.5, 0]], "    \
         "size: [6, 6, 6], periodic: [true, true, true], sites: {s: [[0, 0, 0]]}}\n"
#define HCP                                                                                        \
    HEAD "frame: {lattice_constant: 3 A, cell: [[1, 0, 0], [-0.5, 0.8660254, 0], [0, 0, "          \
         "1.6329932]], size: [4, 4, 4], periodic: [true, true, true], "                            \
         "sites: {s: [[0.3333333, 0.6666667, 0.25], [0.6666667, 0.3333333, 0.75]]}}\n"
#define HONEYCOMB                                                                                  \
    HEAD "frame: {lattice_constant: 3 A, cell: [[1, 0, 0], [-0.5, 0.8660254, 0], [0, 0, 5]], "     \
         "size: [6, 6, 1], periodic: [true, true, false], "                                        \
         "sites: {s: [[0.3333333, 0.6666667, 0], [0.6666667, 0.3333333, 0]]}}\n"

typedef struct orbits {
    sw_model *model;
    sw_term_orbit *list;
    size_t count;
} orbits;

static orbits orbits_of(const char *text) {
    orbits found = {.model = model_of_text(text)};
    sw_error error = {0};
    assert_int_equal(
        sw_lattice_term_orbits(&found.list, &found.count, sw_model_lattice(found.model), &error),
        SW_OK);
    return found;
}

static void release(orbits *found) {
    free(found->list);
    sw_model_destroy(found->model);
}

/* ---- space groups ---------------------------------------------------------------------------- */

static void check_order(const char *text, size_t order) {
    sw_space_group group;
    sw_model *model = model_of_text(text);
    assert_int_equal(sw_space_group_find(&group, &sw_model_lattice(model)->frame), SW_OK);
    assert_int_equal(group.count, order);
    sw_space_group_clear(&group);
    sw_model_destroy(model);
}

/* Point operations times translations inside the cell: Fm-3m, P6_3/mmc, P6/mmm. */
static void test_orders(void **state) {
    (void)state;
    check_order(FCC, 192);
    check_order(FCC_PRIMITIVE, 48);
    check_order(HCP, 24);
    check_order(HONEYCOMB, 24);
}

/* ---- multiplicities -------------------------------------------------------------------------- */

#define FCC_TERMS                                                                                  \
    "energetics:\n  pairs:\n"                                                                      \
    "    - {species: [A, A], sites: [s, s], distance: 0.70710678, energy: 1 eV}\n"                 \
    "    - {species: [A, B], sites: [s, s], distance: 1, energy: 1 eV}\n"                          \
    "    - {species: [A, A], sites: [s, s], distance: 1.22474487, energy: 1 eV}\n"                 \
    "    - {species: [A, A], sites: [s, s], distance: 1.41421356, energy: 1 eV}\n"                 \
    "    - {species: [A, A], sites: [s, s], distance: 2.12132034, energy: 1 eV}\n"                 \
    "  clusters:\n"                                                                                \
    "    - {species: [A, A, A], sites: [s, s, s], distances: [0.70710678, 0.70710678, "            \
    "0.70710678], energy: 1 eV}\n"                                                                 \
    "    - {species: [A, A, A, A], sites: [s, s, s, s], distances: [0.70710678, 0.70710678, "      \
    "0.70710678, 0.70710678, 0.70710678, 0.70710678], energy: 1 eV}\n"

/* Places by site: pairs 6, 3, 12, 6 and at 3/sqrt(2) two orbits, (3 3 0)/2 with 6 and (4 1 1)/2
 * with 12; triplets of nearest neighbours 8; tetrahedra 2. */
static void check_fcc(const char *frame_and_terms) {
    static const double expected[] = {6, 3, 12, 6, 6, 12, 8, 2};
    orbits found = orbits_of(frame_and_terms);
    double shell[2] = {0};
    assert_int_equal(found.count, 8);
    for (size_t i = 0; i < 8; i++) {
        if (found.list[i].term == 4 && found.list[i].kind == SW_TERM_PAIR)
            shell[found.list[i].per_site > 7.0] = found.list[i].per_site;
        else
            assert_true(fabs(found.list[i].per_site - expected[i]) < 1e-9);
    }
    assert_true(shell[0] == 6.0 && shell[1] == 12.0);
    release(&found);
}

static void test_fcc_numbers(void **state) {
    (void)state;
    check_fcc(FCC FCC_TERMS);
    check_fcc(FCC_PRIMITIVE FCC_TERMS);
}

/* A placed figure keeps to its own orbit where the distances do not. */
static void test_placed_pair_keeps_its_orbit(void **state) {
    (void)state;
    orbits found = orbits_of(
        FCC
        "energetics: {clusters: [{species: [A, A], points: [[0, 0, 0], [1.5, 1.5, 0]], "
        "energy: 1 eV}, {species: [A, B], points: [[0, 0, 0], [2, 0.5, 0.5]], energy: 1 eV}]}\n");
    assert_int_equal(found.count, 2);
    assert_int_equal(found.list[0].multiplicity, 24);
    assert_int_equal(found.list[1].multiplicity, 48);
    assert_true(fabs(found.list[0].distance[0][1] - 4.0 * 2.12132034) < 1e-6);
    release(&found);
}

/* In hcp a basal triangle stands over a tetrahedron or over an octahedral hollow: one set of
 * distances, two orbits of one per atom each. With both kinds out of the plane there are 8 in all. */
static void test_hcp_triangles(void **state) {
    (void)state;
    orbits found = orbits_of(
        HCP "energetics: {clusters: [{species: [A, A, A], sites: [s, s, s], distances: [1, 1, 1], "
            "energy: 1 eV}, {species: [A, A, A], points: [[0.3333333, 0.6666667, 0.25], "
            "[1.3333333, 0.6666667, 0.25], [1.3333333, 1.6666667, 0.25]], energy: 1 eV}]}\n");
    double all = 0.0;
    size_t of_first = 0;
    for (size_t i = 0; i < found.count; i++) {
        all += found.list[i].term == 0 ? found.list[i].per_site : 0.0;
        of_first += found.list[i].term == 0;
    }
    assert_int_equal(of_first, 3);
    assert_true(fabs(all - 8.0) < 1e-9);
    assert_int_equal(found.count, 4);
    assert_true(fabs(found.list[3].per_site - 1.0) < 1e-9);
    release(&found);
}

/* Rings of the honeycomb: six points, half a ring an atom, one place in the cell. */
static void test_six_points(void **state) {
    (void)state;
    orbits found = orbits_of(
        HONEYCOMB
        "energetics: {clusters: [{species: [A, A, A, A, A, A], points: [[0.3333333, "
        "0.6666667, 0], [0.6666667, 0.3333333, 0], [1.3333333, 0.6666667, 0], [1.6666667, "
        "1.3333333, 0], [1.3333333, 1.6666667, 0], [0.6666667, 1.3333333, 0]], energy: "
        "-0.5 eV}]}\n");
    assert_int_equal(found.count, 1);
    assert_int_equal(found.list[0].multiplicity, 1);
    assert_true(fabs(found.list[0].per_site - 0.5) < 1e-9);
    release(&found);
}

/* ---- energies -------------------------------------------------------------------------------- */

/* The same terms with places in the cubic cell and in the primitive one. */
#define TERMS(triangle, tetrahedron, octahedron)                                                   \
    "energetics:\n  pairs:\n"                                                                      \
    "    - {species: [A, B], sites: [s, s], distance: 0.70710678, energy: -0.1 eV}\n"              \
    "    - {species: [A, A], sites: [s, s], distance: 1, energy: 0.03 eV}\n"                       \
    "  clusters:\n"                                                                                \
    "    - {species: [A, A, B], points: " triangle ", energy: 0.007 eV}\n"                         \
    "    - {species: [A, A, A, B], points: " tetrahedron ", energy: 0.0011 eV}\n"                  \
    "    - {species: [B, A, A, A, A, A], points: " octahedron ", energy: 0.00017 eV}\n"
#define CUBIC_TERMS                                                                                \
    TERMS("[[0, 0, 0], [0.5, 0.5, 0], [0.5, 0, 0.5]]",                                             \
          "[[0, 0, 0], [0.5, 0.5, 0], [0.5, 0, 0.5], [0, 0.5, 0.5]]",                              \
          "[[0, 0, 0], [0.5, 0.5, 0], [0.5, -0.5, 0], [1, 0, 0], [0.5, 0, 0.5], [0.5, 0, -0.5]]")
#define PRIMITIVE_TERMS                                                                            \
    TERMS("[[0, 0, 0], [0, 0, 1], [0, 1, 0]]", "[[0, 0, 0], [0, 0, 1], [0, 1, 0], [1, 0, 0]]",     \
          "[[0, 0, 0], [0, 0, 1], [-1, 1, 0], [-1, 1, 1], [0, 1, 0], [-1, 0, 1]]")

typedef bool (*occupation)(const double place[3]);

/* Places in lattice constants. L1_2: B on the corners of the cubes, A3B. */
static bool is_corner(const double p[3]) {
    double off = 0.0;
    for (int d = 0; d < 3; d++)
        off += fabs(p[d] - round(p[d]));
    return off < 1e-6;
}

/* L1_0: B on every other plane (0 0 1). */
static bool is_on_plane(const double p[3]) {
    return fabs(p[2] - round(p[2])) < 1e-6;
}

/* D0_22: L1_2 with an antiphase shift (1/2 1/2 0) in every other cube along z. */
static bool is_in_tetragonal_order(const double p[3]) {
    int layer = (int)lround(2.0 * p[2]);
    double shift = layer % 4 == 2 ? 0.5 : 0.0;
    const double q[3] = {p[0] - shift, p[1] - shift, p[2]};
    return layer % 2 == 0 && is_corner(q);
}

/* eV per site of the structure that holds B where `is_b` says so and A elsewhere. */
static double energy_of(const char *text, occupation is_b) {
    sw_model *model = model_of_text(text);
    sw_lattice *lattice = create_lattice(sw_model_lattice(model), 1);
    size_t sites = sw_lattice_sites(lattice);
    for (size_t s = 0; s < sites; s++) {
        double place[3];
        sw_lattice_position(place, lattice, s);
        for (int d = 0; d < 3; d++)
            place[d] /= 4.0;
        assert_int_equal(sw_lattice_set(lattice, s, is_b(place) ? 2 : 1), SW_OK);
    }
    double energy = sw_lattice_energy(lattice) / (double)sites;
    sw_lattice_destroy(lattice);
    sw_model_destroy(model);
    return energy;
}

/*
 * Per site of L1_2 (a quarter B): 3 pairs AB of 6; next-nearest pairs are alike, so 3 x 3/4 AA; each
 * of the 2 tetrahedra is A3B, with 3 triangles AAB of its 4, and no triangle is shared; octahedra
 * hold no B or two. L1_0: 4 pairs AB, 3 x 1/2 AA, tetrahedra A2B2 with 2 triangles AAB. D0_22: the
 * first shell as L1_2; each B has 4 B and 2 A as next-nearest neighbours, so of 3 pairs a site 1/2
 * are BB, 1/2 AB and 2 AA, and the two octahedra above and below each B hold no other B.
 */
static void test_ordered_structures(void **state) {
    (void)state;
    const double ab = -0.1, aa = 0.03, aab = 0.007, aaab = 0.0011, octahedron = 0.00017;
    double l12 = 3.0 * ab + 2.25 * aa + 6.0 * aab + 2.0 * aaab;
    double l10 = 4.0 * ab + 1.5 * aa + 4.0 * aab;
    double d022 = 3.0 * ab + 2.0 * aa + 6.0 * aab + 2.0 * aaab + 0.5 * octahedron;
    const char *const frames[] = {FCC CUBIC_TERMS, FCC_PRIMITIVE PRIMITIVE_TERMS};
    for (int f = 0; f < 2; f++) {
        assert_true(fabs(energy_of(frames[f], is_corner) - l12) < 1e-10);
        assert_true(fabs(energy_of(frames[f], is_on_plane) - l10) < 1e-10);
    }
    assert_true(fabs(energy_of(FCC CUBIC_TERMS, is_in_tetragonal_order) - d022) < 1e-10);
}

/* A figure given by its points is the one given by its distances where these leave no choice: of
 * opposite energies nothing is left, whatever sits where. */
static void test_points_against_distances(void **state) {
    (void)state;
    sw_model *model = model_of_text(
        FCC "energetics: {clusters: [{species: [A, A, B], sites: [s, s, s], distances: "
            "[0.70710678, 0.70710678, 1], energy: 0.3 eV}, {species: [A, A, B], points: [[0, 0, "
            "0], [0.5, 0.5, 0], [0.5, -0.5, 0]], energy: -0.3 eV}]}\n");
    sw_lattice *lattice = create_lattice(sw_model_lattice(model), 1);
    uint64_t word = 12345;
    for (int round = 0; round < 2; round++)
        for (size_t s = 0; s < sw_lattice_sites(lattice); s++) {
            word = word * 6364136223846793005u + 1442695040888963407u;
            assert_int_equal(sw_lattice_set(lattice, s, (int)(word >> 33) % 3), SW_OK);
        }
    assert_true(fabs(sw_lattice_energy(lattice)) < 1e-9);
    audit_lattice(lattice);
    sw_lattice_destroy(lattice);
    sw_model_destroy(model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_orders),
        cmocka_unit_test(test_fcc_numbers),
        cmocka_unit_test(test_placed_pair_keeps_its_orbit),
        cmocka_unit_test(test_hcp_triangles),
        cmocka_unit_test(test_six_points),
        cmocka_unit_test(test_ordered_structures),
        cmocka_unit_test(test_points_against_distances),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
