/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The halves of the HDF5 format; README.md describes the layout. */
#ifndef SPILLWAY_IO_HDF5_H
#define SPILLWAY_IO_HDF5_H

#include "io/hdf5_file.h"

/* Tables stand alone, or in the group "columns" of a stack. */
bool sw_hdf5_write_columns(hid_t place, const char *name, const sw_table *table);
/* Reads the columns of a group into a table of `rows` rows; with rows SIZE_MAX the first column
 * says how many there are. */
SW_MUST_USE sw_status sw_hdf5_read_columns(sw_table *table, size_t rows, hid_t group,
                                           const sw_source *source, sw_error *error);

bool sw_hdf5_put_atoms(hid_t file, const sw_atoms *atoms);
SW_MUST_USE sw_status sw_hdf5_get_atoms(sw_content *content, hid_t file, const sw_source *source,
                                        sw_error *error);
bool sw_hdf5_put_stack(hid_t file, const sw_stack *stack);
/* Reads a group that holds "data" and its axes, ours or of Berkeley EMD. */
SW_MUST_USE sw_status sw_hdf5_get_stack(sw_content *content, hid_t group, const sw_source *source,
                                        sw_error *error);
/* Opens the first group of Berkeley EMD that holds an image or a stack; negative where none. */
hid_t sw_hdf5_find_emd(hid_t file);

#endif
