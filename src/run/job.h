/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A job: what the driver is to run. It is made from a model; a test fills it by hand with a
 * simulator of its own, so the driver depends on no particular simulator.
 */
#ifndef SPILLWAY_RUN_JOB_H
#define SPILLWAY_RUN_JOB_H

#include <spillway/run.h>

typedef struct sw_job {
    const sw_simulator *simulator;
    const sw_model *model; /* handed to the simulator */
    const char *name, *title, *description, *citation;
    const char *resolved_text;
    sw_run_settings settings;
    size_t parameters;
    sw_parameter *parameter;
} sw_job;

/* All texts stay the model's, which must outlive the job. */
SW_MUST_USE sw_status sw_job_make(sw_job *job, const sw_model *model, sw_error *error);
void sw_job_clear(sw_job *job);
/* An error where the lattice is cut into domains; `what` is to be made of many runs: "replicas". */
SW_MUST_USE sw_status sw_job_refuse_domains(const sw_job *job, const char *what, sw_error *error);

/* The seed of a run: the option's, else the model's, else 1. */
uint64_t sw_job_seed(const sw_job *job, const sw_run_options *options);
/* Tells whether two runs are of the same model, whatever their seeds and ends. */
uint64_t sw_job_hash(const sw_job *job);

/* Whether the newest checkpoint of a folder is of this job and seed, so that the run can go on. */
bool sw_job_can_resume(const sw_job *job, const char *folder, uint64_t seed, sw_context *context);

/* What the events of its simulator are called. */
const char *sw_job_counted(const sw_job *job);

/* Runs a job into options->folder: the whole of sw_run. */
SW_MUST_USE sw_status sw_run_job(sw_run_summary *summary, const sw_job *job,
                                 const sw_run_options *options, sw_context *context,
                                 sw_error *error);
/* The whole of sw_run_replicas. */
SW_MUST_USE sw_status sw_run_job_replicas(sw_run_summary *summary, const sw_job *job,
                                          const sw_run_options *options, int replicas,
                                          sw_context *context, sw_error *error);

#endif
