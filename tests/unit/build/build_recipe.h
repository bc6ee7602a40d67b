/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recipes written in tests: their head, and building them. */
#ifndef SPILLWAY_TEST_BUILD_RECIPE_H
#define SPILLWAY_TEST_BUILD_RECIPE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/load.h"

#include <spillway/build.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

static inline sw_status try_recipe(sw_built *built, sw_error *error, const char *body) {
    char text[8192];
    sw_model *model = NULL;
    snprintf(text, sizeof text, "format: 1\nname: test\nbuilds: atoms\n%s", body);
    sw_status status = sw_model_load_bytes(&model, "test", text, strlen(text), error);
    if (status == SW_OK)
        status = sw_build(built, model, NULL, error);
    sw_model_destroy(model);
    return status;
}

static inline sw_built build_recipe(const char *body) {
    sw_built built = {0};
    sw_error error = {0};
    if (try_recipe(&built, &error, body) != SW_OK)
        fail_msg("%s: %s (%s)", error.place, error.message, error.hint);
    return built;
}

static inline size_t count_element(const sw_atoms *atoms, const char *symbol) {
    size_t count = 0;
    for (size_t i = 0; i < sw_atoms_count(atoms); i++)
        count += sw_atoms_elements_const(atoms)[i] == sw_element_number(symbol);
    return count;
}

/* Distance of two atoms, over the nearest image in a right-angled periodic cell of these edges
 * (0: free space). */
static inline double distance_of(const sw_atoms *atoms, size_t i, size_t j, double edge) {
    const double *p = sw_atoms_positions_const(atoms);
    double squared = 0;
    for (int k = 0; k < 3; k++) {
        double d = p[3 * i + (size_t)k] - p[3 * j + (size_t)k];
        if (edge > 0)
            d -= edge * round(d / edge);
        squared += d * d;
    }
    return sqrt(squared);
}

/* The least distance between atoms of two elements; every pair of atoms. */
static inline double least_distance(const sw_atoms *atoms, const char *a, const char *b,
                                    double edge) {
    const uint8_t *element = sw_atoms_elements_const(atoms);
    double least = INFINITY;
    for (size_t i = 0; i < sw_atoms_count(atoms); i++)
        for (size_t j = 0; j < sw_atoms_count(atoms); j++)
            if (i != j && element[i] == sw_element_number(a) && element[j] == sw_element_number(b))
                least = fmin(least, distance_of(atoms, i, j, edge));
    return least;
}

#endif
