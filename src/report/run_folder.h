/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the report knows of a run folder: its JSON files, its tables as they are asked for, and
 * what was missing or damaged. Only run.json must be there.
 */
#ifndef SPILLWAY_REPORT_RUN_FOLDER_H
#define SPILLWAY_REPORT_RUN_FOLDER_H

#include <jansson.h>
#include <spillway/data.h>

#include "report/writer.h"

#define SW_FOLDER_TABLE_LIMIT 64

typedef struct sw_folder_table {
    char name[96];
    sw_table *table; /* NULL: could not be read, said once */
} sw_folder_table;

typedef struct sw_run_folder {
    const char *path;
    json_t *run;    /* object */
    json_t *plots;  /* array, or NULL */
    json_t *claims; /* array, or NULL */
    size_t tables;
    sw_folder_table table[SW_FOLDER_TABLE_LIMIT];
    sw_writer notes; /* <li> elements: what the reader should know about this page */
    sw_context *context;
} sw_run_folder;

SW_MUST_USE sw_status sw_run_folder_open(sw_run_folder *folder, const char *path,
                                         sw_context *context, sw_error *error);
void sw_run_folder_close(sw_run_folder *folder);

/* FOLDER/NAME; the caller's (free), NULL without memory. */
char *sw_run_folder_file(const char *folder, const char *name);
bool sw_run_folder_has(const sw_run_folder *folder, const char *name);
/* The table NAME.csv, owned by the folder; NULL (and a note) where it cannot be read. */
const sw_table *sw_run_folder_table(sw_run_folder *folder, const char *name);
/* Adds a note, escaped; also logged as a warning. */
void sw_run_folder_note(sw_run_folder *folder, const char *format, ...) SW_PRINTF(2, 3);

/* Members of JSON objects; "" or NaN where missing or of another type. */
const char *sw_json_text(const json_t *object, const char *key);
double sw_json_number(const json_t *object, const char *key);
bool sw_json_true(const json_t *object, const char *key);

#endif
