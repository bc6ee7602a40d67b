/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The options that say what is known of the positions of atoms. */
#ifndef SPILLWAY_CLI_DISTURBANCE_H
#define SPILLWAY_CLI_DISTURBANCE_H

#include "cli/arguments.h"

#include <spillway/run.h>

/* Three rows for a verb's list; its row for --seed is its own. */
/* clang-format off */
#define DISTURBANCE_OPTIONS                                                                        \
    {"precision", NULL, "'X UNIT'",                                                                \
     "of the positions, root mean square in space: gives numbers intervals", NULL, 0},             \
    {"missing", NULL, "X", "share of the atoms that were not found: gives numbers intervals",      \
     NULL, 0},                                                                                     \
    {"draws", NULL, "N", "copies with as much noise and as many atoms left out again",             \
     "10 with --precision or --missing", 0}
/* clang-format on */

/* --precision, --missing, --draws and --seed; none of them: no draws. */
SW_MUST_USE sw_status disturbance_read(sw_disturbance *disturbance, const cli_arguments *arguments,
                                       sw_error *error);

#endif
