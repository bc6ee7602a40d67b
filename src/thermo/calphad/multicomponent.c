/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Diffusion in a solution of any number of elements (A, B)a(C, Va)c. Of a formula unit with energy
 * G, a mu_A = G + G_A + G_Va - sum_k y_k G_k and c mu_C = G_C - G_Va, with G_i the derivatives to
 * site fractions y. Their slopes are to contents u per substitutional atom, where the reference
 * element and the vacancy make up for what changes.
 */
#include "thermo/calphad/solution.h"

#include <math.h>
#include <string.h>

#define ELEMENTS SW_DIFFUSING_ELEMENTS
#define FRACTIONS (ELEMENTS + CALPHAD_SUBLATTICES)
/* A logarithm has no slope at 0; y times it has. */
#define SMALLEST 1e-12

/* Which site fractions the elements are, and the vacancy among interstitials (-1: there are no
 * such). */
struct layout {
    size_t elements, substitutional;
    size_t fraction[ELEMENTS];
    ptrdiff_t vacancy;
};

/* Adds a fraction; false where the solution is of another kind. */
static bool lay(struct layout *layout, const sw_solution *solution, size_t f) {
    const int sublattice = solution->fractions[f].sublattice;
    if (solution->fractions[f].species == CALPHAD_VACANCY) {
        if (sublattice == 1)
            layout->vacancy = (ptrdiff_t)f;
        return sublattice > 0;
    }
    if (sublattice > 1 || layout->elements == ELEMENTS)
        return false;
    layout->fraction[layout->elements++] = f;
    if (sublattice == 0)
        layout->substitutional++;
    return true;
}

static bool find_layout(struct layout *layout, const sw_solution *solution) {
    *layout = (struct layout){.vacancy = -1};
    for (size_t f = 0; f < solution->fraction_count; f++)
        if (!lay(layout, solution, f))
            return false;
    return layout->substitutional > 0 && layout->elements > 1 &&
           (layout->elements == layout->substitutional || layout->vacancy >= 0);
}

size_t sw_solution_elements(size_t *substitutional, const sw_solution *solution) {
    struct layout layout;
    if (!find_layout(&layout, solution))
        layout = (struct layout){0};
    *substitutional = layout.substitutional;
    return layout.elements;
}

/* Interstitial sites a substitutional one. */
static double site_ratio(const sw_solution *solution) {
    return solution->sublattices > 1 ? solution->sites[1] / solution->sites[0] : 1.0;
}

/* Site fractions in reach of the logarithms. */
static void fractions_near(double y[FRACTIONS], const sw_solution *solution,
                           const struct layout *layout, const double *u) {
    double sum = 0.0, held = 0.0;
    for (size_t f = 0; f < solution->fraction_count; f++)
        y[f] = 1.0;
    for (size_t i = 0; i < layout->elements; i++) {
        const bool inside = i >= layout->substitutional;
        double *fraction = &y[layout->fraction[i]];
        *fraction = fmax(inside ? u[i] / site_ratio(solution) : u[i], SMALLEST);
        *(inside ? &held : &sum) += *fraction;
    }
    for (size_t i = 0; i < layout->substitutional; i++)
        y[layout->fraction[i]] /= sum;
    if (layout->elements > layout->substitutional)
        y[layout->vacancy] = fmax(1.0 - held, SMALLEST);
}

/* The energy at a composition with its derivatives to site fractions, eV a formula unit. */
struct energy {
    double gibbs, first[FRACTIONS], second[FRACTIONS][FRACTIONS];
    double mean, of_mean[FRACTIONS]; /* sum of y_k G_k, and of y_k G_kj */
};

static void energy_at(struct energy *energy, const sw_solution *solution, const double *y) {
    const size_t n = solution->fraction_count;
    double second[FRACTIONS * FRACTIONS];
    sw_solution_gibbs(&energy->gibbs, energy->first, second, NULL, solution, y);
    energy->mean = 0.0;
    memset(energy->of_mean, 0, sizeof energy->of_mean);
    for (size_t k = 0; k < n; k++) {
        energy->mean += y[k] * energy->first[k];
        for (size_t j = 0; j < n; j++) {
            energy->second[k][j] = second[k * n + j];
            energy->of_mean[j] += y[k] * second[k * n + j];
        }
    }
}

/* Derivative of the chemical potential of an element to a site fraction. */
static double slope_to(const struct energy *energy, const sw_solution *solution,
                       const struct layout *layout, size_t element, size_t fraction) {
    const size_t own = layout->fraction[element];
    const double vacancy = layout->vacancy >= 0 ? energy->second[layout->vacancy][fraction] : 0.0;
    if (element >= layout->substitutional)
        return (energy->second[own][fraction] - vacancy) / solution->sites[1];
    return (energy->second[own][fraction] + vacancy - energy->of_mean[fraction]) /
           solution->sites[0];
}

static double potential_of(const struct energy *energy, const sw_solution *solution,
                           const struct layout *layout, size_t element) {
    const double own = energy->first[layout->fraction[element]];
    const double vacancy = layout->vacancy >= 0 ? energy->first[layout->vacancy] : 0.0;
    if (element >= layout->substitutional)
        return (own - vacancy) / solution->sites[1];
    return (energy->gibbs + own + vacancy - energy->mean) / solution->sites[0];
}

/* Chemical potentials, and slope[i][j] = d mu_i / d u_j. eV */
static void potentials_at(sw_multicomponent *state, double slope[ELEMENTS][ELEMENTS],
                          const sw_solution *solution, const struct layout *layout, const double *y,
                          size_t reference) {
    struct energy energy;
    energy_at(&energy, solution, y);
    for (size_t i = 0; i < layout->elements; i++) {
        state->potential[i] = potential_of(&energy, solution, layout, i);
        for (size_t j = 0; j < layout->elements; j++) {
            const bool inside = j >= layout->substitutional;
            const size_t other = inside ? (size_t)layout->vacancy : layout->fraction[reference];
            slope[i][j] = (slope_to(&energy, solution, layout, i, layout->fraction[j]) -
                           slope_to(&energy, solution, layout, i, other)) /
                          (inside ? site_ratio(solution) : 1.0);
        }
    }
}

/* Whether the energy is convex: the slopes of mu_k - mu_n (of interstitials mu_k) over all k but n
 * have pivots above zero. */
static bool is_convex(const double slope[ELEMENTS][ELEMENTS], const struct layout *layout,
                      size_t n) {
    double hessian[ELEMENTS][ELEMENTS];
    size_t kept[ELEMENTS], m = 0;
    for (size_t i = 0; i < layout->elements; i++)
        if (i != n)
            kept[m++] = i;
    for (size_t k = 0; k < m; k++)
        for (size_t j = 0; j < m; j++)
            hessian[k][j] = slope[kept[k]][kept[j]] -
                            (kept[k] < layout->substitutional ? slope[n][kept[j]] : 0.0);
    for (size_t k = 0; k < m; k++) {
        if (!(hessian[k][k] > 0.0))
            return false;
        for (size_t i = k + 1; i < m; i++)
            for (size_t j = k + 1; j < m; j++)
                hessian[i][j] -= hessian[i][k] / hessian[k][k] * hessian[k][j];
    }
    return true;
}

static sw_status check(struct layout *layout, const sw_solution *solution, size_t reference,
                       sw_error *error) {
    if (!find_layout(layout, solution) || reference >= layout->substitutional)
        return sw_error_set(error, SW_ERROR_ARGUMENT, solution->name,
                            "take two to eight elements that the phase mixes on its first sites, "
                            "or between them",
                            "%s is not a substitutional or interstitial solution of these elements",
                            solution->name);
    if (!(solution->temperature > 0.0))
        return sw_error_set(error, SW_ERROR_ARGUMENT, solution->name, "set the temperature first",
                            "%s has no temperature", solution->name);
    for (size_t i = 0; i < layout->elements; i++) {
        const sw_status status = sw_calphad_check_mobile(
            solution, solution->fractions[layout->fraction[i]].species, error);
        if (status != SW_OK)
            return status;
    }
    return SW_OK;
}

/* Both matrices and the drift, from tracers and slopes over kT. */
static void fill_matrices(sw_multicomponent *state, const sw_solution *solution,
                          const struct layout *layout, const double *y,
                          const double slope[ELEMENTS][ELEMENTS]) {
    const double thermal = CALPHAD_GAS_CONSTANT * SW_JOULE_PER_MOLE * solution->temperature;
    double u[ELEMENTS];
    for (size_t i = 0; i < layout->elements; i++) {
        const bool inside = i >= layout->substitutional;
        u[i] = y[layout->fraction[i]] * (inside ? site_ratio(solution) : 1.0);
        state->mobile[i] = state->tracer[i] * u[i] * (inside ? y[layout->vacancy] : 1.0);
        for (size_t j = 0; j < layout->elements; j++)
            state->intrinsic[i][j] = state->mobile[i] * slope[i][j] / thermal;
    }
    for (size_t j = 0; j < layout->elements; j++) {
        state->drift[j] = 0.0; /* what vacancies carry the other way */
        for (size_t i = 0; i < layout->substitutional; i++)
            state->drift[j] += state->intrinsic[i][j];
        for (size_t i = 0; i < layout->elements; i++)
            state->interdiffusion[i][j] = state->intrinsic[i][j] - u[i] * state->drift[j];
    }
}

sw_status sw_solution_multicomponent(sw_multicomponent *state, const sw_solution *solution,
                                     const double *u, size_t reference, sw_error *error) {
    double y[FRACTIONS], slope[ELEMENTS][ELEMENTS];
    struct layout layout;
    const sw_status status = check(&layout, solution, reference, error);
    if (status != SW_OK)
        return status;
    fractions_near(y, solution, &layout, u);
    potentials_at(state, slope, solution, &layout, y, reference);
    const double order = sw_calphad_magnetic_order(solution, y);
    state->elements = layout.elements;
    state->substitutional = layout.substitutional;
    state->stable = is_convex(slope, &layout, reference);
    for (size_t i = 0; i < layout.elements; i++)
        state->tracer[i] = sw_calphad_tracer_diffusion(
            solution, solution->fractions[layout.fraction[i]].species, y, order);
    fill_matrices(state, solution, &layout, y, slope);
    return SW_OK;
}
