/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A run in progress: the simulator's state with everything the driver keeps about it.
 *
 *   open    folder locked, memory checked, state made or restored, outputs cut to the checkpoint
 *   loop    advance to the next horizon; observe, snapshot, checkpoint; until the end or a stop
 *   close   last checkpoint, closing row and frame, tables, run.json
 *
 * The last checkpoint is saved before the closing row and frame, which are not at regular points:
 * a run that is resumed to go further cuts them off again.
 */
#ifndef SPILLWAY_RUN_DRIVER_H
#define SPILLWAY_RUN_DRIVER_H

#include "run/checkpoint.h"
#include "run/folder.h"
#include "run/job.h"
#include "run/pace.h"
#include "run/schedule.h"
#include "run/series.h"

typedef struct sw_drive {
    const sw_job *job;
    const sw_run_options *options;
    sw_context *context;
    sw_folder folder;
    sw_schedule schedule;
    sw_checkpoint kept; /* position, lengths, seed; its state bytes are filled when it is saved */
    sw_series series;
    sw_trajectory trajectory;
    sw_pace pace;
    void *state;
    double saved_at;    /* s on the steady clock: the last checkpoint */
    double wall_before; /* s spent by earlier calls */
    bool resumed, exhausted, interrupted;
    size_t memory_bytes;
} sw_drive;

SW_MUST_USE sw_status sw_drive_open(sw_drive *drive, const sw_job *job,
                                    const sw_run_options *options, sw_context *context,
                                    sw_error *error);
SW_MUST_USE sw_status sw_drive_loop(sw_drive *drive, sw_error *error);
SW_MUST_USE sw_status sw_drive_finish(sw_drive *drive, sw_error *error);
void sw_drive_close(sw_drive *drive);

/* Appends a row of the series, or a frame, at the present place. */
SW_MUST_USE sw_status sw_drive_observe(sw_drive *drive, sw_error *error);
SW_MUST_USE sw_status sw_drive_snapshot(sw_drive *drive, sw_error *error);
/* Saves the state, then the tables and run.json. */
SW_MUST_USE sw_status sw_drive_save(sw_drive *drive, sw_error *error);
/* Writes run.json, and the tables where write_tables. */
SW_MUST_USE sw_status sw_drive_report(sw_drive *drive, const char *status, bool write_tables,
                                      sw_error *error);

#endif
