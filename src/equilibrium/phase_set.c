/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "equilibrium/phase_set.h"

#include <math.h>
#include <string.h>

#define LEAST_FRACTION 1e-280 /* of a gas that the basis has none of */
#define DRIVE 1e-9            /* kT */
#define BALANCE 1e-10         /* of each element */

static bool is_gas(const struct column *column) {
    return column->kind == COLUMN_GAS || column->kind == COLUMN_MIXTURE;
}

/* ---- from a basis ---------------------------------------------------------------------------- */

static void gather_gas(struct phase_set *set, const struct simplex *simplex,
                       const struct problem *problem) {
    for (size_t r = 0; r < simplex->rows; r++) {
        const struct column *column = &problem->column[simplex->basis[r]];
        if (!is_gas(column))
            continue;
        set->gas = true;
        set->gas_amount += simplex->amount[r];
        for (size_t i = 0; i < problem->gases; i++) {
            const double part = column->kind == COLUMN_MIXTURE ? problem->mixture[column->index][i]
                                                               : (double)(column->index == i);
            set->fraction[i] += simplex->amount[r] * part;
        }
    }
    for (size_t i = 0; i < problem->gases && set->gas_amount > 0.0; i++)
        set->fraction[i] /= set->gas_amount;
}

/* Points of one phase: the surface bends upward between them. */
static sw_status is_same_phase(bool *same, const struct problem *problem, size_t solution,
                               struct composition one, struct composition other, sw_error *error) {
    const struct composition between = {0.5 * (one.x + other.x), 0.5 * (one.rest + other.rest)};
    double ends[2][3], middle[3];
    sw_status status = problem_solution_gibbs(ends[0], problem, solution, one, error);
    if (status == SW_OK)
        status = problem_solution_gibbs(ends[1], problem, solution, other, error);
    if (status == SW_OK)
        status = problem_solution_gibbs(middle, problem, solution, between, error);
    *same = status == SW_OK && middle[0] <= 0.5 * (ends[0][0] + ends[1][0]);
    return status;
}

static sw_status gather_solution(struct phase_set *set, bool apart, const struct problem *problem,
                                 const struct column *column, double amount, sw_error *error) {
    for (size_t s = 0; s < set->solutions && !apart; s++) {
        bool same = false;
        if (set->solution[s].index != column->index)
            continue;
        const sw_status status =
            is_same_phase(&same, problem, column->index, set->solution[s].at, column->at, error);
        if (status != SW_OK)
            return status;
        if (!same)
            continue;
        const double sum = set->solution[s].amount + amount;
        const double weight = sum > 0.0 ? amount / sum : 0.5;
        set->solution[s].at.x += weight * (column->at.x - set->solution[s].at.x);
        set->solution[s].at.rest += weight * (column->at.rest - set->solution[s].at.rest);
        set->solution[s].amount = sum;
        return SW_OK;
    }
    const size_t s = set->solutions++;
    set->solution[s].index = column->index;
    set->solution[s].at = column->at;
    set->solution[s].amount = amount;
    return SW_OK;
}

/* Newton needs a slope: not the very ends. */
static struct composition inside(struct composition at) {
    return (struct composition){fmax(at.x, LEAST_FRACTION), fmax(at.rest, LEAST_FRACTION)};
}

/* Cost of a column on the tangent plane of the phase that it went into. */
static sw_status tangent_cost(double *cost, const struct phase_set *set,
                              const struct problem *problem, const struct column *column,
                              sw_error *error) {
    *cost = column->cost;
    if (column->kind == COLUMN_GAS)
        *cost += log(fmax(set->fraction[column->index], LEAST_FRACTION));
    if (column->kind == COLUMN_MIXTURE) {
        *cost = 0.0;
        for (size_t i = 0; i < problem->gases; i++)
            if (problem->mixture[column->index][i] > 0.0)
                *cost += problem->mixture[column->index][i] *
                         (problem->gas_energy[i] + log(fmax(set->fraction[i], LEAST_FRACTION)));
    }
    double nearest = INFINITY;
    for (size_t s = 0; s < set->solutions && column->kind == COLUMN_SOLUTION; s++) {
        const struct composition at = set->solution[s].at;
        const double apart = fabs(at.x - column->at.x);
        double g[3];
        if (set->solution[s].index != column->index || apart >= nearest)
            continue;
        nearest = apart;
        const sw_status status = problem_solution_gibbs(g, problem, column->index, at, error);
        if (status != SW_OK)
            return status;
        *cost = g[0] + g[1] * (at.x < at.rest ? column->at.x - at.x : at.rest - column->at.rest);
    }
    return SW_OK;
}

sw_status phase_set_from_basis(struct phase_set *set, bool apart, const struct simplex *simplex,
                               const struct problem *problem, sw_error *error) {
    double cost[SW_SYSTEM_ELEMENTS];
    sw_status status = SW_OK;
    set->gas = false;
    set->gas_amount = 0.0;
    set->pures = set->solutions = 0;
    memset(set->fraction, 0, sizeof set->fraction);
    gather_gas(set, simplex, problem);
    for (size_t r = 0; r < simplex->rows && status == SW_OK; r++) {
        const struct column *column = &problem->column[simplex->basis[r]];
        if (column->kind == COLUMN_SOLUTION) {
            status = gather_solution(set, apart, problem, column, simplex->amount[r], error);
        } else if (column->kind == COLUMN_PURE) {
            set->pure[set->pures] = simplex->basis[r];
            set->pure_amount[set->pures++] = simplex->amount[r];
        }
    }
    for (size_t s = 0; s < set->solutions; s++)
        set->solution[s].at = inside(set->solution[s].at);
    for (size_t r = 0; r < simplex->rows && status == SW_OK; r++)
        status = tangent_cost(&cost[r], set, problem, &problem->column[simplex->basis[r]], error);
    simplex_potentials(set->potential, simplex, cost);
    return status;
}

bool phase_set_drop_negative(struct phase_set *set) {
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
    if (solution < set->solutions) {
        set->solution[solution] = set->solution[--set->solutions];
    } else if (pure < set->pures) {
        set->pures--;
        set->pure[pure] = set->pure[set->pures];
        set->pure_amount[pure] = set->pure_amount[set->pures];
    } else {
        set->gas = false;
        set->gas_amount = 0.0;
    }
    return true;
}

static void add_pure(struct phase_set *set, size_t column) {
    set->pure[set->pures] = column;
    set->pure_amount[set->pures++] = 0.0;
}

sw_status phase_set_add_violated(struct phase_set *set, bool *added, const struct problem *problem,
                                 sw_error *error) {
    const size_t none = problem->columns;
    size_t best = none, solution = problem->solutions;
    struct composition where = {0.0, 0.0};
    double most = DRIVE;
    *added = false;
    if (set->pures + set->solutions + (set->gas ? 1 : 0) >= problem->elements)
        return SW_OK;
    for (size_t c = problem->elements; c < problem->columns; c++) {
        const struct column *column = &problem->column[c];
        if (column->kind != COLUMN_PURE)
            continue;
        const double drive = problem_dot(problem, column->atoms, set->potential) - column->cost;
        if (drive > most) {
            most = drive;
            best = c;
        }
    }
    for (size_t s = 0; s < problem->solutions; s++) {
        double lowest;
        struct composition at;
        const sw_status status =
            problem_solution_lowest(&lowest, &at, problem, s, set->potential, error);
        if (status != SW_OK)
            return status;
        if (-lowest > most) {
            most = -lowest;
            solution = s;
            where = at;
        }
    }
    *added = most > DRIVE;
    if (solution < problem->solutions) {
        set->solution[set->solutions].index = solution;
        set->solution[set->solutions].amount = 0.0;
        set->solution[set->solutions++].at = where;
    } else if (best != none) {
        add_pure(set, best);
    }
    if (!*added && !set->gas && set->gas_log > DRIVE)
        *added = set->gas = true;
    return SW_OK;
}

/* ---- the certificate ------------------------------------------------------------------------- */

static void add_atoms(double *sum, const struct problem *problem, const double *atoms,
                      double amount) {
    for (size_t i = 0; i < problem->elements; i++)
        sum[i] += amount * atoms[i];
}

static bool balances(const struct phase_set *set, const struct problem *problem) {
    double sum[SW_SYSTEM_ELEMENTS] = {0};
    for (size_t i = 0; i < problem->gases && set->gas; i++)
        add_atoms(sum, problem, problem->gas_atoms[i], set->gas_amount * set->fraction[i]);
    for (size_t k = 0; k < set->pures; k++)
        add_atoms(sum, problem, problem->column[set->pure[k]].atoms, set->pure_amount[k]);
    for (size_t s = 0; s < set->solutions; s++) {
        double atoms[SW_SYSTEM_ELEMENTS];
        problem_solution_atoms(atoms, problem, set->solution[s].index, set->solution[s].at);
        add_atoms(sum, problem, atoms, set->solution[s].amount);
    }
    for (size_t i = 0; i < problem->elements; i++)
        if (!(fabs(sum[i] - problem->given[i]) <= BALANCE * problem->given[i]))
            return false;
    return true;
}

/* Rounding may leave a phase of nothing at a little less than nothing: less than what the balance
 * of its elements sees. */
static bool clear_negative(double *amount, const double *atoms, const struct problem *problem) {
    bool rounding = *amount < 0.0;
    for (size_t j = 0; j < problem->elements && rounding; j++)
        rounding = -*amount * fabs(atoms[j]) <= 0.1 * BALANCE * problem->given[j];
    if (rounding)
        *amount = 0.0;
    return *amount >= 0.0;
}

static bool amounts_are_positive(struct phase_set *set, const struct problem *problem) {
    bool positive = !set->gas || set->gas_amount >= 0.0;
    for (size_t k = 0; k < set->pures; k++)
        positive =
            clear_negative(&set->pure_amount[k], problem->column[set->pure[k]].atoms, problem) &&
            positive;
    for (size_t s = 0; s < set->solutions; s++) {
        double atoms[SW_SYSTEM_ELEMENTS];
        problem_solution_atoms(atoms, problem, set->solution[s].index, set->solution[s].at);
        positive = clear_negative(&set->solution[s].amount, atoms, problem) && positive;
    }
    return positive;
}

/* No pure phase, nor the gas, is above the plane, and those present are on it. */
static bool pure_and_gas_touch(struct phase_set *set, const struct problem *problem) {
    set->gas_log = problem_gas(set->fraction, problem, set->potential);
    if (set->gas_log > DRIVE || (set->gas && fabs(set->gas_log) > DRIVE))
        return false;
    for (size_t c = problem->elements; c < problem->columns; c++) {
        const struct column *column = &problem->column[c];
        if (column->kind == COLUMN_PURE &&
            problem_dot(problem, column->atoms, set->potential) - column->cost > DRIVE)
            return false;
    }
    for (size_t k = 0; k < set->pures; k++) {
        const struct column *column = &problem->column[set->pure[k]];
        if (fabs(problem_dot(problem, column->atoms, set->potential) - column->cost) > DRIVE)
            return false;
    }
    return true;
}

static sw_status solutions_touch(bool *touch, const struct phase_set *set,
                                 const struct problem *problem, sw_error *error) {
    sw_status status = SW_OK;
    *touch = true;
    for (size_t s = 0; s < problem->solutions && status == SW_OK && *touch; s++) {
        double lowest;
        struct composition at;
        status = problem_solution_lowest(&lowest, &at, problem, s, set->potential, error);
        *touch = lowest >= -DRIVE;
    }
    for (size_t s = 0; s < set->solutions && status == SW_OK && *touch; s++) {
        double g[3], atoms[SW_SYSTEM_ELEMENTS];
        const size_t index = set->solution[s].index;
        problem_solution_atoms(atoms, problem, index, set->solution[s].at);
        status = problem_solution_gibbs(g, problem, index, set->solution[s].at, error);
        *touch = fabs(g[0] - problem_dot(problem, atoms, set->potential)) <= DRIVE;
    }
    return status;
}

sw_status phase_set_certify(bool *certified, struct phase_set *set, const struct problem *problem,
                            sw_error *error) {
    *certified = amounts_are_positive(set, problem) && pure_and_gas_touch(set, problem) &&
                 balances(set, problem);
    return *certified ? solutions_touch(certified, set, problem, error) : SW_OK;
}
