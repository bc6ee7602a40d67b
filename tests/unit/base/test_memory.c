/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

static void products_that_overflow_are_refused(void **state) {
    (void)state;
    size_t product = 5;
    assert_true(sw_size_product(&product, SIZE_MAX, 1));
    assert_true(product == SIZE_MAX);
    assert_true(sw_size_product(&product, 0, SIZE_MAX));
    assert_int_equal(product, 0);
    assert_false(sw_size_product(&product, SIZE_MAX / 2 + 1, 2));
    assert_int_equal(product, 0);
    assert_null(sw_allocate(SIZE_MAX / 2 + 1, 2));
    assert_null(sw_allocate(SIZE_MAX, 1));
    assert_null(sw_reallocate(NULL, SIZE_MAX / 8 + 2, 8));
}

static void new_memory_is_zero_and_never_null(void **state) {
    (void)state;
    unsigned char *memory = sw_allocate(100, 3);
    for (int i = 0; i < 300; i++)
        assert_int_equal(memory[i], 0);
    free(memory);
    void *nothing = sw_allocate(0, 8);
    assert_non_null(nothing);
    free(nothing);
}

/* Below and above the size from which pages are large; free() takes either. */
static void large_memory_is_zero_and_keeps_its_items(void **state) {
    (void)state;
    size_t sizes[] = {0, 1000, 1 << 20, (1 << 20) + 7, 3 << 20};
    for (size_t s = 0; s + 1 < sizeof sizes / sizeof *sizes; s++) {
        uint32_t *items = sw_allocate_large(sizes[s], sizeof *items);
        assert_non_null(items);
        for (size_t i = 0; i < sizes[s]; i++) {
            assert_int_equal(items[i], 0);
            items[i] = (uint32_t)i + 5;
        }
        items = sw_reallocate_large(items, sizes[s], sizes[s + 1], sizeof *items);
        assert_non_null(items);
        for (size_t i = 0; i < sizes[s]; i++)
            assert_int_equal(items[i], (uint32_t)i + 5);
        if (sizes[s + 1] > 0)
            items[sizes[s + 1] - 1] = 1;
        free(items);
    }
    assert_null(sw_allocate_large(SIZE_MAX / 2 + 1, 2));
    assert_null(sw_reallocate_large(NULL, 0, SIZE_MAX / 8 + 2, 8));
}

static void an_array_grows_with_its_contents(void **state) {
    (void)state;
    int *items = NULL;
    size_t capacity = 0;
    for (int i = 0; i < 1000; i++) {
        assert_true(sw_reserve(&items, &capacity, (size_t)i + 1, sizeof *items));
        assert_int_equal(items[i], 0);
        items[i] = i + 1;
    }
    for (int i = 0; i < 1000; i++)
        assert_int_equal(items[i], i + 1);
    assert_in_range(capacity, 1000, 2000);
    assert_false(sw_reserve(&items, &capacity, SIZE_MAX / 2, sizeof *items));
    assert_int_equal(items[999], 1000);
    free(items);
}

static void texts_are_copied(void **state) {
    (void)state;
    char text[] = "spinel";
    char *copy = sw_duplicate_text(text);
    text[0] = 'x';
    assert_string_equal(copy, "spinel");
    assert_null(sw_duplicate_text(NULL));
    free(copy);
}

static void allocations_fail_on_demand(void **state) {
    (void)state;
#ifdef SPILLWAY_TEST_ALLOCATION
    sw_memory_fail_after(1);
    void *first = sw_allocate(1, 1);
    void *second = sw_allocate(1, 1);
    char *third = sw_duplicate_text("a");
    void *fourth = sw_reallocate(NULL, 1, 1);
    void *large = sw_allocate_large(1 << 20, 8);
    void *larger = sw_reallocate_large(NULL, 0, 1 << 20, 8);
    sw_memory_fail_after(-1);
    void *fifth = sw_allocate(1, 1);
    assert_non_null(first);
    assert_null(second);
    assert_null(third);
    assert_null(fourth);
    assert_null(large);
    assert_null(larger);
    assert_non_null(fifth);
    free(first);
    free(fifth);
#else
    print_message("# needs -Dtest_allocation=true\n");
    skip();
#endif
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(products_that_overflow_are_refused),
        cmocka_unit_test(new_memory_is_zero_and_never_null),
        cmocka_unit_test(large_memory_is_zero_and_keeps_its_items),
        cmocka_unit_test(an_array_grows_with_its_contents),
        cmocka_unit_test(texts_are_copied),
        cmocka_unit_test(allocations_fail_on_demand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
