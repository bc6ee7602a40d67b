/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a model comes from: a file or a built-in, with what it includes merged under it. */
#ifndef SPILLWAY_MODEL_SOURCE_H
#define SPILLWAY_MODEL_SOURCE_H

#include "model/reading.h"

/* Fills reading->root from a path (with '/' or ending in .yaml or .yml) or a built-in name. */
bool sw_source_read_model(sw_reading *reading, const char *source);
/* The same from memory; `label` stands for the file in messages and for includes. */
bool sw_source_read_bytes(sw_reading *reading, const char *label, const char *bytes, size_t length);

#endif
