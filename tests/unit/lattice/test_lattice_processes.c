/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `show --processes` lists: barriers and rates alone, now, and of the ways back. */
#include "lattice_steps.h"
#include "yaml_model.h"

#define TEMPERATURE 500.0
#define THERMAL (SW_BOLTZMANN * TEMPERATURE)

/* Two neighbours hold 0.1 eV; every A is bound by 0.2 eV. */
#define MODEL                                                                                      \
    "format: 1\nname: listed\nsimulator: lattice\n"                                                \
    "frame: {lattice_constant: 3 A, cell: [1, 1, 5], size: [6, 6, 1], periodic: [true, true, "     \
    "false], sites: {s: [[0, 0, 0]]}}\n"                                                           \
    "species: {A: {element: none, formula: He, sites: s}}\n"                                       \
    "energetics: {sites: [{species: A, sites: s, energy: -0.2 eV}], pairs: [{species: [A, A], "    \
    "sites: [s, s], distance: 1, energy: -0.1 eV}]}\n"                                             \
    "processes:\n"                                                                                 \
    "  hop: {sites: {a: s, b: {site: s, at: 1}}, change: {a: [A, empty], b: [empty, a]}, "         \
    "kinetics: {type: barrier, prefactor: 1e12 /s, barrier: 0.5 eV}}\n"                            \
    "  pair_up: {sites: {a: s, b: {site: s, at: 1}}, change: {a: [A, empty], b: [empty, a]}, "     \
    "where: [{at: b, count: A, distance: 1, at_least: 1, without_pattern: true}], irreversible: "  \
    "true, kinetics: {type: barrier, prefactor: 1e12 /s, barrier: 0.4 eV}}\n"                      \
    "  exchange: {transmutes: true, sites: {a: s}, change: {a: [A, empty]}, reversible: true, "    \
    "kinetics: "                                                                                   \
    "{type: rate, prefactor: 1e11 /s, barrier: 0.7 eV, reverse: {prefactor: 1e10 /s, barrier: "    \
    "0.6 eV}}}\n"                                                                                  \
    "structure: {fill: [{mixture: {A: 0 %}, sites: s}]}\n"                                         \
    "run: {temperature: 500 K, events: 100}\n"

typedef struct listed {
    sw_model *model;
    sw_lattice *lattice;
    sw_process_summary summary[6];
} listed;

static void open_listed(listed *l, const char *text, const size_t *occupied, size_t count) {
    l->model = model_of_text(text);
    l->lattice = create_lattice(sw_model_lattice(l->model), 1);
    for (size_t i = 0; i < count; i++)
        put_species(l->lattice, occupied[i], 1);
    assert_int_equal(sw_lattice_process_summaries(l->summary, l->lattice), SW_OK);
    audit_lattice(l->lattice); /* the state is as it was */
}

static void close_listed(listed *l) {
    sw_lattice_destroy(l->lattice);
    sw_model_destroy(l->model);
}

static void assert_near(double value, double expected) {
    assert_true(fabs(value - expected) <= 1e-9 * (fabs(expected) + 1e-9));
}

static void assert_range(sw_range range, double low, double high) {
    assert_near(range.low, low);
    assert_near(range.high, high);
}

/* Nothing is on the frame: no channel but a landing, and all are listed alone. */
static void test_alone(void **state) {
    listed l;
    (void)state;
    open_listed(&l, MODEL, NULL, 0);
    const sw_process_summary *hop = &l.summary[0], *pair_up = &l.summary[2], *out = &l.summary[4];
    assert_int_equal(hop->open, 0);
    assert_true(isnan(hop->rate.low));
    assert_range(hop->lone_barrier, 0.5, 0.5);
    assert_range(hop->lone_rate, 1e12 * exp(-0.5 / THERMAL), 1e12 * exp(-0.5 / THERMAL));
    assert_int_equal(hop->orientations, 4);
    assert_near(fabs(hop->vector[1][0]) + fabs(hop->vector[1][1]), 3.0);
    /* a neighbour is put beside the place where it goes: -0.1 eV, half of it in the barrier, or two
     * from the start, where it changes nothing */
    assert_true(pair_up->lone_barrier.low >= 0.35 - 1e-9 && pair_up->lone_barrier.low < 0.4);
    assert_range(out->lone_barrier, 0.7, 0.7);
    assert_range(out[1].lone_barrier, 0.6, 0.6);
    close_listed(&l);
}

/* Two neighbours: breaking up costs 0.1 eV, so 0.55 eV, and 0.45 eV back. */
static void test_now_and_undone(void **state) {
    listed l;
    const size_t occupied[] = {14, 15};
    (void)state;
    open_listed(&l, MODEL, occupied, 2);
    const sw_process_summary *hop = &l.summary[0], *out = &l.summary[4];
    assert_int_equal(hop->open, 6);
    assert_range(hop->barrier, 0.55, 0.55);
    assert_range(hop->undo_barrier, 0.45, 0.45);
    assert_range(hop->change, 0.1, 0.1);
    assert_near(hop->rate.low / hop->undo_rate.low, exp(-0.1 / THERMAL));
    assert_int_equal(out->open, 2);
    assert_range(out->undo_barrier, 0.6, 0.6);
    assert_near(out[1].undo_rate.high, 1e11 * exp(-0.7 / THERMAL));
    assert_true(isnan(l.summary[2].undo_rate.low)); /* one way */
    close_listed(&l);
}

/* Forward over back is exp(-dG/kT) where the reverse follows from the energetics. */
static void test_balance(void **state) {
    listed l;
    (void)state;
    char text[2600];
    snprintf(text, sizeof text, "%s", MODEL);
    char *kinetics = strstr(text, "{type: rate");
    memset(kinetics, ' ',
           strlen("{type: rate, prefactor: 1e11 /s, barrier: 0.7 eV, reverse: "
                  "{prefactor: 1e10 /s, barrier: 0.6 eV}}"));
    memcpy(kinetics, "{type: barrier, prefactor: 1e11 /s, barrier: 0.7 eV, transfer: 0.25}",
           strlen("{type: barrier, prefactor: 1e11 /s, barrier: 0.7 eV, transfer: 0.25}"));
    open_listed(&l, text, NULL, 0);
    const sw_process_summary *out = &l.summary[4];
    /* leaving costs 0.2 eV */
    assert_range(out->lone_barrier, 0.75, 0.75);
    assert_range(out[1].lone_barrier, 0.55, 0.55);
    assert_near(out->lone_rate.low / out[1].lone_rate.low, exp(-0.2 / THERMAL));
    close_listed(&l);
}

/* A scale is felt both ways and by no barrier, also where the reverse is stated. */
static void test_scale(void **state) {
    listed plain, scaled;
    (void)state;
    char text[2600];
    snprintf(text, sizeof text, "%s", MODEL);
    open_listed(&plain, text, NULL, 0);
    for (char *at = strstr(text, "prefactor: 1e1"); at; at = strstr(at + 30, "prefactor: 1e1"))
        if (at[14] != '0') { /* all but the stated reverse itself */
            memmove(at + 10, at, strlen(at) + 1);
            memcpy(at, "scale: 3, ", 10);
        }
    open_listed(&scaled, text, NULL, 0);
    for (size_t i = 0; i < 6; i++) {
        if (plain.summary[i].orientations == 0)
            continue;
        assert_near(scaled.summary[i].lone_rate.low, 3.0 * plain.summary[i].lone_rate.low);
        assert_range(scaled.summary[i].lone_barrier, plain.summary[i].lone_barrier.low,
                     plain.summary[i].lone_barrier.high);
    }
    close_listed(&plain);
    close_listed(&scaled);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_alone),
        cmocka_unit_test(test_now_and_undone),
        cmocka_unit_test(test_balance),
        cmocka_unit_test(test_scale),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
