/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <spillway/data.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

static sw_table *make_table(void) {
    sw_table *table;
    assert_int_equal(sw_table_create(&table), SW_OK);
    assert_int_equal(sw_table_add_column(table, "time", "s"), SW_OK);
    assert_int_equal(sw_table_add_text_column(table, "phase"), SW_OK);
    return table;
}

static void columns_are_found_by_name(void **state) {
    (void)state;
    sw_table *table = make_table();
    assert_int_equal(sw_table_columns(table), 2);
    assert_int_equal(sw_table_find(table, "phase"), 1);
    assert_int_equal(sw_table_find(table, "pressure"), -1);
    assert_string_equal(sw_table_name(table, 0), "time");
    assert_string_equal(sw_table_unit(table, 0), "s");
    assert_string_equal(sw_table_unit(table, 1), "");
    assert_false(sw_table_is_text(table, 0));
    assert_true(sw_table_is_text(table, 1));
    assert_non_null(sw_table_numbers(table, 0));
    assert_null(sw_table_numbers(table, 1));
    sw_table_destroy(table);
}

static void names_are_unique_and_not_empty(void **state) {
    (void)state;
    sw_table *table = make_table();
    assert_int_equal(sw_table_add_column(table, "time", "h"), SW_ERROR_ARGUMENT);
    assert_int_equal(sw_table_add_text_column(table, "time"), SW_ERROR_ARGUMENT);
    assert_int_equal(sw_table_add_column(table, "", "h"), SW_ERROR_ARGUMENT);
    assert_int_equal(sw_table_add_column(table, NULL, "h"), SW_ERROR_ARGUMENT);
    assert_int_equal(sw_table_columns(table), 2);
    sw_table_destroy(table);
}

static void rows_begin_empty_and_keep_what_is_written(void **state) {
    (void)state;
    sw_table *table = make_table();
    for (size_t i = 0; i < 100; i++) {
        size_t row = 999;
        assert_int_equal(sw_table_add_row(table, &row), SW_OK);
        assert_int_equal(row, i);
        assert_true(isnan(sw_table_numbers(table, 0)[row]));
        assert_string_equal(sw_table_text(table, row, 1), "");
        sw_table_numbers(table, 0)[row] = (double)i;
        assert_int_equal(sw_table_set_text(table, row, 1, i % 2 ? "wustite" : "spinel"), SW_OK);
    }
    assert_int_equal(sw_table_rows(table), 100);
    for (size_t i = 0; i < 100; i++) {
        assert_int_equal((int)sw_table_numbers_const(table, 0)[i], i);
        assert_string_equal(sw_table_text(table, i, 1), i % 2 ? "wustite" : "spinel");
    }
    sw_table_destroy(table);
}

static void a_late_column_is_empty_in_all_rows(void **state) {
    (void)state;
    sw_table *table = make_table();
    for (int i = 0; i < 20; i++)
        assert_int_equal(sw_table_add_row(table, NULL), SW_OK);
    assert_int_equal(sw_table_add_column(table, "T", NULL), SW_OK);
    assert_int_equal(sw_table_add_text_column(table, "remark"), SW_OK);
    assert_string_equal(sw_table_unit(table, 2), "");
    for (size_t i = 0; i < 20; i++) {
        assert_true(isnan(sw_table_numbers(table, 2)[i]));
        assert_string_equal(sw_table_text(table, i, 3), "");
    }
    sw_table_destroy(table);
}

static void texts_are_copied_replaced_and_removed(void **state) {
    (void)state;
    sw_table *table = make_table();
    char text[] = "fcc";
    assert_int_equal(sw_table_add_row(table, NULL), SW_OK);
    assert_int_equal(sw_table_set_text(table, 0, 1, text), SW_OK);
    text[0] = 'b';
    assert_string_equal(sw_table_text(table, 0, 1), "fcc");
    assert_int_equal(sw_table_set_text(table, 0, 1, "bcc"), SW_OK);
    assert_string_equal(sw_table_text(table, 0, 1), "bcc");
    assert_int_equal(sw_table_set_text(table, 0, 1, NULL), SW_OK);
    assert_string_equal(sw_table_text(table, 0, 1), "");
    sw_table_destroy(table);
}

static void places_outside_are_refused(void **state) {
    (void)state;
    sw_table *table = make_table();
    assert_int_equal(sw_table_set_text(table, 0, 1, "no row yet"), SW_ERROR_ARGUMENT);
    assert_int_equal(sw_table_add_row(table, NULL), SW_OK);
    assert_int_equal(sw_table_set_text(table, 0, 0, "numbers"), SW_ERROR_ARGUMENT);
    assert_int_equal(sw_table_set_text(table, 0, 2, "no column"), SW_ERROR_ARGUMENT);
    assert_string_equal(sw_table_text(table, 5, 1), "");
    assert_string_equal(sw_table_text(table, 0, 0), "");
    assert_string_equal(sw_table_name(table, 2), "");
    assert_null(sw_table_numbers(table, 2));
    sw_table_destroy(table);
    sw_table_destroy(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_are_found_by_name),
        cmocka_unit_test(names_are_unique_and_not_empty),
        cmocka_unit_test(rows_begin_empty_and_keep_what_is_written),
        cmocka_unit_test(a_late_column_is_empty_in_all_rows),
        cmocka_unit_test(texts_are_copied_replaced_and_removed),
        cmocka_unit_test(places_outside_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
