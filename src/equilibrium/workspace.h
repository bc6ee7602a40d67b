/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All that one equilibrium needs, allocated once. */
#ifndef EQUILIBRIUM_WORKSPACE_H
#define EQUILIBRIUM_WORKSPACE_H

#include "equilibrium/phase_set.h"

struct sw_equilibrium {
    const sw_system *system;
    struct sw_equilibrium_energies energies;
    struct sw_problem problem;
    struct sw_simplex simplex;
    struct sw_phase_set found;
    bool valid;
};

#endif
