/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Means and correlations of atoms' columns against numbers that are known. */
#include "run/atom_statistics.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* x = 0, 1 ... 9, large; y = 3 - 2 x; z = (x - 4.5)^2, not correlated with x; odd = x mod 2. The last
 * atom has no z. */
static sw_atoms *line(void) {
    static const char *const names[] = {"x", "y", "z", "odd"};
    sw_atoms *atoms;
    assert_int_equal(sw_atoms_create(&atoms, 11), SW_OK);
    for (size_t c = 0; c < 4; c++)
        assert_int_equal(sw_atoms_add_column(atoms, names[c], 1, false), SW_OK);
    for (size_t i = 0; i < 11; i++) {
        double x = (double)i;
        sw_atoms_column(atoms, 0)[i] = 1e6 + x;
        sw_atoms_column(atoms, 1)[i] = 3.0 - 2.0 * x;
        sw_atoms_column(atoms, 2)[i] = i < 10 ? (x - 4.5) * (x - 4.5) : NAN;
        sw_atoms_column(atoms, 3)[i] = (double)(i % 2);
    }
    return atoms;
}

static void means(void **state) {
    (void)state;
    sw_atoms *atoms = line();
    sw_atom_choice all = {0}, odd = {1, {"odd"}, {1.0}}, both = {2, {"odd", "y"}, {1.0, 1.0}};
    sw_atom_statistic mean = sw_atom_mean(atoms, "z", &all);
    assert_int_equal(mean.atoms, 10);
    assert_true(fabs(mean.value - 8.25) < 1e-12);
    assert_true(fabs((mean.high - mean.low) / 2.0 - 1.959963984540054 * sqrt(52.8 / 9.0)) < 1e-9);
    mean = sw_atom_mean(atoms, "y", &odd);
    assert_true(mean.atoms == 5 && mean.value == -7.0);
    assert_true(isnan(sw_atom_mean(atoms, "y", &both).value)); /* one atom has no spread */
    assert_true(isnan(sw_atom_mean(atoms, "none", &all).value));
    odd.where[0] = "none";
    assert_true(isnan(sw_atom_mean(atoms, "y", &odd).value));
    sw_atoms_destroy(atoms);
}

static void correlations(void **state) {
    (void)state;
    sw_atoms *atoms = line();
    sw_atom_choice all = {0};
    assert_true(fabs(sw_atom_correlation(atoms, "x", "y", &all).value + 1.0) < 1e-12);
    sw_atom_statistic none = sw_atom_correlation(atoms, "x", "z", &all);
    assert_true(none.atoms == 10 && fabs(none.value) < 1e-9);
    assert_true(fabs(none.high - tanh(1.959963984540054 / sqrt(7.0))) < 1e-9 && none.low < 0.0);
    sw_atoms_column(atoms, 1)[0] = NAN;
    assert_int_equal(sw_atom_correlation(atoms, "x", "y", &all).atoms, 10);
    for (size_t i = 0; i < 11; i++)
        sw_atoms_column(atoms, 1)[i] = 5.0; /* a constant correlates with nothing */
    assert_true(isnan(sw_atom_correlation(atoms, "x", "y", &all).value));
    sw_atoms_destroy(atoms);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(means),
        cmocka_unit_test(correlations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
