/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Valence binding: every centre (an oxygen) is bound by f(w), w the sum of the shares of its
 * ligands (cations); a ligand with n centres gives each of them 1 / max(n, shared_by_at_least).
 * With full shares this is bond counting by coordination; with shares that grow when a centre is
 * lost, the valence is given back to the neighbours, as in bond-valence theory
 * (Brown, Chem. Rev. 109, 6858 (2009)).
 */
#include "lattice/energy.h"
#include "lattice/portable_math.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool is_centre(const sw_valence *valence, int basis, int species) {
    return species < SW_SPECIES_LIMIT && SW_IN(valence->term->centres, species) &&
           valence->geometry->frame->basis[basis].kind == valence->term->centre_kind;
}

static const sw_valence_ligand *ligand_of(const sw_valence *valence, int basis) {
    for (size_t l = 0; l < valence->term->ligand_kinds; l++)
        if (valence->geometry->frame->basis[basis].kind == valence->term->ligand[l].kind)
            return &valence->term->ligand[l];
    return NULL;
}

static bool is_ligand_species(const sw_valence *valence, int species) {
    return species < SW_SPECIES_LIMIT && SW_IN(valence->term->ligands, species);
}

static sw_status find_neighbours(sw_valence *valence) {
    const sw_geometry *geometry = valence->geometry;
    const sw_valence_term *term = valence->term;
    sw_kind_set centre_kind = (sw_kind_set)1 << term->centre_kind;
    for (int basis = 0; basis < geometry->basis_sites; basis++) {
        const sw_valence_ligand *ligand = ligand_of(valence, basis);
        sw_status status = SW_OK;
        if (ligand)
            status = sw_geometry_shell(&valence->centres[basis], geometry, basis, centre_kind,
                                       ligand->distance, false);
        bool centre = geometry->frame->basis[basis].kind == term->centre_kind;
        for (size_t l = 0; centre && l < term->ligand_kinds && status == SW_OK; l++)
            status = sw_geometry_shell(&valence->ligands[basis], geometry, basis,
                                       (sw_kind_set)1 << term->ligand[l].kind,
                                       term->ligand[l].distance, false);
        if (status != SW_OK)
            return status;
    }
    return SW_OK;
}

static int common_multiple(int a, int b) {
    int x = a, y = b;
    while (y) {
        int rest = x % y;
        x = y;
        y = rest;
    }
    return a / x * b;
}

/* The smallest denominator in which every share is a whole number. */
static sw_status find_denominator(sw_valence *valence, sw_error *error) {
    valence->denominator = 1;
    for (int basis = 0; basis < valence->geometry->basis_sites; basis++) {
        const sw_valence_ligand *ligand = ligand_of(valence, basis);
        int coordination = (int)valence->centres[basis].count;
        if (!ligand || coordination == 0)
            continue;
        if (coordination >= SW_SHARE_LIMIT)
            return sw_error_set(error, SW_ERROR_UNSUPPORTED, "energetics.valence",
                                "use a shorter bond distance",
                                "a ligand has %d centres around it; at most %d are possible",
                                coordination, SW_SHARE_LIMIT - 1);
        int first = ligand->shared_by_at_least > 1 ? ligand->shared_by_at_least : 1;
        valence->denominator = common_multiple(valence->denominator, first);
        for (int n = first; n <= coordination; n++)
            valence->denominator = common_multiple(valence->denominator, n);
    }
    return SW_OK;
}

static void fill_shares(sw_valence *valence) {
    for (int basis = 0; basis < valence->geometry->basis_sites; basis++) {
        const sw_valence_ligand *ligand = ligand_of(valence, basis);
        if (!ligand)
            continue;
        int *share = valence->share_of + (size_t)basis * SW_SHARE_LIMIT;
        for (int n = 1; n < SW_SHARE_LIMIT; n++) {
            int parts = n > ligand->shared_by_at_least ? n : ligand->shared_by_at_least;
            share[n] = valence->denominator / (parts > 1 ? parts : 1);
        }
    }
}

static int largest_valence(const sw_valence *valence) {
    int largest = 0;
    for (int basis = 0; basis < valence->geometry->basis_sites; basis++) {
        int sum = 0;
        for (size_t i = 0; i < valence->ligands[basis].count; i++)
            sum += valence->share_of[valence->ligands[basis].list[i].basis * SW_SHARE_LIMIT + 1];
        largest = sum > largest ? sum : largest;
    }
    return largest;
}

sw_status sw_valence_create(sw_valence *valence, const sw_geometry *geometry,
                            const sw_valence_term *term, sw_error *error) {
    memset(valence, 0, sizeof *valence);
    valence->geometry = geometry;
    valence->term = term;
    size_t basis = (size_t)geometry->basis_sites, sites = (size_t)geometry->sites + 1;
    valence->ligands = sw_allocate(basis, sizeof *valence->ligands);
    valence->centres = sw_allocate(basis, sizeof *valence->centres);
    valence->share_of = sw_allocate(basis * SW_SHARE_LIMIT, sizeof *valence->share_of);
    valence->around = sw_allocate(sites, sizeof *valence->around);
    valence->valence = sw_allocate(sites, sizeof *valence->valence);
    if (!valence->ligands || !valence->centres || !valence->share_of || !valence->around ||
        !valence->valence)
        return SW_ERROR_MEMORY;
    sw_status status = find_neighbours(valence);
    if (status == SW_OK)
        status = find_denominator(valence, error);
    if (status != SW_OK)
        return status;
    fill_shares(valence);
    valence->largest = largest_valence(valence);
    valence->binding = sw_allocate((size_t)valence->largest + 1, sizeof *valence->binding);
    return valence->binding ? SW_OK : SW_ERROR_MEMORY;
}

void sw_valence_clear(sw_valence *valence) {
    for (int basis = 0; basis < (valence->geometry ? valence->geometry->basis_sites : 0); basis++) {
        if (valence->ligands)
            sw_steps_clear(&valence->ligands[basis]);
        if (valence->centres)
            sw_steps_clear(&valence->centres[basis]);
    }
    free(valence->ligands);
    free(valence->centres);
    free(valence->share_of);
    free(valence->around);
    free(valence->valence);
    free(valence->binding);
    memset(valence, 0, sizeof *valence);
}

static double binding_of_row(const sw_valence_term *term, size_t row, double temperature) {
    double above = temperature - SW_VALENCE_REFERENCE;
    double curved = temperature * sw_ln(temperature / SW_VALENCE_REFERENCE) - above;
    return term->energy[row] + temperature * term->entropy[row] + curved * term->heat_capacity[row];
}

static double binding_at(const sw_valence_term *term, double w, double temperature) {
    size_t i = 1;
    while (i + 1 < term->points && w > term->w[i])
        i++;
    double lower = binding_of_row(term, i - 1, temperature);
    double upper = binding_of_row(term, i, temperature);
    double part = (w - term->w[i - 1]) / (term->w[i] - term->w[i - 1]);
    return lower + part * (upper - lower);
}

void sw_valence_set_temperature(sw_valence *valence, double temperature) {
    for (int w = 0; w <= valence->largest; w++)
        valence->binding[w] =
            binding_at(valence->term, (double)w / valence->denominator, temperature);
}

static int share(const sw_valence *valence, int basis, int around) {
    return valence->share_of[basis * SW_SHARE_LIMIT + around];
}

static int count_centres(const sw_valence *valence, const uint8_t *species, uint32_t site) {
    const sw_steps *centres = &valence->centres[valence->geometry->basis[site]];
    int count = 0;
    for (size_t i = 0; i < centres->count; i++) {
        uint32_t centre = sw_geometry_follow(valence->geometry, site, centres->list[i]);
        count += is_centre(valence, centres->list[i].basis, species[centre]);
    }
    return count;
}

static int sum_shares(const sw_valence *valence, const uint8_t *species, uint32_t site) {
    const sw_steps *ligands = &valence->ligands[valence->geometry->basis[site]];
    int sum = 0;
    for (size_t i = 0; i < ligands->count; i++) {
        uint32_t ligand = sw_geometry_follow(valence->geometry, site, ligands->list[i]);
        if (is_ligand_species(valence, species[ligand]))
            sum += share(valence, ligands->list[i].basis, valence->around[ligand]);
    }
    return sum;
}

void sw_valence_count(sw_valence *valence, const uint8_t *species) {
    const sw_geometry *geometry = valence->geometry;
    for (uint32_t site = 0; site < geometry->sites; site++)
        valence->around[site] = (uint8_t)count_centres(valence, species, site);
    for (uint32_t site = 0; site < geometry->sites; site++)
        valence->valence[site] = is_centre(valence, geometry->basis[site], species[site])
                                     ? sum_shares(valence, species, site)
                                     : 0;
}

/* Adds `difference` to the valence of every occupied centre around a ligand but one; the change
 * of energy. */
static double shift_centres(sw_valence *valence, const uint8_t *species, uint32_t ligand,
                            uint32_t except, int difference) {
    const sw_steps *centres = &valence->centres[valence->geometry->basis[ligand]];
    double change = 0.0;
    for (size_t i = 0; i < centres->count; i++) {
        uint32_t centre = sw_geometry_follow(valence->geometry, ligand, centres->list[i]);
        if (centre == except || !is_centre(valence, centres->list[i].basis, species[centre]))
            continue;
        int32_t *w = &valence->valence[centre];
        change -= valence->binding[*w + difference] - valence->binding[*w];
        *w += difference;
    }
    return change;
}

/* A centre comes (+1) or goes (-1): its ligands divide themselves anew. */
static double change_centre(sw_valence *valence, const uint8_t *species, uint32_t site, int step) {
    const sw_steps *ligands = &valence->ligands[valence->geometry->basis[site]];
    double change = step < 0 ? valence->binding[valence->valence[site]] : 0.0;
    int w = 0;
    for (size_t i = 0; i < ligands->count; i++) {
        uint32_t ligand = sw_geometry_follow(valence->geometry, site, ligands->list[i]);
        int basis = ligands->list[i].basis;
        if (ligand == valence->geometry->sites)
            continue;
        int before = valence->around[ligand], after = before + step;
        valence->around[ligand] = (uint8_t)after;
        if (!is_ligand_species(valence, species[ligand]))
            continue;
        w += share(valence, basis, after);
        int difference = share(valence, basis, after) - share(valence, basis, before);
        if (difference != 0 && before > 0 && after > 0)
            change += shift_centres(valence, species, ligand, site, difference);
    }
    valence->valence[site] = step > 0 ? w : 0;
    return step > 0 ? change - valence->binding[w] : change;
}

double sw_valence_change(sw_valence *valence, const uint8_t *species, uint32_t site, int next) {
    int basis = valence->geometry->basis[site];
    bool centre_before = is_centre(valence, basis, species[site]);
    bool centre_after = is_centre(valence, basis, next);
    if (centre_before != centre_after)
        return change_centre(valence, species, site, centre_after ? 1 : -1);
    if (valence->centres[basis].count == 0)
        return 0.0;
    bool ligand_before = is_ligand_species(valence, species[site]);
    bool ligand_after = is_ligand_species(valence, next);
    if (ligand_before == ligand_after)
        return 0.0;
    int part = share(valence, basis, valence->around[site]);
    return shift_centres(valence, species, site, UINT32_MAX, ligand_after ? part : -part);
}

double sw_valence_total(const sw_valence *valence, const uint8_t *species) {
    const sw_geometry *geometry = valence->geometry;
    double total = 0.0;
    for (uint32_t site = 0; site < geometry->sites; site++) {
        if (!is_centre(valence, geometry->basis[site], species[site]))
            continue;
        const sw_steps *ligands = &valence->ligands[geometry->basis[site]];
        int w = 0;
        for (size_t i = 0; i < ligands->count; i++) {
            uint32_t ligand = sw_geometry_follow(geometry, site, ligands->list[i]);
            if (is_ligand_species(valence, species[ligand]))
                w +=
                    share(valence, ligands->list[i].basis, count_centres(valence, species, ligand));
        }
        total -= valence->binding[w];
    }
    return total;
}

/* What matters to a change of a site: its ligands and centres, their shares, and for every centre
 * whose valence may shift, all of its ligands and the centres around them. */
static sw_status add_centre_surroundings(sw_steps *steps, const sw_valence *valence, int from,
                                         sw_step to_centre) {
    const sw_geometry *geometry = valence->geometry;
    sw_status status = sw_steps_add_once(steps, to_centre, NULL);
    const sw_steps *ligands = &valence->ligands[to_centre.basis];
    for (size_t i = 0; i < ligands->count && status == SW_OK; i++) {
        sw_step ligand = sw_geometry_join(geometry, from, to_centre, ligands->list[i]);
        status = sw_steps_add_once(steps, ligand, NULL);
        const sw_steps *centres = &valence->centres[ligand.basis];
        bool fixed = ligand_of(valence, ligand.basis)->shared_by_at_least >= (int)centres->count;
        for (size_t j = 0; j < centres->count && status == SW_OK && !fixed; j++)
            status = sw_steps_add_once(
                steps, sw_geometry_join(geometry, from, ligand, centres->list[j]), NULL);
    }
    return status;
}

sw_status sw_valence_dependencies(sw_steps *steps, const sw_valence *valence, int basis) {
    const sw_geometry *geometry = valence->geometry;
    sw_status status = SW_OK;
    const sw_steps *centres = &valence->centres[basis];
    for (size_t i = 0; i < centres->count && status == SW_OK; i++)
        status = add_centre_surroundings(steps, valence, basis, centres->list[i]);
    const sw_steps *ligands = &valence->ligands[basis];
    for (size_t i = 0; i < ligands->count && status == SW_OK; i++) {
        status = sw_steps_add_once(steps, ligands->list[i], NULL);
        int ligand = ligands->list[i].basis;
        const sw_steps *others = &valence->centres[ligand];
        if (ligand_of(valence, ligand)->shared_by_at_least >= (int)others->count)
            continue;
        for (size_t j = 0; j < others->count && status == SW_OK; j++)
            status = add_centre_surroundings(
                steps, valence, basis,
                sw_geometry_join(geometry, basis, ligands->list[i], others->list[j]));
    }
    return status;
}

uint32_t sw_valence_audit(const sw_valence *valence, const uint8_t *species) {
    const sw_geometry *geometry = valence->geometry;
    for (uint32_t site = 0; site < geometry->sites; site++) {
        bool centre = is_centre(valence, geometry->basis[site], species[site]);
        int w = centre ? sum_shares(valence, species, site) : 0;
        if (valence->around[site] != count_centres(valence, species, site) ||
            valence->valence[site] != w)
            return site + 1;
    }
    return 0;
}
