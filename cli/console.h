/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the user sees: data on standard output, messages on standard error, a progress line only
 * where standard error is a terminal.
 */
#ifndef SPILLWAY_CLI_CONSOLE_H
#define SPILLWAY_CLI_CONSOLE_H

#include <spillway/base.h>

#include <jansson.h>
#include <stdbool.h>

typedef struct cli_console {
    bool json, quiet;
    bool colour;       /* of standard output: a terminal, and NO_COLOR not set */
    bool progress;     /* standard error is a terminal */
    bool line_is_open; /* a progress line stands on the terminal */
    sw_context *context;
} cli_console;

/* Sets up a context that logs and tells progress here. 0 threads: all processors. */
SW_MUST_USE sw_status console_open(cli_console *console, bool json, bool quiet, int threads);
void console_close(cli_console *console);

/* "spillway: ..." on standard error, not under --quiet. */
void console_say(cli_console *console, const char *format, ...) SW_PRINTF(2, 3);
/* "spillway: place: message", then "  hint: ..."; with --json also {"error": ...} as data. */
void console_error(cli_console *console, const sw_error *error);
/* Prints a JSON object and releases it; false where it is NULL, for want of memory. */
bool console_json(json_t *object);

/* JSON of any text (bytes that are no UTF-8 become '?', NULL is ""), and of any number (null where
 * it is not finite). */
json_t *json_of_text(const char *text);
json_t *json_of_number(double value);

/* Writes out standard output; false, with a message, where it could not be written. */
bool console_flush(cli_console *console);

#endif
