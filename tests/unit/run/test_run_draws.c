/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Intervals from disturbed copies, against noise whose effect is known. */
#include "run/draws.h"

#include "scratch.h"

#include <spillway/structure.h>

#include <math.h>
#include <string.h>

/* Atoms in a row, `apart` A from each other along y; their x are 0. */
static sw_atoms *row(size_t count, double apart) {
    sw_atoms *atoms;
    assert_int_equal(sw_atoms_create(&atoms, count), SW_OK);
    for (size_t i = 0; i < count; i++)
        sw_atoms_positions(atoms)[3 * i + 1] = apart * (double)i;
    return atoms;
}

/* ---- copies ---------------------------------------------------------------------------------- */

/* Deviations within 5 standard errors: each check fails by chance once in 1.7e6 seeds. */
static void copies_have_the_noise_that_is_told(void **state) {
    (void)state;
    enum { COUNT = 20000 };
    const sw_disturbance noise = {.precision = 0.28, .seed = 7},
                         holes = {.missing = 0.03, .seed = 7};
    sw_atoms *atoms = row(COUNT, 3.0), *copy;
    double squares[3] = {0};
    assert_int_equal(sw_disturbed_copy(&copy, atoms, &noise, 0), SW_OK);
    assert_int_equal(sw_atoms_count(copy), COUNT);
    for (size_t i = 0; i < COUNT; i++)
        for (size_t d = 0; d < 3; d++)
            squares[d] +=
                pow(sw_atoms_positions(copy)[3 * i + d] - sw_atoms_positions(atoms)[3 * i + d], 2);
    for (int d = 0; d < 3; d++) /* variance 0.28^2 / 3 along each axis, error sqrt(2 / n) */
        assert_true(fabs(squares[d] / COUNT / (0.28 * 0.28 / 3.0) - 1.0) < 5.0 * sqrt(2.0 / COUNT));
    sw_atoms_destroy(copy);
    assert_int_equal(sw_disturbed_copy(&copy, atoms, &holes, 0), SW_OK);
    double left = (double)sw_atoms_count(copy);
    assert_true(fabs(left - 0.97 * COUNT) < 5.0 * sqrt(COUNT * 0.03 * 0.97));
    sw_atoms_destroy(copy);
    sw_atoms_destroy(atoms);
}

/* An atom's fate depends on its number, the draw and the seed, and on nothing else. */
static void atoms_are_drawn_by_their_number(void **state) {
    (void)state;
    const sw_disturbance noise = {.precision = 1.0, .seed = 7},
                         other = {.precision = 1.0, .seed = 8};
    sw_atoms *many = row(50, 3.0), *few = row(10, 3.0), *copy[4];
    assert_int_equal(sw_disturbed_copy(&copy[0], many, &noise, 4), SW_OK);
    assert_int_equal(sw_disturbed_copy(&copy[1], few, &noise, 4), SW_OK);
    assert_int_equal(sw_disturbed_copy(&copy[2], few, &noise, 5), SW_OK);
    assert_int_equal(sw_disturbed_copy(&copy[3], few, &other, 4), SW_OK);
    assert_memory_equal(sw_atoms_positions(copy[0]), sw_atoms_positions(copy[1]),
                        30 * sizeof(double));
    assert_true(sw_atoms_positions(copy[1])[0] != sw_atoms_positions(copy[2])[0]);
    assert_true(sw_atoms_positions(copy[1])[0] != sw_atoms_positions(copy[3])[0]);
    for (int i = 0; i < 4; i++)
        sw_atoms_destroy(copy[i]);
    sw_atoms_destroy(many);
    sw_atoms_destroy(few);
}

/* ---- intervals ------------------------------------------------------------------------------- */

/* "mean": of x, whose error is normal; "squares": of x^2, which noise shifts; "own": the mean with
 * an interval of its own from the scatter of x. */
static sw_status measure_row(sw_measurement *out, const sw_atoms *atoms, void *user,
                             sw_context *context, sw_error *error) {
    double sum = 0.0, squares = 0.0, n = (double)sw_atoms_count(atoms);
    (void)user, (void)context, (void)error;
    for (size_t i = 0; i < sw_atoms_count(atoms); i++) {
        double x = sw_atoms_positions_const(atoms)[3 * i];
        sum += x;
        squares += x * x;
    }
    double half = 1.96 * sqrt((squares / n - pow(sum / n, 2)) / (n - 1.0));
    sw_status status = sw_measurement_add(out, "mean", sum / n, NAN, NAN, "A", "");
    if (status == SW_OK)
        status = sw_measurement_add(out, "squares", squares / n, NAN, NAN, "A2", "");
    return status == SW_OK
               ? sw_measurement_add(out, "own", sum / n, sum / n - half, sum / n + half, "A", "")
               : status;
}

static sw_measurement *drawn(const sw_atoms *atoms, const sw_disturbance *how, int threads) {
    sw_measurement *found;
    sw_context *context;
    sw_error error = {0};
    assert_int_equal(sw_context_create(&context), SW_OK);
    sw_context_set_threads(context, threads);
    assert_int_equal(sw_measurement_create(&found), SW_OK);
    assert_int_equal(measure_row(found, atoms, NULL, context, &error), SW_OK);
    assert_int_equal(sw_draws_add(found, atoms, how, measure_row, NULL, context, &error), SW_OK);
    sw_context_destroy(context);
    return found;
}

/*
 * 1000 data sets with noise of which the intervals know only the size. The number of those that
 * hold the truth is binomial; 4.9 standard deviations either way: 1 in 1e6 by chance. Student's
 * interval holds it with exactly 95 %. Where the own interval is made of the same noise both
 * together are sqrt 2 too wide: at least 95 %.
 */
static void intervals_hold_the_truth_as_often_as_they_say(void **state) {
    (void)state;
    enum { SETS = 1000 };
    const sw_disturbance noise = {.precision = 0.3, .draws = 10, .seed = 11};
    const double deviation = sqrt(SETS * 0.95 * 0.05);
    sw_atoms *truth = row(20, 3.0);
    size_t held = 0, held_both = 0;
    for (size_t set = 0; set < SETS; set++) {
        const sw_disturbance data = {.precision = 0.3, .seed = 1000 + set};
        sw_atoms *seen;
        assert_int_equal(sw_disturbed_copy(&seen, truth, &data, 0), SW_OK);
        sw_disturbance mine = noise;
        mine.seed += set;
        sw_measurement *found = drawn(seen, &mine, 1);
        const sw_measured *mean = sw_measurement_find(found, "mean");
        const sw_measured *own = sw_measurement_find(found, "own");
        held += mean->low < 0.0 && mean->high > 0.0;
        held_both += own->low < 0.0 && own->high > 0.0;
        assert_true(own->high > own->own_high && own->low < own->own_low);
        sw_measurement_destroy(found);
        sw_atoms_destroy(seen);
    }
    sw_atoms_destroy(truth);
    assert_true(fabs((double)held - 0.95 * SETS) < 4.9 * deviation);
    assert_true((double)held_both > 0.95 * SETS - 4.9 * deviation);
}

/* Noise adds its variance to the mean square, and that is the shift; within 5 standard errors. */
static void the_shift_is_the_bias(void **state) {
    (void)state;
    const sw_disturbance noise = {.precision = 0.3, .draws = 400, .seed = 3};
    sw_atoms *atoms = row(500, 3.0);
    sw_measurement *found = drawn(atoms, &noise, 2);
    const sw_measured *squares = sw_measurement_find(found, "squares");
    double added = 0.3 * 0.3 / 3.0;
    assert_int_equal(squares->draws, 400);
    assert_true(squares->value == 0.0 && isnan(squares->own_low));
    assert_true(fabs(squares->shift - added) < 5.0 * added * sqrt(2.0 / 500.0 / 400.0));
    /* half-width: 1.966 (Student's t for 399) times the deviation added sqrt(2 / 500) */
    double ratio = squares->high / (1.9659 * added * sqrt(2.0 / 500.0));
    assert_true(fabs(ratio - 1.0) < 5.0 / sqrt(800.0));
    assert_true(sw_measurement_disturbance(found).draws == 400);
    sw_measurement_destroy(found);
    sw_atoms_destroy(atoms);
}

static void threads_change_nothing(void **state) {
    (void)state;
    const sw_disturbance noise = {.precision = 0.3, .missing = 0.1, .draws = 9, .seed = 3};
    sw_atoms *atoms = row(100, 3.0);
    sw_measurement *one = drawn(atoms, &noise, 1), *many = drawn(atoms, &noise, 4);
    for (size_t v = 0; v < 3; v++) {
        const sw_measured *a = sw_measurement_value(one, v), *b = sw_measurement_value(many, v);
        assert_true(a->low == b->low && a->high == b->high && a->shift == b->shift);
    }
    sw_measurement_destroy(one);
    sw_measurement_destroy(many);
    sw_atoms_destroy(atoms);
}

/* ---- what goes wrong ------------------------------------------------------------------------- */

typedef struct broken {
    sw_status status;
    size_t fewest; /* it fails with fewer atoms */
} broken;

static sw_status measure_broken(sw_measurement *out, const sw_atoms *atoms, void *user,
                                sw_context *context, sw_error *error) {
    const broken *how = user;
    (void)context;
    if (sw_atoms_count(atoms) < how->fewest)
        return sw_error_set(error, how->status, "row", NULL, "too few");
    return sw_measurement_add(out, "atoms", (double)sw_atoms_count(atoms), NAN, NAN, "", "");
}

static sw_status draw_broken(sw_measurement **found, const broken *how, const sw_disturbance *noise,
                             sw_context *context, sw_error *error) {
    sw_atoms *atoms = row(1000, 3.0);
    broken work = *how;
    assert_int_equal(sw_measurement_create(found), SW_OK);
    assert_int_equal(measure_broken(*found, atoms, &work, NULL, NULL), SW_OK);
    sw_status status = sw_draws_add(*found, atoms, noise, measure_broken, &work, context, error);
    sw_atoms_destroy(atoms);
    return status;
}

static void copies_that_fail_are_left_out_and_told(void **state) {
    (void)state;
    const sw_disturbance holes = {.missing = 0.1, .draws = 20, .seed = 5};
    const broken some = {SW_ERROR_NUMERIC, 900}, memory = {SW_ERROR_MEMORY, 900};
    sw_measurement *found;
    sw_error error = {0};
    assert_int_equal(draw_broken(&found, &some, &holes, NULL, &error), SW_OK);
    const sw_measured *atoms = sw_measurement_find(found, "atoms");
    assert_true(atoms->draws > 2 && atoms->draws < 20);
    assert_true(atoms->shift >= -100.0); /* of those with at least 900 */
    assert_int_equal(sw_measurement_notes(found), 2);
    assert_non_null(strstr(sw_measurement_note_at(found, 1), "too few"));
    sw_measurement_destroy(found);
    assert_int_equal(draw_broken(&found, &memory, &holes, NULL, &error), SW_ERROR_MEMORY);
    assert_string_equal(error.message, "too few");
    sw_measurement_destroy(found);
}

static void wrong_disturbances_and_an_interrupt_are_refused(void **state) {
    (void)state;
    static const sw_disturbance wrong[] = {{.precision = 0.1, .draws = 1},
                                           {.precision = -0.1, .draws = 3},
                                           {.precision = NAN, .draws = 3},
                                           {.missing = 1.0, .draws = 3}};
    const broken sound = {SW_OK, 0};
    sw_measurement *found;
    sw_error error = {0};
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(draw_broken(&found, &sound, &wrong[i], NULL, &error), SW_ERROR_ARGUMENT);
        assert_true(error.hint[0] != '\0');
        sw_measurement_destroy(found);
    }
    sw_context *context;
    assert_int_equal(sw_context_create(&context), SW_OK);
    sw_context_cancel(context);
    const sw_disturbance right = {.missing = 0.1, .draws = 3};
    assert_int_equal(draw_broken(&found, &sound, &right, context, &error), SW_ERROR_CANCELLED);
    sw_measurement_destroy(found);
    sw_context_destroy(context);
}

/* ---- an instrument --------------------------------------------------------------------------- */

/* Periodic fcc of zirconium, n^3 cells of edge a (A). */
static sw_atoms *face_centred(size_t n, double a) {
    static const double basis[4][3] = {{0, 0, 0}, {0, .5, .5}, {.5, 0, .5}, {.5, .5, 0}};
    double edge = a * (double)n;
    const double cell[3][3] = {{edge, 0, 0}, {0, edge, 0}, {0, 0, edge}};
    sw_atoms *atoms;
    assert_int_equal(sw_atoms_create(&atoms, 4 * n * n * n), SW_OK);
    for (size_t i = 0; i < 4 * n * n * n; i++) {
        const size_t corner[3] = {i / 4 % n, i / 4 / n % n, i / 4 / n / n};
        for (size_t d = 0; d < 3; d++)
            sw_atoms_positions(atoms)[3 * i + d] = a * ((double)corner[d] + basis[i % 4][d]);
    }
    memset(sw_atoms_elements(atoms), 40, sw_atoms_count(atoms));
    sw_atoms_set_cell(atoms, cell, (const bool[3]){true, true, true});
    return atoms;
}

/*
 * Bonds of a periodic fcc crystal, r = a / sqrt 2: the part of the noise along a bond cancels in
 * the mean over all of them, and what lies across, of variance 2 s^2 in each of two directions for
 * the two atoms of a bond, makes it longer by 2 s^2 / r, and no term of next order counts here (s^4
 * / r^3 is 1e-3 of it). Within 5 standard errors of the mean of the copies, and 1 %.
 */
static void noise_lengthens_bonds_as_known(void **state) {
    (void)state;
    sw_atoms *atoms = face_centred(6, 4.05);
    const char *file = at(NULL, "crystal.xyz");
    sw_error error = {0};
    assert_int_equal(sw_write_atoms(file, NULL, atoms, false, &error), SW_OK);
    const sw_measure_options options = {.instrument = "phases",
                                        .files = &file,
                                        .file_count = 1,
                                        .frame = -1,
                                        .disturbance = {.precision = 0.15, .draws = 6, .seed = 2}};
    sw_measurement *found;
    assert_int_equal(sw_measure_files(&found, NULL, &options, NULL, &error), SW_OK);
    const sw_measured *bond = sw_measurement_find(found, "wide crystal bond length");
    double r = 4.05 / sqrt(2.0), longer = 2.0 * (0.15 * 0.15 / 3.0) / r;
    double error_of_mean = (bond->high - bond->value) / 2.571 / sqrt(6.0); /* t for 5 */
    assert_true(fabs(bond->value - r) < 1e-6 && bond->draws == 6);
    assert_true(fabs(bond->shift - longer) < 5.0 * error_of_mean + 0.01 * longer);
    assert_true(bond->shift > 0.5 * longer);
    sw_measurement_destroy(found);
    sw_atoms_destroy(atoms);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(copies_have_the_noise_that_is_told),
        cmocka_unit_test(atoms_are_drawn_by_their_number),
        cmocka_unit_test(intervals_hold_the_truth_as_often_as_they_say),
        cmocka_unit_test(the_shift_is_the_bias),
        cmocka_unit_test(threads_change_nothing),
        cmocka_unit_test(copies_that_fail_are_left_out_and_told),
        cmocka_unit_test(wrong_disturbances_and_an_interrupt_are_refused),
        cmocka_unit_test(noise_lengthens_bonds_as_known),
    };
    return cmocka_run_group_tests(tests, make_scratch, remove_scratch);
}
