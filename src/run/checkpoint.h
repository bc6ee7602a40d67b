/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The checkpoint file. All numbers little-endian:
 *
 *   0   8  "SPILLWAY"
 *   8   4  version of this layout (1)
 *  12   4  1 where nothing can happen any more, else 0
 *  16   8  size of the whole file in bytes
 *  24   8  hash of the model (simulator name and resolved text)
 *  32   8  seed
 *  40   8  simulated time, s (IEEE double)
 *  48   8  events
 *  56   8  next observation point
 *  64   8  next snapshot point
 *  72   8  simulated time of the last row of the series
 *  80   8  events at the last row
 *  88   8  events at the last frame, plus one; 0: no frame yet
 *  96   8  bytes of series.csv
 * 104   8  bytes of trajectory.xyz
 * 112   8  wall time spent so far, s (IEEE double)
 * 120   8  first start, seconds since 1970
 * 128   n  state, as the simulator saved it
 *  +n   8  FNV-1a 64 of everything before
 *
 * Written to checkpoint.new, synced and renamed; the one before stays as checkpoint.previous.
 */
#ifndef SPILLWAY_RUN_CHECKPOINT_H
#define SPILLWAY_RUN_CHECKPOINT_H

#include <spillway/run.h>

#include "run/schedule.h"

typedef struct sw_checkpoint {
    bool exhausted; /* nothing can happen any more */
    uint64_t model_hash, seed;
    sw_progress_point point;
    double observed_time; /* s: the last row */
    uint64_t observed_events;
    uint64_t framed_events;                    /* events at the last frame + 1 */
    uint64_t series_length, trajectory_length; /* bytes */
    double wall_seconds;
    int64_t started;
    sw_bytes state;
} sw_checkpoint;

void sw_checkpoint_clear(sw_checkpoint *checkpoint);

/* The bytes of the file, appended to *bytes; and back. Damaged bytes are SW_ERROR_FORMAT. */
SW_MUST_USE sw_status sw_checkpoint_encode(sw_bytes *bytes, const sw_checkpoint *checkpoint);
SW_MUST_USE sw_status sw_checkpoint_decode(sw_checkpoint *checkpoint, const void *bytes,
                                           size_t size, const char *place, sw_error *error);

/* A full disk is an error that leaves the earlier checkpoints as they are. */
SW_MUST_USE sw_status sw_checkpoint_write(const char *folder, const sw_checkpoint *checkpoint,
                                          sw_error *error);
/*
 * The newest valid checkpoint of a folder, whose series and trajectory are all there. A damaged
 * newer one is passed over with a warning. *found is false where the folder holds none at all;
 * an error where it holds some and none can be used.
 */
SW_MUST_USE sw_status sw_checkpoint_load(sw_checkpoint *checkpoint, bool *found, const char *folder,
                                         sw_context *context, sw_error *error);

#endif
