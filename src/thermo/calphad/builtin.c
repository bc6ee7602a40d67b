/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "thermo/calphad/builtin.h"

#include <string.h>

/* made by tools/embed-text */
extern const char calphad_cr_fe_ni_o[], calphad_mobility_jonsson[], calphad_mobility_khorasgani[];
extern const size_t calphad_cr_fe_ni_o_size, calphad_mobility_jonsson_size,
    calphad_mobility_khorasgani_size;

static const calphad_text texts[] = {
    {"cr-fe-ni-o", calphad_cr_fe_ni_o, &calphad_cr_fe_ni_o_size},
    {"mobility-jonsson", calphad_mobility_jonsson, &calphad_mobility_jonsson_size},
    {"mobility-khorasgani", calphad_mobility_khorasgani, &calphad_mobility_khorasgani_size},
};

const calphad_text *calphad_builtin_text(const char *name) {
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strcmp(texts[i].name, name) == 0)
            return &texts[i];
    return NULL;
}
