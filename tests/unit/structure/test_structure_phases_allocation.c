/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `phases` and `interface` where memory ends at any moment: they say so and leave nothing behind. */
#include "structure_crystals.h"

#include "base/memory.h"

#include <spillway/structure.h>

#include <string.h>

#ifdef SPILLWAY_TEST_ALLOCATION

/* A dense and a wide crystal, one above the other, some atoms missing. */
static sw_atoms *make_body(void) {
    sw_atoms *atoms = fcc_atoms(4.0, 3, false, 0.0), *other = fcc_atoms(4.4, 3, false, 0.2);
    size_t first = sw_atoms_count(atoms), second = sw_atoms_count(other);
    assert_int_equal(sw_atoms_resize(atoms, first + second), SW_OK);
    for (size_t i = 0; i < second; i++) {
        for (size_t k = 0; k < 3; k++)
            sw_atoms_positions(atoms)[3 * (first + i) + k] =
                sw_atoms_positions_const(other)[3 * i + k] + (k == 2 ? 15.0 : 0.0);
        sw_atoms_elements(atoms)[first + i] = 40;
    }
    remove_atom(atoms, 50);
    sw_atoms_destroy(other);
    return atoms;
}

static sw_status run(const char *name, const sw_atoms *atoms) {
    static const char *const given[][2] = {
        {"cutoff", "3.7 A"}, {"smallest", "5"}, {"rule", "bond-order"}, {"repeats", "2"}};
    const sw_content input = {.noun = SW_NOUN_ATOMS, .atoms = (sw_atoms *)(uintptr_t)atoms};
    const sw_instrument *row = NULL;
    sw_instrument_settings *settings = NULL;
    sw_measurement *out = NULL;
    sw_error error = {0};
    for (size_t i = 0; (row = sw_structure_instrument(i)) != NULL; i++)
        if (strcmp(row->name, name) == 0)
            break;
    sw_status status = sw_measurement_create(&out);
    if (status == SW_OK)
        status = sw_instrument_settings_create(&settings, row, NULL, given,
                                               strcmp(name, "interface") == 0 ? 4 : 3, &error);
    if (status == SW_OK)
        status = sw_instrument_measure(out, &input, settings, NULL, &error);
    sw_instrument_settings_destroy(settings);
    sw_measurement_destroy(out);
    return status;
}

/* Every moment at first, then every eleventh: there are many. */
static void check_instrument(const char *name) {
    sw_atoms *atoms = make_body();
    long allocations = 0;
    sw_status status;
    assert_int_equal(run(name, atoms), SW_OK);
    do {
        sw_memory_fail_after(allocations);
        allocations += allocations < 100 ? 1 : 11;
        status = run(name, atoms);
        sw_memory_fail_after(-1);
        if (status != SW_OK && status != SW_ERROR_MEMORY)
            fail_msg("%s, %ld allocations: status %d", name, allocations, (int)status);
    } while (status != SW_OK && allocations < 100000);
    assert_int_equal(status, SW_OK);
    assert_true(allocations > 100);
    sw_atoms_destroy(atoms);
}

static void phases_survive(void **state) {
    (void)state;
    check_instrument("phases");
}

static void interface_survives(void **state) {
    (void)state;
    check_instrument("interface");
}

#else

static void phases_survive(void **state) {
    (void)state;
    print_message("# needs -Dtest_allocation=true\n");
    skip();
}

static void interface_survives(void **state) {
    phases_survive(state);
}

#endif

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(phases_survive),
        cmocka_unit_test(interface_survives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
