/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of a command line, checked against the registry row of the verb. */
#ifndef SPILLWAY_CLI_ARGUMENTS_H
#define SPILLWAY_CLI_ARGUMENTS_H

#include "cli/command.h"

#include <stdint.h>

struct cli_arguments {
    const cli_command *command;
    size_t count;
    const char **words; /* positional */
    size_t given;
    const cli_option **option; /* options in the order given ... */
    const char **value;        /* ... with their values; "" for switches */
    char *line;                /* the whole command line as one text */
};

/* Reads argv[first...]. Anything wrong is an error with the nearest valid name as a hint. */
SW_MUST_USE sw_status arguments_parse(cli_arguments *arguments, const cli_command *command,
                                      int first, int argc, char **argv, sw_error *error);
void arguments_clear(cli_arguments *arguments);

bool option_is_given(const cli_arguments *arguments, const char *name);
/* The last value of an option, or NULL. */
const char *option_text(const cli_arguments *arguments, const char *name);
/* All values of an option, in order; a new array of *count, to be freed. NULL without memory. */
const char **option_list(const cli_arguments *arguments, const char *name, size_t *count);
/* A whole number between least and most; *value is untouched where the option is not given. */
SW_MUST_USE sw_status option_count(uint64_t *value, const cli_arguments *arguments,
                                   const char *name, uint64_t least, uint64_t most,
                                   sw_error *error);
/* --frame: 0 is the first, -1 the last; *frame is untouched where it is not given. */
SW_MUST_USE sw_status option_frame(int64_t *frame, const cli_arguments *arguments, sw_error *error);
/* A positive quantity with its unit; *value is untouched where the option is not given. */
SW_MUST_USE sw_status option_quantity(double *value, const cli_arguments *arguments,
                                      const char *name, sw_dimension dimension, sw_error *error);

#endif
