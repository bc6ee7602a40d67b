/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a simulator offers besides its series: further tables and the plots to be drawn. */
#ifndef SPILLWAY_RUN_OUTPUTS_H
#define SPILLWAY_RUN_OUTPUTS_H

#include <spillway/data.h>
#include <spillway/run.h>

typedef struct sw_output {
    char name[64];
    sw_table *table;
} sw_output;

typedef struct sw_outputs {
    sw_output *list;
    size_t count, capacity;
} sw_outputs;

/* Asks the simulator for all its tables. Zero-initialise *outputs first. */
SW_MUST_USE sw_status sw_outputs_collect(sw_outputs *outputs, const sw_simulator *simulator,
                                         const void *state, sw_error *error);
/* Takes over a table, on success only. */
SW_MUST_USE sw_status sw_outputs_add(sw_outputs *outputs, const char *name, sw_table *table,
                                     sw_error *error);
const sw_table *sw_outputs_find(const sw_outputs *outputs, const char *name);
/* Writes each as FOLDER/NAME.csv. */
SW_MUST_USE sw_status sw_outputs_write(const sw_outputs *outputs, const char *folder,
                                       sw_error *error);
void sw_outputs_clear(sw_outputs *outputs);

/* Writes FOLDER/plots.json. */
SW_MUST_USE sw_status sw_plots_write(const char *folder, const sw_plot *plots, size_t count,
                                     sw_error *error);

#endif
