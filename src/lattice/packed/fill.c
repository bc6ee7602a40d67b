/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes and bins from the species, and their audit. */
#include "base/memory.h"
#include "lattice/packed/narrow.h"
#include "lattice/packed/sectors.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- codes ----------------------------------------------------------------------------------- */

void sw_packed_code_of(uint64_t code[SW_PACKED_WORDS], const sw_packed *packed,
                       const sw_lattice *lattice, uint32_t site) {
    const sw_packed_basis *basis = &packed->basis[lattice->geometry.basis[site]];
    memset(code, 0, SW_PACKED_WORDS * sizeof *code);
    for (size_t i = 0; i < basis->slots; i++) {
        const sw_packed_slot *slot = &basis->slot[i];
        if (slot->width == 0)
            continue;
        uint32_t at = sw_geometry_follow(&lattice->geometry, site, slot->step);
        unsigned state = at == lattice->geometry.sites ? SW_PACKED_WALL : lattice->species[at];
        code[slot->word] |= sw_packed_slot_bits(slot, state);
    }
}

static uint64_t *further_words(const sw_packed *packed, uint32_t site) {
    return packed->further + (size_t)site * (packed->words - 1);
}

static void enter_sites(sw_lattice *lattice) {
    sw_packed *packed = lattice->packed;
    sw_packed_empty(packed);
    for (uint32_t s = 0; s < lattice->geometry.sites; s++) {
        sw_packed_site *site = &packed->site[s];
        uint64_t code[SW_PACKED_WORDS];
        sw_packed_code_of(code, packed, lattice, s);
        site->code = code[0];
        memcpy(further_words(packed, s), code + 1, (packed->words - 1) * sizeof *code);
        site->bin = SW_PACKED_NO_BIN;
        sw_packed *part = sw_packed_part_of(packed, s);
        if (part && sw_packed_basis_of(packed, site)->slots)
            sw_packed_move(part, s, sw_packed_bin_of(packed, s));
    }
}

sw_status sw_packed_rebuild(sw_lattice *lattice) {
    sw_status status = sw_packed_forget(lattice->packed, lattice, NULL);
    if (status != SW_OK)
        return status;
    if (lattice->packed->narrow)
        sw_narrow_enter_sites(lattice);
    else
        enter_sites(lattice);
    return lattice->packed->status;
}

void sw_packed_changed(sw_lattice *lattice, uint32_t site, int before, int after) {
    sw_packed *packed = lattice->packed;
    int basis = lattice->geometry.basis[site];
    const sw_packed_dependents *seen = &packed->seen[basis];
    for (size_t i = 0; i < seen->count; i++) {
        const sw_packed_dependent *dependent = &seen->list[i];
        const sw_packed_slot *slot = &packed->basis[dependent->back.basis].slot[dependent->slot];
        uint64_t mask = sw_packed_slot_bits(slot, (unsigned)before) ^
                        sw_packed_slot_bits(slot, (unsigned)after);
        uint32_t at = sw_geometry_follow(&lattice->geometry, site, dependent->back);
        if (at == lattice->geometry.sites || mask == 0)
            continue;
        if (packed->narrow) {
            sw_narrow_change(packed, at, (uint16_t)mask);
            continue;
        }
        if (slot->word == 0)
            packed->site[at].code ^= mask;
        else
            further_words(packed, at)[slot->word - 1] ^= mask;
        if (packed->sectors && sw_packed_stray(packed, at))
            continue;
        sw_packed_move(packed, at, sw_packed_bin_of(packed, at));
    }
}

/* ---- audit ----------------------------------------------------------------------------------- */

sw_status sw_packed_audit_error(sw_error *error, uint32_t site, const char *what) {
    char place[32];
    snprintf(place, sizeof place, "site %u", site);
    return sw_error_set(error, SW_ERROR_NUMERIC, place, "this is a defect of the program",
                        "%s is not what it should be", what);
}

double sw_packed_plain_total(sw_lattice *lattice, uint32_t site) {
    double totals[SW_CLASS_LIMIT], sum = 0.0;
    sw_rates_totals(lattice, site, totals);
    for (size_t c = 0; c < lattice->classes; c++)
        sum += totals[c] * sw_class_activity(lattice, c);
    return sum;
}

bool sw_packed_bin_fits(unsigned bin, double rate) {
    unsigned low = rate * (1.0 - 1e-9) < SW_LOWEST_RATE ? SW_PACKED_NO_BIN
                                                        : sw_packed_bin_for(rate * (1.0 - 1e-9));
    unsigned high =
        rate < SW_LOWEST_RATE ? SW_PACKED_NO_BIN : sw_packed_bin_for(rate * (1.0 + 1e-9));
    return bin == low || bin == high;
}

static sw_status audit_site(sw_lattice *lattice, uint32_t s, sw_error *error) {
    const sw_packed *packed = sw_packed_part_of(lattice->packed, s);
    const sw_packed_site *site = &lattice->packed->site[s];
    uint64_t code[SW_PACKED_WORDS];
    sw_packed_code_of(code, lattice->packed, lattice, s);
    if (site->code != code[0] || memcmp(further_words(lattice->packed, s), code + 1,
                                        (lattice->packed->words - 1) * sizeof *code) != 0)
        return sw_packed_audit_error(error, s, "the code");
    if (!packed) /* it never acts */
        return site->bin == SW_PACKED_NO_BIN ? SW_OK : sw_packed_audit_error(error, s, "the bin");
    if (!sw_packed_bin_fits(site->bin, sw_packed_plain_total(lattice, s)))
        return sw_packed_audit_error(error, s, "the rate");
    if (site->bin != SW_PACKED_NO_BIN && packed->bins.bin[site->bin].sites[site->place] != s)
        return sw_packed_audit_error(error, s, "the place in its bin");
    return SW_OK;
}

/* Every site in a bin lies in one that its block lists, and the block weighs what these do. */
static sw_status audit_weights(const sw_packed_bins *bins, sw_error *error) {
    size_t listed = 0, held = 0;
    for (unsigned n = 0; n < bins->blocks; n++) {
        const sw_packed_block *block = &bins->block[n];
        uint64_t weight = 0;
        for (unsigned i = 0; i < block->bins; i++) {
            weight += bins->bin[block->bin[i]].count * sw_packed_edge(block->bin[i]);
            listed += bins->bin[block->bin[i]].count;
        }
        if (weight != bins->weight[block->number])
            return sw_packed_audit_error(error, block->number, "the weight of the bins");
    }
    for (unsigned b = 0; b < SW_PACKED_BINS; b++)
        held += bins->bin[b].count;
    return listed == held ? SW_OK : sw_packed_audit_error(error, 0, "the list of bins");
}

sw_status sw_packed_audit(sw_lattice *lattice, sw_error *error) {
    if (lattice->packed->narrow)
        return sw_narrow_audit(lattice, error);
    const struct sw_packed_sectors *sectors = lattice->packed->sectors;
    sw_status status = audit_weights(&lattice->packed->bins, error);
    for (unsigned p = 0; sectors && p < sectors->count && status == SW_OK; p++)
        status = audit_weights(&sectors->part[p]->bins, error);
    for (uint32_t s = 0; s < lattice->geometry.sites && status == SW_OK; s++)
        if (sw_packed_basis_of(lattice->packed, &lattice->packed->site[s])->slots)
            status = audit_site(lattice, s, error);
    return status;
}
