/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the inner loop reads to find a site's total. Every site, whatever it holds, makes the same
 * number of look-ups, some of them in a table of a lone zero: a number of turns that depends on
 * what the site holds cannot be foretold and would cost more. A table of a lone minus zero, a gate
 * that is always open, stands for groups that do not fit here.
 */
#include "base/memory.h"
#include "lattice/packed/packed.h"

#define MOST_LOOKUPS 4

static const double nothing = 0.0, always_open = -0.0;

/* Whether a group is a table over bits of the first word. */
static bool plain(const sw_packed_group *group) {
    return group->total && group->index.gathers == 0 && group->index.numbers == 0;
}

/* The open groups of an own are looked up if all of them can be. */
static bool all_plain(const sw_packed *packed, const sw_packed_own *own) {
    for (unsigned g = 0; g < own->open_groups; g++)
        if (!plain(&packed->group[own->first_group + g]))
            return false;
    return own->open_groups <= MOST_LOOKUPS;
}

static void fill_lookups(sw_packed_lookup *lookup, const sw_packed *packed, sw_packed_own *own) {
    bool fits = all_plain(packed, own);
    own->first_further = fits ? own->open_groups : 0;
    for (unsigned i = 0; i < packed->lookups; i++)
        lookup[i] = (sw_packed_lookup){0, i == 0 && !fits ? &always_open : &nothing};
    for (unsigned g = 0; g < own->first_further; g++) {
        const sw_packed_group *group = &packed->group[own->first_group + g];
        lookup[g] = (sw_packed_lookup){group->index.bits, group->total};
    }
}

static void count_lookups(sw_packed *packed) {
    packed->lookups = 1;
    packed->all_direct = true;
    for (size_t b = 0; b < packed->basis_sites; b++) {
        const sw_packed_basis *basis = &packed->basis[b];
        packed->all_direct = packed->all_direct && (basis->bin || basis->slots == 0);
        packed->direct[b] = basis->bin;
        packed->own_mask[b] = basis->own_mask;
        for (int class = 0; class < SW_SPECIES_LIMIT; class ++)
            if (all_plain(packed, &basis->own[class]) &&
                basis->own[class].open_groups > packed->lookups)
                packed->lookups = basis->own[class].open_groups;
    }
}

sw_status sw_packed_make_lookups(sw_packed *packed) {
    packed->direct = sw_allocate(packed->basis_sites, sizeof *packed->direct);
    packed->own_mask = sw_allocate(packed->basis_sites, sizeof *packed->own_mask);
    if (!packed->direct || !packed->own_mask)
        return SW_ERROR_MEMORY;
    count_lookups(packed);
    size_t owns = packed->basis_sites * SW_SPECIES_LIMIT;
    packed->lookup = sw_allocate(owns * packed->lookups, sizeof *packed->lookup);
    if (!packed->lookup)
        return SW_ERROR_MEMORY;
    for (size_t own = 0; own < owns; own++)
        fill_lookups(packed->lookup + own * packed->lookups, packed,
                     &packed->basis[own / SW_SPECIES_LIMIT].own[own % SW_SPECIES_LIMIT]);
    return SW_OK;
}
