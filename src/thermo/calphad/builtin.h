/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The databases that are compiled in: the files of data/. */
#ifndef SPILLWAY_THERMO_CALPHAD_BUILTIN_H
#define SPILLWAY_THERMO_CALPHAD_BUILTIN_H

#include <stddef.h>

typedef struct sw_calphad_text {
    const char *name, *text;
    const size_t *size;
} sw_calphad_text;

/* NULL where there is none of this name. */
const sw_calphad_text *sw_calphad_builtin_text(const char *name);

#endif
