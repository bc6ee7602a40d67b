/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Diffusion in a substitutional solution of any number of elements. With h_ij the second
 * derivatives of the energy per atom, d mu_i / d x_j = h_ij - sum_k x_k h_kj for independent x;
 * where the reference element n makes up for the rest, the column n is taken off.
 */
#include "thermo/calphad/solution.h"

#include <math.h>
#include <string.h>

#define ELEMENTS SW_DIFFUSING_ELEMENTS
#define FRACTIONS (ELEMENTS + CALPHAD_SUBLATTICES)
/* A logarithm has no slope at 0; x times it has. */
#define SMALLEST 1e-12

/* The elements on the first sublattice, vacancies alone on the others; 0 where it is not so. */
static size_t count_elements(const sw_solution *solution) {
    const size_t n = solution->fraction_count;
    size_t elements = 0;
    while (elements < n && solution->fractions[elements].sublattice == 0 &&
           solution->fractions[elements].species != CALPHAD_VACANCY)
        elements++;
    bool good = elements <= ELEMENTS && n == elements + (size_t)solution->sublattices - 1;
    for (size_t i = elements; i < n; i++)
        good = good && solution->fractions[i].species == CALPHAD_VACANCY;
    return good ? elements : 0;
}

/* Site fractions in reach of the logarithms, with a sum of 1. */
static void fractions_near(double y[FRACTIONS], const sw_solution *solution, const double *x,
                           size_t count) {
    double sum = 0.0;
    for (size_t i = 0; i < count; i++)
        sum += y[i] = x[i] > SMALLEST ? x[i] : SMALLEST;
    for (size_t i = 0; i < count; i++)
        y[i] /= sum;
    for (size_t i = count; i < solution->fraction_count; i++)
        y[i] = 1.0;
}

/* Chemical potentials, and slope[i][j] = d mu_i / d x_j with x_n dependent. eV */
static void potentials_at(sw_multicomponent *state, double slope[ELEMENTS][ELEMENTS],
                          const sw_solution *solution, const double *y, size_t count, size_t n) {
    double gibbs, first[FRACTIONS], second[FRACTIONS * FRACTIONS];
    sw_solution_gibbs(&gibbs, first, second, NULL, solution, y);
    const size_t stride = solution->fraction_count;
    const double atoms = solution->sites[0];
    double mean = 0.0, of_mean[ELEMENTS] = {0};
    for (size_t i = 0; i < count; i++) {
        mean += y[i] * first[i];
        for (size_t j = 0; j < count; j++)
            of_mean[j] += y[i] * second[i * stride + j];
    }
    for (size_t i = 0; i < count; i++) {
        const double *row = &second[i * stride];
        state->potential[i] = (gibbs + first[i] - mean) / atoms;
        for (size_t j = 0; j < count; j++)
            slope[i][j] = ((row[j] - of_mean[j]) - (row[n] - of_mean[n])) / atoms;
    }
}

/* Whether the energy is convex: the slopes of mu_k - mu_n over all k but n have pivots above zero.
 */
static bool is_convex(const double slope[ELEMENTS][ELEMENTS], size_t count, size_t n) {
    double hessian[ELEMENTS][ELEMENTS];
    size_t kept[ELEMENTS], m = 0;
    for (size_t i = 0; i < count; i++)
        if (i != n)
            kept[m++] = i;
    for (size_t k = 0; k < m; k++)
        for (size_t j = 0; j < m; j++)
            hessian[k][j] = slope[kept[k]][kept[j]] - slope[n][kept[j]];
    for (size_t k = 0; k < m; k++) {
        if (!(hessian[k][k] > 0.0))
            return false;
        for (size_t i = k + 1; i < m; i++)
            for (size_t j = k + 1; j < m; j++)
                hessian[i][j] -= hessian[i][k] / hessian[k][k] * hessian[k][j];
    }
    return true;
}

static sw_status check(const sw_solution *solution, size_t reference, sw_error *error) {
    const size_t count = count_elements(solution);
    if (count < 2 || reference >= count)
        return sw_error_set(error, SW_ERROR_ARGUMENT, solution->name,
                            "take two to eight elements that the phase mixes on its first sites",
                            "%s is not a substitutional solution of these elements",
                            solution->name);
    if (!(solution->temperature > 0.0))
        return sw_error_set(error, SW_ERROR_ARGUMENT, solution->name, "set the temperature first",
                            "%s has no temperature", solution->name);
    for (size_t i = 0; i < count; i++) {
        const sw_status status =
            calphad_check_mobile(solution, solution->fractions[i].species, error);
        if (status != SW_OK)
            return status;
    }
    return SW_OK;
}

sw_status sw_solution_multicomponent(sw_multicomponent *state, const sw_solution *solution,
                                     const double *x, size_t reference, sw_error *error) {
    double y[FRACTIONS], slope[ELEMENTS][ELEMENTS];
    const sw_status status = check(solution, reference, error);
    if (status != SW_OK)
        return status;
    const size_t count = count_elements(solution);
    fractions_near(y, solution, x, count);
    potentials_at(state, slope, solution, y, count, reference);
    const double order = calphad_magnetic_order(solution, y);
    const double thermal = CALPHAD_GAS_CONSTANT * SW_JOULE_PER_MOLE * solution->temperature;
    state->elements = count;
    state->stable = is_convex(slope, count, reference);
    for (size_t i = 0; i < count; i++) {
        state->tracer[i] =
            calphad_tracer_diffusion(solution, solution->fractions[i].species, y, order);
        for (size_t j = 0; j < count; j++)
            state->intrinsic[i][j] = state->tracer[i] * y[i] * slope[i][j] / thermal;
    }
    for (size_t j = 0; j < count; j++) {
        double all = 0.0; /* what vacancies carry the other way */
        for (size_t i = 0; i < count; i++)
            all += state->intrinsic[i][j];
        state->drift[j] = all;
        for (size_t i = 0; i < count; i++)
            state->interdiffusion[i][j] = state->intrinsic[i][j] - y[i] * all;
    }
    return SW_OK;
}
