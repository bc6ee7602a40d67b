/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What all processes do together: each with the domains that it holds, the first also with the
 * whole. Whatever can fail is agreed upon before anybody waits for anybody.
 */
#include "lattice/domains/domains.h"

#include "base/memory.h"
#include "lattice/saved_state.h"

#include <stdlib.h>
#include <string.h>

static bool leads(const sw_domains *domains) {
    return domains->link.process == 0;
}

static sw_domain *held_domain(const sw_domains *domains, int number) {
    int n = number - domains->first;
    return n >= 0 && n < domains->held ? &domains->domain[n] : NULL;
}

static size_t domain_sites(const sw_domains *domains, const sw_block *block) {
    size_t sites = (size_t)domains->grid.basis_sites;
    for (int d = 0; d < 3; d++)
        sites *= (size_t)block->size[d];
    return sites;
}

sw_status sw_domains_agree(const sw_domains *domains, sw_status status, sw_error *error) {
    int own = (int)status, all[SW_GRID_DOMAINS];
    sw_status passed = domains->link.collect(all, &own, sizeof own);
    for (int p = 0; p < domains->link.processes && passed == SW_OK; p++)
        passed = (sw_status)all[p];
    bool told = status != SW_OK && error && error->code == status;
    if (passed == SW_OK || told)
        return passed;
    return sw_error_set(error, passed, "run.domains", NULL, "a domain cannot go on: %s",
                        sw_status_name(passed));
}

/* ---- making ---------------------------------------------------------------------------------- */

static sw_status make_parts(sw_domains *domains, sw_error *error) {
    size_t held = (size_t)domains->held, parcels = held * SW_GRID_NEIGHBOURS;
    domains->domain = sw_allocate(held, sizeof *domains->domain);
    domains->tally = sw_allocate((size_t)domains->grid.count, sizeof *domains->tally);
    domains->outgoing = sw_allocate(parcels, sizeof *domains->outgoing);
    domains->incoming = sw_allocate(parcels, sizeof *domains->incoming);
    int threads = domains->link.processes == 1 ? sw_context_threads(domains->context) : 1;
    domains->team = sw_team_create(threads < domains->held ? threads : domains->held);
    if (!domains->domain || !domains->tally || !domains->outgoing || !domains->incoming ||
        !domains->team)
        return sw_error_set(error, SW_ERROR_MEMORY, "run.domains", "make the frame smaller",
                            "not enough memory for %d domains", domains->held);
    sw_status status = SW_OK;
    for (int n = 0; n < domains->held && status == SW_OK; n++)
        status = sw_domain_create(&domains->domain[n], &domains->grid, domains->first + n,
                                  domains->model, domains->seed, error);
    return status;
}

sw_status sw_domains_make_parts(sw_domains *domains, sw_error *error) {
    domains->held = domains->grid.count / domains->link.processes;
    domains->first = domains->link.process * domains->held;
    return sw_domains_agree(domains, make_parts(domains, error), error);
}

void sw_domains_clear_parts(sw_domains *domains) {
    for (int n = 0; domains->domain && n < domains->held; n++)
        sw_domain_destroy(&domains->domain[n]);
    sw_team_destroy(domains->team);
    free(domains->domain);
    free(domains->tally);
    free(domains->outgoing);
    free(domains->incoming);
    domains->team = NULL;
    domains->domain = NULL;
    domains->tally = NULL;
    domains->outgoing = domains->incoming = NULL;
    domains->held = 0;
}

/* ---- species --------------------------------------------------------------------------------- */

static size_t whole_site(const sw_grid *grid, int x, int y, int z) {
    size_t cell =
        ((size_t)z * (size_t)grid->size[1] + (size_t)y) * (size_t)grid->size[0] + (size_t)x;
    return cell * (size_t)grid->basis_sites;
}

static int wrap(int cell, int size) {
    return (cell % size + size) % size;
}

/* The species of a block and its halo, from the whole. */
static void cut_out(uint8_t *species, const sw_domains *domains, const sw_block *block) {
    const sw_grid *grid = &domains->grid;
    size_t basis = (size_t)grid->basis_sites;
    int corner[3];
    for (int d = 0; d < 3; d++)
        corner[d] = block->first[d] - block->before[d];
    for (int z = 0; z < block->size[2]; z++)
        for (int y = 0; y < block->size[1]; y++)
            for (int x = 0; x < block->size[0]; x++, species += basis) {
                size_t site = whole_site(grid, wrap(corner[0] + x, grid->size[0]),
                                         wrap(corner[1] + y, grid->size[1]),
                                         wrap(corner[2] + z, grid->size[2]));
                memcpy(species, domains->whole->species + site, basis);
            }
}

/* The species that a block owns, into the whole. */
static void put_back(const sw_domains *domains, const sw_block *block, const uint8_t *species) {
    const sw_grid *grid = &domains->grid;
    size_t row = (size_t)block->owned[0] * (size_t)grid->basis_sites;
    for (int z = 0; z < block->owned[2]; z++)
        for (int y = 0; y < block->owned[1]; y++, species += row)
            memcpy(domains->whole->species +
                       whole_site(grid, block->first[0], block->first[1] + y, block->first[2] + z),
                   species, row);
}

/* The first process cuts out the start of each domain; its own it keeps. */
static sw_status deal_start(sw_domains *domains, uint8_t *species) {
    sw_status status = SW_OK;
    for (int number = 0; number < domains->grid.count && status == SW_OK; number++) {
        sw_block block = sw_grid_block(&domains->grid, number);
        sw_domain *domain = held_domain(domains, number);
        if (leads(domains))
            cut_out(species, domains, &block);
        if (leads(domains) && !domain)
            status =
                domains->link.send(number / domains->held, species, domain_sites(domains, &block));
        else if (!leads(domains) && domain)
            status = domains->link.receive(0, species, domain_sites(domains, &block));
        if (status == SW_OK && domain)
            domain->status = sw_domain_fill(domain, species);
    }
    return status;
}

/* Room for the species of any domain. */
static uint8_t *make_room(const sw_domains *domains) {
    size_t most = 1;
    for (int number = 0; number < domains->grid.count; number++) {
        sw_block block = sw_grid_block(&domains->grid, number);
        size_t sites = domain_sites(domains, &block);
        most = sites > most ? sites : most;
    }
    return sw_allocate(most, 1);
}

sw_status sw_domains_deal(sw_domains *domains, sw_error *error) {
    uint8_t *species = make_room(domains);
    sw_status status = sw_domains_agree(domains, species ? SW_OK : SW_ERROR_MEMORY, error);
    if (status == SW_OK && species)
        status = deal_start(domains, species);
    free(species);
    return status == SW_OK ? sw_domains_count(domains, error) : status;
}

/* ---- looking --------------------------------------------------------------------------------- */

static void add_counts(sw_process_counts *sum, const sw_process_counts *counts, size_t processes) {
    for (size_t p = 0; p < processes; p++) {
        sum[p].forward += counts[p].forward;
        sum[p].reverse += counts[p].reverse;
    }
}

/* One domain's species and counts: as they are, or from another process. */
static sw_status take_part(sw_domains *domains, int number, uint8_t *species,
                           sw_process_counts *counts) {
    size_t processes = domains->model->processes, bytes = processes * sizeof *counts;
    sw_block block = sw_grid_block(&domains->grid, number);
    sw_domain *domain = held_domain(domains, number);
    sw_box owned = sw_block_owned(&block);
    size_t sites = sw_box_cells(&owned) * (size_t)domains->grid.basis_sites;
    sw_status status = SW_OK;
    if (domain) {
        sw_domain_copy_out(species, domain, &owned);
        memcpy(counts, domain->lattice->counts, bytes);
    }
    if (domain && !leads(domains)) {
        status = domains->link.send(0, species, sites);
        return status == SW_OK ? domains->link.send(0, counts, bytes) : status;
    }
    if (!leads(domains))
        return SW_OK;
    if (!domain)
        status = domains->link.receive(number / domains->held, species, sites);
    if (!domain && status == SW_OK)
        status = domains->link.receive(number / domains->held, counts, bytes);
    if (status == SW_OK) {
        put_back(domains, &block, species);
        add_counts(domains->whole->counts, counts, processes);
    }
    return status;
}

sw_status sw_domains_gather(sw_domains *domains, sw_error *error) {
    size_t processes = domains->model->processes;
    uint8_t *species = make_room(domains);
    sw_process_counts *counts = sw_allocate(processes, sizeof *counts);
    sw_status status =
        sw_domains_agree(domains, species && counts ? SW_OK : SW_ERROR_MEMORY, error);
    if (status == SW_OK && leads(domains))
        memset(domains->whole->counts, 0, processes * sizeof *counts);
    for (int number = 0; species && counts && number < domains->grid.count && status == SW_OK;
         number++)
        status = take_part(domains, number, species, counts);
    free(species);
    free(counts);
    return status;
}

/* ---- saved states ---------------------------------------------------------------------------- */

/* Room for `size` bytes that are then received. */
static sw_status widen(sw_bytes *bytes, uint64_t size) {
    if (!sw_reserve(&bytes->data, &bytes->capacity, (size_t)size, 1))
        return SW_ERROR_MEMORY;
    bytes->size = (size_t)size;
    return SW_OK;
}

static sw_status write_own(sw_domains *domains, sw_bytes *own, sw_bytes *bytes) {
    sw_status status = SW_OK;
    for (int n = 0; n < domains->held && status == SW_OK; n++)
        status = sw_saved_state_write(domains->domain[n].lattice,
                                      leads(domains) ? &bytes[domains->first + n] : own);
    return status;
}

sw_status sw_domains_collect_states(sw_domains *domains, sw_bytes *bytes, sw_error *error) {
    sw_bytes own = {0};
    uint64_t size[SW_GRID_DOMAINS] = {0};
    sw_status status = sw_domains_agree(domains, write_own(domains, &own, bytes), error);
    if (status == SW_OK) {
        uint64_t mine = own.size;
        status = domains->link.collect(size, &mine, sizeof mine);
    }
    for (int p = 1; leads(domains) && p < domains->link.processes && status == SW_OK; p++)
        status = widen(&bytes[p], size[p]);
    status = sw_domains_agree(domains, status, error);
    for (int p = 1; leads(domains) && p < domains->link.processes && status == SW_OK; p++)
        status = domains->link.receive(p, bytes[p].data, bytes[p].size);
    if (!leads(domains) && status == SW_OK)
        status = domains->link.send(0, own.data, own.size);
    sw_bytes_clear(&own);
    return status;
}

static sw_status read_own(sw_domains *domains, const sw_bytes *own, const sw_bytes *bytes,
                          sw_error *error) {
    sw_status status = SW_OK;
    for (int n = 0; n < domains->held && status == SW_OK; n++) {
        const sw_bytes *state = leads(domains) ? &bytes[domains->first + n] : own;
        status = sw_saved_state_read(domains->domain[n].lattice, state->data, state->size, error);
    }
    return status;
}

sw_status sw_domains_deal_states(sw_domains *domains, const sw_bytes *bytes, sw_error *error) {
    sw_bytes own = {0};
    uint64_t size[SW_GRID_DOMAINS] = {0};
    for (int p = 0; leads(domains) && p < domains->grid.count; p++)
        size[p] = bytes[p].size;
    sw_status status = domains->link.share(size, sizeof size);
    if (status == SW_OK && !leads(domains))
        status = widen(&own, size[domains->first]);
    status = sw_domains_agree(domains, status, error);
    for (int p = 1; leads(domains) && p < domains->link.processes && status == SW_OK; p++)
        status = domains->link.send(p, bytes[p].data, bytes[p].size);
    if (!leads(domains) && status == SW_OK)
        status = domains->link.receive(0, own.data, own.size);
    if (status == SW_OK)
        status = sw_domains_agree(domains, read_own(domains, &own, bytes, error), error);
    sw_bytes_clear(&own);
    return status == SW_OK ? sw_domains_count(domains, error) : status;
}
