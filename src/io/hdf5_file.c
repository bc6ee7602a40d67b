/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/hdf5_file.h"

#include "base/memory.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

sw_hdf5_silence sw_hdf5_begin(void) {
    sw_hdf5_silence silence = {0};
    H5Eget_auto2(H5E_DEFAULT, &silence.function, &silence.data);
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
    return silence;
}

/* What a new error stack prints with. */
static H5E_auto2_t default_printing(void) {
    H5E_auto2_t function = NULL;
    void *data;
    hid_t stack = H5Ecreate_stack();
    if (stack >= 0 && H5Eget_auto2(stack, &function, &data) < 0)
        function = NULL;
    if (stack >= 0)
        H5Eclose_stack(stack);
    return function;
}

void sw_hdf5_end(sw_hdf5_silence silence, bool well) {
    H5Eclear2(H5E_DEFAULT);
    if (well || silence.function != default_printing())
        H5Eset_auto2(H5E_DEFAULT, silence.function, silence.data);
}

hid_t sw_hdf5_open(const sw_source *source) {
    if (!sw_hdf5_heaps_are_sound(source))
        return H5I_INVALID_HID;
    hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    H5Pset_fclose_degree(access, H5F_CLOSE_STRONG);
    hid_t file = H5I_INVALID_HID;
    if (source->is_file) {
        H5Pset_file_locking(access, false, true); /* folders on other machines cannot lock */
        file = H5Fopen(source->name, H5F_ACC_RDONLY, access);
    } else if (H5Pset_fapl_core(access, 1 << 16, false) >= 0 &&
               H5Pset_file_image(access, (void *)(uintptr_t)source->bytes, source->size) >= 0) {
        file = H5Fopen("memory", H5F_ACC_RDONLY, access);
    }
    H5Pclose(access);
    return file;
}

hid_t sw_hdf5_create_group(hid_t place, const char *name) {
    hid_t creation = H5Pcreate(H5P_GROUP_CREATE);
    H5Pset_obj_track_times(creation, false); /* the same content gives the same bytes */
    H5Pset_link_creation_order(creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
    hid_t group = H5Gcreate2(place, name, H5P_DEFAULT, creation, H5P_DEFAULT);
    H5Pclose(creation);
    return group;
}

static bool put_attribute(hid_t object, const char *name, hid_t type, const void *value) {
    hid_t space = H5Screate(H5S_SCALAR);
    hid_t attribute = H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
    bool well = attribute >= 0 && H5Awrite(attribute, type, value) >= 0;
    if (attribute >= 0)
        H5Aclose(attribute);
    H5Sclose(space);
    return well;
}

bool sw_hdf5_put_text(hid_t object, const char *name, const char *text) {
    hid_t type = H5Tcopy(H5T_C_S1);
    H5Tset_size(type, strlen(text) + 1);
    H5Tset_cset(type, H5T_CSET_UTF8);
    bool well = put_attribute(object, name, type, text);
    H5Tclose(type);
    return well;
}

bool sw_hdf5_put_number(hid_t object, const char *name, double value) {
    return put_attribute(object, name, H5T_NATIVE_DOUBLE, &value);
}

bool sw_hdf5_put_integer(hid_t object, const char *name, int value) {
    return put_attribute(object, name, H5T_NATIVE_INT, &value);
}

hid_t sw_hdf5_put_data(hid_t group, const char *name, hid_t type, hid_t stored, int rank,
                       const hsize_t *sizes, const void *data) {
    hid_t space = rank > 0 ? H5Screate_simple(rank, sizes, NULL) : H5Screate(H5S_SCALAR);
    hid_t creation = H5Pcreate(H5P_DATASET_CREATE);
    H5Pset_obj_track_times(creation, false);
    hid_t dataset = H5Dcreate2(group, name, stored, space, H5P_DEFAULT, creation, H5P_DEFAULT);
    if (dataset >= 0 && H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data) < 0) {
        H5Dclose(dataset);
        dataset = H5I_INVALID_HID;
    }
    H5Pclose(creation);
    H5Sclose(space);
    return dataset;
}

const char *sw_hdf5_link_name(char buffer[64], const char *name, const char *fallback,
                              size_t index) {
    if (*name && strlen(name) < 64 && !strchr(name, '/') && *name != '.' &&
        strncmp(name, fallback, strlen(fallback)) != 0)
        snprintf(buffer, 64, "%s", name);
    else
        snprintf(buffer, 64, "%s_%zu", fallback, index);
    return buffer;
}

static char *get_variable_text(hid_t attribute, hid_t space) {
    char *text = NULL, *copy = NULL;
    hid_t type = H5Tcopy(H5T_C_S1);
    H5Tset_size(type, H5T_VARIABLE);
    hid_t stored = H5Aget_type(attribute);
    H5Tset_cset(type, H5Tget_cset(stored));
    if (H5Aread(attribute, type, &text) >= 0) {
        copy = sw_duplicate_text(text);
        H5Dvlen_reclaim(type, space, H5P_DEFAULT, &text);
    }
    H5Tclose(stored);
    H5Tclose(type);
    return copy;
}

static char *get_fixed_text(hid_t attribute, hid_t type) {
    size_t size = H5Tget_size(type);
    char *text = size > 0 && size < 1 << 20 ? sw_allocate(size + 1, 1) : NULL;
    if (text && H5Aread(attribute, type, text) < 0) {
        free(text);
        text = NULL;
    }
    return text;
}

char *sw_hdf5_get_text(hid_t object, const char *name) {
    char *text = NULL;
    if (H5Aexists(object, name) <= 0)
        return NULL;
    hid_t attribute = H5Aopen(object, name, H5P_DEFAULT);
    if (attribute < 0)
        return NULL;
    hid_t type = H5Aget_type(attribute), space = H5Aget_space(attribute);
    bool single = space >= 0 && H5Sget_simple_extent_npoints(space) == 1;
    if (type >= 0 && single && H5Tget_class(type) == H5T_STRING)
        text = H5Tis_variable_str(type) > 0 ? get_variable_text(attribute, space)
                                            : get_fixed_text(attribute, type);
    if (space >= 0)
        H5Sclose(space);
    if (type >= 0)
        H5Tclose(type);
    H5Aclose(attribute);
    return text;
}

bool sw_hdf5_get_number(hid_t object, const char *name, double *value) {
    if (H5Aexists(object, name) <= 0)
        return false;
    hid_t attribute = H5Aopen(object, name, H5P_DEFAULT);
    if (attribute < 0)
        return false;
    hid_t type = H5Aget_type(attribute), space = H5Aget_space(attribute);
    H5T_class_t class = type >= 0 ? H5Tget_class(type) : H5T_NO_CLASS;
    bool well = (class == H5T_INTEGER || class == H5T_FLOAT) && space >= 0 &&
                H5Sget_simple_extent_npoints(space) == 1 &&
                H5Aread(attribute, H5T_NATIVE_DOUBLE, value) >= 0;
    if (space >= 0)
        H5Sclose(space);
    if (type >= 0)
        H5Tclose(type);
    H5Aclose(attribute);
    return well;
}

static herr_t add_name(hid_t group, const char *name, const H5L_info_t *link, void *user) {
    sw_hdf5_names *names = user;
    (void)group;
    if (link->type != H5L_TYPE_HARD)
        return 0;
    if (names->count == 4096 ||
        !sw_reserve(&names->items, &names->capacity, names->count + 1, sizeof *names->items))
        return -1;
    char *copy = sw_duplicate_text(name);
    if (copy)
        names->items[names->count++] = copy;
    return copy ? 0 : -1;
}

/* In native order the library walks the links as they lie in the file; sorting them by name would
 * make it build a table, which it frees uninitialised where the file is damaged. */
bool sw_hdf5_list(sw_hdf5_names *names, hid_t group) {
    unsigned order = 0;
    hsize_t position = 0;
    *names = (sw_hdf5_names){0};
    hid_t creation = H5Gget_create_plist(group);
    bool tracked = creation >= 0 && H5Pget_link_creation_order(creation, &order) >= 0 &&
                   (order & H5P_CRT_ORDER_TRACKED);
    if (creation >= 0)
        H5Pclose(creation);
    bool well = H5Literate(group, tracked ? H5_INDEX_CRT_ORDER : H5_INDEX_NAME,
                           tracked ? H5_ITER_INC : H5_ITER_NATIVE, &position, add_name, names) >= 0;
    if (!well)
        sw_hdf5_names_clear(names);
    return well;
}

void sw_hdf5_names_clear(sw_hdf5_names *names) {
    for (size_t i = 0; i < names->count; i++)
        free(names->items[i]);
    free(names->items);
    *names = (sw_hdf5_names){0};
}

sw_status sw_hdf5_error(const sw_source *source, const char *object, const char *hint,
                        sw_error *error, const char *format, ...) {
    char place[256], message[512];
    va_list arguments;
    snprintf(place, sizeof place, "%.180s: %.60s", source->name, object);
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    sw_error_set(error, SW_ERROR_FORMAT, place, hint, "%s", message);
    sw_error_clean(error);
    return SW_ERROR_FORMAT;
}

/* Deflate makes at most 1032 bytes of one; the other filters none. */
static bool filters_are_plain(hid_t creation, bool *compressed) {
    int count = H5Pget_nfilters(creation);
    *compressed = false;
    for (int i = 0; i < count; i++) {
        unsigned flags;
        size_t values = 0;
        H5Z_filter_t filter =
            H5Pget_filter2(creation, (unsigned)i, &flags, &values, NULL, 0, NULL, NULL);
        if (filter != H5Z_FILTER_DEFLATE && filter != H5Z_FILTER_SHUFFLE &&
            filter != H5Z_FILTER_FLETCHER32)
            return false;
        *compressed = *compressed || filter == H5Z_FILTER_DEFLATE;
    }
    return count >= 0;
}

static bool chunks_fit(hid_t creation, const sw_hdf5_shape *shape, size_t room) {
    hsize_t sizes[4];
    size_t bytes = shape->element;
    if (H5Pget_chunk(creation, 4, sizes) != shape->rank)
        return false;
    for (int i = 0; i < shape->rank; i++)
        if (!sw_size_product(&bytes, bytes, (size_t)sizes[i]))
            return false;
    return bytes <= room;
}

/* The library asks for the memory that a chunk's entry in the index names, however much that is. */
static bool chunks_lie_in_file(hid_t dataset, hid_t creation, const sw_hdf5_shape *shape,
                               size_t file_size) {
    hsize_t sizes[4], corner[4] = {0};
    if (shape->count == 0)
        return true;
    if (H5Pget_chunk(creation, 4, sizes) != shape->rank)
        return false;
    for (;;) {
        hsize_t bytes = 0;
        unsigned filters = 0;
        haddr_t address = HADDR_UNDEF;
        if (H5Dget_chunk_info_by_coord(dataset, corner, &filters, &address, &bytes) < 0 ||
            bytes > file_size || (bytes > 0 && address > file_size - bytes))
            return false;
        int axis = shape->rank - 1;
        for (; axis >= 0 && (corner[axis] += sizes[axis]) >= shape->sizes[axis]; axis--)
            corner[axis] = 0;
        if (axis < 0)
            return true;
    }
}

/* NULL where the bytes of the file can hold the dataset, else what is wrong. */
static const char *storage_fault(hid_t dataset, const sw_hdf5_shape *shape,
                                 const sw_source *source) {
    size_t bytes, room = source->size;
    bool compressed;
    hid_t creation = H5Dget_create_plist(dataset);
    const char *fault = NULL;
    if (creation < 0)
        return "its layout cannot be read";
    H5D_layout_t layout = H5Pget_layout(creation);
    if (!filters_are_plain(creation, &compressed))
        fault = "it is compressed with a filter other than deflate";
    else if (layout == H5D_VIRTUAL || H5Pget_external_count(creation) > 0)
        fault = "it points to another file";
    else if (compressed && !sw_size_product(&room, room, 1032))
        room = SIZE_MAX;
    if (!fault && (!sw_size_product(&bytes, shape->count, shape->element) || bytes > room))
        fault = "it is larger than the file can hold";
    if (!fault && layout == H5D_CHUNKED && !chunks_fit(creation, shape, room))
        fault = "its chunks are larger than the file can hold";
    if (!fault && layout == H5D_CHUNKED &&
        !chunks_lie_in_file(dataset, creation, shape, source->size))
        fault = "its chunks lie outside of the file";
    if (!fault && shape->count > 0 && H5Dget_storage_size(dataset) == 0)
        fault = "it was never written";
    H5Pclose(creation);
    return fault;
}

static const char *shape_fault(sw_hdf5_shape *shape, hid_t dataset) {
    hid_t space = H5Dget_space(dataset), type = H5Dget_type(dataset);
    const char *fault = NULL;
    *shape = (sw_hdf5_shape){.count = 1};
    shape->rank = space >= 0 ? H5Sget_simple_extent_ndims(space) : -1;
    if (type < 0 || shape->rank < 0 || shape->rank > 4 || H5Sis_simple(space) <= 0)
        fault = "it has more than four axes";
    else if (H5Sget_simple_extent_dims(space, shape->sizes, NULL) != shape->rank)
        fault = "its sizes cannot be read";
    for (int i = 0; i < shape->rank && !fault; i++)
        if (!sw_size_product(&shape->count, shape->count, (size_t)shape->sizes[i]))
            fault = "it is larger than any memory";
    if (!fault && H5Sget_simple_extent_npoints(space) != (hssize_t)shape->count)
        fault = "its sizes cannot be read";
    if (type >= 0) {
        shape->type = H5Tget_class(type);
        shape->element = H5Tget_size(type);
        if (!fault &&
            (shape->type == H5T_NO_CLASS || shape->element == 0 || H5Tis_variable_str(type) > 0))
            fault = "its type is not one of plain numbers or texts";
        H5Tclose(type);
    }
    if (space >= 0)
        H5Sclose(space);
    return fault;
}

hid_t sw_hdf5_open_data(sw_hdf5_shape *shape, hid_t group, const char *name,
                        const sw_source *source, sw_error *error) {
    hid_t dataset = H5Lexists(group, name, H5P_DEFAULT) > 0 ? H5Dopen2(group, name, H5P_DEFAULT)
                                                            : H5I_INVALID_HID;
    if (dataset < 0) {
        sw_hdf5_error(source, name, "the file is damaged or of another kind", error,
                      "expected a dataset \"%s\", found none", name);
        return dataset;
    }
    const char *fault = shape_fault(shape, dataset);
    if (!fault)
        fault = storage_fault(dataset, shape, source);
    if (!fault)
        return dataset;
    sw_hdf5_error(source, name, "the file is damaged, or made by another program", error,
                  "the dataset cannot be read: %s", fault);
    H5Dclose(dataset);
    return H5I_INVALID_HID;
}

bool sw_hdf5_read_numbers(hid_t dataset, hid_t type, void *values) {
    return H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) >= 0;
}
