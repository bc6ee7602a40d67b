/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What neighbours tell each other after a turn. */
#include "lattice/domains/domains.h"

#define TAGS 8 /* by `beyond`, of one receiver */

static bool held(const sw_domains *domains, int number) {
    return number >= domains->first && number < domains->first + domains->held;
}

static sw_parcel address(const sw_domains *domains, const sw_passage *passage, unsigned beyond,
                         bool arriving, const sw_buffer *buffer) {
    int other = arriving ? passage->from : passage->to;
    return (sw_parcel){other / domains->held, passage->to * TAGS + (int)beyond, buffer->data,
                       buffer->size};
}

/* Fills what a domain sends, and says what it gets from other processes. */
static void pack(sw_domains *domains, sw_domain *domain, unsigned sector, unsigned beyond,
                 size_t *outs, size_t *ins) {
    const sw_grid *grid = &domains->grid;
    sw_passage passage;
    if (sw_grid_passage(&passage, grid, domain->number, sector, beyond, false)) {
        sw_buffer *buffer = &domain->out[beyond - 1];
        buffer->size = sw_box_cells(&passage.source) * (size_t)grid->basis_sites;
        sw_domain_copy_out(buffer->data, domain, &passage.source);
        if (!held(domains, passage.to))
            domains->outgoing[(*outs)++] = address(domains, &passage, beyond, false, buffer);
    }
    if (sw_grid_passage(&passage, grid, domain->number, sector, beyond, true) &&
        !held(domains, passage.from)) {
        sw_buffer *buffer = &domain->in[beyond - 1];
        buffer->size = sw_box_cells(&passage.target) * (size_t)grid->basis_sites;
        domains->incoming[(*ins)++] = address(domains, &passage, beyond, true, buffer);
    }
}

static void unpack(sw_domains *domains, sw_domain *domain, unsigned sector) {
    for (unsigned beyond = 1; beyond < domains->grid.sectors; beyond++) {
        sw_passage passage;
        if (!sw_grid_passage(&passage, &domains->grid, domain->number, sector, beyond, true))
            continue;
        const sw_buffer *buffer =
            held(domains, passage.from)
                ? &domains->domain[passage.from - domains->first].out[beyond - 1]
                : &domain->in[beyond - 1];
        sw_domain_take(domain, &passage.target, buffer->data);
    }
}

sw_status sw_domains_exchange(sw_domains *domains, unsigned sector) {
    size_t outs = 0, ins = 0;
    for (int n = 0; n < domains->held; n++)
        for (unsigned beyond = 1; beyond < domains->grid.sectors; beyond++)
            pack(domains, &domains->domain[n], sector, beyond, &outs, &ins);
    sw_status status = domains->link.pass(domains->outgoing, outs, domains->incoming, ins);
    for (int n = 0; n < domains->held && status == SW_OK; n++)
        unpack(domains, &domains->domain[n], sector);
    return status;
}
