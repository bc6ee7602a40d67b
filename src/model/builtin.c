/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/builtin.h"

#include <string.h>

size_t sw_builtin_model_count(void) {
    return sw_builtin_models_count;
}

const sw_builtin_model *sw_builtin_model_at(size_t index) {
    return index < sw_builtin_models_count ? &sw_builtin_models[index] : NULL;
}

const sw_builtin_model *sw_builtin_model_find(const char *name) {
    for (size_t i = 0; name && i < sw_builtin_models_count; i++)
        if (strcmp(sw_builtin_models[i].name, name) == 0)
            return &sw_builtin_models[i];
    return NULL;
}
