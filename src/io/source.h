/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bytes a reader works on: a file or a piece of memory, with the name that stands in messages.
 */
#ifndef SPILLWAY_IO_SOURCE_H
#define SPILLWAY_IO_SOURCE_H

#include "base/text.h"

#include <spillway/base.h>

typedef struct sw_source {
    const char *name; /* path, or the caller's name for the memory */
    const unsigned char *bytes;
    size_t size;
    bool is_file;     /* name can be opened */
    sw_text *remarks; /* "key<TAB>value" lines: what was guessed or not understood; may be NULL */
    void *owned;      /* memory or mapping behind bytes, released by sw_source_close */
    size_t mapped;    /* size of the mapping; 0 where owned is memory */
} sw_source;

/* Opens a regular, non-empty file. Up to `map_above` bytes are copied into memory, so that a file
 * cut short by another program cannot hurt; larger ones are mapped. */
SW_MUST_USE sw_status sw_source_open(sw_source *source, const char *path, size_t map_above,
                                     sw_error *error);
void sw_source_close(sw_source *source);

/* The usual limit for sw_source_open. */
#define SW_SOURCE_MAP_ABOVE ((size_t)256 << 20)

/* Adds a remark; does nothing where nobody asked for remarks. */
void sw_source_remark(const sw_source *source, const char *key, const char *format, ...)
    SW_PRINTF(3, 4);

/* Format error at a byte: "name @ byte N". Control characters in the message become '?'. */
sw_status sw_source_error(const sw_source *source, size_t byte, const char *hint, sw_error *error,
                          const char *format, ...) SW_PRINTF(5, 6);

/* SW_ERROR_MEMORY with the name of the source as place. */
sw_status sw_source_no_memory(const sw_source *source, sw_error *error);

/* The index of frame `frame` (negative counts from the end) of `count`. */
SW_MUST_USE sw_status sw_source_frame(size_t *index, const sw_source *source, ptrdiff_t frame,
                                      size_t count, sw_error *error);

/* A file error that carries the words of the operating system for `failure` (an errno). */
sw_status sw_file_error(const char *path, int failure, const char *doing, sw_error *error);

/* Replaces control characters by '?', so that a hostile file cannot drive the terminal. */
void sw_error_clean(sw_error *error);

#endif
