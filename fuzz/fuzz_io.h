/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One reader under fire: whatever the bytes are, it ends with a content or with an error that has
 * a place and a message, and what it read can be written again. */
#ifndef SPILLWAY_FUZZ_IO_H
#define SPILLWAY_FUZZ_IO_H

#include "io/format.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void fuzz_check(bool holds) {
    if (!holds)
        abort();
}

static void fuzz_write(const sw_content *content, const sw_format_operations *format) {
    sw_error error = {0};
    sw_status status = SW_OK;
    if (content->atoms && format->write_atoms)
        status = sw_write_atoms("/dev/null", &format->format, content->atoms, false, &error);
    else if (content->stack && format->write_stack)
        status = sw_write_stack("/dev/null", &format->format, content->stack, &error);
    else if (content->table && format->write_table)
        status = sw_write_table("/dev/null", &format->format, content->table, &error);
    fuzz_check((status == SW_OK) == (error.code == SW_OK));
}

static void fuzz_read(const sw_format_operations *format, const sw_source *source, ptrdiff_t frame,
                      const sw_format_operations *writer) {
    sw_error error = {0};
    sw_content content = {0};
    sw_status status = format->read(&content, source, frame, &error);
    fuzz_check(status == error.code);
    fuzz_check(status == SW_OK || (error.place[0] && error.message[0]));
    if (status == SW_OK) {
        fuzz_check((content.noun == SW_NOUN_ATOMS && content.atoms) ||
                   (content.noun == SW_NOUN_STACK && content.stack) ||
                   (content.noun == SW_NOUN_TABLE && content.table));
        fuzz_write(&content, writer);
    }
    sw_content_clear(&content);
}

static int fuzz_format(const sw_format_operations *format, const sw_format_operations *writer,
                       const uint8_t *bytes, size_t size) {
    sw_source source = {.name = "fuzz", .bytes = bytes, .size = size};
    sw_error error = {0};
    size_t frames = 0;
    if (size == 0 || (format->is_text && memchr(bytes, '\0', size)))
        return 0; /* refused before a reader is asked */
    format->recognise(&source);
    fuzz_read(format, &source, 0, writer);
    if (format->count && format->count(&frames, &source, &error) == SW_OK && frames > 1)
        fuzz_read(format, &source, -1, writer);
    return 0;
}

#endif
