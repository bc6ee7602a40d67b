/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables through CSV and HDF5 and back; the dialects of instruments. */
#include "io_cases.h"

#include "io/format.h"

static sw_table *make_table(void) {
    sw_table *table;
    assert_int_equal(sw_table_create(&table), SW_OK);
    assert_int_equal(sw_table_add_column(table, "time", "s"), SW_OK);
    assert_int_equal(sw_table_add_column(table, "rate (forward) [site]", ""), SW_OK);
    assert_int_equal(sw_table_add_text_column(table, "phase, main"), SW_OK);
    assert_int_equal(sw_table_add_text_column(table, "code"), SW_OK);
    static const double values[4] = {1.0 / 3, NAN, -1e-300, 6.02214076e23};
    static const char *const phases[4] = {"NiO", "a \"b\", c", "", "two\nlines; here"};
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(sw_table_add_row(table, NULL), SW_OK);
        sw_table_numbers(table, 0)[i] = (double)i * 0.1;
        sw_table_numbers(table, 1)[i] = values[i];
        assert_int_equal(sw_table_set_text(table, i, 2, phases[i]), SW_OK);
        assert_int_equal(sw_table_set_text(table, i, 3, "007"), SW_OK);
    }
    return table;
}

static void assert_same_tables(const sw_table *a, const sw_table *b) {
    assert_int_equal(sw_table_columns(b), sw_table_columns(a));
    assert_int_equal(sw_table_rows(b), sw_table_rows(a));
    for (size_t i = 0; i < sw_table_columns(a); i++) {
        assert_string_equal(sw_table_name(b, i), sw_table_name(a, i));
        assert_string_equal(sw_table_unit(b, i), sw_table_unit(a, i));
        assert_int_equal(sw_table_is_text(b, i), sw_table_is_text(a, i));
        for (size_t row = 0; row < sw_table_rows(a); row++)
            if (sw_table_is_text(a, i))
                assert_string_equal(sw_table_text(b, row, i), sw_table_text(a, row, i));
            else
                assert_number(sw_table_numbers_const(b, i)[row], sw_table_numbers_const(a, i)[row]);
    }
}

static void test_roundtrip(void **state) {
    static const char *const names[] = {"t.csv", "t.h5"};
    sw_table *table = make_table();
    for (int i = 0; i < 2; i++) {
        sw_error error = {0};
        const char *path = path_in(state, names[i]);
        assert_int_equal(sw_write_table(path, NULL, table, &error), SW_OK);
        sw_content content = read_file(path, 0);
        assert_int_equal(content.noun, SW_NOUN_TABLE);
        assert_same_tables(table, content.table);
        sw_content_clear(&content);
    }
    sw_table_destroy(table);
}

static void test_one_column(void **state) {
    sw_table *table;
    assert_int_equal(sw_table_create(&table), SW_OK);
    assert_int_equal(sw_table_add_column(table, "x", ""), SW_OK);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(sw_table_add_row(table, NULL), SW_OK);
        sw_table_numbers(table, 0)[i] = i == 1 ? NAN : (double)i;
    }
    assert_int_equal(sw_write_table(path_in(state, "x.csv"), NULL, table, NULL), SW_OK);
    sw_content content = read_file(path_in(state, "x.csv"), 0);
    assert_same_tables(table, content.table);
    sw_content_clear(&content);
    sw_table_destroy(table);
}

typedef struct dialect {
    const char *text;
    size_t columns, rows;
    const char *name, *unit; /* of the last column */
    double value;            /* last row, last column */
} dialect;

static const dialect dialects[] = {
    {"time [s],T [K]\n0,300\n1,310.5\n", 2, 2, "T", "K", 310.5},
    {"\xef\xbb\xbftime [s],T [K]\r\n0,300\r\n1,310.5\r\n", 2, 2, "T", "K", 310.5},
    {"Time/min;Temp./\xc2\xb0"
     "C\n0,5;25,0\n1,0;26,5\n",
     2, 2, "Temp.", "degC", 26.5},
    {"Device;X-100\nOperator;N.N.\nDate;01.02.2023\n\nt;m\nmin;mg\n0;10,5\n1;10,25\n", 2, 2, "m",
     "mg", 10.25},
    {"t\tp (mbar)\n0\t1e-3\n1\t2e-3\n", 2, 2, "p", "mbar", 2e-3},
    {"# comment of any length\n# angle counts\n10 5\n20 7\n", 2, 2, "counts", "", 7},
    {"  1.0   2.0\n  3.0   4.0\n", 2, 2, "column2", "", 4},
    {"a,b\n1,\n2,NaN\n3,n/a\n", 2, 3, "b", "", NAN},
    {"a,b,\n1,2,\n3,4,\n", 2, 2, "b", "", 4},
    {"a,a\n1,2\n", 2, 1, "a_2", "", 2},
    {"t,x,y\n,,3\n1,2,4\n2,3,5\n", 3, 3, "y", "", 5},
    {"phase,x\n\"7\",1\n\"8\",2\n", 2, 2, "x", "", 2},
    {"x\n1\n2\n3\n", 1, 3, "x", "", 3},
    {"m/z,I [A]\n2,1e-9\n18,2e-9\n", 2, 2, "I", "A", 2e-9},
    {"% measured\n1;2\n% again\n3;4,5\n", 2, 2, "column2", "", 4.5},
};

static void test_dialects(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof dialects / sizeof *dialects; i++) {
        const dialect *expected = &dialects[i];
        sw_content content = read_text(expected->text, "t.csv", 0);
        size_t columns = sw_table_columns(content.table), rows = sw_table_rows(content.table);
        if (columns != expected->columns || rows != expected->rows)
            fail_msg("case %zu: %zu columns, %zu rows", i, columns, rows);
        assert_string_equal(sw_table_name(content.table, columns - 1), expected->name);
        assert_string_equal(sw_table_unit(content.table, columns - 1), expected->unit);
        assert_number(sw_table_numbers(content.table, columns - 1)[rows - 1], expected->value);
        sw_content_clear(&content);
    }
}

static void test_text_columns(void **state) {
    (void)state;
    sw_content content = read_text("name,x\nNi,1\nCo,2\n7,3\n", "t.csv", 0);
    assert_true(sw_table_is_text(content.table, 0));
    assert_string_equal(sw_table_text(content.table, 2, 0), "7");
    sw_content_clear(&content);
    content = read_text("clock;x\n10:00:01;1,5\n10:00:02;2,5\n", "t.csv", 0);
    assert_true(sw_table_is_text(content.table, 0));
    assert_number(sw_table_numbers(content.table, 1)[1], 2.5);
    sw_content_clear(&content);
}

static void test_description(void **state) {
    static const char text[] = "Device;X\nnote;y\nt;m\n0;1,5\n";
    char *description;
    assert_int_equal(sw_replace_file(path_in(state, "d.csv"), text, sizeof text - 1, NULL), SW_OK);
    assert_int_equal(sw_describe(&description, path_in(state, "d.csv"), NULL), SW_OK);
    assert_non_null(strstr(description, "delimiter\tsemicolon\n"));
    assert_non_null(strstr(description, "decimal mark\tcomma\n"));
    assert_non_null(strstr(description, "not understood\t2 lines above"));
    assert_non_null(strstr(description, "rows\t1\n"));
    free(description);
}

/* Without a name that tells, only what is plainly a table is taken for one. */
static void test_guess(void **state) {
    (void)state;
    sw_content content = read_text("1.5 2.5\n3.5 4.5\n", "scan_0001", 0);
    assert_int_equal(content.noun, SW_NOUN_TABLE);
    sw_content_clear(&content);
    static const char *const texts[] = {"A note of 3 words, or\nof 4 words in 2 lines.\nThe end.\n",
                                        "int main(void) {\n    return 0;\n}\n"};
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(sw_read_memory(&content, texts[i], strlen(texts[i]), "note.md", 0, NULL),
                         SW_ERROR_UNSUPPORTED);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_roundtrip, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_one_column, make_folder, remove_folder),
        cmocka_unit_test(test_dialects),
        cmocka_unit_test(test_text_columns),
        cmocka_unit_test(test_guess),
        cmocka_unit_test_setup_teardown(test_description, make_folder, remove_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
