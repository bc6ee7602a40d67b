/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "thermo/species_table.h"

#include <math.h>
#include <stdio.h>

#define PI 3.14159265358979323846
#define SQUARE_METRE_PER_SQUARE_ANGSTROM 1e-20

/* The lower of two ranges holds their joint; NULL outside the table, and for NaN. */
static const struct sw_species_range *range_at(const sw_substance *substance, double temperature) {
    if (!(temperature >= substance->ranges[0].lowest))
        return NULL;
    for (size_t i = 0; i < substance->range_count; i++)
        if (temperature <= substance->ranges[i].highest)
            return &substance->ranges[i];
    return NULL;
}

static sw_standard_state evaluate(const struct sw_species_range *range, double temperature) {
    const double *a = range->a;
    const double T = temperature, log_T = log(T), inverse = 1.0 / T;
    const double R = SPECIES_TABLE_GAS_CONSTANT * SW_JOULE_PER_MOLE;
    const double heat_capacity =
        (a[0] * inverse + a[1]) * inverse + a[2] + T * (a[3] + T * (a[4] + T * (a[5] + T * a[6])));
    const double enthalpy =
        -a[0] * inverse + a[1] * log_T + range->b1 +
        T * (a[2] + T * (a[3] / 2 + T * (a[4] / 3 + T * (a[5] / 4 + T * a[6] / 5))));
    const double entropy = (-a[0] / 2 * inverse - a[1]) * inverse + a[2] * log_T + range->b2 +
                           T * (a[3] + T * (a[4] / 2 + T * (a[5] / 3 + T * a[6] / 4)));
    return (sw_standard_state){.heat_capacity = R * heat_capacity,
                               .enthalpy = R * enthalpy,
                               .entropy = R * entropy,
                               .gibbs = R * (enthalpy - T * entropy)};
}

static sw_status outside_range(const sw_substance *substance, double temperature, sw_error *error) {
    double lowest, highest;
    sw_substance_range(substance, &lowest, &highest);
    char hint[128];
    snprintf(hint, sizeof hint, "%s is tabulated from %g to %g K", substance->name, lowest,
             highest);
    return sw_error_set(error, SW_ERROR_NUMERIC, substance->name, hint,
                        "expected a temperature within the table of %s, found %g K",
                        substance->name, temperature);
}

sw_status sw_substance_state(sw_standard_state *state, const sw_substance *substance,
                             double temperature, sw_error *error) {
    if (state == NULL || substance == NULL)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "sw_substance_state",
                            "check what sw_substance_find returned",
                            "expected a state and a substance, found NULL");
    const struct sw_species_range *range = range_at(substance, temperature);
    if (range == NULL)
        return outside_range(substance, temperature, error);
    *state = evaluate(range, temperature);
    return SW_OK;
}

/* From the state at an end of the table on, with its heat capacity. */
static sw_standard_state carry_on(const sw_standard_state *end, double from, double to) {
    sw_standard_state state = *end;
    state.enthalpy += end->heat_capacity * (to - from);
    state.entropy += end->heat_capacity * log(to / from);
    state.gibbs = state.enthalpy - to * state.entropy;
    return state;
}

sw_status sw_substance_state_beyond(sw_standard_state *state, bool *outside,
                                    const sw_substance *substance, double temperature,
                                    sw_error *error) {
    double lowest, highest;
    if (substance != NULL && (!(temperature > 0.0) || !isfinite(temperature)))
        return outside_range(substance, temperature, error);
    if (outside != NULL)
        *outside = false;
    if (state == NULL || substance == NULL || range_at(substance, temperature) != NULL)
        return sw_substance_state(state, substance, temperature, error);
    sw_substance_range(substance, &lowest, &highest);
    const bool above = temperature > highest;
    const struct sw_species_range *range =
        &substance->ranges[above ? substance->range_count - 1 : 0];
    const double from = above ? highest : lowest;
    const sw_standard_state end = evaluate(range, from);
    *state = carry_on(&end, from, temperature);
    if (outside != NULL)
        *outside = true;
    return SW_OK;
}

sw_status sw_gas_chemical_potential(double *potential, const sw_substance *gas, double temperature,
                                    double pressure, sw_error *error) {
    sw_standard_state state = {0};
    const sw_status status = sw_substance_state(&state, gas, temperature, error);
    if (status != SW_OK)
        return status;
    if (!gas->gas)
        return sw_error_set(error, SW_ERROR_ARGUMENT, gas->name,
                            "a condensed phase has no pressure: use its Gibbs energy",
                            "expected a gas, found %s", gas->name);
    if (!(pressure > 0.0) || !isfinite(pressure))
        return sw_error_set(error, SW_ERROR_ARGUMENT, gas->name, "give a pressure above zero in Pa",
                            "expected a positive pressure, found %g Pa", pressure);
    *potential = state.gibbs + SW_BOLTZMANN * temperature * log(pressure / SW_STANDARD_PRESSURE);
    return SW_OK;
}

double sw_collision_rate(const sw_substance *gas, double temperature, double pressure,
                         double area) {
    if (gas == NULL || !gas->gas || !(temperature > 0.0) || !(pressure >= 0.0) || !(area >= 0.0))
        return NAN;
    const double mass = sw_substance_mass(gas) * SW_ATOMIC_MASS;
    const double thermal_energy = SW_BOLTZMANN * SW_ELECTRONVOLT * temperature;
    return pressure * area * SQUARE_METRE_PER_SQUARE_ANGSTROM /
           sqrt(2.0 * PI * mass * thermal_energy);
}
