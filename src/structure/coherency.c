/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/coherency.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct sw_across {
    double distance;
    uint32_t atom;
    size_t bond; /* in the lists of neighbours */
} sw_across;

typedef struct sw_domain_work {
    sw_coherency *coherency;
    const sw_neighbours *neighbours;
    const bool *first_side;
    const uint8_t *side;
    const sw_coherency_options *options;
    size_t *bond;     /* [atoms] that an atom of the first side is assigned along */
    bool *taken;      /* [atoms] of the second side */
    uint32_t *queue;  /* [atoms] */
    sw_across *bonds; /* across */
    size_t count;
} sw_domain_work;

static int by_distance(const void *a, const void *b) {
    const sw_across *left = a, *right = b;
    if (left->distance != right->distance)
        return left->distance < right->distance ? -1 : 1;
    return left->bond < right->bond ? -1 : left->bond > right->bond;
}

static sw_status list_bonds(sw_domain_work *work) {
    const sw_neighbours *near = work->neighbours;
    size_t capacity = 0;
    for (size_t i = 0; i < near->atoms; i++)
        for (size_t k = near->first[i]; work->first_side[i] && k < near->first[i + 1]; k++) {
            if (work->side[near->index[k]] != 2)
                continue;
            if (!sw_reserve(&work->bonds, &capacity, work->count + 1, sizeof *work->bonds))
                return SW_ERROR_MEMORY;
            work->bonds[work->count++] = (sw_across){near->distance[k], (uint32_t)i, k};
        }
    if (work->count > 0)
        qsort(work->bonds, work->count, sizeof *work->bonds, by_distance);
    return SW_OK;
}

static void assign(sw_domain_work *work, uint32_t atom, size_t bond, uint32_t domain) {
    work->coherency->domain[atom] = domain;
    work->coherency->partner[atom] = work->neighbours->index[bond];
    work->bond[atom] = bond;
    work->taken[work->neighbours->index[bond]] = true;
}

/* The free bond of an atom that goes on as `bond` does, or SIZE_MAX. */
static size_t continuing(const sw_domain_work *work, size_t atom, const double bond[3]) {
    const sw_neighbours *near = work->neighbours;
    double tolerance = work->options->tolerance * work->options->distance;
    double least = tolerance * tolerance;
    size_t best = SIZE_MAX;
    for (size_t k = near->first[atom]; k < near->first[atom + 1]; k++) {
        double away = 0.0;
        if (work->side[near->index[k]] != 2 || work->taken[near->index[k]])
            continue;
        for (int d = 0; d < 3; d++)
            away += (near->vector[k][d] - bond[d]) * (near->vector[k][d] - bond[d]);
        if (away < least) {
            least = away;
            best = k;
        }
    }
    return best;
}

/* Grows a domain from a bond; how many atoms are in the queue then. */
static size_t grow(sw_domain_work *work, const sw_across *seed, uint32_t domain) {
    const sw_neighbours *near = work->neighbours;
    size_t head = 0, tail = 0;
    assign(work, seed->atom, seed->bond, domain);
    work->queue[tail++] = seed->atom;
    while (head < tail) {
        uint32_t atom = work->queue[head++];
        for (size_t k = near->first[atom]; k < near->first[atom + 1]; k++) {
            uint32_t other = near->index[k];
            if (!work->first_side[other] || work->coherency->domain[other] != SW_NO_DOMAIN)
                continue;
            size_t bond = continuing(work, other, near->vector[work->bond[atom]]);
            if (bond == SIZE_MAX)
                continue;
            assign(work, other, bond, domain);
            work->queue[tail++] = other;
        }
    }
    return tail;
}

static void give_up(sw_domain_work *work, size_t atom) {
    work->taken[work->coherency->partner[atom]] = false;
    work->coherency->domain[atom] = work->coherency->partner[atom] = SW_NO_DOMAIN;
}

/* Small domains are given up only after all have grown, so that they cannot be grown again. */
static void find_domains(sw_domain_work *work, size_t *size) {
    sw_coherency *coherency = work->coherency;
    for (size_t b = 0; b < work->count; b++) {
        const sw_across *seed = &work->bonds[b];
        if (coherency->domain[seed->atom] != SW_NO_DOMAIN ||
            work->taken[work->neighbours->index[seed->bond]])
            continue;
        size[coherency->domains] = grow(work, seed, (uint32_t)coherency->domains);
        coherency->domains++;
    }
    for (size_t i = 0; i < coherency->atoms; i++)
        if (coherency->domain[i] != SW_NO_DOMAIN &&
            size[coherency->domain[i]] < work->options->smallest)
            give_up(work, i);
}

/* ---- numbering ------------------------------------------------------------------------------- */

typedef struct sw_domain_rank {
    size_t atoms;
    uint32_t number, first;
} sw_domain_rank;

static int by_size(const void *a, const void *b) {
    const sw_domain_rank *left = a, *right = b;
    if (left->atoms != right->atoms)
        return left->atoms > right->atoms ? -1 : 1;
    return left->first < right->first ? -1 : left->first > right->first;
}

static sw_status number(sw_coherency *coherency, const size_t *size, size_t smallest) {
    size_t before = coherency->domains;
    sw_domain_rank *rank = sw_allocate(before, sizeof *rank);
    uint32_t *new_number = sw_allocate(before, sizeof *new_number);
    coherency->domains = 0;
    for (size_t d = 0; rank && new_number && d < before; d++)
        rank[d] = (sw_domain_rank){size[d] < smallest ? 0 : size[d], (uint32_t)d, UINT32_MAX};
    for (size_t i = coherency->atoms; rank && new_number && i-- > 0;)
        if (coherency->domain[i] != SW_NO_DOMAIN)
            rank[coherency->domain[i]].first = (uint32_t)i;
    if (rank && new_number && before > 0)
        qsort(rank, before, sizeof *rank, by_size);
    for (size_t d = 0; rank && new_number && d < before; d++) {
        new_number[rank[d].number] = (uint32_t)d;
        coherency->domains += rank[d].atoms > 0;
    }
    coherency->largest = rank && coherency->domains > 0 ? rank[0].atoms : 0;
    for (size_t i = 0; rank && new_number && i < coherency->atoms; i++)
        if (coherency->domain[i] != SW_NO_DOMAIN)
            coherency->domain[i] = new_number[coherency->domain[i]];
    sw_status status = rank && new_number ? SW_OK : SW_ERROR_MEMORY;
    free(rank);
    free(new_number);
    return status;
}

static sw_status find(sw_domain_work *work) {
    size_t *size = sw_allocate(work->coherency->atoms, sizeof *size);
    sw_status status = size ? list_bonds(work) : SW_ERROR_MEMORY;
    if (status == SW_OK) {
        find_domains(work, size);
        status = number(work->coherency, size, work->options->smallest);
    }
    free(size);
    return status;
}

sw_status sw_coherency_create(sw_coherency *coherency, const sw_neighbours *neighbours,
                              const bool *first_side, const uint8_t *side,
                              const sw_coherency_options *options) {
    size_t atoms = neighbours->atoms;
    sw_domain_work work = {.coherency = coherency,
                           .neighbours = neighbours,
                           .first_side = first_side,
                           .side = side,
                           .options = options,
                           .bond = sw_allocate(atoms, sizeof *work.bond),
                           .taken = sw_allocate(atoms, sizeof *work.taken),
                           .queue = sw_allocate(atoms, sizeof *work.queue)};
    *coherency = (sw_coherency){.atoms = atoms,
                                .domain = sw_allocate(atoms, sizeof *coherency->domain),
                                .partner = sw_allocate(atoms, sizeof *coherency->partner)};
    sw_status status = SW_ERROR_MEMORY;
    if (work.bond && work.taken && work.queue && coherency->domain && coherency->partner) {
        memset(coherency->domain, 0xff, atoms * sizeof *coherency->domain);
        memset(coherency->partner, 0xff, atoms * sizeof *coherency->partner);
        status = find(&work);
    }
    free(work.bond);
    free(work.taken);
    free(work.queue);
    free(work.bonds);
    if (status != SW_OK)
        sw_coherency_clear(coherency);
    return status;
}

void sw_coherency_clear(sw_coherency *coherency) {
    free(coherency->domain);
    free(coherency->partner);
    *coherency = (sw_coherency){0};
}
