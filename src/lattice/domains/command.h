/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the first process tells the others to do. */
#ifndef SPILLWAY_LATTICE_DOMAINS_COMMAND_H
#define SPILLWAY_LATTICE_DOMAINS_COMMAND_H

#include "lattice/domains/domains.h"

typedef enum sw_command_name {
    SW_COMMAND_LEAVE,
    SW_COMMAND_START,   /* seed, reach, change */
    SW_COMMAND_ADVANCE, /* horizon */
    SW_COMMAND_LOOK,
    SW_COMMAND_SAVE,
    SW_COMMAND_RESTORE, /* time, turn, sweeps */
    SW_COMMAND_END      /* of these domains */
} sw_command_name;

typedef struct sw_command {
    int64_t name;
    uint64_t seed, sweeps;
    int reach[3], change[3];
    double time, turn;
    sw_horizon horizon;
} sw_command;

#endif
