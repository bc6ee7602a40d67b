/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/atom_statistics.h"

#include "base/student.h"
#include "structure/interval.h"

#include <math.h>

static const sw_atom_statistic unknown = {NAN, NAN, NAN, 0};

/* The columns to choose by, found. */
typedef struct conditions {
    const sw_atom_choice *choice;
    const double *by[SW_ATOM_CONDITIONS];
} conditions;

static bool find_conditions(conditions *found, const sw_atoms *atoms,
                            const sw_atom_choice *choice) {
    found->choice = choice;
    for (size_t c = 0; c < choice->conditions; c++)
        if (!(found->by[c] = sw_atoms_numbers(atoms, choice->where[c])))
            return false;
    return true;
}

static bool is_chosen(const conditions *found, size_t i) {
    for (size_t c = 0; c < found->choice->conditions; c++)
        if (found->by[c][i] != found->choice->is[c])
            return false;
    return true;
}

sw_atom_statistic sw_atom_mean(const sw_atoms *atoms, const char *column,
                               const sw_atom_choice *choice) {
    const double *values = sw_atoms_numbers(atoms, column);
    conditions found;
    double sum = 0.0, squares = 0.0;
    size_t n = 0;
    if (!find_conditions(&found, atoms, choice) || !values)
        return unknown;
    for (size_t i = 0; i < sw_atoms_count(atoms); i++) {
        if (!is_chosen(&found, i) || !isfinite(values[i]))
            continue;
        sum += values[i];
        squares += values[i] * values[i];
        n++;
    }
    if (n < 2)
        return unknown;
    sw_interval mean = sw_interval_mean(sum, squares, n);
    return (sw_atom_statistic){mean.value, mean.low, mean.high, n};
}

/* Sums over pairs from the first pair on, so that nothing large cancels. */
typedef struct pair_sums {
    double x, y, xx, yy, xy;
    size_t n;
} pair_sums;

static void add_pair(pair_sums *sums, double x, double y) {
    sums->x += x;
    sums->y += y;
    sums->xx += x * x;
    sums->yy += y * y;
    sums->xy += x * y;
    sums->n++;
}

static sw_atom_statistic correlation_of(const pair_sums *s) {
    double n = (double)s->n;
    double xx = s->xx - s->x * s->x / n, yy = s->yy - s->y * s->y / n;
    double xy = s->xy - s->x * s->y / n;
    if (s->n < 4 || !(xx > 0.0) || !(yy > 0.0))
        return unknown;
    double r = fmin(fmax(xy / sqrt(xx * yy), -1.0), 1.0);
    double z = atanh(r), half = SW_NORMAL_95 / sqrt(n - 3.0);
    return (sw_atom_statistic){r, tanh(z - half), tanh(z + half), s->n};
}

sw_atom_statistic sw_atom_correlation(const sw_atoms *atoms, const char *first, const char *second,
                                      const sw_atom_choice *choice) {
    const double *x = sw_atoms_numbers(atoms, first), *y = sw_atoms_numbers(atoms, second);
    conditions found;
    double x0 = 0.0, y0 = 0.0;
    pair_sums sums = {0};
    if (!find_conditions(&found, atoms, choice) || !x || !y)
        return unknown;
    for (size_t i = 0; i < sw_atoms_count(atoms); i++) {
        if (!is_chosen(&found, i) || !isfinite(x[i]) || !isfinite(y[i]))
            continue;
        if (sums.n == 0) {
            x0 = x[i];
            y0 = y[i];
        }
        add_pair(&sums, x[i] - x0, y[i] - y0);
    }
    return correlation_of(&sums);
}
