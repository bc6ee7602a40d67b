/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <spillway/instrument.h>

#include "base/memory.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct named_table {
    char name[64];
    sw_table *table;
} named_table;

typedef struct named_mesh {
    char name[64];
    sw_mesh *mesh;
} named_mesh;

struct sw_measurement {
    sw_measured *value;
    size_t values, value_capacity;
    named_table *table;
    size_t tables, table_capacity;
    named_mesh *mesh;
    size_t meshes, mesh_capacity;
    sw_plot *plot;
    char **plot_columns; /* the texts `y` of the plots */
    size_t plots, plot_capacity, column_capacity;
    char **note;
    size_t notes, note_capacity;
    sw_atoms *atoms;
    sw_disturbance disturbance;
};

sw_status sw_measurement_create(sw_measurement **measurement) {
    *measurement = sw_allocate(1, sizeof **measurement);
    return *measurement != NULL ? SW_OK : SW_ERROR_MEMORY;
}

void sw_measurement_destroy(sw_measurement *measurement) {
    if (measurement == NULL)
        return;
    for (size_t i = 0; i < measurement->tables; i++)
        sw_table_destroy(measurement->table[i].table);
    for (size_t i = 0; i < measurement->meshes; i++)
        sw_mesh_destroy(measurement->mesh[i].mesh);
    for (size_t i = 0; i < measurement->notes; i++)
        free(measurement->note[i]);
    sw_atoms_destroy(measurement->atoms);
    free(measurement->value);
    free(measurement->table);
    free(measurement->mesh);
    for (size_t i = 0; i < measurement->plots; i++)
        free(measurement->plot_columns[i]);
    free(measurement->plot);
    free(measurement->plot_columns);
    free(measurement->note);
    free(measurement);
}

sw_status sw_measurement_add(sw_measurement *measurement, const char *name, double value,
                             double low, double high, const char *unit, const char *help) {
    if (!sw_reserve(&measurement->value, &measurement->value_capacity, measurement->values + 1,
                    sizeof *measurement->value))
        return SW_ERROR_MEMORY;
    sw_measured *measured = &measurement->value[measurement->values++];
    measured->value = value;
    measured->low = low;
    measured->high = high;
    measured->own_low = low;
    measured->own_high = high;
    measured->shift = NAN;
    snprintf(measured->name, sizeof measured->name, "%s", name);
    snprintf(measured->unit, sizeof measured->unit, "%s", unit != NULL ? unit : "");
    snprintf(measured->help, sizeof measured->help, "%s", help != NULL ? help : "");
    return SW_OK;
}

void sw_measurement_set_drawn(sw_measurement *measurement, size_t index, double low, double high,
                              double shift, size_t draws) {
    if (index >= measurement->values)
        return;
    sw_measured *measured = &measurement->value[index];
    measured->low = low;
    measured->high = high;
    measured->shift = shift;
    measured->draws = draws;
}

void sw_measurement_set_disturbance(sw_measurement *measurement,
                                    const sw_disturbance *disturbance) {
    measurement->disturbance = *disturbance;
}

sw_disturbance sw_measurement_disturbance(const sw_measurement *measurement) {
    return measurement->disturbance;
}

sw_status sw_measurement_add_table(sw_measurement *measurement, const char *name, sw_table *table) {
    if (!sw_reserve(&measurement->table, &measurement->table_capacity, measurement->tables + 1,
                    sizeof *measurement->table)) {
        sw_table_destroy(table);
        return SW_ERROR_MEMORY;
    }
    named_table *row = &measurement->table[measurement->tables++];
    row->table = table;
    snprintf(row->name, sizeof row->name, "%s", name);
    return SW_OK;
}

sw_status sw_measurement_add_mesh(sw_measurement *measurement, const char *name, sw_mesh *mesh) {
    if (!sw_reserve(&measurement->mesh, &measurement->mesh_capacity, measurement->meshes + 1,
                    sizeof *measurement->mesh)) {
        sw_mesh_destroy(mesh);
        return SW_ERROR_MEMORY;
    }
    named_mesh *row = &measurement->mesh[measurement->meshes++];
    row->mesh = mesh;
    snprintf(row->name, sizeof row->name, "%s", name);
    return SW_OK;
}

sw_status sw_measurement_add_plot(sw_measurement *measurement, sw_plot plot) {
    if (!sw_reserve(&measurement->plot, &measurement->plot_capacity, measurement->plots + 1,
                    sizeof *measurement->plot) ||
        !sw_reserve(&measurement->plot_columns, &measurement->column_capacity,
                    measurement->plots + 1, sizeof *measurement->plot_columns))
        return SW_ERROR_MEMORY;
    char *columns = strdup(plot.y);
    if (columns == NULL)
        return SW_ERROR_MEMORY;
    plot.y = columns;
    measurement->plot_columns[measurement->plots] = columns;
    measurement->plot[measurement->plots++] = plot;
    return SW_OK;
}

void sw_measurement_set_atoms(sw_measurement *measurement, sw_atoms *atoms) {
    sw_atoms_destroy(measurement->atoms);
    measurement->atoms = atoms;
}

sw_status sw_measurement_note(sw_measurement *measurement, const char *format, ...) {
    char text[1024];
    va_list values;
    va_start(values, format);
    vsnprintf(text, sizeof text, format, values);
    va_end(values);
    if (!sw_reserve(&measurement->note, &measurement->note_capacity, measurement->notes + 1,
                    sizeof *measurement->note))
        return SW_ERROR_MEMORY;
    char *kept = sw_duplicate_text(text);
    if (kept == NULL)
        return SW_ERROR_MEMORY;
    measurement->note[measurement->notes++] = kept;
    return SW_OK;
}

/* ---- merging --------------------------------------------------------------------------------- */

static sw_status merge_texts(sw_measurement *measurement, const char *title,
                             const sw_measurement *from) {
    sw_status status = SW_OK;
    for (size_t i = 0; i < from->values && status == SW_OK; i++) {
        char name[sizeof from->value->name];
        const sw_measured *value = &from->value[i];
        int used = snprintf(name, sizeof name, "%.24s: ", title);
        snprintf(name + used, sizeof name - (size_t)used, "%.*s", (int)sizeof name - 1 - used,
                 value->name);
        status = sw_measurement_add(measurement, name, value->value, value->low, value->high,
                                    value->unit, value->help);
    }
    for (size_t i = 0; i < from->notes && status == SW_OK; i++)
        status = sw_measurement_note(measurement, "%s: %s", title, from->note[i]);
    for (size_t i = 0; i < from->plots && status == SW_OK; i++)
        status = sw_measurement_add_plot(measurement, from->plot[i]);
    return status;
}

static sw_status merge_tables(sw_measurement *measurement, sw_measurement *from) {
    sw_status status = SW_OK;
    while (from->tables > 0 && status == SW_OK) {
        from->tables--;
        status = sw_measurement_add_table(measurement, from->table[from->tables].name,
                                          from->table[from->tables].table);
    }
    return status;
}

static sw_status merge_meshes(sw_measurement *measurement, sw_measurement *from) {
    sw_status status = SW_OK;
    while (from->meshes > 0 && status == SW_OK) {
        from->meshes--;
        status = sw_measurement_add_mesh(measurement, from->mesh[from->meshes].name,
                                         from->mesh[from->meshes].mesh);
    }
    return status;
}

/* Whether the first atoms are the same. */
static bool begins_with(const sw_atoms *atoms, const sw_atoms *first) {
    return sw_atoms_count(atoms) >= sw_atoms_count(first) &&
           memcmp(sw_atoms_positions_const(atoms), sw_atoms_positions_const(first),
                  3 * sw_atoms_count(first) * sizeof(double)) == 0;
}

/* Columns that are not there yet. */
static sw_status merge_columns(sw_atoms *atoms, const sw_atoms *from) {
    sw_status status = SW_OK;
    for (size_t c = 0; c < sw_atoms_columns(from) && status == SW_OK; c++) {
        const char *name = sw_atoms_column_name(from, c);
        size_t width = sw_atoms_column_width(from, c);
        if (sw_atoms_find(atoms, name) >= 0)
            continue;
        status = sw_atoms_add_column(atoms, name, width, sw_atoms_column_is_integer(from, c));
        if (status == SW_OK)
            memcpy(sw_atoms_column(atoms, sw_atoms_columns(atoms) - 1),
                   sw_atoms_column_const(from, c), sw_atoms_count(atoms) * width * sizeof(double));
    }
    return status;
}

sw_status sw_measurement_merge(sw_measurement *measurement, const char *title,
                               sw_measurement *from) {
    sw_status status = merge_texts(measurement, title, from);
    if (status == SW_OK)
        status = merge_tables(measurement, from);
    if (status == SW_OK)
        status = merge_meshes(measurement, from);
    if (status != SW_OK || from->atoms == NULL)
        return status;
    if (measurement->atoms == NULL) {
        measurement->atoms = from->atoms;
        from->atoms = NULL;
        return SW_OK;
    }
    if (!begins_with(from->atoms, measurement->atoms))
        return SW_OK;
    return merge_columns(measurement->atoms, from->atoms);
}

size_t sw_measurement_values(const sw_measurement *measurement) {
    return measurement->values;
}

const sw_measured *sw_measurement_value(const sw_measurement *measurement, size_t index) {
    return index < measurement->values ? &measurement->value[index] : NULL;
}

const sw_measured *sw_measurement_find(const sw_measurement *measurement, const char *name) {
    for (size_t i = 0; i < measurement->values; i++)
        if (strcmp(measurement->value[i].name, name) == 0)
            return &measurement->value[i];
    return NULL;
}

size_t sw_measurement_tables(const sw_measurement *measurement) {
    return measurement->tables;
}

const sw_table *sw_measurement_table(const sw_measurement *measurement, size_t index,
                                     const char **name) {
    if (index >= measurement->tables)
        return NULL;
    if (name != NULL)
        *name = measurement->table[index].name;
    return measurement->table[index].table;
}

size_t sw_measurement_meshes(const sw_measurement *measurement) {
    return measurement->meshes;
}

const sw_mesh *sw_measurement_mesh(const sw_measurement *measurement, size_t index,
                                   const char **name) {
    if (index >= measurement->meshes)
        return NULL;
    if (name != NULL)
        *name = measurement->mesh[index].name;
    return measurement->mesh[index].mesh;
}

size_t sw_measurement_plots(const sw_measurement *measurement) {
    return measurement->plots;
}

const sw_plot *sw_measurement_plot(const sw_measurement *measurement, size_t index) {
    return index < measurement->plots ? &measurement->plot[index] : NULL;
}

const sw_atoms *sw_measurement_atoms(const sw_measurement *measurement) {
    return measurement->atoms;
}

size_t sw_measurement_notes(const sw_measurement *measurement) {
    return measurement->notes;
}

const char *sw_measurement_note_at(const sw_measurement *measurement, size_t index) {
    return index < measurement->notes ? measurement->note[index] : NULL;
}
