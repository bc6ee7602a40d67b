/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a model's claims.yaml asks for: named runs (settings on top of the model) and claims, each
 * a number measured from the runs with the bounds within which the paper's statement holds.
 */
#ifndef SPILLWAY_RUN_CLAIMS_PLAN_H
#define SPILLWAY_RUN_CLAIMS_PLAN_H

#include "model/arena.h"
#include "run/atom_statistics.h"

#include <spillway/run.h>

#define SW_PLAN_SETTINGS 16
#define SW_PLAN_WITHOUT 4
#define SW_PLAN_SWEEP 8
#define SW_PLAN_REPLICAS 64
#define SW_PLAN_PARAMETERS 12

typedef struct sw_planned_run {
    const char *name;
    sw_setting setting[SW_PLAN_SETTINGS];
    size_t settings;
    const char *without[SW_PLAN_WITHOUT];
    size_t withouts;
    uint64_t events, quick_events;
    double seconds; /* simulated, at most; 0: events alone end it */
} sw_planned_run;

/* What an instrument measures on the last frame of a run. Claims name its tables "NAME/TABLE"; its
 * numbers are the rows of "NAME/numbers". */
typedef struct sw_planned_measurement {
    const char *name, *instrument, *preset, *only; /* the last two or NULL */
    const char *given[SW_PLAN_PARAMETERS][2];
    size_t given_count;
} sw_planned_measurement;

/* Which number of a table: a row by name, or the first, last, mean or largest of a column, or the
 * relative change from first to last. */
typedef struct sw_measure {
    const char *run; /* NULL: the run of the sweep */
    const char *table, *column, *row;
    const struct sw_measure *minus, *over;
    /* instead of a table, of a survey of atoms: "INSTRUMENT: NAME"; or the mean of a column, or its
     * correlation with another, over atoms that others choose */
    const char *number, *mean, *correlation, *with;
    sw_atom_choice atoms;
    bool logarithm, magnitude;
    double scale;
} sw_measure;

typedef struct sw_planned_claim {
    const char *id, *claim, *paper, *unit, *note;
    const sw_measure *measure; /* NULL where another verb or model tests it: */
    const char *elsewhere;     /* "verify fe-ni-couple", or NULL */
    bool calibrated;           /* parameter sets of a posterior must agree with it */
    /* an onset: the first place of the sweep where the measure exceeds `threshold` */
    const char *sweep[SW_PLAN_SWEEP];
    double place[SW_PLAN_SWEEP];
    size_t sweeps;
    double threshold;
    double above, below; /* agrees when above < value < below; NaN: no bound; a known value gives
                            both: expected - tolerance and expected + tolerance */
} sw_planned_claim;

typedef struct sw_claims_plan {
    sw_arena arena;
    const char *model;         /* as sw_model_load takes it; NULL after sw_claims_plan_read */
    const char *preset, *only; /* of the survey of a recipe's atoms; or NULL */
    sw_planned_run build;      /* settings of the recipe */
    sw_planned_run posterior;  /* settings of the runs of a posterior: coarser, so that many fit */
    int replicas;              /* seeds behind each claim */
    int quick_replicas;        /* the same of quick runs */
    sw_planned_run *run;
    size_t runs;
    sw_planned_measurement *measurement;
    size_t measurements;
    sw_planned_claim *claim;
    size_t claims;
} sw_claims_plan;

/* Of a built-in model, or of a file of claims: `source` is a name or a path, as in sw_verify. Clear the
 * plan in any case. */
SW_MUST_USE sw_status sw_claims_plan_open(sw_claims_plan *plan, const char *source,
                                          sw_error *error);
/* Parses the text of such a file, which `file` names in messages. Clear the plan in any case. */
SW_MUST_USE sw_status sw_claims_plan_read(sw_claims_plan *plan, const char *file, const char *text,
                                          size_t length, sw_error *error);
void sw_claims_plan_clear(sw_claims_plan *plan);
/* Index of a run, or -1. */
int sw_claims_plan_find(const sw_claims_plan *plan, const char *run);
/* Index of the measurement that a table "NAME/TABLE" is of, or -1. */
int sw_claims_plan_measurement(const sw_claims_plan *plan, const char *table);

#endif
