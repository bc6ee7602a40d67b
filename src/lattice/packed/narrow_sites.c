/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes and bins of the narrow tier from the species, and their audit. */
#include "lattice/packed/narrow.h"

#include <stdlib.h>

/* ---- codes and bins -------------------------------------------------------------------------- */

static void enter(sw_packed *packed, uint32_t site) {
    sw_packed_basis *basis = &packed->basis[sw_narrow_basis_at(packed, site)];
    sw_narrow_site *here = &packed->narrow->site[site];
    unsigned bin = basis->bin[here->code];
    if (bin == SW_PACKED_UNKNOWN)
        bin = sw_packed_direct_bin(packed, basis, (sw_packed_code){.first = here->code});
    if (!sw_narrow_enter(&packed->narrow->bins, bin, site, &here->place))
        packed->status = SW_ERROR_MEMORY;
}

static void leave(sw_packed *packed, uint32_t site) {
    uint32_t place = packed->narrow->site[site].place;
    uint32_t last =
        sw_narrow_leave(&packed->narrow->bins, sw_narrow_bin_at(packed, site), site, place);
    packed->narrow->site[last].place = place;
}

void sw_narrow_enter_sites(sw_lattice *lattice) {
    sw_packed *packed = lattice->packed;
    sw_narrow_bins_empty(&packed->narrow->bins);
    for (uint32_t s = 0; s < lattice->geometry.sites && packed->status == SW_OK; s++) {
        uint64_t code[SW_PACKED_WORDS];
        if (packed->basis[sw_narrow_basis_at(packed, s)].slots == 0)
            continue;
        sw_packed_code_of(code, packed, lattice, s);
        packed->narrow->site[s].code = (uint16_t)code[0];
        enter(packed, s);
    }
}

void sw_narrow_change(sw_packed *packed, uint32_t site, uint16_t mask) {
    if (packed->status != SW_OK) /* the bins are not what they should be */
        return;
    leave(packed, site);
    packed->narrow->site[site].code ^= mask;
    enter(packed, site);
}

/* ---- audit ----------------------------------------------------------------------------------- */

static sw_status audit_site(sw_lattice *lattice, uint32_t s, sw_error *error) {
    const sw_packed *packed = lattice->packed;
    const sw_narrow_site *site = &packed->narrow->site[s];
    unsigned bin = sw_narrow_bin_at(packed, s);
    uint64_t code[SW_PACKED_WORDS];
    sw_packed_code_of(code, packed, lattice, s);
    if (site->code != code[0])
        return sw_packed_audit_error(error, s, "the code");
    if (!sw_packed_bin_fits(bin, sw_packed_plain_total(lattice, s)))
        return sw_packed_audit_error(error, s, "the rate");
    if (bin != SW_PACKED_NO_BIN && packed->narrow->bins.bin[bin].sites[site->place] != s)
        return sw_packed_audit_error(error, s, "the place in its bin");
    return SW_OK;
}

/* Every bin weighs its rounded count, and is in the list of its block. */
static sw_status audit_weights(const sw_narrow_bins *bins, sw_error *error) {
    uint32_t listed = 0, used = 0;
    for (unsigned b = 0; b < SW_PACKED_BINS; b++) {
        const sw_narrow_bin *bin = &bins->bin[b];
        uint64_t weight = sw_narrow_rounded(bin->count) * sw_packed_edge(b);
        used += bin->sites != NULL;
        if (bin->sites ? *bin->weight != weight : bin->count > 0)
            return sw_packed_audit_error(error, b, "the weight of the bin");
    }
    for (unsigned n = 0; n < bins->blocks; n++) {
        const sw_narrow_block *block = &bins->block[bins->used[n]];
        for (unsigned i = 0; i < block->bins; i++)
            listed += bins->bin[block->bin[i]].weight == &block->weight[i];
    }
    return listed == used ? SW_OK : sw_packed_audit_error(error, used, "the number of bins");
}

sw_status sw_narrow_audit(sw_lattice *lattice, sw_error *error) {
    const sw_packed *packed = lattice->packed;
    sw_status status = audit_weights(&packed->narrow->bins, error);
    for (uint32_t s = 0; s < lattice->geometry.sites && status == SW_OK; s++)
        if (packed->basis[sw_narrow_basis_at(packed, s)].slots)
            status = audit_site(lattice, s, error);
    return status;
}

/* ---- small lattices -------------------------------------------------------------------------- */

sw_status sw_narrow_adopt(sw_lattice *lattice) {
    sw_packed *packed = lattice->packed;
    if (packed->narrow || packed->sectors || lattice->scaling || !sw_narrow_suits(packed))
        return SW_OK;
    sw_status status = sw_narrow_create(packed, lattice->geometry.sites);
    if (status != SW_OK)
        return status;
    for (uint32_t s = 0; s < lattice->geometry.sites; s++)
        packed->narrow->site[s] = (sw_narrow_site){.stand = packed->site[s].stand};
    free(packed->site);
    packed->site = NULL;
    sw_packed_bins_clear(&packed->bins);
    return sw_packed_rebuild(lattice);
}
