/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tracers: displacements against plain following, births, exchanges, checkpoints; and the columns
 * of the series, which appear only where the model gives them a meaning. */
#include "lattice/saved_state.h"
#include "lattice/series.h"
#include "lattice/tracers.h"
#include "small_models.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define EDGE 2.0 /* A */

static sw_lattice *create(const small_model *m, uint64_t seed) {
    sw_lattice *lattice = NULL;
    sw_error error = {0};
    if (sw_lattice_create(&lattice, &m->model, seed, NULL, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    return lattice;
}

static void advance(sw_lattice *lattice, uint64_t events) {
    bool finished;
    sw_error error = {0};
    if (sw_lattice_advance(lattice, (sw_horizon){INFINITY, events}, &finished, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
}

/* ---- one walker ------------------------------------------------------------------------------ */

static int wrapped(int difference, int size) {
    return difference > 1 ? difference - size : difference < -1 ? difference + size : difference;
}

static size_t find_atom(const sw_lattice *lattice) {
    size_t site = 0;
    while (sw_lattice_species(lattice, site) != 1)
        site++;
    return site;
}

static void test_walker(void **state) {
    (void)state;
    small_model m;
    small_model_init(&m, 4, 5, 3, true, 500.0);
    small_model_hop(&m, A_SET, 0.5);
    m.model.observe.tracers = A_SET;
    sw_lattice *lattice = create(&m, 3);
    assert_int_equal(sw_lattice_set(lattice, 0, 1), SW_OK);
    int at[3] = {0}, before[3], after[3];
    sw_geometry_cell(before, &lattice->geometry, 0);
    for (uint64_t hops = 1; hops <= 300; hops++) {
        advance(lattice, hops);
        sw_geometry_cell(after, &lattice->geometry, (uint32_t)find_atom(lattice));
        double square = 0.0;
        for (int d = 0; d < 3; d++) {
            at[d] += wrapped(after[d] - before[d], m.model.frame.size[d]);
            before[d] = after[d];
            square += EDGE * EDGE * at[d] * at[d];
        }
        sw_tracer_sums sums;
        sw_tracers_sum(&sums, lattice, 1);
        assert_true(sums.atoms == 1.0 && sums.square == square);
        assert_true(sums.hop_squares == EDGE * EDGE * (double)hops);
    }
    assert_true(abs(at[0]) > 4 || abs(at[1]) > 5 || abs(at[2]) > 3); /* it went round */
    sw_lattice_destroy(lattice);
}

/* A and B change places: both move, in opposite directions, and the pair's hops add up. */
static void test_exchange(void **state) {
    (void)state;
    small_model m;
    small_model_init(&m, 6, 5, 1, true, 500.0);
    sw_process *swap = small_model_process(&m, "swap", 2, SW_KINETICS_RATE, 1e6, 0.0);
    swap->slot[0].before = A_SET;
    swap->slot[1].before = B_SET;
    swap->slot[0].after_slot = 1;
    swap->slot[1].after_slot = 0;
    small_model_fill(&m, 0.5, 0.5);
    m.model.observe.tracers = A_SET | B_SET;
    sw_lattice *lattice = create(&m, 4);
    advance(lattice, 500);
    sw_tracer_sums a, b;
    int64_t drift[3] = {0};
    sw_tracers_sum(&a, lattice, 1);
    sw_tracers_sum(&b, lattice, 2);
    assert_true(a.hop_squares == 500.0 * EDGE * EDGE && b.hop_squares == a.hop_squares);
    assert_true(a.square > 0.0 && a.square < a.hop_squares * 10.0);
    for (uint32_t site = 0; site < lattice->geometry.sites; site++)
        for (int d = 0; d < 3; d++)
            drift[d] += lattice->observer->tracers[site].cells[d];
    assert_true(drift[0] == 0 && drift[1] == 0 && drift[2] == 0);
    sw_lattice_destroy(lattice);
}

/* What adsorbs begins where it lands; what desorbs is forgotten. */
static void test_birth(void **state) {
    (void)state;
    small_model m;
    small_model_init(&m, 5, 5, 1, true, 500.0);
    small_model_adsorption(&m, 1, 1.0, 5.0);
    m.model.observe.tracers = A_SET;
    sw_lattice *lattice = create(&m, 5);
    for (uint64_t events = 100; events <= 400; events += 100) {
        sw_tracer_sums sums;
        advance(lattice, events);
        sw_tracers_sum(&sums, lattice, 1);
        assert_true(sums.square == 0.0 && sums.hop_squares == 0.0);
        assert_true(sums.atoms == (double)sw_lattice_count(lattice, A_SET, ALL_KINDS));
    }
    sw_lattice_destroy(lattice);
}

static void dense_model(small_model *m) {
    small_model_init(m, 6, 6, 5, true, 700.0);
    small_model_hop(m, A_SET | B_SET, 0.5);
    small_model_fill(m, 0.4, 0.3);
    m->model.observe.tracers = A_SET;
}

static void test_checkpoint(void **state) {
    (void)state;
    small_model m;
    dense_model(&m);
    sw_lattice *whole = create(&m, 6), *part = create(&m, 6);
    sw_bytes middle = {0}, end = {0}, resumed = {0};
    sw_error error = {0};
    advance(whole, 700);
    assert_int_equal(sw_saved_state_write(whole, &middle), SW_OK);
    advance(whole, 1500);
    assert_int_equal(sw_saved_state_write(whole, &end), SW_OK);
    assert_int_equal(sw_saved_state_read(part, middle.data, middle.size, &error), SW_OK);
    advance(part, 1500);
    assert_int_equal(sw_saved_state_write(part, &resumed), SW_OK);
    assert_int_equal(resumed.size, end.size);
    assert_memory_equal(resumed.data, end.data, end.size);
    sw_tracer_sums sums;
    sw_tracers_sum(&sums, part, 1);
    assert_true(sums.square > 100.0);
    /* a start that is no site of the cell is refused */
    part->observer->tracers[7].start = 1;
    resumed.size = 0;
    assert_int_equal(sw_saved_state_write(part, &resumed), SW_OK);
    assert_int_equal(sw_saved_state_read(whole, resumed.data, resumed.size, &error),
                     SW_ERROR_FORMAT);
    sw_bytes_clear(&middle);
    sw_bytes_clear(&end);
    sw_bytes_clear(&resumed);
    sw_lattice_destroy(whole);
    sw_lattice_destroy(part);
}

/* On two cells a step to the right is one to the left as well. */
static void test_small_frame(void **state) {
    (void)state;
    small_model m;
    sw_lattice *lattice = NULL;
    sw_error error = {0};
    small_model_init(&m, 2, 5, 1, true, 500.0);
    small_model_hop(&m, A_SET, 0.5);
    m.model.observe.tracers = A_SET;
    assert_int_equal(sw_lattice_create(&lattice, &m.model, 1, NULL, &error), SW_ERROR_MODEL);
    assert_string_equal(error.place, "observe.tracers");
    assert_null(lattice);
}

/* ---- columns --------------------------------------------------------------------------------- */

static void check_columns(const small_model *m, const char *const *names, size_t count) {
    sw_lattice *lattice = create(m, 7);
    sw_table *series = NULL;
    assert_int_equal(sw_table_create(&series), SW_OK);
    assert_int_equal(sw_series_describe(lattice, series), SW_OK);
    for (size_t c = 0; c < count && c < sw_table_columns(series); c++)
        assert_string_equal(sw_table_name(series, c), names[c]);
    assert_int_equal(sw_table_columns(series), count);
    sw_table_destroy(series);
    sw_lattice_destroy(lattice);
}

static void test_columns(void **state) {
    (void)state;
    static const char *const plain[] = {"time",    "events",    "temperature", "A atoms",
                                        "B atoms", "A on site", "B on site"};
    static const char *const all[] = {"time",           "events",
                                      "temperature",    "H2 pressure",
                                      "H2O pressure",   "A atoms",
                                      "B atoms",        "A on site",
                                      "B on site",      "energy per site",
                                      "order",          "order magnitude",
                                      "H2 turnover",    "A squared displacement",
                                      "A squared hops", "A correlation factor"};
    small_model m;
    small_model_init(&m, 5, 5, 1, true, 500.0);
    small_model_hop(&m, A_SET, 0.5);
    check_columns(&m, plain, 7);
    m.gas[0] = (sw_gas_species){"H2", 1e5};
    m.gas[1] = (sw_gas_species){"H2O", 1e5};
    m.model.gas.species = 2;
    m.model.observe.tracers = A_SET;
    m.model.observe.order[0] = A_SET;
    m.model.observe.order[1] = B_SET;
    small_model_pair(&m, A_SET, A_SET, EDGE, -0.1);
    sw_process *adsorption = small_model_adsorption(&m, 1, 1.0, 1.0);
    adsorption->gas_changes = 1;
    adsorption->gas_change[0] = (sw_gas_change){0, -1};
    check_columns(&m, all, 16);
}

static double value_of(const sw_table *series, const char *name) {
    ptrdiff_t column = sw_table_find(series, name);
    assert_true(column >= 0);
    return sw_table_numbers_const(series, (size_t)column)[sw_table_rows(series) - 1];
}

/* A row against counting: 60 sites, irreversible adsorption from gas at 1 bar and rate 2 /s. */
static void test_values(void **state) {
    (void)state;
    small_model m;
    sw_error error = {0};
    small_model_init(&m, 10, 6, 1, true, 500.0);
    m.gas[0] = (sw_gas_species){"H2", SW_BAR};
    m.model.gas.species = 1;
    sw_process *adsorption = small_model_adsorption(&m, 1, 2.0, 0.0);
    adsorption->reversible = false;
    adsorption->gas_changes = 1;
    adsorption->gas_change[0] = (sw_gas_change){0, -1};
    small_model_pair(&m, A_SET, A_SET, EDGE, -0.1);
    m.model.observe.order[0] = A_SET;
    m.model.observe.order[1] = EMPTY_SET;
    sw_lattice *lattice = create(&m, 8);
    sw_table *series = NULL;
    assert_int_equal(sw_table_create(&series), SW_OK);
    assert_int_equal(sw_series_describe(lattice, series), SW_OK);
    assert_int_equal(sw_series_observe(lattice, series, &error), SW_OK);
    assert_true(isnan(value_of(series, "H2 turnover")));
    advance(lattice, 15);
    assert_int_equal(sw_series_observe(lattice, series, &error), SW_OK);
    double first = sw_lattice_time(lattice);
    assert_true(value_of(series, "A on site") == 0.25);
    assert_true(value_of(series, "order") == -0.5);
    assert_true(value_of(series, "order magnitude") == 0.5);
    assert_true(fabs(value_of(series, "H2 turnover") * first * 60.0 + 15.0) < 1e-9);
    assert_true(fabs(value_of(series, "energy per site") * 60.0 - sw_lattice_energy(lattice)) <
                1e-12);
    advance(lattice, 20);
    assert_int_equal(sw_series_observe(lattice, series, &error), SW_OK);
    double interval = sw_lattice_time(lattice) - first;
    assert_true(fabs(value_of(series, "H2 turnover") * interval * 60.0 + 5.0) < 1e-9);
    sw_table_destroy(series);
    sw_lattice_destroy(lattice);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_walker),      cmocka_unit_test(test_exchange),
        cmocka_unit_test(test_birth),       cmocka_unit_test(test_checkpoint),
        cmocka_unit_test(test_small_frame), cmocka_unit_test(test_columns),
        cmocka_unit_test(test_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
