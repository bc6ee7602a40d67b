/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns of the series, and which of them the report shows first. */
#include "diffusion/diffusion.h"

#include "diffusion/row.h"

#include <math.h>

#define HOUR 3600.0
#define NANOMETRE 10.0 /* A */
#define PERCENT 100.0

static void add_ranges(sw_row *row, const sw_diffusion *diffusion) {
    const sw_body *body = &diffusion->body;
    for (size_t e = body->mixed ? 0 : 1; e < body->elements; e++) {
        double lowest, highest;
        const char *name = diffusion->model->alloy.name[e];
        sw_body_range(body, e, &lowest, &highest);
        sw_row_add(row, PERCENT * lowest, "at%", "lowest %s", name);
        sw_row_add(row, PERCENT * highest, "at%", "highest %s", name);
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

static void add_markers(sw_row *row, const sw_diffusion *diffusion) {
    const sw_mixture *mixture = &diffusion->body.mixture;
    for (size_t i = 0; i < mixture->markers; i++) {
        char name[SW_DIFFUSION_NAME];
        sw_diffusion_marker_name(name, i, mixture->markers);
        sw_row_add(row, (mixture->now.marker[i] - diffusion->marker[i]) / NANOMETRE, "nm", "%s",
                   name);
        sw_row_show(row, "of the plane where two regions met (Kirkendall), at the end");
    }
}

/* What two elements have beside the rest. */
static void add_front(sw_row *row, const sw_couple *couple) {
    const double ratio = couple->layer[0].front_ratio;
    const double oxide =
        couple->velocity > 0.0 ? sw_layer_front_x(&couple->layer[0], couple->velocity, 1.0) : NAN;
    sw_row_add(row, PERCENT * oxide, "at%", "oxide at the front");
    sw_row_show(row, "content of the second element where the front is, at the end");
    sw_row_add(row, PERCENT * oxide / (oxide + ratio * (1.0 - oxide)), "at%", "metal at the front");
    sw_row_show(row, "content of the second element in the metal that forms, at the end");
}

static void collect(sw_row *row, const sw_diffusion *diffusion) {
    const sw_body *body = &diffusion->body;
    const sw_step_control *control = sw_body_control(body);
    row->count = 0;
    sw_row_add(row, control->time, "s", "time");
    sw_row_add(row, diffusion->alloy.temperature, "K", "temperature");
    sw_row_add(row, PERCENT * diffusion->spread, "at%", "spread");
    sw_row_show(row, "highest less lowest content of an element at the end, the largest of all");
    add_ranges(row, diffusion);
    if (!body->mixed)
        sw_row_add(row, body->couple.layers == 2 ? body->couple.layer[0].to / NANOMETRE : NAN, "nm",
                   "boundary");
    add_markers(row, diffusion);
    sw_row_add(row, diffusion->homogeneous_at / HOUR, "h", "homogeneous after");
    sw_row_show(row, "when the spread fell below the criterion of the model");
    for (size_t e = 0; e < body->elements; e++) {
        sw_row_add(row, sqrt(diffusion->tracer[e]) / NANOMETRE, "nm", "%s tracer length",
                   diffusion->model->alloy.name[e]);
        sw_row_show(row, "sqrt(D t) at the mean composition, over the whole run");
    }
    sw_row_add(row, balance_of(diffusion), "", "balance");
    sw_row_show(row, "relative change of the amount of an element, the largest of all");
    sw_row_add(row, (double)control->steps, "", "steps");
    if (!body->mixed)
        add_front(row, &body->couple);
}

sw_status sw_diffusion_describe(sw_table *series, const sw_diffusion *diffusion) {
    sw_row row;
    collect(&row, diffusion);
    return sw_row_describe(series, &row);
}

sw_status sw_diffusion_observe(sw_table *series, const sw_diffusion *diffusion) {
    sw_row row;
    collect(&row, diffusion);
    return sw_row_write(series, &row);
}

sw_status sw_diffusion_headline(sw_table *table, const sw_diffusion *diffusion) {
    sw_row row;
    collect(&row, diffusion);
    return sw_row_headline(table, &row);
}
