/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The engine against the full master equation, against enumeration and against itself. */
#include "small_models.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static sw_lattice *create(const small_model *m, uint64_t seed)
{
    sw_lattice *lattice = NULL;
    sw_error error = {0};
    if (sw_lattice_create(&lattice, &m->model, seed, NULL, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    return lattice;
}

static void advance(sw_lattice *lattice, uint64_t events)
{
    bool finished;
    sw_error error = {0};
    sw_horizon horizon = {INFINITY, sw_lattice_events(lattice) + events};
    assert_int_equal(sw_lattice_advance(lattice, horizon, &finished, &error), SW_OK);
}

static void audit(sw_lattice *lattice)
{
    sw_error error = {0};
    if (sw_lattice_audit(lattice, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
}

/* ---- master equation ------------------------------------------------------------------------ */

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
        assert_int_equal(sw_lattice_set(lattice, s, (int)(state >> s & 1)), SW_OK);
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
    sw_lattice *lattice = create(m, 7);
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
    advance(lattice, block_events);
    for (int b = 0; b < blocks; b++) {
        double part[16] = {0}, start = sw_lattice_time(lattice);
        for (uint64_t e = 0; e < block_events; e++) {
            double before = sw_lattice_time(lattice);
            int n = __builtin_popcountll(state_of(lattice));
            advance(lattice, 1);
            part[n] += sw_lattice_time(lattice) - before;
        }
        for (size_t n = 0; n <= sites; n++) {
            double share = part[n] / (sw_lattice_time(lattice) - start);
            mean[n] += share / blocks;
            square[n] += share * share / blocks;
        }
    }
    audit(lattice);
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

/* ---- selection against enumeration --------------------------------------------------------------- */

/* One event, many times, from one state against the enumerated rates: chi-square. */
static void test_selection_chi_square(void **state)
{
    (void)state;
    small_model m;
    small_model_init(&m, 4, 4, 1, true, 700);
    small_model_pair(&m, A_SET | B_SET, A_SET | B_SET, 2.0, 0.11);
    small_model_pair(&m, A_SET, B_SET, 2.0 * sqrt(2.0), -0.13);
    small_model_hop(&m, A_SET, 1.6);
    small_model_hop(&m, B_SET, 1.65);
    small_model_adsorption(&m, 1, 2.0, 30.0);
    small_model_fill(&m, 0.3, 0.3);
    enum { DRAWS = 6000, LIMIT = 256 };
    double seen[LIMIT] = {0}, total = 0.0, chi = 0.0, time = 0.0;
    sw_channel *channels;
    size_t count, used = 0;
    sw_lattice *start = create(&m, 1);
    assert_int_equal(sw_lattice_channels(&channels, &count, start), SW_OK);
    assert_true(count > 10 && count < LIMIT);
    for (size_t c = 0; c < count; c++)
        total += channels[c].rate;
    sw_lattice *lattice = create(&m, 2);
    for (int draw = 0; draw < DRAWS; draw++) {
        size_t found = count;
        for (size_t s = 0; s < 16; s++)
            assert_int_equal(sw_lattice_set(lattice, s, sw_lattice_species(start, s)), SW_OK);
        double before = sw_lattice_time(lattice);
        advance(lattice, 1);
        time += (sw_lattice_time(lattice) - before) / DRAWS;
        for (size_t c = 0; c < count && found == count; c++) {
            bool same = true;
            for (size_t s = 0; s < 16; s++) {
                int expected = sw_lattice_species(start, s);
                for (size_t k = 0; k < channels[c].slots; k++)
                    if (channels[c].sites[k] == s)
                        expected = channels[c].after[k];
                same = same && expected == sw_lattice_species(lattice, s);
            }
            found = same ? c : count;
        }
        assert_true(found < count);
        seen[found]++;
    }
    for (size_t c = 0; c < count; c++) {
        double expected = DRAWS * channels[c].rate / total;
        if (expected < 5.0)
            continue;
        chi += (seen[c] - expected) * (seen[c] - expected) / expected;
        used++;
    }
    /* Wilson-Hilferty: standard normal; 4.9 is a false alarm of 5e-7 */
    double n = (double)used - 1.0;
    double z = (cbrt(chi / n) - (1.0 - 2.0 / (9.0 * n))) / sqrt(2.0 / (9.0 * n));
    assert_true(used > 5);
    assert_true(fabs(z) < 4.9);
    assert_true(fabs(time * total - 1.0) < 5.0 / sqrt(DRAWS));
    free(channels);
    sw_lattice_destroy(lattice);
    sw_lattice_destroy(start);
}

/* ---- invariants --------------------------------------------------------------------------------------- */

static void test_audit_in_motion(void **state)
{
    (void)state;
    small_model m;
    small_model_init(&m, 7, 6, 5, true, 800);
    m.model.frame.periodic[2] = false;
    small_model_pair(&m, A_SET, A_SET | B_SET, 2.0, -0.05);
    small_model_pair(&m, B_SET, B_SET, 2.0 * sqrt(2.0), -0.04);
    small_model_hop(&m, A_SET | B_SET, 0.8);
    small_model_fill(&m, 0.2, 0.2);
    sw_lattice *lattice = create(&m, 3);
    size_t atoms = sw_lattice_count(lattice, A_SET | B_SET, 1);
    for (int i = 0; i < 10; i++) {
        advance(lattice, 500);
        audit(lattice);
    }
    assert_int_equal(sw_lattice_count(lattice, A_SET | B_SET, 1), atoms);
    sw_lattice_destroy(lattice);
}

/* The energy that channels report is the change of the energy computed from scratch. */
static void test_energy_changes(void **state)
{
    (void)state;
    small_model m;
    small_model_init(&m, 5, 5, 4, true, 800);
    small_model_pair(&m, A_SET, A_SET | B_SET, 2.0, -0.05);
    m.pair[0].screening = B_SET;
    m.pair[0].screening_distance = 2.9;
    m.pair[0].factors = 3;
    m.pair[0].factor[0] = 1.0;
    m.pair[0].factor[1] = 0.3;
    m.pair[0].factor[2] = -0.2;
    m.cluster[m.model.energetics.cluster_terms++] = (sw_cluster_term){
        .points = 3,
        .species = {A_SET, B_SET, A_SET | B_SET},
        .kinds = {1, 1, 1},
        .distance = {{0, 2, 2}, {2, 0, 2 * M_SQRT2}, {2, 2 * M_SQRT2, 0}},
        .energy = 0.07};
    small_model_hop(&m, A_SET | B_SET, 0.8);
    small_model_fill(&m, 0.3, 0.2);
    sw_lattice *lattice = create(&m, 3);
    sw_channel *channels;
    size_t count;
    assert_int_equal(sw_lattice_channels(&channels, &count, lattice), SW_OK);
    double before = sw_lattice_energy(lattice);
    for (size_t c = 0; c < count; c += 7) {
        int held[2];
        for (size_t k = 0; k < 2; k++) {
            held[k] = sw_lattice_species(lattice, channels[c].sites[k]);
            assert_int_equal(sw_lattice_set(lattice, channels[c].sites[k], channels[c].after[k]),
                             SW_OK);
        }
        double change = sw_lattice_energy(lattice) - before;
        assert_true(fabs(change - channels[c].energy_change) < 1e-9);
        for (size_t k = 0; k < 2; k++)
            assert_int_equal(sw_lattice_set(lattice, channels[c].sites[k], held[k]), SW_OK);
    }
    audit(lattice);
    free(channels);
    sw_lattice_destroy(lattice);
}

static void test_small_frame_refused(void **state)
{
    (void)state;
    small_model m;
    small_model_init(&m, 4, 4, 1, true, 500);
    m.model.frame.periodic[2] = true;
    small_model_hop(&m, A_SET, 0.5);
    sw_lattice *lattice;
    sw_error error = {0};
    assert_int_equal(sw_lattice_create(&lattice, &m.model, 1, NULL, &error), SW_ERROR_MODEL);
    assert_non_null(strstr(error.message, "neighbour"));
}

/* An atom takes its neighbour's place and sends it on: turned round, the same process from the other
 * end. It must be there once. */
static void test_mirrored_process_counts_once(void **state)
{
    (void)state;
    small_model m;
    small_model_init(&m, 5, 1, 1, false, 500);
    sw_process *kick = small_model_process(&m, "kick", 3, SW_KINETICS_BARRIER, 1e13, 0.5);
    kick->slot[0].before = kick->slot[1].before = A_SET;
    kick->slot[0].after_species = SW_EMPTY;
    kick->slot[1].after_slot = 0;
    kick->slot[2].after_slot = 1;
    kick->reversible = true;
    sw_lattice *lattice = create(&m, 1);
    assert_int_equal(sw_lattice_set(lattice, 0, 1), SW_OK);
    assert_int_equal(sw_lattice_set(lattice, 1, 1), SW_OK);
    sw_channel *channels = NULL;
    size_t count = 0;
    assert_int_equal(sw_lattice_channels(&channels, &count, lattice), SW_OK);
    assert_int_equal(count, 1);
    free(channels);
    sw_lattice_destroy(lattice);
}

static void test_absorbing_state_finishes(void **state)
{
    (void)state;
    small_model m;
    small_model_init(&m, 4, 4, 1, true, 500);
    sw_process *fill = small_model_process(&m, "fill", 1, SW_KINETICS_RATE, 1.0, 0.0);
    fill->slot[0].after_species = 1;
    sw_lattice *lattice = create(&m, 1);
    bool finished = false;
    sw_error error = {0};
    assert_int_equal(
        sw_lattice_advance(lattice, (sw_horizon){INFINITY, UINT64_MAX}, &finished, &error), SW_OK);
    assert_true(finished);
    assert_int_equal(sw_lattice_count(lattice, A_SET, 1), 16);
    /* a horizon in time is reached, and still nothing is left to wait for */
    double later = sw_lattice_time(lattice) + 1.0;
    finished = false;
    assert_int_equal(
        sw_lattice_advance(lattice, (sw_horizon){later, UINT64_MAX}, &finished, &error), SW_OK);
    assert_true(finished && sw_lattice_time(lattice) == later);
    sw_lattice_destroy(lattice);
}

/* A gas that comes only with the second leg of the programme is worth waiting for. */
static void test_programme_is_awaited(void **state)
{
    (void)state;
    static const double none[1] = {0.0}, full[1] = {SW_BAR};
    const sw_leg legs[2] = {{.duration = 5.0, .temperature = 500, .pressure = none},
                            {.duration = 5.0, .temperature = 500, .pressure = full}};
    small_model m;
    small_model_init(&m, 4, 4, 1, true, 500);
    m.gas[0] = (sw_gas_species){"H2", 0.0};
    m.model.gas.species = 1;
    m.model.leg = legs;
    m.model.legs = 2;
    sw_process *fill = small_model_adsorption(&m, 1, 10.0, 0.0);
    fill->reversible = false;
    fill->gas_changes = 1;
    fill->gas_change[0] = (sw_gas_change){0, -1};
    sw_lattice *lattice = create(&m, 1);
    bool finished = true;
    sw_error error = {0};
    assert_int_equal(
        sw_lattice_advance(lattice, (sw_horizon){1.0, UINT64_MAX}, &finished, &error), SW_OK);
    assert_false(finished);
    assert_int_equal(sw_lattice_events(lattice), 0);
    assert_int_equal(
        sw_lattice_advance(lattice, (sw_horizon){100.0, UINT64_MAX}, &finished, &error), SW_OK);
    assert_true(finished);
    assert_int_equal(sw_lattice_events(lattice), 16);
    sw_lattice_destroy(lattice);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_two_sites),
        cmocka_unit_test(test_three_sites),
        cmocka_unit_test(test_twelve_sites),
        cmocka_unit_test(test_selection_chi_square),
        cmocka_unit_test(test_audit_in_motion),
        cmocka_unit_test(test_energy_changes),
        cmocka_unit_test(test_small_frame_refused),
        cmocka_unit_test(test_mirrored_process_counts_once),
        cmocka_unit_test(test_absorbing_state_finishes),
        cmocka_unit_test(test_programme_is_awaited),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
