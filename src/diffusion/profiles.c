/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "diffusion/profiles.h"

#include "base/memory.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

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

sw_status sw_profiles_create(sw_profiles *profiles, const sw_body *body, double end,
                             sw_error *error) {
    *profiles = (sw_profiles){.end = end,
                              .length = sw_body_length(body),
                              .first = body->mixed ? 0 : 1,
                              .elements = body->mixed ? body->elements : 1};
    profiles->x =
        sw_allocate(SW_PROFILE_TIMES * SW_PROFILE_PLACES * profiles->elements, sizeof *profiles->x);
    return profiles->x
               ? SW_OK
               : sw_error_set(error, SW_ERROR_MEMORY, "profiles", NULL, "no memory for profiles");
}

void sw_profiles_clear(sw_profiles *profiles) {
    free(profiles->x);
    profiles->x = NULL;
}

double sw_profiles_next(const sw_profiles *profiles) {
    return profiles->kept < SW_PROFILE_TIMES ? times[profiles->kept].share * profiles->end
                                             : INFINITY;
}

static double place_of(const sw_profiles *profiles, size_t i) {
    return profiles->length * ((double)i + 0.5) / SW_PROFILE_PLACES;
}

static double *profile_of(const sw_profiles *profiles, size_t time, size_t element) {
    return &profiles->x[(time * profiles->elements + element) * SW_PROFILE_PLACES];
}

void sw_profiles_look(sw_profiles *profiles, const sw_body *body) {
    while (sw_body_control(body)->time >= sw_profiles_next(profiles)) {
        for (size_t e = 0; e < profiles->elements; e++) {
            double *x = profile_of(profiles, profiles->kept, e);
            for (size_t i = 0; i < SW_PROFILE_PLACES; i++)
                x[i] = sw_body_x_at(body, place_of(profiles, i), profiles->first + e);
        }
        profiles->kept++;
    }
}

size_t sw_profiles_numbers(const sw_profiles *profiles) {
    return profiles->kept * profiles->elements * SW_PROFILE_PLACES;
}

void sw_profiles_name(char name[SW_PROFILE_NAME], const char *element, size_t time) {
    snprintf(name, SW_PROFILE_NAME, "%.31s %s", element, times[time].name);
}

static sw_status add_columns(sw_table *table, const sw_profiles *profiles,
                             const char *const *names) {
    sw_status status = sw_table_add_column(table, "position", "nm");
    for (size_t e = 0; e < profiles->elements; e++)
        for (size_t t = 0; t < SW_PROFILE_TIMES && status == SW_OK; t++) {
            char name[SW_PROFILE_NAME];
            sw_profiles_name(name, names[profiles->first + e], t);
            status = sw_table_add_column(table, name, "at%");
        }
    return status;
}

sw_status sw_profiles_fill(sw_table *table, const sw_profiles *profiles, const char *const *names) {
    sw_status status = add_columns(table, profiles, names);
    for (size_t i = 0; i < SW_PROFILE_PLACES && status == SW_OK; i++) {
        size_t row;
        status = sw_table_add_row(table, &row);
        if (status != SW_OK)
            break;
        sw_table_numbers(table, 0)[row] = place_of(profiles, i) / NANOMETRE;
        for (size_t e = 0; e < profiles->elements; e++)
            for (size_t t = 0; t < profiles->kept; t++)
                sw_table_numbers(table, 1 + e * SW_PROFILE_TIMES + t)[row] =
                    PERCENT * profile_of(profiles, t, e)[i];
    }
    return status;
}
