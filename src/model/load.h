/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loading a model from memory, for tests and fuzzing of the language without files. */
#ifndef SPILLWAY_MODEL_LOAD_H
#define SPILLWAY_MODEL_LOAD_H

#include <spillway/model.h>

/* As sw_model_load, for a text; `label` stands for the file in messages. */
SW_MUST_USE sw_status sw_model_load_bytes(sw_model **model, const char *label, const char *bytes,
                                          size_t length, sw_error *error);

#endif
