/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <spillway/data.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

static const double cell[3][3] = {{4, 0, 0}, {0, 5, 0}, {1, 0, 6}};
static const bool periodic[3] = {true, false, true};

/* three iron atoms in a cell, with a column "force" and a column "site" */
static sw_atoms *make_atoms(void) {
    sw_atoms *atoms;
    assert_int_equal(sw_atoms_create(&atoms, 3), SW_OK);
    for (int i = 0; i < 9; i++)
        sw_atoms_positions(atoms)[i] = i + 1;
    memset(sw_atoms_elements(atoms), 26, 3);
    sw_atoms_set_cell(atoms, cell, periodic);
    assert_int_equal(sw_atoms_add_column(atoms, "force", 3, false), SW_OK);
    assert_int_equal(sw_atoms_add_column(atoms, "site", 1, true), SW_OK);
    for (int i = 0; i < 9; i++)
        sw_atoms_column(atoms, 0)[i] = 10 + i;
    for (int i = 0; i < 3; i++)
        sw_atoms_column(atoms, 1)[i] = 100 + i;
    assert_int_equal(sw_atoms_set_note(atoms, "time", "1.5"), SW_OK);
    return atoms;
}

static void new_atoms_are_zero(void **state) {
    (void)state;
    sw_atoms *atoms;
    double found[3][3];
    bool found_periodic[3] = {true, true, true};
    assert_int_equal(sw_atoms_create(&atoms, 2), SW_OK);
    for (int i = 0; i < 6; i++)
        assert_int_equal((int)sw_atoms_positions(atoms)[i], 0);
    assert_int_equal(sw_atoms_elements(atoms)[1], 0);
    assert_false(sw_atoms_cell(atoms, found, found_periodic));
    assert_false(found_periodic[0] || found_periodic[1] || found_periodic[2]);
    assert_true(found[0][0] > -1e-9 && found[0][0] < 1e-9);
    sw_atoms_destroy(atoms);

    assert_int_equal(sw_atoms_create(&atoms, 0), SW_OK);
    assert_non_null(sw_atoms_positions(atoms));
    sw_atoms_destroy(atoms);
    sw_atoms_destroy(NULL);
}

static void sizes_that_overflow_are_refused(void **state) {
    (void)state;
    sw_atoms *atoms;
    assert_int_equal(sw_atoms_create(&atoms, SIZE_MAX / 8), SW_ERROR_MEMORY);
    assert_null(atoms);
    atoms = make_atoms();
    assert_int_equal(sw_atoms_resize(atoms, SIZE_MAX / 4), SW_ERROR_MEMORY);
    assert_int_equal(sw_atoms_count(atoms), 3);
    assert_int_equal((int)sw_atoms_positions(atoms)[8], 9);
    sw_atoms_destroy(atoms);
}

static void resizing_keeps_the_old_and_zeroes_the_new(void **state) {
    (void)state;
    sw_atoms *atoms = make_atoms();
    assert_int_equal(sw_atoms_resize(atoms, 1), SW_OK);
    assert_int_equal(sw_atoms_resize(atoms, 50), SW_OK);
    assert_int_equal(sw_atoms_count(atoms), 50);
    assert_int_equal((int)sw_atoms_positions(atoms)[2], 3);
    assert_int_equal((int)sw_atoms_column(atoms, 0)[2], 12);
    assert_int_equal((int)sw_atoms_column(atoms, 1)[0], 100);
    for (size_t i = 3; i < 150; i++) {
        assert_int_equal((int)sw_atoms_positions(atoms)[i], 0);
        assert_int_equal((int)sw_atoms_column(atoms, 0)[i], 0);
    }
    for (size_t i = 1; i < 50; i++) {
        assert_int_equal(sw_atoms_elements(atoms)[i], 0);
        assert_int_equal((int)sw_atoms_column(atoms, 1)[i], 0);
    }
    sw_atoms_destroy(atoms);
}

static void atoms_can_be_added_one_by_one(void **state) {
    (void)state;
    sw_atoms *atoms;
    assert_int_equal(sw_atoms_create(&atoms, 0), SW_OK);
    assert_int_equal(sw_atoms_add_column(atoms, "id", 1, true), SW_OK);
    for (size_t i = 0; i < 2000; i++) {
        assert_int_equal(sw_atoms_resize(atoms, i + 1), SW_OK);
        sw_atoms_column(atoms, 0)[i] = (double)i;
    }
    for (size_t i = 0; i < 2000; i++)
        assert_int_equal((int)sw_atoms_column_const(atoms, 0)[i], i);
    sw_atoms_destroy(atoms);
}

static void atoms_are_kept_with_their_columns(void **state) {
    (void)state;
    sw_atoms *atoms;
    uint8_t keep[50] = {0};
    assert_int_equal(sw_atoms_create(&atoms, 50), SW_OK);
    assert_int_equal(sw_atoms_add_column(atoms, "pair", 2, false), SW_OK);
    for (size_t i = 0; i < 50; i++) {
        keep[i] = i % 3 == 1;
        sw_atoms_positions(atoms)[3 * i + 2] = (double)i;
        sw_atoms_elements(atoms)[i] = (uint8_t)i;
        sw_atoms_column(atoms, 0)[2 * i + 1] = 10.0 * (double)i;
    }
    sw_atoms_keep(atoms, keep);
    assert_int_equal(sw_atoms_count(atoms), 17);
    for (size_t i = 0; i < 17; i++) {
        assert_int_equal((int)sw_atoms_positions(atoms)[3 * i + 2], 3 * i + 1);
        assert_int_equal(sw_atoms_elements(atoms)[i], 3 * i + 1);
        assert_int_equal((int)sw_atoms_column(atoms, 0)[2 * i + 1], 10 * (3 * i + 1));
    }
    memset(keep, 0, sizeof keep);
    sw_atoms_keep(atoms, keep);
    assert_int_equal(sw_atoms_count(atoms), 0);
    sw_atoms_destroy(atoms);
}

static void the_cell_is_kept_and_removed(void **state) {
    (void)state;
    sw_atoms *atoms = make_atoms();
    double found[3][3];
    bool found_periodic[3];
    assert_true(sw_atoms_cell(atoms, found, found_periodic));
    assert_memory_equal(found, cell, sizeof cell);
    assert_memory_equal(found_periodic, periodic, sizeof periodic);
    assert_true(sw_atoms_cell(atoms, NULL, NULL));
    sw_atoms_set_cell(atoms, NULL, periodic);
    assert_false(sw_atoms_cell(atoms, found, found_periodic));
    assert_false(found_periodic[0] || found_periodic[2]);
    sw_atoms_destroy(atoms);
}

static void columns_have_name_width_and_kind(void **state) {
    (void)state;
    sw_atoms *atoms = make_atoms();
    assert_int_equal(sw_atoms_columns(atoms), 2);
    assert_int_equal(sw_atoms_find(atoms, "site"), 1);
    assert_int_equal(sw_atoms_find(atoms, "charge"), -1);
    assert_string_equal(sw_atoms_column_name(atoms, 0), "force");
    assert_int_equal(sw_atoms_column_width(atoms, 0), 3);
    assert_false(sw_atoms_column_is_integer(atoms, 0));
    assert_true(sw_atoms_column_is_integer(atoms, 1));
    assert_int_equal(sw_atoms_add_column(atoms, "site", 1, true), SW_ERROR_ARGUMENT);
    assert_int_equal(sw_atoms_add_column(atoms, "none", 0, true), SW_ERROR_ARGUMENT);
    assert_int_equal(sw_atoms_add_column(atoms, "wide", 10, true), SW_ERROR_ARGUMENT);
    assert_int_equal(sw_atoms_add_column(atoms, "", 1, true), SW_ERROR_ARGUMENT);
    assert_int_equal(sw_atoms_add_column(atoms, "stress", 9, false), SW_OK);
    assert_null(sw_atoms_column(atoms, 3));
    assert_int_equal(sw_atoms_column_width(atoms, 3), 0);
    sw_atoms_destroy(atoms);
}

static void a_note_set_again_is_replaced(void **state) {
    (void)state;
    sw_atoms *atoms = make_atoms();
    assert_int_equal(sw_atoms_set_note(atoms, "energy", "-3 eV"), SW_OK);
    assert_int_equal(sw_atoms_set_note(atoms, "time", "2.5"), SW_OK);
    assert_int_equal(sw_atoms_notes(atoms), 2);
    assert_string_equal(sw_atoms_note(atoms, "time"), "2.5");
    assert_string_equal(sw_atoms_note_key(atoms, 1), "energy");
    assert_string_equal(sw_atoms_note_text(atoms, 1), "-3 eV");
    assert_null(sw_atoms_note(atoms, "source"));
    assert_int_equal(sw_atoms_set_note(atoms, "", "x"), SW_ERROR_ARGUMENT);
    assert_int_equal(sw_atoms_set_note(atoms, "x", NULL), SW_ERROR_ARGUMENT);
    sw_atoms_destroy(atoms);
}

static void a_copy_is_whole_and_its_own(void **state) {
    (void)state;
    sw_atoms *atoms = make_atoms(), *copy;
    assert_int_equal(sw_atoms_copy(&copy, atoms), SW_OK);
    sw_atoms_positions(atoms)[0] = -1;
    sw_atoms_column(atoms, 0)[8] = -1;
    assert_int_equal(sw_atoms_set_note(atoms, "time", "9"), SW_OK);
    sw_atoms_destroy(atoms);

    double found[3][3];
    bool found_periodic[3];
    assert_int_equal(sw_atoms_count(copy), 3);
    assert_int_equal((int)sw_atoms_positions(copy)[0], 1);
    assert_int_equal(sw_atoms_elements(copy)[2], 26);
    assert_int_equal((int)sw_atoms_column(copy, 0)[8], 18);
    assert_true(sw_atoms_column_is_integer(copy, 1));
    assert_string_equal(sw_atoms_note(copy, "time"), "1.5");
    assert_true(sw_atoms_cell(copy, found, found_periodic));
    assert_memory_equal(found, cell, sizeof cell);
    assert_memory_equal(found_periodic, periodic, sizeof periodic);
    sw_atoms_destroy(copy);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(new_atoms_are_zero),
        cmocka_unit_test(sizes_that_overflow_are_refused),
        cmocka_unit_test(resizing_keeps_the_old_and_zeroes_the_new),
        cmocka_unit_test(atoms_can_be_added_one_by_one),
        cmocka_unit_test(atoms_are_kept_with_their_columns),
        cmocka_unit_test(the_cell_is_kept_and_removed),
        cmocka_unit_test(columns_have_name_width_and_kind),
        cmocka_unit_test(a_note_set_again_is_replaced),
        cmocka_unit_test(a_copy_is_whole_and_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
