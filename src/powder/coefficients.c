/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "powder/rates.h"

#include "powder/programme.h"

#include <math.h>

#define AVOGADRO 6.02214076e23
#define ANGSTROM 1e-10
#define MASS_HYDROGEN 2.016e-3 /* kg/mol */
#define MASS_WATER 18.015e-3
/* Fuller, Schettler, Giddings, Ind. Eng. Chem. 58, 18 (1966): H2 in H2O, at 973.15 K and 1 bar */
#define DIFFUSION 6.96e-4 /* m2/s */
#define DIFFUSION_POWER 1.75
#define NICKEL_VOLUME 6.589e-6 /* m3/mol */

static double arrhenius(sw_arrhenius rate, double temperature) {
    return rate.prefactor * exp(-rate.barrier / (SW_BOLTZMANN * temperature));
}

/* m2/s in pores: gas and walls in series (Bosanquet); per open cross-section of gas. */
static double pore_diffusion(const sw_powder_compiled *compiled, double pore, double temperature) {
    double bulk = DIFFUSION * pow(temperature / SW_POWDER_REFERENCE, DIFFUSION_POWER) * SW_BAR /
                  compiled->model->bed.pressure;
    double speed = sqrt(8 * SW_GAS_CONSTANT * temperature / (M_PI * MASS_WATER));
    double walls = pore > 0 ? pore * ANGSTROM / 3 * speed : (double)INFINITY;
    return 1 / (1 / bulk + 1 / walls);
}

static void make_transport(sw_powder_coefficients *made, const sw_powder_compiled *compiled) {
    const sw_powder_bed *bed = &compiled->model->bed;
    const sw_powder_kinetics *kinetics = &compiled->model->kinetics;
    double open = pore_diffusion(compiled, 0, made->temperature);
    double inside =
        pore_diffusion(compiled, bed->pore, made->temperature) * bed->porosity / bed->tortuosity;
    double cell = compiled->depth / (double)compiled->cells;
    made->between = inside * compiled->area / cell;
    made->above = compiled->area / (bed->stagnant * ANGSTROM / open + cell / 2 / inside);
    made->layer = 0;
    if (kinetics->layer_porosity > 0)
        made->layer = pore_diffusion(compiled, kinetics->layer_pore, made->temperature) *
                      kinetics->layer_porosity / kinetics->layer_tortuosity;
}

/* Resistances of hydrogen that has to be activated and of water that has to leave, as inverse
 * velocities; the latter is taken at the concentration of all gas. */
static void make_surface(sw_powder_coefficients *made, const sw_powder_compiled *compiled) {
    const sw_powder_kinetics *kinetics = &compiled->model->kinetics;
    double temperature = made->temperature;
    double impingement = sqrt(SW_GAS_CONSTANT * temperature / (2 * M_PI * MASS_HYDROGEN));
    double gas = compiled->model->bed.pressure / (SW_GAS_CONSTANT * temperature);
    made->activation = 0;
    if (kinetics->sticking > 0)
        made->activation = exp(kinetics->activation / (SW_BOLTZMANN * temperature)) /
                           (impingement * kinetics->sticking);
    for (int i = 0; i < SW_FRONTS; i++) {
        made->front[i] = arrhenius(kinetics->front[i], temperature) * ANGSTROM;
        made->desorption[i] = 0;
        if (kinetics->desorption[i].prefactor > 0)
            made->desorption[i] = gas * kinetics->site * ANGSTROM * ANGSTROM * AVOGADRO /
                                  arrhenius(kinetics->desorption[i], temperature);
    }
}

/* Nuclei per m of front on SW_POWDER_NUCLEI: the model has them per second as they are at
 * SW_POWDER_REFERENCE in pure hydrogen that metal has activated. */
double sw_powder_nuclei(const sw_powder_compiled *compiled) {
    const sw_powder_nucleation *nucleation = &compiled->model->nucleation;
    sw_powder_coefficients then = {.temperature = SW_POWDER_REFERENCE};
    if (nucleation->rate <= 0)
        return 0;
    make_surface(&then, compiled);
    return nucleation->rate * SW_POWDER_NUCLEI / (nucleation->area * ANGSTROM * ANGSTROM) *
           (1 / then.front[SW_WUSTITE] + then.desorption[SW_WUSTITE]);
}

static void make_nickel(sw_powder_coefficients *made, const sw_powder_compiled *compiled) {
    const sw_powder_model *model = compiled->model;
    double inverse = 1 / (SW_BOLTZMANN * made->temperature);
    double range = 0;
    if (model->spillover.present)
        range = model->spillover.length * ANGSTROM *
                exp(model->spillover.barrier *
                    (inverse - 1 / (SW_BOLTZMANN * model->spillover.reference)));
    double reach = compiled->contact > 0 ? 1 + range / compiled->contact_radius : 0;
    made->spread = reach * reach;
    /* in hydrogen of 1 bar, as the state counts it */
    made->nickel_oxide = arrhenius(model->kinetics.nickel_oxide, made->temperature) *
                         model->bed.pressure / SW_BAR / made->total;
    made->metallothermic = 0;
    if (model->metallothermic.present && compiled->nickel > 0)
        made->metallothermic = arrhenius(model->metallothermic.rate, made->temperature) * ANGSTROM *
                               compiled->contact * compiled->iron * compiled->oxide_area /
                               (compiled->nickel * NICKEL_VOLUME);
}

void sw_powder_coefficients_make(sw_powder_coefficients *made, const sw_powder_compiled *compiled,
                                 size_t leg, double time) {
    if (made->time == time && made->leg == leg)
        return;
    const sw_powder_model *model = compiled->model;
    sw_powder_conditions now = sw_powder_programme_during(model, leg, time);
    *made = (sw_powder_coefficients){.time = time,
                                     .leg = leg,
                                     .temperature = now.temperature,
                                     .hydrogen = now.hydrogen,
                                     .water = now.water,
                                     .total = SW_POWDER_REFERENCE / now.temperature};
    sw_powder_equilibria_at(made->constants, compiled->equilibria, now.temperature);
    made->alloy = sw_powder_alloy_at(compiled->alloy, now.temperature);
    made->nucleation = compiled->nuclei;
    make_transport(made, compiled);
    make_surface(made, compiled);
    make_nickel(made, compiled);
}
