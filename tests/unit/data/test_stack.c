/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <spillway/data.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

static void a_new_stack_is_zero_and_in_pixels(void **state) {
    (void)state;
    sw_stack *stack;
    assert_int_equal(sw_stack_create(&stack, 2, 3, 4), SW_OK);
    assert_int_equal(sw_stack_frames(stack), 2);
    assert_int_equal(sw_stack_height(stack), 3);
    assert_int_equal(sw_stack_width(stack), 4);
    for (int i = 0; i < 24; i++)
        assert_true(fabsf(sw_stack_pixels_const(stack)[i]) < 1e-30f);
    static const char *const names[] = {"frame", "y", "x"};
    for (int i = 0; i < 3; i++) {
        const sw_axis *axis = sw_stack_axis_of_const(stack, (sw_stack_axis)i);
        assert_string_equal(axis->name, names[i]);
        assert_true(fabs(axis->step - 1) < 1e-15 && fabs(axis->origin) < 1e-15);
    }
    assert_string_equal(sw_stack_axis_of(stack, SW_AXIS_X)->unit, "px");
    sw_stack_destroy(stack);
    sw_stack_destroy(NULL);
}

static void the_columns_have_one_row_a_frame(void **state) {
    (void)state;
    sw_stack *stack;
    assert_int_equal(sw_stack_create(&stack, 5, 1, 1), SW_OK);
    sw_table *columns = sw_stack_columns(stack);
    assert_int_equal(sw_table_rows(columns), 5);
    assert_int_equal(sw_table_add_column(columns, "tilt", "deg"), SW_OK);
    sw_table_numbers(columns, 0)[4] = -60;
    assert_int_equal((int)sw_table_numbers_const(sw_stack_columns_const(stack), 0)[4], -60);
    sw_stack_destroy(stack);
}

static void impossible_sizes_are_refused(void **state) {
    (void)state;
    sw_stack *stack;
    assert_int_equal(sw_stack_create(&stack, SIZE_MAX, 2, 2), SW_ERROR_MEMORY);
    assert_null(stack);
    assert_int_equal(sw_stack_create(&stack, 1, SIZE_MAX / 2, 3), SW_ERROR_MEMORY);
    assert_int_equal(sw_stack_create(&stack, 1, SIZE_MAX / 4 + 1, 1), SW_ERROR_MEMORY);
    /* three frames of these would need two pixels more than can be counted */
    assert_int_equal(sw_stack_create(&stack, 3, SIZE_MAX / 3 + 1, 1), SW_ERROR_MEMORY);
    assert_int_equal(sw_stack_create(&stack, 0, 2, 2), SW_ERROR_ARGUMENT);
    assert_int_equal(sw_stack_create(&stack, 2, 2, 0), SW_ERROR_ARGUMENT);
    assert_null(stack);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_stack_is_zero_and_in_pixels),
        cmocka_unit_test(the_columns_have_one_row_a_frame),
        cmocka_unit_test(impossible_sizes_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
