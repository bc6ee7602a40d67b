/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The metallic glass of Yang et al., Nature 592 (2021) 60: 18,356 atoms, with the authors' own
 * averaged Q4 and Q6, their normalised order, and their pair distribution. Data that are not part
 * of this repository: $SPILLWAY_DATA/structure; skipped without.
 */
#include "structure/bond_order.h"
#include "structure/pair_count.h"
#include "structure/shell_volume.h"

#include <spillway/io.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define ATOMS 18356

static const char *data_path(char path[1024], const char *name) {
    const char *data = getenv("SPILLWAY_DATA"), *source = getenv("SPILLWAY_SOURCE");
    if (data)
        snprintf(path, 1024, "%s/structure/%s", data, name);
    else
        snprintf(path, 1024, "%s/../shared/data/structure/%s", source ? source : ".", name);
    FILE *file = fopen(path, "r");
    if (!file)
        skip();
    fclose(file);
    return path;
}

static sw_content read_glass(void) {
    char path[1024];
    sw_content content;
    sw_error error = {0};
    if (sw_read(&content, data_path(path, "MG_AET_18356_q4q6.extxyz"), NULL, 0, &error) != SW_OK)
        fail_msg("%s", error.message);
    assert_int_equal(sw_atoms_count(content.atoms), ATOMS);
    return content;
}

static const double *column(const sw_atoms *atoms, const char *name) {
    ptrdiff_t at = sw_atoms_find(atoms, name);
    assert_true(at >= 0);
    return sw_atoms_column_const(atoms, (size_t)at);
}

/* The positions at hand are rounded to 5e-8 A, so directions of bonds of 2 A and more to 3.5e-8,
 * and moments of l = 6 with slopes up to l to 2e-7 a bond; sums over bonds bring less. The formula
 * has no such error. */
static void their_order_parameters(void **state) {
    (void)state;
    static const int l[] = {4, 6};
    const sw_bond_order_options options = {l, 2, false, true, NULL};
    sw_content glass = read_glass();
    sw_neighbours neighbours;
    sw_bond_order order;
    size_t ordered = 0;
    assert_int_equal(
        sw_neighbours_within(&neighbours, glass.atoms, 3.688, SW_NEIGHBOURS_AS_FOUND, NULL, NULL),
        SW_OK);
    assert_int_equal(sw_bond_order_create(&order, &neighbours, &options, NULL, NULL), SW_OK);
    const double *q4 = order.averaged_q, *q6 = order.averaged_q + ATOMS;
    for (size_t i = 0; i < ATOMS; i++) {
        double their_q4 = column(glass.atoms, "q4avg")[i];
        double their_q6 = column(glass.atoms, "q6avg")[i];
        double formula = sw_normalised_order(their_q4, their_q6, &sw_fcc_order_as_published);
        assert_true(fabs(q4[i] - their_q4) < 2e-7);
        assert_true(fabs(q6[i] - their_q6) < 2e-7);
        assert_true(fabs(formula - column(glass.atoms, "boo_norm")[i]) < 1e-12);
        ordered += sw_normalised_order(q4[i], q6[i], &sw_fcc_order_as_published) >= 0.5;
    }
    assert_int_equal(ordered, 2838);
    sw_bond_order_clear(&order);
    sw_neighbours_clear(&neighbours);
    sw_content_clear(&glass);
}

/*
 * Their bins begin 0.001 A early. Below 4.7 A all counts are the same; beyond, 4 pairs in 10^5 lie
 * on the other side of an edge, as errors of about 2e-6 A in their distances would bring (the
 * positions at hand are rounded to 5e-8 A).
 */
static void their_pair_counts(void **state) {
    (void)state;
    char path[1024];
    const sw_pair_bins bins = {-0.001, 0.1, 200};
    sw_content glass = read_glass();
    FILE *file = fopen(data_path(path, "MG_rdf_all.txt"), "r");
    sw_pair_count pairs;
    double r, count, shell, moved = 0.0, all = 0.0;
    assert_int_equal(sw_pair_count_create(&pairs, glass.atoms, &bins, false, NULL, NULL), SW_OK);
    for (size_t k = 0; k < 200; k++) {
        assert_int_equal(fscanf(file, "%lf %lf %lf", &r, &count, &shell), 3);
        double ours = (double)pairs.count[k] + (k == 0 ? ATOMS : 0); /* they count an atom itself */
        if (k < 47)
            assert_true(ours == count);
        moved += fabs(ours - count);
        all += count;
    }
    fclose(file);
    assert_true(moved < 4e-5 * all);
    sw_pair_count_clear(&pairs);
    sw_content_clear(&glass);
}

/* The volume of shells inside the alpha shape of 4 A. Both sides sample directions: with 96 an atom
 * all of 200 agree within 2e-4, with the 16 here within 2.5 times that; the bound is six times
 * wider. */
static void their_shell_volumes(void **state) {
    (void)state;
    char path[1024];
    sw_content glass = read_glass();
    FILE *file = fopen(data_path(path, "MG_rdf_all.txt"), "r");
    sw_tetrahedra tetrahedra;
    sw_alpha_shape shape;
    double ours[200], r, count, shell;
    assert_int_equal(sw_tetrahedra_create(&tetrahedra, glass.atoms, 0.0, NULL, NULL), SW_OK);
    assert_int_equal(sw_alpha_shape_create(&shape, &tetrahedra, 4.0, NULL), SW_OK);
    assert_int_equal(sw_shell_volumes(ours, NULL, &shape, 0.1, 200, 16, NULL, NULL), SW_OK);
    for (size_t k = 0; k < 200; k++) {
        assert_int_equal(fscanf(file, "%lf %lf %lf", &r, &count, &shell), 3);
        assert_true(fabs(ours[k] * ATOMS / shell - 1.0) < 3e-3);
    }
    fclose(file);
    sw_alpha_shape_clear(&shape);
    sw_tetrahedra_clear(&tetrahedra);
    sw_content_clear(&glass);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(their_order_parameters),
        cmocka_unit_test(their_pair_counts),
        cmocka_unit_test(their_shell_volumes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
