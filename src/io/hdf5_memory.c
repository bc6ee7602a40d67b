/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * HDF5 files in memory. The buffer of the core driver is taken over when the file is closed, by
 * way of its image callbacks: H5Fget_file_image of HDF5 1.10 leaves a superblock whose checksum is
 * wrong.
 */
#include "io/hdf5_file.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Superblock of versions 2 and 3: where the end of the file is kept, 8 bytes, little-endian. */
enum { AT_VERSION = 8, AT_END_OF_FILE = 28, SUPERBLOCK = 48 };

static void *take_memory(size_t size, H5FD_file_image_op_t operation, void *user) {
    sw_hdf5_memory *memory = user;
    (void)operation;
    memory->capacity = size;
    return malloc(size);
}

static void *copy_memory(void *to, const void *from, size_t size, H5FD_file_image_op_t operation,
                         void *user) {
    (void)operation;
    (void)user;
    return memcpy(to, from, size);
}

/* New bytes are zero: gaps that the library leaves are not to show old memory. */
static void *resize_memory(void *bytes, size_t size, H5FD_file_image_op_t operation, void *user) {
    sw_hdf5_memory *memory = user;
    (void)operation;
    unsigned char *resized = realloc(bytes, size);
    if (resized && size > memory->capacity)
        memset(resized + memory->capacity, 0, size - memory->capacity);
    if (resized)
        memory->capacity = size;
    return resized;
}

static herr_t keep_or_free(void *bytes, H5FD_file_image_op_t operation, void *user) {
    sw_hdf5_memory *memory = user;
    if (operation == H5FD_FILE_IMAGE_OP_FILE_CLOSE)
        memory->bytes = bytes;
    else
        free(bytes);
    return 0;
}

static void *same_user(void *user) {
    return user;
}

static herr_t leave_user(void *user) {
    (void)user;
    return 0;
}

bool sw_hdf5_create(sw_hdf5_memory *memory) {
    *memory = (sw_hdf5_memory){.file = H5I_INVALID_HID};
    H5FD_file_image_callbacks_t callbacks = {take_memory, copy_memory, resize_memory, keep_or_free,
                                             same_user,   leave_user,  memory};
    hid_t access = H5Pcreate(H5P_FILE_ACCESS), creation = H5Pcreate(H5P_FILE_CREATE);
    H5Pset_obj_track_times(creation, false);
    H5Pset_fclose_degree(access, H5F_CLOSE_STRONG);
    /* the format of HDF5 1.8 has checksums over all that is not data */
    H5Pset_libver_bounds(access, H5F_LIBVER_V18, H5F_LIBVER_V18);
    if (H5Pset_fapl_core(access, 1 << 20, false) >= 0 &&
        H5Pset_file_image_callbacks(access, &callbacks) >= 0)
        memory->file = H5Fcreate("memory", H5F_ACC_TRUNC, creation, access);
    H5Pclose(creation);
    H5Pclose(access);
    return memory->file >= 0;
}

static size_t file_size(const sw_hdf5_memory *memory) {
    uint64_t size = 0;
    if (!memory->bytes || memory->capacity < SUPERBLOCK || memory->bytes[AT_VERSION] < 2)
        return 0;
    for (size_t i = 0; i < 8; i++)
        size |= (uint64_t)memory->bytes[AT_END_OF_FILE + i] << (8 * i);
    return size <= memory->capacity ? (size_t)size : 0;
}

bool sw_hdf5_finish(sw_hdf5_memory *memory, sw_sink *sink) {
    bool well = memory->file >= 0 && H5Fclose(memory->file) >= 0;
    size_t size = well ? file_size(memory) : 0;
    if (sink && size > 0)
        sw_sink_write(sink, memory->bytes, size);
    free(memory->bytes);
    *memory = (sw_hdf5_memory){.file = H5I_INVALID_HID};
    return size > 0;
}
