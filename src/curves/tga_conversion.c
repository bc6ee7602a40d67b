/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "curves/tga_conversion.h"

#include "base/memory.h"
#include "base/student.h"
#include "curves/columns.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const sw_buoyancy_gases[] = {"hydrogen", "argon", "nitrogen", "helium", NULL};
static const double gas_mass[] = {2.01588, 39.948, 28.0134, 4.002602}; /* g/mol, CIAAW 2021 */

#define LEAST_CHANGE 3.0 /* of the mass, over its standard error: less is no reaction */
#define WEIGHED 0.02     /* by which the balance and what was weighed in may differ */

/* ---- buoyancy -------------------------------------------------------------------------------- */

/* mg/m3 of an ideal gas. */
static double gas_density(const sw_instrument_settings *settings, double temperature) {
    double molar = gas_mass[sw_setting_choice(settings, "gas")];
    return 1e3 * molar * sw_setting_number(settings, "pressure") / (SW_GAS_CONSTANT * temperature);
}

static sw_status take_off_buoyancy(sw_curve *curve, const sw_instrument_settings *settings,
                                   sw_error *error) {
    if (sw_setting_is_automatic(settings, "displaced"))
        return SW_OK;
    if (strcmp(curve->mass_unit, "mg") != 0)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "displaced",
                            "give the mass in mg, or leave --displaced out",
                            "buoyancy is a mass, and the curve has %s",
                            *curve->mass_unit != '\0' ? curve->mass_unit : "no unit");
    double volume = sw_setting_number(settings, "displaced");
    double tare = gas_density(settings, curve->temperature[0]);
    for (size_t i = 0; i < curve->count; i++)
        curve->mass[i] += volume * (gas_density(settings, curve->temperature[i]) - tare);
    return SW_OK;
}

/* ---- denominator ----------------------------------------------------------------------------- */

static sw_status read_feed(sw_feed *feed, const sw_instrument_settings *settings, sw_error *error) {
    *feed = (sw_feed){0};
    if (sw_setting_is_automatic(settings, "feed"))
        return SW_OK;
    sw_status status = sw_feed_parse(feed, sw_setting_text(settings, "feed"), "feed", error);
    if (status == SW_OK && !(sw_feed_loss(feed) > 0.0))
        status = sw_error_set(error, SW_ERROR_ARGUMENT, "feed", "give the oxides, too",
                              "there is no oxygen in it");
    return status;
}

/* Else conversion 1 is the mass of the last row. */
static bool has_own_loss(const sw_instrument_settings *settings) {
    return !sw_setting_is_automatic(settings, "loss") || !sw_setting_is_automatic(settings, "feed");
}

static sw_status choose_loss(sw_conversion *conversion, const sw_feed *feed, const sw_curve *curve,
                             const sw_instrument_settings *settings, sw_error *error) {
    double lost = 1.0 - conversion->final / conversion->initial;
    conversion->loss = !sw_setting_is_automatic(settings, "loss")
                           ? sw_setting_number(settings, "loss")
                       : feed->parts > 0 ? sw_feed_loss(feed)
                                         : lost;
    if (!(conversion->initial > 0.0))
        return sw_error_set(error, SW_ERROR_FORMAT, sw_table_source(curve->table),
                            "is it the right column? See --mass", "the initial mass is %g %s",
                            conversion->initial, curve->mass_unit);
    if (!(fabs(conversion->loss) > 1e-9))
        return sw_error_set(error, SW_ERROR_FORMAT, sw_table_source(curve->table),
                            "give --loss or --feed", "the mass is the same at both ends");
    double changed = fabs(conversion->initial - conversion->final);
    double noise = hypot(conversion->initial_error, conversion->final_error);
    if (has_own_loss(settings) || !(changed < LEAST_CHANGE * noise))
        return SW_OK;
    return sw_error_set(error, SW_ERROR_FORMAT, sw_table_source(curve->table),
                        "give --loss or --feed: a conversion needs a loss that is known",
                        "the mass changes by %.3g %s from end to end, which is no more than its "
                        "noise (each end is known to %.2g)",
                        changed, curve->mass_unit, SW_NORMAL_95 * noise / sqrt(2.0));
}

/* ---- the curve ------------------------------------------------------------------------------- */

static sw_status allocate(sw_conversion *conversion, size_t points, size_t raw) {
    double **arrays[] = {
        &conversion->time, &conversion->temperature,  &conversion->mass,       &conversion->value,
        &conversion->rate, &conversion->value_spread, &conversion->rate_spread};
    *conversion = (sw_conversion){.count = points};
    conversion->raw = sw_allocate(raw, sizeof(double));
    bool made = conversion->raw != NULL;
    for (size_t i = 0; i < sizeof arrays / sizeof arrays[0]; i++) {
        *arrays[i] = sw_allocate(points, sizeof(double));
        made = made && *arrays[i] != NULL;
    }
    return made ? SW_OK : SW_ERROR_MEMORY;
}

void sw_conversion_clear(sw_conversion *conversion) {
    free(conversion->time);
    free(conversion->temperature);
    free(conversion->mass);
    free(conversion->value);
    free(conversion->value_spread);
    free(conversion->rate);
    free(conversion->rate_spread);
    free(conversion->raw);
    *conversion = (sw_conversion){0};
}

/* The temperature at a time, on a straight line between rows; *row only rises from call to call. */
static double temperature_at(const sw_curve *curve, double time, size_t *row) {
    while (*row + 2 < curve->count && curve->time[*row + 1] < time)
        ++*row;
    size_t i = *row;
    double share = (time - curve->time[i]) / (curve->time[i + 1] - curve->time[i]);
    return curve->temperature[i] + share * (curve->temperature[i + 1] - curve->temperature[i]);
}

/* Of errors of the smoothing by a blank with few rows. */
static double widening(const sw_conversion *conversion, const sw_curve *curve) {
    double noise = conversion->smoothing.noise;
    return curve->blank_noise > 0.0 && noise > 0.0 ? hypot(1.0, curve->blank_noise / noise) : 1.0;
}

static void fill(sw_conversion *conversion, const sw_curve *curve) {
    double start = curve->time[0], end = curve->time[curve->count - 1];
    double scale = 1.0 / (conversion->initial * conversion->loss);
    double wider = widening(conversion, curve);
    size_t row = 0;
    for (size_t i = 0; i < conversion->count; i++) {
        double share = (double)i / (double)(conversion->count - 1);
        double time = i + 1 == conversion->count ? end : start + share * (end - start);
        sw_smooth smooth =
            sw_smooth_at(curve->time, curve->mass, curve->count, time, &conversion->smoothing);
        double error =
            hypot(hypot(wider * smooth.value_error, conversion->initial_error), curve->blank_error);
        conversion->time[i] = time;
        conversion->temperature[i] = temperature_at(curve, time, &row);
        conversion->mass[i] = smooth.value;
        conversion->value[i] = (conversion->initial - smooth.value) * scale;
        conversion->value_spread[i] = SW_NORMAL_95 * error * fabs(scale);
        conversion->rate[i] = -smooth.slope * scale;
        conversion->rate_spread[i] = SW_NORMAL_95 * wider * smooth.slope_error * fabs(scale);
    }
    for (size_t i = 0; i < curve->count; i++)
        conversion->raw[i] = (conversion->initial - curve->mass[i]) * scale;
}

sw_status sw_conversion_create(sw_conversion *conversion, sw_feed *feed, sw_curve *curve,
                               size_t points, const sw_instrument_settings *settings,
                               sw_error *error) {
    sw_status status = allocate(conversion, points, curve->count);
    if (status == SW_OK)
        status = read_feed(feed, settings, error);
    if (status == SW_OK)
        status = take_off_buoyancy(curve, settings, error);
    if (status != SW_OK)
        return status;
    double width = sw_setting_is_automatic(settings, "bandwidth")
                       ? 0.0
                       : sw_setting_number(settings, "bandwidth");
    conversion->smoothing = sw_smoothing_choose(curve->time, curve->mass, curve->count, width);
    sw_smooth first = sw_smooth_at(curve->time, curve->mass, curve->count, curve->time[0],
                                   &conversion->smoothing);
    sw_smooth last = sw_smooth_at(curve->time, curve->mass, curve->count,
                                  curve->time[curve->count - 1], &conversion->smoothing);
    conversion->initial = first.value;
    double wider = widening(conversion, curve);
    conversion->initial_error = wider * first.value_error;
    conversion->final = last.value;
    conversion->final_error = hypot(wider * last.value_error, curve->blank_error);
    status = choose_loss(conversion, feed, curve, settings, error);
    if (status == SW_OK)
        fill(conversion, curve);
    return status;
}

/* ---- report ---------------------------------------------------------------------------------- */

static sw_status note_assumptions(const sw_conversion *conversion,
                                  const sw_instrument_settings *settings,
                                  sw_measurement *measurement) {
    sw_status status = SW_OK;
    if (!sw_setting_is_automatic(settings, "displaced"))
        status = sw_measurement_note(measurement,
                                     "Buoyancy of %s in %s (ideal gas, of the sample's temperature "
                                     "everywhere, the balance at "
                                     "zero in the first row) is taken off the mass.",
                                     sw_setting_text(settings, "displaced"),
                                     sw_setting_text(settings, "gas"));
    size_t last = conversion->count - 1;
    double noise = conversion->smoothing.noise / fabs(conversion->initial * conversion->loss);
    if (status == SW_OK && conversion->value[last] - conversion->value_spread[last] > 1.02)
        status =
            sw_measurement_note(measurement,
                                "The conversion ends at %.3f: more mass was lost than complete "
                                "reaction loses. Is the feed right, and the initial mass dry?",
                                conversion->value[last]);
    if (status == SW_OK && conversion->smoothing.correlation > 0.3 && noise > 1e-5)
        status = sw_measurement_note(
            measurement,
            "Neighbouring residuals of the smoothing correlate by %.2f: intervals are widened "
            "for it; a wider --bandwidth may do.",
            conversion->smoothing.correlation);
    if (status == SW_OK && !has_own_loss(settings))
        status = sw_measurement_note(
            measurement, "Conversion 1 is the mass of the last row: complete reaction is "
                         "assumed. Give --feed or --loss for the mass loss of theory.");
    return status;
}

static sw_status note_gain(const sw_conversion *conversion, sw_measurement *measurement) {
    double gain = conversion->final / conversion->initial - 1.0;
    double noise = hypot(conversion->initial_error, conversion->final_error) / conversion->initial;
    if (!(gain > LEAST_CHANGE * noise))
        return SW_OK;
    return sw_measurement_note(measurement, "The mass grows by %.3g %%%s.", 100.0 * gain,
                               conversion->loss < 0.0
                                   ? ": conversion 1 is this gain"
                                   : ", and conversion counts what is lost: is it the right file, "
                                     "and its buoyancy taken off?");
}

static sw_status note_weight(const sw_conversion *conversion, const sw_feed *feed,
                             const sw_curve *curve, sw_measurement *measurement) {
    bool same = fabs(conversion->initial / feed->mass - 1.0) < WEIGHED;
    if (!(feed->mass > 0.0) || strcmp(curve->mass_unit, "mg") != 0 || same)
        return SW_OK;
    return sw_measurement_note(measurement,
                               "The feed weighs %.4g mg and the balance read %.4g mg at the first "
                               "row: is it the right file, the right column, and the crucible off?",
                               feed->mass, conversion->initial);
}

sw_status sw_conversion_report(const sw_conversion *conversion, const sw_feed *feed,
                               const sw_curve *curve, const sw_instrument_settings *settings,
                               sw_measurement *measurement) {
    const sw_smoothing *smoothing = &conversion->smoothing;
    size_t last = conversion->count - 1;
    double ratio = conversion->final / conversion->initial;
    double error =
        hypot(conversion->final_error, ratio * conversion->initial_error) / conversion->initial;
    sw_status status = sw_add_spread(measurement, "initial mass", conversion->initial,
                                     SW_NORMAL_95 * conversion->initial_error, curve->mass_unit,
                                     "smooth mass at the first row");
    if (status == SW_OK)
        status =
            sw_add_spread(measurement, "mass loss", 100.0 * (1.0 - ratio),
                          100.0 * SW_NORMAL_95 * error, "%", "of the initial mass, at the end");
    if (status == SW_OK)
        status = sw_add_plain(measurement, "loss at conversion 1", 100.0 * conversion->loss, "%",
                              feed->parts > 0 ? "oxygen in the feed"
                                              : "as given, or all that was lost at the end");
    if (status == SW_OK)
        status = sw_add_spread(measurement, "final conversion", conversion->value[last],
                               conversion->value_spread[last], "", "at the last row");
    if (status == SW_OK)
        status = sw_add_plain(measurement, "bandwidth", smoothing->bandwidth, "s",
                              smoothing->chosen ? "half-width of the smoothing, by cross-validation"
                                                : "half-width of the smoothing, as given");
    if (status == SW_OK)
        status = sw_add_plain(measurement, "noise", smoothing->noise, curve->mass_unit,
                              "standard deviation of the mass about the smooth curve");
    if (status == SW_OK)
        status = note_gain(conversion, measurement);
    if (status == SW_OK)
        status = note_weight(conversion, feed, curve, measurement);
    return status == SW_OK ? note_assumptions(conversion, settings, measurement) : status;
}
