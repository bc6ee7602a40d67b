/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was found, in the caller's units and indices. */
#include "equilibrium/workspace.h"

#include <math.h>

/* Place of a system's element in the balance, or `elements` where it is not there. */
static size_t balanced(const struct problem *problem, size_t element) {
    for (size_t i = 0; i < problem->elements; i++)
        if (problem->element[i] == element)
            return i;
    return problem->elements;
}

double sw_equilibrium_potential(const sw_equilibrium *equilibrium, size_t element) {
    const struct problem *problem = &equilibrium->problem;
    const size_t place = balanced(problem, element);
    if (!equilibrium->valid || element >= equilibrium->system->elements)
        return (double)NAN;
    if (place < problem->elements)
        return equilibrium->found.potential[place] * problem->thermal;
    return problem->open[element] != 0.0 ? problem->open[element] * problem->thermal : (double)NAN;
}

double sw_equilibrium_gibbs(const sw_equilibrium *equilibrium) {
    const struct problem *problem = &equilibrium->problem;
    if (!equilibrium->valid)
        return (double)NAN;
    return problem_dot(problem, problem->amount, equilibrium->found.potential) * problem->thermal *
           problem->scale;
}

double sw_equilibrium_gas(const sw_equilibrium *equilibrium) {
    return equilibrium->valid && equilibrium->found.gas
               ? equilibrium->found.gas_amount * equilibrium->problem.scale
               : 0.0;
}

double sw_equilibrium_gas_fraction_log(const sw_equilibrium *equilibrium, size_t gas) {
    const struct problem *problem = &equilibrium->problem;
    for (size_t i = 0; i < problem->gases && equilibrium->valid; i++)
        if (problem->gas[i] == gas)
            return problem_dot(problem, problem->gas_atoms[i], equilibrium->found.potential) -
                   problem->gas_energy[i];
    return -INFINITY;
}

double sw_equilibrium_phase(const sw_equilibrium *equilibrium, size_t phase) {
    const struct problem *problem = &equilibrium->problem;
    const struct phase_set *set = &equilibrium->found;
    for (size_t k = 0; k < set->pures && equilibrium->valid; k++) {
        const size_t index = problem->column[set->pure[k]].index;
        if (index < SW_SYSTEM_PHASES && problem->phase[index] == phase)
            return set->pure_amount[k] * problem->scale;
    }
    return 0.0;
}

double sw_equilibrium_drive(const sw_equilibrium *equilibrium, size_t phase) {
    const struct problem *problem = &equilibrium->problem;
    for (size_t i = 0; i < problem->phases && equilibrium->valid; i++)
        if (problem->phase[i] == phase)
            return (problem_dot(problem, problem->phase_atoms[i], equilibrium->found.potential) -
                    problem->phase_energy[i]) *
                   problem->thermal;
    return -INFINITY;
}

/* The index-th pure phase that is an end of a solution, as the set holds it. */
static size_t solution_end(const sw_equilibrium *equilibrium, size_t index) {
    const struct phase_set *set = &equilibrium->found;
    for (size_t k = 0; k < set->pures; k++)
        if (equilibrium->problem.column[set->pure[k]].index >= SW_SYSTEM_PHASES && index-- == 0)
            return k;
    return set->pures;
}

size_t sw_equilibrium_solutions(const sw_equilibrium *equilibrium) {
    size_t ends = 0;
    if (!equilibrium->valid)
        return 0;
    while (solution_end(equilibrium, ends) < equilibrium->found.pures)
        ends++;
    return equilibrium->found.solutions + ends;
}

sw_solution_present sw_equilibrium_solution(const sw_equilibrium *equilibrium, size_t index) {
    const struct phase_set *set = &equilibrium->found;
    const struct problem *problem = &equilibrium->problem;
    if (index < set->solutions)
        return (sw_solution_present){.solution =
                                         problem->solution[set->solution[index].index].index,
                                     .x = set->solution[index].at.x,
                                     .rest = set->solution[index].at.rest,
                                     .amount = set->solution[index].amount * problem->scale};
    const size_t k = solution_end(equilibrium, index - set->solutions);
    if (k == set->pures)
        return (sw_solution_present){0};
    const struct column *column = &problem->column[set->pure[k]];
    return (sw_solution_present){.solution = column->index - SW_SYSTEM_PHASES,
                                 .x = column->at.x,
                                 .rest = column->at.rest,
                                 .amount = set->pure_amount[k] * problem->scale};
}

size_t sw_equilibrium_beyond(const sw_equilibrium *equilibrium) {
    return equilibrium->energies.beyond;
}

const sw_substance *sw_equilibrium_beyond_at(const sw_equilibrium *equilibrium, size_t index) {
    return index < equilibrium->energies.beyond ? equilibrium->energies.outside[index] : NULL;
}
