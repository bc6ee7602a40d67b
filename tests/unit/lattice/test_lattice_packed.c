/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The packed engine against enumeration, the general engine and itself; both of its tiers. */
#include "base/random.h"
#include "lattice/packed/narrow.h"
#include "lattice/portable_math.h"
#include "lattice/saved_state.h"
#include "lattice_steps.h"
#include "small_models.h"
#include "wide_models.h"

/* Whether models run in the narrow tier, which is for large lattices otherwise, and the random
 * models that suit it. */
static bool narrow;
static const uint64_t narrow_seeds[] = {41, 54, 100, 107, 118};
enum { NARROW_SEEDS = sizeof narrow_seeds / sizeof *narrow_seeds };

static int use_narrow(void **state) {
    (void)state;
    narrow = true;
    return 0;
}

static int use_ordinary(void **state) {
    (void)state;
    narrow = false;
    return 0;
}

static sw_lattice *create_packed(small_model *m, uint64_t seed) {
    m->model.run.engine = SW_ENGINE_PACKED;
    sw_lattice *lattice = create_lattice(&m->model, seed);
    assert_non_null(lattice->packed);
    if (narrow) {
        assert_int_equal(sw_narrow_adopt(lattice), SW_OK);
        assert_non_null(lattice->packed->narrow);
    }
    return lattice;
}

/* ---- random numbers -------------------------------------------------------------------------- */

/* The feed is Philox of the library block by block, and its waiting times are -ln to the bit. */
static void test_feed(void **state) {
    (void)state;
    static sw_feed feed, portable;
    for (uint64_t first = 0; first < (5ULL << 32); first += (1ULL << 32) - SW_FEED) {
        sw_feed_fill(&feed, 12345, 11, first);
        sw_feed_fill_portably(&portable, 12345, 11, first);
        assert_memory_equal(&feed, &portable, sizeof feed);
        for (uint64_t i = 0; i < SW_FEED; i++) {
            uint32_t a[4], b[4];
            sw_philox(a, 12345, 11, 2 * (first + i));
            sw_philox(b, 12345, 11, 2 * (first + i) + 1);
            assert_true(feed.waiting[i] == -sw_ln(sw_random_unit(a[0], a[1])));
            assert_true(feed.block[i] == ((uint64_t)a[3] << 32 | a[2]));
            assert_true(feed.place[i] == ((uint64_t)b[1] << 32 | b[0]));
            assert_true(feed.channel[i] == ((uint64_t)b[3] << 32 | b[2]));
        }
    }
}

static void test_gather(void **state) {
    (void)state;
    sw_random random = sw_random_create(3, 0);
    for (int n = 0; n < 10000; n++) {
        uint32_t words[4];
        sw_random_block(words, &random);
        uint64_t value = (uint64_t)words[1] << 32 | words[0];
        uint64_t bits = ((uint64_t)words[3] << 32 | words[2]) >> 1, expected = 0;
        if (n % 3 == 0)
            bits &= bits << 7 & bits >> 5;
        unsigned at = 0;
        for (unsigned b = 0; b < 63; b++)
            if (bits >> b & 1)
                expected |= (value >> b & 1) << at++;
        assert_true(sw_packed_gather(value, bits) == expected);
    }
}

/* Edges enclose the rates of their bin, within 1/32 of them. */
static void test_bins(void **state) {
    (void)state;
    for (double rate = SW_LOWEST_RATE; rate < 0.5 * SW_HIGHEST_RATE; rate *= 1.0103) {
        unsigned bin = sw_packed_bin_for(rate);
        double edge = (double)sw_packed_edge(bin) * sw_packed_unit(sw_packed_block_of(bin));
        assert_true(bin < SW_PACKED_BINS);
        assert_true(rate < edge && edge <= rate * (1.0 + 1.0 / 32.0) * (1.0 + 1e-15));
    }
}

/* ---- models ---------------------------------------------------------------------------------- */

static double draw(sw_random *random) {
    return sw_random_uniform(random);
}

/* Sites, species, pairs and processes at random; what comes out must only be consistent. */
static void random_model(small_model *m, uint64_t seed) {
    if (seed >= WIDE_SEEDS) {
        random_wide_model(m, seed);
        return;
    }
    sw_random random = sw_random_create(seed, 99);
    bool flat = draw(&random) < 0.6, closed = draw(&random) < 0.4;
    int z = flat ? 1 : 9;
    /* one draw a statement: the order of arguments is the compiler's choice */
    double temperature = 500.0 + 400.0 * draw(&random);
    int y = 9 + (int)(4 * draw(&random));
    int x = 9 + (int)(4 * draw(&random));
    small_model_init(m, x, y, z, true, temperature);
    if (closed)
        m->model.frame.periodic[(int)(2 * draw(&random))] = false;
    small_model_pair(m, A_SET, A_SET | B_SET, 2.0, 0.2 * draw(&random) - 0.1);
    if (flat && draw(&random) < 0.6)
        small_model_pair(m, B_SET, B_SET, 2.0 * sqrt(2.0), 0.2 * draw(&random) - 0.1);
    double barrier = 0.9 + 0.3 * draw(&random);
    small_model_hop(m, A_SET | (draw(&random) < 0.5 ? B_SET : 0), barrier);
    if (draw(&random) < 0.7)
        small_model_adsorption(m, 1, 1e5 * draw(&random), 1e5);
    if (draw(&random) < 0.7) {
        sw_process *swap = small_model_process(m, "swap", 2, SW_KINETICS_RATE, 1e6, 0.0);
        swap->slot[0].before = A_SET;
        swap->slot[1].before = B_SET;
        swap->slot[0].after_slot = 1;
        swap->slot[1].after_slot = 0;
        swap->conditions = 1;
        swap->condition[0] = (sw_condition){.slot = 1,
                                            .species = A_SET | B_SET,
                                            .kinds = 1,
                                            .distance = 2.0,
                                            .minimum = 2,
                                            .maximum = 4};
    }
    if (draw(&random) < 0.5) {
        sw_process *row = small_model_process(m, "row", 3, SW_KINETICS_RATE, 1e5, 0.0);
        for (int k = 0; k < 3; k++) {
            row->slot[k].before = k == 1 ? B_SET : A_SET | EMPTY_SET;
            row->slot[k].after_slot = 2 - k;
        }
        row->slot[1].after_slot = -1;
    }
    double b = 0.1 + 0.3 * draw(&random);
    small_model_fill(m, 0.1 + 0.4 * draw(&random), b);
}

/* What is kept is what would be computed anew, also after changes from outside. */
static void check_audits(uint64_t seed) {
    small_model m;
    random_model(&m, seed);
    sw_lattice *lattice = create_packed(&m, seed);
    audit_lattice(lattice);
    for (int stretch = 0; stretch < 3; stretch++) {
        advance_by_events(lattice, 300);
        audit_lattice(lattice);
    }
    assert_int_equal(sw_lattice_set(lattice, 5, 2), SW_OK);
    assert_int_equal(sw_lattice_set_temperature(lattice, 777.0, NULL), SW_OK);
    advance_by_events(lattice, 300);
    audit_lattice(lattice);
    sw_lattice_destroy(lattice);
}

static void test_audit_in_motion(void **state) {
    (void)state;
    for (size_t i = 0; narrow && i < NARROW_SEEDS; i++)
        check_audits(narrow_seeds[i]);
    for (uint64_t seed = 1; !narrow && seed <= 16; seed++)
        check_audits(seed);
    for (uint64_t seed = WIDE_SEEDS; !narrow && seed < WIDE_SEEDS + 20; seed++)
        check_audits(seed);
}

/* The wide models are what they are meant to be: each part of the machinery is used by some. */
static void test_wide_models(void **state) {
    (void)state;
    size_t several_words = 0, counted = 0, keyed = 0, gated = 0;
    for (uint64_t seed = WIDE_SEEDS; seed < WIDE_SEEDS + 20; seed++) {
        small_model m;
        random_model(&m, seed);
        sw_lattice *lattice = create_packed(&m, seed);
        const sw_packed *packed = lattice->packed;
        several_words += packed->words > 1;
        for (size_t e = 0; e < packed->events; e++) {
            counted += packed->event[e].counted;
            keyed += packed->event[e].rates.key != NULL;
        }
        gated += packed->gates > 0;
        sw_lattice_destroy(lattice);
    }
    assert_true(several_words > 5 && counted > 20 && keyed > 5 && gated > 5);
}

/* Closed and periodic models are among the narrow ones, and wide ones are refused. */
static void test_narrow_models(void **state) {
    (void)state;
    size_t closed = 0;
    small_model m;
    for (size_t i = 0; i < NARROW_SEEDS; i++) {
        random_model(&m, narrow_seeds[i]);
        sw_lattice *lattice = create_packed(&m, 1);
        closed += lattice->packed->narrow->closed;
        sw_lattice_destroy(lattice);
    }
    assert_true(closed > 0 && closed < NARROW_SEEDS);
    random_model(&m, 1);
    sw_lattice *wide = create_lattice(&m.model, 1);
    assert_int_equal(sw_narrow_adopt(wide), SW_OK);
    assert_null(wide->packed->narrow);
    sw_lattice_destroy(wide);
}

/* Mean occupation of A and the clock after many events: both engines, many seeds. */
static void test_engines_agree(void **state) {
    (void)state;
    enum { SEEDS = 40 };
    const uint64_t models[] = {6, 7, WIDE_SEEDS + 2, WIDE_SEEDS + 7};
    for (size_t model = 0; model < 4; model++) {
        double mean[2][2] = {{0}}, square[2][2] = {{0}};
        small_model m;
        random_model(&m, narrow ? narrow_seeds[model] : models[model]);
        for (int engine = 0; engine < 2; engine++)
            for (uint64_t seed = 1; seed <= SEEDS; seed++) {
                sw_lattice *lattice = NULL;
                m.model.run.engine = engine ? SW_ENGINE_PACKED : SW_ENGINE_GENERAL;
                assert_int_equal(sw_lattice_create(&lattice, &m.model, 1, NULL, NULL), SW_OK);
                if (engine && narrow)
                    assert_int_equal(sw_narrow_adopt(lattice), SW_OK);
                lattice->seed = 1000 + seed; /* the same start */
                advance_by_events(lattice, 400);
                double value[2] = {(double)sw_lattice_count(lattice, A_SET, 1),
                                   log(sw_lattice_time(lattice))};
                for (int v = 0; v < 2; v++) {
                    mean[engine][v] += value[v] / SEEDS;
                    square[engine][v] += value[v] * value[v] / SEEDS;
                }
                sw_lattice_destroy(lattice);
            }
        for (int v = 0; v < 2;
             v++) { /* 8 comparisons at 6 standard errors of twice 40 samples: below 1e-6 */
            double error = 0.0;
            for (int e = 0; e < 2; e++)
                error += fmax(square[e][v] - mean[e][v] * mean[e][v], 0.0) / (SEEDS - 1);
            assert_true(fabs(mean[0][v] - mean[1][v]) <= 6.0 * sqrt(error) + 1e-9);
        }
    }
}

/* ---- selection ------------------------------------------------------------------------------- */

typedef struct draws {
    double seen[4096], total, time;
} draws;

static size_t which_channel(const sw_lattice *lattice, const uint8_t *start,
                            const sw_channel *channels, size_t count) {
    size_t sites = sw_lattice_sites(lattice), differ = 0;
    for (size_t s = 0; s < sites; s++)
        differ += sw_lattice_species(lattice, s) != start[s];
    for (size_t c = 0; c < count; c++) {
        size_t explained = 0;
        bool same = true;
        for (size_t k = 0; k < channels[c].slots; k++) {
            size_t at = channels[c].sites[k];
            same = same && sw_lattice_species(lattice, at) == channels[c].after[k];
            explained += channels[c].after[k] != start[at];
        }
        if (same && explained == differ)
            return c;
    }
    return count;
}

static bool changes_site(const sw_channel *channel, size_t site, int to) {
    for (size_t k = 0; k < channel->slots; k++)
        if (channel->sites[k] == site)
            return channel->after[k] == to;
    return false;
}

/* Channels that lead to the same state cannot be told apart: the first of them gets their rates. */
static void join_equal_channels(sw_channel *channels, size_t count, const uint8_t *start) {
    for (size_t c = 0; c < count; c++)
        for (size_t other = 0; other < c; other++) {
            bool same = true;
            for (int way = 0; way < 2; way++) {
                const sw_channel *a = &channels[way ? c : other], *b = &channels[way ? other : c];
                for (size_t k = 0; k < a->slots; k++)
                    same = same && (a->after[k] == start[a->sites[k]] ||
                                    changes_site(b, a->sites[k], a->after[k]));
            }
            if (same) {
                channels[other].rate += channels[c].rate;
                channels[c].rate = 0.0;
                break;
            }
        }
}

/* One event, many times, from one state, against the enumerated rates: chi-square; and the mean
 * and the share of long ones of the waiting times. False alarm below 1e-6 each. */
static void check_selection(small_model *m, size_t at_least) {
    enum { DRAWS = 8000 };
    static draws d;
    d = (draws){0};
    sw_lattice *lattice = create_packed(m, 1);
    size_t sites = sw_lattice_sites(lattice), count, used = 0, late = 0;
    uint8_t *start = malloc(sites);
    sw_channel *channels;
    memcpy(start, lattice->species, sites);
    assert_int_equal(sw_lattice_channels(&channels, &count, lattice), SW_OK);
    assert_true(count >= at_least && count < 4096);
    for (size_t c = 0; c < count; c++)
        d.total += channels[c].rate;
    join_equal_channels(channels, count, start);
    for (int n = 0; n < DRAWS; n++) {
        double before = sw_lattice_time(lattice);
        advance_by_events(lattice, 1);
        double waited = (sw_lattice_time(lattice) - before) * d.total;
        d.time += waited / DRAWS;
        late += waited > 2.0;
        size_t found = which_channel(lattice, start, channels, count);
        assert_true(found < count);
        d.seen[found]++;
        for (size_t k = 0; k < channels[found].slots; k++) {
            size_t at = channels[found].sites[k];
            assert_int_equal(sw_lattice_set(lattice, at, start[at]), SW_OK);
        }
    }
    double chi = 0.0;
    for (size_t c = 0; c < count; c++) {
        double expected = DRAWS * channels[c].rate / d.total;
        if (expected < 5.0)
            continue;
        chi += (d.seen[c] - expected) * (d.seen[c] - expected) / expected;
        used++;
    }
    double n = (double)used - 1.0, share = exp(-2.0);
    double z = (cbrt(chi / n) - (1.0 - 2.0 / (9.0 * n))) / sqrt(2.0 / (9.0 * n));
    assert_true(used > 5);
    if (fabs(z) > 4.9)
        fail_msg("chi-square %g of %g", chi, n);
    assert_true(fabs(d.time - 1.0) < 5.0 / sqrt(DRAWS));
    assert_true(fabs((double)late / DRAWS - share) < 5.0 * sqrt(share * (1.0 - share) / DRAWS));
    free(channels);
    free(start);
    sw_lattice_destroy(lattice);
}

static void test_selection(void **state) {
    (void)state;
    const uint64_t models[] = {50, 51, WIDE_SEEDS + 1, WIDE_SEEDS + 3};
    for (size_t i = 0; i < 4; i++) {
        small_model m;
        random_model(&m, narrow ? narrow_seeds[i] : models[i]);
        check_selection(&m, 20);
    }
}

/* Rates of one state that span twelve decades: every choice is counted by decade. */
static void test_twelve_decades(void **state) {
    (void)state;
    small_model m;
    small_model_init(&m, 40, 1, 1, true, 500.0);
    for (int p = 0; p < 6; p++) {
        sw_process *change =
            small_model_process(&m, "change", 1, SW_KINETICS_RATE, pow(10.0, 2.4 * p - 6.0), 0.0);
        change->slot[0].before = p < 2 ? EMPTY_SET : p < 4 ? A_SET : B_SET;
        change->slot[0].after_species = p < 2 ? 1 + p : p < 4 ? 2 * (p - 2) : p - 4;
    }
    small_model_fill(&m, 0.3, 0.3);
    sw_lattice *lattice = create_packed(&m, 1);
    sw_channel *channels;
    size_t count;
    assert_int_equal(sw_lattice_channels(&channels, &count, lattice), SW_OK);
    const sw_packed_bins *bins = &lattice->packed->bins;
    double total = 0.0, weight = 0.0;
    for (unsigned block = 0; block < SW_PACKED_BLOCKS; block++)
        weight += (double)bins->weight[block] * sw_packed_unit(block);
    weight = narrow ? sw_narrow_total(lattice->packed->narrow) : weight;
    for (size_t c = 0; c < count; c++)
        total += channels[c].rate;
    assert_true(weight >= total * (1.0 - 1e-12) && weight <= total * (1.0 + 1.0 / 32.0));
    free(channels);
    advance_by_events(lattice, 5000);
    audit_lattice(lattice);
    sw_lattice_destroy(lattice);
}

/* ---- the same run again ---------------------------------------------------------------------- */

static void check_restored(uint64_t seed) {
    small_model m;
    sw_bytes bytes = {0};
    sw_error error = {0};
    random_model(&m, seed);
    sw_lattice *whole = create_packed(&m, seed), *again = create_packed(&m, seed);
    advance_by_events(whole, 777);
    assert_int_equal(sw_saved_state_write(whole, &bytes), SW_OK);
    advance_by_events(whole, 1000);
    assert_int_equal(sw_saved_state_read(again, bytes.data, bytes.size, &error), SW_OK);
    advance_by_events(again, 1000);
    assert_true(whole->fingerprint == again->fingerprint);
    assert_true(whole->time == again->time);
    assert_int_equal(sw_saved_state_read(again, bytes.data, bytes.size - 3, &error),
                     SW_ERROR_FORMAT);
    uint32_t wrong = 0xfffffff0u; /* the last site of the last bin */
    memcpy((char *)bytes.data + bytes.size - 8, &wrong, sizeof wrong);
    assert_int_equal(sw_saved_state_read(again, bytes.data, bytes.size, &error), SW_ERROR_FORMAT);
    sw_bytes_clear(&bytes);
    sw_lattice_destroy(whole);
    sw_lattice_destroy(again);
}

static void test_saved_and_restored(void **state) {
    (void)state;
    for (size_t i = 0; narrow && i < NARROW_SEEDS; i++)
        check_restored(narrow_seeds[i]);
    for (uint64_t seed = 60; !narrow && seed < 66; seed++) {
        check_restored(seed);
        check_restored(WIDE_SEEDS + seed);
    }
}

/* With and without the instruction that extracts bits. */
static void test_portable_gather(void **state) {
    (void)state;
    const uint64_t seeds[] = {70, WIDE_SEEDS + 1, WIDE_SEEDS + 2, WIDE_SEEDS + 3};
    for (size_t i = 0; i < 4; i++) {
        small_model m;
        random_model(&m, narrow ? narrow_seeds[i] : seeds[i]);
        sw_lattice *fast = create_packed(&m, 1), *portable = create_packed(&m, 1);
        portable->packed->fast_gather = false;
        advance_by_events(fast, 5000);
        advance_by_events(portable, 5000);
        assert_true(fast->fingerprint == portable->fingerprint);
        sw_lattice_destroy(fast);
        sw_lattice_destroy(portable);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_feed),
        cmocka_unit_test(test_gather),
        cmocka_unit_test(test_bins),
        cmocka_unit_test(test_audit_in_motion),
        cmocka_unit_test(test_wide_models),
        cmocka_unit_test(test_engines_agree),
        cmocka_unit_test(test_selection),
        cmocka_unit_test(test_twelve_decades),
        cmocka_unit_test(test_saved_and_restored),
        cmocka_unit_test(test_portable_gather),
        cmocka_unit_test_setup_teardown(test_narrow_models, use_narrow, use_ordinary),
        cmocka_unit_test_setup_teardown(test_audit_in_motion, use_narrow, use_ordinary),
        cmocka_unit_test_setup_teardown(test_engines_agree, use_narrow, use_ordinary),
        cmocka_unit_test_setup_teardown(test_selection, use_narrow, use_ordinary),
        cmocka_unit_test_setup_teardown(test_twelve_decades, use_narrow, use_ordinary),
        cmocka_unit_test_setup_teardown(test_saved_and_restored, use_narrow, use_ordinary),
        cmocka_unit_test_setup_teardown(test_portable_gather, use_narrow, use_ordinary),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
