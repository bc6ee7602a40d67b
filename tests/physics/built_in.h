/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A lattice of a built-in model with some settings. */
#ifndef SPILLWAY_TESTS_BUILT_IN_H
#define SPILLWAY_TESTS_BUILT_IN_H

#include "unit/lattice/lattice_steps.h"

typedef struct built_in {
    sw_model *model;
    sw_lattice *lattice;
} built_in;

static inline void built_in_create(built_in *b, const char *name, const sw_setting *settings,
                                   size_t count, uint64_t seed) {
    sw_error error = {0};
    if (sw_model_load(&b->model, name, settings, count, NULL, 0, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    b->lattice = create_lattice(sw_model_lattice(b->model), seed);
}

static inline void built_in_destroy(built_in *b) {
    sw_lattice_destroy(b->lattice);
    sw_model_destroy(b->model);
}

#endif
