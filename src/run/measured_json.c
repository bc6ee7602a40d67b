/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/measured_json.h"

#include "run/json_text.h"
#include "run/pace.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static json_t *interval(double low, double high) {
    if (!isfinite(low) && !isfinite(high))
        return json_null();
    return json_pack("[oo]", sw_run_json_number(low), sw_run_json_number(high));
}

/* What the copies say of a number, where there are any. */
static void add_drawn(json_t *object, const sw_measured *measured) {
    if (object == NULL || measured->draws == 0)
        return;
    json_object_set_new(object, "shift", sw_run_json_number(measured->shift));
    json_object_set_new(object, "draws", json_integer((json_int_t)measured->draws));
    json_object_set_new(object, "own_interval", interval(measured->own_low, measured->own_high));
}

static void add_disturbance(json_t *object, const sw_measurement *measurement) {
    sw_disturbance how = sw_measurement_disturbance(measurement);
    if (object == NULL || how.draws == 0)
        return;
    json_object_set_new(object, "disturbance",
                        json_pack("{so so sI sI}", "precision_A", sw_run_json_number(how.precision),
                                  "missing", sw_run_json_number(how.missing), "draws",
                                  (json_int_t)how.draws, "seed", (json_int_t)how.seed));
}

/* ---- what other programs get ----------------------------------------------------------------- */

static json_t *parameter_object(const sw_instrument_settings *settings) {
    const sw_instrument *instrument = sw_setting_instrument(settings);
    json_t *object = json_object();
    for (size_t i = 0; instrument->parameters[i].name != NULL; i++)
        json_object_set_new(object, instrument->parameters[i].name,
                            sw_run_json_text(sw_setting_as_text(settings, i)));
    return object;
}

static json_t *value_object(const sw_measurement *measurement) {
    json_t *object = json_object();
    for (size_t i = 0; i < sw_measurement_values(measurement); i++) {
        const sw_measured *measured = sw_measurement_value(measurement, i);
        json_t *number = json_pack("{so so so}", "value", sw_run_json_number(measured->value),
                                   "interval", interval(measured->low, measured->high), "unit",
                                   sw_run_json_text(measured->unit));
        add_drawn(number, measured);
        json_object_set_new(object, measured->name, number);
    }
    return object;
}

static json_t *column_list(const sw_measurement *measurement) {
    const sw_atoms *atoms = sw_measurement_atoms(measurement);
    json_t *list = json_array();
    for (size_t i = 0; atoms != NULL && i < sw_atoms_columns(atoms); i++)
        json_array_append_new(list, sw_run_json_text(sw_atoms_column_name(atoms, i)));
    return list;
}

static json_t *note_list(const sw_measurement *measurement) {
    json_t *list = json_array();
    for (size_t i = 0; i < sw_measurement_notes(measurement); i++)
        json_array_append_new(list, sw_run_json_text(sw_measurement_note_at(measurement, i)));
    return list;
}

sw_status sw_measurement_json(char **text, const sw_measurement *measurement,
                              const sw_instrument_settings *settings) {
    json_t *object = json_pack(
        "{so so so so so}", "instrument", sw_run_json_text(sw_setting_instrument(settings)->name),
        "parameters", parameter_object(settings), "values", value_object(measurement), "columns",
        column_list(measurement), "notes", note_list(measurement));
    add_disturbance(object, measurement);
    *text = object != NULL ? json_dumps(object, JSON_INDENT(2)) : NULL;
    json_decref(object);
    return *text != NULL ? SW_OK : SW_ERROR_MEMORY;
}

/* ---- what the report reads ------------------------------------------------------------------- */

static json_t *headline_list(const sw_measurement *measurement) {
    json_t *list = json_array();
    for (size_t i = 0; i < sw_measurement_values(measurement); i++) {
        const sw_measured *measured = sw_measurement_value(measurement, i);
        double spread = (measured->high - measured->low) / 2.0;
        json_t *number =
            json_pack("{so so so so so so}", "name", sw_run_json_text(measured->name), "value",
                      sw_run_json_number(measured->value), "spread", sw_run_json_number(spread),
                      "interval", interval(measured->low, measured->high), "unit",
                      sw_run_json_text(measured->unit), "help", sw_run_json_text(measured->help));
        add_drawn(number, measured);
        json_array_append_new(list, number);
    }
    return list;
}

/* Parameters of one of several instruments carry its name. */
static void add_parameters(json_t *list, const sw_instrument_settings *settings, bool named) {
    const sw_instrument *instrument = sw_setting_instrument(settings);
    const sw_instrument_parameter *parameter = instrument->parameters;
    for (size_t i = 0; parameter[i].name != NULL; i++) {
        char name[128];
        snprintf(name, sizeof name, "%s%s%s", named ? instrument->name : "", named ? ": " : "",
                 parameter[i].name);
        json_array_append_new(list, json_pack("{so so so}", "name", sw_run_json_text(name), "text",
                                              sw_run_json_text(sw_setting_as_text(settings, i)),
                                              "help", sw_run_json_text(parameter[i].help)));
    }
}

static json_t *parameter_rows(const sw_measured_how *how) {
    json_t *list = json_array();
    for (size_t i = 0; i < how->setting_count; i++)
        add_parameters(list, how->settings[i], how->setting_count > 1);
    return list;
}

static json_t *table_names(const sw_measurement *measurement) {
    const char *name;
    json_t *list = json_array();
    for (size_t i = 0; sw_measurement_table(measurement, i, &name) != NULL; i++)
        json_array_append_new(list, sw_run_json_text(name));
    return list;
}

static json_t *mesh_names(const sw_measurement *measurement) {
    const char *name;
    json_t *list = json_array();
    for (size_t i = 0; sw_measurement_mesh(measurement, i, &name) != NULL; i++)
        json_array_append_new(list, sw_run_json_text(name));
    return list;
}

static json_t *file_list(const sw_measured_how *how) {
    json_t *list = json_array();
    for (size_t i = 0; i < how->file_count; i++)
        json_array_append_new(list, sw_run_json_text(how->files[i]));
    return list;
}

static json_t *title_text(const sw_measured_how *how) {
    char title[512];
    const char *file = how->file_count > 0 ? how->files[0] : "";
    const char *slash = strrchr(file, '/');
    int used = snprintf(title, sizeof title, "%s%s%.200s", how->instrument, *file ? ": " : "",
                        slash ? slash + 1 : file);
    if (how->repeats && how->file_count > 1)
        snprintf(title + used, sizeof title - (size_t)used, " and %zu more", how->file_count - 1);
    return sw_run_json_text(title);
}

sw_status sw_measured_json_write(const sw_measurement *measurement, const sw_measured_how *how,
                                 sw_error *error) {
    double wall = sw_clock() - how->started;
    json_t *run = json_pack(
        "{so so so so so so so so so so}", "spillway", sw_run_json_text(sw_version()), "instrument",
        sw_run_json_text(how->instrument), "title", title_text(how), "description",
        sw_run_json_text(how->summary), "citation", sw_run_json_text(how->citation), "command",
        sw_run_json_text(how->command), "host", sw_run_json_host(), "started",
        sw_run_json_date((int64_t)time(NULL) - (int64_t)wall), "wall_seconds",
        sw_run_json_number(wall), "files", file_list(how));
    if (run != NULL) {
        json_object_set_new(run, "status", json_string("finished"));
        json_object_set_new(run, "only", sw_run_json_text(how->only));
        json_object_set_new(run, "preset", sw_run_json_text(how->preset));
        json_object_set_new(run, "headline", headline_list(measurement));
        json_object_set_new(run, "parameters", parameter_rows(how));
        json_object_set_new(run, "tables", table_names(measurement));
        json_object_set_new(run, "meshes", mesh_names(measurement));
        json_object_set_new(run, "notes", note_list(measurement));
        add_disturbance(run, measurement);
    }
    return sw_run_json_write(run, how->folder, "run.json", error);
}
