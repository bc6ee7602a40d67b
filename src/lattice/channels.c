/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plain version: every open channel by enumeration, and the audit of the fast engine. */
#include "base/memory.h"
#include "lattice/packed/packed.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

double sw_lattice_multiplier(const sw_lattice *lattice, const sw_pattern *pattern, uint32_t site) {
    const sw_class *class = &lattice->class[pattern->class];
    double value = sw_class_activity(lattice, pattern->class);
    if (class->field)
        value *= (double)lattice->supply.field[site];
    if (class->shared)
        value *= sw_supply_factor(lattice, class, sw_supply_density(lattice, site, class->supply));
    return value;
}

sw_status sw_lattice_channels(sw_channel **channels, size_t *count, sw_lattice *lattice) {
    size_t capacity = 0;
    *channels = NULL;
    *count = 0;
    for (uint32_t site = 0; site < lattice->geometry.sites; site++) {
        int basis = lattice->geometry.basis[site];
        for (size_t p = lattice->patterns.first[basis]; p < lattice->patterns.first[basis + 1];
             p++) {
            const sw_pattern *pattern = &lattice->patterns.list[p];
            sw_channel channel = {0};
            channel.rate = sw_rates_channel(lattice, site, pattern, &channel);
            if (channel.rate > 0.0)
                channel.rate *= sw_lattice_multiplier(lattice, pattern, site);
            if (channel.rate <= 0.0)
                continue;
            if (!sw_reserve(channels, &capacity, *count + 1, sizeof **channels)) {
                free(*channels);
                *channels = NULL;
                return SW_ERROR_MEMORY;
            }
            (*channels)[(*count)++] = channel;
        }
    }
    return SW_OK;
}

static sw_status audit_error(sw_error *error, uint32_t site, const char *what, double kept,
                             double right) {
    char place[32];
    snprintf(place, sizeof place, "site %u", site);
    return sw_error_set(error, SW_ERROR_NUMERIC, place, "this is a defect of the program",
                        "%s is kept as %.17g but should be %.17g", what, kept, right);
}

static sw_status audit_site(sw_lattice *lattice, uint32_t site, sw_error *error) {
    double totals[SW_CLASS_LIMIT];
    if (lattice->codes.code[site] != sw_codes_of(lattice, site))
        return audit_error(error, site, "the site code", (double)lattice->codes.code[site],
                           (double)sw_codes_of(lattice, site));
    sw_rates_totals(lattice, site, totals);
    for (size_t c = 0; c < lattice->classes; c++) {
        const sw_selection *selection = &lattice->selection[c];
        double right = totals[c];
        if (lattice->class[c].field)
            right *= (double)lattice->supply.field[site];
        double kept = selection->bin_of[site] == SW_NO_BIN ? 0.0 : selection->rate[site];
        if (fabs(kept - right) > 1e-9 * fabs(right) + SW_LOWEST_RATE)
            return audit_error(error, site, "the rate", kept, right);
    }
    return SW_OK;
}

/* Floods anew; what that finds must be what was kept. */
static sw_status audit_access(sw_lattice *lattice, sw_error *error) {
    size_t sites = lattice->geometry.sites;
    uint8_t *kept = sw_allocate(sites + 1, 1);
    if (!kept)
        return SW_ERROR_MEMORY;
    memcpy(kept, lattice->open, sites);
    sw_access_fill(lattice);
    sw_status status = SW_OK;
    for (uint32_t site = 0; site < sites && status == SW_OK; site++)
        if (kept[site] != lattice->open[site])
            status = audit_error(error, site, "the gas's access", kept[site], lattice->open[site]);
    free(kept);
    lattice->touches = 0;
    memset(lattice->touch_mark, 0, sites);
    sw_codes_fill(lattice);
    return status;
}

sw_status sw_lattice_audit(sw_lattice *lattice, sw_error *error) {
    uint32_t wrong = sw_energy_audit(&lattice->energy, lattice->species);
    if (wrong)
        return audit_error(error, wrong - 1, "a count of the energetics", 0.0, 1.0);
    if (lattice->packed)
        return sw_packed_audit(lattice, error);
    sw_status status = SW_OK;
    for (uint32_t site = 0; site < lattice->geometry.sites && status == SW_OK; site++)
        if (lattice->patterns.first[lattice->geometry.basis[site]] <
            lattice->patterns.first[lattice->geometry.basis[site] + 1])
            status = audit_site(lattice, site, error);
    return status == SW_OK ? audit_access(lattice, error) : status;
}
