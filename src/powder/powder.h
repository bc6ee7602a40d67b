/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A powder in progress. */
#ifndef SPILLWAY_POWDER_POWDER_H
#define SPILLWAY_POWDER_POWDER_H

#include "powder/integrator.h"

#include <spillway/powder.h>

struct sw_powder {
    sw_powder_compiled compiled;
    sw_powder_integrator integrator;
    double time;              /* s: reached, within the last step */
    uint64_t fingerprint;     /* of all steps */
    double *work;             /* [size] rates, for observations */
    sw_powder_amounts *point; /* after each step, the first at the start */
    size_t points, capacity;
    /* at the last corner, from which a restored run repeats its steps */
    double *corner_state;
    double corner_time;
    uint64_t corner_steps, corner_fingerprint;
};

/* Steps until the time or the number of steps is reached. */
SW_MUST_USE sw_status sw_powder_advance(sw_powder *powder, double time, uint64_t steps,
                                        sw_error *error);
void sw_powder_amounts_of(sw_powder_amounts *amounts, const sw_powder_compiled *compiled,
                          const double *state, const double *rate, double time);

/* When hydrogen is first fed, s. */
double sw_powder_hydrogen_time(const sw_powder_model *model);

SW_MUST_USE sw_status sw_powder_save(const sw_powder *powder, sw_bytes *bytes);
SW_MUST_USE sw_status sw_powder_restore(sw_powder *powder, const void *bytes, size_t size,
                                        sw_error *error);

SW_MUST_USE sw_status sw_powder_series_describe(sw_table *series);
SW_MUST_USE sw_status sw_powder_series_observe(sw_table *series, sw_powder *powder,
                                               sw_error *error);
SW_MUST_USE sw_status sw_powder_table(const sw_powder *powder, size_t index, const char **name,
                                      sw_table **table);
/* Fills the table of numbers that the report shows first. */
sw_status sw_powder_headline(const sw_powder *powder, sw_table *table);
sw_status sw_powder_control_table(const sw_powder *powder, sw_table *table);
size_t sw_powder_plots(const sw_plot **plots);

#endif
