/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The most favourable composition of gas and solutions at given element potentials. */
#include "equilibrium/problem.h"

#include <math.h>

#define WORTH_REFINING 8.0 /* kT: dips of the samples higher than this hide nothing below zero */
#define REFINEMENTS 60

double problem_gas(double *fractions, const struct problem *problem, const double *potentials) {
    double highest = -INFINITY, sum = 0.0;
    for (size_t i = 0; i < problem->gases; i++) {
        fractions[i] =
            problem_dot(problem, problem->gas_atoms[i], potentials) - problem->gas_energy[i];
        highest = fmax(highest, fractions[i]);
    }
    if (problem->gases == 0)
        return -INFINITY;
    for (size_t i = 0; i < problem->gases; i++)
        sum += fractions[i] = exp(fractions[i] - highest);
    for (size_t i = 0; i < problem->gases; i++)
        fractions[i] /= sum;
    return highest + log(sum);
}

bool problem_add_mixture(struct problem *problem, const double *fractions) {
    if (problem->mixtures == PROBLEM_MIXTURES || problem->columns == PROBLEM_COLUMNS)
        return false;
    struct column *column = &problem->column[problem->columns];
    double *kept = problem->mixture[problem->mixtures];
    *column = (struct column){.kind = COLUMN_MIXTURE, .index = problem->mixtures};
    for (size_t i = 0; i < problem->gases; i++) {
        const double y = kept[i] = fractions[i];
        column->cost += y > 0.0 ? y * (problem->gas_energy[i] + log(y)) : 0.0;
        for (size_t j = 0; j < problem->elements; j++)
            column->atoms[j] += y * problem->gas_atoms[i][j];
    }
    problem->mixtures++;
    problem->columns++;
    return true;
}

sw_status problem_solution_gibbs(double g[3], const struct problem *problem, size_t solution,
                                 struct composition at, sw_error *error) {
    const struct problem_solution *of = &problem->solution[solution];
    const sw_solution_phase *phase = &problem->system->solution[of->index];
    const sw_status status =
        phase->gibbs(g, phase->data, problem->temperature, at.x, at.rest, true, error);
    for (int k = 0; k < 3; k++)
        g[k] /= problem->thermal;
    g[0] -= at.rest * of->open_first + at.x * of->open_second;
    g[1] -= of->open_second - of->open_first;
    return status;
}

void problem_solution_atoms(double *atoms, const struct problem *problem, size_t solution,
                            struct composition at) {
    const struct problem_solution *of = &problem->solution[solution];
    for (size_t i = 0; i < problem->elements; i++)
        atoms[i] = at.rest * of->first[i] + at.x * of->second[i];
}

sw_status problem_add_solution_point(struct problem *problem, size_t solution,
                                     struct composition at, sw_error *error) {
    double g[3];
    if (problem->columns == PROBLEM_COLUMNS)
        return SW_OK;
    const sw_status status = problem_solution_gibbs(g, problem, solution, at, error);
    if (status != SW_OK || !isfinite(g[0]))
        return status;
    struct column *column = &problem->column[problem->columns++];
    *column = (struct column){.kind = COLUMN_SOLUTION, .index = solution, .at = at, .cost = g[0]};
    problem_solution_atoms(column->atoms, problem, solution, at);
    return SW_OK;
}

/* ln(x/(1-x)), where ideal mixing is a straight line; finite at the ends. */
static double logit(struct composition at) {
    return log(fmax(at.x, 1e-300) / fmax(at.rest, 1e-300));
}

/* What a solution's energy is measured from: the plane of the potentials at its two ends. */
struct plane {
    double first, second;
};

/*
 * The minimum of g - a.pi between two compositions: Newton on the slope in the logit, kept in the
 * bracket by bisection.
 */
static sw_status refine(double *lowest, struct composition *where, const struct problem *problem,
                        size_t solution, struct plane plane, double left, double right,
                        sw_error *error) {
    double u = 0.5 * (left + right), g[3];
    for (int i = 0; i < REFINEMENTS; i++) {
        const struct composition at = {1.0 / (1.0 + exp(-u)), 1.0 / (1.0 + exp(u))};
        const double weight = at.x * at.rest;
        const sw_status status = problem_solution_gibbs(g, problem, solution, at, error);
        if (status != SW_OK)
            return status;
        const double value = g[0] - at.rest * plane.first - at.x * plane.second;
        const double first = g[1] - (plane.second - plane.first); /* in x */
        if (value < *lowest) {
            *lowest = value;
            *where = at;
        }
        if (first > 0.0)
            right = u;
        else
            left = u;
        /* the curvature in u, without the part that vanishes at the minimum */
        const double step = -first / (g[2] * weight);
        if (fabs(first * weight) < 1e-16 || right - left < 1e-15 * fmax(1.0, fabs(u)) ||
            (fabs(step) < 1e-9 && i > 0))
            break;
        u = isfinite(step) && u + step > left && u + step < right && g[2] > 0.0
                ? u + step
                : 0.5 * (left + right);
    }
    return SW_OK;
}

sw_status problem_solution_lowest(double *lowest, struct composition *at,
                                  const struct problem *problem, size_t solution,
                                  const double *potentials, sw_error *error) {
    const struct problem_solution *of = &problem->solution[solution];
    const struct plane plane = {problem_dot(problem, of->first, potentials),
                                problem_dot(problem, of->second, potentials)};
    double value[GRID_POINTS];
    *lowest = INFINITY;
    for (size_t k = 0; k < GRID_POINTS; k++) {
        const struct composition point = problem->grid[k];
        value[k] = of->grid[k] - point.rest * plane.first - point.x * plane.second;
        if (value[k] < *lowest) {
            *lowest = value[k];
            *at = point;
        }
    }
    for (size_t k = 0; k < GRID_POINTS; k++) {
        const size_t before = k > 0 ? k - 1 : 0, after = k + 1 < GRID_POINTS ? k + 1 : k;
        if (value[k] > value[before] || value[k] > value[after] || value[k] > WORTH_REFINING)
            continue;
        const sw_status status =
            refine(lowest, at, problem, solution, plane, logit(problem->grid[before]),
                   logit(problem->grid[after]), error);
        if (status != SW_OK)
            return status;
    }
    return SW_OK;
}
