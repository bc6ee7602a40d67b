/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory that ends at any moment: every call says so, nothing leaks and nothing half-made is used.
 * Each job is repeated with one allocation more until it succeeds. */
#include <spillway/data.h>

#include "base/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#ifdef SPILLWAY_TEST_ALLOCATION

static sw_status make_table(void) {
    sw_table *table;
    sw_status status = sw_table_create(&table);
    if (status != SW_OK)
        return status;
    status = sw_table_add_column(table, "time", "s");
    if (status == SW_OK)
        status = sw_table_add_text_column(table, "phase");
    for (int i = 0; status == SW_OK && i < 40; i++)
        status = sw_table_add_row(table, NULL);
    if (status == SW_OK)
        status = sw_table_set_text(table, 39, 1, "spinel");
    if (status == SW_OK)
        assert_string_equal(sw_table_text(table, 39, 1), "spinel");
    sw_table_destroy(table);
    return status;
}

static sw_status make_atoms(void) {
    sw_atoms *atoms = NULL, *copy = NULL;
    sw_status status = sw_atoms_create(&atoms, 4);
    if (status == SW_OK)
        status = sw_atoms_add_column(atoms, "site", 1, true);
    if (status == SW_OK)
        status = sw_atoms_set_note(atoms, "time", "0");
    if (status == SW_OK)
        status = sw_atoms_set_note(atoms, "time", "1");
    if (status == SW_OK)
        status = sw_atoms_resize(atoms, 100);
    if (status == SW_OK)
        status = sw_atoms_copy(&copy, atoms);
    if (status == SW_OK)
        assert_string_equal(sw_atoms_note(copy, "time"), "1");
    else
        assert_null(copy);
    /* what failed half-way is still whole */
    for (size_t i = 0; atoms && i < sw_atoms_count(atoms); i++)
        sw_atoms_positions(atoms)[3 * i + 2] = 1;
    sw_atoms_destroy(copy);
    sw_atoms_destroy(atoms);
    return status;
}

static sw_status make_stack(void) {
    sw_stack *stack;
    sw_status status = sw_stack_create(&stack, 3, 4, 5);
    assert_true((status == SW_OK) == (stack != NULL));
    sw_stack_destroy(stack);
    return status;
}

static void fail_everywhere(sw_status (*job)(void), long fewest) {
    long allocations = 0;
    sw_status status;
    do {
        sw_memory_fail_after(allocations++);
        status = job();
        sw_memory_fail_after(-1);
        assert_true(status == SW_OK || status == SW_ERROR_MEMORY);
    } while (status != SW_OK && allocations < 1000);
    assert_int_equal(status, SW_OK);
    assert_in_range(allocations - 1, fewest, 999);
}

static void a_table_survives(void **state) {
    (void)state;
    fail_everywhere(make_table, 8);
}

static void atoms_survive(void **state) {
    (void)state;
    fail_everywhere(make_atoms, 15);
}

static void a_stack_survives(void **state) {
    (void)state;
    fail_everywhere(make_stack, 3);
}

#else

static void needs_failing_allocations(void **state) {
    (void)state;
    print_message("# needs -Dtest_allocation=true\n");
    skip();
}
#define a_table_survives needs_failing_allocations
#define atoms_survive needs_failing_allocations
#define a_stack_survives needs_failing_allocations

#endif

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_survives),
        cmocka_unit_test(atoms_survive),
        cmocka_unit_test(a_stack_survives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
