/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The full master equation of a small lattice. A state is a number whose digits, to the base of the
 * number of species (the empty one included), are the species of the sites. Transitions come from
 * plain enumeration of the open channels.
 */
#ifndef SPILLWAY_TESTS_MASTER_EQUATION_H
#define SPILLWAY_TESTS_MASTER_EQUATION_H

#include "unit/lattice/lattice_steps.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MASTER_STATES 4096
#define MASTER_CHANNELS 16 /* of a site, at most */

typedef struct transition {
    size_t from, to, process;
    double rate;
} transition;

typedef struct master_equation {
    size_t base, sites, states, count;
    transition *list; /* [count] */
    double *out;      /* [states] 1/s, all ways out */
    double fastest;   /* of them */
} master_equation;

static inline size_t state_of(const sw_lattice *lattice, size_t base) {
    size_t state = 0;
    for (size_t s = sw_lattice_sites(lattice); s-- > 0;)
        state = state * base + (size_t)sw_lattice_species(lattice, s);
    return state;
}

static inline void put_state(sw_lattice *lattice, size_t base, size_t state) {
    for (size_t s = 0; s < sw_lattice_sites(lattice); s++, state /= base)
        put_species(lattice, s, (int)(state % base));
}

/* Sites that hold a species. */
static inline size_t occupation(const master_equation *m, size_t state, size_t species) {
    size_t count = 0;
    for (size_t s = 0; s < m->sites; s++, state /= m->base)
        count += state % m->base == species;
    return count;
}

static inline size_t state_after(size_t state, size_t base, const sw_channel *channel) {
    for (size_t k = 0; k < channel->slots; k++) {
        size_t weight = 1;
        for (size_t s = 0; s < channel->sites[k]; s++)
            weight *= base;
        state -= state / weight % base * weight;
        state += (size_t)channel->after[k] * weight;
    }
    return state;
}

static inline void add_transitions(master_equation *m, sw_lattice *lattice, size_t state) {
    sw_channel *channels;
    size_t n;
    put_state(lattice, m->base, state);
    assert_int_equal(sw_lattice_channels(&channels, &n, lattice), SW_OK);
    assert_true(n <= m->sites * MASTER_CHANNELS);
    for (size_t c = 0; c < n; c++) {
        size_t to = state_after(state, m->base, &channels[c]);
        m->list[m->count++] = (transition){state, to, channels[c].process, channels[c].rate};
        m->out[state] += channels[c].rate;
    }
    m->fastest = fmax(m->fastest, m->out[state]);
    free(channels);
}

/* Changes the state of the lattice. */
static inline void master_create(master_equation *m, sw_lattice *lattice, size_t base) {
    *m = (master_equation){.base = base, .sites = sw_lattice_sites(lattice), .states = 1};
    for (size_t s = 0; s < m->sites; s++)
        m->states *= base;
    assert_true(m->states <= MASTER_STATES);
    m->list = calloc(m->states * m->sites * MASTER_CHANNELS, sizeof *m->list);
    m->out = calloc(m->states, sizeof *m->out);
    assert_true(m->list != NULL && m->out != NULL);
    for (size_t state = 0; state < m->states; state++)
        add_transitions(m, lattice, state);
}

static inline void master_clear(master_equation *m) {
    free(m->list);
    free(m->out);
}

/* p <- p + Q p / rate */
static inline void master_step(double *p, double *scratch, const master_equation *m, double rate) {
    for (size_t s = 0; s < m->states; s++)
        scratch[s] = p[s] * (1.0 - m->out[s] / rate);
    for (size_t t = 0; t < m->count; t++)
        scratch[m->list[t].to] += m->list[t].rate / rate * p[m->list[t].from];
    memcpy(p, scratch, m->states * sizeof *p);
}

/* Stationary probabilities by damped power iteration. */
static inline void master_stationary(double *p, const master_equation *m) {
    double *scratch = calloc(m->states, sizeof *scratch), *before = calloc(m->states, sizeof *p);
    double moved = 1.0;
    for (size_t s = 0; s < m->states; s++)
        p[s] = 1.0 / (double)m->states;
    for (int i = 0; i < 200000 && moved > 1e-13; i++) {
        memcpy(before, p, m->states * sizeof *p);
        master_step(p, scratch, m, m->fastest / 0.9);
        moved = 0.0;
        for (size_t s = 0; s < m->states; s++)
            moved += fabs(p[s] - before[s]);
    }
    free(scratch);
    free(before);
}

/* Probabilities a time after p, by uniformisation: the number of steps is Poisson (Jensen, Scand.
 * Actuar. J. 1953, 87). */
static inline void master_transient(double *p, const master_equation *m, double time) {
    double *scratch = calloc(m->states, sizeof *scratch), *sum = calloc(m->states, sizeof *sum);
    double mean = m->fastest * time, weight = exp(-mean), covered = 0.0;
    assert_true(mean < 500.0);
    for (int n = 0; covered < 1.0 - 1e-12; n++) {
        for (size_t s = 0; s < m->states; s++)
            sum[s] += weight * p[s];
        covered += weight;
        weight *= mean / (n + 1);
        master_step(p, scratch, m, m->fastest);
    }
    memcpy(p, sum, m->states * sizeof *p);
    free(scratch);
    free(sum);
}

/* Mean times until a state is reached in which `goal` holds, from every state; Gauss and Seidel. */
static inline void master_passage(double *time, const master_equation *m,
                                  bool (*goal)(const master_equation *, size_t)) {
    double moved = 1.0;
    memset(time, 0, m->states * sizeof *time);
    for (int i = 0; i < 100000 && moved > 1e-12; i++) {
        moved = 0.0;
        /* transitions stand sorted by the state that they leave */
        for (size_t t = 0, s = 0; s < m->states; s++) {
            double sum = 1.0;
            for (; t < m->count && m->list[t].from == s; t++)
                sum += m->list[t].rate * time[m->list[t].to];
            double better = goal(m, s) || m->out[s] == 0.0 ? 0.0 : sum / m->out[s];
            moved = fmax(moved, fabs(better - time[s]) / fmax(better, 1e-300));
            time[s] = better;
        }
    }
}

#endif
