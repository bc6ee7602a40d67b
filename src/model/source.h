/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a model comes from: a file or a built-in, with what it includes merged under it. */
#ifndef SPILLWAY_MODEL_SOURCE_H
#define SPILLWAY_MODEL_SOURCE_H

#include "model/reading.h"

/* Whether a source is a path, not the name of a built-in model: with '/', or ending in .yaml or .yml. */
bool sw_source_is_path(const char *source);
/* A path as seen from the folder of `file`; of the arena. NULL where the reading has failed. */
const char *sw_source_beside(sw_reading *reading, const char *file, const char *path);
/* Fills reading->root from a path or a built-in name, with what it includes. */
bool sw_source_read_model(sw_reading *reading, const char *source);
/* The same from memory; `label` stands for the file in messages and for includes. */
bool sw_source_read_bytes(sw_reading *reading, const char *label, const char *bytes, size_t length);
/* One YAML file of any content; nothing is included. */
bool sw_source_read_file(sw_reading *reading, const char *path);

#endif
