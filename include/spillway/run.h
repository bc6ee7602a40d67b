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
#include <spillway/simulator.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- the simulators of this program (simulator.h) ---- */

SW_API size_t sw_simulator_count(void);
SW_API const sw_simulator *sw_simulator_at(size_t index);
SW_API const sw_simulator *sw_simulator_find(const char *name);

/* ---- runs ----------------------------------------------------------------------------------------------- */

typedef struct sw_run_options {
    const char *folder;        /* made when missing; a folder that holds a run is refused unless
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
    double time;               /* s, simulated */
    uint64_t events;
    double wall_seconds;       /* of this call */
    uint64_t fingerprint;
    bool interrupted;          /* stopped by cancel or the wall limit, checkpoint written */
    bool resumed;
    bool exhausted;            /* ended early: nothing could happen any more */
    size_t memory_bytes;       /* estimate */
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

/* ---- claims ---------------------------------------------------------------------------------------------- */

typedef enum sw_verdict { SW_AGREES, SW_DISAGREES, SW_NOT_TESTED } sw_verdict;

typedef struct sw_claim {
    char id[16];
    char claim[256];
    char paper[128];
    double value, low, high; /* interval of `value`; NaN where not tested */
    char unit[32];
    sw_verdict verdict;
    char why[512];
} sw_claim;

typedef struct sw_verify_options {
    const char *folder;  /* runs are kept here */
    const char *claims;  /* "B1,B4", or NULL for all */
    const char *without; /* ablation: mechanism names, comma-separated, or NULL */
    bool quick;
    uint64_t seed;
    int replicas;        /* 0: the default of each claim */
} sw_verify_options;

/* Runs what the claims of a built-in model need and judges them; *claims belongs to the caller
 * (free). */
SW_API SW_MUST_USE sw_status sw_verify(sw_claim **claims, size_t *count, const char *model,
                                       const sw_verify_options *options, sw_context *context,
                                       sw_error *error);
/* The JSON object of DESIGN: {"claims":[{id, claim, paper, value, interval, verdict, why}]}.
 * The text belongs to the caller (free). */
SW_API SW_MUST_USE sw_status sw_claims_json(char **text, const sw_claim *claims, size_t count);

#ifdef __cplusplus
}
#endif
#endif
