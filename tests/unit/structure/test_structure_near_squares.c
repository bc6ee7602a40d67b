/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The loops for wide vectors give what the plain ones give, to the last bit. */
#include "structure/near_squares.h"

#include <spillway/base.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define MOST 101

typedef struct sw_candidates {
    double x[MOST], y[MOST], z[MOST];
    uint32_t tag[MOST];
} sw_candidates;

static void fill(sw_candidates *candidates, uint64_t seed) {
    sw_random random = sw_random_create(seed, 0);
    for (uint32_t k = 0; k < MOST; k++) {
        candidates->x[k] = 3.0 * sw_random_uniform(&random);
        candidates->y[k] = 3.0 * sw_random_uniform(&random);
        candidates->z[k] = 3.0 * sw_random_uniform(&random);
        candidates->tag[k] = 1000 + k;
    }
}

static void the_same_are_kept(void **state) {
    (void)state;
    static sw_candidates c;
    for (size_t count = 0; count <= MOST; count++)
        for (int tagged = 0; tagged < 2; tagged++) {
            double squared[2][MOST + SW_NEAR_SQUARES_ROOM] = {{0}};
            uint32_t tag[2][MOST + SW_NEAR_SQUARES_ROOM];
            fill(&c, count);
            sw_near_squares task = {
                c.x, c.y, c.z, tagged ? c.tag : NULL, count, {1.5, 1.1, 0.3}, {0.2, -0.4, 0.1},
                0.7, 2.9};
            if (count > 7) { /* bounds that are met exactly: the lower is kept, the upper not */
                task.low = task.high = 0.0;
                for (int k = 0; k < 3; k++) {
                    double low = ((k == 0   ? c.x
                                   : k == 1 ? c.y
                                            : c.z)[7] -
                                  task.position[k]) +
                                 task.shift[k];
                    task.low += low * low;
                }
                task.high = 2.0 * task.low;
            }
            size_t plain = sw_near_squares_keep_plainly(squared[0], tag[0], &task);
            size_t wide = sw_near_squares_keep(squared[1], tag[1], &task);
            assert_int_equal(plain, wide);
            assert_memory_equal(squared[0], squared[1], plain * sizeof(double));
            if (tagged)
                assert_memory_equal(tag[0], tag[1], plain * sizeof(uint32_t));
            bool found = count <= 7;
            for (size_t k = 0; k < plain; k++) {
                assert_true(squared[0][k] >= task.low && squared[0][k] < task.high);
                found = found || squared[0][k] == task.low;
            }
            assert_true(found);
        }
}

static void the_same_bins(void **state) {
    (void)state;
    const sw_bin_scale scale = {0.2, 1.0 / 0.03, 60};
    for (size_t count = 0; count <= MOST; count++) {
        double squared[MOST] = {0};
        int32_t bin[2][MOST];
        for (size_t k = 0; k < count; k++)
            squared[k] = pow(0.2 + 0.03 * (double)k + (k % 3 ? 0.011 : 0.0), 2.0);
        sw_near_squares_bin_plainly(bin[0], squared, count, &scale);
        sw_near_squares_bin(bin[1], squared, count, &scale);
        assert_memory_equal(bin[0], bin[1], count * sizeof(int32_t));
        for (size_t k = 0; k < count; k++)
            if (k % 3)
                assert_int_equal(bin[0][k], k < 60 ? k : 60);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_are_kept),
        cmocka_unit_test(the_same_bins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
