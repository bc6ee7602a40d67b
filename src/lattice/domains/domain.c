/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lattice/domains/domain.h"

#include "base/memory.h"
#include "base/random.h"
#include "lattice/packed/sectors.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define STREAM_DOMAINS 21

/* ---- making ---------------------------------------------------------------------------------- */

/* Every domain has random numbers of its own. */
static uint64_t seed_of(uint64_t seed, int number) {
    uint32_t words[4];
    sw_philox(words, seed, STREAM_DOMAINS, (uint64_t)number);
    return (uint64_t)words[1] << 32 | words[0];
}

/* The start comes from the whole, so the structure is left out. */
static void set_model(sw_domain *domain, const sw_lattice_model *model) {
    domain->model = *model;
    memcpy(domain->model.frame.size, domain->block.size, sizeof domain->block.size);
    domain->model.structure = (sw_structure){0};
    domain->model.run.engine = SW_ENGINE_PACKED;
}

static sw_status mark_sectors(const sw_domain *domain, const sw_grid *grid) {
    uint8_t *of = sw_allocate(domain->lattice->geometry.sites, 1);
    if (!of)
        return SW_ERROR_MEMORY;
    memset(of, SW_NO_SECTOR, domain->lattice->geometry.sites);
    for (unsigned s = 0; s < grid->sectors; s++) {
        sw_box box = sw_grid_sector(grid, &domain->block, s);
        size_t row = (size_t)(box.high[0] - box.low[0]) * (size_t)grid->basis_sites;
        for (int z = box.low[2]; z < box.high[2]; z++)
            for (int y = box.low[1]; y < box.high[1]; y++)
                memset(of + sw_domain_site(domain, box.low[0], y, z), (int)s, row);
    }
    sw_status status = sw_packed_divide(domain->lattice, of, grid->sectors);
    free(of);
    return status;
}

/* Room for the largest parcel of each kind, so that nothing can fail between turns. */
static sw_status make_buffers(sw_domain *domain, const sw_grid *grid) {
    for (unsigned sector = 0; sector < grid->sectors; sector++)
        for (unsigned beyond = 1; beyond < grid->sectors; beyond++)
            for (int arriving = 0; arriving < 2; arriving++) {
                sw_buffer *buffer = &(arriving ? domain->in : domain->out)[beyond - 1];
                sw_passage passage;
                if (!sw_grid_passage(&passage, grid, domain->number, sector, beyond, arriving))
                    continue;
                size_t sites = sw_box_cells(&passage.source) * (size_t)grid->basis_sites;
                if (!sw_reserve(&buffer->data, &buffer->capacity, sites, 1))
                    return SW_ERROR_MEMORY;
            }
    return SW_OK;
}

/* Says why in the terms of who asked for domains. */
static sw_status explain(const sw_error *local, sw_error *error) {
    if (strcmp(local->place, "run.engine") != 0) {
        if (error)
            *error = *local;
        return local->code;
    }
    return sw_error_set(error, SW_ERROR_UNSUPPORTED, "run.domains",
                        "run the model without domains; replicas use more processors too",
                        "domains need the packed engine: %s", local->message);
}

sw_status sw_domain_create(sw_domain *domain, const sw_grid *grid, int number,
                           const sw_lattice_model *model, uint64_t seed, sw_error *error) {
    sw_error local = {0};
    domain->number = number;
    domain->block = sw_grid_block(grid, number);
    set_model(domain, model);
    sw_status status =
        sw_lattice_create(&domain->lattice, &domain->model, seed_of(seed, number), NULL, &local);
    if (status != SW_OK)
        return explain(&local, error);
    status = mark_sectors(domain, grid);
    if (status == SW_OK)
        status = make_buffers(domain, grid);
    if (status != SW_OK)
        return sw_error_set(error, status, "run.domains", "make the frame smaller",
                            "not enough memory for a domain");
    return SW_OK;
}

void sw_domain_destroy(sw_domain *domain) {
    sw_lattice_destroy(domain->lattice);
    for (int n = 0; n < SW_GRID_NEIGHBOURS; n++) {
        free(domain->out[n].data);
        free(domain->in[n].data);
    }
    *domain = (sw_domain){0};
}

sw_status sw_domain_fill(sw_domain *domain, const uint8_t *species) {
    sw_lattice *lattice = domain->lattice;
    memcpy(lattice->species, species, lattice->geometry.sites);
    sw_energy_count(&lattice->energy, lattice->species);
    return sw_lattice_rebuild(lattice);
}

/* ---- turns ----------------------------------------------------------------------------------- */

void sw_domain_run_turn(sw_domain *domain, unsigned sector, double from, double until) {
    sw_lattice *lattice = domain->lattice;
    double condition = lattice->next_condition;
    bool finished;
    sw_packed_take_turn(lattice, sector);
    lattice->time = from;
    lattice->next_condition = INFINITY; /* the programme goes on between turns */
    sw_status status = sw_packed_advance(lattice, (sw_horizon){until, UINT64_MAX}, &finished, NULL);
    lattice->next_condition = condition;
    if (domain->status == SW_OK)
        domain->status = status;
}

size_t sw_domain_site(const sw_domain *domain, int x, int y, int z) {
    const int *size = domain->block.size;
    size_t cell = ((size_t)z * (size_t)size[1] + (size_t)y) * (size_t)size[0] + (size_t)x;
    return cell * (size_t)domain->lattice->geometry.basis_sites;
}

static size_t row_sites(const sw_domain *domain, const sw_box *box) {
    return (size_t)(box->high[0] - box->low[0]) * (size_t)domain->lattice->geometry.basis_sites;
}

static void take_row(sw_lattice *lattice, size_t first, const uint8_t *species, size_t sites) {
    if (memcmp(lattice->species + first, species, sites) == 0)
        return;
    for (size_t i = 0; i < sites; i++) {
        uint8_t before = lattice->species[first + i];
        if (before == species[i])
            continue;
        lattice->species[first + i] = species[i];
        sw_packed_changed(lattice, (uint32_t)(first + i), before, species[i]);
    }
}

void sw_domain_take(sw_domain *domain, const sw_box *box, const uint8_t *species) {
    size_t row = row_sites(domain, box);
    for (int z = box->low[2]; row > 0 && z < box->high[2]; z++)
        for (int y = box->low[1]; y < box->high[1]; y++, species += row)
            take_row(domain->lattice, sw_domain_site(domain, box->low[0], y, z), species, row);
}

void sw_domain_copy_out(uint8_t *species, const sw_domain *domain, const sw_box *box) {
    size_t row = row_sites(domain, box);
    for (int z = box->low[2]; row > 0 && z < box->high[2]; z++)
        for (int y = box->low[1]; y < box->high[1]; y++, species += row)
            memcpy(species, domain->lattice->species + sw_domain_site(domain, box->low[0], y, z),
                   row);
}

void sw_domain_end_turn(sw_domain *domain) {
    sw_packed_settle(domain->lattice);
    if (domain->status == SW_OK)
        domain->status = domain->lattice->packed->status;
}

void sw_domain_pass_time(sw_domain *domain, double time) {
    sw_lattice *lattice = domain->lattice;
    sw_packed_take_turn(lattice, 0);
    lattice->time = time;
    sw_status status = sw_gas_follow(lattice, 0.0, NULL);
    if (status == SW_OK &&
        memcmp(lattice->packed->pressure, lattice->pressure, sizeof lattice->pressure) != 0)
        status = sw_lattice_rebuild(lattice);
    if (domain->status == SW_OK)
        domain->status = status;
}
