/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gibbs energy of a solution and its derivatives to site fractions, which are taken as independent. */
#include "thermo/calphad/solution.h"

#include <math.h>
#include <string.h>

#define FRACTIONS 64
#define SMALLEST 1e-300

/* What the form multiplies: f and its derivatives to the mixing fractions (df[i]) and twice (d2f). */
struct form_value {
    int count;
    double f, df[3], d2f[3][3];
};

static double power(double base, int exponent) {
    double value = 1.0;
    for (int i = 0; i < exponent; i++)
        value *= base;
    return value;
}

static void binary_form(struct form_value *form, int order, double difference) {
    const double n = order;
    const double below = power(difference, order - 1);
    const double twice = order > 1 ? n * (n - 1) * power(difference, order - 2) : 0.0;
    form->count = 2;
    form->f = below * difference;
    form->df[0] = n * below;
    form->df[1] = -n * below;
    form->d2f[0][0] = form->d2f[1][1] = twice;
    form->d2f[0][1] = form->d2f[1][0] = -twice;
}

static void form_of(struct form_value *form, const sw_calphad_term *term, const double *y) {
    const uint16_t *m = term->mixing;
    *form = (struct form_value){.f = 1.0};
    if (term->form == CALPHAD_BINARY)
        binary_form(form, term->order, y[m[0]] - y[m[1]]);
    else if (term->form == CALPHAD_TERNARY) {
        form->count = 3;
        form->f = y[m[term->order]] + (1.0 - y[m[0]] - y[m[1]] - y[m[2]]) / 3.0;
        for (int i = 0; i < 3; i++)
            form->df[i] = (i == term->order ? 1.0 : 0.0) - 1.0 / 3.0;
    }
}

/* The product of the factors without the ones at `a` and `b` (-1: all). */
static double product(const sw_calphad_term *term, const double *y, int a, int b) {
    double value = 1.0;
    for (int i = 0; i < term->factors; i++)
        if (i != a && i != b)
            value *= y[term->factor[i]];
    return value;
}

/* The term alone: what a grid of compositions asks for thousands of times. */
static double term_value(const sw_calphad_term *term, const double *y) {
    const uint16_t *m = term->mixing;
    double value = term->value;
    for (int i = 0; i < term->factors; i++)
        value *= y[term->factor[i]];
    if (term->form == CALPHAD_BINARY)
        value *= power(y[m[0]] - y[m[1]], term->order);
    else if (term->form == CALPHAD_TERNARY)
        value *= y[m[term->order]] + (1.0 - y[m[0]] - y[m[1]] - y[m[2]]) / 3.0;
    return value;
}

static void add_first(double *first, const sw_calphad_term *term, const struct form_value *form,
                      const double *y, double whole) {
    for (int a = 0; a < term->factors; a++)
        first[term->factor[a]] += term->value * product(term, y, a, -1) * form->f;
    for (int i = 0; i < form->count; i++)
        first[term->mixing[i]] += term->value * whole * form->df[i];
}

static void add_second(double *second, size_t n, const sw_calphad_term *term,
                       const struct form_value *form, const double *y, double whole) {
    for (int a = 0; a < term->factors; a++) {
        const size_t row = term->factor[a];
        for (int b = 0; b < a; b++) {
            const double both = term->value * product(term, y, a, b) * form->f;
            second[row * n + term->factor[b]] += both;
            second[term->factor[b] * n + row] += both;
        }
        for (int i = 0; i < form->count; i++) {
            const double mixed = term->value * product(term, y, a, -1) * form->df[i];
            second[row * n + term->mixing[i]] += mixed;
            second[term->mixing[i] * n + row] += mixed;
        }
    }
    for (int i = 0; i < form->count; i++)
        for (int j = 0; j < form->count; j++)
            second[term->mixing[i] * n + term->mixing[j]] += term->value * whole * form->d2f[i][j];
}

static double sum_of_values(const sw_solution *solution, enum sw_calphad_property property,
                            uint16_t target, const double *y) {
    double sum = 0.0;
    for (size_t t = solution->begin[property]; t < solution->begin[property + 1]; t++)
        if (solution->terms[t].target == target)
            sum += term_value(&solution->terms[t], y);
    return sum;
}

void sw_calphad_add_terms(double *value, double *slope, double *first, double *second,
                          const sw_solution *solution, enum sw_calphad_property property,
                          uint16_t target, const double *y) {
    if (!slope && !first && !second) {
        *value += sum_of_values(solution, property, target, y);
        return;
    }
    for (size_t t = solution->begin[property]; t < solution->begin[property + 1]; t++) {
        const sw_calphad_term *term = &solution->terms[t];
        if (term->target != target)
            continue;
        struct form_value form;
        form_of(&form, term, y);
        const double whole = product(term, y, -1, -1);
        *value += term->value * whole * form.f;
        if (slope)
            *slope += term->slope * whole * form.f;
        if (first)
            add_first(first, term, &form, y, whole);
        if (second)
            add_second(second, solution->fraction_count, term, &form, y, whole);
    }
}

/* RT sum of sites y ln y */
static void add_mixing(double *value, double *slope, double *first, double *second,
                       const sw_solution *solution, const double *y) {
    const size_t n = solution->fraction_count;
    for (size_t i = 0; i < n; i++) {
        const double sites = solution->sites[solution->fractions[i].sublattice];
        const double fraction = y[i] > SMALLEST ? y[i] : SMALLEST;
        const double energy = CALPHAD_GAS_CONSTANT * solution->temperature * sites;
        const double logarithm = fraction == 1.0 ? 0.0 : log(fraction);
        *value += energy * fraction * logarithm;
        if (slope)
            *slope += CALPHAD_GAS_CONSTANT * sites * fraction * logarithm;
        if (first)
            first[i] += energy * (logarithm + 1.0);
        if (second)
            second[i * n + i] += energy / fraction;
    }
}

static void into_electronvolts(double *values, size_t count) {
    for (size_t i = 0; values && i < count; i++)
        values[i] *= SW_JOULE_PER_MOLE;
}

void sw_solution_gibbs(double *gibbs, double *first, double *second, double *entropy,
                       const sw_solution *solution, const double *site_fractions) {
    const size_t n = solution->fraction_count;
    double value = 0.0, own = 0.0, *const slope = entropy ? &own : NULL;
    if (first)
        memset(first, 0, n * sizeof *first);
    if (second)
        memset(second, 0, n * n * sizeof *second);
    sw_calphad_add_terms(&value, slope, first, second, solution, CALPHAD_GIBBS, 0, site_fractions);
    add_mixing(&value, slope, first, second, solution, site_fractions);
    if (solution->magnetic)
        sw_calphad_add_magnetism(&value, slope, first, second, solution, site_fractions);
    into_electronvolts(first, n);
    into_electronvolts(second, n * n);
    if (gibbs)
        *gibbs = value * SW_JOULE_PER_MOLE;
    if (entropy)
        *entropy = -own * SW_JOULE_PER_MOLE;
}
