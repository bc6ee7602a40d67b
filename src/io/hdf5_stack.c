/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A stack is a group of Berkeley EMD (emd_group_type = 1): "data", and one vector of coordinates
 * for each axis, dim1 (slowest) to dim3, with the attributes name and units. */
#include "io/hdf5.h"

#include "base/memory.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool put_axis(hid_t group, const char *link, const sw_axis *axis, size_t count) {
    double *places = sw_allocate(count, sizeof *places);
    if (!places)
        return false;
    for (size_t i = 0; i < count; i++)
        places[i] = axis->origin + (double)i * axis->step;
    hid_t dataset = sw_hdf5_put_data(group, link, H5T_NATIVE_DOUBLE, H5T_IEEE_F64LE, 1,
                                     (const hsize_t[]){count}, places);
    bool well = dataset >= 0 && sw_hdf5_put_text(dataset, "name", axis->name) &&
                sw_hdf5_put_text(dataset, "units", axis->unit) &&
                sw_hdf5_put_number(dataset, "origin", axis->origin) &&
                sw_hdf5_put_number(dataset, "step", axis->step);
    if (dataset >= 0)
        H5Dclose(dataset);
    free(places);
    return well;
}

bool sw_hdf5_put_stack(hid_t file, const sw_stack *stack) {
    static const char *const links[3] = {"dim1", "dim2", "dim3"};
    const hsize_t sizes[3] = {sw_stack_frames(stack), sw_stack_height(stack),
                              sw_stack_width(stack)};
    hid_t group = sw_hdf5_create_group(file, "stack");
    if (group < 0)
        return false;
    hid_t dataset = sw_hdf5_put_data(group, "data", H5T_NATIVE_FLOAT, H5T_IEEE_F32LE, 3, sizes,
                                     sw_stack_pixels_const(stack));
    bool well = dataset >= 0 && sw_hdf5_put_integer(group, "emd_group_type", 1) &&
                sw_hdf5_put_integer(file, "version_major", 0) &&
                sw_hdf5_put_integer(file, "version_minor", 2);
    for (int i = 0; i < 3 && well; i++)
        well = put_axis(group, links[i], sw_stack_axis_of_const(stack, (sw_stack_axis)i),
                        (size_t)sizes[i]);
    well = well && sw_hdf5_write_columns(group, "columns", sw_stack_columns_const(stack));
    if (dataset >= 0)
        H5Dclose(dataset);
    H5Gclose(group);
    return well;
}

/* EMD writes "[n_m]" for nm. */
static void copy_unit(char unit[32], const char *text) {
    size_t length = 0;
    for (const char *c = text; *c && length < 31; c++)
        if (!strchr("[]_", *c))
            unit[length++] = *c;
    unit[length] = '\0';
}

static bool first_two(double values[2], hid_t dataset, const sw_hdf5_shape *shape) {
    hsize_t start = 0, count = shape->count < 2 ? shape->count : 2;
    if (shape->rank != 1 || count == 0 || (shape->type != H5T_FLOAT && shape->type != H5T_INTEGER))
        return false;
    hid_t space = H5Dget_space(dataset), memory = H5Screate_simple(1, &count, NULL);
    bool well = space >= 0 && memory >= 0 &&
                H5Sselect_hyperslab(space, H5S_SELECT_SET, &start, NULL, &count, NULL) >= 0 &&
                H5Dread(dataset, H5T_NATIVE_DOUBLE, memory, space, H5P_DEFAULT, values) >= 0;
    if (count == 1)
        values[1] = values[0] + 1;
    H5Sclose(memory);
    H5Sclose(space);
    return well;
}

/* An axis that is not there stays in pixels. */
static sw_status get_axis(sw_axis *axis, hid_t group, const char *link, const sw_source *source,
                          sw_error *error) {
    sw_hdf5_shape shape;
    double values[2] = {0, 1}, origin, step;
    if (H5Lexists(group, link, H5P_DEFAULT) <= 0) {
        sw_source_remark(source, "not understood", "axis %s is missing", link);
        return SW_OK;
    }
    hid_t dataset = sw_hdf5_open_data(&shape, group, link, source, error);
    if (dataset < 0)
        return SW_ERROR_FORMAT;
    char *name = sw_hdf5_get_text(dataset, "name"), *unit = sw_hdf5_get_text(dataset, "units");
    if (first_two(values, dataset, &shape)) {
        axis->origin = values[0];
        axis->step = values[1] - values[0];
    }
    if (sw_hdf5_get_number(dataset, "origin", &origin) &&
        sw_hdf5_get_number(dataset, "step", &step)) {
        axis->origin = origin;
        axis->step = step;
        snprintf(axis->unit, sizeof axis->unit, "%s", unit ? unit : "");
    } else if (unit) {
        copy_unit(axis->unit, unit);
    }
    if (name)
        snprintf(axis->name, sizeof axis->name, "%s", name);
    free(name);
    free(unit);
    H5Dclose(dataset);
    return SW_OK;
}

static sw_status get_columns(sw_stack *stack, hid_t group, const sw_source *source,
                             sw_error *error) {
    if (H5Lexists(group, "columns", H5P_DEFAULT) <= 0)
        return SW_OK;
    hid_t columns = H5Gopen2(group, "columns", H5P_DEFAULT);
    if (columns < 0)
        return sw_hdf5_error(source, "columns", "the file is damaged", error,
                             "the group of the columns of the frames cannot be opened");
    sw_status status = sw_hdf5_read_columns(sw_stack_columns(stack), sw_stack_frames(stack),
                                            columns, source, error);
    H5Gclose(columns);
    return status;
}

static sw_status get_pixels(sw_content *content, hid_t dataset, const sw_hdf5_shape *shape,
                            const sw_source *source, sw_error *error) {
    bool plain = (shape->rank == 2 || shape->rank == 3) && shape->count > 0 &&
                 (shape->type == H5T_FLOAT || shape->type == H5T_INTEGER) && shape->element <= 16;
    if (!plain)
        return sw_hdf5_error(source, "data", "take an image or a stack of images out of it", error,
                             "expected 2 or 3 axes of numbers, found %d axes", shape->rank);
    bool single = shape->rank == 2;
    if (sw_stack_create(&content->stack, single ? 1 : (size_t)shape->sizes[0],
                        (size_t)shape->sizes[single ? 0 : 1],
                        (size_t)shape->sizes[single ? 1 : 2]) != SW_OK)
        return sw_source_no_memory(source, error);
    content->noun = SW_NOUN_STACK;
    if (!sw_hdf5_read_numbers(dataset, H5T_NATIVE_FLOAT, sw_stack_pixels(content->stack)))
        return sw_hdf5_error(source, "data", "the file is cut off or damaged", error,
                             "cannot read the pixels");
    return SW_OK;
}

sw_status sw_hdf5_get_stack(sw_content *content, hid_t group, const sw_source *source,
                            sw_error *error) {
    sw_hdf5_shape shape;
    hid_t dataset = sw_hdf5_open_data(&shape, group, "data", source, error);
    if (dataset < 0)
        return SW_ERROR_FORMAT;
    sw_status status = get_pixels(content, dataset, &shape, source, error);
    H5Dclose(dataset);
    if (status != SW_OK)
        return status;
    /* versions differ in whether the first axis is dim0 or dim1 */
    int first = H5Lexists(group, "dim0", H5P_DEFAULT) > 0 ? 0 : 1;
    for (int i = 0; i < shape.rank && status == SW_OK; i++) {
        char link[16];
        snprintf(link, sizeof link, "dim%d", first + i);
        status = get_axis(sw_stack_axis_of(content->stack, (sw_stack_axis)(i + 3 - shape.rank)),
                          group, link, source, error);
    }
    if (status != SW_OK)
        return status;
    return get_columns(content->stack, group, source, error);
}

static bool is_emd_group(hid_t group) {
    double type;
    char *text = sw_hdf5_get_text(group, "emd_group_type");
    bool marked = (text && strcmp(text, "array") == 0) ||
                  (sw_hdf5_get_number(group, "emd_group_type", &type) && type == 1);
    free(text);
    if (!marked || H5Lexists(group, "data", H5P_DEFAULT) <= 0)
        return false;
    hid_t dataset = H5Dopen2(group, "data", H5P_DEFAULT);
    hid_t space = dataset >= 0 ? H5Dget_space(dataset) : H5I_INVALID_HID;
    int rank = space >= 0 ? H5Sget_simple_extent_ndims(space) : 0;
    if (space >= 0)
        H5Sclose(space);
    if (dataset >= 0)
        H5Dclose(dataset);
    return rank == 2 || rank == 3;
}

/* Groups may be linked in circles: depth and number of visits are limited. */
static hid_t search(hid_t group, int depth, size_t *visits) {
    sw_hdf5_names names;
    hid_t found = H5I_INVALID_HID;
    if (!sw_hdf5_list(&names, group))
        return found;
    for (size_t i = 0; i<names.count && * visits> 0 && found < 0; i++) {
        hid_t child = H5Gopen2(group, names.items[i], H5P_DEFAULT);
        --*visits;
        if (child >= 0 && is_emd_group(child))
            found = child;
        else if (child >= 0 && depth > 0)
            found = search(child, depth - 1, visits);
        if (child >= 0 && found != child)
            H5Gclose(child);
    }
    sw_hdf5_names_clear(&names);
    return found;
}

hid_t sw_hdf5_find_emd(hid_t file) {
    size_t visits = 2000;
    hid_t root = H5Gopen2(file, "/", H5P_DEFAULT);
    if (root < 0)
        return root;
    hid_t found = search(root, 6, &visits);
    H5Gclose(root);
    return found;
}
