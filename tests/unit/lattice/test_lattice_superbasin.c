/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Superbasins against the run without them and against closed forms. False alarms at most 1e-6 a
 * comparison: sqrt(n) D > 2.69 for one sample, the same for two with n m / (n + m).
 */
#include "lattice/saved_state.h"
#include "lattice/superbasin/superbasin.h"
#include "lattice_steps.h"
#include "small_models.h"

#include <string.h>

#define KS_LIMIT 2.69
#define RUNS 400

/* An adatom A on a row of five places between walls of B; it desorbs from anywhere. With a bond to
 * the walls the ends are traps. */
static void corral(small_model *m, double bond, double desorption, bool accelerated) {
    small_model_init(m, 7, 1, 1, false, 600.0);
    small_model_pair(m, A_SET, B_SET, 2.0, -bond);
    small_model_hop(m, A_SET, 0.5);
    sw_process *leave = small_model_process(m, "leave", 1, SW_KINETICS_RATE, desorption, 0.0);
    leave->slot[0].before = A_SET;
    leave->slot[0].after_species = SW_EMPTY;
    m->model.run.engine = SW_ENGINE_GENERAL;
    m->model.run.acceleration.superbasin = (sw_superbasin_settings){accelerated, 16};
}

static void furnish(sw_lattice *lattice) {
    put_species(lattice, 0, 2);
    put_species(lattice, 6, 2);
    put_species(lattice, 2, 1);
}

static int compare_numbers(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double two_sample_distance(double *a, double *b, size_t n) {
    qsort(a, n, sizeof *a, compare_numbers);
    qsort(b, n, sizeof *b, compare_numbers);
    double largest = 0.0;
    for (size_t i = 0, j = 0; i < n && j < n;) {
        if (a[i] <= b[j])
            i++;
        else
            j++;
        largest = fmax(largest, fabs((double)i - (double)j) / (double)n);
    }
    return largest * sqrt((double)n / 2.0);
}

static double life_of_adatom(const small_model *m, uint64_t seed, sw_superbasin_record *record) {
    sw_lattice *lattice = create_lattice(&m->model, seed);
    furnish(lattice);
    while (sw_lattice_count(lattice, A_SET, ALL_KINDS) > 0)
        advance_until(lattice, INFINITY, sw_lattice_events(lattice) + 1);
    double time = sw_lattice_time(lattice);
    if (record)
        *record = lattice->superbasin->record;
    audit_lattice(lattice);
    sw_lattice_destroy(lattice);
    return time;
}

/* Escape over a distance with traps on the way: the same times with and without. */
static void test_same_times(void **state) {
    (void)state;
    static double plain[RUNS], fast[RUNS];
    small_model m;
    for (int s = 0; s < RUNS; s++) {
        corral(&m, 0.15, 2e6, false);
        plain[s] = life_of_adatom(&m, (uint64_t)s + 1, NULL);
        corral(&m, 0.15, 2e6, true);
        sw_superbasin_record record;
        fast[s] = life_of_adatom(&m, (uint64_t)s + 1, &record);
        assert_true(record.entered > 0);
    }
    assert_true(two_sample_distance(plain, fast, RUNS) < KS_LIMIT);
}

/* Desorption that is as fast from every place is exponential, after 1e13 hops too. */
static void test_deep_basin(void **state) {
    (void)state;
    static double life[RUNS];
    small_model m;
    double passed = 0.0;
    for (int s = 0; s < RUNS; s++) {
        corral(&m, 0.15, 1e-4, true);
        sw_superbasin_record record;
        life[s] = life_of_adatom(&m, (uint64_t)s + 1, &record);
        assert_true(record.passages > 0);
        passed += record.passed / RUNS;
    }
    assert_true(passed > 1e11);
    qsort(life, RUNS, sizeof *life, compare_numbers);
    double largest = 0.0;
    for (int i = 0; i < RUNS; i++) {
        double expected = -expm1(-life[i] * 1e-4);
        largest = fmax(largest, fmax(expected - (double)i / RUNS, (i + 1.0) / RUNS - expected));
    }
    assert_true(largest * sqrt(RUNS) < KS_LIMIT);
}

/* Where the adatom stands at given times follows the Boltzmann distribution, rows or no rows. */
static void test_standing_places(void **state) {
    (void)state;
    small_model m;
    double seen[7] = {0}, weight[7] = {0}, sum = 0.0;
    corral(&m, 0.05, 1e-9, true);
    sw_lattice *lattice = create_lattice(&m.model, 5);
    furnish(lattice);
    const int rows = 10000;
    for (int r = 1; r <= rows; r++) {
        advance_to_time(lattice, 1e-5 * r); /* thousands of hops apart */
        for (size_t s = 1; s < 6; s++)
            seen[s] += sw_lattice_species(lattice, s) == 1;
    }
    assert_true(lattice->superbasin->record.passages >= (uint64_t)rows / 2);
    sw_lattice_destroy(lattice);
    for (int s = 1; s < 6; s++) {
        weight[s] = s == 1 || s == 5 ? exp(0.05 / (SW_BOLTZMANN * 600.0)) : 1.0;
        sum += weight[s];
    }
    for (int s = 1; s < 6; s++) {
        double p = weight[s] / sum;
        assert_true(fabs(seen[s] / rows - p) < 4.9 * sqrt(p * (1.0 - p) / rows));
    }
}

/* Two adatoms, joint configurations, a third species that comes and goes elsewhere. */
static void crowd(small_model *m, bool accelerated) {
    small_model_init(m, 5, 4, 1, true, 700.0);
    small_model_pair(m, A_SET, A_SET, 2.0, -0.08);
    small_model_pair(m, A_SET, B_SET, 2.0, 0.05);
    small_model_hop(m, A_SET, 0.4);
    sw_process *land = small_model_adsorption(m, 2, 3e6, 2e7);
    land->has_reverse_rate = true;
    m->model.run.engine = SW_ENGINE_GENERAL;
    m->model.run.acceleration.superbasin = (sw_superbasin_settings){accelerated, 40};
}

static sw_lattice *create_crowd(small_model *m, bool accelerated, uint64_t seed) {
    crowd(m, accelerated);
    sw_lattice *lattice = create_lattice(&m->model, seed);
    put_species(lattice, 0, 1);
    put_species(lattice, 7, 1);
    return lattice;
}

/* Pairs of neighbours and landed atoms, averaged over rows by time: with and without. */
static void average_crowd(double mean[2], double error[2], bool accelerated) {
    small_model m;
    const int blocks = 40, rows = 5;
    double sum[2] = {0}, square[2] = {0};
    sw_lattice *lattice = create_crowd(&m, accelerated, accelerated ? 21 : 22);
    for (int b = 0; b < blocks; b++) {
        double block[2] = {0};
        for (int r = 0; r < rows; r++) {
            advance_to_time(lattice, 2e-8 * (b * rows + r + 1));
            block[0] += sw_lattice_energy(lattice) / rows;
            block[1] += (double)sw_lattice_count(lattice, B_SET, ALL_KINDS) / rows;
        }
        for (int k = 0; k < 2; k++) {
            sum[k] += block[k];
            square[k] += block[k] * block[k];
        }
    }
    audit_lattice(lattice);
    if (accelerated)
        assert_true(lattice->superbasin->record.moves > sw_lattice_events(lattice) / 4);
    sw_lattice_destroy(lattice);
    for (int k = 0; k < 2; k++) {
        mean[k] = sum[k] / blocks;
        error[k] = sqrt((square[k] / blocks - mean[k] * mean[k]) / (blocks - 1));
    }
}

static void test_crowd(void **state) {
    (void)state;
    double plain[2], fast[2], plain_error[2], fast_error[2];
    average_crowd(plain, plain_error, false);
    average_crowd(fast, fast_error, true);
    for (int k = 0; k < 2; k++) /* blocks: Student's t with 39 degrees, 6.0 is below 1e-6 */
        assert_true(fabs(plain[k] - fast[k]) < 6.0 * hypot(plain_error[k], fast_error[k]));
}

static void test_restored(void **state) {
    (void)state;
    small_model m;
    sw_lattice *whole = create_crowd(&m, true, 3);
    for (int cut = 1; cut <= 15; cut++) {
        small_model n;
        sw_bytes bytes = {0};
        sw_error error = {0};
        advance_to_time(whole, 1.1e-8 * cut);
        assert_int_equal(sw_saved_state_write(whole, &bytes), SW_OK);
        crowd(&n, true);
        sw_lattice *restored = create_lattice(&n.model, 3);
        assert_int_equal(sw_saved_state_read(restored, bytes.data, bytes.size, &error), SW_OK);
        sw_bytes_clear(&bytes);
        advance_to_time(restored, 1.1e-8 * (cut + 1));
        advance_to_time(whole, 1.1e-8 * (cut + 1));
        assert_true(restored->fingerprint == whole->fingerprint);
        assert_true(sw_lattice_events(restored) == sw_lattice_events(whole));
        assert_memory_equal(restored->species, whole->species, sw_lattice_sites(whole));
        audit_lattice(restored);
        sw_lattice_destroy(restored);
    }
    sw_lattice_destroy(whole);
}

/* A damaged graph is refused, whichever byte it is. */
static void test_damaged(void **state) {
    (void)state;
    small_model m;
    sw_lattice *lattice = create_crowd(&m, true, 3);
    advance_to_time(lattice, 5e-8);
    sw_bytes bytes = {0}, graph = {0};
    assert_int_equal(sw_saved_state_write(lattice, &bytes), SW_OK);
    assert_int_equal(sw_superbasin_save(lattice->superbasin, &graph), SW_OK);
    for (size_t at = bytes.size - graph.size; at < bytes.size; at += 7) {
        sw_error error = {0};
        unsigned char kept = bytes.data[at];
        bytes.data[at] ^= 0xff;
        if (sw_saved_state_read(lattice, bytes.data, bytes.size, &error) == SW_OK)
            advance_by_events(lattice, 5); /* a number that may be anything */
        bytes.data[at] = kept;
    }
    sw_error error = {0};
    assert_int_equal(sw_saved_state_read(lattice, bytes.data, bytes.size - 1, &error),
                     SW_ERROR_FORMAT);
    assert_int_equal(sw_saved_state_read(lattice, bytes.data, bytes.size, &error), SW_OK);
    sw_bytes_clear(&bytes);
    sw_bytes_clear(&graph);
    sw_lattice_destroy(lattice);
}

static void test_refused(void **state) {
    (void)state;
    small_model m;
    sw_lattice *lattice = NULL;
    sw_error error = {0};
    crowd(&m, true);
    m.model.observe.tracers = A_SET;
    assert_int_equal(sw_lattice_create(&lattice, &m.model, 1, NULL, &error), SW_ERROR_UNSUPPORTED);
    assert_non_null(strstr(error.message, "tracers"));
    crowd(&m, true);
    m.model.processes = 0;
    assert_int_equal(sw_lattice_create(&lattice, &m.model, 1, NULL, &error), SW_ERROR_UNSUPPORTED);
    crowd(&m, true);
    m.model.run.engine = SW_ENGINE_PACKED;
    assert_int_equal(sw_lattice_create(&lattice, &m.model, 1, NULL, &error), SW_ERROR_MODEL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_times),      cmocka_unit_test(test_deep_basin),
        cmocka_unit_test(test_standing_places), cmocka_unit_test(test_crowd),
        cmocka_unit_test(test_restored),        cmocka_unit_test(test_damaged),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests_name("lattice_superbasin", tests, NULL, NULL);
}
