/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Files that grow during a run: series.csv row by row, trajectory.xyz frame by frame. Each knows
 * its length in bytes, so that a checkpoint can record it and a resumed run can cut back to it.
 */
#ifndef SPILLWAY_RUN_SERIES_H
#define SPILLWAY_RUN_SERIES_H

#include "run/folder.h"

#include <spillway/data.h>

typedef struct sw_series {
    char path[SW_PATH_SIZE];
    int file; /* -1: not open */
    uint64_t length;
} sw_series;

/* Opens FOLDER/series.csv cut to `length` bytes (0: a new file). */
SW_MUST_USE sw_status sw_series_open(sw_series *series, const char *folder, uint64_t length,
                                     sw_error *error);
/* Appends the rows of a table in one write, and its column names where the file is empty. */
SW_MUST_USE sw_status sw_series_append(sw_series *series, const sw_table *rows, sw_error *error);
/* Makes what was appended last through a loss of power. */
SW_MUST_USE sw_status sw_series_sync(sw_series *series, sw_error *error);
void sw_series_close(sw_series *series);

typedef struct sw_trajectory {
    char path[SW_PATH_SIZE];
    uint64_t length;
} sw_trajectory;

SW_MUST_USE sw_status sw_trajectory_open(sw_trajectory *trajectory, const char *folder,
                                         uint64_t length, sw_error *error);
/* Appends a frame and makes it last through a loss of power. */
SW_MUST_USE sw_status sw_trajectory_append(sw_trajectory *trajectory, const sw_atoms *atoms,
                                           sw_error *error);

#endif
