/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HDF5 objects the way this room uses them. All functions are silent: between begin and end the
 * library's own printing of errors is off, and the caller's setting comes back after. */
#ifndef SPILLWAY_IO_HDF5_FILE_H
#define SPILLWAY_IO_HDF5_FILE_H

#include "io/format.h"

#include <hdf5.h>

typedef struct sw_hdf5_silence {
    H5E_auto2_t function;
    void *data;
} sw_hdf5_silence;

sw_hdf5_silence sw_hdf5_begin(void);
/* `well` is false after a failure: damaged metadata make the library lose objects, of which it
 * complains when the program ends, and only where its own printing is on. The default printing then
 * stays off; a setting of the caller always comes back. */
void sw_hdf5_end(sw_hdf5_silence silence, bool well);

/* Version of the superblock at the beginning of a source; -1 where there is none. */
int sw_hdf5_superblock(const sw_source *source);
/* False where following the heaps of a damaged file would crash the library or never end. One pass
 * over the bytes. */
bool sw_hdf5_heaps_are_sound(const sw_source *source);

/* Opens a source for reading; negative on failure. */
hid_t sw_hdf5_open(const sw_source *source);

/* A file that is made in memory. It must not move between create and finish. */
typedef struct sw_hdf5_memory {
    hid_t file;
    unsigned char *bytes; /* of the closed file */
    size_t capacity;
} sw_hdf5_memory;

bool sw_hdf5_create(sw_hdf5_memory *memory);
/* Closes the file and releases it; where `sink` is given, its bytes are written there first.
 * False where the file could not be made. */
bool sw_hdf5_finish(sw_hdf5_memory *memory, sw_sink *sink);

/* Writing. Names that cannot be links get a link `fallback` and keep the name as an attribute. */
hid_t sw_hdf5_create_group(hid_t place, const char *name);
bool sw_hdf5_put_text(hid_t object, const char *name, const char *text);
bool sw_hdf5_put_number(hid_t object, const char *name, double value);
bool sw_hdf5_put_integer(hid_t object, const char *name, int value);
/* A dataset of numbers of `type` in memory, stored as `stored`. The caller closes it. */
hid_t sw_hdf5_put_data(hid_t group, const char *name, hid_t type, hid_t stored, int rank,
                       const hsize_t *sizes, const void *data);
const char *sw_hdf5_link_name(char buffer[64], const char *name, const char *fallback,
                              size_t index);

/* Reading. Texts are the caller's; NULL where there is none. */
char *sw_hdf5_get_text(hid_t object, const char *name);
bool sw_hdf5_get_number(hid_t object, const char *name, double *value);

/* The names of the datasets and groups that a group links to, in the order of creation where that
 * is kept. Links to other files and places are left out. */
typedef struct sw_hdf5_names {
    char **items;
    size_t count, capacity;
} sw_hdf5_names;
/* False where the group cannot be read, or has more than 4096 links. */
bool sw_hdf5_list(sw_hdf5_names *names, hid_t group);
void sw_hdf5_names_clear(sw_hdf5_names *names);

/* What may be read of a dataset. */
typedef struct sw_hdf5_shape {
    int rank;
    hsize_t sizes[4];
    size_t count;   /* of elements */
    size_t element; /* bytes of one as stored */
    H5T_class_t type;
} sw_hdf5_shape;

/* Opens a dataset and checks that the bytes of the file can hold it, that its filters are plain
 * ones and that it points to no other file. Negative, with an error set, otherwise. */
hid_t sw_hdf5_open_data(sw_hdf5_shape *shape, hid_t group, const char *name,
                        const sw_source *source, sw_error *error);
/* Reads all numbers of a dataset that sw_hdf5_open_data opened. */
bool sw_hdf5_read_numbers(hid_t dataset, hid_t type, void *values);
/* SW_ERROR_FORMAT with "file: object" as place. */
sw_status sw_hdf5_error(const sw_source *source, const char *object, const char *hint,
                        sw_error *error, const char *format, ...) SW_PRINTF(5, 6);

#endif
