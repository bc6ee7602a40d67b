/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "diffusion/profiles.h"

#include <math.h>

#define NANOMETRE 10.0 /* A */
#define PERCENT 100.0

static const struct {
    double share; /* of the time of the run */
    const char *name;
} times[SW_PROFILE_TIMES] = {{0.0, "start"},
                             {0.01, "1 % of the time"},
                             {0.1, "10 % of the time"},
                             {0.3, "30 % of the time"},
                             {1.0, "end"}};

double sw_profiles_next(const sw_profiles *profiles) {
    return profiles->kept < SW_PROFILE_TIMES ? times[profiles->kept].share * profiles->end
                                             : INFINITY;
}

static double place_of(const sw_profiles *profiles, size_t i) {
    return profiles->length * ((double)i + 0.5) / SW_PROFILE_PLACES;
}

/* Linear between the middles of cells of one layer: a boundary between phases stays sharp. */
static double composition_at(const sw_couple *couple, double place) {
    const sw_layer *layer = &couple->layer[0];
    if (couple->layers == 2 && place >= layer->to)
        layer = &couple->layer[1];
    if (place < layer->from)
        return NAN; /* behind a front */
    const double last = (double)(layer->cells - 1);
    const double part = (place - layer->from) / (layer->to - layer->from);
    const double cell = fmin(fmax(part * (double)layer->cells - 0.5, 0.0), last);
    const size_t left = (size_t)fmin(floor(cell), last - 1.0);
    const double from = sw_layer_x(layer, left), to = sw_layer_x(layer, left + 1);
    return from + (cell - (double)left) * (to - from);
}

void sw_profiles_look(sw_profiles *profiles, const sw_couple *couple) {
    while (couple->pace.time >= sw_profiles_next(profiles)) {
        for (size_t i = 0; i < SW_PROFILE_PLACES; i++)
            profiles->x[profiles->kept][i] = composition_at(couple, place_of(profiles, i));
        profiles->kept++;
    }
}

sw_status sw_profiles_fill(sw_table *table, const sw_profiles *profiles) {
    sw_status status = sw_table_add_column(table, "position", "nm");
    for (size_t t = 0; t < SW_PROFILE_TIMES && status == SW_OK; t++)
        status = sw_table_add_column(table, times[t].name, "at%");
    for (size_t i = 0; i < SW_PROFILE_PLACES && status == SW_OK; i++) {
        size_t row;
        status = sw_table_add_row(table, &row);
        if (status != SW_OK)
            break;
        sw_table_numbers(table, 0)[row] = place_of(profiles, i) / NANOMETRE;
        for (size_t t = 0; t < profiles->kept; t++)
            sw_table_numbers(table, t + 1)[row] = PERCENT * profiles->x[t][i];
    }
    return status;
}
