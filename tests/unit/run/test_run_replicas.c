/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scratch.h"

#include "base/student.h"
#include "counter_simulator.h"
#include "run/mean_and_spread.h"
#include "run/merge.h"

#include <spillway/io.h>

static void students_t_agrees_with_the_tables(void **unused) {
    (void)unused;
    /* closed forms for 1 and 2 degrees of freedom; the others from Abramowitz and Stegun 26.10 */
    assert_true(fabs(sw_student_t95(1) - tan(0.95 * acos(-1.0) / 2)) < 1e-9);
    assert_true(fabs(sw_student_t95(2) - 0.95 * sqrt(2 / (1 - 0.95 * 0.95))) < 1e-9);
    assert_true(fabs(sw_student_t95(3) - 3.182) < 5e-4);
    assert_true(fabs(sw_student_t95(10) - 2.228) < 5e-4);
    assert_true(fabs(sw_student_t95(29) - 2.045) < 5e-4);
    assert_true(fabs(sw_student_t95(100000) - 1.95996) < 5e-5);
}

static void mean_and_spread_are_the_textbook_ones(void **unused) {
    (void)unused;
    double mean, spread;
    const double values[] = {1, (double)NAN, 2, 3, 4, 5};
    sw_mean_and_spread(&mean, &spread, values, 6);
    assert_true(fabs(mean - 3) < 1e-15);
    assert_true(fabs(spread - sw_student_t95(4) * sqrt(2.5 / 5)) < 1e-12);
    sw_mean_and_spread(&mean, &spread, values, 2);
    assert_true(mean == 1 && isnan(spread));
    sw_mean_and_spread(&mean, &spread, values + 1, 1);
    assert_true(isnan(mean) && isnan(spread));
}

static void the_interval_covers_95_percent(void **unused) {
    (void)unused;
    enum { samples = 20000, size = 4 };
    sw_random random = sw_random_create(5, 0);
    int covered = 0;
    for (int i = 0; i < samples; i++) {
        double values[size], mean, spread;
        for (int k = 0; k < size; k += 2) { /* Box and Muller: exactly normal */
            double u[2];
            sw_random_pair(u, &random);
            values[k] = sqrt(-2 * log(u[0])) * cos(2 * acos(-1.0) * u[1]);
            values[k + 1] = sqrt(-2 * log(u[0])) * sin(2 * acos(-1.0) * u[1]);
        }
        sw_mean_and_spread(&mean, &spread, values, size);
        covered += fabs(mean) <= spread;
    }
    /* binomial deviation sqrt(.95 .05 / 20000) = 0.00154; 5 of them: false alarm below 1e-6 */
    assert_true(fabs((double)covered / samples - 0.95) < 5 * 0.00154);
}

static sw_table *series(size_t rows, const double *values, const char *name) {
    sw_table *table = NULL;
    assert_int_equal(sw_table_create(&table), SW_OK);
    assert_int_equal(sw_table_add_column(table, name, "K"), SW_OK);
    for (size_t row = 0; row < rows; row++) {
        assert_int_equal(sw_table_add_row(table, NULL), SW_OK);
        sw_table_numbers(table, 0)[row] = values[row];
    }
    return table;
}

static void rows_are_matched_by_index(void **unused) {
    (void)unused;
    sw_table *merged = NULL;
    sw_table *tables[] = {series(3, (double[]){1, 2, 3}, "T"), series(2, (double[]){3, 6}, "T")};
    assert_int_equal(sw_merge_series(&merged, (const sw_table *const *)tables, 2, NULL), SW_OK);
    assert_int_equal(sw_table_rows(merged), 3);
    assert_string_equal(sw_table_name(merged, 1), "T spread");
    assert_string_equal(sw_table_unit(merged, 1), "K");
    const double *mean = sw_table_numbers(merged, 0), *spread = sw_table_numbers(merged, 1);
    assert_true(mean[0] == 2 && mean[1] == 4 && mean[2] == 3);
    assert_true(fabs(spread[1] - sw_student_t95(1) * 2) < 1e-9 && isnan(spread[2]));
    for (size_t i = 0; i < 2; i++)
        sw_table_destroy(tables[i]);
    sw_table_destroy(merged);
}

static void other_columns_cannot_be_merged(void **unused) {
    (void)unused;
    sw_error error = {0};
    sw_table *merged = NULL;
    sw_table *tables[] = {series(1, (double[]){1}, "T"), series(1, (double[]){1}, "p")};
    assert_int_equal(sw_merge_series(&merged, (const sw_table *const *)tables, 2, &error),
                     SW_ERROR_ARGUMENT);
    assert_null(merged);
    for (size_t i = 0; i < 2; i++)
        sw_table_destroy(tables[i]);
}

static sw_run_summary run(const char *folder, int replicas, int threads, bool resume) {
    sw_error error = {0};
    sw_run_summary summary;
    sw_job job = counter_job();
    sw_context *context = NULL;
    sw_run_options options = {.folder = at(folder, NULL), .resume = resume};
    assert_int_equal(sw_context_create(&context), SW_OK);
    sw_context_set_threads(context, threads);
    demands.context = context;
    if (sw_run_job_replicas(&summary, &job, &options, replicas, context, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    sw_context_destroy(context);
    demands.context = NULL;
    return summary;
}

static sw_table *table_of(const char *folder, const char *name) {
    sw_content content = {0};
    assert_int_equal(sw_read(&content, at(folder, name), NULL, 0, NULL), SW_OK);
    assert_non_null(content.table);
    return content.table;
}

/* After n steps of +-1: mean 0, variance n. */
static void replicas_walk_as_the_theory_says(void **unused) {
    (void)unused;
    const size_t count = 50;
    sw_run_summary summary = run("many", (int)count, 2, false);
    assert_int_equal(summary.events, 20000 * count);
    assert_false(summary.interrupted);
    sw_table *table = table_of("many", "series.csv");
    assert_int_equal(sw_table_rows(table), 21);
    const double *place = sw_table_numbers(table, (size_t)sw_table_find(table, "place"));
    const double *spread = sw_table_numbers(table, (size_t)sw_table_find(table, "place spread"));
    const double *index = sw_table_numbers(table, (size_t)sw_table_find(table, "observation"));
    for (size_t row = 1; row < 21; row++) {
        double deviation = sqrt(1000.0 * (double)row);
        double error = deviation / sqrt((double)count);
        assert_true(fabs(place[row]) < 5.5 * error); /* 20 rows: false alarm below 1e-6 */
        /* the sample deviation scatters by 1/sqrt(2 n) = 10 %; 5.5 of these */
        double found = spread[row] / sw_student_t95((double)(count - 1)) * sqrt((double)count);
        assert_true(fabs(found / deviation - 1) < 0.55);
        assert_true(index[row] == (double)row);
    }
    sw_table_destroy(table);
}

static void the_headline_is_over_all_replicas(void **unused) {
    (void)unused;
    sw_table *merged = table_of("many", "headline.csv"), *all = table_of("many", "series.csv");
    assert_string_equal(sw_table_text(merged, 0, 0), "place");
    double value = sw_table_numbers(merged, (size_t)sw_table_find(merged, "value"))[0];
    double spread = sw_table_numbers(merged, (size_t)sw_table_find(merged, "spread"))[0];
    assert_true(value == sw_table_numbers(all, (size_t)sw_table_find(all, "place"))[20]);
    assert_true(spread == sw_table_numbers(all, (size_t)sw_table_find(all, "place spread"))[20]);
    sw_table_destroy(merged);
    sw_table_destroy(all);
    assert_same_file(at("many", "plots.json"), at("many/replica-001", "plots.json"));
    char *run_text = slurp(at("many", "run.json"), NULL);
    assert_non_null(strstr(run_text, "\"replicas\": 50"));
    assert_non_null(strstr(run_text, "\"status\": \"finished\""));
    free(run_text);
    assert_same_file(at("many", "trajectory.xyz"), at("many/replica-001", "trajectory.xyz"));
}

static void threads_do_not_change_the_result(void **unused) {
    (void)unused;
    sw_run_summary one = run("serial", 5, 1, false), other = run("parallel", 5, 3, false);
    assert_true(one.fingerprint == other.fingerprint);
    assert_same_file(at("serial", "series.csv"), at("parallel", "series.csv"));
}

static void interrupted_replicas_resume_to_the_same_result(void **unused) {
    (void)unused;
    demands.cancel_at = 12345; /* the first to come there stops all */
    sw_run_summary cut = run("stopped", 5, 2, false);
    demands.cancel_at = 0;
    assert_true(cut.interrupted);
    sw_run_summary whole = run("stopped", 5, 2, true);
    assert_false(whole.interrupted);
    assert_same_file(at("serial", "series.csv"), at("stopped", "series.csv"));
}

static void overwrite(const char *folder, int replicas) {
    sw_error error = {0};
    sw_run_summary summary;
    sw_job job = counter_job();
    sw_run_options options = {.folder = at(folder, NULL), .overwrite = true};
    sw_status status = replicas > 0
                           ? sw_run_job_replicas(&summary, &job, &options, replicas, NULL, &error)
                           : sw_run_job(&summary, &job, &options, NULL, &error);
    if (status != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
}

/* Fewer replicas leave no folder of the earlier ones, and nothing else is touched. */
static void overwriting_removes_the_earlier_replicas(void **unused) {
    (void)unused;
    run("fewer", 5, 2, false);
    assert_int_equal(mkdir(at("fewer", "replica-006"), 0777), 0); /* none that the run made */
    spill(at("fewer", "replica-006/run.json"), "{}", 2);
    spill(at("fewer", "replica-004/notes.txt"), "mine", 4);
    spill(at("fewer", "replica-003/.headline.csv.0123abcd.part"), "x", 1); /* of a killed run */
    overwrite("fewer", 2);
    assert_true(exists(at("fewer", "replica-002/series.csv")));
    assert_false(exists(at("fewer", "replica-003")));
    assert_false(exists(at("fewer", "replica-005")));
    assert_true(exists(at("fewer", "replica-004/notes.txt")));
    assert_false(exists(at("fewer", "replica-004/series.csv")));
    assert_false(exists(at("fewer", "replica-004/headline.csv")));
    assert_true(exists(at("fewer", "replica-006/run.json")));
    overwrite("fewer", 0); /* a single run */
    assert_false(exists(at("fewer", "replica-001")));
    assert_false(exists(at("fewer", "replica-002")));
    overwrite("fewer", 0); /* a single run made no replicas */
    assert_true(exists(at("fewer", "replica-004/notes.txt")));
    assert_true(exists(at("fewer", "replica-006/run.json")));
}

/* A link may lead anywhere: what it leads to is not of this run. */
static void overwriting_does_not_follow_links(void **unused) {
    (void)unused;
    run("elsewhere", 1, 1, false);
    run("linked", 2, 1, false);
    remove_tree(at("linked", "replica-002"));
    assert_int_equal(symlink(at("elsewhere", "replica-001"), at("linked", "replica-002")), 0);
    overwrite("linked", 1);
    assert_true(exists(at("elsewhere", "replica-001/series.csv")));
    assert_true(exists(at("linked", "replica-002/series.csv")));
}

static void one_failure_ends_all(void **unused) {
    (void)unused;
    sw_error error = {0};
    sw_run_summary summary;
    sw_job job = counter_job();
    sw_run_options options = {.folder = at("broken", NULL)};
    demands.fail_at = 500;
    assert_int_equal(sw_run_job_replicas(&summary, &job, &options, 3, NULL, &error),
                     SW_ERROR_NUMERIC);
    demands.fail_at = 0;
    assert_string_equal(error.message, "asked to fail");
    char *run_text = slurp(at("broken", "run.json"), NULL);
    assert_non_null(strstr(run_text, "\"status\": \"failed\""));
    free(run_text);
    assert_int_equal(sw_run_job_replicas(&summary, &job, &options, 0, NULL, &error),
                     SW_ERROR_ARGUMENT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(students_t_agrees_with_the_tables),
        cmocka_unit_test(mean_and_spread_are_the_textbook_ones),
        cmocka_unit_test(the_interval_covers_95_percent),
        cmocka_unit_test(rows_are_matched_by_index),
        cmocka_unit_test(other_columns_cannot_be_merged),
        cmocka_unit_test(replicas_walk_as_the_theory_says),
        cmocka_unit_test(the_headline_is_over_all_replicas),
        cmocka_unit_test(threads_do_not_change_the_result),
        cmocka_unit_test(interrupted_replicas_resume_to_the_same_result),
        cmocka_unit_test(overwriting_removes_the_earlier_replicas),
        cmocka_unit_test(overwriting_does_not_follow_links),
        cmocka_unit_test(one_failure_ends_all),
    };
    return cmocka_run_group_tests(tests, make_scratch, remove_scratch);
}
