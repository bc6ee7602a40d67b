/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Newton's method for the equilibrium of a given set of phases. */
#include "equilibrium/elimination.h"
#include "equilibrium/phase_set.h"

#include <math.h>
#include <string.h>

#define STEPS 80
#define UNKNOWNS ((2 + SW_SOLUTION_ENDS) * SW_SYSTEM_ELEMENTS + 2)
#define LARGEST_CHANGE 4.0 /* of ln pressure of a gas that counts, in one step */
#define COUNTS 1e-6        /* mole fraction */
#define FALL 0.8           /* of a fraction of a solution, in one step */
#define STEEP_FALL 0.999   /* of a trace */
#define SETTLED 1e-9       /* relative changes that are none */
#define NOISE 1e-5     /* kT: of potentials that traces set, by the rounding of what is not one */
#define LEAST_GAS 1e-6 /* of the scarcest element: its curvature is taken with at least that */

/*
 * Unknowns, in this order: changes of the element potentials; the amount of gas; amounts of pure
 * phases; for each solution its amount and the relative changes of the fractions of its ends but
 * the largest, which is what they leave. Equations likewise: balances (each divided by its amount),
 * gas pressures, pure phases, and for each solution touching and slopes.
 */
struct linear {
    size_t size, elements, gas, pure;
    size_t solution[SW_SYSTEM_ELEMENTS]; /* where each begins */
    double unit[UNKNOWNS];               /* what the unknowns are counted in */
    double matrix[UNKNOWNS][UNKNOWNS + 1];
};

/* The solution is in the last column, in its own units. False where singular. */
static bool solve(struct linear *linear) {
    const size_t n = linear->size;
    if (!sw_eliminate(linear->matrix[0], n, UNKNOWNS + 1, 1e-300))
        return false;
    for (size_t k = 0; k < n; k++)
        linear->matrix[k][n] *= linear->unit[k];
    return true;
}

static void lay_out(struct linear *linear, const struct sw_phase_set *set,
                    const struct sw_problem *problem) {
    linear->elements = problem->elements;
    linear->gas = problem->elements;
    linear->pure = linear->gas + (set->gas ? 1 : 0);
    linear->size = linear->pure + set->pures;
    for (size_t s = 0; s < set->solutions; s++) {
        linear->solution[s] = linear->size;
        linear->size += problem->solution[set->solution[s].index].ends;
    }
    for (size_t i = 0; i < linear->size; i++)
        memset(linear->matrix[i], 0, (linear->size + 1) * sizeof(double));
}

/* Amount of gas for the curvature of its energy, which vanishes without any. */
static double gas_amount(const struct sw_phase_set *set, const struct sw_problem *problem) {
    double scarcest = 1.0;
    for (size_t j = 0; j < problem->elements; j++)
        scarcest = fmin(scarcest, problem->amount[j]);
    return fmax(set->gas_amount, LEAST_GAS * scarcest);
}

static void add_gas(struct linear *linear, struct sw_phase_set *set,
                    const struct sw_problem *problem) {
    const size_t m = problem->elements, right = linear->size;
    const double amount = gas_amount(set, problem);
    double mean[SW_SYSTEM_ELEMENTS] = {0};
    for (size_t i = 0; i < problem->gases; i++)
        for (size_t j = 0; j < m; j++)
            mean[j] += set->fraction[i] * problem->gas_atoms[i][j];
    for (size_t i = 0; i < problem->gases; i++) {
        const double *atoms = problem->gas_atoms[i];
        for (size_t j = 0; j < m; j++)
            for (size_t k = 0; k < m; k++)
                linear->matrix[j][k] += amount * set->fraction[i] * atoms[j] * (atoms[k] - mean[k]);
    }
    for (size_t j = 0; j < m; j++) {
        linear->matrix[j][linear->gas] = mean[j];
        linear->matrix[linear->gas][j] = mean[j];
    }
    linear->matrix[linear->gas][right] = -set->gas_log;
}

static void add_pure(struct linear *linear, const struct sw_phase_set *set,
                     const struct sw_problem *problem) {
    for (size_t k = 0; k < set->pures; k++) {
        const struct sw_equilibrium_column *column = &problem->column[set->pure[k]];
        for (size_t j = 0; j < problem->elements; j++) {
            linear->matrix[j][linear->pure + k] = column->atoms[j];
            linear->matrix[linear->pure + k][j] = column->atoms[j];
        }
        linear->matrix[linear->pure + k][linear->size] =
            column->cost - sw_problem_dot(problem, column->atoms, set->potential);
    }
}

/* The ends of a solution with the largest fraction at last. */
static void order_ends(size_t end[SW_SOLUTION_ENDS], const struct sw_present *present,
                       const struct sw_problem_solution *of) {
    const double *part = present->at.part;
    for (size_t k = 0; k < of->ends; k++)
        end[k] = of->end[k];
    for (size_t k = 0; k + 1 < of->ends; k++)
        if (part[end[k]] > part[end[of->ends - 1]]) {
            const size_t held = end[k];
            end[k] = end[of->ends - 1];
            end[of->ends - 1] = held;
        }
}

/* The row of the slope to one end, and what that end adds to the balances and to touching. */
static void add_slope(struct linear *linear, size_t touch, size_t k, const size_t *end,
                      const struct sw_present *present, const struct sw_problem_solution *of,
                      const double *first, const double *second, size_t all,
                      const double *potential) {
    const size_t last = end[of->ends - 1], row = touch + 1 + k;
    double tilt = first[last] - first[end[k]]; /* slope of the plane less that of the surface */
    for (size_t j = 0; j < linear->elements; j++) {
        const double change = of->atoms[end[k]][j] - of->atoms[last][j];
        tilt += change * potential[j];
        linear->matrix[j][row] = present->amount * change * present->at.part[end[k]];
        linear->matrix[row][j] = -change;
    }
    linear->matrix[touch][row] = tilt * present->at.part[end[k]];
    linear->matrix[row][linear->size] = tilt;
    for (size_t i = 0; i + 1 < of->ends; i++)
        linear->matrix[row][touch + 1 + i] =
            (second[end[k] * all + end[i]] - second[end[k] * all + last] -
             second[last * all + end[i]] + second[last * all + last]) *
            present->at.part[end[i]];
}

static sw_status add_solutions(struct linear *linear, const struct sw_phase_set *set,
                               const struct sw_problem *problem, sw_error *error) {
    for (size_t s = 0; s < set->solutions; s++) {
        const struct sw_present *present = &set->solution[s];
        const struct sw_problem_solution *of = &problem->solution[present->index];
        const size_t touch = linear->solution[s],
                     all = sw_problem_grid(problem, present->index)->ends;
        double gibbs, first[SW_SOLUTION_ENDS], second[SW_SOLUTION_ENDS * SW_SOLUTION_ENDS];
        double atoms[SW_SYSTEM_ELEMENTS];
        size_t end[SW_SOLUTION_ENDS];
        const sw_status status = sw_problem_solution_gibbs(&gibbs, first, second, problem,
                                                           present->index, &present->at, error);
        if (status != SW_OK)
            return status;
        sw_problem_solution_atoms(atoms, problem, present->index, &present->at);
        for (size_t j = 0; j < problem->elements; j++)
            linear->matrix[j][touch] = linear->matrix[touch][j] = atoms[j];
        linear->matrix[touch][linear->size] =
            gibbs - sw_problem_dot(problem, atoms, set->potential);
        order_ends(end, present, of);
        for (size_t k = 0; k + 1 < of->ends; k++)
            add_slope(linear, touch, k, end, present, of, first, second, all, set->potential);
    }
    return SW_OK;
}

static void scale_balances(struct linear *linear, const struct sw_problem *problem) {
    for (size_t j = 0; j < problem->elements; j++) {
        linear->matrix[j][linear->size] = problem->amount[j];
        for (size_t k = 0; k <= linear->size; k++)
            linear->matrix[j][k] /= problem->amount[j];
    }
}

/* The most that there can be of a phase whose balances are in this column. */
static double capacity(const struct linear *linear, size_t column) {
    double most = 0.0;
    for (size_t j = 0; j < linear->elements; j++)
        most = fmax(most, fabs(linear->matrix[j][column]));
    return most > 0.0 ? 1.0 / most : 1.0;
}

/*
 * Amounts are counted in what there can be of them, and the largest entry of a row is 1: elements
 * may be 1e-40 of others, and elimination has to see which row a phase is known from.
 */
static void scale(struct linear *linear, const struct sw_phase_set *set,
                  const struct sw_problem *problem) {
    const size_t n = linear->size;
    for (size_t k = 0; k < n; k++)
        linear->unit[k] = 1.0;
    if (set->gas)
        linear->unit[linear->gas] = gas_amount(set, problem);
    for (size_t k = linear->pure; k < linear->pure + set->pures; k++)
        linear->unit[k] = capacity(linear, k);
    for (size_t s = 0; s < set->solutions; s++)
        linear->unit[linear->solution[s]] = capacity(linear, linear->solution[s]);
    for (size_t i = 0; i < n; i++) {
        double largest = 0.0;
        for (size_t j = 0; j < n; j++)
            largest = fmax(largest, fabs(linear->matrix[i][j] *= linear->unit[j]));
        for (size_t j = 0; j <= n && largest > 0.0; j++)
            linear->matrix[i][j] /= largest;
    }
}

/* The largest part that a gas has in what there is of an element. */
static double share(const struct sw_phase_set *set, const struct sw_problem *problem, size_t gas) {
    const double amount = gas_amount(set, problem) * set->fraction[gas];
    double largest = 0.0;
    for (size_t j = 0; j < problem->elements; j++)
        largest = fmax(largest, amount * problem->gas_atoms[gas][j] / problem->amount[j]);
    return fmin(largest, 1.0);
}

/* How much of the step a solution allows. */
static double solution_length(double *largest, const struct linear *linear, size_t s,
                              const struct sw_phase_set *set, const struct sw_problem *problem) {
    const struct sw_present *present = &set->solution[s];
    const struct sw_problem_solution *of = &problem->solution[present->index];
    double length = 1.0, taken = 0.0;
    size_t end[SW_SOLUTION_ENDS];
    order_ends(end, present, of);
    for (size_t k = 0; k + 1 < of->ends; k++) {
        const double change = linear->matrix[linear->solution[s] + 1 + k][linear->size];
        const double part = present->at.part[end[k]];
        *largest = fmax(*largest, fabs(change));
        taken += change * part;
        if (part > COUNTS && change * length < -FALL)
            length = FALL / -change;
    }
    const double room = FALL * present->at.part[end[of->ends - 1]];
    return taken * length > room ? room / taken : length;
}

/* How much of the step is safe; and how large it is where it changes amounts. */
static double step_length(double *largest, const struct linear *linear,
                          const struct sw_phase_set *set, const struct sw_problem *problem) {
    double change[SW_SYSTEM_ELEMENTS], length = 1.0;
    *largest = 0.0;
    for (size_t j = 0; j < problem->elements; j++)
        change[j] = linear->matrix[j][linear->size];
    for (size_t i = 0; i < problem->gases && set->gas; i++) {
        const double raised = sw_problem_dot(problem, problem->gas_atoms[i], change);
        *largest = fmax(*largest, fabs(raised) * share(set, problem, i));
        if (set->fraction[i] > COUNTS && fabs(raised) * length > LARGEST_CHANGE)
            length = LARGEST_CHANGE / fabs(raised);
        /* one that does not count may not come to rule at once */
        if (set->fraction[i] <= COUNTS && raised > 0.0 &&
            log(set->fraction[i]) + length * raised > LARGEST_CHANGE)
            length = (LARGEST_CHANGE - log(set->fraction[i])) / raised;
    }
    for (size_t s = 0; s < set->solutions; s++)
        length = fmin(length, solution_length(largest, linear, s, set, problem));
    return length;
}

/* The smaller fractions are the exact ones. Traces fall as far as they may, whatever the others. */
static void move(struct sw_present *present, const double *change, double length,
                 const struct sw_problem_solution *of) {
    size_t end[SW_SOLUTION_ENDS];
    double rest = 1.0;
    order_ends(end, present, of);
    for (size_t k = 0; k + 1 < of->ends; k++) {
        present->at.part[end[k]] *= 1.0 + fmax(length * change[k], -STEEP_FALL);
        rest -= present->at.part[end[k]];
    }
    present->at.part[end[of->ends - 1]] = rest;
}

static void take_step(struct sw_phase_set *set, const struct linear *linear, double length,
                      const struct sw_problem *problem) {
    const size_t right = linear->size;
    for (size_t j = 0; j < problem->elements; j++)
        set->potential[j] += length * linear->matrix[j][right];
    if (set->gas)
        set->gas_amount += length * (linear->matrix[linear->gas][right] - set->gas_amount);
    for (size_t k = 0; k < set->pures; k++)
        set->pure_amount[k] +=
            length * (linear->matrix[linear->pure + k][right] - set->pure_amount[k]);
    for (size_t s = 0; s < set->solutions; s++) {
        struct sw_present *present = &set->solution[s];
        const size_t touch = linear->solution[s];
        double change[SW_SOLUTION_ENDS];
        for (size_t k = 0; k + 1 < problem->solution[present->index].ends; k++)
            change[k] = linear->matrix[touch + 1 + k][right];
        present->amount += length * (linear->matrix[touch][right] - present->amount);
        move(present, change, length, &problem->solution[present->index]);
    }
}

/* A trace that is a difference of amounts has no more digits than they leave it: its fraction goes
 * on changing, but no balance sees it. */
static bool is_noise(const struct linear *linear, const struct sw_phase_set *set,
                     const struct sw_problem *problem) {
    for (size_t j = 0; j < problem->elements; j++)
        if (!(fabs(linear->matrix[j][linear->size]) < NOISE))
            return false;
    for (size_t s = 0; s < set->solutions; s++) {
        const struct sw_present *present = &set->solution[s];
        const struct sw_problem_solution *of = &problem->solution[present->index];
        size_t end[SW_SOLUTION_ENDS];
        order_ends(end, present, of);
        for (size_t k = 0; k + 1 < of->ends; k++) {
            const double change = linear->matrix[linear->solution[s] + 1 + k][linear->size] *
                                  present->at.part[end[k]] * present->amount;
            for (size_t j = 0; j < problem->elements; j++)
                if (!(fabs(change) * of->atoms[end[k]][j] < SETTLED * problem->amount[j]))
                    return false;
        }
    }
    return true;
}

sw_status sw_phase_set_equilibrate(struct sw_phase_set *set, bool *converged,
                                   const struct sw_problem *problem, sw_error *error) {
    struct linear linear = {0};
    double largest = INFINITY;
    bool settled = false;
    int good = 0;
    *converged = false;
    for (int step = 0; step < STEPS && good < 2; step++) {
        if (set->gas)
            set->gas_log = sw_problem_gas(set->fraction, problem, set->potential);
        lay_out(&linear, set, problem);
        if (set->gas)
            add_gas(&linear, set, problem);
        add_pure(&linear, set, problem);
        const sw_status status = add_solutions(&linear, set, problem, error);
        if (status != SW_OK)
            return status;
        scale_balances(&linear, problem);
        scale(&linear, set, problem);
        if (!solve(&linear))
            return SW_OK;
        const double length = step_length(&largest, &linear, set, problem);
        if (!isfinite(largest) || !isfinite(length))
            return SW_OK;
        settled = length == 1.0 && step + 1 == STEPS && is_noise(&linear, set, problem);
        take_step(set, &linear, length, problem);
        good = length == 1.0 && largest < SETTLED ? good + 1 : 0;
    }
    *converged = good == 2 || settled;
    return SW_OK;
}
