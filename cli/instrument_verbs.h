/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `measure`, `fit` and `thermo`: every instrument, fit and diagram has a row of its own, whose options
 * are its parameters. */
#ifndef SPILLWAY_CLI_INSTRUMENT_VERBS_H
#define SPILLWAY_CLI_INSTRUMENT_VERBS_H

#include "cli/arguments.h"

#include <spillway/run.h>

/* The row of the instrument, fit or diagram that is named `word`; NULL where there is none. */
const cli_command *instrument_variant(sw_registry registry, const char *word);
/* The name of a row of a list; NULL behind the last. */
const char *instrument_variant_name(sw_registry registry, size_t index);
/* Handler of the verbs themselves: says what is near a name that none has. */
cli_exit instrument_unknown(const cli_arguments *arguments, cli_console *console);

#endif
