/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Systems of whole tables, and equilibria that must be found, for tests. */
#ifndef SPILLWAY_TESTS_EQUILIBRIUM_SYSTEMS_H
#define SPILLWAY_TESTS_EQUILIBRIUM_SYSTEMS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <spillway/equilibrium.h>

/* A system of everything the tables have of these elements. */
static inline sw_equilibrium *of_elements(sw_system **system, const int *elements, size_t count) {
    sw_equilibrium *equilibrium = NULL;
    assert_int_equal(sw_system_create(system, elements, count, NULL), SW_OK);
    assert_int_equal(sw_system_add_all(*system, NULL), SW_OK);
    assert_int_equal(sw_equilibrium_create(&equilibrium, *system), SW_OK);
    return equilibrium;
}

static inline void find(sw_equilibrium *equilibrium, double temperature, double pressure,
                        const double *amounts) {
    const sw_equilibrium_conditions conditions = {
        .temperature = temperature, .pressure = pressure, .amounts = amounts, .beyond = true};
    sw_error error = {0};
    if (sw_equilibrium_find(equilibrium, &conditions, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
}

#endif
