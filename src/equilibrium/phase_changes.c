/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Phases that leave a set and that come into it. */
#include "equilibrium/elimination.h"
#include "equilibrium/phase_set.h"

#include <math.h>

#define SINGULAR 1e-12
#define USED 1e-9 /* of a phase, by one formula of another: less is rounding */

static void drop_pure(struct sw_phase_set *set, size_t k) {
    set->pure[k] = set->pure[--set->pures];
    set->pure_amount[k] = set->pure_amount[set->pures];
}

bool sw_phase_set_drop_negative(struct sw_phase_set *set) {
    double lowest = set->gas ? fmin(0.0, set->gas_amount) : 0.0;
    size_t pure = set->pures, solution = set->solutions;
    for (size_t k = 0; k < set->pures; k++)
        if (set->pure_amount[k] < lowest) {
            lowest = set->pure_amount[k];
            pure = k;
        }
    for (size_t s = 0; s < set->solutions; s++)
        if (set->solution[s].amount < lowest) {
            lowest = set->solution[s].amount;
            solution = s;
        }
    if (lowest >= 0.0)
        return false;
    set->dropped_pure = set->dropped_solution = NONE;
    if (solution < set->solutions) {
        set->dropped_solution = set->solution[solution].index;
        set->solution[solution] = set->solution[--set->solutions];
    } else if (pure < set->pures) {
        set->dropped_pure = set->pure[pure];
        drop_pure(set, pure);
    } else {
        set->gas = false;
        set->gas_amount = 0.0;
    }
    return true;
}

bool sw_phase_set_drop_least(struct sw_phase_set *set, const struct sw_problem *problem) {
    double least = INFINITY;
    size_t pure = set->pures, solution = set->solutions;
    for (size_t k = 0; k < set->pures; k++)
        if (set->pure_amount[k] < least) {
            least = set->pure_amount[k];
            pure = k;
        }
    for (size_t s = 0; s < set->solutions; s++)
        if (set->solution[s].amount < least) {
            least = set->solution[s].amount;
            solution = s;
        }
    if (solution < set->solutions)
        set->solution[solution] = set->solution[--set->solutions];
    else if (pure < set->pures)
        drop_pure(set, pure);
    sw_phase_set_estimate_gas_traces(set, problem);
    return isfinite(least);
}

/* A phase that would lower the energy: a column of a pure phase or a solution, the other NONE. */
struct candidate {
    size_t pure, solution;
    struct sw_equilibrium_composition at;
    double drive;
};

static sw_status find_violated(struct candidate *best, const struct sw_phase_set *set,
                               const struct sw_problem *problem, sw_error *error) {
    *best = (struct candidate){.pure = NONE, .solution = NONE, .drive = PHASE_SET_DRIVE};
    for (size_t c = problem->elements; c < problem->columns; c++) {
        const struct sw_equilibrium_column *column = &problem->column[c];
        if (column->kind != COLUMN_PURE || c == set->dropped_pure)
            continue;
        const double drive = sw_problem_dot(problem, column->atoms, set->potential) - column->cost;
        if (drive > best->drive)
            *best = (struct candidate){.pure = c, .solution = NONE, .drive = drive};
    }
    for (size_t s = 0; s < problem->solutions; s++) {
        double lowest;
        struct sw_equilibrium_composition at;
        const sw_status status = sw_problem_solution_lowest(&lowest, &at, problem, s,
                                                            set->potential, WORTH_REFINING, error);
        if (status != SW_OK)
            return status;
        if (-lowest > best->drive && s != set->dropped_solution)
            *best = (struct candidate){.pure = NONE, .solution = s, .at = at, .drive = -lowest};
    }
    return SW_OK;
}

static void add_candidate(struct sw_phase_set *set, const struct candidate *added, double amount) {
    if (added->solution != NONE) {
        set->solution[set->solutions++] =
            (struct sw_present){.index = added->solution, .at = added->at, .amount = amount};
    } else {
        set->pure[set->pures] = added->pure;
        set->pure_amount[set->pures++] = amount;
    }
}

/*
 * A full set has as many condensed phases as elements, or one less and gas; a further phase takes
 * the place of the one that is used up first as it forms at their expense. False where none is.
 */
static bool exchange(struct sw_phase_set *set, const struct candidate *added,
                     const struct sw_problem *problem) {
    const size_t n = problem->elements, gas = set->pures + set->solutions;
    double matrix[SW_SYSTEM_ELEMENTS][SW_SYSTEM_ELEMENTS + 1] = {{0.0}}, least = INFINITY;
    double column[SW_SYSTEM_ELEMENTS];
    size_t leaving = NONE;
    if (gas + (set->gas ? 1 : 0) != n)
        return false;
    for (size_t k = 0; k < gas; k++) {
        const struct sw_present *present = &set->solution[k >= set->pures ? k - set->pures : 0];
        if (k >= set->pures)
            sw_problem_solution_atoms(column, problem, present->index, &present->at);
        for (size_t j = 0; j < n; j++)
            matrix[j][k] = k < set->pures ? problem->column[set->pure[k]].atoms[j] : column[j];
    }
    for (size_t i = 0; i < problem->gases && set->gas; i++)
        for (size_t j = 0; j < n; j++)
            matrix[j][gas] += set->fraction[i] * problem->gas_atoms[i][j];
    if (added->solution != NONE)
        sw_problem_solution_atoms(column, problem, added->solution, &added->at);
    for (size_t j = 0; j < n; j++)
        matrix[j][n] = added->solution != NONE ? column[j] : problem->column[added->pure].atoms[j];
    if (!sw_eliminate(matrix[0], n, SW_SYSTEM_ELEMENTS + 1, SINGULAR))
        return false;
    for (size_t k = 0; k < gas; k++) {
        const double amount =
            k < set->pures ? set->pure_amount[k] : set->solution[k - set->pures].amount;
        if (matrix[k][n] > USED && amount / matrix[k][n] < least) {
            least = amount / matrix[k][n];
            leaving = k;
        }
    }
    if (leaving == NONE)
        return false;
    if (leaving < set->pures)
        drop_pure(set, leaving);
    else
        set->solution[leaving - set->pures] = set->solution[--set->solutions];
    add_candidate(set, added, least);
    return true;
}

sw_status sw_phase_set_add_violated(struct sw_phase_set *set, bool *added,
                                    const struct sw_problem *problem, sw_error *error) {
    struct candidate best;
    const sw_status status = find_violated(&best, set, problem, error);
    const bool full = set->pures + set->solutions + (set->gas ? 1 : 0) >= problem->elements;
    *added = false;
    set->dropped_pure = set->dropped_solution = NONE;
    if (status != SW_OK)
        return status;
    if (best.pure != NONE || best.solution != NONE) {
        *added = !full || exchange(set, &best, problem);
        if (!full)
            add_candidate(set, &best, 0.0);
    } else if (!full && !set->gas && set->gas_log > PHASE_SET_DRIVE) {
        *added = set->gas = true;
    }
    return SW_OK;
}
