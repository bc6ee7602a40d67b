/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/crew.h"

#include "base/memory.h"
#include "run/pace.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define LOOK_NANOSECONDS 50000000 /* between two looks at the caller's cancel flag */

static void pass_log(void *user, sw_log_level level, const char *message) {
    sw_replica *replica = user;
    pthread_mutex_lock(&replica->crew->lock);
    /* what is of no news after the first replica stays silent */
    if (level != SW_LOG_INFO || replica == &replica->crew->replica[0])
        sw_log(replica->crew->context, level, "%s", message);
    pthread_mutex_unlock(&replica->crew->lock);
}

static void pass_progress(void *user, double fraction, const char *message) {
    (void)message;
    sw_replica *replica = user;
    pthread_mutex_lock(&replica->crew->lock);
    replica->fraction = fraction;
    pthread_mutex_unlock(&replica->crew->lock);
}

static sw_status prepare(sw_crew *crew, const sw_run_options *options, size_t index,
                         sw_error *error) {
    char name[SW_REPLICA_NAME_SIZE];
    sw_replica *replica = &crew->replica[index];
    sw_folder_replica_name(name, index);
    sw_status status = sw_folder_path(replica->folder, options->folder, name, error);
    if (status == SW_OK && sw_context_create(&replica->context) != SW_OK)
        status = sw_error_set(error, SW_ERROR_MEMORY, name, NULL, "no memory for a replica");
    if (status != SW_OK)
        return status;
    replica->crew = crew;
    replica->options = *options;
    replica->options.folder = replica->folder;
    replica->options.seed = sw_job_seed(crew->job, options) + index;
    sw_context_set_log(replica->context, pass_log, replica);
    sw_context_set_progress(replica->context, pass_progress, replica);
    return SW_OK;
}

sw_status sw_crew_create(sw_crew *crew, const sw_job *job, const sw_run_options *options,
                         size_t count, sw_context *context, sw_error *error) {
    *crew = (sw_crew){.job = job, .context = context, .count = count};
    pthread_mutex_init(&crew->lock, NULL);
    pthread_cond_init(&crew->change, NULL);
    if (options->wall_limit > 0)
        crew->deadline = sw_clock() + options->wall_limit;
    crew->replica = sw_allocate(count, sizeof *crew->replica);
    if (crew->replica == NULL)
        return sw_error_set(error, SW_ERROR_MEMORY, "replicas", NULL, "no memory for %zu replicas",
                            count);
    sw_status status = SW_OK;
    for (size_t i = 0; i < count && status == SW_OK; i++)
        status = prepare(crew, options, i, error);
    return status;
}

/* A replica that starts late has only the rest of the time. */
static bool limit_time(const sw_crew *crew, sw_replica *replica) {
    if (crew->deadline <= 0)
        return true;
    replica->options.wall_limit = crew->deadline - sw_clock();
    return replica->options.wall_limit > 0;
}

static void run_replica(sw_crew *crew, sw_replica *replica) {
    if (!limit_time(crew, replica))
        replica->summary.interrupted = true;
    else if (crew->run != NULL)
        replica->status = crew->run(replica, crew->user);
    else
        replica->status = sw_run_job(&replica->summary, crew->job, &replica->options,
                                     replica->context, &replica->error);
}

static void *work(void *user) {
    sw_crew *crew = user;
    pthread_mutex_lock(&crew->lock);
    while (crew->next < crew->count) {
        sw_replica *replica = &crew->replica[crew->next++];
        if (crew->stopping) {
            replica->summary.interrupted = true;
        } else {
            pthread_mutex_unlock(&crew->lock);
            run_replica(crew, replica);
            pthread_mutex_lock(&crew->lock);
        }
        replica->done = true;
        crew->finished++;
        pthread_cond_signal(&crew->change);
    }
    pthread_mutex_unlock(&crew->lock);
    return NULL;
}

static void stop_all(sw_crew *crew) {
    crew->stopping = true;
    for (size_t i = 0; i < crew->count; i++)
        sw_context_cancel(crew->replica[i].context);
}

/* The status of a replica is its thread's until it is done. */
static bool has_failure(const sw_crew *crew) {
    for (size_t i = 0; i < crew->count; i++)
        if (crew->replica[i].done && crew->replica[i].status != SW_OK)
            return true;
    return false;
}

static void tell_progress(const sw_crew *crew) {
    double sum = 0;
    for (size_t i = 0; i < crew->count; i++)
        sum += crew->replica[i].done ? 1 : fmax(0, crew->replica[i].fraction);
    if (has_failure(crew))
        return;
    char left[32] = "";
    double fraction = sum / (double)crew->count;
    if (fraction > 0)
        sw_wall_time_text(left, (sw_clock() - crew->started) * (1 - fraction) / fraction);
    sw_progress(crew->context, fraction, "%zu of %zu runs done%s%s%s", crew->finished, crew->count,
                fraction > 0 ? ", " : "", left, fraction > 0 ? " left" : "");
}

static void watch(sw_crew *crew) {
    pthread_mutex_lock(&crew->lock);
    while (crew->finished < crew->count) {
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += LOOK_NANOSECONDS;
        until.tv_sec += until.tv_nsec / 1000000000;
        until.tv_nsec %= 1000000000;
        pthread_cond_timedwait(&crew->change, &crew->lock, &until);
        if (!crew->stopping && (sw_context_cancelled(crew->context) || has_failure(crew)))
            stop_all(crew);
        tell_progress(crew);
    }
    pthread_mutex_unlock(&crew->lock);
}

static sw_status first_error(const sw_crew *crew, sw_error *error) {
    for (size_t i = 0; i < crew->count; i++)
        if (crew->replica[i].status != SW_OK) {
            if (error != NULL)
                *error = crew->replica[i].error;
            return crew->replica[i].status;
        }
    return SW_OK;
}

sw_status sw_crew_work(sw_crew *crew, sw_error *error) {
    int threads = sw_context_threads(crew->context);
    size_t wanted = threads < 1 ? 1 : (size_t)threads;
    if (wanted > crew->count)
        wanted = crew->count;
    pthread_t *thread = sw_allocate(wanted, sizeof *thread);
    size_t made = 0;
    crew->started = sw_clock();
    while (thread != NULL && made < wanted && pthread_create(&thread[made], NULL, work, crew) == 0)
        made++;
    if (made > 0)
        watch(crew);
    for (size_t i = 0; i < made; i++)
        pthread_join(thread[i], NULL);
    free(thread);
    if (made == 0)
        return sw_error_set(error, SW_ERROR_MEMORY, "replicas", "end other programs",
                            "no thread could be started");
    return first_error(crew, error);
}

void sw_crew_destroy(sw_crew *crew) {
    for (size_t i = 0; crew->replica != NULL && i < crew->count; i++)
        sw_context_destroy(crew->replica[i].context);
    free(crew->replica);
    pthread_cond_destroy(&crew->change);
    pthread_mutex_destroy(&crew->lock);
}
