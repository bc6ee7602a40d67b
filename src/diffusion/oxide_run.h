/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run of an oxide between two faces: the layer, and what was seen on the way. */
#ifndef SPILLWAY_DIFFUSION_OXIDE_RUN_H
#define SPILLWAY_DIFFUSION_OXIDE_RUN_H

#include "diffusion/oxide.h"
#include "diffusion/profiles.h"

#include <spillway/simulator.h>

#define SW_OXIDE_PLOTS 8

typedef struct sw_oxide_run {
    const sw_diffusion_model *model;
    sw_oxide oxide;
    sw_profiles profiles;
    size_t plots;
    sw_plot plot[SW_OXIDE_PLOTS];
} sw_oxide_run;

/* The operations on models of an oxide; their state is a sw_oxide_run. */
const sw_simulator *sw_oxide_simulator(void);

/* What profiles are kept of, at a share of the thickness; as many as quantities. */
size_t sw_oxide_quantities(const sw_oxide *oxide);
double sw_oxide_quantity(const void *oxide, double share, size_t quantity);

sw_status sw_oxide_describe(sw_table *series, const sw_oxide_run *run);
sw_status sw_oxide_observe(sw_table *series, const sw_oxide_run *run);
sw_status sw_oxide_headline(sw_table *table, const sw_oxide_run *run);
/* The table of this number; *table is NULL behind the last. */
sw_status sw_oxide_table(const sw_oxide_run *run, size_t index, const char **name, sw_table **table,
                         sw_error *error);
/* Fills run->plot. */
void sw_oxide_plots_make(sw_oxide_run *run);

#endif
