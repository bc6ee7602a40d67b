/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Grand-canonical Metropolis sampling. Two kinds of trial, each with its own balance:
 *   replace   a random site gets another of the species that may sit there (or none); the number
 *             of choices depends on the site alone, so it is the same both ways
 *   swap      a random site and a random one near it exchange what they hold; the Hastings factor
 *             is the ratio of the numbers of near sites
 */
#include "base/memory.h"
#include "base/random.h"
#include "lattice/portable_math.h"
#include "lattice/state.h"

#include <stdlib.h>

#define STREAM_EXCHANGE 4

typedef struct exchanging {
    sw_lattice *lattice;
    const sw_exchange *plan;
    sw_species_set *allowed; /* [basis] of the species that take part and of none, what may sit */
    sw_steps *near;          /* [basis] where something of these may sit too */
    uint32_t *site;          /* that are not held */
    size_t sites;
    sw_random random;
} exchanging;

/* The species of a set by its place in it, `except` left out. */
static int pick_species(sw_species_set set, int except, double uniform) {
    set &= ~((sw_species_set)1 << except);
    int index = (int)(uniform * __builtin_popcount(set));
    for (; index > 0; index--)
        set &= set - 1;
    return __builtin_ctz(set);
}

static void try_replace(exchanging *work, double thermal, double where, double what,
                        double chance) {
    sw_lattice *lattice = work->lattice;
    uint32_t site = work->site[(size_t)(where * (double)work->sites)];
    int before = lattice->species[site];
    sw_species_set allowed = work->allowed[lattice->geometry.basis[site]];
    if (!SW_IN(allowed, before) || !(allowed & (allowed - 1)))
        return;
    int after = pick_species(allowed, before, what);
    double change = sw_energy_apply(&lattice->energy, lattice->species, site, after);
    change += before == SW_EMPTY ? 0.0 : work->plan->potential[before];
    change -= after == SW_EMPTY ? 0.0 : work->plan->potential[after];
    if (!(chance < sw_exp(-change / thermal)))
        sw_energy_apply(&lattice->energy, lattice->species, site, before);
}

static double swap(sw_lattice *lattice, uint32_t a, uint32_t b) {
    int on_a = lattice->species[a], on_b = lattice->species[b];
    double change = sw_energy_apply(&lattice->energy, lattice->species, a, SW_EMPTY);
    change += sw_energy_apply(&lattice->energy, lattice->species, b, on_a);
    return change + sw_energy_apply(&lattice->energy, lattice->species, a, on_b);
}

static void try_swap(exchanging *work, double thermal, double where, double which, double chance) {
    sw_lattice *lattice = work->lattice;
    uint32_t a = work->site[(size_t)(where * (double)work->sites)];
    int basis = lattice->geometry.basis[a];
    const sw_steps *near = &work->near[basis];
    if (near->count == 0)
        return;
    sw_step step = near->list[(size_t)(which * (double)near->count)];
    uint32_t b = sw_geometry_follow_slowly(&lattice->geometry, a, step);
    int on_a = lattice->species[a], on_b = lattice->species[b];
    sw_species_set both = work->allowed[basis] & work->allowed[step.basis];
    if (b == lattice->geometry.sites || on_a == on_b || !SW_IN(both, on_a) || !SW_IN(both, on_b) ||
        (work->plan->held && work->plan->held[b]))
        return;
    double ways = (double)near->count / (double)work->near[step.basis].count;
    double change = swap(lattice, a, b);
    if (!(chance < ways * sw_exp(-change / thermal)))
        swap(lattice, a, b);
}

static void try_once(exchanging *work, double thermal) {
    double u[2], v[2];
    sw_random_next_pair(u, &work->random);
    sw_random_next_pair(v, &work->random);
    double half = 2.0 * u[1];
    if (half < 1.0)
        try_replace(work, thermal, u[0], v[0], v[1]);
    else
        try_swap(work, thermal, u[0], v[0], v[1]);
}

static void find_allowed(exchanging *work) {
    const sw_lattice_model *model = work->lattice->model;
    for (size_t b = 0; b < model->frame.basis_sites; b++) {
        work->allowed[b] = 1u << SW_EMPTY;
        for (size_t s = 1; s < model->species_count; s++)
            if (SW_IN(work->plan->species, s) &&
                SW_IN(model->species[s].kinds, model->frame.basis[b].kind))
                work->allowed[b] |= (sw_species_set)1 << s;
    }
}

/* Kinds of site on which something may sit that may sit at this basis site. */
static sw_kind_set kinds_shared(const exchanging *work, size_t basis) {
    const sw_frame *frame = &work->lattice->model->frame;
    sw_kind_set kinds = 0;
    for (size_t b = 0; b < frame->basis_sites; b++)
        if (work->allowed[b] & work->allowed[basis] & ~(1u << SW_EMPTY))
            kinds |= (sw_kind_set)1 << frame->basis[b].kind;
    return kinds;
}

static sw_status prepare(exchanging *work) {
    const sw_lattice *lattice = work->lattice;
    size_t basis = (size_t)lattice->geometry.basis_sites;
    double reach =
        work->plan->reach > 0.0 ? work->plan->reach : lattice->model->frame.lattice_constant;
    work->allowed = sw_allocate(basis, sizeof *work->allowed);
    work->near = sw_allocate(basis, sizeof *work->near);
    work->site = sw_allocate(lattice->geometry.sites, sizeof *work->site);
    if (!work->allowed || !work->near || !work->site)
        return SW_ERROR_MEMORY;
    find_allowed(work);
    sw_status status = SW_OK;
    for (size_t b = 0; b < basis && status == SW_OK; b++)
        status = sw_geometry_shell(&work->near[b], &lattice->geometry, (int)b,
                                   kinds_shared(work, b), reach, true);
    for (uint32_t site = 0; site < lattice->geometry.sites; site++)
        if (!work->plan->held || !work->plan->held[site])
            work->site[work->sites++] = site;
    return status;
}

static void release(exchanging *work) {
    for (int b = 0; work->near && b < work->lattice->geometry.basis_sites; b++)
        sw_steps_clear(&work->near[b]);
    free(work->near);
    free(work->allowed);
    free(work->site);
}

static sw_status check_plan(const sw_exchange *plan, sw_error *error) {
    if (!plan->potential)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "potential",
                            "give eV per atom for every species of the model",
                            "an exchange needs the potentials of its reservoirs");
    if (!(plan->first_temperature > 0.0 && plan->last_temperature > 0.0))
        return sw_error_set(error, SW_ERROR_ARGUMENT, "temperature", "give kelvin above zero",
                            "an exchange needs positive temperatures");
    return SW_OK;
}

sw_status sw_lattice_exchange(sw_lattice *lattice, const sw_exchange *plan, sw_error *error) {
    sw_status status = check_plan(plan, error);
    if (status != SW_OK)
        return status;
    exchanging work = {.lattice = lattice,
                       .plan = plan,
                       .random = sw_random_create(lattice->seed, STREAM_EXCHANGE)};
    status = prepare(&work);
    double ratio = sw_ln(plan->last_temperature / plan->first_temperature);
    for (uint64_t m = 0; m < plan->moves && status == SW_OK && work.sites > 0; m++) {
        double part = plan->moves > 1 ? (double)m / (double)(plan->moves - 1) : 1.0;
        try_once(&work, SW_BOLTZMANN * plan->first_temperature * sw_exp(ratio * part));
    }
    release(&work);
    if (status != SW_OK)
        return sw_error_set(error, status, "exchange", "make the frame smaller",
                            "not enough memory to exchange atoms");
    sw_access_fill(lattice);
    return sw_lattice_rebuild(lattice);
}
