/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/hdf5.h"

#include <stdlib.h>
#include <string.h>

static bool recognise(const sw_source *source) {
    return sw_hdf5_superblock(source) >= 0;
}

static sw_status read_table(sw_content *content, hid_t file, const sw_source *source,
                            sw_error *error) {
    if (sw_table_create(&content->table) != SW_OK)
        return sw_source_no_memory(source, error);
    content->noun = SW_NOUN_TABLE;
    hid_t group = H5Gopen2(file, "table", H5P_DEFAULT);
    if (group < 0)
        return sw_hdf5_error(source, "table", "the file is damaged", error,
                             "expected a group \"table\", found none");
    sw_status status = sw_hdf5_read_columns(content->table, SIZE_MAX, group, source, error);
    H5Gclose(group);
    return status;
}

static sw_status read_stack(sw_content *content, hid_t file, const char *kind,
                            const sw_source *source, sw_error *error) {
    hid_t group = kind ? H5Gopen2(file, "stack", H5P_DEFAULT) : sw_hdf5_find_emd(file);
    if (group < 0)
        return sw_error_set(error, kind ? SW_ERROR_FORMAT : SW_ERROR_UNSUPPORTED, source->name,
                            "give a file written by Spillway or a Berkeley EMD file",
                            "the HDF5 file holds no image, stack, atoms or table that is known");
    if (!kind)
        sw_source_remark(source, "layout", "Berkeley EMD");
    sw_status status = sw_hdf5_get_stack(content, group, source, error);
    H5Gclose(group);
    return status;
}

static sw_status read_file(sw_content *content, hid_t file, const sw_source *source,
                           sw_error *error) {
    char *kind = sw_hdf5_get_text(file, "spillway_content");
    sw_status status;
    if (kind && strcmp(kind, "atoms") == 0)
        status = sw_hdf5_get_atoms(content, file, source, error);
    else if (kind && strcmp(kind, "table") == 0)
        status = read_table(content, file, source, error);
    else
        status = read_stack(content, file, kind, source, error);
    free(kind);
    return status;
}

static sw_status read_hdf5(sw_content *content, const sw_source *source, ptrdiff_t frame,
                           sw_error *error) {
    (void)frame; /* atoms and tables are single, stacks are read whole */
    sw_hdf5_silence silence = sw_hdf5_begin();
    hid_t file = sw_hdf5_open(source);
    sw_status status;
    if (file < 0) {
        status = sw_source_error(source, 0, "the file is damaged, or its writer was killed", error,
                                 "expected an HDF5 file, found one that cannot be opened");
    } else {
        status = read_file(content, file, source, error);
        H5Fclose(file);
    }
    sw_hdf5_end(silence, status == SW_OK);
    return status;
}

static sw_status count_frames(size_t *frames, const sw_source *source, sw_error *error) {
    sw_content content = {0};
    sw_status status = read_hdf5(&content, source, 0, error);
    *frames = content.noun == SW_NOUN_STACK && status == SW_OK ? sw_stack_frames(content.stack) : 1;
    sw_content_clear(&content);
    return status;
}

/* The file is made in memory: a full disk then is a failure of the sink, and never of the HDF5
 * library, which cannot close a file that it cannot write. */
static sw_status write_file(sw_sink *sink, const char *kind, const sw_atoms *atoms,
                            const sw_stack *stack, const sw_table *table, sw_error *error) {
    sw_hdf5_silence silence = sw_hdf5_begin();
    sw_hdf5_memory memory;
    bool well = sw_hdf5_create(&memory) &&
                sw_hdf5_put_text(memory.file, "spillway_content", kind) &&
                sw_hdf5_put_integer(memory.file, "spillway_layout", 1);
    if (atoms)
        well = well && sw_hdf5_put_atoms(memory.file, atoms);
    if (stack)
        well = well && sw_hdf5_put_stack(memory.file, stack);
    if (table)
        well = well && sw_hdf5_write_columns(memory.file, "table", table);
    well = sw_hdf5_finish(&memory, well ? sink : NULL) && well;
    sw_hdf5_end(silence, well);
    if (well)
        return SW_OK;
    return sw_error_set(error, SW_ERROR_MEMORY, sink->path, "write less at a time",
                        "cannot make the HDF5 file in memory");
}

static sw_status write_atoms(sw_sink *sink, const sw_atoms *atoms, sw_error *error) {
    return write_file(sink, "atoms", atoms, NULL, NULL, error);
}

static sw_status write_stack(sw_sink *sink, const sw_stack *stack, sw_error *error) {
    return write_file(sink, "stack", NULL, stack, NULL, error);
}

static sw_status write_table(sw_sink *sink, const sw_table *table, sw_error *error) {
    return write_file(sink, "table", NULL, NULL, table, error);
}

const sw_format_operations sw_format_hdf5 = {
    .format = {.name = "hdf5",
               .summary = "HDF5: atoms, stacks (also Berkeley EMD) and tables, exactly",
               .noun = SW_NOUN_NONE,
               .reads = true,
               .writes = true,
               .extensions = "h5 hdf5 emd",
               .citation = "The HDF Group, HDF5; emdatasets.com"},
    .recognise = recognise,
    .count = count_frames,
    .read = read_hdf5,
    .write_atoms = write_atoms,
    .write_stack = write_stack,
    .write_table = write_table,
};
