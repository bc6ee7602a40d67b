/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What every simulator offers to the driver, and what the driver asks of it. A simulator advances
 * time and answers; files, checkpoints, progress and stopping are the driver's (run.h).
 */
#ifndef SPILLWAY_SIMULATOR_H
#define SPILLWAY_SIMULATOR_H

#include <spillway/data.h>
#include <spillway/model.h>

#ifdef __cplusplus
extern "C" {
#endif

/* How far an advance may go: it stops at whichever comes first. */
typedef struct sw_horizon {
    double time;     /* s */
    uint64_t events; /* counted from the start of the run */
} sw_horizon;

/* State is an opaque simulator object. All operations return a status; *error may be filled. */
typedef struct sw_simulator {
    const char *name;
    const char *summary;
    bool deterministic;  /* nothing is left to chance: every seed gives the same run */
    const char *counted; /* what `events` counts; NULL: "events" */
    sw_status (*create)(void **state, const sw_model *model, uint64_t seed, sw_context *context,
                        sw_error *error);
    void (*destroy)(void *state);
    /* bytes of memory that create will need, from the model alone */
    sw_status (*estimate)(size_t *bytes, const sw_model *model, sw_error *error);
    /* Advances to the horizon, or until nothing can happen any more (*finished = true). */
    sw_status (*advance)(void *state, sw_horizon horizon, bool *finished, sw_error *error);
    double (*time)(const void *state);
    uint64_t (*events)(const void *state);
    /* Adds the columns of the series to an empty table; then appends one row per call. */
    sw_status (*describe_series)(const void *state, sw_table *series);
    sw_status (*observe)(void *state, sw_table *series, sw_error *error);
    /* NULL in the row of a simulator without atoms, whose runs have no frames. */
    sw_status (*snapshot)(const void *state, sw_atoms **atoms, sw_error *error);
    /* Further tables at the end of a run: index 0, 1, ... until *table is NULL. */
    sw_status (*table)(const void *state, size_t index, const char **name, sw_table **table,
                       sw_error *error);
    size_t (*plots)(const void *state, const sw_plot **plots);
    /* The whole state, so that a restored run goes on bit for bit. */
    sw_status (*save)(const void *state, sw_bytes *bytes, sw_error *error);
    sw_status (*restore)(void *state, const void *bytes, size_t size, sw_error *error);
    /* A hash of the trajectory so far (identical runs have identical hashes). */
    uint64_t (*fingerprint)(const void *state);
} sw_simulator;

#ifdef __cplusplus
}
#endif
#endif
