/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "thermo/calphad/builtin.h"

#include <string.h>

/* made by tools/embed-text */
extern const char sw_calphad_cr_fe_ni_o[], sw_calphad_mobility_jonsson[],
    sw_calphad_mobility_khorasgani[];
extern const size_t sw_calphad_cr_fe_ni_o_size, sw_calphad_mobility_jonsson_size,
    sw_calphad_mobility_khorasgani_size;

static const sw_calphad_text texts[] = {
    {"cr-fe-ni-o", sw_calphad_cr_fe_ni_o, &sw_calphad_cr_fe_ni_o_size},
    {"mobility-jonsson", sw_calphad_mobility_jonsson, &sw_calphad_mobility_jonsson_size},
    {"mobility-khorasgani", sw_calphad_mobility_khorasgani, &sw_calphad_mobility_khorasgani_size},
};

const sw_calphad_text *sw_calphad_builtin_text(const char *name) {
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strcmp(texts[i].name, name) == 0)
            return &texts[i];
    return NULL;
}
