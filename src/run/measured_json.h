/* SPDX-License-Identifier: GPL-3.0-or-later */
/* run.json of a measurement, in the form that the report reads. */
#ifndef SPILLWAY_RUN_MEASURED_JSON_H
#define SPILLWAY_RUN_MEASURED_JSON_H

#include <spillway/run.h>

/* How a measurement was made. */
typedef struct sw_measured_how {
    const char *instrument, *summary, *citation; /* of all that took part */
    sw_instrument_settings *const *settings;     /* [setting_count] of each instrument */
    size_t setting_count;
    const char *const *files;
    size_t file_count;
    bool repeats;                        /* the files are of one kind */
    const char *only, *preset, *command; /* or NULL */
    const char *folder;
    bool overwrite;
    double started; /* s, of sw_clock */
} sw_measured_how;

SW_MUST_USE sw_status sw_measured_json_write(const sw_measurement *measurement,
                                             const sw_measured_how *how, sw_error *error);

#endif
