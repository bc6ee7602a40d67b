/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/format.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* In the order in which contents are tried. */
static const sw_format_operations *const formats[] = {
    &sw_format_hdf5, &sw_format_tiff,   &sw_format_png,         &sw_format_pos, &sw_format_epos,
    &sw_format_dump, &sw_format_extxyz, &sw_format_lammps_data, &sw_format_xyz, &sw_format_poscar,
    &sw_format_cif,  &sw_format_mrc,    &sw_format_csv,
};

enum { FORMATS = sizeof formats / sizeof formats[0] };

void sw_content_clear(sw_content *content) {
    sw_atoms_destroy(content->atoms);
    sw_stack_destroy(content->stack);
    sw_table_destroy(content->table);
    *content = (sw_content){0};
}

size_t sw_format_count(void) {
    return FORMATS;
}

const sw_format *sw_format_at(size_t index) {
    return index < FORMATS ? &formats[index]->format : NULL;
}

const sw_format *sw_format_find(const char *name) {
    for (size_t i = 0; i < FORMATS; i++)
        if (strcmp(formats[i]->format.name, name) == 0)
            return &formats[i]->format;
    return NULL;
}

const sw_format_operations *sw_format_operations_of(const sw_format *format) {
    for (size_t i = 0; i < FORMATS; i++)
        if (&formats[i]->format == format)
            return formats[i];
    return NULL;
}

/* True where one of the blank-separated words is `word`. */
static bool has_word(const char *words, const char *word, size_t length, bool case_counts) {
    while (words && *words) {
        size_t span = strcspn(words, " ");
        if (span == length && length > 0 &&
            (case_counts ? memcmp(words, word, span) : strncasecmp(words, word, span)) == 0)
            return true;
        words += span + (words[span] == ' ');
    }
    return false;
}

const sw_format_operations *sw_format_of_name(const char *path) {
    const char *slash = strrchr(path, '/');
    const char *base = slash ? slash + 1 : path;
    const char *dot = strrchr(base, '.');
    for (size_t i = 0; i < FORMATS; i++) {
        if (dot && has_word(formats[i]->format.extensions, dot + 1, strlen(dot + 1), false))
            return formats[i];
        /* POSCAR, POSCAR_slab, CONTCAR-2 */
        size_t letters = strcspn(base, "_-.0123456789");
        if (has_word(formats[i]->file_names, base, letters, true))
            return formats[i];
    }
    return NULL;
}

const sw_format_operations *sw_format_recognise(const sw_source *source) {
    for (size_t i = 0; i < FORMATS; i++)
        if (!formats[i]->fallback && formats[i]->recognise(source))
            return formats[i];
    const sw_format_operations *named = sw_format_of_name(source->name);
    if (named)
        return named;
    for (size_t i = 0; i < FORMATS; i++)
        if (formats[i]->fallback && formats[i]->recognise(source))
            return formats[i];
    return NULL;
}

static sw_status recognise(const sw_format_operations **operations, const sw_source *source,
                           sw_error *error) {
    *operations = sw_format_recognise(source);
    if (*operations)
        return SW_OK;
    return sw_error_set(error, SW_ERROR_UNSUPPORTED, source->name,
                        "the formats that are read are listed by `spillway list formats`",
                        "the content of the file is of no format that is known");
}

/* A text with a zero byte is binary, or UTF-16. */
static sw_status check_text(const sw_format_operations *operations, const sw_source *source,
                            sw_error *error) {
    const unsigned char *zero =
        operations->is_text ? memchr(source->bytes, '\0', source->size) : NULL;
    if (!zero)
        return SW_OK;
    return sw_source_error(source, (size_t)(zero - source->bytes),
                           "save it as plain text in UTF-8; UTF-16 is not read", error,
                           "expected text (%s), found a zero byte", operations->format.name);
}

static sw_status read_source(sw_content *content, const sw_format_operations *operations,
                             const sw_source *source, ptrdiff_t frame, sw_error *error) {
    sw_status status = operations ? SW_OK : recognise(&operations, source, error);
    if (status != SW_OK)
        return status;
    if (!operations->read) {
        sw_error_set(error, SW_ERROR_UNSUPPORTED, source->name, "give a TIFF or MRC file",
                     "%s files are written, not read", operations->format.name);
        return SW_ERROR_UNSUPPORTED;
    }
    status = check_text(operations, source, error);
    if (status == SW_OK)
        status = operations->read(content, source, frame, error);
    if (status != SW_OK)
        sw_content_clear(content);
    return status;
}

/* The operations of a public row, or an error where the row is none of ours. */
static sw_status resolve(const sw_format_operations **operations, const sw_format *format,
                         sw_error *error) {
    *operations = format ? sw_format_operations_of(format) : NULL;
    if (!format || *operations)
        return SW_OK;
    return sw_error_set(error, SW_ERROR_ARGUMENT, "format", "take it from sw_format_find",
                        "expected a format of this library");
}

sw_status sw_identify(const sw_format **format, const char *path, sw_error *error) {
    sw_source source;
    const sw_format_operations *operations = NULL;
    *format = NULL;
    sw_status status = sw_source_open(&source, path, SW_SOURCE_MAP_ABOVE, error);
    if (status != SW_OK)
        return status;
    status = recognise(&operations, &source, error);
    sw_source_close(&source);
    if (status == SW_OK)
        *format = &operations->format;
    return status;
}

sw_status sw_frame_count(size_t *frames, const char *path, sw_error *error) {
    sw_source source;
    const sw_format_operations *operations = NULL;
    *frames = 0;
    sw_status status = sw_source_open(&source, path, SW_SOURCE_MAP_ABOVE, error);
    if (status != SW_OK)
        return status;
    status = recognise(&operations, &source, error);
    if (status == SW_OK && operations->count)
        status = operations->count(frames, &source, error);
    else if (status == SW_OK)
        *frames = 1;
    sw_source_close(&source);
    return status;
}

sw_status sw_read(sw_content *content, const char *path, const sw_format *format, ptrdiff_t frame,
                  sw_error *error) {
    sw_source source;
    const sw_format_operations *operations;
    *content = (sw_content){0};
    sw_status status = resolve(&operations, format, error);
    if (status == SW_OK)
        status = sw_source_open(&source, path, SW_SOURCE_MAP_ABOVE, error);
    if (status != SW_OK)
        return status;
    status = read_source(content, operations, &source, frame, error);
    sw_source_close(&source);
    return status;
}

sw_status sw_read_memory(sw_content *content, const void *bytes, size_t size, const char *name,
                         ptrdiff_t frame, sw_error *error) {
    sw_source source = {.name = name, .bytes = bytes, .size = size};
    *content = (sw_content){0};
    if (size == 0)
        return sw_error_set(error, SW_ERROR_FORMAT, name,
                            "the program that should have written it may have failed",
                            "the file is empty");
    return read_source(content, NULL, &source, frame, error);
}

/* What is to be written; one of the three is set. */
typedef struct noun_to_write {
    const sw_atoms *atoms;
    const sw_stack *stack;
    const sw_table *table;
} noun_to_write;

static sw_status choose(const sw_format_operations **operations, const char *path,
                        const sw_format *format, const noun_to_write *writing, sw_error *error) {
    static const char hint[] = "atoms: extxyz; stacks: mrc, tif; tables: csv; all: h5";
    sw_status status = resolve(operations, format, error);
    if (status != SW_OK)
        return status;
    if (!*operations)
        *operations = sw_format_of_name(path);
    if (!*operations)
        return sw_error_set(error, SW_ERROR_UNSUPPORTED, path, hint,
                            "the name of the file tells no format");
    bool writes = (writing->atoms && (*operations)->write_atoms) ||
                  (writing->stack && (*operations)->write_stack) ||
                  (writing->table && (*operations)->write_table);
    if (writes)
        return SW_OK;
    return sw_error_set(error, SW_ERROR_UNSUPPORTED, path, hint, "%s cannot be written as %s",
                        writing->atoms   ? "atoms"
                        : writing->stack ? "a stack"
                                         : "a table",
                        (*operations)->format.name);
}

static sw_status write_noun(sw_sink *sink, const sw_format_operations *operations,
                            const noun_to_write *writing, sw_error *error) {
    if (writing->atoms && operations->write_atoms)
        return operations->write_atoms(sink, writing->atoms, error);
    if (writing->stack && operations->write_stack)
        return operations->write_stack(sink, writing->stack, error);
    if (writing->table && operations->write_table)
        return operations->write_table(sink, writing->table, error);
    return sw_error_set(error, SW_ERROR_ARGUMENT, sink->path, NULL, "there is nothing to write");
}

static sw_status write_file(const char *path, const sw_format *format, const noun_to_write *writing,
                            bool append, sw_error *error) {
    const sw_format_operations *operations;
    sw_sink sink;
    sw_status status = choose(&operations, path, format, writing, error);
    if (status == SW_OK && append && !operations->appends)
        status = sw_error_set(error, SW_ERROR_UNSUPPORTED, path, "write extxyz or lammps-dump",
                              "frames cannot be appended to %s", operations->format.name);
    if (status == SW_OK)
        status = sw_sink_open(&sink, path, append, error);
    if (status != SW_OK)
        return status;
    status = write_noun(&sink, operations, writing, error);
    if (status == SW_OK)
        return sw_sink_commit(&sink, error);
    sw_sink_abandon(&sink);
    return status;
}

sw_status sw_write_atoms(const char *path, const sw_format *format, const sw_atoms *atoms,
                         bool append, sw_error *error) {
    return write_file(path, format, &(noun_to_write){.atoms = atoms}, append, error);
}

sw_status sw_write_stack(const char *path, const sw_format *format, const sw_stack *stack,
                         sw_error *error) {
    return write_file(path, format, &(noun_to_write){.stack = stack}, false, error);
}

sw_status sw_write_table(const char *path, const sw_format *format, const sw_table *table,
                         sw_error *error) {
    return write_file(path, format, &(noun_to_write){.table = table}, false, error);
}
