/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the gas reaches. Voids are empty sites of one kind with few occupied neighbours; voids
 * joined to an open boundary are open; a site is open when an open void other than itself lies
 * within reach. Kept up to date event by event: opening floods outward, closing asks first
 * whether the neighbours of the closed void are joined to each other, and only if not searches
 * for the boundary.
 */
#include "base/memory.h"
#include "lattice/state.h"

#include <stdlib.h>
#include <string.h>

static bool is_void_kind(const sw_lattice *lattice, int basis) {
    return lattice->geometry.frame->basis[basis].kind == lattice->model->void_rule.kind;
}

static bool is_void(const sw_lattice *lattice, uint32_t site) {
    return site < lattice->geometry.sites && is_void_kind(lattice, lattice->geometry.basis[site]) &&
           lattice->species[site] == SW_EMPTY &&
           lattice->access.crowding[site] <= lattice->model->void_rule.at_most;
}

/* ---- neighbour lists ------------------------------------------------------------------------- */

static sw_status find_steps(sw_lattice *lattice, int basis) {
    const sw_void_rule *rule = &lattice->model->void_rule;
    const sw_geometry *geometry = &lattice->geometry;
    sw_access *access = &lattice->access;
    sw_kind_set kind = (sw_kind_set)1 << rule->kind;
    sw_status status = SW_OK;
    if (SW_IN(rule->kinds, geometry->frame->basis[basis].kind))
        status =
            sw_geometry_shell(&access->crowded[basis], geometry, basis, kind, rule->distance, true);
    if (status != SW_OK || !is_void_kind(lattice, basis))
        return status;
    status = sw_geometry_shell(&access->crowd[basis], geometry, basis, rule->kinds, rule->distance,
                               true);
    if (status == SW_OK)
        status = sw_geometry_shell(&access->next[basis], geometry, basis, kind, rule->step, false);
    if (status == SW_OK)
        status = sw_geometry_shell(&access->reached[basis], geometry, basis, ~(sw_kind_set)0,
                                   rule->reach, true);
    return status;
}

sw_status sw_access_create(sw_lattice *lattice, sw_error *error) {
    sw_access *access = &lattice->access;
    access->present = lattice->model->void_rule.present;
    if (!access->present) {
        memset(lattice->open, 1, lattice->geometry.sites);
        return SW_OK;
    }
    size_t basis = (size_t)lattice->geometry.basis_sites;
    size_t sites = (size_t)lattice->geometry.sites + 1;
    access->crowd = sw_allocate(basis, sizeof *access->crowd);
    access->crowded = sw_allocate(basis, sizeof *access->crowded);
    access->next = sw_allocate(basis, sizeof *access->next);
    access->reached = sw_allocate(basis, sizeof *access->reached);
    access->crowding = sw_allocate(sites, 1);
    access->is_open_void = sw_allocate(sites, 1);
    access->open_near = sw_allocate(sites, 1);
    access->queue = sw_allocate(sites, sizeof *access->queue);
    access->mark = sw_allocate(sites, sizeof *access->mark);
    const bool *periodic = lattice->geometry.frame->periodic;
    access->enclosed = periodic[0] && periodic[1] && periodic[2];
    sw_status status = access->crowd && access->crowded && access->next && access->reached &&
                               access->crowding && access->is_open_void && access->open_near &&
                               access->queue && access->mark
                           ? SW_OK
                           : SW_ERROR_MEMORY;
    for (int b = 0; b < (int)basis && status == SW_OK; b++)
        status = find_steps(lattice, b);
    if (status != SW_OK)
        return sw_error_set(error, status, "gas.void", "make the frame smaller",
                            "not enough memory to follow the gas");
    return SW_OK;
}

void sw_access_clear(sw_access *access, int basis_sites) {
    sw_steps *lists[] = {access->crowd, access->crowded, access->next, access->reached};
    for (size_t l = 0; l < sizeof lists / sizeof *lists; l++) {
        for (int b = 0; lists[l] && b < basis_sites; b++)
            sw_steps_clear(&lists[l][b]);
        free(lists[l]);
    }
    free(access->crowding);
    free(access->is_open_void);
    free(access->open_near);
    free(access->queue);
    free(access->mark);
    memset(access, 0, sizeof *access);
}

/* ---- opening and closing --------------------------------------------------------------------- */

static void set_open_void(sw_lattice *lattice, uint32_t site, bool open) {
    sw_access *access = &lattice->access;
    const sw_steps *reached = &access->reached[lattice->geometry.basis[site]];
    access->is_open_void[site] = open;
    for (size_t i = 0; i < reached->count; i++) {
        uint32_t at = sw_geometry_follow(&lattice->geometry, site, reached->list[i]);
        if (at == lattice->geometry.sites)
            continue;
        access->open_near[at] = (uint8_t)(access->open_near[at] + (open ? 1 : -1));
        sw_lattice_open_changed(lattice, at, access->open_near[at] > 0);
    }
}

static bool at_boundary(const sw_lattice *lattice, uint32_t site) {
    const sw_access *access = &lattice->access;
    if (access->enclosed)
        return true;
    if (lattice->geometry.inner[site])
        return false;
    const sw_steps *next = &access->next[lattice->geometry.basis[site]];
    for (size_t i = 0; i < next->count; i++)
        if (sw_geometry_follow(&lattice->geometry, site, next->list[i]) == lattice->geometry.sites)
            return true;
    return false;
}

/* Opens a void and all closed voids joined to it. */
static void flood(sw_lattice *lattice, uint32_t start) {
    sw_access *access = &lattice->access;
    size_t head = 0, tail = 0;
    access->queue[tail++] = start;
    set_open_void(lattice, start, true);
    while (head < tail) {
        uint32_t site = access->queue[head++];
        const sw_steps *next = &access->next[lattice->geometry.basis[site]];
        for (size_t i = 0; i < next->count; i++) {
            uint32_t at = sw_geometry_follow(&lattice->geometry, site, next->list[i]);
            if (at == lattice->geometry.sites || access->is_open_void[at] || !is_void(lattice, at))
                continue;
            set_open_void(lattice, at, true);
            access->queue[tail++] = at;
        }
    }
}

static bool touches_open(const sw_lattice *lattice, uint32_t site) {
    const sw_steps *next = &lattice->access.next[lattice->geometry.basis[site]];
    for (size_t i = 0; i < next->count; i++)
        if (lattice->access
                .is_open_void[sw_geometry_follow(&lattice->geometry, site, next->list[i])])
            return true;
    return at_boundary(lattice, site);
}

static bool are_next(const sw_lattice *lattice, uint32_t a, uint32_t b) {
    const sw_steps *next = &lattice->access.next[lattice->geometry.basis[a]];
    for (size_t i = 0; i < next->count; i++)
        if (sw_geometry_follow(&lattice->geometry, a, next->list[i]) == b)
            return true;
    return false;
}

#define NEIGHBOURS 64

/* Whether the open neighbours of a closed void are joined through each other. */
static bool joined_locally(const sw_lattice *lattice, const uint32_t *neighbour, size_t count) {
    bool reached[NEIGHBOURS] = {true};
    size_t stack[NEIGHBOURS] = {0}, depth = 1, found = 1;
    while (depth > 0) {
        size_t from = stack[--depth];
        for (size_t i = 0; i < count; i++) {
            if (reached[i] || !are_next(lattice, neighbour[from], neighbour[i]))
                continue;
            reached[i] = true;
            found++;
            stack[depth++] = i;
        }
    }
    return found == count;
}

/* How far out a site lies: larger is nearer to a closed boundary. */
static int outwardness(const sw_lattice *lattice, uint32_t site) {
    int cell[3], best = -1000000;
    sw_geometry_cell(cell, &lattice->geometry, site);
    for (int d = 0; d < 3; d++) {
        if (lattice->geometry.frame->periodic[d])
            continue;
        int out = cell[d] * 2 - lattice->geometry.size[d];
        out = (out < 0 ? -out : out) - lattice->geometry.size[d];
        best = out > best ? out : best;
    }
    return best;
}

/* Searches the open voids joined to `start`, outermost first, until the boundary is met. The
 * sites seen are left in the queue; returns their number, or 0 when the boundary was met. */
static size_t search_boundary(sw_lattice *lattice, uint32_t start) {
    sw_access *access = &lattice->access;
    size_t top = 0, seen = 0, capacity = lattice->geometry.sites;
    access->stamp++;
    access->mark[start] = access->stamp;
    access->queue[capacity - ++top] = start; /* the stack grows down, the list of seen sites up */
    while (top > 0) {
        uint32_t site = access->queue[capacity - top--];
        if (at_boundary(lattice, site))
            return 0;
        access->queue[seen++] = site;
        const sw_steps *next = &access->next[lattice->geometry.basis[site]];
        int best = -2000000;
        for (size_t i = 0; i < next->count; i++) {
            uint32_t at = sw_geometry_follow(&lattice->geometry, site, next->list[i]);
            if (!access->is_open_void[at] || access->mark[at] == access->stamp)
                continue;
            access->mark[at] = access->stamp;
            int out = outwardness(lattice, at);
            size_t place = capacity - ++top;
            access->queue[place] = at;
            if (out < best && top > 1) { /* keep the outermost on top */
                access->queue[place] = access->queue[place + 1];
                access->queue[place + 1] = at;
            } else {
                best = out;
            }
        }
    }
    return seen;
}

static void close_void(sw_lattice *lattice, uint32_t site) {
    sw_access *access = &lattice->access;
    const sw_steps *next = &access->next[lattice->geometry.basis[site]];
    uint32_t neighbour[NEIGHBOURS];
    size_t count = 0;
    set_open_void(lattice, site, false);
    for (size_t i = 0; i < next->count && count < NEIGHBOURS; i++) {
        uint32_t at = sw_geometry_follow(&lattice->geometry, site, next->list[i]);
        if (access->is_open_void[at])
            neighbour[count++] = at;
    }
    bool boundary = at_boundary(lattice, site);
    if (access->enclosed || count == 0 || (!boundary && count == 1))
        return;
    if (!boundary && joined_locally(lattice, neighbour, count))
        return;
    for (size_t i = 0; i < count; i++) {
        if (!access->is_open_void[neighbour[i]])
            continue;
        access->searches++;
        size_t cut_off = search_boundary(lattice, neighbour[i]);
        for (size_t k = 0; k < cut_off; k++)
            set_open_void(lattice, access->queue[k], false);
    }
}

static void update_void(sw_lattice *lattice, uint32_t site) {
    bool now = is_void(lattice, site);
    if (!now && lattice->access.is_open_void[site])
        close_void(lattice, site);
    else if (now && !lattice->access.is_open_void[site] && touches_open(lattice, site))
        flood(lattice, site);
}

void sw_access_changed(sw_lattice *lattice, uint32_t site, int before, int after) {
    int step = (after != SW_EMPTY) - (before != SW_EMPTY);
    if (step == 0)
        return;
    sw_access *access = &lattice->access;
    const sw_steps *crowded = &access->crowded[lattice->geometry.basis[site]];
    for (size_t i = 0; i < crowded->count; i++) {
        uint32_t at = sw_geometry_follow(&lattice->geometry, site, crowded->list[i]);
        if (at < lattice->geometry.sites)
            access->crowding[at] = (uint8_t)(access->crowding[at] + step);
    }
    for (size_t i = 0; i < crowded->count; i++) {
        uint32_t at = sw_geometry_follow(&lattice->geometry, site, crowded->list[i]);
        if (at < lattice->geometry.sites)
            update_void(lattice, at);
    }
    if (is_void_kind(lattice, lattice->geometry.basis[site]))
        update_void(lattice, site);
}

void sw_access_fill(sw_lattice *lattice) {
    sw_access *access = &lattice->access;
    const sw_geometry *geometry = &lattice->geometry;
    if (!access->present)
        return;
    memset(access->crowding, 0, geometry->sites);
    memset(access->is_open_void, 0, geometry->sites);
    memset(access->open_near, 0, geometry->sites);
    memset(lattice->open, 0, geometry->sites);
    for (uint32_t site = 0; site < geometry->sites; site++) {
        const sw_steps *crowd = &access->crowd[geometry->basis[site]];
        for (size_t i = 0; i < crowd->count; i++) {
            int species = lattice->species[sw_geometry_follow(geometry, site, crowd->list[i])];
            bool occupied = species != SW_EMPTY && species < SW_SPECIES_LIMIT;
            access->crowding[site] = (uint8_t)(access->crowding[site] + occupied);
        }
    }
    for (uint32_t site = 0; site < geometry->sites; site++)
        if (is_void(lattice, site) && !access->is_open_void[site] && at_boundary(lattice, site))
            flood(lattice, site);
}
