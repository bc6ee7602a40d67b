/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "diagrams/surface_states.h"

#include <spillway/thermo.h>

#include <math.h>
#include <string.h>

#define WAVENUMBER 1.239841984e-4 /* eV per cm^-1: h c */
#define REFERENCE_TEMPERATURE 298.15

double sw_vibrational_gibbs(const double *frequencies, size_t count, double temperature,
                            double lowest) {
    const double thermal = SW_BOLTZMANN * temperature;
    double sum = 0.0;
    for (size_t i = 0; i < count; i++) {
        if (!(frequencies[i] > 0.0))
            continue;
        const double quantum = WAVENUMBER * fmax(frequencies[i], lowest);
        sum += 0.5 * quantum + thermal * log1p(-exp(-quantum / thermal));
    }
    return sum;
}

sw_status sw_gas_correction(double *gibbs, const char *name, double temperature, double pressure,
                            sw_error *error) {
    static const struct {
        const char *name;
        double warming, zero_point; /* kJ/mol from 0 to 298.15 K; cm^-1 */
    } gases[] = {{"H2", 8.467, 2179.3},
                 {"O2", 8.683, 787.4},
                 {"H2O", 9.904, 4638.0},
                 {"CO", 8.671, 1081.7},
                 {"CO2", 9.364, 2535.0}};
    for (size_t i = 0; i < sizeof gases / sizeof gases[0]; i++) {
        sw_standard_state reference;
        double potential;
        if (strcmp(gases[i].name, name) != 0)
            continue;
        const sw_substance *gas = sw_substance_find(name);
        sw_status status = sw_substance_state(&reference, gas, REFERENCE_TEMPERATURE, error);
        if (status == SW_OK)
            status = sw_gas_chemical_potential(&potential, gas, temperature, pressure, error);
        if (status != SW_OK)
            return status;
        *gibbs = potential - reference.enthalpy + 1e3 * gases[i].warming * SW_JOULE_PER_MOLE +
                 WAVENUMBER * gases[i].zero_point;
        return SW_OK;
    }
    return sw_error_set(error, SW_ERROR_NOT_FOUND, name, "H2, O2, H2O, CO and CO2 are known",
                        "there is no gas \"%s\"", name);
}

/* T_i - I_j as the walk from minimum j meets transition i: over the end of the turn it counts on.
 */
static double rise(const struct sw_cycle *cycle, size_t transition, size_t minimum) {
    const double height = cycle->transition[transition] - cycle->minimum[minimum];
    return transition >= minimum ? height : height + cycle->reaction;
}

static void find_span(struct sw_turnover *turnover, const struct sw_cycle *cycle) {
    turnover->span = -INFINITY;
    for (size_t i = 0; i < cycle->count; i++)
        for (size_t j = 0; j < cycle->count; j++)
            if (rise(cycle, i, j) > turnover->span) {
                turnover->span = rise(cycle, i, j);
                turnover->determining_transition = i;
                turnover->determining_minimum = j;
            }
}

void sw_cycle_turnover(struct sw_turnover *turnover, const struct sw_cycle *cycle,
                       double temperature) {
    const double thermal = SW_BOLTZMANN * temperature;
    double sum = 0.0;
    *turnover = (struct sw_turnover){0};
    find_span(turnover, cycle);
    for (size_t i = 0; i < cycle->count; i++)
        for (size_t j = 0; j < cycle->count; j++) {
            const double weight = exp((rise(cycle, i, j) - turnover->span) / thermal);
            turnover->control[i] += weight;
            turnover->coverage[j] += weight;
            sum += weight;
        }
    for (size_t i = 0; i < cycle->count; i++) {
        turnover->control[i] /= sum;
        turnover->coverage[i] /= sum;
    }
    turnover->span_rate = temperature * SW_BOLTZMANN / SW_PLANCK * exp(-turnover->span / thermal);
    /* kT/h (1 - exp(reaction/kT)) exp(-span/kT), the larger exponential taken out */
    const double turn = cycle->reaction / thermal;
    const double net = turn > 0.0 ? expm1(-turn) : 0.0 - expm1(turn);
    turnover->rate = temperature * SW_BOLTZMANN / SW_PLANCK *
                     exp(fmax(0.0, turn) - turnover->span / thermal) * net / sum;
}

/* Rate constant over a transition state from a minimum. */
static double constant(double transition, double minimum, double temperature) {
    return SW_BOLTZMANN * temperature / SW_PLANCK *
           exp(-(transition - minimum) / (SW_BOLTZMANN * temperature));
}

static void fill_rates(double rates[CYCLE_STATES][CYCLE_STATES], const struct sw_cycle *cycle,
                       double temperature) {
    const size_t n = cycle->count;
    memset(rates, 0, n * sizeof rates[0]);
    for (size_t i = 0; i < n; i++) {
        const size_t next = (i + 1) % n;
        const double end = cycle->minimum[next] + (next == 0 ? cycle->reaction : 0.0);
        rates[i][next] += constant(cycle->transition[i], cycle->minimum[i], temperature);
        rates[next][i] += constant(cycle->transition[i], end, temperature);
    }
}

/* Stationary distribution of a chain by censoring one state after the other. */
static void stationary(double *coverage, double rates[CYCLE_STATES][CYCLE_STATES], size_t n) {
    double sum = 1.0;
    for (size_t k = n; k-- > 1;) {
        double leaving = 0.0;
        for (size_t j = 0; j < k; j++)
            leaving += rates[k][j];
        for (size_t i = 0; i < k; i++)
            rates[i][k] /= leaving;
        for (size_t i = 0; i < k; i++)
            for (size_t j = 0; j < k; j++)
                if (i != j)
                    rates[i][j] += rates[i][k] * rates[k][j];
    }
    coverage[0] = 1.0;
    for (size_t k = 1; k < n; k++) {
        coverage[k] = 0.0;
        for (size_t i = 0; i < k; i++)
            coverage[k] += coverage[i] * rates[i][k];
        sum += coverage[k];
    }
    for (size_t k = 0; k < n; k++)
        coverage[k] /= sum;
}

void sw_cycle_steady_state(double *coverage, double *rate, const struct sw_cycle *cycle,
                           double temperature) {
    double rates[CYCLE_STATES][CYCLE_STATES], clearest = -1.0;
    const size_t n = cycle->count;
    coverage[0] = 1.0;
    if (n > 1) {
        fill_rates(rates, cycle, temperature);
        stationary(coverage, rates, n);
    }
    *rate = 0.0;
    for (size_t i = 0; i < n; i++) {
        const size_t next = (i + 1) % n;
        const double end = cycle->minimum[next] + (next == 0 ? cycle->reaction : 0.0);
        const double forth =
            coverage[i] * constant(cycle->transition[i], cycle->minimum[i], temperature);
        const double back = coverage[next] * constant(cycle->transition[i], end, temperature);
        const double clear = fabs(forth - back) / (forth + back);
        if (clear > clearest) {
            clearest = clear;
            *rate = forth - back;
        }
    }
}
