/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The series file, byte buffers and the JSON of claims. */
#include "scratch.h"

#include "io/csv_rows.h"
#include "run/outputs.h"
#include "run/series.h"

#include <spillway/io.h>

#include <jansson.h>
#include <math.h>

static sw_table *example(void) {
    sw_table *table = NULL;
    assert_int_equal(sw_table_create(&table), SW_OK);
    assert_int_equal(sw_table_add_column(table, "time", "s"), SW_OK);
    assert_int_equal(sw_table_add_column(table, "H2, fed", "Pa"), SW_OK);
    assert_int_equal(sw_table_add_column(table, "Ni/Fe", NULL), SW_OK);
    assert_int_equal(sw_table_add_text_column(table, "phase"), SW_OK);
    assert_int_equal(sw_table_add_row(table, NULL), SW_OK);
    sw_table_numbers(table, 0)[0] = 0.1;
    sw_table_numbers(table, 1)[0] = (double)NAN;
    sw_table_numbers(table, 2)[0] = -1.0 / 3;
    assert_int_equal(sw_table_set_text(table, 0, 3, "a \"b\", c"), SW_OK);
    return table;
}

/* A single column, where a missing value must not become an empty line. */
static sw_table *single_column(void) {
    sw_table *table = NULL;
    assert_int_equal(sw_table_create(&table), SW_OK);
    assert_int_equal(sw_table_add_column(table, "yield (of what was fed)", NULL), SW_OK);
    for (size_t row = 0; row < 3; row++) {
        assert_int_equal(sw_table_add_row(table, NULL), SW_OK);
        sw_table_numbers(table, 0)[row] = row == 1 ? (double)NAN : 0.25 * (double)row;
    }
    return table;
}

/* Row by row gives the bytes that the CSV writer of the io room gives at once. */
static void compare_with_table_writer(sw_table *table) {
    sw_series series;
    assert_int_equal(sw_series_open(&series, scratch, 0, NULL), SW_OK);
    assert_int_equal(sw_series_append(&series, table, NULL), SW_OK);
    sw_series_close(&series);
    assert_int_equal(sw_write_table(at(NULL, "table.csv"), sw_format_find("csv"), table, NULL),
                     SW_OK);
    assert_same_file(at(NULL, "series.csv"), at(NULL, "table.csv"));
    sw_table_destroy(table);
}

static void rows_are_written_as_the_table_writer_does(void **unused) {
    (void)unused;
    compare_with_table_writer(example());
    compare_with_table_writer(single_column());
}

/* Names, units and missing values come back from the lines, a long name whole. */
static void the_lines_are_those_of_the_format(void **unused) {
    (void)unused;
    char name[400];
    sw_text text = {0};
    sw_table *table = example();
    sw_csv_append_names(&text, table);
    sw_csv_append_row(&text, table, 0);
    assert_string_equal(text.bytes, "time [s],\"H2, fed [Pa]\",Ni/Fe [],phase\n"
                                    "0.1,,-0.3333333333333333,\"a \"\"b\"\", c\"\n");
    sw_text_clear(&text);
    sw_table_destroy(table);
    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    assert_int_equal(sw_table_create(&table), SW_OK);
    assert_int_equal(sw_table_add_column(table, name, "s"), SW_OK);
    sw_csv_append_names(&text, table);
    assert_int_equal(text.length, sizeof name - 1 + strlen(" [s]\n"));
    sw_text_clear(&text);
    sw_table_destroy(table);
}

static void opening_cuts_back(void **unused) {
    (void)unused;
    sw_series series;
    sw_table *table = example();
    assert_int_equal(sw_series_open(&series, scratch, 0, NULL), SW_OK);
    assert_int_equal(sw_series_append(&series, table, NULL), SW_OK);
    uint64_t first = series.length;
    assert_int_equal(sw_series_append(&series, table, NULL), SW_OK);
    assert_true(series.length > first && series.length < 2 * first); /* names only once */
    uint64_t second = series.length;
    sw_series_close(&series);
    char *whole = slurp(at(NULL, "series.csv"), NULL);
    assert_int_equal(sw_series_open(&series, scratch, first, NULL), SW_OK);
    assert_int_equal(sw_series_append(&series, table, NULL), SW_OK);
    assert_int_equal(series.length, second);
    sw_series_close(&series);
    char *again = slurp(at(NULL, "series.csv"), NULL);
    assert_string_equal(whole, again);
    free(whole);
    free(again);
    sw_table_destroy(table);
}

static void names_that_are_no_file_names_are_refused(void **unused) {
    (void)unused;
    static const char *const bad[] = {"", "../x", "a b", "a/b", ".", "x.csv"};
    sw_outputs outputs = {0};
    sw_table *table = example();
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(sw_outputs_add(&outputs, bad[i], table, NULL), SW_ERROR_ARGUMENT);
    assert_int_equal(sw_outputs_add(&outputs, "exchange_by-layer2", table, NULL), SW_OK);
    assert_ptr_equal(sw_outputs_find(&outputs, "exchange_by-layer2"), table);
    assert_null(sw_outputs_find(&outputs, "headline"));
    sw_outputs_clear(&outputs);
}

static void bytes_grow_and_refuse_nonsense(void **unused) {
    (void)unused;
    sw_bytes bytes = {0};
    for (int i = 0; i < 1000; i++)
        assert_int_equal(sw_bytes_append(&bytes, &i, sizeof i), SW_OK);
    assert_int_equal(bytes.size, 1000 * sizeof(int));
    int last;
    memcpy(&last, bytes.data + 999 * sizeof last, sizeof last);
    assert_int_equal(last, 999);
    assert_int_equal(sw_bytes_append(&bytes, NULL, 0), SW_OK);
    assert_int_equal(sw_bytes_append(&bytes, NULL, 1), SW_ERROR_ARGUMENT);
    assert_int_equal(sw_bytes_append(&bytes, &last, SIZE_MAX), SW_ERROR_MEMORY);
    assert_int_equal(bytes.size, 1000 * sizeof(int));
    sw_bytes_clear(&bytes);
}

static void claims_become_one_json_object(void **unused) {
    (void)unused;
    char *text = NULL;
    const sw_claim claims[] = {
        {.id = "B1",
         .claim = "it \"grows\"",
         .paper = "2 nm",
         .value = 2.5,
         .low = 2,
         .high = 3,
         .unit = "nm",
         .verdict = SW_AGREES,
         .why = "seen"},
        {.id = "B2",
         .value = (double)NAN,
         .low = (double)NAN,
         .high = (double)NAN,
         .verdict = SW_NOT_TESTED},
    };
    assert_int_equal(sw_claims_json(&text, claims, 2), SW_OK);
    json_t *object = json_loads(text, 0, NULL);
    const json_t *list = json_object_get(object, "claims");
    assert_int_equal(json_array_size(list), 2);
    double low = 0, high = 0;
    const char *claim = NULL, *verdict = NULL;
    assert_int_equal(json_unpack(json_array_get(list, 0), "{s:s s:[ff] s:s}", "claim", &claim,
                                 "interval", &low, &high, "verdict", &verdict),
                     0);
    assert_string_equal(claim, "it \"grows\"");
    assert_string_equal(verdict, "agrees");
    assert_true(low == 2 && high == 3);
    const json_t *second = json_array_get(list, 1);
    assert_true(json_is_null(json_object_get(second, "value")));
    assert_string_equal(json_string_value(json_object_get(second, "verdict")), "not tested");
    json_decref(object);
    free(text);
    assert_int_equal(sw_claims_json(&text, NULL, 0), SW_OK);
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_written_as_the_table_writer_does),
        cmocka_unit_test(the_lines_are_those_of_the_format),
        cmocka_unit_test(opening_cuts_back),
        cmocka_unit_test(names_that_are_no_file_names_are_refused),
        cmocka_unit_test(bytes_grow_and_refuse_nonsense),
        cmocka_unit_test(claims_become_one_json_object),
    };
    return cmocka_run_group_tests(tests, make_scratch, remove_scratch);
}
