/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A restored lattice goes on bit for bit; what does not fit is refused; seeds decide everything. */
#include "lattice/saved_state.h"
#include "lattice_steps.h"
#include "oxide_models.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define CHUNK 70 /* events between two stops */
#define CHUNKS 3

static const double feeds[3][3] = {{2e4, 0, 500}, {2e4, 0, 100}, {0, 2000, 100}};

static void add_water(oxide_model *m) {
    sw_process *water = oxide_model_process(m, "water", OXYGEN, 1, SW_KINETICS_BARRIER, 1e13, 1.0);
    water->slot[0].before = ONLY(OX);
    water->slot[0].after_species = SW_EMPTY;
    water->slot[0].open_to_gas = true;
    water->gas_changes = 2;
    water->gas_change[0] = (sw_gas_change){0, -1};
    water->gas_change[1] = (sw_gas_change){2, 1};
    water->supply_change = -2;
    water->reversible = true;
    water->spillover = true;
}

/* Everything at once: hops with energies, a supply with its field, gas access, a programme. */
static void full_model(oxide_model *m) {
    static const bool axes[3] = {1, 0, 0};
    oxide_model_init(m, 5, 5, 4, axes, 750.0);
    oxide_model_gas(m, 2e4, 0.0, 100.0);
    oxide_model_void_rule(m);
    oxide_model_supply(m);
    m->model.supply.bound_at_most = 3;
    oxide_model_spillover(m, 0.9, 1.1, 70);
    oxide_model_pair(m, METALS, CATION, METALS, CATION, NEIGHBOUR, -0.1);
    oxide_model_screen(m);
    oxide_model_valence(m, 5, 3);
    m->energy[1] *= 0.2; /* weak oxygen, so that it comes and goes */
    m->energy[2] *= 0.2;
    m->energy[3] *= 0.2;
    oxide_model_fill(m, CATION, FE, 8.0);
    oxide_model_fill(m, OXYGEN, OX, 8.0)->centre[2] = 5.0;
    oxide_model_hop(m, METALS, CATION, 1.1);
    oxide_model_hop(m, ONLY(OX), OXYGEN, 1.2);
    add_water(m);
    m->model.run.temperature_step = 1.0;
    m->model.legs = 3;
    m->leg[0] = (sw_leg){1e-6, 760.0, false, feeds[0]};
    m->leg[1] = (sw_leg){3e-6, 800.0, true, feeds[1]};
    m->leg[2] = (sw_leg){1e-5, 780.0, true, feeds[2]};
}

/* The same without energies: quick to make. */
static void lean_model(oxide_model *m) {
    full_model(m);
    m->model.energetics.pair_terms = m->model.energetics.valence_terms = 0;
    m->process[1].barrier = 1.0;
}

static void advance_to_event(sw_lattice *lattice, uint64_t event) {
    advance_until(lattice, INFINITY, event);
    assert_int_equal(sw_lattice_events(lattice), event);
}

static void save(sw_bytes *bytes, const sw_lattice *lattice) {
    *bytes = (sw_bytes){0};
    assert_int_equal(sw_saved_state_write(lattice, bytes), SW_OK);
}

/* ---- going on -------------------------------------------------------------------------------- */

static void test_restored_goes_on(void **state) {
    (void)state;
    oxide_model m;
    full_model(&m);
    uint64_t expected[CHUNKS];
    sw_bytes saved[CHUNKS];
    sw_lattice *whole = create_lattice(&m.model, 5);
    for (uint64_t i = 0; i < CHUNKS; i++) {
        advance_to_event(whole, (i + 1) * CHUNK + i * i); /* stops beside refreshes */
        expected[i] = whole->fingerprint;
        save(&saved[i], whole);
    }
    for (int p = 0; p < 3; p++)
        assert_true(sw_lattice_process_events(whole, (size_t)p, false) > 20);
    assert_true(whole->leg >= 2 && whole->supply.used != 0.0);
    for (uint64_t i = 0; i < CHUNKS; i++) {
        sw_lattice *part = create_lattice(&m.model, 5);
        sw_error error = {0};
        if (sw_saved_state_read(part, saved[i].data, saved[i].size, &error) != SW_OK)
            fail_msg("%s: %s", error.place, error.message);
        assert_true(part->fingerprint == expected[i]);
        audit_lattice(part);
        for (uint64_t k = i + 1; k < CHUNKS; k++) {
            advance_to_event(part, (k + 1) * CHUNK + k * k);
            assert_true(part->fingerprint == expected[k]);
        }
        sw_bytes last;
        save(&last, part);
        assert_int_equal(last.size, saved[CHUNKS - 1].size);
        assert_memory_equal(last.data, saved[CHUNKS - 1].data, last.size);
        sw_bytes_clear(&last);
        sw_lattice_destroy(part);
    }
    for (int i = 0; i < CHUNKS; i++)
        sw_bytes_clear(&saved[i]);
    sw_lattice_destroy(whole);
}

static void test_seeds(void **state) {
    (void)state;
    oxide_model m;
    full_model(&m);
    sw_lattice *a = create_lattice(&m.model, 5), *b = create_lattice(&m.model, 5);
    sw_lattice *c = create_lattice(&m.model, 6);
    advance_to_event(a, 100);
    for (uint64_t e = 1; e <= 100; e++) /* stopping does not matter */
        advance_to_event(b, e);
    advance_to_event(c, 100);
    assert_true(a->fingerprint == b->fingerprint);
    assert_true(sw_lattice_time(a) == sw_lattice_time(b));
    assert_true(a->fingerprint != c->fingerprint);
    sw_lattice_destroy(a);
    sw_lattice_destroy(b);
    sw_lattice_destroy(c);
}

/* ---- what does not fit ----------------------------------------------------------------------- */

static void test_truncated(void **state) {
    (void)state;
    oxide_model m;
    lean_model(&m);
    sw_lattice *lattice = create_lattice(&m.model, 5);
    sw_bytes saved;
    advance_to_event(lattice, 200);
    save(&saved, lattice);
    for (size_t size = 0; size < saved.size; size += size < 400 ? 13 : 1 + saved.size / 30) {
        unsigned char *part = malloc(size ? size : 1); /* its own block: reading on is found */
        memcpy(part, saved.data, size);
        sw_lattice *fresh = create_lattice(&m.model, 5);
        sw_error error = {0};
        assert_int_equal(sw_saved_state_read(fresh, part, size, &error), SW_ERROR_FORMAT);
        assert_non_null(strstr(error.message, "does not fit"));
        sw_lattice_destroy(fresh);
        free(part);
    }
    assert_int_equal(sw_bytes_append(&saved, "x", 1), SW_OK);
    sw_error error = {0};
    assert_int_equal(sw_saved_state_read(lattice, saved.data, saved.size, &error), SW_ERROR_FORMAT);
    assert_non_null(strstr(error.message, "too long"));
    sw_bytes_clear(&saved);
    sw_lattice_destroy(lattice);
}

static void test_other_model_or_seed(void **state) {
    (void)state;
    oxide_model m, other;
    full_model(&m);
    sw_lattice *lattice = create_lattice(&m.model, 5), *seeded = create_lattice(&m.model, 6);
    sw_bytes saved;
    sw_error error = {0};
    save(&saved, lattice);
    assert_int_equal(sw_saved_state_read(seeded, saved.data, saved.size, &error), SW_ERROR_FORMAT);
    assert_non_null(strstr(error.message, "seed"));
    full_model(&other);
    other.model.frame.size[2] = 6;
    sw_lattice *larger = create_lattice(&other.model, 5);
    assert_int_equal(sw_saved_state_read(larger, saved.data, saved.size, &error), SW_ERROR_FORMAT);
    sw_bytes_clear(&saved);
    sw_lattice_destroy(lattice);
    sw_lattice_destroy(seeded);
    sw_lattice_destroy(larger);
}

/* A flipped bit is refused, or gives a state that can be run: never a crash, never a hang. The
 * first 216 bytes (the clocks) are flipped one by one, the rest at random places. */
static void test_flipped_bits(void **state) {
    (void)state;
    oxide_model m;
    lean_model(&m);
    sw_lattice *lattice = create_lattice(&m.model, 5);
    sw_bytes saved;
    advance_to_event(lattice, 200);
    save(&saved, lattice);
    sw_random random = sw_random_create(9, 9);
    int refused = 0, taken = 0;
    for (size_t i = 0; i < 250; i++) {
        double u[2];
        sw_random_pair(u, &random);
        size_t byte = i < 216 ? i : 216 + (size_t)(u[0] * (double)(saved.size - 216));
        unsigned char *data = saved.data;
        unsigned char mask = (unsigned char)(1u << (int)(u[1] * 8.0));
        if (i < 216 && i % 8 >= 6) /* exponents and signs of doubles matter most */
            mask = (unsigned char)(i % 3 ? 0x80 : 0x7f);
        data[byte] ^= mask;
        sw_lattice *fresh = create_lattice(&m.model, 5);
        sw_error error = {0};
        if (sw_saved_state_read(fresh, saved.data, saved.size, &error) == SW_OK) {
            bool finished;
            sw_horizon horizon = {sw_lattice_time(fresh) + 1e-6, sw_lattice_events(fresh) + 20};
            (void)!sw_lattice_advance(fresh, horizon, &finished, &error);
            taken++;
        } else {
            assert_true(error.code != SW_OK && error.message[0]);
            refused++;
        }
        sw_lattice_destroy(fresh);
        data[byte] ^= mask;
    }
    assert_true(refused > 40 && taken > 15);
    sw_bytes_clear(&saved);
    sw_lattice_destroy(lattice);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_restored_goes_on), cmocka_unit_test(test_seeds),
        cmocka_unit_test(test_truncated),        cmocka_unit_test(test_other_model_or_seed),
        cmocka_unit_test(test_flipped_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
