/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a chemical system holds. */
#ifndef EQUILIBRIUM_SYSTEM_H
#define EQUILIBRIUM_SYSTEM_H

#include <spillway/equilibrium.h>

struct sw_system {
    size_t elements;
    int element[SW_SYSTEM_ELEMENTS];
    size_t gases, phases, solutions;
    const sw_substance *gas[SW_SYSTEM_PHASES], *phase[SW_SYSTEM_PHASES];
    sw_gibbs_function replaced[SW_SYSTEM_PHASES]; /* of the pure phases; NULL: the table's */
    const void *replaced_data[SW_SYSTEM_PHASES];
    sw_solution_phase solution[SW_SYSTEM_SOLUTIONS];
};

/* Both have the same amount of every element of the system in a formula unit. */
bool sw_system_same_composition(const sw_system *system, const sw_substance *one,
                                const sw_substance *other);
/* Atoms of the system's element `index` in a formula unit of an end of a solution. */
double sw_system_solution_atoms(const sw_system *system, size_t solution, size_t index, size_t end);

#endif
