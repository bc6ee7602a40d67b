/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The registry of the program: one row a verb. Parsing, help, man pages and shell completion are
 * all made from these rows, so a verb is described in one place only.
 */
#ifndef SPILLWAY_CLI_COMMAND_H
#define SPILLWAY_CLI_COMMAND_H

#include "cli/console.h"

#include <stdbool.h>
#include <stddef.h>

typedef enum cli_exit {
    EXIT_DONE = 0,
    EXIT_FAILED = 1,
    EXIT_USAGE = 2,
    EXIT_INTERRUPTED = 3, /* with a checkpoint, or what was found until then */
    EXIT_DISAGREES = 4    /* a claim or a check failed */
} cli_exit;

/* What a value of an option or an argument can be, for shell completion. */
typedef enum cli_values { VALUES_ANY, VALUES_FILES, VALUES_FOLDERS, VALUES_MODELS } cli_values;

typedef struct cli_option {
    const char *name;     /* without dashes; NULL ends a list */
    const char *letter;   /* NULL: none */
    const char *value;    /* "DIR"; NULL: a switch */
    const char *help;     /* small first letter, no full stop */
    const char *standard; /* what holds without it, in words; NULL: nothing to say */
    cli_values values;
} cli_option;

typedef struct cli_example {
    const char *line; /* without the name of the program; NULL ends a list */
    const char *what;
} cli_example;

typedef struct cli_arguments cli_arguments;

typedef struct cli_command {
    const char *name;
    const char *summary;      /* one line, small first letter, no full stop */
    const char *arguments;    /* "IN OUT", "[WHAT]", "" */
    int least, most;          /* how many positional arguments; most < 0: any number */
    cli_values values;        /* of the positional arguments */
    const char *const *words; /* the words a positional argument may be, NULL-ended; or NULL */
    const char *description;  /* paragraphs separated by a blank line */
    const cli_option *options;
    const cli_example *examples;
    bool hidden; /* works, and is not listed */
    /* The row that the first word after the verb makes of it, or NULL where it makes none. */
    const struct cli_command *(*variant)(const char *word);
    const char *(*variant_name)(size_t index); /* the words that have one, then NULL */
    bool free_word; /* the first word may also be something else than the name of a variant */
    cli_exit (*handler)(const cli_arguments *arguments, cli_console *console);
} cli_command;

/* Tells an error and gives the exit code of a failure, or of wrong usage. */
cli_exit command_failed(cli_console *console, const sw_error *error);
cli_exit command_misused(cli_console *console, const sw_error *error);
/* The same for want of memory in the program itself. */
cli_exit command_out_of_memory(cli_console *console);

/* In the order of the help. */
extern const cli_command *const cli_commands[];
extern const size_t cli_command_count;
/* Options that every verb takes. */
extern const cli_option cli_shared_options[];

const cli_command *cli_command_find(const char *name);
/* The nearest verb to a mistyped one, or NULL. */
const char *cli_command_nearest(const char *name);

extern const cli_command command_simulate, command_build, command_measure, command_fit,
    command_verify, command_report, command_convert, command_info, command_list, command_show,
    command_thermo, command_cite, command_selftest, command_version, command_help, command_man,
    command_completion;

#endif
