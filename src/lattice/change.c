/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lattice/packed/packed.h"
#include "lattice/superbasin/superbasin.h"

#include <string.h>

#define AHEAD 6 /* look-ups that are fetched before their turn */

void sw_lattice_change(sw_lattice *lattice, uint32_t site, int species) {
    int before = lattice->species[site];
    if (before == species)
        return;
    sw_energy_apply(&lattice->energy, lattice->species, site, species);
    if (lattice->packed) {
        sw_packed_changed(lattice, site, before, species);
        return;
    }
    sw_codes_species_changed(lattice, site, before, species);
    if (lattice->access.present)
        sw_access_changed(lattice, site, before, species);
}

void sw_lattice_open_changed(sw_lattice *lattice, uint32_t site, bool open) {
    if (lattice->open[site] == open)
        return;
    lattice->open[site] = open;
    sw_codes_open_changed(lattice, site);
}

sw_status sw_lattice_set_rates(sw_lattice *lattice, uint32_t site) {
    bool known;
    double *totals = sw_memo_find(&lattice->memo, lattice->codes.code[site], &known);
    if (!known)
        sw_rates_totals(lattice, site, totals);
    bool active = false;
    sw_status status = SW_OK;
    for (size_t c = 0; c < lattice->classes && status == SW_OK; c++) {
        double rate = totals[c];
        active = active || rate > 0.0;
        if (lattice->class[c].field)
            rate *= (double)lattice->supply.field[site];
        status = sw_selection_set(&lattice->selection[c], site, rate);
    }
    lattice->active[site] = active;
    return status;
}

static bool has_patterns(const sw_lattice *lattice, uint32_t site) {
    int basis = lattice->geometry.basis[site];
    return lattice->patterns.first[basis] < lattice->patterns.first[basis + 1];
}

sw_status sw_lattice_settle(sw_lattice *lattice) {
    sw_status status = lattice->packed ? lattice->packed->status : SW_OK;
    for (size_t i = 0; i < lattice->touches; i++) {
        uint32_t site = lattice->touched[i];
        if (i + AHEAD < lattice->touches)
            sw_memo_fetch(&lattice->memo, lattice->codes.code[lattice->touched[i + AHEAD]]);
        bool look = (lattice->touch_mark[site] & 2) || lattice->active[site];
        lattice->touch_mark[site] = 0;
        if (look && status == SW_OK && has_patterns(lattice, site))
            status = sw_lattice_set_rates(lattice, site);
    }
    lattice->touches = 0;
    return status;
}

sw_status sw_lattice_rebuild(sw_lattice *lattice) {
    if (lattice->packed)
        return sw_packed_rebuild(lattice);
    sw_superbasin_leave(lattice->superbasin);
    sw_memo_forget(&lattice->memo);
    for (size_t c = 0; c < lattice->classes; c++)
        sw_selection_empty(&lattice->selection[c]);
    memset(lattice->active, 0, lattice->geometry.sites);
    sw_codes_fill(lattice);
    lattice->touches = 0;
    memset(lattice->touch_mark, 0, lattice->geometry.sites);
    sw_status status = SW_OK;
    for (uint32_t site = 0; site < lattice->geometry.sites && status == SW_OK; site++)
        if (has_patterns(lattice, site))
            status = sw_lattice_set_rates(lattice, site);
    return status;
}
