/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/hdf5.h"

#include "base/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static hid_t put_texts(hid_t group, const char *link, const sw_table *table, size_t column) {
    size_t rows = sw_table_rows(table), width = 1, bytes;
    for (size_t row = 0; row < rows; row++) {
        size_t length = strlen(sw_table_text(table, row, column)) + 1;
        width = length > width ? length : width;
    }
    char *texts = sw_size_product(&bytes, rows, width) ? sw_allocate(bytes, 1) : NULL;
    if (!texts)
        return H5I_INVALID_HID;
    for (size_t row = 0; row < rows; row++)
        snprintf(texts + row * width, width, "%s", sw_table_text(table, row, column));
    hid_t type = H5Tcopy(H5T_C_S1);
    H5Tset_size(type, width);
    H5Tset_cset(type, H5T_CSET_UTF8);
    hid_t dataset = sw_hdf5_put_data(group, link, type, type, 1, (const hsize_t[]){rows}, texts);
    H5Tclose(type);
    free(texts);
    return dataset;
}

static bool put_column(hid_t group, const sw_table *table, size_t column) {
    char link[64];
    const char *name = sw_table_name(table, column);
    hid_t dataset;
    sw_hdf5_link_name(link, name, "column", column);
    if (sw_table_is_text(table, column))
        dataset = put_texts(group, link, table, column);
    else
        dataset = sw_hdf5_put_data(group, link, H5T_NATIVE_DOUBLE, H5T_IEEE_F64LE, 1,
                                   (const hsize_t[]){sw_table_rows(table)},
                                   sw_table_numbers_const(table, column));
    bool well = dataset >= 0 && sw_hdf5_put_text(dataset, "name", name) &&
                sw_hdf5_put_text(dataset, "unit", sw_table_unit(table, column));
    if (dataset >= 0)
        H5Dclose(dataset);
    return well;
}

bool sw_hdf5_write_columns(hid_t place, const char *name, const sw_table *table) {
    hid_t group = sw_hdf5_create_group(place, name);
    bool well = group >= 0;
    for (size_t i = 0; i < sw_table_columns(table) && well; i++)
        well = put_column(group, table, i);
    if (group >= 0)
        H5Gclose(group);
    return well;
}

/* All texts of a dataset, each `shape->element` bytes long; NULL where they cannot be read. */
static char *read_texts(hid_t dataset, const sw_hdf5_shape *shape) {
    size_t bytes;
    char *texts =
        sw_size_product(&bytes, shape->count, shape->element) ? sw_allocate(bytes, 1) : NULL;
    hid_t type = H5Tcopy(H5T_C_S1), stored = H5Dget_type(dataset);
    H5Tset_size(type, shape->element);
    H5Tset_cset(type, H5Tget_cset(stored));
    if (texts && shape->count > 0 && !sw_hdf5_read_numbers(dataset, type, texts)) {
        free(texts);
        texts = NULL;
    }
    H5Tclose(stored);
    H5Tclose(type);
    return texts;
}

static sw_status get_texts(sw_table *table, hid_t dataset, const sw_hdf5_shape *shape,
                           const char *name, const sw_source *source, sw_error *error) {
    size_t column = sw_table_columns(table) - 1, size = shape->element;
    char *texts = read_texts(dataset, shape), *text = sw_allocate(size + 1, 1);
    sw_status status = SW_OK;
    if (!texts)
        status = sw_hdf5_error(source, name, "the file is damaged", error, "cannot read the texts");
    else if (!text)
        status = sw_source_no_memory(source, error);
    for (size_t row = 0; texts && text && row < shape->count && status == SW_OK; row++) {
        memcpy(text, texts + row * size, size);
        if (sw_table_set_text(table, row, column, text) != SW_OK)
            status = sw_source_no_memory(source, error);
    }
    free(texts);
    free(text);
    return status;
}

static sw_status get_column(sw_table *table, hid_t dataset, const sw_hdf5_shape *shape,
                            const char *link, const sw_source *source, sw_error *error) {
    char *name = sw_hdf5_get_text(dataset, "name"), *unit = sw_hdf5_get_text(dataset, "unit");
    const char *title = name && *name ? name : link;
    bool text = shape->type == H5T_STRING;
    sw_status status = SW_OK;
    if (sw_table_find(table, title) >= 0)
        status = sw_hdf5_error(source, link, "the file is damaged", error,
                               "the column \"%s\" appears twice", title);
    else if ((text ? sw_table_add_text_column(table, title)
                   : sw_table_add_column(table, title, unit ? unit : "")) != SW_OK)
        status = sw_source_no_memory(source, error);
    else if (text)
        status = get_texts(table, dataset, shape, link, source, error);
    else if (shape->count > 0 &&
             !sw_hdf5_read_numbers(dataset, H5T_NATIVE_DOUBLE,
                                   sw_table_numbers(table, sw_table_columns(table) - 1)))
        status =
            sw_hdf5_error(source, link, "the file is damaged", error, "cannot read the numbers");
    free(name);
    free(unit);
    return status;
}

static sw_status add_rows(sw_table *table, size_t rows, const sw_source *source, sw_error *error) {
    while (sw_table_rows(table) < rows)
        if (sw_table_add_row(table, NULL) != SW_OK)
            return sw_source_no_memory(source, error);
    return SW_OK;
}

static sw_status get_dataset(sw_table *table, size_t *rows, hid_t group, const char *link,
                             const sw_source *source, sw_error *error) {
    sw_hdf5_shape shape;
    hid_t dataset = sw_hdf5_open_data(&shape, group, link, source, error);
    if (dataset < 0)
        return SW_ERROR_FORMAT;
    bool plain = shape.rank == 1 &&
                 (shape.type == H5T_FLOAT || shape.type == H5T_INTEGER || shape.type == H5T_STRING);
    sw_status status;
    if (*rows == SIZE_MAX && plain)
        *rows = shape.count;
    if (!plain || shape.count != *rows)
        status = sw_hdf5_error(source, link, "all columns need the same number of rows", error,
                               "expected a column of %zu numbers or texts", *rows);
    else
        status = add_rows(table, *rows, source, error);
    if (status == SW_OK)
        status = get_column(table, dataset, &shape, link, source, error);
    H5Dclose(dataset);
    return status;
}

sw_status sw_hdf5_read_columns(sw_table *table, size_t rows, hid_t group, const sw_source *source,
                               sw_error *error) {
    sw_hdf5_names names;
    sw_status status = SW_OK;
    if (!sw_hdf5_list(&names, group))
        status = sw_hdf5_error(source, "columns", "the file is damaged", error,
                               "expected a group of at most 4096 columns");
    for (size_t i = 0; i < names.count && status == SW_OK; i++)
        status = get_dataset(table, &rows, group, names.items[i], source, error);
    sw_hdf5_names_clear(&names);
    return status;
}
