/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lattice/packed/sectors.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- cutting --------------------------------------------------------------------------------- */

static sw_status add_part(struct sw_packed_sectors *sectors, const sw_packed *whole,
                          unsigned sector) {
    sw_packed *part = sw_allocate(1, sizeof *part);
    if (!part)
        return SW_ERROR_MEMORY;
    *part = *whole;
    part->sector = (uint8_t)sector;
    memset(&part->bins, 0, sizeof part->bins);
    sectors->part[sector] = part;
    return SW_OK;
}

sw_status sw_packed_divide(sw_lattice *lattice, const uint8_t *of, unsigned count) {
    sw_packed *packed = lattice->packed;
    if (packed->narrow) /* which a model with domains never gets */
        return SW_ERROR_UNSUPPORTED;
    struct sw_packed_sectors *sectors = packed->sectors = sw_allocate(1, sizeof *sectors);
    if (!sectors)
        return SW_ERROR_MEMORY;
    sectors->count = 1;
    sectors->part[0] = packed;
    sectors->of = sw_allocate(lattice->geometry.sites, 1);
    if (!sectors->of)
        return SW_ERROR_MEMORY;
    memcpy(sectors->of, of, lattice->geometry.sites);
    sw_status status = SW_OK;
    for (unsigned s = 1; s < count && status == SW_OK; s++) {
        status = add_part(sectors, packed, s);
        sectors->count += status == SW_OK;
    }
    if (status == SW_OK)
        sw_packed_empty(packed);
    return status;
}

void sw_packed_sectors_destroy(sw_packed *packed) {
    struct sw_packed_sectors *sectors = packed->sectors;
    if (!sectors)
        return;
    for (unsigned s = 0; s < sectors->count; s++) {
        if (sectors->part[s] == packed)
            continue;
        sw_packed_bins_clear(&sectors->part[s]->bins);
        free(sectors->part[s]);
    }
    free(sectors->of);
    free(sectors->stray);
    free(sectors);
}

void sw_packed_empty(sw_packed *packed) {
    struct sw_packed_sectors *sectors = packed->sectors;
    if (!sectors) {
        sw_packed_bins_empty(&packed->bins);
        return;
    }
    for (unsigned s = 0; s < sectors->count; s++) {
        sw_packed *part = sectors->part[s];
        sw_packed_bins_empty(&part->bins);
        memcpy(part->pressure, packed->pressure, sizeof part->pressure);
        part->status = packed->status;
    }
    sectors->strays = 0;
}

/* ---- turns ----------------------------------------------------------------------------------- */

void sw_packed_take_turn(sw_lattice *lattice, unsigned sector) {
    lattice->packed = lattice->packed->sectors->part[sector];
}

bool sw_packed_stray(sw_packed *packed, uint32_t site) {
    struct sw_packed_sectors *sectors = packed->sectors;
    if (sectors->of[site] == packed->sector)
        return false;
    if (sectors->of[site] == SW_NO_SECTOR)
        return true;
    if (sw_reserve(&sectors->stray, &sectors->capacity, sectors->strays + 1,
                   sizeof *sectors->stray))
        sectors->stray[sectors->strays++] = site;
    else
        packed->status = SW_ERROR_MEMORY;
    return true;
}

static double rate_of_bin(unsigned bin) {
    return bin == SW_PACKED_NO_BIN
               ? 0.0
               : (double)sw_packed_edge(bin) * sw_packed_unit(sw_packed_block_of(bin));
}

void sw_packed_settle(sw_lattice *lattice) {
    struct sw_packed_sectors *sectors = lattice->packed->sectors;
    for (size_t i = 0; i < sectors->strays; i++) {
        uint32_t number = sectors->stray[i];
        sw_packed *part = sectors->part[sectors->of[number]];
        sw_packed_move(part, number, sw_packed_bin_of(part, number));
        if (part->status != SW_OK)
            lattice->packed->status = part->status;
    }
    sectors->strays = 0;
}

static void add_rates(double *total, double *fastest, const sw_packed_bins *bins) {
    for (unsigned n = 0; n < bins->blocks; n++) {
        const sw_packed_block *block = &bins->block[n];
        *total += (double)bins->weight[block->number] * block->unit;
        for (unsigned i = 0; i < block->bins; i++)
            if (bins->bin[block->bin[i]].count > 0)
                *fastest = fmax(*fastest, rate_of_bin(block->bin[i]));
    }
}

void sw_packed_find_rates(double *total, double *fastest, const sw_packed *packed) {
    *total = *fastest = 0.0;
    for (unsigned s = 0; packed->sectors && s < packed->sectors->count; s++)
        add_rates(total, fastest, &packed->sectors->part[s]->bins);
    if (!packed->sectors)
        add_rates(total, fastest, &packed->bins);
}
