/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The state of a run: the alloy, the couple, the programme, and what was seen on the way. */
#ifndef SPILLWAY_DIFFUSION_DIFFUSION_H
#define SPILLWAY_DIFFUSION_DIFFUSION_H

#include "diffusion/alloy.h"
#include "diffusion/couple.h"
#include "diffusion/profiles.h"

#include <spillway/diffusion.h>

typedef struct sw_diffusion {
    const sw_diffusion_model *model;
    sw_alloy alloy;
    sw_couple couple;
    double total;               /* of the second element at the start */
    double homogeneous_at;      /* s; NaN before */
    double spread, spread_time; /* the last ones seen */
    double tracer[2]; /* time integral of both tracer coefficients at the mean composition, A2 */
    double mean;      /* composition of the whole */
    sw_profiles profiles;
} sw_diffusion;

sw_status sw_diffusion_create(sw_diffusion **diffusion, const sw_diffusion_model *model,
                              sw_error *error);
void sw_diffusion_destroy(sw_diffusion *diffusion);
sw_status sw_diffusion_advance(sw_diffusion *diffusion, double end, uint64_t steps,
                               sw_error *error);
double sw_diffusion_temperature(const sw_diffusion_model *model, double time);

sw_status sw_diffusion_describe(sw_table *series, const sw_diffusion *diffusion);
sw_status sw_diffusion_observe(sw_table *series, const sw_diffusion *diffusion);
sw_status sw_diffusion_table(const sw_diffusion *diffusion, size_t index, const char **name,
                             sw_table **table, sw_error *error);
size_t sw_diffusion_plots(const sw_plot **plots);

#endif
