/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/console.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void clear_line(cli_console *console) {
    if (console->line_is_open)
        fputs("\r\033[K", stderr);
    console->line_is_open = false;
}

static void log_message(void *user, sw_log_level level, const char *message) {
    cli_console *console = user;
    if (level == SW_LOG_DEBUG || (level == SW_LOG_INFO && console->quiet))
        return;
    clear_line(console);
    fprintf(stderr, "spillway: %s%s\n", level == SW_LOG_WARNING ? "warning: " : "", message);
}

static void show_progress(void *user, double fraction, const char *message) {
    cli_console *console = user;
    if (!console->progress)
        return;
    fputs("\r\033[K", stderr);
    if (fraction >= 0)
        fprintf(stderr, "%3.0f %%  ", 100 * fraction);
    fprintf(stderr, "%.70s", message);
    fflush(stderr);
    console->line_is_open = true;
}

sw_status console_open(cli_console *console, bool json, bool quiet, int threads) {
    const char *no_colour = getenv("NO_COLOR");
    *console = (cli_console){.json = json, .quiet = quiet};
    console->colour = isatty(STDOUT_FILENO) && !(no_colour != NULL && no_colour[0] != '\0');
    console->progress = !quiet && isatty(STDERR_FILENO);
    sw_status status = sw_context_create(&console->context);
    if (status != SW_OK)
        return status;
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    sw_context_set_threads(console->context, threads > 0      ? threads
                                             : processors > 0 ? (int)processors
                                                              : 1);
    sw_context_set_log(console->context, log_message, console);
    sw_context_set_progress(console->context, show_progress, console);
    return SW_OK;
}

void console_close(cli_console *console) {
    clear_line(console);
    sw_context_destroy(console->context);
    console->context = NULL;
}

void console_say(cli_console *console, const char *format, ...) {
    va_list arguments;
    if (console->quiet)
        return;
    clear_line(console);
    fputs("spillway: ", stderr);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
}

void console_error(cli_console *console, const sw_error *error) {
    clear_line(console);
    fprintf(stderr, "spillway: %s%s%s\n", error->place, error->place[0] != '\0' ? ": " : "",
            error->message[0] != '\0' ? error->message : sw_status_name(error->code));
    if (error->hint[0] != '\0')
        fprintf(stderr, "  hint: %s\n", error->hint);
    if (!console->json)
        return;
    console_json(json_pack("{s{so so so so}}", "error", "code",
                           json_of_text(sw_status_name(error->code)), "place",
                           json_of_text(error->place), "message", json_of_text(error->message),
                           "hint", json_of_text(error->hint)));
}

bool console_json(json_t *object) {
    bool done = object != NULL && json_dumpf(object, stdout, JSON_INDENT(2)) == 0;
    json_decref(object);
    if (done)
        fputc('\n', stdout);
    else
        fputs("spillway: no memory for the answer\n", stderr);
    return done;
}

json_t *json_of_text(const char *text) {
    json_t *value = json_string(text != NULL ? text : "");
    char *plain = value == NULL && text != NULL ? strdup(text) : NULL;
    if (plain == NULL)
        return value;
    for (char *byte = plain; *byte != '\0'; byte++)
        if ((unsigned char)*byte >= 0x80)
            *byte = '?';
    value = json_string(plain);
    free(plain);
    return value;
}

json_t *json_of_number(double value) {
    return isfinite(value) ? json_real(value) : json_null();
}

bool console_flush(cli_console *console) {
    if (fflush(stdout) == 0 && !ferror(stdout))
        return true;
    clear_line(console);
    fprintf(stderr,
            "spillway: standard output: it cannot be written: %s\n"
            "  hint: make room on the disk, or send the output elsewhere\n",
            strerror(errno));
    return false;
}
