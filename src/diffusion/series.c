/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns of the series, tables at the end, and plots. */
#include "diffusion/diffusion.h"

#include <math.h>
#include <string.h>

#define HOUR 3600.0
#define NANOMETRE 10.0 /* A */
#define PERCENT 100.0
#define ROWS 100          /* of the table of the alloy */
#define SQUARE_METRE 1e20 /* A2 */

static const struct {
    const char *name, *unit;
} columns[] = {
    {"time", "s"},
    {"temperature", "K"},
    {"spread", "at%"},
    {"lowest composition", "at%"},
    {"highest composition", "at%"},
    {"boundary", "nm"},
    {"homogeneous after", "h"},
    {"first tracer length", "nm"},
    {"second tracer length", "nm"},
    {"balance", ""},
    {"steps", ""},
    {"oxide at the front", "at%"},
    {"metal at the front", "at%"},
};
#define COLUMNS (sizeof columns / sizeof *columns)

sw_status sw_diffusion_describe(sw_table *series, const sw_diffusion *diffusion) {
    (void)diffusion;
    sw_status status = SW_OK;
    for (size_t i = 0; i < COLUMNS && status == SW_OK; i++)
        status = sw_table_add_column(series, columns[i].name, columns[i].unit);
    return status;
}

sw_status sw_diffusion_observe(sw_table *series, const sw_diffusion *diffusion) {
    const sw_couple *couple = &diffusion->couple;
    double lowest, highest;
    size_t row;
    const sw_status status = sw_table_add_row(series, &row);
    if (status != SW_OK)
        return status;
    sw_couple_range(couple, &lowest, &highest);
    const double ratio = couple->layer[0].front_ratio;
    const double oxide =
        couple->velocity > 0.0 ? sw_layer_front_x(&couple->layer[0], couple->velocity, 1.0) : NAN;
    const double values[COLUMNS] = {
        couple->pace.time,
        diffusion->alloy.temperature,
        PERCENT * (highest - lowest),
        PERCENT * lowest,
        PERCENT * highest,
        couple->layers == 2 ? couple->layer[0].to / NANOMETRE : NAN,
        diffusion->homogeneous_at / HOUR,
        sqrt(diffusion->tracer[0]) / NANOMETRE,
        sqrt(diffusion->tracer[1]) / NANOMETRE,
        diffusion->total > 0.0
            ? (sw_couple_total(couple) + couple->layer[0].given) / diffusion->total - 1.0
            : 0.0,
        (double)couple->pace.steps,
        PERCENT * oxide,
        PERCENT * oxide / (oxide + ratio * (1.0 - oxide)),
    };
    for (size_t i = 0; i < COLUMNS; i++)
        sw_table_numbers(series, i)[row] = values[i];
    return SW_OK;
}

/* Numbers of one row, in the order of the columns. */
static sw_status add_row(sw_table *table, const double *values, size_t count) {
    size_t row;
    const sw_status status = sw_table_add_row(table, &row);
    for (size_t i = 0; i < count && status == SW_OK; i++)
        sw_table_numbers(table, i)[row] = values[i];
    return status;
}

static sw_status add_columns(sw_table *table, const char *const names[][2], size_t count) {
    sw_status status = SW_OK;
    for (size_t i = 0; i < count && status == SW_OK; i++)
        status = sw_table_add_column(table, names[i][0], names[i][1]);
    return status;
}

static sw_status fill_profile(sw_table *table, const sw_diffusion *diffusion) {
    static const char *const names[][2] = {
        {"position", "nm"}, {"composition", "at%"}, {"layer", ""}};
    sw_status status = add_columns(table, names, 3);
    for (size_t l = 0; l < diffusion->couple.layers; l++) {
        const sw_layer *layer = &diffusion->couple.layer[l];
        for (size_t i = 0; i < layer->cells && status == SW_OK; i++) {
            const double values[3] = {sw_layer_middle(layer, i) / NANOMETRE,
                                      PERCENT * sw_layer_x(layer, i), (double)(l + 1)};
            status = add_row(table, values, 3);
        }
    }
    return status;
}

/* The first phase at the last temperature. */
static sw_status fill_alloy(sw_table *table, const sw_diffusion *diffusion, sw_error *error) {
    static const char *const names[][2] = {{"composition", "at%"},
                                           {"first tracer", "m2/s"},
                                           {"second tracer", "m2/s"},
                                           {"interdiffusion", "m2/s"},
                                           {"thermodynamic factor", ""}};
    sw_status status = add_columns(table, names, 5);
    for (size_t i = 0; i <= ROWS && diffusion->alloy.database && status == SW_OK; i++) {
        const double x = (double)i / ROWS;
        sw_binary_diffusion at;
        sw_binary state;
        status = sw_solution_binary_diffusion(&at, diffusion->alloy.solution[0], x, error);
        if (status == SW_OK)
            status = sw_solution_binary(&state, diffusion->alloy.solution[0], x, error);
        if (status != SW_OK)
            return status;
        const double values[5] = {PERCENT * x, at.tracer[0] / SQUARE_METRE,
                                  at.tracer[1] / SQUARE_METRE, at.interdiffusion / SQUARE_METRE,
                                  state.thermodynamic_factor};
        status = add_row(table, values, 5);
    }
    return status;
}

sw_status sw_diffusion_table(const sw_diffusion *diffusion, size_t index, const char **name,
                             sw_table **table, sw_error *error) {
    static const char *const names[] = {"profiles", "profile", "alloy"};
    *table = NULL;
    if (index >= 3)
        return SW_OK;
    *name = names[index];
    sw_status status = sw_table_create(table);
    if (status == SW_OK)
        status = index == 0   ? sw_profiles_fill(*table, &diffusion->profiles)
                 : index == 1 ? fill_profile(*table, diffusion)
                              : fill_alloy(*table, diffusion, error);
    if (status == SW_OK)
        return SW_OK;
    sw_table_destroy(*table);
    *table = NULL;
    return status == SW_ERROR_MEMORY
               ? sw_error_set(error, status, "tables", NULL, "not enough memory for a table")
               : status;
}

size_t sw_diffusion_plots(const sw_plot **plots) {
    static const sw_plot list[] = {
        {.title = "Composition across the couple",
         .table = "profiles",
         .x = "position",
         .y = SW_PROFILE_COLUMNS,
         .y_label = "second element",
         .kind = "lines",
         .help = "At shares of the time of the run; a step is a boundary between two phases."},
        {.title = "Lowest and highest composition",
         .table = "series",
         .x = "time",
         .y = "lowest composition,highest composition",
         .y_label = "second element",
         .kind = "lines",
         .help = "Both meet where the couple is homogeneous."},
        {.title = "Spread of composition",
         .table = "series",
         .x = "time",
         .y = "spread",
         .y_label = "spread",
         .kind = "lines",
         .log_y = true,
         .help = "Straight where only the slowest mode is left."},
        {.title = "Diffusion coefficients",
         .table = "alloy",
         .x = "composition",
         .y = "first tracer,second tracer,interdiffusion",
         .y_label = "diffusion coefficient",
         .kind = "lines",
         .log_y = true,
         .help = "Of the first phase at the last temperature."},
    };
    *plots = list;
    return sizeof list / sizeof *list;
}
