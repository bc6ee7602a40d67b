/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Both engines against the full master equation of systems with up to twelve sites. */
#include "../unit/lattice/lattice_steps.h"
#include "../unit/lattice/small_models.h"
#include "lattice/state.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define STATES_LIMIT 4096

static size_t state_of(const sw_lattice *lattice)
{
    size_t state = 0;
    for (size_t s = sw_lattice_sites(lattice); s-- > 0;)
        state = state * 2 + (size_t)(sw_lattice_species(lattice, s) != SW_EMPTY);
    return state;
}

static void put_state(sw_lattice *lattice, size_t state)
{
    for (size_t s = 0; s < sw_lattice_sites(lattice); s++)
        put_species(lattice, s, (int)(state >> s & 1));
}

typedef struct transition {
    size_t from, to;
    double rate;
} transition;

static size_t find_transitions(transition *list, size_t limit, sw_lattice *lattice)
{
    size_t count = 0, states = (size_t)1 << sw_lattice_sites(lattice);
    for (size_t state = 0; state < states; state++) {
        sw_channel *channels;
        size_t n;
        put_state(lattice, state);
        assert_int_equal(sw_lattice_channels(&channels, &n, lattice), SW_OK);
        for (size_t c = 0; c < n; c++) {
            size_t to = state;
            for (size_t k = 0; k < channels[c].slots; k++) {
                size_t bit = (size_t)1 << channels[c].sites[k];
                to = channels[c].after[k] ? to | bit : to & ~bit;
            }
            assert_true(count < limit);
            list[count++] = (transition){state, to, channels[c].rate};
        }
        free(channels);
    }
    return count;
}

/* Stationary probabilities by damped power iteration. */
static void stationary(double *p, const transition *list, size_t count, size_t states)
{
    double *out = calloc(states, sizeof *out), *next = calloc(states, sizeof *next), fastest = 0;
    for (size_t t = 0; t < count; t++)
        out[list[t].from] += list[t].rate;
    for (size_t s = 0; s < states; s++) {
        fastest = fmax(fastest, out[s]);
        p[s] = 1.0 / (double)states;
    }
    double step = 0.9 / fastest, moved = 1.0;
    for (int i = 0; i < 200000 && moved > 1e-14; i++) {
        moved = 0.0;
        for (size_t s = 0; s < states; s++)
            next[s] = p[s] * (1.0 - step * out[s]);
        for (size_t t = 0; t < count; t++)
            next[list[t].to] += step * list[t].rate * p[list[t].from];
        for (size_t s = 0; s < states; s++) {
            moved += fabs(next[s] - p[s]);
            p[s] = next[s];
        }
    }
    free(out);
    free(next);
}

/* Compares time-averaged occupation of every number of particles with the master equation.
 * Block averages of a long run; false alarm below 1e-6 at 5.5 standard errors for <= 13 values. */
static void compare_with_master(const small_model *m, uint64_t block_events, int blocks)
{
    sw_lattice *lattice = create_lattice(&m->model, 7);
    size_t sites = sw_lattice_sites(lattice), states = (size_t)1 << sites;
    assert_true(states <= STATES_LIMIT);
    size_t limit = states * sites * 16;
    transition *list = calloc(limit, sizeof *list);
    double *p = calloc(states, sizeof *p), expected[16] = {0}, mean[16] = {0}, square[16] = {0};
    size_t count = find_transitions(list, limit, lattice);
    stationary(p, list, count, states);
    for (size_t s = 0; s < states; s++)
        expected[__builtin_popcountll(s)] += p[s];
    put_state(lattice, 1);
    advance_by_events(lattice, block_events);
    for (int b = 0; b < blocks; b++) {
        double part[16] = {0}, start = sw_lattice_time(lattice);
        for (uint64_t e = 0; e < block_events; e++) {
            double before = sw_lattice_time(lattice);
            int n = __builtin_popcountll(state_of(lattice));
            advance_by_events(lattice, 1);
            part[n] += sw_lattice_time(lattice) - before;
        }
        for (size_t n = 0; n <= sites; n++) {
            double share = part[n] / (sw_lattice_time(lattice) - start);
            mean[n] += share / blocks;
            square[n] += share * share / blocks;
        }
    }
    audit_lattice(lattice);
    for (size_t n = 0; n <= sites; n++) {
        double error = sqrt(fmax(square[n] - mean[n] * mean[n], 0.0) / (blocks - 1));
        if (fabs(mean[n] - expected[n]) > 5.5 * error + 1e-5)
            fail_msg("%zu particles: %g +- %g, master equation %g", n, mean[n], error,
                     expected[n]);
    }
    free(list);
    free(p);
    sw_lattice_destroy(lattice);
}

static void test_two_sites(void **state)
{
    (void)state;
    small_model m;
    small_model_init(&m, 2, 1, 1, false, 600);
    small_model_pair(&m, A_SET, A_SET, 2.0, -0.08);
    small_model_adsorption(&m, 1, 3.0, 0.0);
    small_model_hop(&m, A_SET, 1.5);
    compare_with_master(&m, 500, 30);
}

static void test_three_sites(void **state)
{
    (void)state;
    small_model m;
    small_model_init(&m, 3, 1, 1, true, 500);
    small_model_pair(&m, A_SET, A_SET, 2.0, 0.05);
    sw_process *ads = small_model_adsorption(&m, 1, 2.0, 1.0);
    ads->has_reverse_rate = true;
    sw_process *pair = small_model_process(&m, "pairs leave", 2, SW_KINETICS_RATE, 4.0, 0.0);
    for (int k = 0; k < 2; k++) {
        pair->slot[k].before = A_SET;
        pair->slot[k].after_species = SW_EMPTY;
    }
    compare_with_master(&m, 500, 30);
}

static void test_twelve_sites(void **state)
{
    (void)state;
    small_model m;
    small_model_init(&m, 4, 3, 1, true, 500);
    small_model_pair(&m, A_SET, A_SET, 2.0, -0.04);
    small_model_pair(&m, A_SET, A_SET, 2.0 * sqrt(2.0), 0.03);
    m.cluster[m.model.energetics.cluster_terms++] = (sw_cluster_term){
        .points = 3,
        .species = {A_SET, A_SET, A_SET},
        .kinds = {1, 1, 1},
        .distance = {{0, 2, 2}, {2, 0, 2 * M_SQRT2}, {2, 2 * M_SQRT2, 0}},
        .energy = 0.02};
    small_model_adsorption(&m, 1, 1.0, 0.0);
    sw_process *pair = small_model_process(&m, "pairs leave", 2, SW_KINETICS_BARRIER, 3.0, 0.02);
    for (int k = 0; k < 2; k++) {
        pair->slot[k].before = A_SET;
        pair->slot[k].after_species = SW_EMPTY;
    }
    small_model_hop(&m, A_SET, 1.25);
    compare_with_master(&m, 1000, 30);
}

/* A row long enough for the packed engine. */
static void test_twelve_in_a_row(void **state)
{
    (void)state;
    small_model m;
    small_model_init(&m, 12, 1, 1, true, 500);
    small_model_pair(&m, A_SET, A_SET, 2.0, -0.04);
    small_model_pair(&m, A_SET, A_SET, 4.0, 0.03);
    small_model_adsorption(&m, 1, 1.0, 0.0);
    small_model_hop(&m, A_SET, 1.25);
    sw_lattice *lattice = create_lattice(&m.model, 1);
    assert_non_null(lattice->packed);
    sw_lattice_destroy(lattice);
    compare_with_master(&m, 1000, 30);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_two_sites),
        cmocka_unit_test(test_three_sites),
        cmocka_unit_test(test_twelve_sites),
        cmocka_unit_test(test_twelve_in_a_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
