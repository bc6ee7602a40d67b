/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The narrow tier of the packed engine: its tables, and which lattices get which engine. What it
 * has in common with the ordinary tier is in test_lattice_packed.c. */
#include "lattice/packed/narrow.h"
#include "lattice/packed/sectors.h"
#include "lattice/saved_state.h"
#include "lattice_steps.h"
#include "small_models.h"
#include "yaml_model.h"

static void hopping_model(small_model *m, int size) {
    small_model_init(m, size, size, 1, true, 500.0);
    small_model_adsorption(m, 1, 3.0, 2.0);
    small_model_hop(m, A_SET, 1.2);
    small_model_fill(m, 0.4, 0.0);
    m->model.run.engine = SW_ENGINE_PACKED;
}

static sw_lattice *create_narrow(small_model *m, uint64_t seed) {
    sw_lattice *lattice = create_lattice(&m->model, seed);
    assert_int_equal(sw_narrow_adopt(lattice), SW_OK);
    assert_non_null(lattice->packed->narrow);
    return lattice;
}

/* What is fetched ahead on large lattices changes nothing. */
static void test_fetching_ahead(void **state) {
    (void)state;
    small_model m;
    hopping_model(&m, 40);
    sw_lattice *ahead = create_narrow(&m, 1), *plain = create_narrow(&m, 1);
    sw_narrow *narrow = ahead->packed->narrow;
    assert_int_equal(narrow->nears, 0);
    narrow->near[0] = -40;
    narrow->near[1] = 40;
    narrow->nears = 2;
    advance_by_events(ahead, 5000);
    advance_by_events(plain, 5000);
    audit_lattice(ahead);
    assert_true(ahead->fingerprint == plain->fingerprint);
    sw_lattice_destroy(ahead);
    sw_lattice_destroy(plain);
}

/* ---- picks ----------------------------------------------------------------------------------- */

/* The share of 2^64 that the columns of a code give to each event. */
static void find_shares(double share[64], sw_packed *packed, uint16_t code) {
    uint32_t pick = sw_narrow_pick(packed, 0, code);
    size_t columns = (size_t)1 << (pick & 31);
    double height = 0x1p64 / (double)columns;
    const sw_narrow_outcome *outcome = &packed->narrow->outcome[pick >> 5];
    for (size_t c = 0; c < columns; c++)
        for (int side = 0; side < 2; side++) {
            double below = (double)outcome[c].threshold;
            if (outcome[c].event[side] == SW_NARROW_NOTHING)
                continue;
            assert_true(outcome[c].event[side] < 64);
            share[outcome[c].event[side]] += side ? height - below : below;
        }
}

/* Whole numbers, so the shares are those of the rates to rounding. */
static void test_picks(void **state) {
    (void)state;
    small_model m;
    hopping_model(&m, 9);
    sw_lattice *lattice = create_narrow(&m, 1);
    sw_packed *packed = lattice->packed;
    size_t seen = 0;
    for (uint32_t s = 0; s < sw_lattice_sites(lattice); s++) {
        uint16_t code = packed->narrow->site[s].code;
        unsigned bin = sw_narrow_bin_at(packed, s);
        if (bin == SW_PACKED_NO_BIN)
            continue;
        double edge = (double)sw_packed_edge(bin) * sw_packed_unit(sw_packed_block_of(bin));
        double share[64] = {0};
        find_shares(share, packed, code);
        for (size_t e = 0; e < packed->events; e++) {
            sw_packed_event *event = &packed->event[e];
            double rate = 0.0;
            if ((code & event->mask) == event->value)
                rate = sw_packed_event_rate(packed, event, (sw_packed_code){.first = code});
            seen += rate > 0.0;
            assert_true(fabs(share[e] * 0x1p-64 * edge - rate) <= 1e-14 * edge);
        }
    }
    assert_true(seen > 100);
    sw_lattice_destroy(lattice);
}

/* ---- bins ------------------------------------------------------------------------------------ */

/* Edges enclose the rates of their bin, within 1/32 of them. */
static void test_edges(void **state) {
    (void)state;
    for (double rate = SW_LOWEST_RATE; rate < 0.5 * SW_HIGHEST_RATE; rate *= 1.0103) {
        unsigned bin = sw_packed_bin_for(rate);
        double edge = (double)sw_packed_edge(bin) * sw_packed_unit(sw_packed_block_of(bin));
        assert_true(bin < SW_PACKED_BINS && sw_packed_block_of(bin) < SW_PACKED_BLOCKS);
        assert_true(rate < edge && edge <= rate * (1.0 + 1.0 / 32.0) * (1.0 + 1e-15));
    }
}

/* A list weighs its count, or a little more where it is long, on the way up and down. */
static void test_rounded_counts(void **state) {
    (void)state;
    enum { SITES = 3000, BIN = 2000 };
    static uint32_t place[SITES];
    sw_narrow_bins *bins = malloc(sizeof *bins);
    assert_non_null(bins);
    sw_narrow_bins_start(bins, SITES);
    for (uint32_t n = 0; n < 2 * SITES; n++) {
        uint32_t count = n < SITES ? n + 1 : 2 * SITES - n - 1;
        if (n < SITES) {
            assert_true(sw_narrow_enter(bins, BIN, n, &place[n]));
        } else {
            uint32_t site = n - SITES, last = sw_narrow_leave(bins, BIN, site, place[site]);
            place[last] = place[site];
        }
        uint64_t rounded = *bins->bin[BIN].weight / sw_packed_edge(BIN);
        assert_int_equal(bins->bin[BIN].count, count);
        assert_true(rounded == sw_narrow_rounded(count));
        assert_true(rounded >= count && rounded <= count + count / 64 + 1);
    }
    sw_narrow_bins_clear(bins);
    free(bins);
}

/* ---- which engine, which tier ---------------------------------------------------------------- */

static void test_which_engine(void **state) {
    (void)state;
    small_model m;
    sw_lattice *lattice = NULL;
    sw_error error = {0};
    small_model_init(&m, 4, 4, 1, true, 500.0);
    small_model_pair(&m, A_SET, A_SET, 2.0, 0.1);
    small_model_hop(&m, A_SET, 0.5);
    assert_int_equal(sw_lattice_create(&lattice, &m.model, 1, NULL, NULL), SW_OK);
    assert_null(lattice->packed); /* hops see five sites in a row: a frame of four is too small */
    sw_lattice_destroy(lattice);
    m.model.run.engine = SW_ENGINE_PACKED;
    assert_int_equal(sw_lattice_create(&lattice, &m.model, 1, NULL, &error), SW_ERROR_MODEL);
    assert_string_equal(error.place, "run.engine");
    assert_non_null(strstr(error.message, "small"));
    m.model.frame.size[0] = m.model.frame.size[1] = 8;
    m.model.run.engine = SW_ENGINE_BEST;
    assert_int_equal(sw_lattice_create(&lattice, &m.model, 1, NULL, NULL), SW_OK);
    assert_non_null(lattice->packed);
    sw_lattice_destroy(lattice);
}

static bool gets_narrow(small_model *m) {
    sw_lattice *lattice = create_lattice(&m->model, 1);
    assert_non_null(lattice->packed);
    bool narrow = lattice->packed->narrow != NULL;
    assert_true(narrow == (lattice->packed->site == NULL));
    sw_lattice_destroy(lattice);
    return narrow;
}

static void test_which_tier(void **state) {
    (void)state;
    const int size = (int)ceil(sqrt(SW_NARROW_FEWEST_SITES));
    small_model m;
    hopping_model(&m, size - 1);
    assert_false(gets_narrow(&m));
    hopping_model(&m, size);
    assert_true(gets_narrow(&m));
    m.model.run.domains[0] = 2;
    assert_false(gets_narrow(&m));
    m.model.run.domains[0] = 1;
    m.model.run.acceleration.scaling = (sw_scaling_settings){.present = true, .margin = 10.0};
    assert_false(gets_narrow(&m));
}

/* Sites that events change but at which none begins, in both tiers. */
static void test_nothing_begins(void **state) {
    (void)state;
    sw_model *model = model_of_text(
        "format: 1\nname: two-kinds\ntitle: Hops that begin at one of two kinds\n"
        "simulator: lattice\n"
        "frame: {lattice_constant: 3 A, cell: [2, 1, 1], size: [12, 12, 1], "
        "periodic: [true, true, false], sites: {a: [[0, 0, 0]], b: [[0.5, 0, 0]]}, "
        "distances: {near: 1}}\n"
        "species: {CO: {element: none, sites: a|b}}\n"
        "processes:\n"
        "  arrives: {sites: {here: a}, change: {here: [empty, CO]}, kinetics: {type: rate, "
        "prefactor: 1 /s, barrier: 0 eV, reverse: {prefactor: 1 /s, barrier: 0 eV}}}\n"
        "  hops: {sites: {from: a, to: {site: b, at: near, of: from}}, change: {from: [CO, "
        "empty], to: [empty, CO]}, kinetics: {type: rate, prefactor: 9 /s, barrier: 0 eV}, "
        "reversible: true}\n"
        "run: {temperature: 500 K, events: 1000}\n");
    for (int narrow = 0; narrow < 2; narrow++) {
        sw_lattice *lattice = create_lattice(sw_model_lattice(model), 1);
        assert_non_null(lattice->packed);
        if (narrow)
            assert_int_equal(sw_narrow_adopt(lattice), SW_OK);
        assert_true((lattice->packed->narrow != NULL) == narrow);
        advance_by_events(lattice, 3000);
        audit_lattice(lattice);
        sw_lattice_destroy(lattice);
    }
    sw_model_destroy(model);
}

/* A narrow lattice is not cut into sectors. */
static void test_not_divided(void **state) {
    (void)state;
    small_model m;
    hopping_model(&m, 12);
    sw_lattice *lattice = create_narrow(&m, 1);
    uint8_t of[144] = {0};
    assert_int_equal(sw_packed_divide(lattice, of, 1), SW_ERROR_UNSUPPORTED);
    advance_by_events(lattice, 100);
    audit_lattice(lattice);
    sw_lattice_destroy(lattice);
}

/* A lattice that is large by itself: as fetched ahead, saved and restored. */
static void test_large(void **state) {
    (void)state;
    small_model m;
    sw_bytes bytes = {0};
    hopping_model(&m, 450);
    sw_lattice *whole = create_lattice(&m.model, 5), *again = create_lattice(&m.model, 5);
    assert_non_null(whole->packed->narrow);
    assert_true(whole->packed->narrow->nears > 1);
    advance_by_events(whole, 20000);
    assert_int_equal(sw_saved_state_write(whole, &bytes), SW_OK);
    assert_int_equal(sw_saved_state_read(again, bytes.data, bytes.size, NULL), SW_OK);
    advance_by_events(whole, 20000);
    advance_by_events(again, 20000);
    assert_true(whole->fingerprint == again->fingerprint && whole->time == again->time);
    audit_lattice(again);
    sw_bytes_clear(&bytes);
    sw_lattice_destroy(whole);
    sw_lattice_destroy(again);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fetching_ahead), cmocka_unit_test(test_picks),
        cmocka_unit_test(test_edges),          cmocka_unit_test(test_rounded_counts),
        cmocka_unit_test(test_which_engine),   cmocka_unit_test(test_which_tier),
        cmocka_unit_test(test_nothing_begins), cmocka_unit_test(test_not_divided),
        cmocka_unit_test(test_large),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
