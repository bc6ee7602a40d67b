/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From mass to conversion and its rate: denominator, buoyancy, smoothing. */
#ifndef SPILLWAY_CURVES_TGA_CONVERSION_H
#define SPILLWAY_CURVES_TGA_CONVERSION_H

#include "curves/curve.h"
#include "curves/feed.h"
#include "curves/local_polynomial.h"

/* On an even grid of times. */
typedef struct sw_conversion {
    size_t count;
    double *time, *temperature;    /* s, K */
    double *mass;                  /* smooth, in the curve's unit */
    double *value, *value_spread;  /* conversion, half-width of its 95 % interval */
    double *rate, *rate_spread;    /* 1/s */
    double initial, initial_error; /* mass, and its standard error */
    double final, final_error;     /* smooth mass at the end */
    double loss;                   /* fraction of the initial mass that is conversion 1 */
    sw_smoothing smoothing;        /* of the conversion over time */
    double *raw;                   /* [curve.count] conversion, not smoothed */
} sw_conversion;

#define SW_CONVERSION_PARAMETERS                                                                   \
    {.name = "feed",                                                                               \
     .kind = SW_TAKES_TEXT,                                                                        \
     .standard = "auto",                                                                           \
     .help = "what was weighed in, such as '50 mg Fe2O3 + NiO 36 wt% Ni': its oxygen is "          \
             "conversion 1; auto: see --loss"},                                                    \
        {.name = "loss",                                                                           \
         .kind = SW_TAKES_QUANTITY,                                                                \
         .dimension = SW_NUMBER,                                                                   \
         .standard = "auto",                                                                       \
         .least = 1e-6,                                                                            \
         .most = 1.0,                                                                              \
         .help = "mass loss that is conversion 1, of the initial mass; auto: that of the feed, "   \
                 "or all that was lost at the end"},                                               \
        {.name = "bandwidth",                                                                      \
         .kind = SW_TAKES_QUANTITY,                                                                \
         .dimension = SW_TIME,                                                                     \
         .standard = "auto",                                                                       \
         .least = 1e-9,                                                                            \
         .most = 1e9,                                                                              \
         .help = "half-width of the smoothing; auto: by cross-validation"},                        \
        {.name = "displaced",                                                                      \
         .kind = SW_TAKES_QUANTITY,                                                                \
         .dimension = SW_VOLUME,                                                                   \
         .standard = "auto",                                                                       \
         .least = 0,                                                                               \
         .most = 1.0,                                                                              \
         .help =                                                                                   \
             "volume of sample, crucible and holder, whose buoyancy is taken off; auto: none"},    \
        {.name = "gas",                                                                            \
         .kind = SW_TAKES_CHOICE,                                                                  \
         .standard = "hydrogen",                                                                   \
         .choices = sw_buoyancy_gases,                                                             \
         .help = "in which they hang"},                                                            \
    {                                                                                              \
        .name = "pressure", .kind = SW_TAKES_QUANTITY, .dimension = SW_PRESSURE,                   \
        .standard = "1 atm", .least = 0, .most = 1e9, .help = "of that gas"                        \
    }

extern const char *const sw_buoyancy_gases[];

/*
 * Takes buoyancy off the curve, where it is asked for, and computes the conversion at `points`
 * times (at least 2). The feed that was given is copied to *feed (parts 0 without). Cleared by the
 * caller whatever the result.
 */
SW_MUST_USE sw_status sw_conversion_create(sw_conversion *conversion, sw_feed *feed,
                                           sw_curve *curve, size_t points,
                                           const sw_instrument_settings *settings, sw_error *error);
void sw_conversion_clear(sw_conversion *conversion);
/* Numbers of how conversion was made (masses, loss, bandwidth, noise), and what was assumed. */
SW_MUST_USE sw_status sw_conversion_report(const sw_conversion *conversion, const sw_feed *feed,
                                           const sw_curve *curve,
                                           const sw_instrument_settings *settings,
                                           sw_measurement *measurement);

#endif
