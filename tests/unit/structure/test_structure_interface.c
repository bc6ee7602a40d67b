/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the instrument `interface` is made of: the fit of a step, planes, matched domains. */
#include "structure_atoms.h"

#include "structure/coherency.h"
#include "structure/lattice_planes.h"
#include "structure/step_fit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- step ------------------------------------------------------------------------------------ */

static double normal(sw_random *random) {
    double sum = -6.0;
    for (int i = 0; i < 12; i++)
        sum += sw_random_uniform(random);
    return sum;
}

static void make_step(double *x, double *y, size_t count, double sigma, double noise,
                      uint64_t seed) {
    sw_random random = sw_random_create(seed, 3);
    for (size_t i = 0; i < count; i++) {
        x[i] = 30.0 * sw_random_uniform(&random) - 15.0;
        y[i] = 0.038 - 0.009 * 0.5 * (1.0 + erf((x[i] - 1.5) / (sqrt(2.0) * sigma))) +
               noise * normal(&random);
    }
}

static void a_step_without_noise_is_found(void **state) {
    (void)state;
    static const double sigmas[] = {0.5, 2.0, 4.0};
    double x[4000], y[4000];
    for (size_t s = 0; s < 3; s++) {
        sw_step_fit fit;
        make_step(x, y, 4000, sigmas[s], 0.0, s);
        y[7] = NAN;
        assert_int_equal(sw_step_fit_find(&fit, x, y, 4000), SW_OK);
        assert_int_equal(fit.points, 3999);
        /* points are averaged in bins of 0.06 A, which bends the curve by (0.06 / sigma)^2 / 24 */
        assert_true(fabs(fit.sigma / sigmas[s] - 1.0) < 1e-3);
        assert_true(fabs(fit.middle - 1.5) < 1e-3);
        assert_true(fabs(fit.left - 0.038) < 1e-5 && fabs(fit.right - 0.029) < 1e-5);
        assert_true(fit.sigma_low <= fit.sigma && fit.sigma <= fit.sigma_high);
        double tenth = fit.middle - 0.5 * SW_STEP_WIDTH * fit.sigma;
        assert_true(fabs(sw_step_fit_value(&fit, tenth) - (0.038 - 0.1 * 0.009)) < 1e-5);
    }
}

/* The interval holds the true width in 95 % of 100 draws: fewer than 82 has a chance below 1e-6. */
static void the_interval_of_the_width_covers(void **state) {
    (void)state;
    double x[200], y[200];
    size_t held = 0;
    for (uint64_t draw = 0; draw < 100; draw++) {
        sw_step_fit fit;
        make_step(x, y, 200, 2.5, 0.002, draw + 10);
        assert_int_equal(sw_step_fit_find(&fit, x, y, 200), SW_OK);
        held += fit.sigma_low <= 2.5 && 2.5 <= fit.sigma_high;
    }
    assert_in_range(held, 82, 100);
}

static void steps_that_cannot_be_told_say_so(void **state) {
    (void)state;
    double x[100], y[100];
    sw_step_fit fit;
    for (size_t i = 0; i < 100; i++) {
        x[i] = (double)i;
        y[i] = i < 50 ? 2.0 : 1.0;
    }
    assert_int_equal(sw_step_fit_find(&fit, x, y, 100), SW_OK);
    assert_true(fit.sigma < 0.5);
    assert_int_equal(sw_step_fit_find(&fit, x, y, 5), SW_OK);
    assert_true(isnan(fit.sigma));
    for (size_t i = 0; i < 100; i++)
        x[i] = 3.0;
    assert_int_equal(sw_step_fit_find(&fit, x, y, 100), SW_OK);
    assert_true(isnan(fit.sigma));
    assert_int_equal(sw_step_fit_find(&fit, x, y, 0), SW_OK);
    assert_true(isnan(fit.sigma));
}

/* ---- planes ---------------------------------------------------------------------------------- */

static size_t planes_of(const char *text, sw_crystal_kind crystal, double shortest[3]) {
    sw_plane_family planes[SW_PLANE_LIMIT];
    size_t count;
    assert_int_equal(sw_planes_of(planes, &count, text, crystal, NULL), SW_OK);
    if (count > 0)
        memcpy(shortest, planes[0].normal, sizeof planes[0].normal);
    return count;
}

static void families_are_complete(void **state) {
    (void)state;
    sw_plane_family planes[SW_PLANE_LIMIT];
    sw_error error = {0};
    double normal_of[3] = {0, 0, 0};
    size_t count;
    assert_int_equal(planes_of("111", SW_CRYSTAL_FCC, normal_of), 4);
    assert_true(normal_of[0] == 1 && normal_of[1] == 1 && normal_of[2] == 1);
    assert_int_equal(planes_of("100", SW_CRYSTAL_FCC, normal_of), 3);
    assert_true(normal_of[0] == 2);
    assert_int_equal(planes_of("110", SW_CRYSTAL_FCC, normal_of), 6);
    assert_true(normal_of[0] == 2 && normal_of[1] == 2);
    assert_int_equal(planes_of("111", SW_CRYSTAL_BCC, normal_of), 4);
    assert_true(normal_of[0] == 2);
    assert_int_equal(planes_of("110", SW_CRYSTAL_BCC, normal_of), 6);
    assert_true(normal_of[0] == 1);
    assert_int_equal(planes_of("100", SW_CRYSTAL_DIAMOND, normal_of), 3);
    assert_true(normal_of[0] == 4);
    assert_int_equal(planes_of("111,100,110", SW_CRYSTAL_SIMPLE_CUBIC, normal_of), 13);
    assert_int_equal(planes_of("111,100", SW_CRYSTAL_HCP, normal_of), 0);
    assert_int_equal(sw_planes_of(planes, &count, "11", SW_CRYSTAL_FCC, &error), SW_ERROR_ARGUMENT);
    assert_int_equal(sw_planes_of(planes, &count, "111;100", SW_CRYSTAL_FCC, &error),
                     SW_ERROR_ARGUMENT);
    assert_int_equal(sw_planes_of(planes, &count, "000", SW_CRYSTAL_FCC, &error),
                     SW_ERROR_ARGUMENT);
    assert_string_equal(error.place, "planes");
}

/* Points on planes of a known k, from guesses off by some degrees. */
static void planes_are_fitted_exactly(void **state) {
    (void)state;
    const double k[3] = {0.31, -0.12, 0.18}, off[3] = {0.3, -0.1, 0.2};
    double place[400][3];
    sw_random random = sw_random_create(4, 4);
    sw_plane_fit fit;
    double square = k[0] * k[0] + k[1] * k[1] + k[2] * k[2];
    for (size_t i = 0; i < 400; i++) {
        double along = 0.0;
        for (int d = 0; d < 3; d++)
            place[i][d] = 20.0 * sw_random_uniform(&random) - 10.0;
        for (int d = 0; d < 3; d++)
            along += k[d] * place[i][d];
        for (int d = 0; d < 3; d++)
            place[i][d] += k[d] / square * (round(along) + 0.3 - along);
    }
    assert_int_equal(sw_plane_fit_find(&fit, (const double(*)[3])place, NULL, 400, off), SW_OK);
    assert_true(fit.found && fit.deviation < 1e-12);
    for (int d = 0; d < 3; d++)
        assert_true(fabs(fit.k[d] - k[d]) < 1e-13);
    assert_true(fabs(sw_plane_contrast((const double(*)[3])place, NULL, 400, k) - 1.0) < 1e-12);
    assert_int_equal(sw_plane_fit_find(&fit, (const double(*)[3])place, NULL, 7, off), SW_OK);
    assert_false(fit.found);
    for (size_t i = 0; i < 400; i++)
        place[i][2] = 0.0;
    assert_int_equal(sw_plane_fit_find(&fit, (const double(*)[3])place, NULL, 400, off), SW_OK);
    assert_false(fit.found);
}

static void angles_are_exact_when_small(void **state) {
    (void)state;
    const double a[3] = {1, 0, 0}, b[3] = {-cos(1e-9), sin(1e-9), 0}, c[3] = {0, 0, 3};
    assert_true(fabs(sw_plane_angle(a, b) - 1e-9) < 1e-20);
    assert_true(fabs(sw_plane_angle(a, c) - acos(0.0)) < 1e-15);
}

/* ---- domains --------------------------------------------------------------------------------- */

/* A row of `count` atoms 1 A apart below one of `others` atoms `pitch` apart, 0.8 A above. */
static void make_rows(sw_atoms **atoms, bool *first, uint8_t *side, size_t count, size_t others,
                      double pitch) {
    assert_int_equal(sw_atoms_create(atoms, count + others), SW_OK);
    for (size_t i = 0; i < count + others; i++) {
        double *place = sw_atoms_positions(*atoms) + 3 * i;
        place[0] = i < count ? (double)i : pitch * (double)(i - count);
        place[2] = i < count ? 0.0 : 0.8;
        first[i] = i < count;
        side[i] = i < count ? 1 : 2;
    }
}

static void rows_are_matched_one_to_one(void **state) {
    (void)state;
    static const double pitches[] = {1.0, 1.25};
    for (size_t p = 0; p < 2; p++) {
        const size_t others = p == 0 ? 20 : 16;
        const sw_coherency_options options = {1.0, 0.35, 3};
        bool first[40], taken[40] = {false};
        uint8_t side[40];
        sw_atoms *atoms;
        sw_neighbours neighbours;
        sw_coherency coherency;
        size_t matched = 0;
        make_rows(&atoms, first, side, 20, others, pitches[p]);
        assert_int_equal(
            sw_neighbours_within(&neighbours, atoms, 1.2, SW_NEIGHBOURS_BY_DISTANCE, NULL, NULL),
            SW_OK);
        assert_int_equal(sw_coherency_create(&coherency, &neighbours, first, side, &options),
                         SW_OK);
        for (size_t i = 0; i < 20; i++) {
            if (coherency.domain[i] == SW_NO_DOMAIN)
                continue;
            matched++;
            assert_int_equal(side[coherency.partner[i]], 2);
            assert_false(taken[coherency.partner[i]]);
            taken[coherency.partner[i]] = true;
        }
        /* of 20 on 16 at most 16 have a partner, and the drift ends domains */
        assert_true(p == 0 ? matched == 20 : matched <= 16 && matched >= 10);
        assert_int_equal(coherency.domains == 1, p == 0);
        sw_coherency_clear(&coherency);
        sw_neighbours_clear(&neighbours);
        sw_atoms_destroy(atoms);
    }
}

static void small_domains_are_given_up(void **state) {
    (void)state;
    const sw_coherency_options options = {1.0, 0.35, 30};
    bool first[40];
    uint8_t side[40];
    sw_atoms *atoms;
    sw_neighbours neighbours;
    sw_coherency coherency;
    make_rows(&atoms, first, side, 20, 20, 1.0);
    assert_int_equal(
        sw_neighbours_within(&neighbours, atoms, 1.2, SW_NEIGHBOURS_BY_DISTANCE, NULL, NULL),
        SW_OK);
    assert_int_equal(sw_coherency_create(&coherency, &neighbours, first, side, &options), SW_OK);
    assert_int_equal(coherency.domains, 0);
    for (size_t i = 0; i < 40; i++)
        assert_true(coherency.domain[i] == SW_NO_DOMAIN && coherency.partner[i] == SW_NO_DOMAIN);
    sw_coherency_clear(&coherency);
    sw_neighbours_clear(&neighbours);
    sw_atoms_destroy(atoms);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_step_without_noise_is_found),
        cmocka_unit_test(the_interval_of_the_width_covers),
        cmocka_unit_test(steps_that_cannot_be_told_say_so),
        cmocka_unit_test(families_are_complete),
        cmocka_unit_test(planes_are_fitted_exactly),
        cmocka_unit_test(angles_are_exact_when_small),
        cmocka_unit_test(rows_are_matched_one_to_one),
        cmocka_unit_test(small_domains_are_given_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
