/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "diffusion/profiles.h"

#include "base/memory.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const struct {
    double share; /* of the time of the run */
    const char *name;
} times[SW_PROFILE_TIMES] = {{0.0, "start"},
                             {0.01, "1 % of the time"},
                             {0.1, "10 % of the time"},
                             {0.3, "30 % of the time"},
                             {1.0, "end"}};

sw_status sw_profiles_create(sw_profiles *profiles, size_t quantities, double end,
                             sw_error *error) {
    *profiles = (sw_profiles){.end = end, .quantities = quantities};
    profiles->x =
        sw_allocate(quantities * SW_PROFILE_TIMES * SW_PROFILE_PLACES, sizeof *profiles->x);
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

static double share_of(size_t i) {
    return ((double)i + 0.5) / SW_PROFILE_PLACES;
}

static double *profile_of(const sw_profiles *profiles, size_t time, size_t quantity) {
    return &profiles->x[(time * profiles->quantities + quantity) * SW_PROFILE_PLACES];
}

void sw_profiles_look(sw_profiles *profiles, double time, sw_profile_sample sample,
                      const void *of) {
    while (time >= sw_profiles_next(profiles)) {
        for (size_t q = 0; q < profiles->quantities; q++) {
            double *x = profile_of(profiles, profiles->kept, q);
            for (size_t i = 0; i < SW_PROFILE_PLACES; i++)
                x[i] = sample(of, share_of(i), q);
        }
        profiles->kept++;
    }
}

size_t sw_profiles_numbers(const sw_profiles *profiles) {
    return profiles->kept * profiles->quantities * SW_PROFILE_PLACES;
}

void sw_profiles_name(char name[SW_PROFILE_NAME], const char *quantity, size_t time) {
    snprintf(name, SW_PROFILE_NAME, "%.31s %s", quantity, times[time].name);
}

static sw_status add_columns(sw_table *table, const sw_profiles *profiles, sw_profile_axis place,
                             const sw_profile_axis *axes) {
    sw_status status = sw_table_add_column(table, place.name, place.unit);
    for (size_t q = 0; q < profiles->quantities; q++)
        for (size_t t = 0; t < SW_PROFILE_TIMES && status == SW_OK; t++) {
            char name[SW_PROFILE_NAME];
            sw_profiles_name(name, axes[q].name, t);
            status = sw_table_add_column(table, name, axes[q].unit);
        }
    return status;
}

sw_status sw_profiles_fill(sw_table *table, const sw_profiles *profiles, sw_profile_axis place,
                           double length, const sw_profile_axis *axes) {
    sw_status status = add_columns(table, profiles, place, axes);
    for (size_t i = 0; i < SW_PROFILE_PLACES && status == SW_OK; i++) {
        size_t row;
        status = sw_table_add_row(table, &row);
        if (status != SW_OK)
            break;
        sw_table_numbers(table, 0)[row] = length * share_of(i);
        for (size_t q = 0; q < profiles->quantities; q++)
            for (size_t t = 0; t < profiles->kept; t++)
                sw_table_numbers(table, 1 + q * SW_PROFILE_TIMES + t)[row] =
                    profile_of(profiles, t, q)[i];
    }
    return status;
}
