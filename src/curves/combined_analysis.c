/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "curves/combined_analysis.h"

#include "base/memory.h"
#include "curves/columns.h"
#include "curves/least_squares.h"

#include <math.h>
#include <stdlib.h>

enum { P_RATE, P_ENERGY, P_M, P_N, PARAMETERS }; /* ln(c k) at the reference, E/(R T0), m, n */

static bool in_middle(double level) {
    return level > 0.1 - 1e-9 && level < 0.9 + 1e-9;
}

/* ln(rate) less that of the parameters, run by run. */
static void residuals(void *user, const double *parameter, double *residual) {
    const sw_kinetic_runs *runs = user;
    for (size_t r = 0; r < runs->count; r++)
        for (size_t i = 0; i < runs->levels; i++) {
            double level = runs->level[i];
            if (!in_middle(level))
                continue;
            double cold = runs->reference / runs->at[r].temperature[i] - 1.0;
            *residual++ = log(runs->at[r].rate[i]) - parameter[P_RATE] +
                          parameter[P_ENERGY] * cold - parameter[P_M] * log(level) -
                          parameter[P_N] * log1p(-level);
        }
}

sw_status sw_combined_analysis_find(sw_combined_analysis *found, const sw_kinetic_runs *runs,
                                    sw_error *error) {
    size_t levels = 0;
    for (size_t i = 0; i < runs->levels; i++)
        levels += in_middle(runs->level[i]);
    const sw_least_squares problem = {.points = levels * runs->count,
                                      .parameters = PARAMETERS,
                                      .residuals = residuals,
                                      .user = (void *)(uintptr_t)runs};
    sw_least_squares_result *result = sw_allocate(1, sizeof *result);
    if (result == NULL)
        return SW_ERROR_MEMORY;
    *result = (sw_least_squares_result){.parameter = {0.0, 10.0, 0.3, 0.7}};
    sw_status status = sw_least_squares_fit(result, &problem, error);
    if (status == SW_OK) {
        double scale = SW_GAS_CONSTANT * runs->reference;
        double variance = result->covariance[P_RATE][P_RATE] +
                          result->covariance[P_ENERGY][P_ENERGY] +
                          2.0 * result->covariance[P_RATE][P_ENERGY];
        double deviation = sqrt(result->covariance[P_RATE][P_RATE]);
        double quantile = deviation > 0.0 ? result->spread[P_RATE] / deviation : 0.0;
        *found =
            (sw_combined_analysis){.energy = result->parameter[P_ENERGY] * scale,
                                   .energy_spread = result->spread[P_ENERGY] * scale,
                                   .ln_a = result->parameter[P_RATE] + result->parameter[P_ENERGY],
                                   .ln_a_spread = quantile * sqrt(fmax(variance, 0.0)),
                                   .m = result->parameter[P_M],
                                   .m_spread = result->spread[P_M],
                                   .n = result->parameter[P_N],
                                   .n_spread = result->spread[P_N],
                                   .rms = sqrt(result->sum / (double)problem.points)};
    }
    free(result);
    return status;
}

sw_status sw_combined_analysis_report(const sw_combined_analysis *found,
                                      sw_measurement *measurement) {
    static const char help[] = "of f = c alpha^m (1 - alpha)^n, from the rates of all curves";
    sw_status status = sw_add_spread(measurement, "energy, combined", 1e-3 * found->energy,
                                     1e-3 * found->energy_spread, "kJ/mol", help);
    if (status == SW_OK)
        status = sw_add_spread(measurement, "ln cA, combined", found->ln_a, found->ln_a_spread, "",
                               "A in 1/s");
    if (status == SW_OK)
        status = sw_add_spread(measurement, "m, combined", found->m, found->m_spread, "",
                               "exponent of alpha");
    if (status == SW_OK)
        status = sw_add_spread(measurement, "n, combined", found->n, found->n_spread, "",
                               "exponent of 1 - alpha");
    return status;
}
