/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A powder model through curves of a thermobalance: parameters that are free within a range, one
 * run of the model a curve, least squares of conversion, profile likelihood.
 *
 * Free parameters are places: 0 at the low end of their range, 1 at the high end, by the logarithm
 * where the range spans a decade.
 *
 * What the instrument may have wrong is fitted beside them and held by a Gaussian about nothing:
 * an offset of the temperature (of all curves, in K, place[frees]) and one of the mass from
 * hydrogen on (of each curve; the conversion is linear in it, so it is solved for in each run).
 * Their squares over the square of their standard error are added to the sum of squares in the
 * unit of `noise`, so they count as one more row each.
 */
#ifndef SPILLWAY_RUN_POWDER_FIT_H
#define SPILLWAY_RUN_POWDER_FIT_H

#include "run/parameter_range.h"

#include "curves/curve.h"
#include "curves/least_squares.h"

#include <spillway/model.h>

#include <stdatomic.h>

enum {
    SW_POWDER_FIT_FREE = 8,
    SW_POWDER_FIT_PLACES = SW_POWDER_FIT_FREE + 1, /* the last one used: the temperature's offset */
    SW_POWDER_FIT_CURVES = 8,
    SW_POWDER_FIT_SETTINGS = 32,
    SW_POWDER_FIT_WITHOUTS = 8,
    SW_POWDER_PROFILE_POINTS = 16
};

typedef struct sw_powder_free {
    const sw_parameter *parameter; /* of the first curve's model */
    char unit[32];                 /* as the model writes it: "um" */
    double factor, offset;         /* inside = shown x factor + offset */
    double start;                  /* place of the model's value */
} sw_powder_free;

/* One curve and the model that is to give it. */
typedef struct sw_powder_case {
    sw_curve curve;
    sw_setting setting[SW_POWDER_FIT_SETTINGS];
    size_t settings;
    const char *without[SW_POWDER_FIT_WITHOUTS];
    size_t withouts;
    sw_model *model;    /* with the settings, free parameters at their values */
    double hydrogen;    /* s, of the curve's clock: hydrogen is let in */
    bool as_model;      /* that time is the model's, nobody gave it */
    double begin;       /* s, of the curve's clock: the model's time 0 */
    double initial;     /* mass before hydrogen, as the file has it */
    double sample;      /* amu, mass that was weighed in; 0: the model's */
    double loss;        /* oxygen in the mass of the feed */
    size_t first;       /* row from which on it is fitted */
    double *measured;   /* [count] conversion */
    sw_powder_leg *leg; /* of the measured temperature; NULL: the model's programme */
    size_t legs;
    double start; /* K, where the legs begin */
} sw_powder_case;

typedef struct sw_powder_fit {
    const char *model;
    sw_powder_free free[SW_POWDER_FIT_FREE];
    size_t frees;
    sw_powder_case of[SW_POWDER_FIT_CURVES];
    size_t cases, points;     /* points: all rows that are fitted */
    double temperature_error; /* K, standard error of the offset; 0: the temperature is exact */
    double mass_error;        /* of the starting mass; 0: the mass is exact */
    double noise;             /* of conversion, of a row that counts as one by itself */
    char *texts[2];           /* that settings and withouts lie in */
    sw_context *context;
    atomic_size_t runs, failed; /* of the model */
} sw_powder_fit;

/* Reads curves and settings, makes the models. SW_ERROR_ARGUMENT with the list of names where a
 * free parameter is none; *fit is cleared by the caller whatever the result. */
SW_MUST_USE sw_status sw_powder_fit_begin(sw_powder_fit *fit, const sw_content *inputs,
                                          const sw_instrument_settings *settings,
                                          sw_context *context, sw_error *error);
void sw_powder_fit_clear(sw_powder_fit *fit);

/* Value of a free parameter at a place, inside unit, and as it is shown. */
double sw_powder_free_value(const sw_powder_free *parameter, double place);
double sw_powder_free_shown(const sw_powder_free *parameter, double place);

/* Programme of a curve: straight pieces of the measured temperature, from rows at most 0.2 K or
 * six times its noise off (or as many as 200), drawn to all rows by least squares; the gas is the
 * model's at these times. Sets leg, legs, start. O(rows log rows). */
SW_MUST_USE sw_status sw_powder_case_programme(sw_powder_case *one, sw_error *error);

/* Whether a curve's model can be made with the free parameters. */
SW_MUST_USE sw_status sw_powder_case_check(const sw_powder_fit *fit, const sw_powder_case *one,
                                           sw_error *error);
/* Places that are searched: the free parameters and, where it has an error, the temperature. */
size_t sw_powder_fit_searched(const sw_powder_fit *fit);
/* Residuals: rows and offsets. */
size_t sw_powder_fit_residual_count(const sw_powder_fit *fit);
/* Standard deviation of single values about a smooth curve, from second differences, which a
 * straight piece does not change, by their mean root, in which few corners count little. */
double sw_powder_row_noise(const double *time, const double *value, size_t count);
/* conversion[curve.count] of the model at the measured times; place[searched]. One run. */
SW_MUST_USE sw_status sw_powder_case_run(double *conversion, const sw_powder_fit *fit,
                                         const sw_powder_case *one, const double *place,
                                         sw_error *error);
/* residual[residual_count]: measured less the model's, then the offsets over their standard errors
 * in units of the noise; 10 where the model fails, NaN where cancelled. offset[cases] or NULL: of
 * the mass from hydrogen on, of the starting mass, that suits the model best. */
void sw_powder_fit_residuals(double *residual, double *offset, sw_powder_fit *fit,
                             const double *place);

/* The best places, from the best of `scan` sets that fill the ranges and the model's own. */
typedef struct sw_powder_best {
    double place[SW_POWDER_FIT_PLACES];
    sw_least_squares_result result; /* in the coordinate of the search; sum, freedom, correlation */
    double spread[SW_POWDER_FIT_FREE]; /* of places, half-width of 95 % to first order */
} sw_powder_best;

/* What the integrator has wrong, of conversion: residuals below it tell nothing. */
#define SW_POWDER_MODEL_ERROR 1e-4

/* How alike neighbouring residuals are, 0 to 0.95; 0 where they are the integrator's own. */
double sw_powder_fit_likeness(const sw_powder_fit *fit, const sw_least_squares_result *result);
/* noise of the fit from its residuals: their mean square, more where neighbours are alike. */
double sw_powder_fit_noise(const sw_powder_fit *fit, const sw_least_squares_result *result);

SW_MUST_USE sw_status sw_powder_fit_find(sw_powder_best *best, sw_powder_fit *fit, size_t scan,
                                         sw_error *error);
/* The same from a set of places. Stopped by hand, the best set that was met; SW_ERROR_CANCELLED
 * where there is none. */
SW_MUST_USE sw_status sw_powder_fit_from(sw_powder_best *best, sw_powder_fit *fit,
                                         const double *place, sw_error *error);
/* Again with parameter `fixed` at place[fixed]; place[searched] in and out. */
SW_MUST_USE sw_status sw_powder_fit_refit(double *sum, double *place, sw_powder_fit *fit,
                                          size_t fixed);

/* One side of a profile: the least sum of squares with the parameter held at places. */
typedef struct sw_powder_side {
    size_t count;
    double place[SW_POWDER_PROFILE_POINTS], sum[SW_POWDER_PROFILE_POINTS];
    bool closed; /* the sum passes the limit within the range */
    bool done;   /* false: stopped before */
    double end;  /* place: where it passes, else the end of the range */
} sw_powder_side;

typedef struct sw_powder_profiles {
    double least, limit; /* sums of squares: the least, and that of the 95 % interval */
    sw_powder_side side[SW_POWDER_FIT_FREE][2]; /* below, above */
    double better[SW_POWDER_FIT_PLACES];        /* places of the least sum that was met */
    double better_sum;
} sw_powder_profiles;

SW_MUST_USE sw_status sw_powder_profiles_find(sw_powder_profiles *profiles, sw_powder_fit *fit,
                                              const sw_powder_best *best, sw_error *error);

/*
 * What the data say about all parameters together, to first order: the sum of squares about the
 * best set in ln(parameter), or in places where a range goes down to 0, with the offsets fitted
 * along, and the axes of its ellipsoid.
 */
typedef struct sw_powder_directions {
    size_t count; /* frees; 0: not found */
    bool logarithm[SW_POWDER_FIT_FREE];
    /* axes, best known first: of each the exponents of the parameters, the largest 1 */
    double axis[SW_POWDER_FIT_FREE][SW_POWDER_FIT_FREE];
    double spread[SW_POWDER_FIT_FREE]; /* half-width of 95 % along each axis */
    double extent[SW_POWDER_FIT_FREE]; /* half of what the ranges allow along it */
    double correlation[SW_POWDER_FIT_FREE][SW_POWDER_FIT_FREE];
    double temperature_spread;         /* K, of the offset; NaN where it is exact */
    double mass[SW_POWDER_FIT_CURVES]; /* offsets, of the starting mass */
    double mass_spread[SW_POWDER_FIT_CURVES];
} sw_powder_directions;

/* Two runs a place. count stays 0 where it was stopped. */
SW_MUST_USE sw_status sw_powder_directions_find(sw_powder_directions *directions,
                                                sw_powder_fit *fit, const sw_powder_best *best,
                                                sw_error *error);
/* Numbers of the offsets, table of the axes, and in words what is determined. */
SW_MUST_USE sw_status sw_powder_directions_report(sw_measurement *out, const sw_powder_fit *fit,
                                                  const sw_powder_best *best,
                                                  const sw_powder_directions *directions);

/* Numbers, tables, plots and notes. */
SW_MUST_USE sw_status sw_powder_fit_report(sw_measurement *out, sw_powder_fit *fit,
                                           const sw_powder_best *best,
                                           const sw_powder_profiles *profiles,
                                           const sw_powder_directions *directions, sw_error *error);

/* The fits of this room by index; NULL after the last. */
const sw_instrument *sw_run_fit(size_t index);

#endif
