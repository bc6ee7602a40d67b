/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "equilibrium/system.h"
#include "thermo/species_table.h"

#include <math.h>

/* Excess energy and its derivatives: x (1-x) sum L_k (1-2x)^k. */
static void excess(double g[3], const sw_redlich_kister *solution, double temperature, double x,
                   double rest) {
    const double d = rest - x, q = x * rest;
    double series = 0.0, slope = 0.0, curvature = 0.0; /* of the sum, in d */
    for (size_t k = SW_REDLICH_KISTER_TERMS; k-- > 0;) {
        const double term = solution->energy[k] + solution->entropy[k] * temperature;
        curvature = curvature * d + 2.0 * slope;
        slope = slope * d + series;
        series = series * d + term;
    }
    g[0] += q * series;
    g[1] += d * series - 2.0 * q * slope;
    g[2] += -2.0 * series - 4.0 * d * slope + 4.0 * q * curvature;
}

static sw_status redlich_kister_gibbs(double g[3], const void *data, double temperature, double x,
                                      double rest, bool slopes, sw_error *error) {
    const sw_redlich_kister *solution = data;
    sw_standard_state first, second;
    sw_status status = sw_substance_state_beyond(&first, NULL, solution->first, temperature, error);
    if (status == SW_OK)
        status = sw_substance_state_beyond(&second, NULL, solution->second, temperature, error);
    if (status != SW_OK)
        return status;
    const double thermal = SW_BOLTZMANN * temperature;
    (void)slopes; /* they cost little */
    g[0] = rest * first.gibbs + x * second.gibbs;
    g[1] = second.gibbs - first.gibbs;
    g[2] = 0.0;
    if (x > 0.0)
        g[0] += thermal * x * log(x);
    if (rest > 0.0)
        g[0] += thermal * rest * log(rest);
    g[1] += thermal * (log(x) - log(rest));
    g[2] += thermal * (1.0 / x + 1.0 / rest);
    excess(g, solution, temperature, x, rest);
    return SW_OK;
}

static bool add_atoms(sw_solution_phase *solution, int element, double first, double second) {
    const size_t most = sizeof solution->atoms / sizeof solution->atoms[0];
    size_t i = 0;
    while (i < most && solution->atoms[i].element != 0 && solution->atoms[i].element != element)
        i++;
    if (i == most)
        return false;
    solution->atoms[i].element = element;
    solution->atoms[i].first += first;
    solution->atoms[i].second += second;
    return true;
}

sw_status sw_redlich_kister_solution(sw_solution_phase *solution, const char *name,
                                     const sw_redlich_kister *parameters, sw_error *error) {
    bool fits = parameters->first != NULL && parameters->second != NULL;
    *solution =
        (sw_solution_phase){.name = name, .gibbs = redlich_kister_gibbs, .data = parameters};
    for (size_t i = 0; i < SPECIES_ELEMENTS && fits; i++) {
        const double first = parameters->first->atoms[i].amount;
        const double second = parameters->second->atoms[i].amount;
        if (first > 0.0)
            fits = add_atoms(solution, parameters->first->atoms[i].element, first, 0.0);
        if (second > 0.0 && fits)
            fits = add_atoms(solution, parameters->second->atoms[i].element, 0.0, second);
    }
    if (!fits)
        return sw_error_set(error, SW_ERROR_ARGUMENT, name, "check what sw_substance_find returned",
                            "expected two substances of at most four elements");
    return SW_OK;
}
