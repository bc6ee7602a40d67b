/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns of the series, and which of them the report shows first. */
#include "diffusion/diffusion.h"

#include "data/headline.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#define HOUR 3600.0
#define NANOMETRE 10.0 /* A */
#define PERCENT 100.0
#define COLUMNS (16 + 3 * SW_DIFFUSION_ELEMENTS + SW_MIXTURE_MARKERS)

/* The columns of a row with their values, so that names and numbers stand together. */
struct row {
    size_t count;
    struct {
        char name[SW_DIFFUSION_NAME];
        const char *unit;
        const char *help; /* NULL: not one of the numbers that the report shows first */
        double value;
    } column[COLUMNS];
};

static void add(struct row *row, double value, const char *unit, const char *format, ...)
    SW_PRINTF(4, 5);
static void add(struct row *row, double value, const char *unit, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(row->column[row->count].name, SW_DIFFUSION_NAME, format, arguments);
    va_end(arguments);
    row->column[row->count].unit = unit;
    row->column[row->count].help = NULL;
    row->column[row->count++].value = value;
}

/* The column that was added last is a number that the report shows first. */
static void shown(struct row *row, const char *help) {
    row->column[row->count - 1].help = help;
}

static void add_ranges(struct row *row, const sw_diffusion *diffusion) {
    const sw_body *body = &diffusion->body;
    for (size_t e = body->mixed ? 0 : 1; e < body->elements; e++) {
        double lowest, highest;
        const char *name = diffusion->model->alloy.name[e];
        sw_body_range(body, e, &lowest, &highest);
        add(row, PERCENT * lowest, "at%", "lowest %s", name);
        add(row, PERCENT * highest, "at%", "highest %s", name);
    }
}

/* The largest change of what there is of an element, over what there was. */
static double balance_of(const sw_diffusion *diffusion) {
    const sw_body *body = &diffusion->body;
    double most = 0.0;
    for (size_t e = body->mixed ? 0 : 1; e < body->elements; e++) {
        const double change =
            diffusion->total[e] > 0.0 ? sw_body_total(body, e) / diffusion->total[e] - 1.0 : 0.0;
        if (!(fabs(change) <= fabs(most)))
            most = change;
    }
    return most;
}

static void add_markers(struct row *row, const sw_diffusion *diffusion) {
    const sw_mixture *mixture = &diffusion->body.mixture;
    for (size_t i = 0; i < mixture->markers; i++) {
        char name[SW_DIFFUSION_NAME];
        sw_diffusion_marker_name(name, i, mixture->markers);
        add(row, (mixture->now.marker[i] - diffusion->marker[i]) / NANOMETRE, "nm", "%s", name);
        shown(row, "of the plane where two regions met (Kirkendall), at the end");
    }
}

/* What two elements have beside the rest. */
static void add_front(struct row *row, const sw_couple *couple) {
    const double ratio = couple->layer[0].front_ratio;
    const double oxide =
        couple->velocity > 0.0 ? sw_layer_front_x(&couple->layer[0], couple->velocity, 1.0) : NAN;
    add(row, PERCENT * oxide, "at%", "oxide at the front");
    shown(row, "content of the second element where the front is, at the end");
    add(row, PERCENT * oxide / (oxide + ratio * (1.0 - oxide)), "at%", "metal at the front");
    shown(row, "content of the second element in the metal that forms, at the end");
}

static void collect(struct row *row, const sw_diffusion *diffusion) {
    const sw_body *body = &diffusion->body;
    const sw_step_control *control = sw_body_control(body);
    row->count = 0;
    add(row, control->time, "s", "time");
    add(row, diffusion->alloy.temperature, "K", "temperature");
    add(row, PERCENT * diffusion->spread, "at%", "spread");
    shown(row, "highest less lowest content of an element at the end, the largest of all");
    add_ranges(row, diffusion);
    if (!body->mixed)
        add(row, body->couple.layers == 2 ? body->couple.layer[0].to / NANOMETRE : NAN, "nm",
            "boundary");
    add_markers(row, diffusion);
    add(row, diffusion->homogeneous_at / HOUR, "h", "homogeneous after");
    shown(row, "when the spread fell below the criterion of the model");
    for (size_t e = 0; e < body->elements; e++) {
        add(row, sqrt(diffusion->tracer[e]) / NANOMETRE, "nm", "%s tracer length",
            diffusion->model->alloy.name[e]);
        shown(row, "sqrt(D t) at the mean composition, over the whole run");
    }
    add(row, balance_of(diffusion), "", "balance");
    shown(row, "relative change of the amount of an element, the largest of all");
    add(row, (double)control->steps, "", "steps");
    if (!body->mixed)
        add_front(row, &body->couple);
}

sw_status sw_diffusion_describe(sw_table *series, const sw_diffusion *diffusion) {
    struct row row;
    sw_status status = SW_OK;
    collect(&row, diffusion);
    for (size_t i = 0; i < row.count && status == SW_OK; i++)
        status = sw_table_add_column(series, row.column[i].name, row.column[i].unit);
    return status;
}

sw_status sw_diffusion_observe(sw_table *series, const sw_diffusion *diffusion) {
    struct row row;
    size_t at;
    const sw_status status = sw_table_add_row(series, &at);
    if (status != SW_OK)
        return status;
    collect(&row, diffusion);
    for (size_t i = 0; i < row.count; i++)
        sw_table_numbers(series, i)[at] = row.column[i].value;
    return SW_OK;
}

sw_status sw_diffusion_headline(sw_table *table, const sw_diffusion *diffusion) {
    struct row row;
    sw_headline list[COLUMNS];
    size_t count = 0;
    collect(&row, diffusion);
    for (size_t i = 0; i < row.count; i++) {
        if (row.column[i].help == NULL || isnan(row.column[i].value))
            continue;
        list[count] = (sw_headline){.value = row.column[i].value,
                                    .spread = NAN,
                                    .unit = row.column[i].unit,
                                    .help = row.column[i].help};
        snprintf(list[count].name, sizeof list[count].name, "%.*s",
                 (int)sizeof list[count].name - 1, row.column[i].name);
        count++;
    }
    return sw_headline_fill(table, list, count);
}
