/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plot made from columns of a table, as plots.json asks for it. */
#ifndef SPILLWAY_REPORT_TABLE_PLOT_H
#define SPILLWAY_REPORT_TABLE_PLOT_H

#include <spillway/report.h>

#include "report/run_folder.h"

#define SW_TABLE_PLOT_SERIES 16

/* plot points into the buffers beside it and into the table; do not copy. */
typedef struct sw_table_plot {
    sw_plot_description plot;
    sw_plot_series series[SW_TABLE_PLOT_SERIES];
    char label[SW_TABLE_PLOT_SERIES][160];
    char x_label[192], y_label[192];
    double *row_numbers; /* x of a bar plot over names */
    const char **row_names;
    sw_plot_text *texts; /* of fields */
    bool has_spread;
    char left_out[256]; /* names of series that lie below the floor of a logarithmic axis */
} sw_table_plot;

/* Columns that the table lacks are noted in the folder and left out. */
SW_MUST_USE sw_status sw_table_plot_make(sw_table_plot *made, sw_run_folder *folder,
                                         const json_t *wanted, sw_error *error);
void sw_table_plot_clear(sw_table_plot *made);

/* The plots of a folder that has no plots.json: one for each column of series.csv. A new array. */
json_t *sw_table_plot_defaults(sw_run_folder *folder);

#endif
