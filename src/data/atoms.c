/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <spillway/data.h>

#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define WIDEST_COLUMN 9

typedef struct atom_column {
    char *name;
    size_t width;
    bool integer;
    double *values; /* [capacity][width] */
} atom_column;

typedef struct note {
    char *key;
    char *text;
} note;

struct sw_atoms {
    size_t count, capacity;
    double *positions; /* [capacity][3] */
    uint8_t *elements; /* [capacity] */
    bool has_cell;
    double cell[3][3];
    bool periodic[3];
    size_t columns, column_capacity;
    atom_column *column;
    size_t notes, note_capacity;
    note *note;
};

sw_status sw_atoms_create(sw_atoms **atoms, size_t count) {
    *atoms = NULL;
    sw_atoms *made = sw_allocate(1, sizeof *made);
    if (!made)
        return SW_ERROR_MEMORY;
    made->count = made->capacity = count;
    made->positions = sw_allocate(count, 3 * sizeof *made->positions);
    made->elements = sw_allocate(count, sizeof *made->elements);
    if (!made->positions || !made->elements) {
        sw_atoms_destroy(made);
        return SW_ERROR_MEMORY;
    }
    *atoms = made;
    return SW_OK;
}

void sw_atoms_destroy(sw_atoms *atoms) {
    if (!atoms)
        return;
    for (size_t i = 0; i < atoms->columns; i++) {
        free(atoms->column[i].name);
        free(atoms->column[i].values);
    }
    for (size_t i = 0; i < atoms->notes; i++) {
        free(atoms->note[i].key);
        free(atoms->note[i].text);
    }
    free(atoms->column);
    free(atoms->note);
    free(atoms->positions);
    free(atoms->elements);
    free(atoms);
}

static sw_status copy_columns(sw_atoms *copy, const sw_atoms *atoms) {
    for (size_t i = 0; i < atoms->columns; i++) {
        const atom_column *source = &atoms->column[i];
        sw_status status = sw_atoms_add_column(copy, source->name, source->width, source->integer);
        if (status != SW_OK)
            return status;
        memcpy(copy->column[i].values, source->values,
               atoms->count * source->width * sizeof *source->values);
    }
    return SW_OK;
}

static sw_status copy_notes(sw_atoms *copy, const sw_atoms *atoms) {
    sw_status status = SW_OK;
    for (size_t i = 0; status == SW_OK && i < atoms->notes; i++)
        status = sw_atoms_set_note(copy, atoms->note[i].key, atoms->note[i].text);
    return status;
}

sw_status sw_atoms_copy(sw_atoms **copy, const sw_atoms *atoms) {
    *copy = NULL;
    sw_atoms *made;
    sw_status status = sw_atoms_create(&made, atoms->count);
    if (status != SW_OK)
        return status;
    memcpy(made->positions, atoms->positions, atoms->count * 3 * sizeof *made->positions);
    memcpy(made->elements, atoms->elements, atoms->count * sizeof *made->elements);
    made->has_cell = atoms->has_cell;
    memcpy(made->cell, atoms->cell, sizeof made->cell);
    memcpy(made->periodic, atoms->periodic, sizeof made->periodic);

    status = copy_columns(made, atoms);
    if (status == SW_OK)
        status = copy_notes(made, atoms);
    if (status != SW_OK) {
        sw_atoms_destroy(made);
        return status;
    }
    *copy = made;
    return SW_OK;
}

/* Resizes one array of `capacity` items of `size` bytes, *array staying valid on failure. */
static bool resize_array(void *array, size_t capacity, size_t size) {
    void *old;
    memcpy(&old, array, sizeof old);
    void *larger = sw_reallocate(old, capacity, size);
    if (!larger)
        return false;
    memcpy(array, &larger, sizeof larger);
    return true;
}

/* Arrays that were already grown when a later one fails stay larger than the capacity says. */
static bool grow(sw_atoms *atoms, size_t capacity) {
    if (!resize_array(&atoms->positions, capacity, 3 * sizeof *atoms->positions) ||
        !resize_array(&atoms->elements, capacity, sizeof *atoms->elements))
        return false;
    for (size_t i = 0; i < atoms->columns; i++)
        if (!resize_array(&atoms->column[i].values, capacity,
                          atoms->column[i].width * sizeof *atoms->column[i].values))
            return false;
    atoms->capacity = capacity;
    return true;
}

static void zero_atoms(sw_atoms *atoms, size_t from, size_t to) {
    memset(atoms->positions + 3 * from, 0, 3 * (to - from) * sizeof *atoms->positions);
    memset(atoms->elements + from, 0, (to - from) * sizeof *atoms->elements);
    for (size_t i = 0; i < atoms->columns; i++) {
        size_t width = atoms->column[i].width;
        memset(atoms->column[i].values + width * from, 0,
               width * (to - from) * sizeof *atoms->column[i].values);
    }
}

sw_status sw_atoms_resize(sw_atoms *atoms, size_t count) {
    if (count > atoms->capacity) {
        /* half as much again, so that a reader may add atoms one by one */
        size_t capacity = atoms->capacity + atoms->capacity / 2;
        if (!grow(atoms, capacity > count ? capacity : count))
            return SW_ERROR_MEMORY;
    }
    if (count > atoms->count)
        zero_atoms(atoms, atoms->count, count);
    atoms->count = count;
    return SW_OK;
}

static void move_atom(sw_atoms *atoms, size_t to, size_t from) {
    memcpy(atoms->positions + 3 * to, atoms->positions + 3 * from, 3 * sizeof *atoms->positions);
    atoms->elements[to] = atoms->elements[from];
    for (size_t c = 0; c < atoms->columns; c++) {
        size_t width = atoms->column[c].width;
        double *values = atoms->column[c].values;
        memcpy(values + width * to, values + width * from, width * sizeof *values);
    }
}

void sw_atoms_keep(sw_atoms *atoms, const uint8_t *keep) {
    size_t kept = 0;
    for (size_t i = 0; i < atoms->count; i++) {
        if (keep[i] == 0)
            continue;
        if (kept != i)
            move_atom(atoms, kept, i);
        kept++;
    }
    atoms->count = kept;
}

size_t sw_atoms_count(const sw_atoms *atoms) {
    return atoms->count;
}

double *sw_atoms_positions(sw_atoms *atoms) {
    return atoms->positions;
}

const double *sw_atoms_positions_const(const sw_atoms *atoms) {
    return atoms->positions;
}

uint8_t *sw_atoms_elements(sw_atoms *atoms) {
    return atoms->elements;
}

const uint8_t *sw_atoms_elements_const(const sw_atoms *atoms) {
    return atoms->elements;
}

void sw_atoms_set_cell(sw_atoms *atoms, const double cell[3][3], const bool periodic[3]) {
    atoms->has_cell = cell != NULL;
    if (cell)
        memcpy(atoms->cell, cell, sizeof atoms->cell);
    else
        memset(atoms->cell, 0, sizeof atoms->cell);
    for (int axis = 0; axis < 3; axis++)
        atoms->periodic[axis] = cell && periodic && periodic[axis];
}

bool sw_atoms_cell(const sw_atoms *atoms, double cell[3][3], bool periodic[3]) {
    if (cell)
        memcpy(cell, atoms->cell, sizeof atoms->cell);
    if (periodic)
        memcpy(periodic, atoms->periodic, sizeof atoms->periodic);
    return atoms->has_cell;
}

/* ---- columns --------------------------------------------------------------------------------- */

sw_status sw_atoms_add_column(sw_atoms *atoms, const char *name, size_t width, bool integer) {
    if (!name || name[0] == '\0' || width < 1 || width > WIDEST_COLUMN ||
        sw_atoms_find(atoms, name) >= 0)
        return SW_ERROR_ARGUMENT;
    if (!sw_reserve(&atoms->column, &atoms->column_capacity, atoms->columns + 1,
                    sizeof *atoms->column))
        return SW_ERROR_MEMORY;

    atom_column added = {.width = width, .integer = integer};
    added.name = sw_duplicate_text(name);
    added.values = sw_allocate(atoms->capacity, width * sizeof *added.values);
    if (!added.name || !added.values) {
        free(added.name);
        free(added.values);
        return SW_ERROR_MEMORY;
    }
    atoms->column[atoms->columns++] = added;
    return SW_OK;
}

size_t sw_atoms_columns(const sw_atoms *atoms) {
    return atoms->columns;
}

ptrdiff_t sw_atoms_find(const sw_atoms *atoms, const char *name) {
    for (size_t i = 0; i < atoms->columns; i++)
        if (strcmp(atoms->column[i].name, name) == 0)
            return (ptrdiff_t)i;
    return -1;
}

const char *sw_atoms_column_name(const sw_atoms *atoms, size_t column) {
    return column < atoms->columns ? atoms->column[column].name : "";
}

size_t sw_atoms_column_width(const sw_atoms *atoms, size_t column) {
    return column < atoms->columns ? atoms->column[column].width : 0;
}

bool sw_atoms_column_is_integer(const sw_atoms *atoms, size_t column) {
    return column < atoms->columns && atoms->column[column].integer;
}

double *sw_atoms_column(sw_atoms *atoms, size_t column) {
    return column < atoms->columns ? atoms->column[column].values : NULL;
}

const double *sw_atoms_column_const(const sw_atoms *atoms, size_t column) {
    return column < atoms->columns ? atoms->column[column].values : NULL;
}

const double *sw_atoms_numbers(const sw_atoms *atoms, const char *name) {
    const ptrdiff_t column = sw_atoms_find(atoms, name);
    if (column < 0 || sw_atoms_column_width(atoms, (size_t)column) != 1)
        return NULL;
    return sw_atoms_column_const(atoms, (size_t)column);
}

/* ---- notes ----------------------------------------------------------------------------------- */

static note *find_note(const sw_atoms *atoms, const char *key) {
    for (size_t i = 0; i < atoms->notes; i++)
        if (strcmp(atoms->note[i].key, key) == 0)
            return &atoms->note[i];
    return NULL;
}

static sw_status add_note(sw_atoms *atoms, const char *key, const char *text) {
    if (!sw_reserve(&atoms->note, &atoms->note_capacity, atoms->notes + 1, sizeof *atoms->note))
        return SW_ERROR_MEMORY;
    note added = {.key = sw_duplicate_text(key), .text = sw_duplicate_text(text)};
    if (!added.key || !added.text) {
        free(added.key);
        free(added.text);
        return SW_ERROR_MEMORY;
    }
    atoms->note[atoms->notes++] = added;
    return SW_OK;
}

sw_status sw_atoms_set_note(sw_atoms *atoms, const char *key, const char *text) {
    if (!key || key[0] == '\0' || !text)
        return SW_ERROR_ARGUMENT;
    note *present = find_note(atoms, key);
    if (!present)
        return add_note(atoms, key, text);
    char *copy = sw_duplicate_text(text);
    if (!copy)
        return SW_ERROR_MEMORY;
    free(present->text);
    present->text = copy;
    return SW_OK;
}

size_t sw_atoms_notes(const sw_atoms *atoms) {
    return atoms->notes;
}

const char *sw_atoms_note_key(const sw_atoms *atoms, size_t index) {
    return index < atoms->notes ? atoms->note[index].key : "";
}

const char *sw_atoms_note_text(const sw_atoms *atoms, size_t index) {
    return index < atoms->notes ? atoms->note[index].text : "";
}

const char *sw_atoms_note(const sw_atoms *atoms, const char *key) {
    const note *present = find_note(atoms, key);
    return present ? present->text : NULL;
}
