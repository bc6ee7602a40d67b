/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ranges of a mass spectrum as they are gathered from a file. */
#ifndef SPILLWAY_IO_RANGES_H
#define SPILLWAY_IO_RANGES_H

#include "io/lines.h"

#include <spillway/io.h>

struct sw_ranges {
    size_t count, capacity;
    sw_mass_range *range;
    size_t *line; /* [capacity] of the file, for messages */
    size_t line_capacity;
    size_t ions, ion_capacity;
    sw_ion *ion;
};

/* Adds `count` of a part, or `times` a formula. False where the ion then is too large to be one. */
bool sw_ion_add(sw_ion *ion, const char *name, unsigned count);
bool sw_ion_add_formula(sw_ion *ion, const char *formula, unsigned times);
/* Makes the name from the parts; false where it is empty or too long. */
bool sw_ion_name(sw_ion *ion);
/* Whether both are made of the same, in whatever order. */
bool sw_ion_equal(const sw_ion *a, const sw_ion *b);

/* Adds a range of the current line with its ion, which need not be named yet. */
SW_MUST_USE sw_status sw_ranges_add(sw_ranges *ranges, const sw_lines *lines, double low,
                                    double high, sw_ion *ion, sw_error *error);

SW_MUST_USE sw_status sw_rng_read(sw_ranges *ranges, const sw_source *source, sw_error *error);
SW_MUST_USE sw_status sw_rrng_read(sw_ranges *ranges, const sw_source *source, sw_error *error);

#endif
