/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Help texts, man pages and shell completion, all made from the registry of verbs. */
#ifndef SPILLWAY_CLI_HELP_H
#define SPILLWAY_CLI_HELP_H

#include "cli/command.h"

#include <stdio.h>

void help_print_program(FILE *out);
void help_print_command(FILE *out, const cli_command *command);

/* roff, as `man` reads it: the page of the program (command NULL) or of a verb. */
void manual_print(FILE *out, const cli_command *command);

void completion_print_bash(FILE *out);

#endif
