/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Run room: the driver that owns time, progress, output, checkpoints and stopping; run folders;
 * claims. A simulator only implements the operations below and knows nothing of files.
 *
 * A run folder holds
 *   model.yaml        the resolved model; loads again to the same run
 *   run.json          provenance (version, seed, settings, host, times), parameters, event counts
 *   series.csv        observables against time, one row an observation
 *   trajectory.xyz    extended XYZ frames
 *   NAME.csv          further tables of the simulator (histograms, event counts)
 *   plots.json        which columns belong in which plot
 *   claims.json       verdicts, where the run was a verification
 *   checkpoint        the last saved state
 *   report.html       made by the report room
 */
#ifndef SPILLWAY_RUN_H
#define SPILLWAY_RUN_H

#include <spillway/data.h>
#include <spillway/instrument.h>
#include <spillway/simulator.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- the simulators of this program (simulator.h) -------------------------------------------- */

SW_API size_t sw_simulator_count(void);
SW_API const sw_simulator *sw_simulator_at(size_t index);
SW_API const sw_simulator *sw_simulator_find(const char *name);

/* ---- runs ------------------------------------------------------------------------------------ */

typedef struct sw_run_options {
    const char *folder; /* made when missing; a folder that holds a run is refused unless
                                  resume or overwrite */
    bool resume, overwrite, quick;
    uint64_t seed;             /* 0: the model's */
    double until;              /* s of simulated time; 0: the model's */
    uint64_t until_events;     /* 0: the model's */
    double checkpoint_seconds; /* wall time between checkpoints; 0: 20 s */
    double wall_limit;         /* s; 0: none */
    /* kept in run.json, so that a folder tells how it was made; all may be NULL */
    const char *command;
    const sw_setting *settings;
    size_t setting_count;
    const char *const *without;
    size_t without_count;
} sw_run_options;

typedef struct sw_run_summary {
    double time; /* s, simulated */
    uint64_t events;
    const char *counted; /* what these are: "events", or "steps" of an integrator */
    double wall_seconds; /* of this call */
    uint64_t fingerprint;
    bool interrupted; /* stopped by cancel or the wall limit, checkpoint written */
    bool resumed;
    bool exhausted;      /* ended early: nothing could happen any more */
    size_t memory_bytes; /* estimate */
} sw_run_summary;

/* Runs a model into a folder. Cancelling the context saves a checkpoint and returns SW_OK with
 * summary->interrupted. */
SW_API SW_MUST_USE sw_status sw_run(sw_run_summary *summary, const sw_model *model,
                                    const sw_run_options *options, sw_context *context,
                                    sw_error *error);

/* Runs `replicas` runs with seeds seed, seed+1 ... into folder/replica-001 ..., on the context's
 * threads, and writes folder/series.csv with the mean of every column and its 95 % confidence
 * half-width ("NAME spread"). */
SW_API SW_MUST_USE sw_status sw_run_replicas(sw_run_summary *summary, const sw_model *model,
                                             const sw_run_options *options, int replicas,
                                             sw_context *context, sw_error *error);

/* A simulated time, s, in a unit that suits it ("12.3 us", "400 h") into text; returns text. */
SW_API const char *sw_simulated_time_text(char text[32], double seconds);

/* ---- claims ---------------------------------------------------------------------------------- */

typedef enum sw_verdict { SW_AGREES, SW_DISAGREES, SW_NOT_TESTED } sw_verdict;

typedef struct sw_claim {
    char id[64];
    char claim[256];
    char paper[128];
    double value, low, high; /* interval of `value`; NaN where not tested */
    char unit[32];
    sw_verdict verdict;
    char why[512];
} sw_claim;

/* How `why` begins after a quick run. */
#define SW_CLAIM_QUICK "quick run, few events: an indication only. "

typedef struct sw_verify_options {
    const char *folder;  /* runs are kept here */
    const char *claims;  /* "B1,B4", or NULL for all */
    const char *without; /* ablation: mechanism names, comma-separated, or NULL */
    const char *atoms;   /* of a recipe: a file to be measured instead of what it builds; or NULL */
    bool quick;
    bool resume; /* goes on with the runs of the folder that are of the same model and seed */
    uint64_t seed;
    int replicas;               /* 0: the default of each claim */
    sw_disturbance disturbance; /* of a recipe: as measuring takes it */
} sw_verify_options;

/* Runs what claims need and judges them; *claims belongs to the caller (free). `source` is the name of a
 * built-in model, or a path (with '/', or ending in .yaml) to a file of claims. Of a recipe: builds its
 * atoms (folder/atoms.xyz), or takes those of a file, surveys them with the plan's preset into
 * folder/survey, and compares the numbers with the paper's. */
SW_API SW_MUST_USE sw_status sw_verify(sw_claim **claims, size_t *count, const char *source,
                                       const sw_verify_options *options, sw_context *context,
                                       sw_error *error);
/* The JSON object of DESIGN: {"claims":[{id, claim, paper, value, interval, verdict, why}]}.
 * The text belongs to the caller (free). */
SW_API SW_MUST_USE sw_status sw_claims_json(char **text, const sw_claim *claims, size_t count);

/* ---- parameter sets that agree --------------------------------------------------------------- */

typedef struct sw_posterior_options {
    const char *folder; /* samples are kept here; the same call goes on from them */
    size_t samples;     /* wanted; 0: 1000 */
    size_t most_draws;  /* 0: 200 for each sample */
    uint64_t seed;      /* 0: 1 */
} sw_posterior_options;

/* A claim, or a parameter, over the samples: median and the middle 95 %. */
typedef struct sw_distribution {
    char id[64], what[192], paper[128], unit[32];
    bool calibrated;          /* what the samples were chosen by */
    double low, median, high; /* NaN where there is nothing */
    double agrees;            /* share of the samples that hold with the paper; NaN: no bounds */
} sw_distribution;

typedef struct sw_posterior {
    char model[64];
    size_t samples, draws, failed; /* failed: sets that could not be simulated */
    bool interrupted;
    size_t claims, parameters;
    sw_distribution *claim, *parameter;
} sw_posterior;

/*
 * Samples of the swept parameters of a model, `source` as in sw_verify, each within its range
 * (log-uniform from a factor of ten on), that agree with the calibrated claims; all other claims over
 * them. Rejection: draw i follows from seed and i alone, so samples are independent, and the same on any number of threads.
 * Cancelling leaves the samples so far, in `result` and in the folder, with result->interrupted.
 * Writes samples.csv, claims-posterior.csv, parameters-posterior.csv, draws.csv.
 */
SW_API SW_MUST_USE sw_status sw_posterior_sample(sw_posterior *result, const char *source,
                                                 const sw_posterior_options *options,
                                                 sw_context *context, sw_error *error);
SW_API void sw_posterior_clear(sw_posterior *result);
/* The text belongs to the caller (free). */
SW_API SW_MUST_USE sw_status sw_posterior_json(char **text, const sw_posterior *result);

/* ---- rate control ---------------------------------------------------------------------------- */

typedef struct sw_sensitivity_options {
    const char *folder;     /* runs are kept here, and used again when the analysis is repeated */
    const char *observable; /* a column of the series, positive; NULL: the turnover of a gas */
    bool quick;
    uint64_t seed; /* 0: the model's */
    int blocks;    /* 0: as many as make 16 pairs of runs, at least 2 */
    double step;   /* change of ln k; 0: 0.1 */
    const sw_setting *settings;
    size_t setting_count;
    const char *const *without;
    size_t without_count;
} sw_sensitivity_options;

typedef struct sw_rate_control {
    char process[64];
    double value, spread; /* d ln y / d ln k and the half-width of its 95 % interval */
} sw_rate_control;

typedef struct sw_sensitivity {
    char model[64];
    char observable[96], unit[32];
    double value, spread; /* of the observable, rate constants unchanged */
    size_t processes;
    sw_rate_control *process; /* in the order of the model */
    double sum, sum_spread;   /* of all values: 1 for a rate in a steady state */
    double bend, bend_spread; /* mean of ln y at both ends of the step, less that in the middle */
    double step;
    size_t runs;
} sw_sensitivity;

/*
 * Degree of rate control (Campbell, J. Catal. 204, 520 (2001)) of every process of a model: the
 * relative change of an observable when both rate constants of the process, forth and back, change
 * alike, so that no equilibrium does. Central differences in ln k over independent runs, all processes
 * changed in every run (src/run/sensitivity_design.h); the observable is the mean over time of the
 * rows after the first third. Runs on the context's threads. An interrupt returns
 * SW_ERROR_CANCELLED; the same call goes on. `source` is as in sw_model_load.
 */
SW_API SW_MUST_USE sw_status sw_sensitivity_analyse(sw_sensitivity *result, const char *source,
                                                    const sw_sensitivity_options *options,
                                                    sw_context *context, sw_error *error);
SW_API void sw_sensitivity_clear(sw_sensitivity *result);
/* The text belongs to the caller (free). */
SW_API SW_MUST_USE sw_status sw_sensitivity_json(char **text, const sw_sensitivity *result);

/* ---- measuring ------------------------------------------------------------------------------- */

/* The lists of instruments and of all that is written as one: see sw_instrument. */
typedef enum sw_registry {
    SW_INSTRUMENTS,
    SW_FITS,     /* of models to curves */
    SW_DIAGRAMS, /* of thermochemistry */
    SW_REGISTRIES
} sw_registry;

SW_API size_t sw_registry_count(sw_registry registry);
/* NULL behind the last. */
SW_API const sw_instrument *sw_registry_at(sw_registry registry, size_t index);
/* NULL where there is none of the name. */
SW_API const sw_instrument *sw_registry_find(sw_registry registry, const char *name);

typedef struct sw_measure_options {
    sw_registry registry;
    const char *instrument; /* its name there */
    const char *const
        *files; /* as many as the instrument has inputs; more where the last repeats */
    size_t file_count;
    ptrdiff_t frame;    /* of trajectories; negative from the end: -1 is the last */
    const char *only;   /* elements of which atoms are read, as sw_atoms_keep_elements takes
                                 them; NULL: all */
    const char *preset; /* or NULL */
    const char *const (*given)[2]; /* names and texts of parameters */
    size_t given_count;
    const char *folder; /* NULL: nothing is written */
    bool overwrite;
    const char *command;        /* kept in run.json; may be NULL */
    sw_disturbance disturbance; /* as below */
} sw_measure_options;

/*
 * With disturbance.draws > 0 what is measured is measured again on that many copies of the atoms (of
 * two files the last, as the first is the reference), each atom moved by a Gaussian and left out at
 * random as the disturbance says. Every number then has a 95 % interval about its value of
 * half-width t s, s the standard deviation over the n copies in which it was found and t Student's
 * for n - 1; where the instrument has an interval of its own, each side is the root of the sum of
 * both squares, as of independent errors (too wide where its own already holds some of this noise).
 * `shift` is the mean of the copies less the value: what as much noise once more does, and so, to
 * first order, what the noise in the data has done. The value itself is left as it is. Counter-based
 * random numbers by seed, copy and atom: the same on any number of threads. Copies are measured at
 * once on the threads of the context, as far as memory allows.
 */
/* SW_ERROR_ARGUMENT for 1 draw, a precision below 0 or a missing share outside 0 to 1. */
SW_API SW_MUST_USE sw_status sw_disturbance_check(const sw_disturbance *disturbance,
                                                  sw_error *error);

/*
 * Reads the files, measures and, with a folder, writes
 *   run.json         provenance, parameters, numbers with intervals, notes
 *   NAME.csv         the tables
 *   plots.json       which columns belong in which plot
 *   trajectory.xyz   the atoms with the columns that the instrument adds
 * from which sw_report makes a page. Nothing is written where measuring fails. *measurement belongs
 * to the caller; *settings, where not NULL, receives the parameters as they were used.
 */
SW_API SW_MUST_USE sw_status sw_measure_files(sw_measurement **measurement,
                                              sw_instrument_settings **settings,
                                              const sw_measure_options *options,
                                              sw_context *context, sw_error *error);
typedef struct sw_survey_options {
    const char *file; /* atoms */
    ptrdiff_t frame;  /* as above */
    const char *only;
    const char *preset; /* instruments that have it take part; NULL: all of one input of atoms
                           whose parameters have standards */
    const char *folder; /* written as by sw_measure_files */
    bool overwrite;
    const char *command;
    sw_disturbance disturbance; /* as above */
} sw_survey_options;

/* Measures atoms with all instruments that suit them: numbers are named "INSTRUMENT: NAME", and the atoms
 * carry all columns. What an instrument cannot measure becomes a note. */
SW_API SW_MUST_USE sw_status sw_survey(sw_measurement **measurement,
                                       const sw_survey_options *options, sw_context *context,
                                       sw_error *error);

/* {"instrument", "parameters", "values": {NAME: {"value", "interval", "unit"}}, "columns", "notes"}; the
 * caller's (free). */
SW_API SW_MUST_USE sw_status sw_measurement_json(char **text, const sw_measurement *measurement,
                                                 const sw_instrument_settings *settings);

#ifdef __cplusplus
}
#endif
#endif
