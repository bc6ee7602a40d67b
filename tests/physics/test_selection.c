/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Both engines choose in proportion to the rates and wait as the total rate says: random sets of
 * rates that span twelve decades, one event from one state many times, against full enumeration.
 * Which event: chi-square; how long: Kolmogorov-Smirnov against the exponential. Seeds are fixed;
 * the false-alarm probability of each comparison is below 1e-6.
 */
#include "../unit/lattice/lattice_steps.h"
#include "../unit/lattice/small_models.h"

#include "base/random.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DRAWS 20000
#define PROCESSES 30 /* three species into two others each, by 0 to 4 neighbours A */
#define SIDE 10

typedef struct rate_set {
    small_model small;
    sw_process process[PROCESSES];
} rate_set;

/* One change of one site for each species before and after and each number of neighbours, at a
 * rate between 1e-6 and 1e6 /s; those above `fastest` are left out, so that slow ones come up. */
static void make_rate_set(rate_set *set, uint64_t seed, double fastest) {
    sw_random random = sw_random_create(seed, 77);
    small_model_init(&set->small, SIDE, SIDE, 1, true, 500.0);
    set->small.model.process = set->process;
    for (int p = 0; p < PROCESSES; p++) {
        double rate = pow(10.0, 12.0 * sw_random_uniform(&random) - 6.0);
        int before = p / 10, after = (before + 1 + p / 5 % 2) % 3, neighbours = p % 5;
        if (rate > fastest)
            continue;
        sw_process *process = &set->process[set->small.model.processes++];
        *process = process_in_a_row("change", 1, ALL_KINDS, 2.0, SW_KINETICS_RATE, rate, 0.0);
        process->slot[0].before = 1u << before;
        process->slot[0].after_species = after;
        process->conditions = 1;
        process->condition[0] = (sw_condition){.species = A_SET,
                                               .kinds = ALL_KINDS,
                                               .distance = 2.0,
                                               .minimum = neighbours,
                                               .maximum = neighbours};
    }
    small_model_fill(&set->small, 0.35, 0.3);
}

typedef struct observed {
    size_t channels;
    sw_channel *channel;
    double total;
    double *seen;   /* [channels] */
    double *waited; /* [DRAWS] in units of 1 / total */
} observed;

static size_t find_channel(const observed *all, size_t site, int species) {
    for (size_t c = 0; c < all->channels; c++)
        if (all->channel[c].sites[0] == site && all->channel[c].after[0] == species)
            return c;
    fail_msg("an event that is not among the channels");
    return 0;
}

/* What the last event changed, which is taken back. */
static void note_event(observed *all, sw_lattice *lattice, const uint8_t *start) {
    for (size_t s = 0; s < sw_lattice_sites(lattice); s++)
        if (sw_lattice_species(lattice, s) != start[s]) {
            all->seen[find_channel(all, s, sw_lattice_species(lattice, s))] += 1.0;
            assert_int_equal(sw_lattice_set(lattice, s, start[s]), SW_OK);
            return;
        }
    fail_msg("an event that changed nothing");
}

static void draw_events(observed *all, sw_lattice *lattice) {
    uint8_t start[SIDE * SIDE];
    assert_int_equal(sw_lattice_channels(&all->channel, &all->channels, lattice), SW_OK);
    all->seen = calloc(all->channels, sizeof *all->seen);
    all->waited = calloc(DRAWS, sizeof *all->waited);
    assert_true(all->seen && all->waited && sw_lattice_sites(lattice) == sizeof start);
    for (size_t s = 0; s < sizeof start; s++)
        start[s] = (uint8_t)sw_lattice_species(lattice, s);
    for (size_t c = 0; c < all->channels; c++)
        all->total += all->channel[c].rate;
    for (int n = 0; n < DRAWS; n++) {
        double before = sw_lattice_time(lattice);
        advance_by_events(lattice, 1);
        all->waited[n] = (sw_lattice_time(lattice) - before) * all->total;
        note_event(all, lattice, start);
    }
}

/* Channels of fewer than 5 expected events count as one. Wilson and Hilferty's normal deviate of
 * chi-square; beyond 5: 6e-7. */
static void compare_choices(const observed *all, const char *what) {
    double chi = 0.0, rest_seen = 0.0, rest = 0.0, bins = -1.0;
    for (size_t c = 0; c < all->channels; c++) {
        double expected = DRAWS * all->channel[c].rate / all->total;
        if (expected < 5.0) {
            rest += expected;
            rest_seen += all->seen[c];
            continue;
        }
        chi += (all->seen[c] - expected) * (all->seen[c] - expected) / expected;
        bins += 1.0;
    }
    if (rest >= 5.0) {
        chi += (rest_seen - rest) * (rest_seen - rest) / rest;
        bins += 1.0;
    } else /* Poisson of mean below 5: 1e-6 lies beyond 21 */
        assert_true(rest_seen <= 21.0);
    assert_true(bins >= 5.0);
    double z = (cbrt(chi / bins) - (1.0 - 2.0 / (9.0 * bins))) / sqrt(2.0 / (9.0 * bins));
    if (fabs(z) > 5.0)
        fail_msg("%s: chi-square %g of %g", what, chi, bins);
}

static int compare_numbers(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The largest distance of the two distributions: beyond 2.75 / sqrt(n) with 2 exp(-2 2.75^2), 5e-7.
 */
static void compare_waiting(observed *all, const char *what) {
    double distance = 0.0;
    qsort(all->waited, DRAWS, sizeof *all->waited, compare_numbers);
    for (int n = 0; n < DRAWS; n++) {
        double expected = -expm1(-all->waited[n]);
        distance =
            fmax(distance, fmax(expected - (double)n / DRAWS, (double)(n + 1) / DRAWS - expected));
    }
    if (distance > 2.75 / sqrt(DRAWS))
        fail_msg("%s: waiting times differ by %g", what, distance);
}

static void check_rate_set(uint64_t seed, double fastest, sw_engine engine) {
    static rate_set set;
    observed all = {0};
    char what[80];
    memset(&set, 0, sizeof set);
    make_rate_set(&set, seed, fastest);
    set.small.model.run.engine = engine;
    snprintf(what, sizeof what, "set %d up to %g, engine %d", (int)seed, fastest, (int)engine);
    sw_lattice *lattice = create_lattice(&set.small.model, seed);
    draw_events(&all, lattice);
    compare_choices(&all, what);
    compare_waiting(&all, what);
    free(all.channel);
    free(all.seen);
    free(all.waited);
    sw_lattice_destroy(lattice);
}

static void check_engine(sw_engine engine) {
    for (uint64_t seed = 1; seed <= 4; seed++)
        for (double fastest = 1e6; fastest > 1e-3; fastest *= 1e-3)
            check_rate_set(seed, fastest, engine);
}

static void test_packed(void **state) {
    (void)state;
    check_engine(SW_ENGINE_PACKED);
}

static void test_general(void **state) {
    (void)state;
    check_engine(SW_ENGINE_GENERAL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_packed),
        cmocka_unit_test(test_general),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
