/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lattice/tracers.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

/* ---- making ---------------------------------------------------------------------------------- */

/* Steps shorter than half the frame are told apart by their nearest image. */
static bool steps_are_short(const sw_lattice *lattice) {
    const sw_geometry *geometry = &lattice->geometry;
    for (size_t p = 0; p < lattice->patterns.count; p++) {
        const sw_pattern *pattern = &lattice->patterns.list[p];
        for (int i = 0; i < pattern->slots; i++)
            for (int k = 0; k < i; k++)
                for (int d = 0; d < 3; d++)
                    if (geometry->frame->periodic[d] &&
                        2 * abs(pattern->step[i].cell[d] - pattern->step[k].cell[d]) >=
                            geometry->size[d])
                        return false;
    }
    return true;
}

sw_status sw_tracers_create(sw_lattice *lattice, sw_error *error) {
    if (!lattice->model->observe.tracers)
        return SW_OK;
    if (!steps_are_short(lattice))
        return sw_error_set(error, SW_ERROR_MODEL, "observe.tracers",
                            "make the frame larger along its periodic axes",
                            "the frame is too small to tell which way an atom went");
    sw_tracer *tracers = sw_allocate(lattice->geometry.sites, sizeof *tracers);
    lattice->observer->tracers = tracers;
    if (!tracers)
        return sw_error_set(error, SW_ERROR_MEMORY, "observe.tracers", "make the frame smaller",
                            "not enough memory for tracers");
    for (uint32_t site = 0; site < lattice->geometry.sites; site++)
        sw_tracers_begin(lattice, site);
    return SW_OK;
}

void sw_tracers_begin(sw_lattice *lattice, uint32_t site) {
    if (lattice->observer && lattice->observer->tracers)
        lattice->observer->tracers[site] = (sw_tracer){.start = lattice->geometry.basis[site]};
}

/* ---- following ------------------------------------------------------------------------------- */

/* The slot that the process says an atom comes from, or -1. */
static int named_source(const sw_process *process, bool reverse, int slot) {
    if (!reverse)
        return process->slot[slot].after_slot;
    for (size_t i = 0; i < process->slots; i++)
        if (process->slot[i].after_slot == slot)
            return (int)i;
    return -1;
}

/* The slot from which the species of a slot comes: as the process says, or the first that loses
 * that species to no other slot; -1 for an atom from outside. */
static int source_of(const sw_lattice *lattice, const sw_channel *channel, int slot,
                     unsigned *taken) {
    const sw_process *process = &lattice->model->process[channel->process];
    int species = channel->after[slot];
    int named = named_source(process, channel->reverse, slot);
    if (named >= 0 && lattice->species[channel->sites[named]] == species)
        return named;
    for (int k = 0; k < (int)channel->slots; k++) {
        if (SW_IN(*taken, k) || channel->after[k] == species ||
            lattice->species[channel->sites[k]] != species)
            continue;
        *taken |= 1u << k;
        return k;
    }
    return -1;
}

static double step_between(int cells[3], const sw_geometry *geometry, uint32_t from, uint32_t to) {
    const sw_frame *frame = geometry->frame;
    const double *a = frame->basis[geometry->basis[from]].position;
    const double *b = frame->basis[geometry->basis[to]].position;
    double vector[3] = {0}, square = 0.0;
    int home[3];
    sw_geometry_cell(home, geometry, from);
    sw_geometry_cell(cells, geometry, to);
    for (int d = 0; d < 3; d++) {
        cells[d] -= home[d];
        if (frame->periodic[d] && 2 * cells[d] > geometry->size[d])
            cells[d] -= geometry->size[d];
        else if (frame->periodic[d] && 2 * cells[d] < -geometry->size[d])
            cells[d] += geometry->size[d];
        for (int i = 0; i < 3; i++)
            vector[i] += (cells[d] + b[d] - a[d]) * frame->cell[d][i];
    }
    for (int i = 0; i < 3; i++)
        square += vector[i] * vector[i];
    return square;
}

static sw_tracer arrival(const sw_lattice *lattice, const sw_channel *channel, int slot,
                         int source) {
    uint32_t to = (uint32_t)channel->sites[slot];
    sw_tracer tracer = {.start = lattice->geometry.basis[to]};
    if (source < 0)
        return tracer;
    int cells[3];
    uint32_t from = (uint32_t)channel->sites[source];
    tracer = lattice->observer->tracers[from];
    tracer.hop_squares += step_between(cells, &lattice->geometry, from, to);
    for (int d = 0; d < 3; d++)
        tracer.cells[d] += cells[d];
    return tracer;
}

void sw_tracers_follow(sw_lattice *lattice, const sw_channel *channel) {
    sw_tracer arrived[SW_SLOT_LIMIT];
    bool arrives[SW_SLOT_LIMIT] = {false};
    unsigned taken = 0;
    for (int k = 0; k < (int)channel->slots; k++) {
        int named = named_source(&lattice->model->process[channel->process], channel->reverse, k);
        bool changes = channel->after[k] != lattice->species[channel->sites[k]] || named >= 0;
        arrives[k] = changes && SW_IN(lattice->model->observe.tracers, channel->after[k]);
        if (arrives[k])
            arrived[k] = arrival(lattice, channel, k, source_of(lattice, channel, k, &taken));
    }
    for (size_t k = 0; k < channel->slots; k++)
        if (arrives[k])
            lattice->observer->tracers[channel->sites[k]] = arrived[k];
}

/* ---- looking --------------------------------------------------------------------------------- */

static double squared_displacement(const sw_lattice *lattice, uint32_t site) {
    const sw_frame *frame = lattice->geometry.frame;
    const sw_tracer *tracer = &lattice->observer->tracers[site];
    const double *a = frame->basis[tracer->start].position;
    const double *b = frame->basis[lattice->geometry.basis[site]].position;
    double square = 0.0;
    for (int i = 0; i < 3; i++) {
        double along = 0.0;
        for (int d = 0; d < 3; d++)
            along += (tracer->cells[d] + b[d] - a[d]) * frame->cell[d][i];
        square += along * along;
    }
    return square;
}

void sw_tracers_sum(sw_tracer_sums *sums, const sw_lattice *lattice, int species) {
    *sums = (sw_tracer_sums){0};
    for (uint32_t site = 0; site < lattice->geometry.sites; site++) {
        if (lattice->species[site] != species)
            continue;
        sums->atoms++;
        sums->square += squared_displacement(lattice, site);
        sums->hop_squares += lattice->observer->tracers[site].hop_squares;
    }
}

bool sw_tracers_valid(const sw_lattice *lattice) {
    const sw_tracer *tracers = lattice->observer->tracers;
    for (uint32_t site = 0; tracers && site < lattice->geometry.sites; site++)
        if (tracers[site].start >= (uint32_t)lattice->geometry.basis_sites ||
            !(tracers[site].hop_squares >= 0.0 && tracers[site].hop_squares < INFINITY))
            return false;
    return true;
}
