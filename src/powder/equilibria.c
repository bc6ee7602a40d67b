/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "powder/equilibria.h"

#include <spillway/thermo.h>

#include <math.h>
#include <pthread.h>

/* Oxides by H2, one H2 each; the others as they are written. */
static const char *const reactions[SW_EQUILIBRIA] = {
    [SW_EQUILIBRIUM_HEMATITE] = "3 Fe2O3 + H2 = 2 Fe3O4 + H2O",
    [SW_EQUILIBRIUM_MAGNETITE] = "0.947 Fe3O4 + 0.788 H2 = 3 Fe0.947O + 0.788 H2O",
    [SW_EQUILIBRIUM_WUSTITE] = "Fe0.947O + H2 = 0.947 Fe + H2O",
    [SW_EQUILIBRIUM_NICKEL] = "NiO + H2 = Ni + H2O",
    [SW_EQUILIBRIUM_DIRECT] = "Fe3O4 + 4 H2 = 3 Fe + 4 H2O",
    [SW_EQUILIBRIUM_NICKEL_HEMATITE] = "Ni + 3 Fe2O3 = NiO + 2 Fe3O4",
    [SW_EQUILIBRIUM_NICKEL_WUSTITE] = "Ni + Fe0.947O = NiO + 0.947 Fe",
};

/* Magnetic part of the Gibbs energy of bcc iron, J/mol: Hillert and Jarl, Calphad 2, 227 (1978),
 * Curie temperature 1043 K, moment 2.22. */
static double magnetic_bcc(double temperature) {
    const double curie = 1043, moment = 2.22, p = 0.4;
    double tau = temperature / curie, d = 518.0 / 1125 + 11692.0 / 15975 * (1 / p - 1), g;
    if (tau > 1)
        g = -(pow(tau, -5) / 10 + pow(tau, -15) / 315 + pow(tau, -25) / 1500) / d;
    else
        g = 1 - (79 / (140 * p * tau) +
                 474.0 / 497 * (1 / p - 1) *
                     (pow(tau, 3) / 6 + pow(tau, 9) / 135 + pow(tau, 15) / 600)) /
                    d;
    return SW_GAS_CONSTANT * temperature * log(moment + 1) * g;
}

/* G of fcc iron less that of bcc iron, J/mol: Dinsdale, Calphad 15, 317 (1991). 0 at 1184.8 K. */
static double fcc_less_bcc(double temperature) {
    return -1462.4 + 8.282 * temperature - 1.15 * temperature * log(temperature) +
           6.4e-4 * temperature * temperature - magnetic_bcc(temperature);
}

/* The tables have the iron that is stable: bcc below this. */
#define FCC_BEGINS 1184.8 /* K */

#define DEFECTS_BEGIN 500.0 /* K: below, nothing goes anyway */

/* From the iron that the tables take as stable to bcc iron, for so much iron a water. */
static double to_bcc(double iron, double temperature) {
    return temperature > FCC_BEGINS
               ? iron * fcc_less_bcc(temperature) / (SW_GAS_CONSTANT * temperature)
               : 0;
}

static sw_status stoichiometric(double *value, int index, double temperature, sw_error *error) {
    double ratio;
    sw_status status = sw_reaction_water_ratio(&ratio, NULL, reactions[index], temperature, error);
    if (status == SW_OK)
        *value = log(ratio);
    return status;
}

/* Both ends of wustite with its defects; below their table they go on as Fe0.947O does. */
static sw_status wustite(double *value, int index, double temperature, sw_error *error) {
    double warm = fmax(temperature, DEFECTS_BEGIN), here = 0, there = 0;
    sw_wustite_state state = {0};
    bool with_iron = index == SW_EQUILIBRIUM_WUSTITE;
    sw_status status = with_iron ? sw_wustite_with_iron(&state, warm, error)
                                 : sw_wustite_with_magnetite(&state, warm, error);
    if (status == SW_OK && warm > temperature) {
        status = stoichiometric(&here, index, temperature, error);
        if (status == SW_OK)
            status = stoichiometric(&there, index, warm, error);
    }
    if (status != SW_OK)
        return status;
    *value = log(state.water_ratio) + here - there;
    if (with_iron)
        *value += to_bcc(state.iron_per_oxygen, temperature);
    return SW_OK;
}

static sw_status constant(double *value, int index, double temperature, sw_error *error) {
    double gibbs;
    if (index == SW_EQUILIBRIUM_MAGNETITE || index == SW_EQUILIBRIUM_WUSTITE)
        return wustite(value, index, temperature, error);
    if (index <= SW_EQUILIBRIUM_DIRECT) {
        sw_status found = stoichiometric(value, index, temperature, error);
        if (found == SW_OK && index == SW_EQUILIBRIUM_DIRECT)
            *value += to_bcc(0.75, temperature);
        return found;
    }
    sw_status status = sw_reaction_gibbs(&gibbs, reactions[index], temperature, error);
    if (status == SW_OK)
        *value = -gibbs / (SW_BOLTZMANN * temperature);
    return status;
}

static pthread_once_t once = PTHREAD_ONCE_INIT;
static sw_powder_equilibria shared;
static sw_status shared_status;
static sw_error shared_error;

static void make_shared(void) {
    shared.lowest = SW_EQUILIBRIUM_LOWEST;
    shared.step = (SW_EQUILIBRIUM_HIGHEST - SW_EQUILIBRIUM_LOWEST) / (SW_EQUILIBRIUM_POINTS - 1);
    for (int i = 0; i < SW_EQUILIBRIA && shared_status == SW_OK; i++)
        for (int k = 0; k < SW_EQUILIBRIUM_POINTS && shared_status == SW_OK; k++)
            shared_status =
                constant(&shared.table[i][k], i, shared.lowest + k * shared.step, &shared_error);
}

sw_status sw_powder_equilibria_get(const sw_powder_equilibria **equilibria, sw_error *error) {
    pthread_once(&once, make_shared);
    *equilibria = &shared;
    if (shared_status != SW_OK && error)
        *error = shared_error;
    return shared_status;
}

void sw_powder_equilibria_at(double constants[SW_EQUILIBRIA],
                             const sw_powder_equilibria *equilibria, double temperature) {
    double place = (temperature - equilibria->lowest) / equilibria->step;
    place = fmin(fmax(place, 0), SW_EQUILIBRIUM_POINTS - 1.000001);
    int point = (int)place;
    double part = place - point;
    for (int i = 0; i < SW_EQUILIBRIA; i++) {
        const double *row = &equilibria->table[i][point];
        constants[i] = exp(row[0] + part * (row[1] - row[0]));
    }
}
