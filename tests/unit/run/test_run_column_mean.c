/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Means of a column: over time where there is one, however the rows are spaced. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "run/claims_pick.h"
#include "run/column_mean.h"

#include <math.h>

static sw_table *table_of(const char *first, const double *clock, const double *value,
                          size_t rows) {
    sw_table *table = NULL;
    assert_int_equal(sw_table_create(&table), SW_OK);
    assert_int_equal(sw_table_add_column(table, first, "s"), SW_OK);
    assert_int_equal(sw_table_add_column(table, "rate", "1/s"), SW_OK);
    for (size_t r = 0, row; r < rows; r++) {
        assert_int_equal(sw_table_add_row(table, &row), SW_OK);
        sw_table_numbers(table, 0)[row] = clock[r];
        sw_table_numbers(table, 1)[row] = value[r];
    }
    return table;
}

/* Counts 0, 30, 50, 60, 61, 62 at these times: rates between rows, and their mean is counts over time. */
static void counts_over_time(void **state) {
    (void)state;
    const double clock[] = {0, 1, 3, 3.5, 3.51, 5}, counts[] = {0, 30, 50, 60, 61, 62};
    double rate[6] = {0};
    for (size_t r = 1; r < 6; r++)
        rate[r] = (counts[r] - counts[r - 1]) / (clock[r] - clock[r - 1]);
    sw_table *table = table_of("time", clock, rate, 6);
    for (size_t first = 0; first < 5; first++) {
        double known = (counts[5] - counts[first]) / (clock[5] - clock[first]);
        assert_true(fabs(sw_column_mean(table, 1, first) - known) < 1e-12);
    }
    assert_true(fabs(sw_claim_pick(table, 1, "mean") - 62.0 / 5.0) < 1e-12);
    assert_true(fabs(sw_claim_pick(table, 1, "settled mean") - 12.0 / 2.0) < 1e-12);
    assert_true(fabs(sw_claim_pick(table, 1, "settled largest") - 100.0) < 1e-9);
    sw_table_destroy(table);
}

/* What is not finite is left out, with its time. */
static void gaps(void **state) {
    (void)state;
    const double clock[] = {0, 1, 2, 5}, value[] = {NAN, 4, INFINITY, 8};
    sw_table *table = table_of("time", clock, value, 4);
    assert_true(fabs(sw_column_mean(table, 1, 0) - (4.0 + 3 * 8.0) / 4.0) < 1e-12);
    sw_table_destroy(table);
}

/* Without a time that goes on: over rows. */
static void over_rows(void **state) {
    (void)state;
    const double place[] = {0, 1, 5}, still[] = {2, 2, 2}, value[] = {1, 2, 6};
    sw_table *table = table_of("depth", place, value, 3);
    assert_true(sw_column_mean(table, 1, 0) == 3.0);
    sw_table_destroy(table);
    table = table_of("time", still, value, 3);
    assert_true(sw_column_mean(table, 1, 1) == 4.0);
    assert_true(sw_column_mean(table, 1, 2) == 6.0);
    assert_true(isnan(sw_column_mean(table, 1, 3)));
    sw_table_destroy(table);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(counts_over_time), cmocka_unit_test(gaps),
                                       cmocka_unit_test(over_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
