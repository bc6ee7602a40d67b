/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The state of a run: the alloy, the layers, the programme, and what was seen on the way. */
#ifndef SPILLWAY_DIFFUSION_DIFFUSION_H
#define SPILLWAY_DIFFUSION_DIFFUSION_H

#include "diffusion/alloy.h"
#include "diffusion/body.h"
#include "diffusion/plots.h"
#include "diffusion/profiles.h"

#include <spillway/diffusion.h>

typedef struct sw_diffusion {
    const sw_diffusion_model *model;
    sw_alloy alloy;
    sw_body body;
    double total[SW_DIFFUSION_ELEMENTS]; /* at the start: atom fraction times volume */
    double mean[SW_DIFFUSION_ELEMENTS];  /* composition of the whole */
    double marker[SW_MIXTURE_MARKERS];   /* at the start, A */
    double homogeneous_at;               /* s; NaN before */
    double spread, spread_time;          /* the last ones seen; the largest of all elements */
    /* time integral of the tracer coefficients at the mean composition, A2 */
    double tracer[SW_DIFFUSION_ELEMENTS];
    sw_profiles profiles;
    sw_diffusion_plots plots;
} sw_diffusion;

/* The operations on models of an alloy; their state is a sw_diffusion. */
const sw_simulator *sw_alloy_simulator(void);

sw_status sw_diffusion_create(sw_diffusion **diffusion, const sw_diffusion_model *model,
                              sw_error *error);
void sw_diffusion_destroy(sw_diffusion *diffusion);
sw_status sw_diffusion_advance(sw_diffusion *diffusion, double end, uint64_t steps,
                               sw_error *error);

sw_status sw_diffusion_describe(sw_table *series, const sw_diffusion *diffusion);
sw_status sw_diffusion_observe(sw_table *series, const sw_diffusion *diffusion);
/* The last row's numbers that the report shows first. */
sw_status sw_diffusion_headline(sw_table *table, const sw_diffusion *diffusion);
/* The table of this number; *table is NULL behind the last. */
sw_status sw_diffusion_table(const sw_diffusion *diffusion, size_t index, const char **name,
                             sw_table **table, sw_error *error);

#endif
