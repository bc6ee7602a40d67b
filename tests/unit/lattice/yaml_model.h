/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Models written as YAML in a test, loaded as a user's file is. */
#ifndef SPILLWAY_TESTS_YAML_MODEL_H
#define SPILLWAY_TESTS_YAML_MODEL_H

#include "model/load.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The model of a text; the test fails with the loader's message where it is wrong. */
static inline sw_model *model_of_text(const char *text) {
    sw_model *model = NULL;
    sw_error error = {0};
    if (sw_model_load_bytes(&model, "test", text, strlen(text), &error) != SW_OK)
        fail_msg("%s: %s (%s)", error.place, error.message, error.hint);
    return model;
}

#endif
