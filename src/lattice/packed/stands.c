/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Following an event over boundaries without arithmetic: along each axis the cells nearer to a
 * boundary than an event reaches are zones of their own and all others one zone; for each zone
 * of the frame the distances in the list of sites are tabulated.
 */
#include "base/memory.h"
#include "lattice/packed/narrow.h"

#include <stdlib.h>

static int zone_of(const sw_packed *packed, int axis, int cell) {
    int size = packed->size[axis], reach = packed->reach[axis];
    if (size <= 2 * reach + 1 || cell < reach)
        return cell;
    return cell < size - reach ? reach : cell - size + 2 * reach + 1;
}

/* A cell that lies in the zone. */
static int cell_of(const sw_packed *packed, int axis, int zone) {
    int size = packed->size[axis], reach = packed->reach[axis];
    return size <= 2 * reach + 1 || zone <= reach ? zone : zone + size - 2 * reach - 1;
}

static size_t count_zones(sw_packed *packed, const sw_geometry *geometry) {
    size_t zones = 1;
    for (int d = 0; d < 3; d++) {
        int size = packed->size[d] = geometry->size[d], limit = 2 * packed->reach[d] + 1;
        packed->zones[d] = size < limit ? size : limit;
        zones *= (size_t)packed->zones[d];
    }
    return zones;
}

static int64_t site_index(const sw_geometry *geometry, const int cell[3], int basis) {
    return (((int64_t)cell[2] * geometry->size[1] + cell[1]) * geometry->size[0] + cell[0]) *
               geometry->basis_sites +
           basis;
}

static void fill_offsets(int32_t *offset, const sw_packed *packed, const sw_geometry *geometry,
                         const int home[3]) {
    for (size_t e = 0; e < packed->events; e++) {
        const sw_packed_event *event = &packed->event[e];
        int64_t anchor = site_index(geometry, home, event->basis);
        for (uint32_t u = event->first_update; u < event->first_update + event->updates; u++) {
            const sw_packed_update *update = &packed->update[u];
            bool outside = false;
            int cell[3];
            for (int d = 0; d < 3; d++) {
                int size = geometry->size[d], at = home[d] + update->at.cell[d];
                outside = outside || ((at < 0 || at >= size) && !geometry->frame->periodic[d]);
                cell[d] = ((at % size) + size) % size;
            }
            offset[u] = outside ? SW_PACKED_OUTSIDE
                                : (int32_t)(site_index(geometry, cell, update->at.basis) - anchor);
        }
    }
}

static void fill_stands(sw_packed *packed, const sw_geometry *geometry, size_t zones) {
    for (size_t zone = 0; zone < zones; zone++) {
        int home[3];
        size_t rest = zone;
        for (int d = 0; d < 3; d++) {
            home[d] = cell_of(packed, d, (int)(rest % (size_t)packed->zones[d]));
            rest /= (size_t)packed->zones[d];
        }
        int32_t *offset = packed->offset + zone * packed->updates;
        fill_offsets(offset, packed, geometry, home);
        for (size_t b = 0; b < packed->basis_sites; b++)
            packed->stand[zone * packed->basis_sites + b] = (sw_packed_stand){offset, (uint8_t)b};
    }
}

static void place_sites(sw_packed *packed, const sw_geometry *geometry) {
    for (uint32_t s = 0; s < geometry->sites; s++) {
        int cell[3];
        size_t zone = 0;
        sw_geometry_cell(cell, geometry, s);
        for (int d = 2; d >= 0; d--)
            zone = zone * (size_t)packed->zones[d] + (size_t)zone_of(packed, d, cell[d]);
        uint16_t stand = (uint16_t)(zone * packed->basis_sites + geometry->basis[s]);
        if (packed->narrow)
            packed->narrow->site[s] = (sw_narrow_site){.stand = stand};
        else
            packed->site[s] = (sw_packed_site){.bin = SW_PACKED_NO_BIN, .stand = stand};
    }
}

static sw_status allocate_sites(sw_packed *packed, const sw_lattice *lattice) {
    size_t sites = lattice->geometry.sites;
    if (sw_narrow_wins(packed, lattice))
        return sw_narrow_create(packed, sites);
    packed->site = sw_allocate_large(sites, sizeof *packed->site);
    packed->further = sw_allocate_large(sites * (packed->words - 1) + 1, sizeof *packed->further);
    return packed->site && packed->further ? SW_OK : SW_ERROR_MEMORY;
}

sw_status sw_packed_make_sites(sw_packed *packed, const char **reason, const sw_lattice *lattice) {
    const sw_geometry *geometry = &lattice->geometry;
    size_t zones = count_zones(packed, geometry);
    if (zones * packed->basis_sites > UINT16_MAX || zones * packed->updates > SW_PACKED_OFFSETS) {
        *reason = "its processes reach too far for tables";
        return SW_OK;
    }
    packed->stand = sw_allocate(zones * packed->basis_sites, sizeof *packed->stand);
    packed->offset = sw_allocate(zones * packed->updates, sizeof *packed->offset);
    if (!packed->stand || !packed->offset)
        return SW_ERROR_MEMORY;
    fill_stands(packed, geometry, zones);
    sw_status status = allocate_sites(packed, lattice);
    if (status == SW_OK)
        place_sites(packed, geometry);
    return status;
}
