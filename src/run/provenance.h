/* SPDX-License-Identifier: GPL-3.0-or-later */
/* run.json: what was run, how, where, and what came out. */
#ifndef SPILLWAY_RUN_PROVENANCE_H
#define SPILLWAY_RUN_PROVENANCE_H

#include "run/job.h"
#include "run/outputs.h"

typedef struct sw_provenance {
    const sw_job *job;
    const sw_run_options *options;
    uint64_t seed;
    int replicas;        /* 1: a single run */
    int replica_folders; /* made in the folder of the run; 0: a single run */
    int64_t started;     /* seconds since 1970 */
    double wall_seconds;
    uint64_t events;
    double simulated_seconds;
    uint64_t fingerprint;
    const char *status;        /* "running", "finished", "interrupted", "failed" */
    const sw_outputs *outputs; /* "headline" and "processes" are taken from here; may be NULL */
} sw_provenance;

SW_MUST_USE sw_status sw_provenance_write(const char *folder, const sw_provenance *provenance,
                                          sw_error *error);

#endif
