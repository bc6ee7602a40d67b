/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/arguments.h"
#include "cli/help.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

static cli_exit unknown_verb(const char *name) {
    const char *nearest = cli_command_nearest(name);
    fprintf(stderr, "spillway: there is no verb \"%s\"\n", name);
    if (nearest != NULL)
        fprintf(stderr, "  hint: did you mean `spillway %s`?\n", nearest);
    else
        fputs("  hint: `spillway help` lists the verbs\n", stderr);
    return EXIT_USAGE;
}

/* `--json` counts also where the rest of the line is wrong. */
static bool asks_for_json(int argc, char **argv) {
    for (int i = 2; i < argc; i++)
        if (strcmp(argv[i], "--json") == 0)
            return true;
    return false;
}

static cli_exit usage_error(const sw_error *error, bool json) {
    cli_console console = {.json = json};
    console_error(&console, error);
    return error->code == SW_ERROR_MEMORY ? EXIT_FAILED : EXIT_USAGE;
}

static cli_exit run_verb(const cli_arguments *arguments) {
    cli_console console;
    sw_error error = {0};
    uint64_t threads = 0;
    bool json = option_is_given(arguments, "json");
    if (option_is_given(arguments, "help")) {
        help_print_command(stdout, arguments->command);
        return EXIT_DONE;
    }
    if (option_count(&threads, arguments, "threads", 1, 1024, &error) != SW_OK)
        return usage_error(&error, json);
    if (console_open(&console, json, option_is_given(arguments, "quiet"), (int)threads) != SW_OK) {
        fputs("spillway: no memory\n", stderr);
        return EXIT_FAILED;
    }
    cli_exit result = arguments->command->handler(arguments, &console);
    console_close(&console);
    return result;
}

static cli_exit run_line(int argc, char **argv) {
    sw_error error = {0};
    cli_arguments arguments;
    if (argc < 2) {
        help_print_program(stderr);
        return EXIT_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        help_print_program(stdout);
        return EXIT_DONE;
    }
    const char *verb = strcmp(argv[1], "--version") == 0 ? "version" : argv[1];
    const cli_command *command = cli_command_find(verb);
    if (command == NULL)
        return unknown_verb(verb);
    bool chosen = command->variant != NULL && argc > 2 && argv[2][0] != '-';
    const cli_command *variant = chosen ? command->variant(argv[2]) : NULL;
    if (chosen && variant == NULL && !command->free_word)
        argc = 3; /* the first word is wrong, whatever comes after it */
    cli_exit result = EXIT_USAGE;
    if (arguments_parse(&arguments, variant ? variant : command, variant ? 3 : 2, argc, argv,
                        &error) == SW_OK)
        result = run_verb(&arguments);
    else
        result = usage_error(&error, asks_for_json(argc, argv));
    arguments_clear(&arguments);
    return result;
}

int main(int argc, char **argv) {
    cli_console plain = {0};
    setlocale(LC_CTYPE, "");
    cli_exit result = run_line(argc, argv);
    if (!console_flush(&plain) && result == EXIT_DONE)
        result = EXIT_FAILED;
    return (int)result;
}
