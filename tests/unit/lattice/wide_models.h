/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random models whose rates depend on many sites: codes of several words, neighbours that are
 * counted, groups behind gates, rates kept by key. Used beside those of test_lattice_packed.c. */
#ifndef SPILLWAY_TESTS_WIDE_MODELS_H
#define SPILLWAY_TESTS_WIDE_MODELS_H

#include "small_models.h"

#include "base/random.h"

#include <math.h>

#define WIDE_SEEDS 1000 /* seeds from here on name wide models */

static inline double wide_draw(sw_random *random, double low, double high) {
    return low + (high - low) * sw_random_uniform(random);
}

/* A barrier that follows the neighbours at both ends besides the energies. */
static inline void wide_environment(sw_process *process, sw_random *random) {
    process->environments = 1;
    process->environment[0] = (sw_barrier_environment){
        .slot = {0, 1}, .species = B_SET, .kinds = 1, .distance = 2.0, .values = 3};
    for (int v = 0; v < 3; v++)
        process->environment[0].value[v] = wide_draw(random, 0.0, 0.1);
}

/* Atoms that trade places, if at least one neighbour of the first is empty. */
static inline void wide_swap(small_model *m) {
    sw_process *swap = small_model_process(m, "swap", 2, SW_KINETICS_BARRIER, 1e13, 1.1);
    swap->slot[0].before = A_SET;
    swap->slot[1].before = B_SET;
    swap->slot[0].after_slot = 1;
    swap->slot[1].after_slot = 0;
    swap->conditions = 1;
    swap->condition[0] = (sw_condition){
        .slot = 0, .species = EMPTY_SET, .kinds = 1, .distance = 2.0, .minimum = 1, .maximum = 6};
}

/* A figure of three in a right angle: energies are no sums any more, so nothing is counted. */
static inline void wide_figure(small_model *m, double energy) {
    const double side[3][3] = {{0.0, 2.0, 2.0}, {2.0, 0.0, 2.8284271}, {2.0, 2.8284271, 0.0}};
    sw_cluster_term *figure = &m->cluster[m->model.energetics.cluster_terms++];
    *figure = (sw_cluster_term){.points = 3, .energy = energy};
    for (int i = 0; i < 3; i++) {
        figure->species[i] = A_SET | (i == 0 ? B_SET : 0);
        figure->kinds[i] = ALL_KINDS;
        for (int j = 0; j < 3; j++)
            figure->distance[i][j] = side[i][j];
    }
}

static inline void random_wide_model(small_model *m, uint64_t seed) {
    sw_random random = sw_random_create(seed, 98);
    bool figures = seed % 4 == 3; /* on a plane, or their codes grow too wide */
    int z = figures ? 1 : 9;
    small_model_init(m, 11, 9, z, true, wide_draw(&random, 500.0, 900.0));
    if (seed % 2)
        m->model.frame.periodic[(int)wide_draw(&random, 0.0, 1.99)] = false;
    small_model_pair(m, A_SET, A_SET, 2.0, wide_draw(&random, -0.06, 0.06));
    small_model_pair(m, A_SET, B_SET, 2.0, wide_draw(&random, -0.06, 0.06));
    if (!figures)
        small_model_pair(m, B_SET, B_SET, 2.0 * sqrt(2.0), wide_draw(&random, -0.04, 0.04));
    if (figures)
        wide_figure(m, wide_draw(&random, -0.05, 0.05));
    small_model_hop(m, A_SET, wide_draw(&random, 0.9, 1.1));
    small_model_hop(m, B_SET, wide_draw(&random, 0.9, 1.1));
    if (wide_draw(&random, 0.0, 1.0) < 0.5)
        m->process[1].kinetics = SW_KINETICS_SADDLE;
    if (seed % 5 == 1)
        wide_environment(&m->process[0], &random);
    if (wide_draw(&random, 0.0, 1.0) < 0.6)
        wide_swap(m);
    double b = wide_draw(&random, 0.1, 0.4); /* before a: the order of arguments is open */
    small_model_fill(m, wide_draw(&random, 0.2, 0.5), b);
}

#endif
