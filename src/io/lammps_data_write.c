/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/lammps_data.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define UNUSED 255                    /* no element has this number */
#define LARGEST_ID 9007199254740992.0 /* up to here doubles hold every whole number */
#define TYPES_MAX 1000000             /* more is a mistaken column, not a force field */

/* The type of each atom and what each type is. */
typedef struct type_table {
    const double *given; /* the column "type"; NULL: types are numbered by element */
    size_t count;
    uint8_t by_element[256];
} type_table;

static bool is_count(double value, double most) {
    return value >= 1 && value <= most && value == floor(value);
}

/* In the order of the atomic numbers. */
static void number_elements(type_table *table, const sw_atoms *atoms) {
    bool occurs[256] = {false};
    for (size_t i = 0; i < sw_atoms_count(atoms); i++)
        occurs[sw_atoms_elements_const(atoms)[i]] = true;
    for (int element = 0; element < 256; element++)
        if (occurs[element])
            table->by_element[element] = (uint8_t)++table->count;
}

static size_t type_of(const type_table *table, const sw_atoms *atoms, size_t row) {
    return table->given ? (size_t)table->given[row]
                        : table->by_element[sw_atoms_elements_const(atoms)[row]];
}

static sw_status find_types(type_table *table, const sw_atoms *atoms, sw_error *error) {
    *table = (type_table){.given = sw_atoms_numbers(atoms, "type")};
    for (size_t i = 0; i < sw_atoms_count(atoms); i++) {
        if (table->given && !is_count(table->given[i], TYPES_MAX))
            return sw_error_set(
                error, SW_ERROR_ARGUMENT, "type", "number the types from 1, or remove the column",
                "atom %zu has the type %g, which LAMMPS cannot hold", i, table->given[i]);
        if (table->given && (size_t)table->given[i] > table->count)
            table->count = (size_t)table->given[i];
    }
    if (!table->given)
        number_elements(table, atoms);
    return SW_OK;
}

/* The element of each type [1..count], to be freed; UNUSED where no atom is of it. */
static sw_status elements_of_types(uint8_t **elements, const type_table *table,
                                   const sw_atoms *atoms, sw_error *error) {
    uint8_t *found = *elements = sw_allocate(table->count + 1, 1);
    if (!found)
        return sw_error_set(error, SW_ERROR_MEMORY, "type", NULL,
                            "no memory for the types of atoms");
    memset(found, UNUSED, table->count + 1);
    for (size_t i = 0; i < sw_atoms_count(atoms); i++) {
        uint8_t element = sw_atoms_elements_const(atoms)[i];
        size_t type = type_of(table, atoms, i);
        if (found[type] != UNUSED && found[type] != element)
            return sw_error_set(error, SW_ERROR_ARGUMENT, "type",
                                "give each element types of its own, or remove the column",
                                "the type %zu is both %s and %s", type,
                                sw_element_symbol(found[type]), sw_element_symbol(element));
        found[type] = element;
    }
    return SW_OK;
}

static void write_title(sw_sink *sink, const sw_atoms *atoms, const sw_lammps_box *box) {
    const char *comment = sw_atoms_note(atoms, "comment");
    for (const char *c = comment ? comment : "atoms"; *c; c++)
        sw_sink_write(sink, *c == '\n' || *c == '\r' ? " " : c, 1);
    sw_sink_print(sink, ", boundary =");
    for (int k = 0; k < 3; k++)
        sw_sink_print(sink, " %c", box->periodic[k] ? 'p' : 'f');
    sw_sink_print(sink, "\n\n");
}

static void write_numbers(sw_sink *sink, const double *numbers, size_t count) {
    for (size_t i = 0; i < count; i++) {
        sw_sink_write(sink, " ", i > 0);
        sw_sink_number(sink, numbers[i]);
    }
}

static void write_box(sw_sink *sink, const sw_lammps_box *box) {
    double tilt[3] = {box->cell[1][0], box->cell[2][0], box->cell[2][1]};
    for (int k = 0; k < 3; k++) {
        double bounds[2] = {box->origin[k], box->origin[k] + box->cell[k][k]};
        write_numbers(sink, bounds, 2);
        sw_sink_print(sink, " %clo %chi\n", 'x' + k, 'x' + k);
    }
    if (tilt[0] != 0 || tilt[1] != 0 || tilt[2] != 0) {
        write_numbers(sink, tilt, 3);
        sw_sink_print(sink, " xy xz yz\n");
    }
}

/* Left out where an element is unknown: LAMMPS then asks for the command mass. */
static void write_masses(sw_sink *sink, const type_table *table, const uint8_t *elements) {
    for (size_t type = 1; type <= table->count; type++)
        if (elements[type] == 0 || elements[type] == UNUSED)
            return;
    if (table->count == 0)
        return;
    sw_sink_print(sink, "\nMasses\n\n");
    for (size_t type = 1; type <= table->count; type++) {
        sw_sink_print(sink, "%zu ", type);
        sw_sink_number(sink, sw_element_mass(elements[type]));
        sw_sink_print(sink, " # %s\n", sw_element_symbol(elements[type]));
    }
}

/* Columns that LAMMPS has a place for; NULL where the atoms have none. */
typedef struct data_columns {
    const double *id, *charge, *image[3], *velocity[3];
} data_columns;

/* Three columns, or none of them. */
static void find_three(const double *found[3], const sw_atoms *atoms, const char *const names[3]) {
    bool all = true;
    for (int k = 0; k < 3; k++) {
        found[k] = sw_atoms_numbers(atoms, names[k]);
        all = all && found[k];
    }
    if (!all)
        found[0] = NULL;
}

static sw_status check_ids(const double *ids, size_t count, sw_error *error) {
    static const char hint[] = "number the atoms from 1, or remove the column";
    size_t twice;
    for (size_t i = 0; i < count; i++)
        if (!is_count(ids[i], LARGEST_ID))
            return sw_error_set(error, SW_ERROR_ARGUMENT, "id", hint,
                                "atom %zu has the id %g, which LAMMPS cannot hold", i, ids[i]);
    sw_lammps_id *sorted = sw_lammps_sort_ids(&twice, ids, count);
    free(sorted);
    if (!sorted)
        return sw_error_set(error, SW_ERROR_MEMORY, "id", NULL, "no memory to compare ids");
    if (twice < count)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "id", hint,
                            "the id %.0f belongs to two atoms", ids[twice]);
    return SW_OK;
}

static sw_status find_columns(data_columns *columns, const sw_atoms *atoms, sw_error *error) {
    static const char *const images[3] = {"ix", "iy", "iz"};
    static const char *const velocities[3] = {"vx", "vy", "vz"};
    *columns =
        (data_columns){.id = sw_atoms_numbers(atoms, "id"), .charge = sw_atoms_numbers(atoms, "q")};
    if (!columns->charge)
        columns->charge = sw_atoms_numbers(atoms, "charge");
    find_three(columns->image, atoms, images);
    find_three(columns->velocity, atoms, velocities);
    return columns->id ? check_ids(columns->id, sw_atoms_count(atoms), error) : SW_OK;
}

static void write_id(sw_sink *sink, const data_columns *columns, size_t row) {
    if (columns->id)
        sw_sink_print(sink, "%.0f ", columns->id[row]);
    else
        sw_sink_print(sink, "%zu ", row + 1);
}

static void write_rows(sw_sink *sink, const sw_atoms *atoms, const type_table *table,
                       const data_columns *columns) {
    sw_sink_print(sink, "\nAtoms # %s\n\n", columns->charge ? "charge" : "atomic");
    for (size_t i = 0; i < sw_atoms_count(atoms); i++) {
        write_id(sink, columns, i);
        sw_sink_print(sink, "%zu ", type_of(table, atoms, i));
        if (columns->charge) {
            sw_sink_number(sink, columns->charge[i]);
            sw_sink_write(sink, " ", 1);
        }
        write_numbers(sink, &sw_atoms_positions_const(atoms)[3 * i], 3);
        for (int k = 0; k < 3 && columns->image[0]; k++)
            sw_sink_print(sink, " %.0f", columns->image[k][i]);
        sw_sink_print(sink, "\n");
    }
}

static void write_velocities(sw_sink *sink, const sw_atoms *atoms, const data_columns *columns) {
    sw_sink_print(sink, "\nVelocities\n\n");
    for (size_t i = 0; i < sw_atoms_count(atoms); i++) {
        double velocity[3] = {columns->velocity[0][i], columns->velocity[1][i],
                              columns->velocity[2][i]};
        write_id(sink, columns, i);
        write_numbers(sink, velocity, 3);
        sw_sink_print(sink, "\n");
    }
}

static void write_file(sw_sink *sink, const sw_atoms *atoms, const sw_lammps_box *box,
                       const type_table *table, const uint8_t *elements,
                       const data_columns *columns) {
    write_title(sink, atoms, box);
    sw_sink_print(sink, "%zu atoms\n%zu atom types\n\n", sw_atoms_count(atoms), table->count);
    write_box(sink, box);
    write_masses(sink, table, elements);
    if (sw_atoms_count(atoms) > 0)
        write_rows(sink, atoms, table, columns);
    if (sw_atoms_count(atoms) > 0 && columns->velocity[0])
        write_velocities(sink, atoms, columns);
}

sw_status sw_lammps_data_write(sw_sink *sink, const sw_atoms *atoms, sw_error *error) {
    sw_lammps_box box;
    type_table table;
    data_columns columns;
    sw_status status = sw_lammps_box_of(&box, atoms, error);
    if (status == SW_OK)
        status = find_types(&table, atoms, error);
    if (status == SW_OK)
        status = find_columns(&columns, atoms, error);
    if (status != SW_OK)
        return status;
    uint8_t *elements = NULL;
    status = elements_of_types(&elements, &table, atoms, error);
    if (status == SW_OK)
        write_file(sink, atoms, &box, &table, elements, &columns);
    free(elements);
    return status;
}
