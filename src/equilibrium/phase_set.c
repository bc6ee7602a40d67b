/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "equilibrium/phase_set.h"

#include <math.h>
#include <string.h>

#define LEAST_FRACTION 1e-280 /* of a gas that the basis has none of */
#define FIRST_PART 1e-280     /* of an end of a solution, likewise */
#define TRACE 1e-6            /* of a gas, or of a solution */
#define BALANCE 1e-10         /* of each element */

static bool is_gas(const struct sw_equilibrium_column *column) {
    return column->kind == COLUMN_GAS || column->kind == COLUMN_MIXTURE;
}

/* ---- from a basis ---------------------------------------------------------------------------- */

static void gather_gas(struct sw_phase_set *set, const struct sw_simplex *simplex,
                       const struct sw_problem *problem) {
    for (size_t r = 0; r < simplex->rows; r++) {
        const struct sw_equilibrium_column *column = &problem->column[simplex->basis[r]];
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

/* The mean of two compositions, by the weights of both: no digits of small fractions are lost. */
static struct sw_equilibrium_composition mean_of(const struct sw_equilibrium_composition *one,
                                                 double weight,
                                                 const struct sw_equilibrium_composition *other,
                                                 double weight_of_other) {
    struct sw_equilibrium_composition mean;
    const double sum = weight + weight_of_other;
    for (size_t e = 0; e < SW_SOLUTION_ENDS; e++)
        mean.part[e] = sum > 0.0 ? (weight * one->part[e] + weight_of_other * other->part[e]) / sum
                                 : 0.5 * (one->part[e] + other->part[e]);
    return mean;
}

/* Points of one phase: the surface bends upward between them. */
static sw_status is_same_phase(bool *same, const struct sw_problem *problem, size_t solution,
                               const struct sw_equilibrium_composition *one,
                               const struct sw_equilibrium_composition *other, sw_error *error) {
    const struct sw_equilibrium_composition between = mean_of(one, 0.5, other, 0.5);
    double ends[2], middle = 0.0;
    sw_status status =
        sw_problem_solution_gibbs(&ends[0], NULL, NULL, problem, solution, one, error);
    if (status == SW_OK)
        status = sw_problem_solution_gibbs(&ends[1], NULL, NULL, problem, solution, other, error);
    if (status == SW_OK)
        status = sw_problem_solution_gibbs(&middle, NULL, NULL, problem, solution, &between, error);
    *same = status == SW_OK && middle <= 0.5 * (ends[0] + ends[1]);
    return status;
}

static sw_status gather_solution(struct sw_phase_set *set, bool apart,
                                 const struct sw_problem *problem,
                                 const struct sw_equilibrium_column *column, double amount,
                                 sw_error *error) {
    for (size_t s = 0; s < set->solutions && !apart; s++) {
        bool same = false;
        struct sw_present *present = &set->solution[s];
        if (present->index != column->index)
            continue;
        const sw_status status =
            is_same_phase(&same, problem, column->index, &present->at, &column->at, error);
        if (status != SW_OK)
            return status;
        if (!same)
            continue;
        present->at = mean_of(&present->at, present->amount, &column->at, amount);
        present->amount += amount;
        return SW_OK;
    }
    set->solution[set->solutions++] =
        (struct sw_present){.index = column->index, .at = column->at, .amount = amount};
    return SW_OK;
}

/* Newton needs slopes: none of the ends that are there is quite missing. */
static void put_inside(struct sw_phase_set *set, const struct sw_problem *problem) {
    for (size_t s = 0; s < set->solutions; s++) {
        const struct sw_problem_solution *of = &problem->solution[set->solution[s].index];
        double *part = set->solution[s].at.part;
        for (size_t k = 0; k < of->ends; k++)
            part[of->end[k]] = fmax(part[of->end[k]], FIRST_PART);
    }
}

static double distance(const struct sw_equilibrium_composition *one,
                       const struct sw_equilibrium_composition *other) {
    double sum = 0.0;
    for (size_t e = 0; e < SW_SOLUTION_ENDS; e++)
        sum += fabs(one->part[e] - other->part[e]);
    return sum;
}

/* Of the nearest phase of that solution. */
static sw_status solution_cost(double *cost, const struct sw_phase_set *set,
                               const struct sw_problem *problem,
                               const struct sw_equilibrium_column *column, sw_error *error) {
    const struct sw_problem_solution *of = &problem->solution[column->index];
    const struct sw_equilibrium_composition *nearest = NULL;
    double first[SW_SOLUTION_ENDS];
    for (size_t s = 0; s < set->solutions; s++) {
        const struct sw_equilibrium_composition *at = &set->solution[s].at;
        if (set->solution[s].index == column->index &&
            (nearest == NULL || distance(at, &column->at) < distance(nearest, &column->at)))
            nearest = at;
    }
    if (nearest == NULL)
        return SW_OK;
    const sw_status status =
        sw_problem_solution_gibbs(cost, first, NULL, problem, column->index, nearest, error);
    for (size_t k = 0; k < of->ends && status == SW_OK; k++)
        *cost += first[of->end[k]] * (column->at.part[of->end[k]] - nearest->part[of->end[k]]);
    return status;
}

/* Cost of a column on the tangent plane of the phase that it went into. */
static sw_status tangent_cost(double *cost, const struct sw_phase_set *set,
                              const struct sw_problem *problem,
                              const struct sw_equilibrium_column *column, sw_error *error) {
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
    if (column->kind == COLUMN_SOLUTION)
        return solution_cost(cost, set, problem, column, error);
    return SW_OK;
}

/* Whether a condensed phase of the set holds an element. */
static bool is_held(const struct sw_phase_set *set, const struct sw_problem *problem,
                    size_t element) {
    for (size_t k = 0; k < set->pures; k++)
        if (problem->column[set->pure[k]].atoms[element] > 0.0)
            return true;
    for (size_t s = 0; s < set->solutions; s++) {
        const struct sw_problem_solution *of = &problem->solution[set->solution[s].index];
        for (size_t k = 0; k < of->ends; k++)
            if (of->atoms[of->end[k]][element] > 0.0)
                return true;
    }
    return false;
}

/* At these potentials no gas would hold more of such an element than there is. */
void sw_phase_set_estimate_gas_traces(struct sw_phase_set *set, const struct sw_problem *problem) {
    for (size_t j = 0; j < problem->elements && set->gas; j++) {
        double highest = INFINITY;
        if (problem->amount[j] > TRACE * set->gas_amount || is_held(set, problem, j))
            continue;
        for (size_t i = 0; i < problem->gases; i++) {
            const double *atoms = problem->gas_atoms[i];
            if (!(atoms[j] > 0.0))
                continue;
            const double others =
                sw_problem_dot(problem, atoms, set->potential) - atoms[j] * set->potential[j];
            const double log_fraction = log(problem->amount[j] / (set->gas_amount * atoms[j]));
            highest = fmin(highest, (log_fraction + problem->gas_energy[i] - others) / atoms[j]);
        }
        if (isfinite(highest))
            set->potential[j] = highest;
    }
}

/* Of an end that no column of the basis had any of: what is in balance with the potentials. */
static sw_status estimate_solution_traces(struct sw_phase_set *set,
                                          const struct sw_problem *problem, sw_error *error) {
    for (size_t s = 0; s < set->solutions; s++) {
        const struct sw_problem_solution *of = &problem->solution[set->solution[s].index];
        double *part = set->solution[s].at.part;
        double gibbs, first[SW_SOLUTION_ENDS];
        size_t most = of->end[0], least = of->end[0];
        for (size_t k = 1; k < of->ends; k++) {
            most = part[of->end[k]] > part[most] ? of->end[k] : most;
            least = part[of->end[k]] < part[least] ? of->end[k] : least;
        }
        if (part[least] > FIRST_PART)
            continue;
        const sw_status status = sw_problem_solution_gibbs(
            &gibbs, first, NULL, problem, set->solution[s].index, &set->solution[s].at, error);
        if (status != SW_OK)
            return status;
        for (size_t k = 0; k < of->ends; k++) {
            const size_t e = of->end[k];
            const double drive =
                sw_problem_dot(problem, of->atoms[e], set->potential) - first[e] -
                (sw_problem_dot(problem, of->atoms[most], set->potential) - first[most]);
            if (!(part[e] > FIRST_PART) && drive > 0.0)
                part[e] = exp(fmin(log(FIRST_PART) + drive, log(TRACE)));
        }
    }
    return SW_OK;
}

sw_status sw_phase_set_from_basis(struct sw_phase_set *set, bool apart,
                                  const struct sw_simplex *simplex,
                                  const struct sw_problem *problem, sw_error *error) {
    double cost[SW_SYSTEM_ELEMENTS] = {0.0};
    sw_status status = SW_OK;
    set->gas = false;
    set->gas_amount = 0.0;
    set->pures = set->solutions = 0;
    set->dropped_pure = set->dropped_solution = NONE;
    memset(set->fraction, 0, sizeof set->fraction);
    gather_gas(set, simplex, problem);
    for (size_t r = 0; r < simplex->rows && status == SW_OK; r++) {
        const struct sw_equilibrium_column *column = &problem->column[simplex->basis[r]];
        if (column->kind == COLUMN_SOLUTION) {
            status = gather_solution(set, apart, problem, column, simplex->amount[r], error);
        } else if (column->kind == COLUMN_PURE) {
            set->pure[set->pures] = simplex->basis[r];
            set->pure_amount[set->pures++] = simplex->amount[r];
        }
    }
    put_inside(set, problem);
    for (size_t r = 0; r < simplex->rows && status == SW_OK; r++)
        status = tangent_cost(&cost[r], set, problem, &problem->column[simplex->basis[r]], error);
    sw_simplex_potentials(set->potential, simplex, cost);
    sw_phase_set_estimate_gas_traces(set, problem);
    return status == SW_OK ? estimate_solution_traces(set, problem, error) : status;
}

/* ---- the certificate ------------------------------------------------------------------------- */

static void add_atoms(double *sum, const struct sw_problem *problem, const double *atoms,
                      double amount) {
    for (size_t i = 0; i < problem->elements; i++)
        sum[i] += amount * atoms[i];
}

static bool balances(const struct sw_phase_set *set, const struct sw_problem *problem) {
    double sum[SW_SYSTEM_ELEMENTS] = {0};
    for (size_t i = 0; i < problem->gases && set->gas; i++)
        add_atoms(sum, problem, problem->gas_atoms[i], set->gas_amount * set->fraction[i]);
    for (size_t k = 0; k < set->pures; k++)
        add_atoms(sum, problem, problem->column[set->pure[k]].atoms, set->pure_amount[k]);
    for (size_t s = 0; s < set->solutions; s++) {
        double atoms[SW_SYSTEM_ELEMENTS];
        sw_problem_solution_atoms(atoms, problem, set->solution[s].index, &set->solution[s].at);
        add_atoms(sum, problem, atoms, set->solution[s].amount);
    }
    for (size_t i = 0; i < problem->elements; i++)
        if (!(fabs(sum[i] - problem->given[i]) <= BALANCE * problem->given[i]))
            return false;
    return true;
}

/* Rounding may leave a phase of nothing at a little less than nothing: less than what the balance
 * of its elements sees. */
static bool clear_negative(double *amount, const double *atoms, const struct sw_problem *problem) {
    bool rounding = *amount < 0.0;
    for (size_t j = 0; j < problem->elements && rounding; j++)
        rounding = -*amount * fabs(atoms[j]) <= 0.1 * BALANCE * problem->given[j];
    if (rounding)
        *amount = 0.0;
    return *amount >= 0.0;
}

static bool amounts_are_positive(struct sw_phase_set *set, const struct sw_problem *problem) {
    bool positive = !set->gas || set->gas_amount >= 0.0;
    for (size_t k = 0; k < set->pures; k++)
        positive =
            clear_negative(&set->pure_amount[k], problem->column[set->pure[k]].atoms, problem) &&
            positive;
    for (size_t s = 0; s < set->solutions; s++) {
        double atoms[SW_SYSTEM_ELEMENTS];
        sw_problem_solution_atoms(atoms, problem, set->solution[s].index, &set->solution[s].at);
        positive = clear_negative(&set->solution[s].amount, atoms, problem) && positive;
    }
    return positive;
}

/* No pure phase, nor the gas, is above the plane, and those present are on it. */
static bool pure_and_gas_touch(struct sw_phase_set *set, const struct sw_problem *problem) {
    set->gas_log = sw_problem_gas(set->fraction, problem, set->potential);
    if (!(set->gas_log <= PHASE_SET_DRIVE) ||
        (set->gas && !(fabs(set->gas_log) <= PHASE_SET_DRIVE)))
        return false;
    for (size_t c = problem->elements; c < problem->columns; c++) {
        const struct sw_equilibrium_column *column = &problem->column[c];
        if (column->kind == COLUMN_PURE &&
            !(sw_problem_dot(problem, column->atoms, set->potential) - column->cost <=
              PHASE_SET_DRIVE))
            return false;
    }
    for (size_t k = 0; k < set->pures; k++) {
        const struct sw_equilibrium_column *column = &problem->column[set->pure[k]];
        if (!(fabs(sw_problem_dot(problem, column->atoms, set->potential) - column->cost) <=
              PHASE_SET_DRIVE))
            return false;
    }
    return true;
}

static sw_status solutions_touch(bool *touch, const struct sw_phase_set *set,
                                 const struct sw_problem *problem, sw_error *error) {
    sw_status status = SW_OK;
    *touch = true;
    for (size_t s = 0; s < problem->solutions && status == SW_OK && *touch; s++) {
        double lowest;
        struct sw_equilibrium_composition at;
        status = sw_problem_solution_lowest(&lowest, &at, problem, s, set->potential,
                                            WORTH_REFINING, error);
        *touch = lowest >= -PHASE_SET_DRIVE;
    }
    for (size_t s = 0; s < set->solutions && status == SW_OK && *touch; s++) {
        double gibbs, first[SW_SOLUTION_ENDS], atoms[SW_SYSTEM_ELEMENTS];
        const size_t index = set->solution[s].index;
        const struct sw_equilibrium_composition *at = &set->solution[s].at;
        sw_problem_solution_atoms(atoms, problem, index, at);
        status = sw_problem_solution_gibbs(&gibbs, first, NULL, problem, index, at, error);
        *touch = fabs(gibbs - sw_problem_dot(problem, atoms, set->potential)) <= PHASE_SET_DRIVE;
    }
    return status;
}

sw_status sw_phase_set_certify(bool *certified, struct sw_phase_set *set,
                               const struct sw_problem *problem, sw_error *error) {
    *certified = amounts_are_positive(set, problem) && pure_and_gas_touch(set, problem) &&
                 balances(set, problem);
    return *certified ? solutions_touch(certified, set, problem, error) : SW_OK;
}
