/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `verify MODEL --sensitivity`. */
#ifndef SPILLWAY_CLI_SENSITIVITY_H
#define SPILLWAY_CLI_SENSITIVITY_H

#include "cli/arguments.h"

cli_exit verify_sensitivity(const cli_arguments *arguments, cli_console *console);

#endif
