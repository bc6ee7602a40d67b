/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The order of the sites in their bins decides which site a random number names, so it is part of
 * a saved state: for every bin in use its number, its count and its sites; 2^32 - 1 ends the list.
 * Where there are sectors each has such a list.
 */
#include "lattice/packed/narrow.h"
#include "lattice/packed/sectors.h"

static const uint32_t end_of_list = UINT32_MAX;

typedef struct list {
    uint32_t *sites;
    uint32_t count;
} list;

static list list_of(const sw_packed *packed, uint32_t b) {
    if (packed->narrow)
        return (list){packed->narrow->bins.bin[b].sites, packed->narrow->bins.bin[b].count};
    return (list){packed->bins.bin[b].sites, packed->bins.bin[b].count};
}

static unsigned bin_at(const sw_packed *packed, uint32_t site) {
    return packed->narrow ? sw_narrow_bin_at(packed, site) : packed->site[site].bin;
}

static uint32_t *place_at(const sw_packed *packed, uint32_t site) {
    return packed->narrow ? &packed->narrow->site[site].place : &packed->site[site].place;
}

static sw_status save_part(const sw_packed *packed, sw_bytes *bytes) {
    sw_status status = SW_OK;
    for (uint32_t b = 0; b < SW_PACKED_BINS && status == SW_OK; b++) {
        list bin = list_of(packed, b);
        const uint32_t head[2] = {b, bin.count};
        if (bin.count == 0)
            continue;
        status = sw_bytes_append(bytes, head, sizeof head);
        if (status == SW_OK)
            status = sw_bytes_append(bytes, bin.sites, bin.count * sizeof *bin.sites);
    }
    return status == SW_OK ? sw_bytes_append(bytes, &end_of_list, sizeof end_of_list) : status;
}

sw_status sw_packed_save(const sw_packed *packed, sw_bytes *bytes) {
    const struct sw_packed_sectors *sectors = packed->sectors;
    if (!sectors)
        return save_part(packed, bytes);
    sw_status status = SW_OK;
    for (unsigned s = 0; s < sectors->count && status == SW_OK; s++)
        status = save_part(sectors->part[s], bytes);
    return status;
}

static bool mine(const sw_packed *packed, uint32_t site) {
    return !packed->sectors || packed->sectors->of[site] == packed->sector;
}

static sw_status reorder_bin(sw_packed *packed, size_t sites, const unsigned char *saved,
                             uint32_t b, uint32_t count) {
    list bin = list_of(packed, b);
    if (count != bin.count)
        return SW_ERROR_FORMAT;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t site;
        memcpy(&site, saved + i * sizeof site, sizeof site);
        if (site >= sites || bin_at(packed, site) != b || !mine(packed, site))
            return SW_ERROR_FORMAT;
        bin.sites[i] = site;
        *place_at(packed, site) = i;
    }
    for (uint32_t i = 0; i < count; i++) /* a site named twice has its last place only */
        if (*place_at(packed, bin.sites[i]) != i)
            return SW_ERROR_FORMAT;
    return SW_OK;
}

static sw_status reorder_part(sw_packed *packed, sw_saved_reader *in) {
    size_t sites = packed->basis_sites, bins = 0;
    for (int d = 0; d < 3; d++)
        sites *= (size_t)packed->size[d];
    for (;; bins++) {
        uint32_t bin, count;
        if (!sw_saved_take(in, &bin, 1, sizeof bin))
            return SW_ERROR_FORMAT;
        if (bin == end_of_list)
            break;
        if (bin >= SW_PACKED_BINS || !sw_saved_take(in, &count, 1, sizeof count))
            return SW_ERROR_FORMAT;
        const unsigned char *saved = sw_saved_pass(in, count, sizeof(uint32_t));
        if (!saved || reorder_bin(packed, sites, saved, bin, count) != SW_OK)
            return SW_ERROR_FORMAT;
    }
    for (uint32_t b = 0; b < SW_PACKED_BINS; b++)
        bins -= list_of(packed, b).count > 0;
    return bins == 0 ? SW_OK : SW_ERROR_FORMAT;
}

sw_status sw_packed_reorder(sw_packed *packed, sw_saved_reader *in) {
    const struct sw_packed_sectors *sectors = packed->sectors;
    if (!sectors)
        return reorder_part(packed, in);
    sw_status status = SW_OK;
    for (unsigned s = 0; s < sectors->count && status == SW_OK; s++)
        status = reorder_part(sectors->part[s], in);
    return status;
}
