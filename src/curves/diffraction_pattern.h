/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A powder pattern: intensity over the scattering angle. */
#ifndef SPILLWAY_CURVES_DIFFRACTION_PATTERN_H
#define SPILLWAY_CURVES_DIFFRACTION_PATTERN_H

#include <spillway/instrument.h>

typedef struct sw_pattern {
    size_t count;
    double *angle;            /* 2 theta, deg, rising */
    double *intensity;        /* counts, or any unit */
    double *variance;         /* of the intensity: of counts, at least 1 */
    size_t missing, negative; /* rows left out, points below 0 */
    double highest;
} sw_pattern;

#define SW_PATTERN_PARAMETERS                                                                      \
    {.name = "angle",                                                                              \
     .kind = SW_TAKES_TEXT,                                                                        \
     .standard = "auto",                                                                           \
     .help = "column of 2 theta, by name or number; auto: by its name and unit"},                  \
        {.name = "intensity",                                                                      \
         .kind = SW_TAKES_TEXT,                                                                    \
         .standard = "auto",                                                                       \
         .help = "column of the intensity"},                                                       \
        {.name = "from",                                                                           \
         .kind = SW_TAKES_QUANTITY,                                                                \
         .dimension = SW_ANGLE,                                                                    \
         .standard = "auto",                                                                       \
         .least = 0,                                                                               \
         .most = 3.15,                                                                             \
         .help = "angles below are left out"},                                                     \
        {.name = "to",                                                                             \
         .kind = SW_TAKES_QUANTITY,                                                                \
         .dimension = SW_ANGLE,                                                                    \
         .standard = "auto",                                                                       \
         .least = 0,                                                                               \
         .most = 3.15,                                                                             \
         .help = "angles above are left out"},                                                     \
    {                                                                                              \
        .name = "wavelength", .kind = SW_TAKES_QUANTITY, .dimension = SW_LENGTH,                   \
        .standard = "1.54056 A", .least = 0.01, .most = 10,                                        \
        .help = "of the radiation; Cu K-alpha1 without"                                            \
    }

/* K-alpha2 of a tube. */
#define SW_SECOND_PARAMETERS                                                                       \
    {.name = "second",                                                                             \
     .kind = SW_TAKES_QUANTITY,                                                                    \
     .dimension = SW_LENGTH,                                                                       \
     .standard = "auto",                                                                           \
     .least = 0.01,                                                                                \
     .most = 10,                                                                                   \
     .help = "wavelength of K-alpha2, such as '1.54439 A'; auto: none"},                           \
    {                                                                                              \
        .name = "second-ratio", .kind = SW_TAKES_QUANTITY, .dimension = SW_NUMBER,                 \
        .standard = "0.5", .least = 0, .most = 1, .help = "its intensity over that of K-alpha1"    \
    }

/* The points that the parameters ask for; a table without names of two columns is angle and
 * intensity. Refused with its line: an angle that does not rise or is above 180 deg, an intensity of
 * no detector. Fewer than 10 points: SW_ERROR_FORMAT. */
SW_MUST_USE sw_status sw_pattern_read(sw_pattern *pattern, const sw_table *table,
                                      const sw_instrument_settings *settings, sw_error *error);
/* Variances from a fitted curve [count]: those from the counts themselves draw a fit below them. */
void sw_pattern_weigh(sw_pattern *pattern, const double *fitted);
void sw_pattern_clear(sw_pattern *pattern);
/* Notes of rows that were left out, and of intensities that are no counts. */
SW_MUST_USE sw_status sw_pattern_notes(const sw_pattern *pattern, sw_measurement *measurement);

/* Bragg: spacing (A) of an angle 2 theta (deg), and back; NaN beyond 180 deg. */
double sw_bragg_spacing(double angle, double wavelength);
double sw_bragg_angle(double spacing, double wavelength);

#endif
