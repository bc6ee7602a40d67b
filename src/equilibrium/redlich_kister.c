/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "equilibrium/system.h"
#include "thermo/species_table.h"

#include <math.h>

/* Excess energy and its derivatives: a b sum L_k (a-b)^k, a and b independent. */
static void excess(double *gibbs, double first[2], double second[4],
                   const sw_redlich_kister *solution, double temperature, double a, double b) {
    const double d = a - b, q = a * b;
    double series = 0.0, slope = 0.0, curvature = 0.0; /* of the sum, in d */
    for (size_t k = SW_REDLICH_KISTER_TERMS; k-- > 0;) {
        const double term = solution->energy[k] + solution->entropy[k] * temperature;
        curvature = curvature * d + 2.0 * slope;
        slope = slope * d + series;
        series = series * d + term;
    }
    *gibbs += q * series;
    if (first != NULL) {
        first[0] += b * series + q * slope;
        first[1] += a * series - q * slope;
    }
    if (second != NULL) {
        second[0] += 2.0 * b * slope + q * curvature;
        second[1] += series + (a - b) * slope - q * curvature;
        second[2] += series + (a - b) * slope - q * curvature;
        second[3] += -2.0 * a * slope + q * curvature;
    }
}

static sw_status redlich_kister_gibbs(double *gibbs, double *first, double *second,
                                      const void *data, double temperature, const double *fraction,
                                      sw_error *error) {
    const sw_redlich_kister *solution = data;
    const double thermal = SW_BOLTZMANN * temperature;
    sw_standard_state end[2];
    sw_status status =
        sw_substance_state_beyond(&end[0], NULL, solution->first, temperature, error);
    if (status == SW_OK)
        status = sw_substance_state_beyond(&end[1], NULL, solution->second, temperature, error);
    if (status != SW_OK)
        return status;
    *gibbs = 0.0;
    for (size_t i = 0; i < 2; i++) {
        const double x = fraction[i];
        *gibbs += x * end[i].gibbs + (x > 0.0 ? thermal * x * log(x) : 0.0);
        if (first != NULL)
            first[i] = end[i].gibbs + thermal * (log(x) + 1.0);
        for (size_t j = 0; j < 2 && second != NULL; j++)
            second[2 * i + j] = i == j ? thermal / x : 0.0;
    }
    excess(gibbs, first, second, solution, temperature, fraction[0], fraction[1]);
    return SW_OK;
}

static bool add_atoms(sw_solution_phase *solution, int element, size_t end, double amount) {
    size_t i = 0;
    while (i < SW_SOLUTION_ELEMENTS && solution->atoms[i].element != 0 &&
           solution->atoms[i].element != element)
        i++;
    if (i == SW_SOLUTION_ELEMENTS)
        return false;
    solution->atoms[i].element = element;
    solution->atoms[i].amount[end] += amount;
    return true;
}

sw_status sw_redlich_kister_solution(sw_solution_phase *solution, const char *name,
                                     const sw_redlich_kister *parameters, sw_error *error) {
    bool fits = parameters->first != NULL && parameters->second != NULL;
    const sw_substance *ends[2] = {parameters->first, parameters->second};
    *solution = (sw_solution_phase){
        .name = name, .ends = 2, .gibbs = redlich_kister_gibbs, .data = parameters};
    for (size_t end = 0; end < 2 && fits; end++)
        for (size_t i = 0; i < SPECIES_ELEMENTS && fits; i++)
            if (ends[end]->atoms[i].amount > 0.0)
                fits = add_atoms(solution, ends[end]->atoms[i].element, end,
                                 ends[end]->atoms[i].amount);
    if (!fits)
        return sw_error_set(error, SW_ERROR_ARGUMENT, name, "check what sw_substance_find returned",
                            "expected two substances of at most four elements");
    return SW_OK;
}
