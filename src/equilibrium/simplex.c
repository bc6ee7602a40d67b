/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "equilibrium/simplex.h"

#include <math.h>
#include <string.h>

#define STEPS 600
#define REFRESH 25        /* steps after which the inverse is made anew */
#define BETTER (-1e-11)   /* reduced cost below which a column enters, kT */
#define NOISE 1e-12       /* a sum is zero when it is so small a part of its terms */
#define CAREFUL_AFTER 200 /* steps; then the first column, not the best: no cycles (Bland) */

/* Rows of scarce elements are as large as others; the unit matrix beside it is scaled alike. */
static void scale_row(double *row, size_t n, size_t index) {
    double largest = 0.0;
    for (size_t j = 0; j < n; j++)
        largest = fmax(largest, fabs(row[j]));
    const double scale = largest > 0.0 ? 1.0 / largest : 1.0;
    for (size_t j = 0; j < n; j++)
        row[j] *= scale;
    row[n + index] = scale;
}

/* Gauss-Jordan with column pivoting; false where the basis is singular. */
static bool invert(struct sw_simplex *simplex, const struct sw_problem *problem) {
    const size_t n = simplex->rows;
    double work[SW_SYSTEM_ELEMENTS][2 * SW_SYSTEM_ELEMENTS] = {{0}};
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++)
            work[i][j] = problem->column[simplex->basis[j]].atoms[i];
        scale_row(work[i], n, i);
    }
    for (size_t k = 0; k < n; k++) {
        size_t best = k;
        for (size_t i = k + 1; i < n; i++)
            if (fabs(work[i][k]) > fabs(work[best][k]))
                best = i;
        if (fabs(work[best][k]) < 1e-14)
            return false;
        for (size_t j = k; j < 2 * n; j++) {
            const double held = work[k][j];
            work[k][j] = work[best][j];
            work[best][j] = held;
        }
        const double scale = 1.0 / work[k][k];
        for (size_t j = k; j < 2 * n; j++)
            work[k][j] *= scale;
        for (size_t i = 0; i < n; i++) {
            const double factor = work[i][k];
            if (i == k || factor == 0.0)
                continue;
            for (size_t j = k; j < 2 * n; j++)
                work[i][j] -= factor * work[k][j];
        }
    }
    for (size_t i = 0; i < n; i++)
        memcpy(simplex->inverse[i], &work[i][n], n * sizeof(double));
    return true;
}

static void find_amounts(struct sw_simplex *simplex, const struct sw_problem *problem) {
    for (size_t i = 0; i < simplex->rows; i++) {
        simplex->amount[i] = sw_problem_dot(problem, simplex->inverse[i], problem->amount);
        if (simplex->amount[i] < 0.0)
            simplex->amount[i] = 0.0;
    }
}

void sw_simplex_potentials(double *potentials, const struct sw_simplex *simplex,
                           const double *cost) {
    for (size_t j = 0; j < simplex->rows; j++) {
        potentials[j] = 0.0;
        for (size_t i = 0; i < simplex->rows; i++)
            potentials[j] += cost[i] * simplex->inverse[i][j];
    }
}

static void find_potentials(struct sw_simplex *simplex, const struct sw_problem *problem) {
    double cost[SW_SYSTEM_ELEMENTS];
    for (size_t i = 0; i < simplex->rows; i++)
        cost[i] = problem->column[simplex->basis[i]].cost;
    sw_simplex_potentials(simplex->potential, simplex, cost);
}

void sw_simplex_start(struct sw_simplex *simplex, const struct sw_problem *problem) {
    simplex->rows = problem->elements;
    for (size_t i = 0; i < simplex->rows; i++) {
        simplex->basis[i] = i;
        for (size_t j = 0; j < simplex->rows; j++)
            simplex->inverse[i][j] = i == j ? 1.0 : 0.0;
    }
    find_amounts(simplex, problem);
    find_potentials(simplex, problem);
}

static bool is_basic(const struct sw_simplex *simplex, size_t column) {
    for (size_t i = 0; i < simplex->rows; i++)
        if (simplex->basis[i] == column)
            return true;
    return false;
}

/* The column to enter, or the number of columns where none is better. */
static size_t entering(const struct sw_simplex *simplex, const struct sw_problem *problem,
                       bool careful) {
    size_t best = problem->columns;
    double lowest = BETTER;
    for (size_t c = problem->elements; c < problem->columns; c++) {
        const struct sw_equilibrium_column *column = &problem->column[c];
        const double reduced =
            column->cost - sw_problem_dot(problem, column->atoms, simplex->potential);
        if (reduced < lowest && !is_basic(simplex, c)) {
            lowest = careful ? -INFINITY : reduced;
            best = c;
        }
    }
    return best;
}

/* The row to leave: the least ratio; of equal ones an artificial column, then the largest pivot. */
static size_t leaving(const struct sw_simplex *simplex, const struct sw_problem *problem,
                      const double *direction) {
    size_t best = simplex->rows;
    double least = INFINITY;
    for (size_t i = 0; i < simplex->rows; i++) {
        if (direction[i] <= 0.0)
            continue;
        const double ratio = simplex->amount[i] / direction[i];
        const bool artificial = simplex->basis[i] < problem->elements;
        if (ratio < least || (ratio == least && best < simplex->rows &&
                              (artificial || direction[i] > direction[best]))) {
            least = ratio;
            best = i;
        }
    }
    return best;
}

static void pivot(struct sw_simplex *simplex, const double *direction, size_t row, size_t column) {
    const double scale = 1.0 / direction[row];
    const double step = simplex->amount[row] * scale;
    for (size_t j = 0; j < simplex->rows; j++)
        simplex->inverse[row][j] *= scale;
    for (size_t i = 0; i < simplex->rows; i++) {
        if (i == row)
            continue;
        for (size_t j = 0; j < simplex->rows; j++)
            simplex->inverse[i][j] -= direction[i] * simplex->inverse[row][j];
        simplex->amount[i] = fmax(0.0, simplex->amount[i] - direction[i] * step);
    }
    simplex->amount[row] = step;
    simplex->basis[row] = column;
}

/* A row of the inverse times a column, 0 where rounding is all that there is. */
static double entry(const struct sw_simplex *simplex, size_t row, const double *atoms) {
    double sum = 0.0, size = 0.0;
    for (size_t j = 0; j < simplex->rows; j++) {
        const double term = simplex->inverse[row][j] * atoms[j];
        sum += term;
        size += fabs(term);
    }
    return fabs(sum) > NOISE * size ? sum : 0.0;
}

/* One exchange; false at the optimum or without a row to leave. */
static bool exchange(struct sw_simplex *simplex, const struct sw_problem *problem, bool careful) {
    double direction[SW_SYSTEM_ELEMENTS];
    const size_t column = entering(simplex, problem, careful);
    if (column == problem->columns)
        return false;
    for (size_t i = 0; i < simplex->rows; i++)
        direction[i] = entry(simplex, i, problem->column[column].atoms);
    const size_t row = leaving(simplex, problem, direction);
    if (row == simplex->rows)
        return false;
    pivot(simplex, direction, row, column);
    find_potentials(simplex, problem);
    return true;
}

bool sw_simplex_optimise(struct sw_simplex *simplex, const struct sw_problem *problem) {
    for (int step = 1; step <= STEPS; step++) {
        const bool going_on = exchange(simplex, problem, step > CAREFUL_AFTER);
        if (going_on && step % REFRESH != 0)
            continue;
        if (!invert(simplex, problem))
            return false;
        find_amounts(simplex, problem);
        find_potentials(simplex, problem);
        if (!going_on)
            return true;
    }
    return true; /* a basis all the same: the certificate decides */
}

double sw_simplex_missing(const struct sw_simplex *simplex, const struct sw_problem *problem) {
    double missing = 0.0;
    for (size_t i = 0; i < simplex->rows; i++)
        if (simplex->basis[i] < problem->elements)
            missing = fmax(missing, simplex->amount[i] / problem->amount[simplex->basis[i]]);
    return missing;
}
