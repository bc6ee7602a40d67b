/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/run_folder.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <spillway/io.h>

static const size_t json_limit = 64u << 20;

const char *sw_json_text(const json_t *object, const char *key) {
    const char *text = json_string_value(json_object_get(object, key));
    return text != NULL ? text : "";
}

double sw_json_number(const json_t *object, const char *key) {
    const json_t *value = json_object_get(object, key);
    return json_is_number(value) ? json_number_value(value) : NAN;
}

bool sw_json_true(const json_t *object, const char *key) {
    return json_is_true(json_object_get(object, key));
}

char *sw_run_folder_file(const char *folder, const char *name) {
    char *path = NULL;
    return asprintf(&path, "%s/%s", folder, name) < 0 ? NULL : path;
}

bool sw_run_folder_has(const sw_run_folder *folder, const char *name) {
    char *path = sw_run_folder_file(folder->path, name);
    bool has = path != NULL && access(path, R_OK) == 0;
    free(path);
    return has;
}

void sw_run_folder_note(sw_run_folder *folder, const char *format, ...) {
    char text[1400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    sw_writer_add(&folder->notes, "<li>");
    sw_writer_escaped(&folder->notes, text);
    sw_writer_add(&folder->notes, "</li>\n");
    sw_log(folder->context, SW_LOG_WARNING, "report: %s", text);
}

/* Reads FOLDER/NAME as a JSON value of any kind. */
static sw_status read_json(json_t **value, const char *folder, const char *name, sw_error *error) {
    *value = NULL;
    char *path = sw_run_folder_file(folder, name);
    if (path == NULL) {
        return sw_error_set(error, SW_ERROR_MEMORY, name, NULL, "not enough memory for a path");
    }
    char *bytes = NULL;
    size_t size = 0;
    sw_status status = sw_read_file(&bytes, &size, path, json_limit, error);
    if (status == SW_OK) {
        json_error_t wrong;
        *value = json_loadb(bytes, size, 0, &wrong);
        if (*value == NULL) {
            char place[256];
            snprintf(place, sizeof place, "%.200s:%d:%d", path, wrong.line, wrong.column);
            status = sw_error_set(error, SW_ERROR_FORMAT, place,
                                  "run the simulation again, or mend the file by hand",
                                  "expected JSON, found: %s", wrong.text);
        }
    }
    free(bytes);
    free(path);
    return status;
}

/* An optional file that holds, or is, an array. */
static json_t *read_list(sw_run_folder *folder, const char *name, const char *key) {
    if (!sw_run_folder_has(folder, name)) {
        return NULL;
    }
    sw_error error = {0};
    json_t *value = NULL;
    if (read_json(&value, folder->path, name, &error) != SW_OK) {
        sw_run_folder_note(folder, "%s could not be read: %s (%s).", name, error.message,
                           error.place);
        return NULL;
    }
    json_t *list = json_is_object(value) ? json_object_get(value, key) : value;
    if (!json_is_array(list)) {
        sw_run_folder_note(folder, "%s holds no list of %s and was left out.", name, key);
        list = NULL;
    }
    json_incref(list);
    json_decref(value);
    return list;
}

sw_status sw_run_folder_open(sw_run_folder *folder, const char *path, sw_context *context,
                             sw_error *error) {
    *folder = (sw_run_folder){.path = path, .context = context};
    if (!sw_run_folder_has(folder, "run.json")) {
        return sw_error_set(error, SW_ERROR_FILE, path,
                            "give a folder that `spillway simulate` or `verify` has written",
                            "expected a run folder, found no readable run.json in it");
    }
    sw_status status = read_json(&folder->run, path, "run.json", error);
    if (status != SW_OK) {
        return status;
    }
    if (!json_is_object(folder->run)) {
        sw_run_folder_close(folder);
        return sw_error_set(error, SW_ERROR_FORMAT, "run.json", "run the simulation again",
                            "expected a JSON object, found another value");
    }
    folder->plots = read_list(folder, "plots.json", "plots");
    folder->claims = read_list(folder, "claims.json", "claims");
    return SW_OK;
}

void sw_run_folder_close(sw_run_folder *folder) {
    json_decref(folder->run);
    json_decref(folder->plots);
    json_decref(folder->claims);
    for (size_t i = 0; i < folder->tables; i++) {
        sw_table_destroy(folder->table[i].table);
    }
    sw_writer_clear(&folder->notes);
    *folder = (sw_run_folder){0};
}

/* A table name must stay within the folder. */
static bool is_plain_name(const char *name) {
    return *name != '\0' && *name != '.' && strchr(name, '/') == NULL &&
           strlen(name) < sizeof((sw_folder_table *)NULL)->name;
}

static sw_table *read_table(sw_run_folder *folder, const char *name) {
    char file[128];
    snprintf(file, sizeof file, "%.100s.csv", name);
    char *path = sw_run_folder_file(folder->path, file);
    if (path == NULL) {
        return NULL;
    }
    sw_error error = {0};
    sw_content content = {0};
    sw_table *table = NULL;
    sw_status status = sw_read(&content, path, sw_format_find("csv"), 0, &error);
    if (status == SW_OK && content.noun == SW_NOUN_TABLE) {
        table = content.table;
        content.table = NULL;
        content.noun = SW_NOUN_NONE;
    } else {
        sw_run_folder_note(folder, "%s could not be read: %s", file,
                           status == SW_OK ? "it holds no table." : error.message);
    }
    sw_content_clear(&content);
    free(path);
    return table;
}

const sw_table *sw_run_folder_table(sw_run_folder *folder, const char *name) {
    for (size_t i = 0; i < folder->tables; i++) {
        if (strcmp(folder->table[i].name, name) == 0) {
            return folder->table[i].table;
        }
    }
    if (!is_plain_name(name)) {
        sw_run_folder_note(folder, "\"%s\" is not the name of a table of this folder.", name);
        return NULL;
    }
    if (folder->tables == SW_FOLDER_TABLE_LIMIT) {
        sw_run_folder_note(folder, "Only %d tables are read; %s was left out.",
                           SW_FOLDER_TABLE_LIMIT, name);
        return NULL;
    }
    sw_folder_table *entry = &folder->table[folder->tables++];
    snprintf(entry->name, sizeof entry->name, "%s", name);
    entry->table = read_table(folder, name);
    return entry->table;
}
