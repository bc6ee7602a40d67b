/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/arguments.h"

#include <spillway/io.h>

#include <stdlib.h>
#include <string.h>

static const cli_example examples[] = {
    {"info trajectory.xyz", "format, atoms, elements, cell, columns"},
    {"info scan.mrc --json", "size and calibration of an image stack, for another program"},
    {0},
};

/* Prints "key<TAB>value" lines aligned, or adds them to *object. A key that comes again holds a
 * list. */
static void take_line(char *line, json_t *object) {
    char *tab = strchr(line, '\t');
    const char *value = tab != NULL ? tab + 1 : "";
    if (tab != NULL)
        *tab = '\0';
    if (object == NULL) {
        printf("%-16s  %s\n", line, value);
        return;
    }
    json_t *before = json_object_get(object, line);
    if (json_is_array(before)) {
        json_array_append_new(before, json_of_text(value));
    } else if (before != NULL) {
        json_t *list = json_array();
        json_array_append(list, before);
        json_array_append_new(list, json_of_text(value));
        json_object_set_new(object, line, list);
    } else {
        json_object_set_new(object, line, json_of_text(value));
    }
}

static cli_exit info(const cli_arguments *arguments, cli_console *console) {
    sw_error error = {0};
    char *text = NULL, *rest = NULL;
    if (sw_describe(&text, arguments->words[0], &error) != SW_OK)
        return command_failed(console, &error);
    json_t *object = console->json ? json_object() : NULL;
    for (char *line = strtok_r(text, "\n", &rest); line != NULL; line = strtok_r(NULL, "\n", &rest))
        take_line(line, object);
    free(text);
    return !console->json || console_json(object) ? EXIT_DONE : EXIT_FAILED;
}

const cli_command command_info = {
    .name = "info",
    .summary = "say what a file holds",
    .arguments = "FILE",
    .least = 1,
    .most = 1,
    .values = VALUES_FILES,
    .description = "The format is found by content, then by name. Prints the format, sizes, axes "
                   "with their calibration, columns with their units, and what was not "
                   "understood.",
    .examples = examples,
    .handler = info,
};
