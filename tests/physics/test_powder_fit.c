/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Intervals of a fitted powder where the thermometer is wrong. */
#include "../unit/run/powder_cases.h"

/* Of 10 thermometers with a Gaussian error of 2 K, intervals that know of it hold the truth in all
 * but two (more miss by chance in 1.2 % of sets of 10; the seeds are fixed), those that do not in
 * less than seven. bench/fit_coverage.c does the same with hundreds. */
static void intervals_with_an_error_of_temperature(void **state) {
    int inside[2] = {0};
    (void)state;
    for (uint64_t seed = 1; seed <= 10; seed++) {
        sw_random random = sw_random_create(seed, 7);
        sw_table *table = wrong_curve(seed, 2 * sw_random_next_normal(&random), 0);
        for (int told = 0; told < 2; told++) {
            const char *const given[][2] = {{"settings", COARSE ", oxide_size=" SIZE},
                                            {"free", "stagnant"},
                                            {"scan", "0"},
                                            {"jumps", "keep"},
                                            {"temperature-error", told ? "2 K" : "0 K"}};
            sw_measurement *found;
            sw_error error = {0};
            if (fit(&found, table, given, 5, &error) != SW_OK)
                fail_msg("%s: %s", error.place, error.message);
            const sw_measured *stagnant = sw_measurement_find(found, "stagnant");
            inside[told] += stagnant->low <= 3 && 3 <= stagnant->high;
            sw_measurement_destroy(found);
        }
        sw_table_destroy(table);
    }
    print_message("# inside: %d of 10 told, %d not told\n", inside[1], inside[0]);
    assert_true(inside[1] >= 8);
    assert_true(inside[0] < 7);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(intervals_with_an_error_of_temperature),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
