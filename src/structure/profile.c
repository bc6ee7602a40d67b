/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/profile.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

#define MOST_PARTS 1e6

/* ---- points ---------------------------------------------------------------------------------- */

sw_status sw_profile_points_add(sw_profile_points *points, size_t atom, double distance) {
    size_t atoms = points->capacity;
    if (!sw_reserve(&points->atom, &atoms, points->count + 1, sizeof *points->atom) ||
        !sw_reserve(&points->distance, &points->capacity, points->count + 1,
                    sizeof *points->distance))
        return SW_ERROR_MEMORY;
    points->atom[points->count] = (uint32_t)atom;
    points->distance[points->count++] = distance;
    return SW_OK;
}

void sw_profile_points_clear(sw_profile_points *points) {
    free(points->atom);
    free(points->distance);
    *points = (sw_profile_points){0};
}

/* ---- counting -------------------------------------------------------------------------------- */

static bool is_counted(const sw_profile_points *points, size_t p, const sw_composition *composition,
                       const sw_profile_options *options) {
    double distance = points->distance[p];
    return composition->total[composition->type[points->atom[p]]] > 0 && distance >= options->low &&
           distance <= options->high;
}

static sw_status lay_out(sw_profile *profile, const sw_profile_points *points,
                         const sw_composition *composition, const sw_profile_options *options,
                         sw_error *error) {
    double low = INFINITY, high = -INFINITY;
    for (size_t p = 0; p < points->count; p++) {
        if (!isfinite(points->distance[p]))
            return sw_error_set(error, SW_ERROR_NUMERIC, "atoms", "repair the file",
                                "the position of atom %u is no place", points->atom[p] + 1);
        if (!is_counted(points, p, composition, options))
            continue;
        low = fmin(low, points->distance[p]);
        high = fmax(high, points->distance[p]);
    }
    if (!(high >= low))
        return sw_error_set(error, SW_ERROR_ARGUMENT, "profile",
                            "atom-probe points need --ranges; else move or widen it",
                            "no atom of an element is inside");
    double first = floor(low / options->step), bins = floor(high / options->step) - first + 1.0;
    double parts = bins * (double)options->overlap;
    if (!(parts <= MOST_PARTS))
        return sw_error_set(error, SW_ERROR_ARGUMENT, "step", "give a larger step",
                            "the profile has more than 1e6 steps");
    profile->first = first * options->step;
    profile->parts = (size_t)parts;
    profile->bins = profile->parts - options->overlap + 1;
    return SW_OK;
}

static void count(sw_profile *profile, const sw_profile_points *points,
                  const sw_composition *composition, const sw_profile_options *options) {
    double begin = floor(profile->first / options->step + 0.5);
    for (size_t p = 0; p < points->count; p++) {
        size_t type = composition->type[points->atom[p]];
        if (!is_counted(points, p, composition, options))
            continue;
        double place = points->distance[p] / options->step, bin = floor(place);
        size_t within = (size_t)((place - bin) * (double)options->overlap);
        within = within < options->overlap ? within : options->overlap - 1;
        size_t part = (size_t)(bin - begin) * options->overlap + within;
        profile->total[part] += composition->total[type];
        for (size_t e = 0; e < profile->elements; e++)
            profile->count[part * profile->elements + e] +=
                composition->count[type * profile->elements + e];
    }
}

sw_status sw_profile_create(sw_profile *profile, const sw_profile_points *points,
                            const sw_composition *composition, const sw_profile_options *options,
                            sw_error *error) {
    *profile = (sw_profile){.elements = composition->elements,
                            .overlap = options->overlap,
                            .part = options->step / (double)options->overlap,
                            .low = options->low,
                            .high = options->high};
    sw_status status = lay_out(profile, points, composition, options, error);
    if (status != SW_OK)
        return status;
    profile->count = sw_allocate(profile->parts, profile->elements * sizeof *profile->count);
    profile->total = sw_allocate(profile->parts, sizeof *profile->total);
    if (!profile->count || !profile->total) {
        sw_profile_clear(profile);
        return sw_error_set(error, SW_ERROR_MEMORY, "step", NULL, "no memory for the bins");
    }
    count(profile, points, composition, options);
    return SW_OK;
}

void sw_profile_clear(sw_profile *profile) {
    free(profile->count);
    free(profile->total);
    *profile = (sw_profile){0};
}

double sw_profile_middle(const sw_profile *profile, size_t bin) {
    return profile->first + ((double)bin + 0.5 * (double)profile->overlap) * profile->part;
}

size_t sw_profile_total(const sw_profile *profile, size_t bin) {
    size_t sum = 0;
    for (size_t p = bin; p < bin + profile->overlap; p++)
        sum += profile->total[p];
    return sum;
}

size_t sw_profile_count(const sw_profile *profile, size_t bin, size_t element) {
    size_t sum = 0;
    for (size_t p = bin; p < bin + profile->overlap; p++)
        sum += profile->count[p * profile->elements + element];
    return sum;
}
