/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verbs that print the registry itself: help, man pages, completion. */
#include "cli/arguments.h"
#include "cli/help.h"

#include <string.h>

static json_t *options_json(const cli_option *options) {
    json_t *list = json_array();
    for (; options != NULL && options->name != NULL; options++)
        json_array_append_new(
            list,
            json_pack("{ss so ss so}", "name", options->name, "value",
                      options->value != NULL ? json_of_text(options->value) : json_null(), "help",
                      options->help, "default",
                      options->standard != NULL ? json_of_text(options->standard) : json_null()));
    return list;
}

static json_t *command_json(const cli_command *command) {
    return json_pack("{ss ss ss ss so}", "name", command->name, "summary", command->summary,
                     "arguments", command->arguments, "description", command->description,
                     "options", options_json(command->options));
}

static json_t *registry_json(const cli_command *only) {
    json_t *list = json_array();
    for (size_t i = 0; i < cli_command_count; i++)
        if (only == NULL && !cli_commands[i]->hidden)
            json_array_append_new(list, command_json(cli_commands[i]));
    if (only != NULL)
        json_array_append_new(list, command_json(only));
    return json_pack("{so so}", "verbs", list, "shared", options_json(cli_shared_options));
}

/* The verb that is named, or NULL with *known false where there is none of that name. */
static const cli_command *named(const cli_arguments *arguments, bool *known, sw_error *error) {
    char hint[256] = "`spillway help` lists the verbs";
    *known = true;
    if (arguments->count == 0)
        return NULL;
    const char *name = arguments->words[0];
    const cli_command *command = cli_command_find(name);
    if (command != NULL && command->variant != NULL && arguments->count > 1)
        command = command->variant(arguments->words[1]);
    if (command != NULL)
        return command;
    const char *nearest = cli_command_nearest(name);
    if (nearest != NULL)
        snprintf(hint, sizeof hint, "did you mean `spillway %s %s`?", arguments->command->name,
                 nearest);
    *known = false;
    sw_error_set(error, SW_ERROR_NOT_FOUND, arguments->command->name, hint,
                 "there is no verb \"%s\"", name);
    return NULL;
}

static cli_exit help(const cli_arguments *arguments, cli_console *console) {
    sw_error error = {0};
    bool known;
    const cli_command *command = named(arguments, &known, &error);
    if (!known)
        return command_misused(console, &error);
    if (console->json)
        return console_json(registry_json(command)) ? EXIT_DONE : EXIT_FAILED;
    if (command != NULL)
        help_print_command(stdout, command);
    else
        help_print_program(stdout);
    return EXIT_DONE;
}

static cli_exit man(const cli_arguments *arguments, cli_console *console) {
    sw_error error = {0};
    bool known;
    const cli_command *command = named(arguments, &known, &error);
    if (!known)
        return command_misused(console, &error);
    manual_print(stdout, command);
    return EXIT_DONE;
}

static cli_exit completion(const cli_arguments *arguments, cli_console *console) {
    sw_error error = {0};
    if (strcmp(arguments->words[0], "bash") != 0) {
        sw_error_set(&error, SW_ERROR_UNSUPPORTED, "completion", "spillway completion bash",
                     "there is no completion for \"%s\"", arguments->words[0]);
        return command_misused(console, &error);
    }
    completion_print_bash(stdout);
    return EXIT_DONE;
}

static const cli_example help_examples[] = {
    {"help simulate", "options and examples of a verb"},
    {"help --json", "all verbs with their options, for other programs"},
    {0},
};

const cli_command command_help = {
    .name = "help",
    .summary = "print the help of the program or of a verb",
    .arguments = "[VERB [INSTRUMENT]]",
    .most = 2,
    .description = "Without a verb: what verbs there are.",
    .examples = help_examples,
    .handler = help,
};

static const cli_example man_examples[] = {
    {"man simulate | man -l -", "reads the page of a verb without installing it"},
    {0},
};

const cli_command command_man = {
    .name = "man",
    .summary = "print a man page",
    .arguments = "[VERB [INSTRUMENT]]",
    .most = 2,
    .description = "Prints the page of the program, or of a verb, in the language of man pages.",
    .examples = man_examples,
    .hidden = true,
    .handler = man,
};

static const char *const shells[] = {"bash", NULL};

static const cli_example completion_examples[] = {
    {"completion bash > ~/.local/share/bash-completion/completions/spillway",
     "completion for every new shell"},
    {0},
};

const cli_command command_completion = {
    .name = "completion",
    .summary = "print the completion script of a shell",
    .arguments = "bash",
    .least = 1,
    .most = 1,
    .words = shells,
    .description = "For this shell only: source <(spillway completion bash).",
    .examples = completion_examples,
    .handler = completion,
};
