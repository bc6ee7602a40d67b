/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A run folder that this process holds: made when missing, locked against a second writer, refused
 * when it holds a run that the caller did not ask to resume or to overwrite.
 */
#ifndef SPILLWAY_RUN_FOLDER_H
#define SPILLWAY_RUN_FOLDER_H

#include <spillway/run.h>

#define SW_PATH_SIZE 4096

typedef struct sw_folder {
    char path[SW_PATH_SIZE];
    int lock; /* an open, locked file; -1 when the folder is not held */
} sw_folder;

/* Zero-initialise *folder first. */
SW_MUST_USE sw_status sw_folder_open(sw_folder *folder, const sw_run_options *options,
                                     sw_error *error);
void sw_folder_close(sw_folder *folder);
/* Whether a run was ever started in the folder. */
bool sw_folder_holds_run(const char *path);

/* "FOLDER/NAME"; an error where it would be longer than SW_PATH_SIZE. */
SW_MUST_USE sw_status sw_folder_path(char path[SW_PATH_SIZE], const char *folder, const char *name,
                                     sw_error *error);
/* The name of the folder of a replica, counted from 0: "replica-001" is the first. */
#define SW_REPLICA_NAME_SIZE 32
#define SW_REPLICAS_MOST 9999
void sw_folder_replica_name(char name[SW_REPLICA_NAME_SIZE], size_t index);
/* Makes a folder and its parents. */
SW_MUST_USE sw_status sw_folder_make(const char *path, sw_error *error);
/* Copies a file of one folder into another; a missing source is no error. */
SW_MUST_USE sw_status sw_folder_copy(const char *to, const char *from, const char *name,
                                     sw_error *error);
/* Whether `name` may be used as NAME.csv: letters, digits, '-' and '_' only. */
bool sw_folder_name_is_plain(const char *name);

#endif
