/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "curves/combined_analysis.h"

#include "base/memory.h"
#include "base/student.h"
#include "curves/columns.h"
#include "curves/least_squares.h"

#include <math.h>
#include <stdlib.h>

enum { P_RATE, P_ENERGY, P_M, P_N, PARAMETERS }; /* ln(c k) at the reference, E/(R T0), m, n */

/* E in J/mol, ln(c A), m, n. */
enum { ENERGY, LN_A, M, N };

typedef struct combined_work {
    const sw_kinetic_runs *runs;
    size_t left_out; /* a run; runs->count: none */
} combined_work;

/* ln(rate) less that of the parameters, run by run. */
static void residuals(void *user, const double *parameter, double *residual) {
    const combined_work *work = user;
    const sw_kinetic_runs *runs = work->runs;
    for (size_t r = 0; r < runs->count; r++)
        for (size_t i = 0; i < runs->levels; i++) {
            double level = runs->level[i];
            if (r == work->left_out || !sw_kinetic_in_middle(level))
                continue;
            double cold = runs->reference / runs->at[r].temperature[i] - 1.0;
            *residual++ = log(runs->at[r].rate[i]) - parameter[P_RATE] +
                          parameter[P_ENERGY] * cold - parameter[P_M] * log(level) -
                          parameter[P_N] * log1p(-level);
        }
}

/* Values and, where asked for, their half-widths. */
static sw_status fit_runs(double value[PARAMETERS], double *spread, combined_work *work,
                          sw_error *error) {
    const sw_kinetic_runs *runs = work->runs;
    size_t levels = 0, count = runs->count - (work->left_out < runs->count);
    for (size_t i = 0; i < runs->levels; i++)
        levels += sw_kinetic_in_middle(runs->level[i]);
    const sw_least_squares problem = {
        .points = levels * count, .parameters = PARAMETERS, .residuals = residuals, .user = work};
    sw_least_squares_result *result = sw_allocate(1, sizeof *result);
    if (result == NULL)
        return SW_ERROR_MEMORY;
    *result = (sw_least_squares_result){.parameter = {0.0, 10.0, 0.3, 0.7}};
    sw_status status = sw_least_squares_fit(result, &problem, error);
    double scale = SW_GAS_CONSTANT * runs->reference;
    value[ENERGY] = result->parameter[P_ENERGY] * scale;
    value[LN_A] = result->parameter[P_RATE] + result->parameter[P_ENERGY];
    value[M] = result->parameter[P_M];
    value[N] = result->parameter[P_N];
    if (status == SW_OK && spread != NULL) {
        double variance = result->covariance[P_RATE][P_RATE] +
                          result->covariance[P_ENERGY][P_ENERGY] +
                          2.0 * result->covariance[P_RATE][P_ENERGY];
        double deviation = sqrt(result->covariance[P_RATE][P_RATE]);
        double quantile = deviation > 0.0 ? result->spread[P_RATE] / deviation : 0.0;
        spread[ENERGY] = result->spread[P_ENERGY] * scale;
        spread[LN_A] = quantile * sqrt(fmax(variance, 0.0));
        spread[M] = result->spread[P_M];
        spread[N] = result->spread[P_N];
    }
    free(result);
    return status;
}

/* What is wrong with one curve is wrong at all of its levels: half-widths from leaving out each run
 * in turn (M. Quenouille, J. Tukey), where that is more. */
static sw_status widen(double spread[PARAMETERS], const sw_kinetic_runs *runs, sw_error *error) {
    double value[SW_MOST_RUNS][PARAMETERS], count = (double)runs->count;
    sw_status status = SW_OK;
    for (size_t r = 0; r < runs->count && status == SW_OK; r++) {
        combined_work work = {runs, r};
        status = fit_runs(value[r], NULL, &work, error);
    }
    for (int k = 0; k < PARAMETERS && status == SW_OK; k++) {
        double mean = 0.0, squares = 0.0;
        for (size_t r = 0; r < runs->count; r++)
            mean += value[r][k] / count;
        for (size_t r = 0; r < runs->count; r++)
            squares += (value[r][k] - mean) * (value[r][k] - mean);
        double deviation = sqrt((count - 1.0) / count * squares);
        spread[k] = fmax(spread[k], sw_student_t95(count - 1.0) * deviation);
    }
    return status;
}

sw_status sw_combined_analysis_find(sw_combined_analysis *found, const sw_kinetic_runs *runs,
                                    sw_error *error) {
    double value[PARAMETERS], spread[PARAMETERS] = {0.0};
    combined_work work = {runs, runs->count};
    sw_status status = fit_runs(value, spread, &work, error);
    if (status == SW_OK && runs->count > 2)
        status = widen(spread, runs, error);
    if (status == SW_OK)
        *found = (sw_combined_analysis){.energy = value[ENERGY],
                                        .energy_spread = spread[ENERGY],
                                        .ln_a = value[LN_A],
                                        .ln_a_spread = spread[LN_A],
                                        .m = value[M],
                                        .m_spread = spread[M],
                                        .n = value[N],
                                        .n_spread = spread[N]};
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
