/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conversion curves of one reaction under several programmes, and where they reach given
 * conversions. */
#ifndef SPILLWAY_CURVES_KINETIC_RUNS_H
#define SPILLWAY_CURVES_KINETIC_RUNS_H

#include "curves/arrhenius.h"
#include "curves/tga_conversion.h"

enum { SW_RUN_POINTS = 1001, SW_MOST_RUNS = 16, SW_MOST_LEVELS = 99 };

typedef struct sw_kinetic_run {
    sw_curve curve;
    sw_conversion conversion; /* SW_RUN_POINTS */
    sw_programme programme;   /* of the conversion's points */
    double heating_rate;      /* K/s, mean over conversion 0.02 to 0.98 */
    bool linear;              /* within 2 % of a straight line there, and heated */
    char name[64];            /* of the file */
} sw_kinetic_run;

/* What a run does at the levels of conversion. */
typedef struct sw_levels {
    double time[SW_MOST_LEVELS], temperature[SW_MOST_LEVELS], rate[SW_MOST_LEVELS];
} sw_levels;

typedef struct sw_kinetic_runs {
    size_t count;
    sw_kinetic_run *run;
    size_t levels;
    double level[SW_MOST_LEVELS];
    sw_levels *at;    /* [count] */
    double reference; /* K, mean temperature at conversion 0.5 */
} sw_kinetic_runs;

/*
 * Reads all tables of `inputs` (ended by SW_NOUN_NONE) and orders them by heating rate. The levels
 * are step, 2 step ... below 1. Refused with the file: a run that does not reach a level, or whose
 * smooth conversion has no rate there. Cleared by the caller whatever the result.
 */
SW_MUST_USE sw_status sw_kinetic_runs_create(sw_kinetic_runs *runs, const sw_content *inputs,
                                             double step, const sw_instrument_settings *settings,
                                             sw_error *error);
void sw_kinetic_runs_clear(sw_kinetic_runs *runs);
/* Notes of reading, and a number and a note on the smoothing of every run. */
SW_MUST_USE sw_status sw_kinetic_runs_report(const sw_kinetic_runs *runs,
                                             sw_measurement *measurement);
/* Whether a level is one of 0.1 to 0.9, which energies are told over. */
bool sw_kinetic_in_middle(double level);
/* The time at which a run reaches a conversion; NaN where it does not. */
double sw_kinetic_run_time(const sw_kinetic_run *run, double level);

#endif
