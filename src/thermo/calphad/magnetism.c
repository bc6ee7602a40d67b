/* SPDX-License-Identifier: GPL-3.0-or-later */
/* RT ln(1 + moment) f(T / Curie temperature) of Inden, in the series of Hillert and Jarl, Calphad 2,
 * 227 (1978). A negative Curie temperature or moment is antiferromagnetic: divided by the factor of
 * the phase. */
#include "thermo/calphad/solution.h"

#include <math.h>
#include <string.h>

#define FRACTIONS 64

/* f, and its first and second derivative. */
static void shape(double f[3], double t, double p) {
    const double share = 1.0 / p - 1.0;
    const double norm = 518.0 / 1125.0 + 11692.0 / 15975.0 * share;
    if (t <= 1.0) {
        const double order = 474.0 / 497.0 * share, short_range = 79.0 / (140.0 * p);
        const double t2 = t * t, t3 = t2 * t, t8 = t3 * t3 * t2, t14 = t8 * t3 * t3;
        f[0] =
            1.0 - (short_range / t + order * (t3 / 6.0 + t8 * t / 135.0 + t14 * t / 600.0)) / norm;
        f[1] = -(-short_range / t2 + order * (t2 / 2.0 + t8 / 15.0 + t14 / 40.0)) / norm;
        f[2] =
            -(2.0 * short_range / t3 + order * (t + 8.0 * t8 / t / 15.0 + 14.0 * t14 / t / 40.0)) /
            norm;
    } else {
        const double t5 = 1.0 / (t * t * t * t * t), t15 = t5 * t5 * t5, t25 = t15 * t5 * t5;
        f[0] = -(t5 / 10.0 + t15 / 315.0 + t25 / 1500.0) / norm;
        f[1] = (t5 / 2.0 + t15 / 21.0 + t25 / 60.0) / t / norm;
        f[2] = -(3.0 * t5 + 16.0 * t15 / 21.0 + 26.0 * t25 / 60.0) / (t * t) / norm;
    }
}

struct quantity {
    double value, slope, first[FRACTIONS], second[FRACTIONS * FRACTIONS];
};

/* Curie temperature or moment over the solution. */
static void sum(struct quantity *q, const sw_solution *solution, enum sw_calphad_property property,
                const double *y, bool slope, bool first, bool second) {
    const size_t n = solution->fraction_count;
    q->value = q->slope = 0.0;
    if (first)
        memset(q->first, 0, n * sizeof *q->first);
    if (second)
        memset(q->second, 0, n * n * sizeof *q->second);
    sw_calphad_add_terms(&q->value, slope ? &q->slope : NULL, first ? q->first : NULL,
                         second ? q->second : NULL, solution, property, 0, y);
    if (q->value >= 0.0)
        return;
    const double factor = 1.0 / solution->antiferromagnetic;
    q->value *= factor;
    q->slope *= factor;
    for (size_t i = 0; first && i < n; i++)
        q->first[i] *= factor;
    for (size_t i = 0; second && i < n * n; i++)
        q->second[i] *= factor;
}

double sw_calphad_curie_temperature(const sw_solution *solution, const double *y) {
    struct quantity curie;
    sum(&curie, solution, CALPHAD_CURIE, y, false, false, false);
    return solution->magnetic ? curie.value : 0.0;
}

double sw_calphad_magnetic_order(const sw_solution *solution, const double *y) {
    struct quantity curie, moment;
    sum(&curie, solution, CALPHAD_CURIE, y, false, false, false);
    sum(&moment, solution, CALPHAD_MOMENT, y, false, false, false);
    if (!solution->magnetic || !(curie.value > 1e-6) || !(moment.value > 0.0))
        return 0.0;
    /* the enthalpy is -R Tc ln(1 + moment) t^2 f'(t) */
    const double t = solution->temperature / curie.value, tiny = 1e-6;
    double f[3], cold[3];
    shape(f, t, solution->p);
    shape(cold, tiny, solution->p);
    return t * t * f[1] / (tiny * tiny * cold[1]);
}

void sw_calphad_add_magnetism(double *value, double *slope, double *first, double *second,
                              const sw_solution *solution, const double *y) {
    const size_t n = solution->fraction_count;
    const bool need = first || second;
    struct quantity curie, moment;
    sum(&curie, solution, CALPHAD_CURIE, y, slope, need, second);
    sum(&moment, solution, CALPHAD_MOMENT, y, slope, need, second);
    if (!(curie.value > 1e-6) || !(moment.value > 0.0))
        return;
    const double T = solution->temperature, t = T / curie.value;
    const double energy = CALPHAD_GAS_CONSTANT * T, size = log1p(moment.value);
    const double size1 = 1.0 / (1.0 + moment.value), size2 = -size1 * size1;
    double f[3];
    shape(f, t, solution->p);
    /* derivatives of f to the Curie temperature */
    const double f1 = -f[1] * t / curie.value;
    const double f2 = (f[2] * t * t + 2.0 * f[1] * t) / (curie.value * curie.value);
    *value += energy * size * f[0];
    if (slope)
        *slope +=
            CALPHAD_GAS_CONSTANT * size * f[0] +
            energy * (size * (f[1] / curie.value + f1 * curie.slope) + size1 * moment.slope * f[0]);
    for (size_t i = 0; first && i < n; i++)
        first[i] += energy * (size1 * f[0] * moment.first[i] + size * f1 * curie.first[i]);
    for (size_t i = 0; second && i < n; i++)
        for (size_t j = 0; j < n; j++)
            second[i * n + j] +=
                energy *
                (size2 * f[0] * moment.first[i] * moment.first[j] +
                 size1 * f1 *
                     (moment.first[i] * curie.first[j] + curie.first[i] * moment.first[j]) +
                 size * f2 * curie.first[i] * curie.first[j] +
                 size1 * f[0] * moment.second[i * n + j] + size * f1 * curie.second[i * n + j]);
}
