/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inventory of a cluster: n atoms, a whole number. Molecules arrive and leave as events of
 * their own, two atoms at a time,
 *
 *   n -> n + 2 at J,   n -> n - 2 at J c(n),   c(n) = n (n - 1) / n_eq^2,
 *
 * J = p x dissociation of the exposed carriers, n_eq = coverage x their number; in the mean
 * dn/dt = 2 J (1 - <c>). An event that takes k atoms goes with n (n - 1) ... (n - k + 1) / n_eq^k,
 * its reverse without. Then the Poisson distribution of mean n_eq obeys detailed balance with every
 * one of these, so at equilibrium the factor is 1 in the mean however small n_eq is, and what the
 * lattice does is what it would do with the gas itself.
 *
 * With coverage / (1 - coverage) = odds sqrt(p / 1 bar) the products p c and J c stay finite where
 * the gas is gone: p / coverage^2 = (1 / odds + sqrt(p))^2 in bar. Nothing here is kept that depends
 * on the pressure, so a change of the gas takes effect at once.
 */
#include "lattice/portable_math.h"
#include "lattice/state.h"

#include <math.h>

static const sw_substance *supply_gas(const sw_lattice *lattice) {
    return sw_substance_find(lattice->model->gas.list[lattice->model->supply.gas].name);
}

static double bar(const sw_lattice *lattice) {
    return lattice->pressure[lattice->model->supply.gas] / SW_STANDARD_PRESSURE;
}

/* Dissociative Langmuir adsorption: theta/(1-theta) = exp(-(g - mu/2)/kT). The reference of the
 * energy is the gas at T, so that energy and entropy are of the adsorbate. */
void sw_supply_set_temperature(sw_lattice *lattice) {
    const sw_supply *rule = &lattice->model->supply;
    sw_standard_state state;
    lattice->supply.odds = 0.0;
    if (!rule->present || !supply_gas(lattice) ||
        sw_substance_state(&state, supply_gas(lattice), lattice->temperature, NULL) != SW_OK)
        return;
    double adsorbed = 0.5 * state.enthalpy + rule->adsorption_energy -
                      lattice->temperature * rule->adsorption_entropy;
    lattice->supply.odds = sw_exp(-(adsorbed - 0.5 * state.gibbs) / lattice->thermal);
}

double sw_supply_coverage(const sw_lattice *lattice) {
    double odds = lattice->supply.odds * sqrt(bar(lattice));
    return odds / (1.0 + odds);
}

double sw_supply_capacity(const sw_lattice *lattice, const sw_cluster *cluster) {
    return sw_supply_coverage(lattice) * cluster->exposed;
}

double sw_supply_dissociation(const sw_lattice *lattice, int species) {
    const sw_supply *rule = &lattice->model->supply;
    const sw_substance *gas = supply_gas(lattice);
    if (!gas || !SW_IN(rule->carriers, species))
        return 0.0;
    return sw_collision_rate(gas, lattice->temperature, SW_STANDARD_PRESSURE, rule->area) *
           sw_exp(-rule->dissociation_barrier[species] / lattice->thermal);
}

/* p / coverage^2 in bar: the pressure that belongs to a density of pairs of one. */
static double release(const sw_lattice *lattice) {
    double root = 1.0 / lattice->supply.odds + sqrt(bar(lattice));
    return root * root;
}

static double density_of(const sw_cluster *cluster, int atoms) {
    double density = cluster->exposed > 0 ? 1.0 : 0.0;
    for (int k = 0; k < atoms && density > 0.0; k++)
        density *= (cluster->inventory - k) / cluster->exposed;
    return density;
}

double sw_supply_density(const sw_lattice *lattice, uint32_t site, int atoms) {
    size_t cluster = lattice->supply.cluster_of[site];
    return cluster ? density_of(&lattice->supply.cluster[cluster], atoms) : 0.0;
}

double sw_supply_factor(const sw_lattice *lattice, const sw_class *class, double density) {
    if (!class->shared || density <= 0.0)
        return class->shared ? 0.0 : 1.0;
    for (int m = 0; m < class->molecules; m++)
        density *= release(lattice);
    double coverage = sw_supply_coverage(lattice);
    for (int k = 2 * class->molecules; k < class->supply; k++)
        density = coverage > 0.0 ? density / coverage : 0.0;
    return density;
}

/* ---- exchange with the gas ------------------------------------------------------------------- */

double sw_supply_turnover(const sw_lattice *lattice) {
    const sw_supply_state *supply = &lattice->supply;
    if (!supply->present || supply->odds <= 0.0)
        return 0.0;
    return supply->arriving * bar(lattice) + supply->leaving * release(lattice);
}

void sw_supply_count(sw_lattice *lattice) {
    sw_supply_state *supply = &lattice->supply;
    supply->arriving = supply->leaving = 0.0;
    for (int k = 0; k <= SW_SUPPLY_LIMIT; k++)
        supply->densest[k] = 0.0;
    for (size_t c = 1; c < supply->clusters; c++) {
        const sw_cluster *cluster = &supply->cluster[c];
        supply->arriving += cluster->dissociation;
        supply->leaving += cluster->dissociation * density_of(cluster, 2);
        for (int k = 0; k <= SW_SUPPLY_LIMIT; k++)
            supply->densest[k] = fmax(supply->densest[k], density_of(cluster, k));
    }
}

static void change_inventory(sw_lattice *lattice, sw_cluster *cluster, int atoms) {
    cluster->inventory += atoms;
    sw_supply_count(lattice);
}

void sw_supply_exchange(sw_lattice *lattice, double point) {
    sw_supply_state *supply = &lattice->supply;
    sw_cluster *chosen = NULL;
    double arrives = bar(lattice), leaves = release(lattice);
    int atoms = 0;
    for (size_t c = 1; c < supply->clusters && (!chosen || point >= 0.0); c++) {
        sw_cluster *cluster = &supply->cluster[c];
        double in = cluster->dissociation * arrives;
        double out = cluster->dissociation * density_of(cluster, 2) * leaves;
        if (in + out <= 0.0)
            continue;
        chosen = cluster;
        atoms = point < in ? 2 : -2;
        if (out <= 0.0)
            atoms = 2;
        point -= in + out;
    }
    if (!chosen)
        return;
    supply->arrived += atoms;
    change_inventory(lattice, chosen, atoms);
    sw_gas_add(lattice, lattice->model->supply.gas, -0.5 * atoms);
}

void sw_supply_give(sw_lattice *lattice, uint32_t site, int atoms) {
    sw_supply_state *supply = &lattice->supply;
    size_t cluster = supply->cluster_of[site];
    if (!cluster)
        return;
    supply->used -= atoms;
    change_inventory(lattice, &supply->cluster[cluster], atoms);
}

void sw_supply_lose(sw_lattice *lattice, double atoms) {
    lattice->supply.arrived -= atoms;
    sw_gas_add(lattice, lattice->model->supply.gas, 0.5 * atoms);
}
