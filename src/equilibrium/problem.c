/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "equilibrium/problem.h"

#include <spillway/data.h>

#include <math.h>
#include <string.h>

#define NOTHING 1e-250 /* of the sum of amounts */
#define NUDGE 4e-11    /* of each amount; the balance is held to 1e-10 */

static bool is_open(const sw_equilibrium_conditions *conditions, size_t element) {
    return conditions->potentials != NULL && !isnan(conditions->potentials[element]);
}

static sw_status check(const sw_system *system, const sw_equilibrium_conditions *conditions,
                       sw_error *error) {
    if (!(conditions->temperature > 0.0) || !isfinite(conditions->temperature))
        return sw_error_set(error, SW_ERROR_ARGUMENT, "temperature", "give it in K",
                            "expected a temperature above zero, found %g K",
                            conditions->temperature);
    if (!(conditions->pressure > 0.0) || !isfinite(conditions->pressure))
        return sw_error_set(error, SW_ERROR_ARGUMENT, "pressure", "give it in Pa",
                            "expected a pressure above zero, found %g Pa", conditions->pressure);
    for (size_t i = 0; i < system->elements; i++)
        if (!is_open(conditions, i) &&
            !(conditions->amounts[i] >= 0.0 && isfinite(conditions->amounts[i])))
            return sw_error_set(error, SW_ERROR_ARGUMENT, sw_element_symbol(system->element[i]),
                                NULL, "expected an amount of zero or more, found %g",
                                conditions->amounts[i]);
    return SW_OK;
}

static sw_status take_elements(struct sw_problem *problem,
                               const sw_equilibrium_conditions *conditions, sw_error *error) {
    const sw_system *system = problem->system;
    double sum = 0.0;
    for (size_t i = 0; i < system->elements; i++)
        if (!is_open(conditions, i))
            sum += conditions->amounts[i];
    if (!(sum > 0.0) || !isfinite(sum))
        return sw_error_set(error, SW_ERROR_ARGUMENT, "amounts", "give some of an element",
                            "expected amounts of elements, found none");
    problem->scale = sum;
    for (size_t i = 0; i < system->elements; i++) {
        problem->open[i] =
            is_open(conditions, i) ? conditions->potentials[i] / problem->thermal : 0.0;
        if (is_open(conditions, i) || conditions->amounts[i] / sum < NOTHING)
            continue;
        problem->given[problem->elements] = conditions->amounts[i] / sum;
        problem->element[problem->elements++] = i;
    }
    return SW_OK;
}

/*
 * Atoms of the balanced elements in a formula; the energy loses what the open ones take. False
 * where it holds an element of which there is none.
 */
static bool reduce(double *atoms, double *energy, const struct sw_problem *problem,
                   const sw_substance *substance, const sw_equilibrium_conditions *conditions) {
    const sw_system *system = problem->system;
    size_t next = 0;
    for (size_t i = 0; i < system->elements; i++) {
        const double amount = sw_substance_atoms(substance, system->element[i]);
        if (next < problem->elements && problem->element[next] == i)
            atoms[next++] = amount;
        else if (is_open(conditions, i))
            *energy -= amount * problem->open[i];
        else if (amount > 0.0)
            return false;
    }
    return true;
}

static bool has_balanced(const struct sw_problem *problem, const double *atoms) {
    for (size_t i = 0; i < problem->elements; i++)
        if (atoms[i] > 0.0)
            return true;
    return false;
}

static const struct sw_equilibrium_composition nowhere = {{0.0}};

static void add_column(struct sw_problem *problem, enum sw_equilibrium_column_kind kind,
                       size_t index, struct sw_equilibrium_composition at, double cost,
                       const double *atoms) {
    struct sw_equilibrium_column *column = &problem->column[problem->columns++];
    column->kind = kind;
    column->index = index;
    column->at = at;
    column->cost = cost;
    for (size_t i = 0; i < problem->elements; i++)
        column->atoms[i] = atoms[i];
}

static void take_gases(struct sw_problem *problem, const struct sw_equilibrium_energies *energies,
                       const sw_equilibrium_conditions *conditions) {
    const double pressure = log(conditions->pressure / SW_STANDARD_PRESSURE);
    for (size_t i = 0; i < problem->system->gases && conditions->potentials == NULL; i++) {
        const size_t next = problem->gases;
        double energy = energies->gas[i] + pressure;
        if (!isfinite(energy) || !reduce(problem->gas_atoms[next], &energy, problem,
                                         problem->system->gas[i], conditions))
            continue;
        problem->gas[next] = i;
        problem->gas_energy[next] = energy;
        add_column(problem, COLUMN_GAS, next, nowhere, energy, problem->gas_atoms[next]);
        problem->gases++;
    }
}

static sw_status take_phases(struct sw_problem *problem,
                             const struct sw_equilibrium_energies *energies,
                             const sw_equilibrium_conditions *conditions, sw_error *error) {
    for (size_t i = 0; i < problem->system->phases; i++) {
        const size_t next = problem->phases;
        double energy = energies->phase[i];
        const sw_substance *substance = problem->system->phase[i];
        if (!isfinite(energy) ||
            !reduce(problem->phase_atoms[next], &energy, problem, substance, conditions))
            continue;
        if (!has_balanced(problem, problem->phase_atoms[next])) {
            if (energy >= -1e-9)
                continue;
            return sw_error_set(error, SW_ERROR_ARGUMENT, sw_substance_name(substance),
                                "lower the potentials of its elements",
                                "at the given potentials it would form without end: its driving "
                                "force is %g eV",
                                -energy * problem->thermal);
        }
        problem->phase[next] = i;
        problem->phase_energy[next] = energy;
        add_column(problem, COLUMN_PURE, next, nowhere, energy, problem->phase_atoms[next]);
        problem->phases++;
    }
    return SW_OK;
}

/* False where the end holds an element that is neither balanced nor open. */
static bool reduce_end(struct sw_problem_solution *solution, const struct sw_problem *problem,
                       size_t end, const sw_equilibrium_conditions *conditions) {
    size_t next = 0;
    for (size_t i = 0; i < problem->system->elements; i++) {
        const double amount = sw_system_solution_atoms(problem->system, solution->index, i, end);
        if (next < problem->elements && problem->element[next] == i)
            solution->atoms[end][next++] = amount;
        else if (is_open(conditions, i))
            solution->open[end] += amount * problem->open[i];
        else if (amount != 0.0)
            return false;
    }
    return true;
}

/* Energies of the grid; infinite where a composition has an end that cannot be. */
static void take_samples(struct sw_problem_solution *solution,
                         const struct sw_equilibrium_energies *energies,
                         const struct sw_equilibrium_grid *grid) {
    bool can[SW_SOLUTION_ENDS] = {false};
    for (size_t i = 0; i < solution->ends; i++)
        can[solution->end[i]] = true;
    for (size_t k = 0; k < grid->points; k++) {
        solution->sample[k] = energies->sample[solution->index][k];
        for (size_t e = 0; e < grid->ends; e++) {
            if (grid->at[k].part[e] > 0.0 && !can[e])
                solution->sample[k] = INFINITY;
            solution->sample[k] -= grid->at[k].part[e] * solution->open[e];
        }
    }
}

/* A solution of which but one end is there is a pure phase. */
static void take_single_end(struct sw_problem *problem, const struct sw_problem_solution *solution,
                            const struct sw_equilibrium_grid *grid) {
    const size_t end = solution->end[0];
    size_t k = 0;
    while (grid->at[k].part[end] < 1.0)
        k++;
    if (has_balanced(problem, solution->atoms[end]))
        add_column(problem, COLUMN_PURE, SW_SYSTEM_PHASES + solution->index, grid->at[k],
                   solution->sample[k], solution->atoms[end]);
}

static void take_solution(struct sw_problem *problem,
                          const struct sw_equilibrium_energies *energies, size_t index,
                          const sw_equilibrium_conditions *conditions) {
    struct sw_problem_solution *solution = &problem->solution[problem->solutions];
    solution->index = index;
    solution->ends = 0;
    const struct sw_equilibrium_grid *grid = sw_problem_grid(problem, problem->solutions);
    for (size_t e = 0; e < grid->ends; e++) {
        solution->open[e] = 0.0;
        if (reduce_end(solution, problem, e, conditions))
            solution->end[solution->ends++] = e;
    }
    if (solution->ends == 0)
        return;
    solution->kinks = solution->ends == 2 ? energies->kinks[index] : 0;
    solution->kink = energies->kink[index];
    take_samples(solution, energies, grid);
    if (solution->ends == 1) {
        take_single_end(problem, solution, grid);
        return;
    }
    for (size_t k = 0; k < grid->points; k++) {
        double atoms[SW_SYSTEM_ELEMENTS];
        if (!isfinite(solution->sample[k]))
            continue;
        sw_problem_solution_atoms(atoms, problem, problem->solutions, &grid->at[k]);
        add_column(problem, COLUMN_SOLUTION, problem->solutions, grid->at[k], solution->sample[k],
                   atoms);
    }
    problem->solutions++;
}

sw_status sw_problem_create(struct sw_problem *problem, const sw_system *system,
                            const struct sw_equilibrium_energies *energies,
                            const sw_equilibrium_conditions *conditions, sw_error *error) {
    problem->system = system;
    problem->temperature = conditions->temperature;
    problem->thermal = SW_BOLTZMANN * conditions->temperature;
    problem->elements = problem->gases = problem->phases = problem->solutions = 0;
    problem->columns = problem->mixtures = 0;
    problem->grids = energies->grids;
    sw_status status = check(system, conditions, error);
    if (status == SW_OK)
        status = take_elements(problem, conditions, error);
    if (status != SW_OK)
        return status;
    for (size_t i = 0; i < problem->elements; i++) {
        double unit[SW_SYSTEM_ELEMENTS] = {0};
        unit[i] = 1.0;
        add_column(problem, COLUMN_ARTIFICIAL, i, nowhere, ARTIFICIAL_COST, unit);
    }
    take_gases(problem, energies, conditions);
    status = take_phases(problem, energies, conditions, error);
    for (size_t i = 0; i < system->solutions && status == SW_OK; i++)
        take_solution(problem, energies, i, conditions);
    problem->lasting = problem->columns;
    sw_problem_nudge(problem, 0);
    return status;
}

void sw_problem_nudge(struct sw_problem *problem, int attempt) {
    for (size_t i = 0; i < problem->elements; i++) {
        const double turn = sin((double)(i + 1) * (1.0 + 0.7 * attempt));
        problem->amount[i] = problem->given[i] * (attempt == 0 ? 1.0 : 1.0 + NUDGE * turn);
    }
    problem->columns = problem->lasting;
    problem->mixtures = 0;
}

double sw_problem_dot(const struct sw_problem *problem, const double *atoms,
                      const double *potentials) {
    double sum = 0.0;
    for (size_t i = 0; i < problem->elements; i++)
        sum += atoms[i] * potentials[i];
    return sum;
}
