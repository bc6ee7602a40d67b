/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Closed forms of bond-orientational order in perfect crystals, in any orientation. */
#include "crystals.h"

#include "structure/bond_order.h"
#include "structure/face_neighbours.h"

#include <stdlib.h>

static void near(double value, double expected, double tolerance) {
    if (!(fabs(value - expected) <= tolerance))
        fail_msg("%.17g is not %.17g within %g", value, expected, tolerance);
}

static const int four_six[] = {4, 6};
static const sw_bond_order_options everything = {four_six, 2, true, true, NULL};

/* All atoms alike: Q, W and their averages. `expected` = Q4, Q6. */
static void check_crystal(const sw_crystal *crystal, size_t nearest, double cutoff,
                          const double expected[2]) {
    for (int orientation = 0; orientation < 4; orientation++) {
        double turn[3][3];
        turning(turn, 0.7 * orientation);
        sw_atoms *atoms = crystal_atoms(crystal, orientation == 3 ? 1 : 3, 3.7, true,
                                        orientation == 0 ? NULL : turn);
        sw_neighbours neighbours;
        sw_bond_order order;
        sw_status status = nearest > 0
                               ? sw_neighbours_nearest(&neighbours, atoms, nearest, NULL, NULL)
                               : sw_neighbours_within(&neighbours, atoms, 3.7 * cutoff,
                                                      SW_NEIGHBOURS_AS_FOUND, NULL, NULL);
        assert_int_equal(status, SW_OK);
        assert_int_equal(sw_bond_order_create(&order, &neighbours, &everything, NULL, NULL), SW_OK);
        for (size_t i = 0; i < 2 * order.atoms; i++) {
            near(order.q[i], expected[i / order.atoms], 1e-10);
            near(order.w[i], order.w[i / order.atoms * order.atoms], 1e-10);
        }
        sw_bond_order_clear(&order);
        sw_neighbours_clear(&neighbours);
        sw_atoms_destroy(atoms);
    }
}

/* Weighed by the faces of Voronoi cells, all atoms alike. */
static void check_faces(const sw_crystal *crystal, const double expected[2]) {
    for (int orientation = 0; orientation < 3; orientation++) {
        const sw_voronoi_options faces = {.neighbours = true};
        double turn[3][3], *areas;
        sw_neighbours neighbours;
        sw_bond_order order;
        sw_voronoi voronoi;
        turning(turn, 0.7 * orientation);
        sw_atoms *atoms =
            crystal_atoms(crystal, 3 - orientation, 3.7, true, orientation ? turn : NULL);
        assert_int_equal(sw_voronoi_create(&voronoi, atoms, &faces, NULL, NULL), SW_OK);
        assert_int_equal(sw_face_neighbours(&neighbours, &areas, &voronoi, NULL), SW_OK);
        sw_bond_order_options options = everything;
        options.weights = areas;
        assert_int_equal(sw_bond_order_create(&order, &neighbours, &options, NULL, NULL), SW_OK);
        for (size_t i = 0; i < 2 * order.atoms; i++) {
            near(order.q[i], expected[i / order.atoms], 1e-10);
            near(order.averaged_q[i], expected[i / order.atoms], 1e-10);
        }
        sw_bond_order_clear(&order);
        sw_neighbours_clear(&neighbours);
        free(areas);
        sw_voronoi_clear(&voronoi);
        sw_atoms_destroy(atoms);
    }
}

/* bcc: 8 hexagons of 3 sqrt(3) / 16 and 6 squares of 1 / 8 (in squares of the lattice parameter).
 */
static void faces_of_perfect_crystals(void **state) {
    (void)state;
    const double eight = 8 * 3 * sqrt(3.0) / 16, six = 6.0 / 8, all = eight + six;
    const double fcc[2] = {sqrt(7.0 / 192.0), 13.0 * sqrt(2.0) / 32.0};
    const double sc[2] = {sqrt(7.0 / 12.0), sqrt(1.0 / 8.0)};
    const double bcc[2] = {fabs(-eight * sqrt(7.0 / 27.0) + six * sqrt(7.0 / 12.0)) / all,
                           (eight * sqrt(32.0 / 81.0) + six * sqrt(1.0 / 8.0)) / all};
    check_faces(&face_centred, fcc);
    check_faces(&simple_cubic, sc);
    check_faces(&body_centred, bcc);
}

static void perfect_crystals(void **state) {
    (void)state;
    const double fcc[2] = {sqrt(7.0 / 192.0), 13.0 * sqrt(2.0) / 32.0};
    const double sc[2] = {sqrt(7.0 / 12.0), sqrt(1.0 / 8.0)};
    const double eight[2] = {sqrt(7.0 / 27.0), sqrt(32.0 / 81.0)};
    /* eight along (111) have the cubic harmonic of l = 4 with the other sign than six along (100)
     */
    const double fourteen[2] = {(8 * -sqrt(7.0 / 27.0) + 6 * sqrt(7.0 / 12.0)) / 14,
                                (8 * sqrt(32.0 / 81.0) + 6 * sqrt(1.0 / 8.0)) / 14};
    check_crystal(&face_centred, 12, 0, fcc);
    check_crystal(&face_centred, 0, 0.85, fcc);
    check_crystal(&simple_cubic, 6, 0, sc);
    check_crystal(&body_centred, 8, 0, eight);
    check_crystal(&body_centred, 14, 0, fourteen);
    near(sw_fcc_order.q4, fcc[0], 1e-15);
    near(sw_fcc_order.q6, fcc[1], 1e-15);
}

/* The printed six digits: fcc, hcp, bcc, sc of the table in Mickel et al. (2013), and W in that of
 * Steinhardt et al. (1983). */
static void values_as_printed(void **state) {
    (void)state;
    const sw_crystal hcp = hexagonal(sqrt(8.0 / 3.0));
    const struct {
        const sw_crystal *crystal;
        size_t nearest;
        double q4, q6, w4, w6;
    } row[] = {{&face_centred, 12, .190941, .574524, -.159317, -.013161},
               {&hcp, 12, .097222, .484762, .134097, -.012442},
               {&body_centred, 14, .036370, .510688, .159317, .013161},
               {&body_centred, 8, .509175, .628539, -.159317, .013161},
               {&simple_cubic, 6, .763763, .353553, .159317, .013161}};
    for (int r = 0; r < 5; r++) {
        sw_atoms *atoms = crystal_atoms(row[r].crystal, 3, 2.9, true, NULL);
        sw_neighbours neighbours;
        sw_bond_order order;
        assert_int_equal(sw_neighbours_nearest(&neighbours, atoms, row[r].nearest, NULL, NULL),
                         SW_OK);
        assert_int_equal(sw_bond_order_create(&order, &neighbours, &everything, NULL, NULL), SW_OK);
        near(order.q[0], row[r].q4, 1e-6);
        near(order.q[order.atoms], row[r].q6, 1e-6);
        near(order.w[0], row[r].w4, 1e-6);
        near(order.w[order.atoms], row[r].w6, 1e-6);
        sw_bond_order_clear(&order);
        sw_neighbours_clear(&neighbours);
        sw_atoms_destroy(atoms);
    }
}

/* hcp has moments of two kinds that differ by a half turn: averages are of Q4 = 7/72 and its turn.
 */
static void hcp_and_its_averages(void **state) {
    (void)state;
    const sw_crystal hcp = hexagonal(sqrt(8.0 / 3.0));
    sw_atoms *atoms = crystal_atoms(&hcp, 4, 3.2, true, NULL);
    sw_neighbours neighbours;
    sw_bond_order order;
    assert_int_equal(sw_neighbours_nearest(&neighbours, atoms, 12, NULL, NULL), SW_OK);
    assert_int_equal(sw_bond_order_create(&order, &neighbours, &everything, NULL, NULL), SW_OK);
    near(order.q[0], 7.0 / 72.0, 1e-10);
    for (size_t i = 0; i < order.atoms; i++) {
        near(order.averaged_q[i], order.averaged_q[0], 1e-10);
        assert_true(order.averaged_q[i] < order.q[i] + 1e-12);
    }
    sw_bond_order_clear(&order);
    sw_neighbours_clear(&neighbours);
    sw_atoms_destroy(atoms);
}

static void an_icosahedron(void **state) {
    (void)state;
    const double golden = 0.5 * (1.0 + sqrt(5.0));
    sw_atoms *atoms;
    sw_neighbours neighbours;
    sw_bond_order order;
    assert_int_equal(sw_atoms_create(&atoms, 13), SW_OK);
    for (size_t i = 0; i < 12; i++) {
        double *at = sw_atoms_positions(atoms) + 3 * (i + 1);
        at[i / 4] = i & 1 ? 1.0 : -1.0;
        at[(i / 4 + 1) % 3] = i & 2 ? golden : -golden;
    }
    assert_int_equal(
        sw_neighbours_within(&neighbours, atoms, 1.95, SW_NEIGHBOURS_AS_FOUND, NULL, NULL), SW_OK);
    assert_int_equal(sw_bond_order_create(&order, &neighbours, &everything, NULL, NULL), SW_OK);
    near(order.q[0], 0.0, 1e-10);
    near(order.q[13], sqrt(11.0) / 5.0, 1e-10);
    near(order.w[13], -11.0 / sqrt(4199.0), 1e-10);
    sw_bond_order_clear(&order);
    sw_neighbours_clear(&neighbours);
    sw_atoms_destroy(atoms);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(perfect_crystals),  cmocka_unit_test(faces_of_perfect_crystals),
        cmocka_unit_test(values_as_printed), cmocka_unit_test(hcp_and_its_averages),
        cmocka_unit_test(an_icosahedron),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
