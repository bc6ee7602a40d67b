/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The beginning of a run: folder, memory, state. */
#include "run/driver.h"

#include "run/available_memory.h"
#include "run/outputs.h"

#include <spillway/io.h>

#include <inttypes.h>
#include <string.h>
#include <time.h>

#define SMALL_JOB ((size_t)256 << 20) /* bytes; said only above it */

static sw_status check_memory(sw_drive *drive, sw_error *error) {
    char need[32], have[32];
    const sw_job *job = drive->job;
    if (job->simulator->estimate == NULL)
        return SW_OK;
    sw_status status = job->simulator->estimate(&drive->memory_bytes, job->model, error);
    if (status != SW_OK)
        return status;
    size_t available = sw_available_memory("/proc/meminfo");
    sw_log_level level = drive->memory_bytes < SMALL_JOB ? SW_LOG_DEBUG : SW_LOG_INFO;
    sw_log(drive->context, level, "%s needs about %s of memory; %s are available", job->name,
           sw_memory_text(need, drive->memory_bytes),
           available > 0 ? sw_memory_text(have, available) : "an unknown number of bytes");
    return sw_memory_check(drive->memory_bytes, 1, available, job->name, error);
}

/* A checkpoint of another model or seed would go on silently with the wrong one. */
static sw_status check_same_run(const sw_drive *drive, const sw_checkpoint *found,
                                sw_error *error) {
    if (found->model_hash != sw_job_hash(drive->job))
        return sw_error_set(error, SW_ERROR_ARGUMENT, drive->folder.path,
                            "give the same model, --set and --without as before, or give the "
                            "model.yaml of this folder",
                            "the run in this folder was started with another model or settings");
    if (drive->options->seed != 0 && drive->options->seed != found->seed)
        return sw_error_set(error, SW_ERROR_ARGUMENT, drive->folder.path,
                            "leave --seed away to go on with the seed of the run",
                            "the run in this folder has seed %" PRIu64 ", not %" PRIu64,
                            found->seed, drive->options->seed);
    return SW_OK;
}

static sw_status find_checkpoint(sw_drive *drive, sw_error *error) {
    bool found = false;
    if (drive->options->resume) {
        sw_status status =
            sw_checkpoint_load(&drive->kept, &found, drive->folder.path, drive->context, error);
        if (status != SW_OK)
            return status;
    }
    drive->resumed = found;
    drive->exhausted = found && drive->kept.exhausted;
    if (found)
        return check_same_run(drive, &drive->kept, error);
    if (drive->options->resume)
        sw_log(drive->context, SW_LOG_WARNING,
               "%s holds no checkpoint to go on from; starting from the beginning",
               drive->folder.path);
    drive->kept = (sw_checkpoint){.model_hash = sw_job_hash(drive->job),
                                  .seed = sw_job_seed(drive->job, drive->options),
                                  .started = (int64_t)time(NULL)};
    return SW_OK;
}

static sw_status open_outputs(sw_drive *drive, sw_error *error) {
    const char *folder = drive->folder.path;
    sw_status status = sw_series_open(&drive->series, folder, drive->kept.series_length, error);
    if (status == SW_OK && drive->job->simulator->snapshot != NULL)
        status =
            sw_trajectory_open(&drive->trajectory, folder, drive->kept.trajectory_length, error);
    return status;
}

static sw_status make_state(sw_drive *drive, sw_error *error) {
    const sw_job *job = drive->job;
    sw_status status =
        job->simulator->create(&drive->state, job->model, drive->kept.seed, drive->context, error);
    if (status != SW_OK || !drive->resumed)
        return status;
    status = job->simulator->restore(drive->state, drive->kept.state.data, drive->kept.state.size,
                                     error);
    sw_bytes_clear(&drive->kept.state);
    return status;
}

static sw_status write_model(const sw_drive *drive, sw_error *error) {
    char path[SW_PATH_SIZE];
    const char *text = drive->job->resolved_text;
    sw_status status = sw_folder_path(path, drive->folder.path, "model.yaml", error);
    if (status == SW_OK)
        status = sw_replace_file(path, text, strlen(text), error);
    return status;
}

/* Row 0, frame 0 and a first checkpoint, so that a run can be resumed from its first moment. */
static sw_status begin(sw_drive *drive, sw_error *error) {
    const sw_simulator *simulator = drive->job->simulator;
    const sw_plot *plots = NULL;
    size_t plot_count = simulator->plots != NULL ? simulator->plots(drive->state, &plots) : 0;
    sw_status status = write_model(drive, error);
    if (status == SW_OK)
        status = sw_drive_report(drive, "running", false, error);
    if (status == SW_OK)
        status = sw_plots_write(drive->folder.path, plots, plot_count, error);
    if (status != SW_OK || drive->resumed)
        return status;
    status = sw_drive_observe(drive, error);
    if (status == SW_OK)
        status = sw_drive_snapshot(drive, error);
    drive->kept.point.observations = 1;
    drive->kept.point.snapshots = 1;
    return status == SW_OK ? sw_drive_save(drive, error) : status;
}

sw_status sw_drive_open(sw_drive *drive, const sw_job *job, const sw_run_options *options,
                        sw_context *context, sw_error *error) {
    *drive = (sw_drive){.job = job, .options = options, .context = context};
    drive->folder.lock = -1;
    drive->series.file = -1;
    sw_status status =
        sw_schedule_make(&drive->schedule, &job->settings, options, job->name, error);
    if (status == SW_OK)
        status = check_memory(drive, error);
    if (status == SW_OK)
        status = sw_folder_open(&drive->folder, options, error);
    if (status == SW_OK)
        status = find_checkpoint(drive, error);
    drive->wall_before = drive->kept.wall_seconds;
    sw_pace_start(&drive->pace, sw_schedule_fraction(&drive->schedule, &drive->kept.point),
                  drive->kept.point.events, sw_job_counted(drive->job));
    drive->saved_at = drive->pace.started;
    if (status == SW_OK)
        status = make_state(drive, error);
    if (status == SW_OK)
        status = open_outputs(drive, error);
    if (status == SW_OK)
        status = begin(drive, error);
    return status;
}
