/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"

#include <spillway/base.h>

#include <string.h>

const cli_command *const cli_commands[] = {
    &command_simulate, &command_build,      &command_measure,  &command_fit,     &command_verify,
    &command_report,   &command_convert,    &command_info,     &command_list,    &command_show,
    &command_thermo,   &command_cite,       &command_selftest, &command_version, &command_help,
    &command_man,      &command_completion,
};
const size_t cli_command_count = sizeof cli_commands / sizeof cli_commands[0];

const cli_option cli_shared_options[] = {
    {"json", NULL, NULL, "print one JSON object on standard output, for other programs", NULL, 0},
    {"quiet", "q", NULL, "only warnings and errors on standard error", NULL, 0},
    {"threads", "j", "N", "work on N threads", "all processors", 0},
    {"help", "h", NULL, "print the help of the verb", NULL, 0},
    {0},
};

const cli_command *cli_command_find(const char *name) {
    for (size_t i = 0; i < cli_command_count; i++)
        if (strcmp(cli_commands[i]->name, name) == 0)
            return cli_commands[i];
    return NULL;
}

const char *cli_command_nearest(const char *name) {
    const char *names[sizeof cli_commands / sizeof cli_commands[0]];
    size_t count = 0;
    for (size_t i = 0; i < cli_command_count; i++)
        if (!cli_commands[i]->hidden)
            names[count++] = cli_commands[i]->name;
    return sw_nearest_name(name, names, count);
}

cli_exit command_failed(cli_console *console, const sw_error *error) {
    console_error(console, error);
    return EXIT_FAILED;
}

cli_exit command_misused(cli_console *console, const sw_error *error) {
    console_error(console, error);
    return EXIT_USAGE;
}

cli_exit command_out_of_memory(cli_console *console) {
    const sw_error error = {
        .code = SW_ERROR_MEMORY, .message = "no memory", .hint = "end other programs"};
    return command_failed(console, &error);
}
