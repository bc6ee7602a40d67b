/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/arguments.h"

static cli_exit version(const cli_arguments *arguments, cli_console *console) {
    (void)arguments;
    if (console->json)
        return console_json(json_pack("{ss}", "version", sw_version())) ? EXIT_DONE : EXIT_FAILED;
    printf("spillway %s\n", sw_version());
    return EXIT_DONE;
}

const cli_command command_version = {
    .name = "version",
    .summary = "print the version",
    .arguments = "",
    .description = "Prints the version of the library that the program runs with.",
    .handler = version,
};
