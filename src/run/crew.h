/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Replicas on threads. Each has a folder, a seed and a context of its own; the calling thread
 * passes cancellation down and progress and log up, so that the caller's functions are only ever
 * called one at a time.
 */
#ifndef SPILLWAY_RUN_CREW_H
#define SPILLWAY_RUN_CREW_H

#include "run/folder.h"
#include "run/job.h"

#include <pthread.h>

struct sw_crew;

struct sw_replica;
/* Runs one replica, where the crew is not to run its job as it is. Called on several threads. */
typedef sw_status (*sw_crew_run)(struct sw_replica *replica, void *user);

typedef struct sw_replica {
    struct sw_crew *crew;
    char folder[SW_PATH_SIZE];
    sw_run_options options;
    sw_context *context;
    sw_run_summary summary;
    sw_status status;
    sw_error error;
    double fraction;
    bool done;
} sw_replica;

typedef struct sw_crew {
    const sw_job *job;
    sw_context *context; /* the caller's */
    sw_replica *replica;
    size_t count;
    sw_crew_run run;      /* NULL: sw_run_job with the job */
    void *user;           /* of run */
    double started;       /* s on the steady clock: the work */
    double deadline;      /* s on the steady clock; 0: none */
    pthread_mutex_t lock; /* guards everything below, fraction, done and the caller's log */
    pthread_cond_t change;
    size_t next, finished;
    bool stopping;
} sw_crew;

/* Prepares `count` replicas in folder/replica-001 ...; then runs them; then releases them. */
SW_MUST_USE sw_status sw_crew_create(sw_crew *crew, const sw_job *job,
                                     const sw_run_options *options, size_t count,
                                     sw_context *context, sw_error *error);
/* The first error of a replica ends the others at their next checkpoint and is returned. */
SW_MUST_USE sw_status sw_crew_work(sw_crew *crew, sw_error *error);
void sw_crew_destroy(sw_crew *crew);

#endif
