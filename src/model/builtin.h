/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table that tools/embed-models makes from models/. */
#ifndef SPILLWAY_MODEL_BUILTIN_H
#define SPILLWAY_MODEL_BUILTIN_H

#include <spillway/model.h>

extern const sw_builtin_model sw_builtin_models[];
extern const size_t sw_builtin_models_count;

#endif
