/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The languages of the model files, one row each: a recipe, and one for every simulator. A row says
 * which keys a file has, which functions read its sections, and which sections are mechanisms.
 * A new simulator adds a row here, a schema_*.c, its readers, and a structure in sw_model.
 */
#ifndef SPILLWAY_MODEL_LANGUAGE_H
#define SPILLWAY_MODEL_LANGUAGE_H

#include "model/schema.h"

typedef bool (*sw_section_reader)(sw_reading *reading);

/* A section that --without can leave out under this name. */
typedef struct sw_section_mechanism {
    const char *section, *mechanism;
} sw_section_mechanism;

typedef struct sw_language {
    const char *simulator; /* "": a recipe, which nothing simulates */
    const sw_shape *shape;
    const sw_section_reader *readers; /* in the order of what refers to what */
    size_t reader_count;
    const sw_section_mechanism *mechanisms;
    size_t mechanism_count;
} sw_language;

/* The language of a file: a recipe where it says what it builds, else that of its simulator; the
 * lattice's where that is missing or unknown, whose check then complains. */
const sw_language *sw_language_of(const sw_reading *reading);
bool sw_language_is_recipe(const sw_language *language);

#endif
