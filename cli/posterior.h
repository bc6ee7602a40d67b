/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `verify MODEL --posterior`. */
#ifndef SPILLWAY_CLI_POSTERIOR_H
#define SPILLWAY_CLI_POSTERIOR_H

#include "cli/arguments.h"

cli_exit verify_posterior(const cli_arguments *arguments, const char *folder, cli_console *console);

#endif
