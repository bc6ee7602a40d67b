/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/driver.h"

static void summarise(sw_run_summary *summary, const sw_drive *drive) {
    *summary = (sw_run_summary){
        .time = drive->kept.point.time,
        .events = drive->kept.point.events,
        .counted = sw_job_counted(drive->job),
        .wall_seconds = sw_clock() - drive->pace.started,
        .fingerprint = drive->job->simulator->fingerprint(drive->state),
        .interrupted = drive->interrupted,
        .resumed = drive->resumed,
        .exhausted = drive->exhausted,
        .memory_bytes = drive->memory_bytes,
    };
}

sw_status sw_run_job(sw_run_summary *summary, const sw_job *job, const sw_run_options *options,
                     sw_context *context, sw_error *error) {
    sw_drive drive;
    *summary = (sw_run_summary){0};
    sw_status status = sw_drive_open(&drive, job, options, context, error);
    bool begun = status == SW_OK;
    if (status == SW_OK)
        status = sw_drive_loop(&drive, error);
    if (status == SW_OK)
        status = sw_drive_finish(&drive, error);
    if (status == SW_OK)
        summarise(summary, &drive);
    else if (begun && sw_drive_report(&drive, "failed", false, NULL) != SW_OK)
        sw_log(context, SW_LOG_DEBUG, "run.json could not be brought up to date");
    sw_drive_close(&drive);
    return status;
}

sw_status sw_run(sw_run_summary *summary, const sw_model *model, const sw_run_options *options,
                 sw_context *context, sw_error *error) {
    sw_job job;
    if (summary == NULL || options == NULL)
        return sw_error_set(error, SW_ERROR_ARGUMENT, summary == NULL ? "summary" : "options", NULL,
                            "a run needs options, and a place for its summary");
    sw_status status = sw_job_make(&job, model, error);
    if (status == SW_OK)
        status = sw_run_job(summary, &job, options, context, error);
    sw_job_clear(&job);
    return status;
}
