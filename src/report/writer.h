/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A growing text for pages and figures. Failure to grow is remembered and told once, by
 * sw_writer_take; everything written after it is dropped.
 */
#ifndef SPILLWAY_REPORT_WRITER_H
#define SPILLWAY_REPORT_WRITER_H

#include <spillway/base.h>

typedef struct sw_writer {
    char *text; /* zero-terminated as soon as something was written */
    size_t size, capacity;
    bool failed;
} sw_writer;

void sw_writer_clear(sw_writer *writer);
/* Hands the text over (free); "" where nothing was written. Clears the writer. */
SW_MUST_USE sw_status sw_writer_take(char **text, size_t *size, sw_writer *writer, sw_error *error);

void sw_writer_bytes(sw_writer *writer, const void *bytes, size_t size);
void sw_writer_add(sw_writer *writer, const char *text);
void sw_writer_format(sw_writer *writer, const char *format, ...) SW_PRINTF(2, 3);
/* As XML text or attribute value: & < > " ' escaped, control characters left out, bytes that are
 * not UTF-8 shown as U+FFFD. NULL writes nothing. */
void sw_writer_escaped(sw_writer *writer, const char *text);
/* A JSON string in quotes that may stand inside a <script> element. */
void sw_writer_json(sw_writer *writer, const char *text);
/* A number with at most two decimals, whatever the locale; for coordinates. */
void sw_writer_coordinate(sw_writer *writer, double value);
/* A finite number that reads back to 9 digits; null where it is not finite. */
void sw_writer_json_number(sw_writer *writer, double value);
void sw_writer_base64(sw_writer *writer, const void *bytes, size_t size);

/* Length in bytes of the UTF-8 character at `text`, 0 where it is none. */
size_t sw_utf8_length(const char *text);

#endif
