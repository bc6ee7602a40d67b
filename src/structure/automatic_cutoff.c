/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/automatic_cutoff.h"

#include "base/sorting.h"
#include "structure/first_shell.h"
#include "structure/neighbours.h"

#include <math.h>
#include <stdlib.h>

#define BINS_A_DISTANCE 50.0
#define RANGE 2.2 /* median nearest distances */

/* Median distance to the nearest other atom, A; 0 where nobody has one. */
static sw_status median_nearest(double *distance, const sw_atoms *atoms, sw_context *context,
                                sw_error *error) {
    sw_neighbours nearest;
    *distance = 0.0;
    sw_status status = sw_neighbours_nearest(&nearest, atoms, 1, context, error);
    if (status != SW_OK)
        return status;
    size_t count = nearest.first[nearest.atoms];
    if (count > 0) {
        sw_sort_numbers(nearest.distance, count);
        *distance = nearest.distance[count / 2];
    }
    sw_neighbours_clear(&nearest);
    return SW_OK;
}

sw_status sw_automatic_distance(double *distance, const char *name, double factor,
                                const sw_atoms *atoms, const sw_instrument_settings *settings,
                                const char *hint, sw_context *context, sw_error *error) {
    double nearest;
    *distance = sw_setting_number(settings, name);
    if (!sw_setting_is_automatic(settings, name))
        return SW_OK;
    sw_status status = median_nearest(&nearest, atoms, context, error);
    *distance = factor * nearest;
    if (status != SW_OK || *distance > 0.0)
        return status;
    return sw_error_set(error, SW_ERROR_ARGUMENT, name, hint,
                        "the atoms have no neighbours from which it could be found");
}

/* The scale of g does not move its valleys, so any volume serves. */
static sw_status find_valley(double *valley, const sw_atoms *atoms, double nearest,
                             sw_context *context, sw_error *error) {
    const sw_pair_bins bins = sw_pair_bins_to(RANGE * nearest, nearest / BINS_A_DISTANCE);
    const sw_first_shell_options options = {.smoothing = 1.5 * bins.width, .confidence = 0.95};
    const sw_body body = {.volume = 1.0};
    sw_pair_count pairs;
    sw_pair_distribution distribution;
    sw_first_shell shell = {.valley = {NAN, NAN, NAN}};
    sw_status status = sw_pair_count_create(&pairs, atoms, &bins, false, context, error);
    if (status != SW_OK)
        return status;
    status = sw_pair_distribution_create(&distribution, &pairs, atoms, &body, context, error);
    if (status == SW_OK) {
        status =
            sw_first_shell_find(&shell, &pairs, &distribution, SIZE_MAX, SIZE_MAX, &options, error);
        sw_pair_distribution_clear(&distribution);
    }
    sw_pair_count_clear(&pairs);
    *valley = shell.valley.value;
    return status;
}

sw_status sw_automatic_cutoff(double *cutoff, sw_measurement *measurement, const sw_atoms *atoms,
                              const sw_instrument_settings *settings, sw_context *context,
                              sw_error *error) {
    double nearest;
    *cutoff = sw_setting_number(settings, "cutoff");
    if (!sw_setting_is_automatic(settings, "cutoff"))
        return SW_OK;
    *cutoff = NAN;
    sw_status status = median_nearest(&nearest, atoms, context, error);
    if (status == SW_OK && nearest > 0.0)
        status = find_valley(cutoff, atoms, nearest, context, error);
    if (status != SW_OK)
        return status;
    if (!(*cutoff > 0.0))
        return sw_error_set(error, SW_ERROR_ARGUMENT, "cutoff",
                            "give the distance that ends the first shell with --cutoff",
                            "the pair distribution has no first valley");
    return sw_measurement_note(measurement,
                               "The cutoff was found as the first valley of the pair "
                               "distribution: %.4g A.",
                               *cutoff);
}
