/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Making and releasing the packed engine. */
#include "lattice/packed/packed.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

/* What keeps a model with the general engine; NULL where nothing does. */
static const char *unsuited(const sw_lattice *lattice)
{
    const sw_lattice_model *model = lattice->model;
    if (model->supply.present || model->spillover.present)
        return "it has a shared supply";
    if (model->void_rule.present)
        return "the gas reaches only some of its sites";
    if (model->gas.mode == SW_GAS_STIRRED)
        return "its stirred reactor changes the rates with every event";
    if (model->energetics.valence_terms > 0)
        return "its energetics have valence terms";
    return NULL;
}

/* Parts of a site's index by cell, so that a step over a boundary is three look-ups. */
static sw_status make_across(sw_packed *packed, const sw_geometry *geometry)
{
    int32_t stride = geometry->basis_sites;
    for (int d = 0; d < 3; d++) {
        int size = geometry->size[d], reach = packed->reach[d];
        packed->size[d] = size;
        packed->across[d] = sw_allocate((size_t)(size + 2 * reach), sizeof *packed->across[d]);
        if (!packed->across[d])
            return SW_ERROR_MEMORY;
        for (int at = -reach; at < size + reach; at++) {
            int wrapped = ((at % size) + size) % size;
            bool outside = (at < 0 || at >= size) && !geometry->frame->periodic[d];
            packed->across[d][at + reach] = outside ? -1 : wrapped * stride;
        }
        stride *= size;
    }
    return SW_OK;
}

static sw_status make_sites(sw_packed *packed, const sw_geometry *geometry)
{
    packed->site = sw_allocate(geometry->sites, sizeof *packed->site);
    if (!packed->site)
        return SW_ERROR_MEMORY;
    for (uint32_t s = 0; s < geometry->sites; s++) {
        int cell[3];
        bool inner = true;
        sw_geometry_cell(cell, geometry, s);
        for (int d = 0; d < 3; d++)
            inner = inner && cell[d] >= packed->reach[d] &&
                    cell[d] < geometry->size[d] - packed->reach[d];
        packed->site[s] = (sw_packed_site){.bin = SW_PACKED_NO_BIN, .inner = inner,
                                           .basis = geometry->basis[s]};
    }
    return SW_OK;
}

static sw_status plan(sw_packed *packed, const char **reason, sw_lattice *lattice, sw_error *error)
{
    packed->basis_sites = (size_t)lattice->geometry.basis_sites;
    packed->basis = sw_allocate(packed->basis_sites, sizeof *packed->basis);
    packed->seen = sw_allocate(packed->basis_sites, sizeof *packed->seen);
    packed->fed = UINT64_MAX;
    if (!packed->basis || !packed->seen)
        return SW_ERROR_MEMORY;
    sw_status status = sw_packed_lay_out(packed, reason, lattice);
    if (status == SW_OK && !*reason)
        status = sw_packed_plan_events(packed, reason, lattice);
    if (status == SW_OK && !*reason)
        status = sw_packed_patch_create(packed, lattice, error);
    if (status == SW_OK && !*reason)
        status = make_across(packed, &lattice->geometry);
    if (status == SW_OK && !*reason)
        status = make_sites(packed, &lattice->geometry);
    return status;
}

sw_status sw_packed_create(sw_packed **created, const char **reason, sw_lattice *lattice,
                           sw_error *error)
{
    *created = NULL;
    *reason = unsuited(lattice);
    if (*reason)
        return SW_OK;
    sw_packed *packed = sw_allocate(1, sizeof *packed);
    sw_status status = packed ? plan(packed, reason, lattice, error) : SW_ERROR_MEMORY;
    if (status != SW_OK || *reason) {
        sw_packed_destroy(packed);
        return status;
    }
#if defined(__x86_64__)
    packed->fast_gather = __builtin_cpu_supports("bmi2");
#endif
    *created = packed;
    return SW_OK;
}

void sw_packed_destroy(sw_packed *packed)
{
    if (!packed)
        return;
    for (size_t b = 0; b < packed->basis_sites; b++) {
        if (packed->basis) {
            free(packed->basis[b].slot);
            free(packed->basis[b].bin);
        }
        if (packed->seen)
            free(packed->seen[b].list);
    }
    for (size_t e = 0; e < packed->events; e++) {
        free(packed->event[e].rates.rate);
        free(packed->event[e].rates.key);
    }
    for (size_t g = 0; g < packed->groups; g++)
        free(packed->group[g].total);
    for (int d = 0; d < 3; d++)
        free(packed->across[d]);
    sw_packed_patch_destroy(packed->patch);
    sw_packed_bins_clear(&packed->bins);
    free(packed->basis);
    free(packed->seen);
    free(packed->event);
    free(packed->chance);
    free(packed->direct);
    free(packed->group);
    free(packed->update);
    free(packed->site);
    free(packed);
}

void sw_packed_widen_margin(int margin[3], const sw_packed *packed)
{
    for (size_t b = 0; b < packed->basis_sites; b++)
        for (size_t i = 0; i < packed->basis[b].slots; i++)
            for (int d = 0; d < 3; d++) {
                int cells = abs(packed->basis[b].slot[i].step.cell[d]);
                margin[d] = cells > margin[d] ? cells : margin[d];
            }
}
