/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/matrix.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

static const double triclinic[3][3] = {{4.0, 0.0, 0.0}, {1.5, 3.0, 0.0}, {-0.5, 0.7, 5.0}};

static void assert_near(double found, double expected) {
    if (!(fabs(found - expected) <= 1e-13 * (1 + fabs(expected))))
        fail_msg("%.17g is not %.17g", found, expected);
}

static void vectors_follow_the_right_hand(void **state) {
    (void)state;
    const double x[3] = {1, 0, 0}, y[3] = {0, 2, 0};
    double cross[3];
    sw_vector_cross(cross, x, y);
    assert_near(cross[0], 0);
    assert_near(cross[1], 0);
    assert_near(cross[2], 2);
    assert_near(sw_vector_dot(triclinic[1], triclinic[2]), -0.75 + 2.1);
    assert_near(sw_vector_length((const double[3]){3, 4, 12}), 13);
}

static void a_determinant_is_the_signed_volume(void **state) {
    (void)state;
    double left_handed[3][3];
    memcpy(left_handed[0], triclinic[1], sizeof left_handed[0]);
    memcpy(left_handed[1], triclinic[0], sizeof left_handed[1]);
    memcpy(left_handed[2], triclinic[2], sizeof left_handed[2]);
    assert_near(sw_matrix_determinant(triclinic), 60);
    assert_near(sw_matrix_determinant(left_handed), -60);
}

static void the_inverse_undoes_the_matrix(void **state) {
    (void)state;
    double inverse[3][3], product[3][3];
    assert_true(sw_matrix_inverse(inverse, triclinic));
    sw_matrix_product(product, inverse, triclinic);
    for (int row = 0; row < 3; row++)
        for (int column = 0; column < 3; column++)
            assert_near(product[row][column], row == column);
}

static void dependent_rows_have_no_inverse_at_any_scale(void **state) {
    (void)state;
    double inverse[3][3] = {{7}};
    const double flat[3][3] = {{1, 2, 3}, {0.1, 0.2, 0.3}, {0, 1, 0}};
    const double zero[3][3] = {{0}};
    const double small[3][3] = {{1e-100, 0, 0}, {0, 1e-100, 0}, {0, 0, 1e-100}};
    const double endless[3][3] = {{INFINITY, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    assert_false(sw_matrix_inverse(inverse, flat));
    assert_false(sw_matrix_inverse(inverse, zero));
    assert_false(sw_matrix_inverse(inverse, endless));
    assert_near(inverse[0][0], 7);
    assert_true(sw_matrix_inverse(inverse, small));
    assert_near(inverse[1][1] * 1e-100, 1);
}

static void a_row_times_the_cell_is_cartesian(void **state) {
    (void)state;
    double position[3];
    sw_matrix_row_product(position, (const double[3]){0.5, 1, 2}, triclinic);
    assert_near(position[0], 2 + 1.5 - 1);
    assert_near(position[1], 3 + 1.4);
    assert_near(position[2], 10);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vectors_follow_the_right_hand),
        cmocka_unit_test(a_determinant_is_the_signed_volume),
        cmocka_unit_test(the_inverse_undoes_the_matrix),
        cmocka_unit_test(dependent_rows_have_no_inverse_at_any_scale),
        cmocka_unit_test(a_row_times_the_cell_is_cartesian),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
