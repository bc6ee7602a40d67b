/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/table_plot.h"

#include "report/plot_layout.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char spread_suffix[] = " spread";

/* Column names are identifiers in files and words in a figure. */
static void words_of(char *text, size_t size, const char *name) {
    snprintf(text, size, "%s", name);
    for (char *c = text; *c != '\0'; c++) {
        *c = *c == '_' ? ' ' : *c;
    }
}

static void label_of(char *text, size_t size, const sw_table *table, size_t column) {
    char name[96];
    words_of(name, sizeof name, sw_table_name(table, column));
    const char *unit = sw_table_unit(table, column);
    snprintf(text, size, *unit != '\0' ? "%s [%s]" : "%s", name, unit);
}

/* The columns of "y": a list, or one text with commas. A new array. */
static json_t *columns_of(const json_t *wanted) {
    json_t *value = json_object_get(wanted, "y");
    const char *text = json_string_value(value);
    if (text == NULL) {
        return json_is_array(value) ? json_incref(value) : json_array();
    }
    json_t *list = json_array();
    while (*text != '\0') {
        text += strspn(text, ", ");
        size_t length = strcspn(text, ",");
        if (length > 0) {
            json_array_append_new(list, json_stringn(text, length));
        }
        text += length;
    }
    return list;
}

/* "name" or "name +- spread_name"; without the second, "name spread" is looked for. */
static void split_interval(char *name, char *spread, size_t size, const char *text) {
    const char *sign = strstr(text, "+-");
    size_t length = sign != NULL ? (size_t)(sign - text) : strlen(text);
    while (length > 0 && text[length - 1] == ' ') {
        length--;
    }
    snprintf(name, size, "%.*s", (int)(length < size ? length : size - 1), text);
    if (sign != NULL) {
        snprintf(spread, size, "%s", sign + 2 + strspn(sign + 2, " "));
    } else {
        snprintf(spread, size, "%.*s%s", (int)(size - sizeof spread_suffix), name, spread_suffix);
    }
}

static const double *numbers_of(const sw_table *table, const char *name) {
    ptrdiff_t column = sw_table_find(table, name);
    return column >= 0 ? sw_table_numbers_const(table, (size_t)column) : NULL;
}

static void add_series(sw_table_plot *made, sw_run_folder *folder, const sw_table *table,
                       const double *x, const char *text) {
    char name[160], spread[160];
    split_interval(name, spread, sizeof name, text);
    const double *y = numbers_of(table, name);
    if (y == NULL) {
        sw_run_folder_note(folder,
                           "The plot \"%s\" asks for the column \"%s\", which its table "
                           "lacks or holds as text.",
                           made->plot.title, name);
        return;
    }
    if (made->plot.series == SW_TABLE_PLOT_SERIES) {
        sw_run_folder_note(folder, "The plot \"%s\" shows only its first %d series.",
                           made->plot.title, SW_TABLE_PLOT_SERIES);
        return;
    }
    size_t index = made->plot.series++;
    words_of(made->label[index], sizeof made->label[index], name);
    sw_plot_series *series = &made->series[index];
    *series = (sw_plot_series){.label = made->label[index], .x = x, .y = y};
    series->spread = numbers_of(table, spread);
    series->count = sw_table_rows(table);
    made->has_spread = made->has_spread || series->spread != NULL;
}

/* Of a logarithmic axis: what is switched off is written as a tiny number, which is no part of the
 * range that a reader wants to see. */
static const double floor_below_largest = 1e-12;

static double largest_of(const sw_plot_series *series) {
    double largest = 0;
    for (size_t i = 0; i < series->count; i++) {
        largest = series->y[i] < 1e300 ? fmax(largest, series->y[i]) : largest;
    }
    return largest;
}

static void leave_out(sw_table_plot *made, size_t index) {
    size_t used = strlen(made->left_out);
    snprintf(made->left_out + used, sizeof made->left_out - used, "%s%s", used > 0 ? ", " : "",
             made->label[index]);
    made->plot.series--;
    for (size_t i = index; i < made->plot.series; i++) {
        memmove(made->label[i], made->label[i + 1], sizeof made->label[i]);
        made->series[i] = made->series[i + 1];
        made->series[i].label = made->label[i];
    }
}

/* Series that would lie on the floor are left out, unless nothing else is there. */
static void set_floor(sw_table_plot *made) {
    double largest = 0;
    for (size_t i = 0; i < made->plot.series; i++) {
        largest = fmax(largest, largest_of(&made->series[i]));
    }
    made->plot.log_floor = floor_below_largest * largest;
    for (size_t i = 0; i < made->plot.series && largest > 0;) {
        if (largest_of(&made->series[i]) <= made->plot.log_floor) {
            leave_out(made, i);
        } else {
            i++;
        }
    }
}

/* A text column as x: bars stand over its names. */
static sw_status use_names(sw_table_plot *made, const sw_table *table, size_t column,
                           sw_error *error) {
    size_t rows = sw_table_rows(table);
    made->row_numbers = calloc(rows + 1, sizeof *made->row_numbers);
    made->row_names = calloc(rows + 1, sizeof *made->row_names);
    if (made->row_numbers == NULL || made->row_names == NULL) {
        return sw_error_set(error, SW_ERROR_MEMORY, made->plot.title, NULL,
                            "not enough memory for the names of a plot");
    }
    for (size_t i = 0; i < rows; i++) {
        made->row_numbers[i] = (double)i;
        made->row_names[i] = sw_table_text(table, i, column);
    }
    made->plot.kind = "bars";
    made->plot.categories = rows;
    made->plot.category = made->row_names;
    return SW_OK;
}

static bool has_unit(const char *label) {
    return strstr(label, " / ") != NULL || strchr(label, '[') != NULL;
}

/* The label as asked for, with the unit of the columns where it has none and they agree. */
static void make_y_label(sw_table_plot *made, sw_run_folder *folder, const sw_table *table,
                         const json_t *wanted) {
    json_t *columns = columns_of(wanted);
    const char *asked = sw_json_text(wanted, "y_label");
    const char *unit = NULL;
    bool agree = true;
    for (size_t i = 0; table != NULL && i < json_array_size(columns); i++) {
        char name[160], spread[160];
        const char *text = json_string_value(json_array_get(columns, i));
        split_interval(name, spread, sizeof name, text != NULL ? text : "");
        ptrdiff_t column = sw_table_find(table, name);
        if (column < 0) {
            continue;
        }
        const char *its = sw_table_unit(table, (size_t)column);
        agree = agree && (unit == NULL || strcmp(unit, its) == 0);
        unit = unit == NULL ? its : unit;
    }
    const char *shown = *asked != '\0' ? asked : made->plot.series == 1 ? made->label[0] : "";
    json_decref(columns);
    if (!agree) {
        sw_run_folder_note(folder,
                           "The plot \"%s\" holds columns of different units; its axis "
                           "shows numbers as they are in the table.",
                           made->plot.title);
    }
    bool add = agree && unit != NULL && *unit != '\0' && !has_unit(shown);
    snprintf(made->y_label, sizeof made->y_label, add ? "%s [%s]" : "%s", shown, unit);
}

static sw_status add_columns(sw_table_plot *made, sw_run_folder *folder, const sw_table *table,
                             const json_t *wanted, sw_error *error) {
    const char *x_name = sw_json_text(wanted, "x");
    ptrdiff_t x_column = sw_table_find(table, x_name);
    if (x_column < 0) {
        sw_run_folder_note(folder,
                           "The plot \"%s\" asks for the column \"%s\", which its table "
                           "lacks.",
                           made->plot.title, x_name);
        snprintf(made->x_label, sizeof made->x_label, "%s", x_name);
        return SW_OK;
    }
    label_of(made->x_label, sizeof made->x_label, table, (size_t)x_column);
    if (sw_table_is_text(table, (size_t)x_column)) {
        sw_status status = use_names(made, table, (size_t)x_column, error);
        if (status != SW_OK) {
            return status;
        }
    }
    const double *x = made->row_numbers != NULL ? made->row_numbers
                                                : sw_table_numbers_const(table, (size_t)x_column);
    json_t *columns = columns_of(wanted);
    for (size_t i = 0; i < json_array_size(columns); i++) {
        const char *text = json_string_value(json_array_get(columns, i));
        add_series(made, folder, table, x, text != NULL ? text : "");
    }
    json_decref(columns);
    return SW_OK;
}

/* The texts of fields: the column "label" of the table "fields", at the columns of the plot's axes.
 */
static sw_status add_texts(sw_table_plot *made, sw_run_folder *folder, const json_t *wanted,
                           sw_error *error) {
    const sw_table *table = sw_run_folder_table(folder, "fields");
    const ptrdiff_t label = table != NULL ? sw_table_find(table, "label") : -1;
    const double *x = table != NULL ? numbers_of(table, sw_json_text(wanted, "x")) : NULL;
    const double *y = table != NULL ? numbers_of(table, sw_json_text(wanted, "y")) : NULL;
    if (label < 0 || !sw_table_is_text(table, (size_t)label) || x == NULL || y == NULL) {
        sw_run_folder_note(folder, "The plot \"%s\" has no table of fields to take labels from.",
                           made->plot.title);
        return SW_OK;
    }
    made->texts = calloc(sw_table_rows(table) + 1, sizeof *made->texts);
    if (made->texts == NULL) {
        return sw_error_set(error, SW_ERROR_MEMORY, made->plot.title, NULL,
                            "not enough memory for the labels of a plot");
    }
    for (size_t i = 0; i < sw_table_rows(table); i++) {
        made->texts[i] = (sw_plot_text){x[i], y[i], sw_table_text(table, i, (size_t)label)};
    }
    made->plot.texts = sw_table_rows(table);
    made->plot.text = made->texts;
    return SW_OK;
}

sw_status sw_table_plot_make(sw_table_plot *made, sw_run_folder *folder, const json_t *wanted,
                             sw_error *error) {
    *made = (sw_table_plot){0};
    made->plot.kind = sw_plot_kind_find(sw_json_text(wanted, "kind"));
    if (made->plot.kind == NULL) {
        made->plot.kind = "lines";
    }
    made->plot.title = sw_json_text(wanted, "title");
    made->plot.log_y = sw_json_true(wanted, "log_y");
    made->plot.list = made->series;
    made->plot.x_label = made->x_label;
    made->plot.y_label = made->y_label;
    const char *name = sw_json_text(wanted, "table");
    const sw_table *table = sw_run_folder_table(folder, *name != '\0' ? name : "series");
    sw_status status = SW_OK;
    if (table != NULL) {
        status = add_columns(made, folder, table, wanted, error);
    } else {
        words_of(made->x_label, sizeof made->x_label, sw_json_text(wanted, "x"));
    }
    if (status == SW_OK && strcmp(made->plot.kind, "fields") == 0) {
        status = add_texts(made, folder, wanted, error);
    }
    if (made->plot.log_y) {
        set_floor(made);
    }
    make_y_label(made, folder, table, wanted);
    return status;
}

void sw_table_plot_clear(sw_table_plot *made) {
    free(made->row_numbers);
    free(made->row_names);
    free(made->texts);
    made->texts = NULL;
    made->row_numbers = NULL;
    made->row_names = NULL;
}

static bool ends_with(const char *text, const char *end) {
    size_t length = strlen(text), tail = strlen(end);
    return length >= tail && strcmp(text + length - tail, end) == 0;
}

json_t *sw_table_plot_defaults(sw_run_folder *folder) {
    static const size_t most = 8;
    json_t *list = json_array();
    if (!sw_run_folder_has(folder, "series.csv")) {
        return list;
    }
    const sw_table *table = sw_run_folder_table(folder, "series");
    size_t columns = table != NULL ? sw_table_columns(table) : 0;
    for (size_t i = 1; i < columns && json_array_size(list) < most; i++) {
        const char *name = sw_table_name(table, i);
        if (!sw_table_is_text(table, i) && !ends_with(name, spread_suffix)) {
            char title[96];
            words_of(title, sizeof title, name);
            json_t *plot =
                json_pack("{s:s, s:s, s:s, s:[s], s:s}", "title", title, "table", "series", "x",
                          sw_table_name(table, 0), "y", name, "kind", "lines");
            json_array_append_new(list, plot);
        }
    }
    return list;
}
