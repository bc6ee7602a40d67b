/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Making and releasing the packed engine. */
#include "lattice/packed/narrow.h"
#include "lattice/packed/sectors.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

const char *sw_packed_unsuited(const sw_lattice_model *model) {
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

static sw_status plan(sw_packed *packed, const char **reason, sw_lattice *lattice,
                      sw_error *error) {
    packed->basis_sites = (size_t)lattice->geometry.basis_sites;
    packed->basis = sw_allocate(packed->basis_sites, sizeof *packed->basis);
    packed->seen = sw_allocate(packed->basis_sites, sizeof *packed->seen);
    packed->fed = UINT64_MAX;
    if (!packed->basis || !packed->seen)
        return SW_ERROR_MEMORY;
    sw_status status = sw_packed_lay_out(packed, reason, lattice, error);
    if (status == SW_OK && !*reason)
        status = sw_packed_plan_events(packed, reason, lattice);
    if (status == SW_OK && !*reason)
        status = sw_packed_make_sites(packed, reason, lattice);
    return status;
}

sw_status sw_packed_create(sw_packed **created, const char **reason, sw_lattice *lattice,
                           sw_error *error) {
    *created = NULL;
    *reason = sw_packed_unsuited(lattice->model);
    if (*reason)
        return SW_OK;
    sw_packed *packed = sw_allocate(1, sizeof *packed);
    sw_status status = packed ? plan(packed, reason, lattice, error) : SW_ERROR_MEMORY;
    if (status != SW_OK || *reason) {
        sw_packed_destroy(packed);
        return status;
    }
#if defined(__x86_64__)
    packed->fast_gather = __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
#endif
    *created = packed;
    return SW_OK;
}

void sw_packed_destroy(sw_packed *packed) {
    if (!packed)
        return;
    for (size_t b = 0; b < packed->basis_sites; b++) {
        if (packed->basis) {
            free(packed->basis[b].slot);
            if (!packed->basis[b].shared)
                free(packed->basis[b].bin);
        }
        if (packed->seen)
            free(packed->seen[b].list);
    }
    for (size_t e = 0; e < packed->events; e++) {
        if (packed->event[e].shared)
            continue;
        free(packed->event[e].rates.rate);
        free(packed->event[e].rates.key);
    }
    for (size_t g = 0; g < packed->groups; g++)
        if (!packed->group[g].shared)
            free(packed->group[g].total);
    free(packed->stand);
    free(packed->offset);
    sw_packed_patch_destroy(packed->patch);
    sw_packed_sectors_destroy(packed);
    sw_packed_bins_clear(&packed->bins);
    sw_narrow_destroy(packed->narrow);
    free(packed->basis);
    free(packed->seen);
    free(packed->event);
    free(packed->chance);
    free(packed->direct);
    free(packed->own_mask);
    free(packed->lookup);
    free(packed->group);
    free(packed->update);
    free(packed->further_mask);
    free(packed->part);
    free(packed->gate);
    free(packed->number);
    free(packed->further);
    free(packed->site);
    free(packed);
}

void sw_packed_widen_margin(int margin[3], const sw_packed *packed) {
    for (size_t b = 0; b < packed->basis_sites; b++)
        for (size_t i = 0; i < packed->basis[b].slots; i++)
            for (int d = 0; d < 3; d++) {
                int cells = abs(packed->basis[b].slot[i].step.cell[d]);
                margin[d] = cells > margin[d] ? cells : margin[d];
            }
}
