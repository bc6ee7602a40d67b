/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lattice/energy.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

static sw_status set_site_energies(sw_energy *energy, const sw_energetics *energetics) {
    size_t kinds = energy->geometry->frame->kinds;
    energy->site_energy = sw_allocate(kinds * SW_SPECIES_LIMIT, sizeof *energy->site_energy);
    if (!energy->site_energy)
        return SW_ERROR_MEMORY;
    for (size_t t = 0; t < energetics->site_terms; t++) {
        const sw_site_term *term = &energetics->site[t];
        for (size_t kind = 0; kind < kinds; kind++)
            for (size_t s = 0; s < SW_SPECIES_LIMIT; s++)
                if (SW_IN(term->kinds, kind) && SW_IN(term->species, s))
                    energy->site_energy[kind * SW_SPECIES_LIMIT + s] += term->energy;
    }
    return SW_OK;
}

static sw_status create_terms(sw_energy *energy, const sw_energetics *energetics, sw_error *error) {
    const sw_geometry *geometry = energy->geometry;
    sw_status status = set_site_energies(energy, energetics);
    if (status == SW_OK)
        status = sw_bonds_create(&energy->bonds, geometry, energetics, error);
    if (status == SW_OK)
        status = sw_clusters_create(&energy->clusters, geometry, energetics, error);
    energy->valence = sw_allocate(energetics->valence_terms, sizeof *energy->valence);
    if (!energy->valence)
        return SW_ERROR_MEMORY;
    for (size_t t = 0; t < energetics->valence_terms && status == SW_OK; t++) {
        energy->valences = t + 1;
        status = sw_valence_create(&energy->valence[t], geometry, &energetics->valence[t], error);
    }
    return status;
}

sw_status sw_energy_create(sw_energy *energy, const sw_geometry *geometry,
                           const sw_energetics *energetics, sw_error *error) {
    memset(energy, 0, sizeof *energy);
    energy->geometry = geometry;
    sw_status status = create_terms(energy, energetics, error);
    if (status == SW_ERROR_MEMORY && (!error || error->code == SW_OK))
        sw_error_set(error, SW_ERROR_MEMORY, "energetics", "make the frame smaller",
                     "not enough memory for the energy terms");
    if (status != SW_OK)
        sw_energy_clear(energy);
    return status;
}

void sw_energy_clear(sw_energy *energy) {
    free(energy->site_energy);
    sw_bonds_destroy(energy->bonds);
    sw_clusters_destroy(energy->clusters);
    for (size_t t = 0; t < energy->valences; t++)
        sw_valence_clear(&energy->valence[t]);
    free(energy->valence);
    memset(energy, 0, sizeof *energy);
}

void sw_energy_set_temperature(sw_energy *energy, double temperature) {
    for (size_t t = 0; t < energy->valences; t++)
        sw_valence_set_temperature(&energy->valence[t], temperature);
}

void sw_energy_count(sw_energy *energy, const uint8_t *species) {
    for (size_t t = 0; t < energy->valences; t++)
        sw_valence_count(&energy->valence[t], species);
}

static double site_energy(const sw_energy *energy, uint32_t site, int species) {
    int kind = energy->geometry->frame->basis[energy->geometry->basis[site]].kind;
    return energy->site_energy[kind * SW_SPECIES_LIMIT + species];
}

double sw_energy_apply(sw_energy *energy, uint8_t *species, uint32_t site, int next) {
    if (species[site] == next)
        return 0.0;
    double change = site_energy(energy, site, next) - site_energy(energy, site, species[site]);
    change += sw_bonds_change(energy->bonds, species, site, next);
    change += sw_clusters_change(energy->clusters, species, site, next);
    for (size_t t = 0; t < energy->valences; t++)
        change += sw_valence_change(&energy->valence[t], species, site, next);
    species[site] = (uint8_t)next;
    return change;
}

double sw_energy_total(const sw_energy *energy, const uint8_t *species) {
    double total = 0.0;
    for (uint32_t site = 0; site < energy->geometry->sites; site++)
        total += site_energy(energy, site, species[site]);
    total += sw_bonds_total(energy->bonds, species);
    total += sw_clusters_total(energy->clusters, species);
    for (size_t t = 0; t < energy->valences; t++)
        total += sw_valence_total(&energy->valence[t], species);
    return total;
}

sw_status sw_energy_dependencies(sw_steps *steps, const sw_energy *energy, int basis) {
    sw_status status = sw_bonds_dependencies(steps, energy->bonds, basis);
    if (status == SW_OK)
        status = sw_clusters_dependencies(steps, energy->clusters, basis);
    for (size_t t = 0; t < energy->valences && status == SW_OK; t++)
        status = sw_valence_dependencies(steps, &energy->valence[t], basis);
    return status;
}

uint32_t sw_energy_audit(const sw_energy *energy, const uint8_t *species) {
    for (size_t t = 0; t < energy->valences; t++) {
        uint32_t wrong = sw_valence_audit(&energy->valence[t], species);
        if (wrong)
            return wrong;
    }
    return 0;
}
