/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A growing text. Writers append freely and look at `failed` once, at the end. */
#ifndef SPILLWAY_BASE_TEXT_H
#define SPILLWAY_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* Zero-initialise it. bytes is zero-terminated, or NULL while nothing was appended. */
typedef struct sw_text {
    char *bytes;
    size_t length, capacity;
    bool failed; /* there was no memory for something appended; later appends do nothing */
} sw_text;

/* printf into the text; decimal point whatever the locale. */
void sw_text_append(sw_text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Adds `size` bytes as they are. */
void sw_text_append_bytes(sw_text *text, const void *bytes, size_t size);
/* Adds a number as the shortest text that reads back the same (sw_number_print). */
void sw_text_append_number(sw_text *text, double value);

/* Hands the text over ("" where nothing was appended) and empties *text; the caller frees it.
 * NULL where an append failed. */
char *sw_text_take(sw_text *text);
/* Frees the text and empties *text. */
void sw_text_clear(sw_text *text);

#endif
