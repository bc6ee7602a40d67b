/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/hdf5.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool put_numbers(hid_t group, const char *link, int rank, const hsize_t *sizes,
                        const double *numbers, const char *unit) {
    hid_t dataset =
        sw_hdf5_put_data(group, link, H5T_NATIVE_DOUBLE, H5T_IEEE_F64LE, rank, sizes, numbers);
    bool well = dataset >= 0 && sw_hdf5_put_text(dataset, "unit", unit);
    if (dataset >= 0)
        H5Dclose(dataset);
    return well;
}

static bool put_bytes(hid_t group, const char *link, size_t count, const uint8_t *bytes) {
    hid_t dataset = sw_hdf5_put_data(group, link, H5T_NATIVE_UINT8, H5T_STD_U8LE, 1,
                                     (const hsize_t[]){count}, bytes);
    if (dataset >= 0)
        H5Dclose(dataset);
    return dataset >= 0;
}

static bool put_cell(hid_t group, const sw_atoms *atoms) {
    double cell[3][3];
    bool periodic[3];
    if (!sw_atoms_cell(atoms, cell, periodic))
        return true;
    uint8_t flags[3] = {periodic[0], periodic[1], periodic[2]};
    return put_numbers(group, "cell", 2, (const hsize_t[]){3, 3}, &cell[0][0], "A") &&
           put_bytes(group, "periodic", 3, flags);
}

/* Integers are stored as doubles with a mark, as they are kept: a missing value stays one. */
static bool put_column(hid_t group, const sw_atoms *atoms, size_t column) {
    char link[64];
    const char *name = sw_atoms_column_name(atoms, column);
    hsize_t sizes[2] = {sw_atoms_count(atoms), sw_atoms_column_width(atoms, column)};
    sw_hdf5_link_name(link, name, "column", column);
    hid_t dataset =
        sw_hdf5_put_data(group, link, H5T_NATIVE_DOUBLE, H5T_IEEE_F64LE, sizes[1] > 1 ? 2 : 1,
                         sizes, sw_atoms_column_const(atoms, column));
    bool well = dataset >= 0 && sw_hdf5_put_text(dataset, "name", name) &&
                sw_hdf5_put_integer(dataset, "integer", sw_atoms_column_is_integer(atoms, column));
    if (dataset >= 0)
        H5Dclose(dataset);
    return well;
}

/* Notes are datasets: attributes may not be longer than 64 KiB. */
static bool put_note(hid_t group, const sw_atoms *atoms, size_t index) {
    char link[64];
    const char *key = sw_atoms_note_key(atoms, index), *text = sw_atoms_note_text(atoms, index);
    hid_t type = H5Tcopy(H5T_C_S1);
    H5Tset_size(type, strlen(text) + 1);
    H5Tset_cset(type, H5T_CSET_UTF8);
    sw_hdf5_link_name(link, key, "note", index);
    hid_t dataset = sw_hdf5_put_data(group, link, type, type, 1, (const hsize_t[]){1}, text);
    bool well = dataset >= 0 && sw_hdf5_put_text(dataset, "name", key);
    if (dataset >= 0)
        H5Dclose(dataset);
    H5Tclose(type);
    return well;
}

bool sw_hdf5_put_atoms(hid_t file, const sw_atoms *atoms) {
    size_t count = sw_atoms_count(atoms);
    hid_t group = sw_hdf5_create_group(file, "atoms");
    if (group < 0)
        return false;
    hid_t columns = sw_hdf5_create_group(group, "columns");
    hid_t notes = sw_hdf5_create_group(group, "notes");
    bool well = columns >= 0 && notes >= 0 &&
                put_numbers(group, "positions", 2, (const hsize_t[]){count, 3},
                            sw_atoms_positions_const(atoms), "A") &&
                put_bytes(group, "elements", count, sw_atoms_elements_const(atoms)) &&
                put_cell(group, atoms);
    for (size_t i = 0; i < sw_atoms_columns(atoms) && well; i++)
        well = put_column(columns, atoms, i);
    for (size_t i = 0; i < sw_atoms_notes(atoms) && well; i++)
        well = put_note(notes, atoms, i);
    if (columns >= 0)
        H5Gclose(columns);
    if (notes >= 0)
        H5Gclose(notes);
    H5Gclose(group);
    return well;
}

/* Opens a dataset of numbers of exactly these sizes. */
static hid_t open_numbers(hid_t group, const char *link, size_t rows, size_t width,
                          const sw_source *source, sw_error *error) {
    sw_hdf5_shape shape;
    hid_t dataset = sw_hdf5_open_data(&shape, group, link, source, error);
    if (dataset < 0)
        return dataset;
    size_t columns = shape.rank == 2 ? (size_t)shape.sizes[1] : 1;
    bool plain = (shape.type == H5T_FLOAT || shape.type == H5T_INTEGER) && shape.rank >= 1 &&
                 shape.rank <= 2 && shape.sizes[0] == rows && columns == width;
    if (plain)
        return dataset;
    sw_hdf5_error(source, link, "the file is damaged", error, "expected %zu x %zu numbers", rows,
                  width);
    H5Dclose(dataset);
    return H5I_INVALID_HID;
}

static sw_status get_numbers(void *values, hid_t type, hid_t group, const char *link, size_t rows,
                             size_t width, const sw_source *source, sw_error *error) {
    hid_t dataset = open_numbers(group, link, rows, width, source, error);
    if (dataset < 0)
        return SW_ERROR_FORMAT;
    bool well = rows == 0 || sw_hdf5_read_numbers(dataset, type, values);
    H5Dclose(dataset);
    return well ? SW_OK
                : sw_hdf5_error(source, link, "the file is damaged", error,
                                "cannot read the numbers");
}

static sw_status get_cell(sw_atoms *atoms, hid_t group, const sw_source *source, sw_error *error) {
    double cell[3][3];
    uint8_t flags[3] = {0};
    if (H5Lexists(group, "cell", H5P_DEFAULT) <= 0)
        return SW_OK;
    sw_status status = get_numbers(cell, H5T_NATIVE_DOUBLE, group, "cell", 3, 3, source, error);
    if (status == SW_OK)
        status = get_numbers(flags, H5T_NATIVE_UINT8, group, "periodic", 3, 1, source, error);
    for (int i = 0; i < 9 && status == SW_OK; i++)
        if (!isfinite(cell[i / 3][i % 3]))
            status = sw_hdf5_error(source, "cell", "the file is damaged", error,
                                   "the cell holds a number that is not finite");
    const bool periodic[3] = {flags[0] != 0, flags[1] != 0, flags[2] != 0};
    if (status == SW_OK)
        sw_atoms_set_cell(atoms, (const double(*)[3])cell, periodic);
    return status;
}

static sw_status get_column(sw_atoms *atoms, hid_t group, const char *link, const sw_source *source,
                            sw_error *error) {
    sw_hdf5_shape shape;
    double integer = 0;
    size_t count = sw_atoms_count(atoms);
    hid_t dataset = sw_hdf5_open_data(&shape, group, link, source, error);
    if (dataset < 0)
        return SW_ERROR_FORMAT;
    char *name = sw_hdf5_get_text(dataset, "name");
    sw_hdf5_get_number(dataset, "integer", &integer);
    H5Dclose(dataset);
    const char *title = name && *name ? name : link;
    size_t width = shape.rank == 2 ? (size_t)shape.sizes[1] : 1;
    sw_status status = SW_OK;
    /* the dataset is known to fit the file, and its rows are compared before memory is asked for */
    if (width < 1 || width > 9 || shape.rank < 1 || shape.sizes[0] != count ||
        sw_atoms_find(atoms, title) >= 0)
        status = sw_hdf5_error(source, link, "the file is damaged", error,
                               "expected a column of %zu rows and 1 to 9 numbers", count);
    else if (sw_atoms_add_column(atoms, title, width, integer != 0) != SW_OK)
        status = sw_source_no_memory(source, error);
    else
        status = get_numbers(sw_atoms_column(atoms, sw_atoms_columns(atoms) - 1), H5T_NATIVE_DOUBLE,
                             group, link, count, width, source, error);
    free(name);
    return status;
}

static sw_status get_note(sw_atoms *atoms, hid_t group, const char *link, const sw_source *source,
                          sw_error *error) {
    sw_hdf5_shape shape;
    hid_t dataset = sw_hdf5_open_data(&shape, group, link, source, error);
    if (dataset < 0)
        return SW_ERROR_FORMAT;
    char *key = sw_hdf5_get_text(dataset, "name");
    char *text =
        shape.type == H5T_STRING && shape.count == 1 ? sw_allocate(shape.element + 1, 1) : NULL;
    hid_t type = H5Dget_type(dataset);
    bool well = text && sw_hdf5_read_numbers(dataset, type, text) &&
                sw_atoms_set_note(atoms, key && *key ? key : link, text) == SW_OK;
    H5Tclose(type);
    H5Dclose(dataset);
    free(key);
    free(text);
    return well ? SW_OK
                : sw_hdf5_error(source, link, "the file is damaged", error,
                                "expected a note of one text");
}

typedef sw_status (*link_reader)(sw_atoms *atoms, hid_t group, const char *link,
                                 const sw_source *source, sw_error *error);

static sw_status each_link(sw_atoms *atoms, hid_t place, const char *name, link_reader reader,
                           const sw_source *source, sw_error *error) {
    if (H5Lexists(place, name, H5P_DEFAULT) <= 0)
        return SW_OK;
    sw_hdf5_names names = {0};
    sw_status status = SW_OK;
    hid_t group = H5Gopen2(place, name, H5P_DEFAULT);
    if (group < 0 || !sw_hdf5_list(&names, group))
        status = sw_hdf5_error(source, name, "the file is damaged", error,
                               "expected a group of at most 4096 datasets");
    for (size_t i = 0; i < names.count && status == SW_OK; i++)
        status = reader(atoms, group, names.items[i], source, error);
    sw_hdf5_names_clear(&names);
    if (group >= 0)
        H5Gclose(group);
    return status;
}

static sw_status check_atoms(const sw_atoms *atoms, const sw_source *source, sw_error *error) {
    for (size_t i = 0; i < sw_atoms_count(atoms); i++) {
        for (size_t k = 0; k < 3; k++)
            if (!isfinite(sw_atoms_positions_const(atoms)[3 * i + k]))
                return sw_hdf5_error(source, "positions", "the file is damaged", error,
                                     "the position of atom %zu is not finite", i);
        if (sw_atoms_elements_const(atoms)[i] > 118)
            return sw_hdf5_error(source, "elements", "the file is damaged", error,
                                 "atom %zu has no element of the periodic table", i);
    }
    return SW_OK;
}

static sw_status get_group(sw_content *content, hid_t group, const sw_source *source,
                           sw_error *error) {
    sw_hdf5_shape shape;
    hid_t positions = sw_hdf5_open_data(&shape, group, "positions", source, error);
    if (positions < 0)
        return SW_ERROR_FORMAT;
    H5Dclose(positions);
    size_t count = shape.rank == 2 ? (size_t)shape.sizes[0] : 0;
    if (sw_atoms_create(&content->atoms, count) != SW_OK)
        return sw_source_no_memory(source, error);
    content->noun = SW_NOUN_ATOMS;
    sw_atoms *atoms = content->atoms;
    sw_status status = get_numbers(sw_atoms_positions(atoms), H5T_NATIVE_DOUBLE, group, "positions",
                                   count, 3, source, error);
    if (status == SW_OK)
        status = get_numbers(sw_atoms_elements(atoms), H5T_NATIVE_UINT8, group, "elements", count,
                             1, source, error);
    if (status == SW_OK)
        status = check_atoms(atoms, source, error);
    if (status == SW_OK)
        status = get_cell(atoms, group, source, error);
    if (status == SW_OK)
        status = each_link(atoms, group, "columns", get_column, source, error);
    if (status == SW_OK)
        status = each_link(atoms, group, "notes", get_note, source, error);
    return status;
}

sw_status sw_hdf5_get_atoms(sw_content *content, hid_t file, const sw_source *source,
                            sw_error *error) {
    hid_t group = H5Gopen2(file, "atoms", H5P_DEFAULT);
    if (group < 0)
        return sw_hdf5_error(source, "atoms", "the file is damaged", error,
                             "expected a group \"atoms\", found none");
    sw_status status = get_group(content, group, source, error);
    H5Gclose(group);
    return status;
}
