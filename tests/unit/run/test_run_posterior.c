/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One set of parameters: claims from runs in memory, each made once, with the set's values below
 * those of the run. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "run/posterior_draw.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char plan_text[] =
    "format: 1\nmodel: fe2o3-nio\nreplicas: 2\n"
    "posterior: {cells: 1, bins: 1, tolerance: 1e-3}\n"
    "runs:\n"
    "  none: {events: 1000000, quick_events: 1000, seconds: 10, settings: {feed.nickel: none}}\n"
    "  oxide: {events: 1000000, quick_events: 1000, seconds: 10}\n"
    "  broken: {events: 1000000, quick_events: 1000, seconds: 10, settings: {feed.nickel: gold}}\n"
    "claims:\n"
    "  - {id: loss, claim: loss, calibrated: true, value: {run: none, table: headline, row: "
    "theoretical mass loss},\n"
    "     expected: 0.3006, tolerance: 0.001}\n"
    "  - {id: difference, claim: difference, value: {run: none, table: headline, row: theoretical "
    "mass loss,\n"
    "     minus: {run: oxide, table: headline, row: theoretical mass loss}}}\n"
    "  - {id: nothing, claim: nothing, value: {run: oxide, table: headline, row: no such row}}\n"
    "  - {id: broken, claim: broken, value: {run: broken, table: headline, row: conversion}}\n"
    "  - {id: magnitude, claim: magnitude, value: {run: none, table: headline, row: theoretical "
    "mass "
    "loss, logarithm: true, magnitude: true}}\n";

/* Fe2O3 0.30057; with 36 % Ni of the metal as NiO 0.27181: from the atomic weights. */
static void claims_of_a_set(void **state) {
    (void)state;
    sw_claims_plan plan;
    sw_draw draw;
    sw_error error = {0};
    double value;
    if (sw_claims_plan_read(&plan, "plan", plan_text, sizeof plan_text - 1, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    plan.model = "fe2o3-nio";
    assert_true(plan.claim[0].calibrated);
    assert_false(plan.claim[1].calibrated);
    assert_int_equal(plan.posterior.settings, 3);
    assert_int_equal(sw_draw_begin(&draw, &plan), SW_OK);
    draw.setting[draw.settings++] = (sw_setting){"oxide_size", "1 um"};
    assert_int_equal(sw_draw_claim(&value, &draw, &plan.claim[0], &error), SW_OK);
    assert_true(fabs(value - 0.30057) < 1e-4);
    assert_true(draw.run[0].done && !draw.run[1].done);
    assert_int_equal(sw_draw_claim(&value, &draw, &plan.claim[1], &error), SW_OK);
    assert_true(fabs(value - (0.30057 - 0.27181)) < 1e-4);
    assert_true(draw.run[1].done);
    assert_int_equal(sw_draw_claim(&value, &draw, &plan.claim[2], &error), SW_OK);
    assert_true(isnan(value));
    assert_int_equal(sw_draw_claim(&value, &draw, &plan.claim[3], &error), SW_ERROR_MODEL);
    assert_int_equal(sw_draw_claim(&value, &draw, &plan.claim[4], &error), SW_OK);
    assert_true(fabs(value + log(0.30057)) < 1e-3);
    sw_draw_clear(&draw);
    sw_claims_plan_clear(&plan);
}

static void what_cannot_be_sampled(void **state) {
    (void)state;
    sw_posterior result;
    sw_error error = {0};
    const sw_posterior_options options = {.folder = "nowhere"};
    assert_int_equal(sw_posterior_sample(&result, "no such model", &options, NULL, &error),
                     SW_ERROR_NOT_FOUND);
    sw_posterior_clear(&result);
    assert_int_equal(sw_posterior_sample(&result, "langmuir", &options, NULL, &error),
                     SW_ERROR_UNSUPPORTED);
    sw_posterior_clear(&result);
}

/* A folder whose counts are words is refused, not read. The call that makes it is interrupted at
 * once. */
static void a_spoilt_folder(void **state) {
    (void)state;
    char folder[] = "posterior-XXXXXX", path[64];
    sw_posterior result;
    sw_context *context;
    sw_error error = {0};
    assert_int_equal(sw_context_create(&context), SW_OK);
    assert_non_null(mkdtemp(folder));
    const sw_posterior_options options = {.folder = folder, .samples = 1};
    sw_context_cancel(context);
    assert_int_equal(sw_posterior_sample(&result, "fe2o3-nio", &options, context, &error), SW_OK);
    assert_true(result.interrupted);
    sw_posterior_clear(&result);
    snprintf(path, sizeof path, "%s/draws.csv", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("draws,accepted,failed,seed\nfew,none,none,one\n", file);
    fclose(file);
    assert_int_equal(sw_posterior_sample(&result, "fe2o3-nio", &options, context, &error),
                     SW_ERROR_FORMAT);
    assert_string_equal(error.place, folder);
    sw_posterior_clear(&result);
    sw_context_destroy(context);
    static const char *const files[] = {"draws.csv", "samples.csv", "claims-posterior.csv",
                                        "parameters-posterior.csv"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, files[i]);
        remove(path);
    }
    rmdir(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(claims_of_a_set),
        cmocka_unit_test(what_cannot_be_sampled),
        cmocka_unit_test(a_spoilt_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
