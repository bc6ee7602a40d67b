/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Substitutional solutions of two elements, from the general solution. */
#include "thermo/calphad/solution.h"

#define FRACTIONS 8

/* The two fractions that mix; false where the solution is not of this kind. */
static bool is_binary(const sw_solution *solution) {
    if (solution->fraction_count < 2 || solution->fraction_count > FRACTIONS ||
        solution->fraction_count != (size_t)solution->sublattices + 1)
        return false;
    for (size_t i = 0; i < 2; i++)
        if (solution->fractions[i].sublattice != 0 ||
            solution->fractions[i].species == CALPHAD_VACANCY)
            return false;
    for (size_t i = 2; i < solution->fraction_count; i++)
        if (solution->fractions[i].species != CALPHAD_VACANCY)
            return false;
    return true;
}

static sw_status fractions_at(double y[FRACTIONS], const sw_solution *solution, double x,
                              sw_error *error) {
    if (!is_binary(solution))
        return sw_error_set(error, SW_ERROR_ARGUMENT, solution->name, "make it of two elements",
                            "%s is not a substitutional solution of two elements", solution->name);
    if (!(x >= 0.0 && x <= 1.0) || !(solution->temperature > 0.0))
        return sw_error_set(error, SW_ERROR_ARGUMENT, solution->name,
                            "set the temperature first; x is an atom fraction",
                            "expected x from 0 to 1 and a temperature, found %g and %g K", x,
                            solution->temperature);
    y[0] = 1.0 - x;
    y[1] = x;
    for (size_t i = 2; i < solution->fraction_count; i++)
        y[i] = 1.0;
    return SW_OK;
}

sw_status sw_solution_binary(sw_binary *state, const sw_solution *solution, double x,
                             sw_error *error) {
    double y[FRACTIONS], first[FRACTIONS], second[FRACTIONS * FRACTIONS];
    const sw_status status = fractions_at(y, solution, x, error);
    if (status != SW_OK)
        return status;
    const size_t n = solution->fraction_count;
    const double atoms = solution->sites[0];
    sw_solution_gibbs(&state->gibbs, first, second, NULL, solution, y);
    state->gibbs /= atoms;
    state->slope = (first[1] - first[0]) / atoms;
    state->potential[0] = state->gibbs - x * state->slope;
    state->potential[1] = state->gibbs + (1.0 - x) * state->slope;
    const double curvature = (second[0] - 2.0 * second[1] + second[n + 1]) / atoms;
    const double thermal = CALPHAD_GAS_CONSTANT * SW_JOULE_PER_MOLE * solution->temperature;
    state->thermodynamic_factor = x > 0.0 && x < 1.0 ? x * (1.0 - x) * curvature / thermal : 1.0;
    return SW_OK;
}

sw_status sw_solution_binary_diffusion(sw_binary_diffusion *diffusion, const sw_solution *solution,
                                       double x, sw_error *error) {
    double y[FRACTIONS];
    sw_binary state;
    sw_status status = fractions_at(y, solution, x, error);
    if (status == SW_OK)
        status = sw_solution_binary(&state, solution, x, error);
    for (size_t i = 0; i < 2 && status == SW_OK; i++)
        status = sw_solution_tracer_diffusion(&diffusion->tracer[i], solution,
                                              sw_solution_species(solution, i), y, error);
    if (status != SW_OK)
        return status;
    for (size_t i = 0; i < 2; i++)
        diffusion->intrinsic[i] = diffusion->tracer[i] * state.thermodynamic_factor;
    diffusion->interdiffusion = x * diffusion->intrinsic[0] + (1.0 - x) * diffusion->intrinsic[1];
    return SW_OK;
}
