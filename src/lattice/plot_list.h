/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list of plots that is put together plot by plot, and the columns of each one by one. */
#ifndef SPILLWAY_LATTICE_PLOT_LIST_H
#define SPILLWAY_LATTICE_PLOT_LIST_H

#include "base/text.h"

#include <spillway/simulator.h>

/* Zero-initialise it. */
typedef struct sw_plot_list {
    sw_plot *plot;    /* [count] */
    sw_text *columns; /* [count] what plot[i].y points to */
    size_t count, plot_capacity, columns_capacity;
    bool failed; /* there was no memory for a plot; later plots and columns are not added */
} sw_plot_list;

/* Begins the next plot; its texts other than y are not copied. Columns go to it from now on. */
void sw_plot_list_begin(sw_plot_list *list, sw_plot plot);
/* Adds the column "of quantity" (of may be NULL) to the plot begun last. */
void sw_plot_list_add_column(sw_plot_list *list, const char *of, const char *quantity);
/* Gives every plot its columns. SW_ERROR_MEMORY where something could not be added. */
SW_MUST_USE sw_status sw_plot_list_finish(sw_plot_list *list);
void sw_plot_list_clear(sw_plot_list *list);

#endif
