/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was found, in the caller's units and indices. */
#include "equilibrium/workspace.h"

#include <math.h>

/* Place of a system's element in the balance, or `elements` where it is not there. */
static size_t balanced(const struct sw_problem *problem, size_t element) {
    for (size_t i = 0; i < problem->elements; i++)
        if (problem->element[i] == element)
            return i;
    return problem->elements;
}

double sw_equilibrium_potential(const sw_equilibrium *equilibrium, size_t element) {
    const struct sw_problem *problem = &equilibrium->problem;
    const size_t place = balanced(problem, element);
    if (!equilibrium->valid || element >= equilibrium->system->elements)
        return (double)NAN;
    if (place < problem->elements)
        return equilibrium->found.potential[place] * problem->thermal;
    return problem->open[element] != 0.0 ? problem->open[element] * problem->thermal : (double)NAN;
}

double sw_equilibrium_gibbs(const sw_equilibrium *equilibrium) {
    const struct sw_problem *problem = &equilibrium->problem;
    if (!equilibrium->valid)
        return (double)NAN;
    return sw_problem_dot(problem, problem->amount, equilibrium->found.potential) *
           problem->thermal * problem->scale;
}

double sw_equilibrium_gas(const sw_equilibrium *equilibrium) {
    return equilibrium->valid && equilibrium->found.gas
               ? equilibrium->found.gas_amount * equilibrium->problem.scale
               : 0.0;
}

double sw_equilibrium_gas_fraction_log(const sw_equilibrium *equilibrium, size_t gas) {
    const struct sw_problem *problem = &equilibrium->problem;
    for (size_t i = 0; i < problem->gases && equilibrium->valid; i++)
        if (problem->gas[i] == gas)
            return sw_problem_dot(problem, problem->gas_atoms[i], equilibrium->found.potential) -
                   problem->gas_energy[i];
    return -INFINITY;
}

double sw_equilibrium_phase(const sw_equilibrium *equilibrium, size_t phase) {
    const struct sw_problem *problem = &equilibrium->problem;
    const struct sw_phase_set *set = &equilibrium->found;
    for (size_t k = 0; k < set->pures && equilibrium->valid; k++) {
        const size_t index = problem->column[set->pure[k]].index;
        if (index < SW_SYSTEM_PHASES && problem->phase[index] == phase)
            return set->pure_amount[k] * problem->scale;
    }
    return 0.0;
}

double sw_equilibrium_drive(const sw_equilibrium *equilibrium, size_t phase) {
    const struct sw_problem *problem = &equilibrium->problem;
    for (size_t i = 0; i < problem->phases && equilibrium->valid; i++)
        if (problem->phase[i] == phase)
            return (sw_problem_dot(problem, problem->phase_atoms[i], equilibrium->found.potential) -
                    problem->phase_energy[i]) *
                   problem->thermal;
    return -INFINITY;
}

/* The index-th pure phase that is an end of a solution, as the set holds it. */
static size_t solution_end(const sw_equilibrium *equilibrium, size_t index) {
    const struct sw_phase_set *set = &equilibrium->found;
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

static sw_solution_present told(size_t solution, double amount,
                                const struct sw_equilibrium_composition *at) {
    sw_solution_present present = {.solution = solution, .amount = amount};
    for (size_t e = 0; e < SW_SOLUTION_ENDS; e++)
        present.fraction[e] = at->part[e];
    return present;
}

sw_solution_present sw_equilibrium_solution(const sw_equilibrium *equilibrium, size_t index) {
    const struct sw_phase_set *set = &equilibrium->found;
    const struct sw_problem *problem = &equilibrium->problem;
    if (index < set->solutions)
        return told(problem->solution[set->solution[index].index].index,
                    set->solution[index].amount * problem->scale, &set->solution[index].at);
    const size_t k = solution_end(equilibrium, index - set->solutions);
    if (k == set->pures)
        return (sw_solution_present){0};
    const struct sw_equilibrium_column *column = &problem->column[set->pure[k]];
    return told(column->index - SW_SYSTEM_PHASES, set->pure_amount[k] * problem->scale,
                &column->at);
}

/* The column of a solution that is there as one of its ends alone, or the number of columns. */
static size_t single_end(const struct sw_problem *problem, size_t solution) {
    size_t c = problem->elements;
    while (c < problem->columns && (problem->column[c].kind != COLUMN_PURE ||
                                    problem->column[c].index != SW_SYSTEM_PHASES + solution))
        c++;
    return c;
}

sw_status sw_equilibrium_solution_drive(double *drive, double *fraction,
                                        const sw_equilibrium *equilibrium, size_t solution,
                                        sw_error *error) {
    const struct sw_problem *problem = &equilibrium->problem;
    const double *potential = equilibrium->found.potential;
    struct sw_equilibrium_composition at = {{0.0}};
    double lowest = INFINITY; /* kT */
    sw_status status = SW_OK;
    for (size_t s = 0; s < problem->solutions && equilibrium->valid; s++)
        if (problem->solution[s].index == solution)
            status = sw_problem_solution_lowest(&lowest, &at, problem, s, potential,
                                                (double)INFINITY, error);
    const size_t single = equilibrium->valid ? single_end(problem, solution) : problem->columns;
    if (single < problem->columns) {
        at = problem->column[single].at;
        lowest = problem->column[single].cost -
                 sw_problem_dot(problem, problem->column[single].atoms, potential);
    }
    *drive = -lowest * problem->thermal;
    const size_t ends = equilibrium->system->solution[solution].ends;
    for (size_t e = 0; e < ends && fraction != NULL; e++)
        fraction[e] = at.part[e];
    return status;
}

size_t sw_equilibrium_beyond(const sw_equilibrium *equilibrium) {
    return equilibrium->energies.beyond;
}

const sw_substance *sw_equilibrium_beyond_at(const sw_equilibrium *equilibrium, size_t index) {
    return index < equilibrium->energies.beyond ? equilibrium->energies.outside[index] : NULL;
}
