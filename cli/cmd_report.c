/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/arguments.h"

#include <spillway/report.h>

#include <stdlib.h>

static const cli_option options[] = {
    {"figures", NULL, NULL, "also write every figure to DIR/figures as SVG, PDF and PNG", NULL, 0},
    {0},
};

static const cli_example examples[] = {
    {"report nife-fe3o4 --figures", "draws the report of a run folder anew, and its figures"},
    {0},
};

static cli_exit report(const cli_arguments *arguments, cli_console *console) {
    sw_error error = {0};
    char *path = NULL;
    bool figures = option_is_given(arguments, "figures");
    if (sw_report(&path, arguments->words[0], figures, console->context, &error) != SW_OK)
        return command_failed(console, &error);
    bool printed = true;
    if (console->json)
        printed = console_json(json_pack("{so}", "report", json_of_text(path)));
    else
        printf("%s\n", path);
    free(path);
    return printed ? EXIT_DONE : EXIT_FAILED;
}

const cli_command command_report = {
    .name = "report",
    .summary = "draw the report of a run folder",
    .arguments = "DIR",
    .least = 1,
    .most = 1,
    .values = VALUES_FOLDERS,
    .description = "Writes DIR/report.html, one self-contained page, from the files of a run "
                   "folder, and prints its path.",
    .options = options,
    .examples = examples,
    .handler = report,
};
