/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/driver.h"

#include "base/number.h"
#include "run/outputs.h"
#include "run/provenance.h"

#include <stdio.h>

#define STANDARD_CHECKPOINT_SECONDS 20

static double wall_seconds(const sw_drive *drive) {
    return sw_clock() - drive->pace.started;
}

sw_status sw_drive_observe(sw_drive *drive, sw_error *error) {
    const sw_simulator *simulator = drive->job->simulator;
    sw_table *row = NULL;
    sw_status status = sw_table_create(&row);
    if (status == SW_OK)
        status = simulator->describe_series(drive->state, row);
    if (status != SW_OK)
        sw_error_set(error, status, "series", NULL, "no memory for a row of the series");
    else
        status = simulator->observe(drive->state, row, error);
    if (status == SW_OK)
        status = sw_series_append(&drive->series, row, error);
    sw_table_destroy(row);
    drive->kept.observed_time = drive->kept.point.time;
    drive->kept.observed_events = drive->kept.point.events;
    return status;
}

/* A frame says when it was taken, also where the simulator did not. */
static sw_status add_notes(const sw_drive *drive, sw_atoms *atoms) {
    char time[SW_NUMBER_SIZE], events[SW_NUMBER_SIZE];
    sw_status status = SW_OK;
    if (sw_atoms_note(atoms, "time") == NULL)
        status = sw_atoms_set_note(atoms, "time", sw_number_print(time, drive->kept.point.time));
    if (status == SW_OK && sw_atoms_note(atoms, "events") == NULL) {
        snprintf(events, sizeof events, "%llu", (unsigned long long)drive->kept.point.events);
        status = sw_atoms_set_note(atoms, "events", events);
    }
    return status;
}

sw_status sw_drive_snapshot(sw_drive *drive, sw_error *error) {
    sw_atoms *atoms = NULL;
    if (drive->job->simulator->snapshot == NULL)
        return SW_OK;
    sw_status status = drive->job->simulator->snapshot(drive->state, &atoms, error);
    if (status == SW_OK && add_notes(drive, atoms) != SW_OK)
        status = sw_error_set(error, SW_ERROR_MEMORY, "trajectory", NULL, "no memory for a frame");
    if (status == SW_OK)
        status = sw_trajectory_append(&drive->trajectory, atoms, error);
    sw_atoms_destroy(atoms);
    drive->kept.framed_events = drive->kept.point.events + 1;
    return status;
}

sw_status sw_drive_report(sw_drive *drive, const char *status_name, bool write_tables,
                          sw_error *error) {
    const sw_job *job = drive->job;
    sw_outputs outputs = {0};
    sw_status status = sw_outputs_collect(&outputs, job->simulator, drive->state, error);
    if (status == SW_OK && write_tables)
        status = sw_outputs_write(&outputs, drive->folder.path, error);
    sw_provenance provenance = {
        .job = job,
        .options = drive->options,
        .seed = drive->kept.seed,
        .replicas = 1,
        .started = drive->kept.started,
        .wall_seconds = drive->wall_before + wall_seconds(drive),
        .events = drive->kept.point.events,
        .simulated_seconds = drive->kept.point.time,
        .fingerprint = job->simulator->fingerprint(drive->state),
        .status = status_name,
        .outputs = &outputs,
    };
    if (status == SW_OK)
        status = sw_provenance_write(drive->folder.path, &provenance, error);
    sw_outputs_clear(&outputs);
    return status;
}

/* Frames are synced as they are written; rows are synced here, before the checkpoint that counts
 * on them. */
static sw_status save_state(sw_drive *drive, sw_error *error) {
    sw_status status = sw_series_sync(&drive->series, error);
    if (status != SW_OK)
        return status;
    drive->kept.series_length = drive->series.length;
    drive->kept.trajectory_length = drive->trajectory.length;
    drive->kept.wall_seconds = drive->wall_before + wall_seconds(drive);
    drive->kept.exhausted = drive->exhausted;
    status = drive->job->simulator->save(drive->state, &drive->kept.state, error);
    if (status == SW_OK)
        status = sw_checkpoint_write(drive->folder.path, &drive->kept, error);
    sw_bytes_clear(&drive->kept.state);
    drive->saved_at = sw_clock();
    return status;
}

sw_status sw_drive_save(sw_drive *drive, sw_error *error) {
    sw_status status = save_state(drive, error);
    return status == SW_OK ? sw_drive_report(drive, "running", true, error) : status;
}

static bool must_stop(const sw_drive *drive) {
    double limit = drive->options->wall_limit;
    return sw_context_cancelled(drive->context) || (limit > 0 && wall_seconds(drive) >= limit);
}

static bool must_save(const sw_drive *drive) {
    double seconds = drive->options->checkpoint_seconds;
    if (!(seconds > 0))
        seconds = STANDARD_CHECKPOINT_SECONDS;
    return sw_clock() - drive->saved_at >= seconds;
}

static sw_status advance(sw_drive *drive, sw_error *error) {
    const sw_simulator *simulator = drive->job->simulator;
    sw_progress_point *point = &drive->kept.point;
    double time = point->time;
    uint64_t events = point->events;
    sw_status status = simulator->advance(drive->state, sw_schedule_next(&drive->schedule, point),
                                          &drive->exhausted, error);
    point->time = simulator->time(drive->state);
    point->events = simulator->events(drive->state);
    bool cancelled = sw_context_cancelled(drive->context);
    if (status == SW_ERROR_CANCELLED && cancelled)
        return SW_OK;
    if (status == SW_OK && !drive->exhausted && !cancelled && point->time <= time &&
        point->events == events)
        status = sw_error_set(error, SW_ERROR_NUMERIC, simulator->name,
                              "look for a process that is far too fast for the length of the run",
                              "the simulated time stands still at %g s after %llu events", time,
                              (unsigned long long)events);
    return status;
}

static sw_status record(sw_drive *drive, sw_error *error) {
    sw_status status = SW_OK;
    if (sw_schedule_observe(&drive->schedule, &drive->kept.point))
        status = sw_drive_observe(drive, error);
    if (status == SW_OK && sw_schedule_snapshot(&drive->schedule, &drive->kept.point))
        status = sw_drive_snapshot(drive, error);
    return status;
}

sw_status sw_drive_loop(sw_drive *drive, sw_error *error) {
    sw_progress_point *point = &drive->kept.point;
    sw_status status = SW_OK;
    while (status == SW_OK && !drive->exhausted && !sw_schedule_ended(&drive->schedule, point)) {
        if (must_stop(drive)) {
            drive->interrupted = true;
            break;
        }
        status = advance(drive, error);
        if (status == SW_OK)
            status = record(drive, error);
        if (status == SW_OK && must_save(drive))
            status = sw_drive_save(drive, error);
        sw_pace_tell(&drive->pace, drive->context, sw_schedule_fraction(&drive->schedule, point),
                     point->time, point->events);
    }
    return status;
}

static sw_status closing_row_and_frame(sw_drive *drive, sw_error *error) {
    const sw_checkpoint *kept = &drive->kept;
    sw_status status = SW_OK;
    if (kept->observed_time < kept->point.time || kept->observed_events != kept->point.events)
        status = sw_drive_observe(drive, error);
    if (status == SW_OK && kept->framed_events != kept->point.events + 1)
        status = sw_drive_snapshot(drive, error);
    if (status == SW_OK)
        status = sw_series_sync(&drive->series, error);
    return status;
}

sw_status sw_drive_finish(sw_drive *drive, sw_error *error) {
    sw_status status = save_state(drive, error);
    if (status == SW_OK && !drive->interrupted)
        status = closing_row_and_frame(drive, error);
    if (status == SW_OK)
        status =
            sw_drive_report(drive, drive->interrupted ? "interrupted" : "finished", true, error);
    return status;
}

void sw_drive_close(sw_drive *drive) {
    if (drive->state != NULL)
        drive->job->simulator->destroy(drive->state);
    sw_series_close(&drive->series);
    sw_checkpoint_clear(&drive->kept);
    sw_folder_close(&drive->folder);
    *drive = (sw_drive){.folder.lock = -1, .series.file = -1};
}
