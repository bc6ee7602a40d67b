/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scratch.h"

#include "counter_simulator.h"
#include "run/folder.h"

#include <jansson.h>

static sw_error error;

static sw_status run(const char *folder, sw_run_options options, sw_run_summary *summary) {
    sw_run_summary unused;
    sw_job job = counter_job();
    error = (sw_error){0};
    options.folder = at(folder, NULL);
    return sw_run_job(summary ? summary : &unused, &job, &options, demands.context, &error);
}

static void run_well(const char *folder, sw_run_options options, sw_run_summary *summary) {
    if (run(folder, options, summary) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
}

static void assert_same_run(const char *one, const char *other) {
    assert_same_file(at(one, "series.csv"), at(other, "series.csv"));
    assert_same_file(at(one, "trajectory.xyz"), at(other, "trajectory.xyz"));
}

static json_t *run_json(const char *folder) {
    json_t *value = json_load_file(at(folder, "run.json"), 0, NULL);
    assert_non_null(value);
    return value;
}

static void assert_status(const char *folder, const char *status) {
    json_t *value = run_json(folder);
    assert_string_equal(json_string_value(json_object_get(value, "status")), status);
    json_decref(value);
}

static int fresh(void **unused) {
    (void)unused;
    demands = (counter_demands){0};
    return sw_context_create(&demands.context) != SW_OK;
}

static int done(void **unused) {
    (void)unused;
    sw_context_destroy(demands.context);
    return 0;
}

/* The run that the others are compared with. */
static int reference(void **unused) {
    if (make_scratch(unused) != 0 || fresh(unused) != 0)
        return -1;
    run_well("whole", (sw_run_options){0}, NULL);
    return done(unused);
}

static size_t lines(const char *path) {
    size_t count = 0;
    char *bytes = slurp(path, NULL);
    for (char *byte = bytes; *byte != '\0'; byte++)
        count += *byte == '\n';
    free(bytes);
    return count;
}

static void a_folder_holds_the_whole_run(void **unused) {
    (void)unused;
    assert_int_equal(lines(at("whole", "series.csv")), 1 + 21);
    assert_int_equal(lines(at("whole", "trajectory.xyz")), 5 * 4);
    assert_true(exists(at("whole", "headline.csv")));
    char *model = slurp(at("whole", "model.yaml"), NULL);
    assert_string_equal(model, "format: 1\nname: counter\n");
    free(model);
    char *plots = slurp(at("whole", "plots.json"), NULL);
    assert_non_null(strstr(plots, "\"y\": \"place,observation\""));
    free(plots);
}

static void run_json_says_how_it_was_made(void **unused) {
    (void)unused;
    const sw_setting setting = {"parameters.x", "1 eV"};
    const char *const without[] = {"hops"};
    run_well("told",
             (sw_run_options){.command = "spillway simulate \xff",
                              .settings = &setting,
                              .setting_count = 1,
                              .without = without,
                              .without_count = 1,
                              .seed = UINT64_MAX,
                              .until_events = 100},
             NULL);
    json_t *value = run_json("told");
    const char *name, *path, *text, *left, *seed, *command, *headline;
    json_int_t events;
    assert_int_equal(json_unpack(value, "{s:s s:s s:s s:I s:[{s:s s:s}] s:[s] s:[{s:s}]}", "model",
                                 &name, "command", &command, "seed", &seed, "events", &events,
                                 "settings", "path", &path, "text", &text, "without", &left,
                                 "headline", "name", &headline),
                     0);
    assert_string_equal(command, "spillway simulate ?");
    assert_string_equal(seed, "18446744073709551615");
    assert_string_equal(path, "parameters.x");
    assert_string_equal(text, "1 eV");
    assert_string_equal(left, "hops");
    assert_string_equal(headline, "place");
    assert_int_equal(events, 100);
    json_decref(value);
}

static void equal_seeds_give_equal_runs(void **unused) {
    (void)unused;
    sw_run_summary one, other, third;
    run_well("one", (sw_run_options){.seed = 3}, &one);
    run_well("other", (sw_run_options){.seed = 3}, &other);
    run_well("third", (sw_run_options){.seed = 4}, &third);
    assert_same_run("one", "other");
    assert_true(one.fingerprint == other.fingerprint);
    assert_true(one.fingerprint != third.fingerprint);
}

static void a_folder_with_a_run_is_refused(void **unused) {
    (void)unused;
    run_well("held", (sw_run_options){.until_events = 100}, NULL);
    assert_int_equal(run("held", (sw_run_options){0}, NULL), SW_ERROR_FILE);
    assert_non_null(strstr(error.hint, "--resume"));
    assert_int_equal(lines(at("held", "series.csv")), 1 + 2);
}

static void overwriting_removes_the_run_and_nothing_else(void **unused) {
    (void)unused;
    run_well("over", (sw_run_options){0}, NULL);
    spill(at("over", "mine.csv"), "x\n1\n", 4);
    spill(at("over", "claims.json"), "{}", 2);
    spill(at("over", ".run.json.0123abcd.part"), "x", 1);
    run_well("over", (sw_run_options){.overwrite = true}, NULL);
    assert_same_run("whole", "over");
    assert_true(exists(at("over", "mine.csv")));
    assert_false(exists(at("over", "claims.json")));
    assert_false(exists(at("over", ".run.json.0123abcd.part")));
}

static void two_writers_are_refused(void **unused) {
    (void)unused;
    sw_folder folder = {.lock = -1};
    sw_run_options options = {.folder = at("locked", NULL)};
    assert_int_equal(sw_folder_open(&folder, &options, NULL), SW_OK);
    assert_int_equal(run("locked", (sw_run_options){.resume = true}, NULL), SW_ERROR_FILE);
    assert_non_null(strstr(error.message, "another run is writing"));
    sw_folder_close(&folder);
    run_well("locked", (sw_run_options){.resume = true, .until_events = 10}, NULL);
}

static void an_interrupted_run_resumes_bit_for_bit(void **unused) {
    (void)unused;
    static const uint64_t moments[] = {1, 999, 1000, 1001, 5000, 7777, 19999, 20000};
    for (size_t i = 0; i < sizeof moments / sizeof moments[0]; i++) {
        sw_run_summary summary;
        demands.cancel_at = moments[i];
        run_well("cut", (sw_run_options){.overwrite = true}, &summary);
        assert_int_equal(summary.interrupted, moments[i] < 20000);
        assert_status("cut", summary.interrupted ? "interrupted" : "finished");
        sw_context_destroy(demands.context);
        assert_int_equal(sw_context_create(&demands.context), SW_OK);
        demands.cancel_at = 0;
        run_well("cut", (sw_run_options){.resume = true}, &summary);
        assert_true(summary.resumed && !summary.interrupted && summary.events == 20000);
        assert_same_run("whole", "cut");
        assert_same_file(at("whole", "headline.csv"), at("cut", "headline.csv"));
    }
}

static void rubbish_after_the_checkpoint_is_cut_off(void **unused) {
    (void)unused;
    demands.cancel_at = 3500;
    run_well("torn", (sw_run_options){0}, NULL);
    sw_context_destroy(demands.context);
    assert_int_equal(sw_context_create(&demands.context), SW_OK);
    demands.cancel_at = 0;
    FILE *file = fopen(at("torn", "series.csv"), "ab");
    fputs("0.00123,45", file);
    fclose(file);
    file = fopen(at("torn", "trajectory.xyz"), "ab");
    fputs("2\nLattice", file);
    fclose(file);
    run_well("torn", (sw_run_options){.resume = true}, NULL);
    assert_same_run("whole", "torn");
}

static void a_finished_run_can_go_further(void **unused) {
    (void)unused;
    run_well("longer", (sw_run_options){.until_events = 7300}, NULL);
    assert_int_equal(lines(at("longer", "series.csv")), 1 + 9); /* 0 to 7000, and 7300 */
    run_well("longer", (sw_run_options){.resume = true}, NULL);
    assert_same_run("whole", "longer");
    run_well("longer", (sw_run_options){.resume = true}, NULL);
    assert_same_run("whole", "longer");
}

static void another_model_or_seed_cannot_resume(void **unused) {
    (void)unused;
    run_well("same", (sw_run_options){.until_events = 100}, NULL);
    sw_job job = counter_job();
    job.resolved_text = "format: 1\nname: other\n";
    sw_run_options options = {.folder = at("same", NULL), .resume = true};
    sw_run_summary summary;
    assert_int_equal(sw_run_job(&summary, &job, &options, NULL, &error), SW_ERROR_ARGUMENT);
    assert_int_equal(run("same", (sw_run_options){.resume = true, .seed = 8}, NULL),
                     SW_ERROR_ARGUMENT);
    assert_non_null(strstr(error.message, "has seed 7, not 8"));
}

static void a_run_in_which_nothing_can_happen_ends(void **unused) {
    (void)unused;
    sw_run_summary summary;
    demands.absorb_at = 5;
    run_well("absorbed", (sw_run_options){0}, &summary);
    assert_true(summary.exhausted && !summary.interrupted && summary.events < 20000);
    assert_status("absorbed", "finished");
    char *series = slurp(at("absorbed", "series.csv"), NULL);
    char *last = strstr(series, ",5,");
    assert_non_null(last);
    free(series);
}

static void a_failed_run_says_so_and_keeps_its_checkpoint(void **unused) {
    (void)unused;
    demands.fail_at = 4321;
    assert_int_equal(run("failed", (sw_run_options){0}, NULL), SW_ERROR_NUMERIC);
    assert_status("failed", "failed");
    demands.fail_at = 0;
    run_well("failed", (sw_run_options){.resume = true}, NULL);
    assert_same_run("whole", "failed");
}

static void a_simulator_that_stands_still_is_an_error(void **unused) {
    (void)unused;
    demands.still = true;
    assert_int_equal(run("still", (sw_run_options){0}, NULL), SW_ERROR_NUMERIC);
    assert_non_null(strstr(error.message, "stands still"));
}

static void a_run_that_needs_too_much_memory_is_refused(void **unused) {
    (void)unused;
    demands.memory = SIZE_MAX / 2;
    assert_int_equal(run("huge", (sw_run_options){0}, NULL), SW_ERROR_MEMORY);
    assert_false(exists(at("huge", NULL)));
}

static void the_wall_limit_saves_and_stops(void **unused) {
    (void)unused;
    sw_run_summary summary;
    run_well("wall", (sw_run_options){.wall_limit = 1e-9}, &summary);
    assert_true(summary.interrupted && summary.events == 0);
    run_well("wall", (sw_run_options){.resume = true}, NULL);
    assert_same_run("whole", "wall");
}

static void a_folder_that_cannot_be_made_is_explained(void **unused) {
    (void)unused;
    spill(at(NULL, "file"), "x", 1);
    assert_int_equal(run("file", (sw_run_options){0}, NULL), SW_ERROR_FILE);
    assert_non_null(strstr(error.message, "this is a file"));
    assert_int_equal(run("file/below", (sw_run_options){0}, NULL), SW_ERROR_FILE);
    assert_int_equal(run("deep/er/folder", (sw_run_options){.until_events = 1}, NULL), SW_OK);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, fresh, done)
    const struct CMUnitTest tests[] = {
        TEST(a_folder_holds_the_whole_run),
        TEST(run_json_says_how_it_was_made),
        TEST(equal_seeds_give_equal_runs),
        TEST(a_folder_with_a_run_is_refused),
        TEST(overwriting_removes_the_run_and_nothing_else),
        TEST(two_writers_are_refused),
        TEST(an_interrupted_run_resumes_bit_for_bit),
        TEST(rubbish_after_the_checkpoint_is_cut_off),
        TEST(a_finished_run_can_go_further),
        TEST(another_model_or_seed_cannot_resume),
        TEST(a_run_in_which_nothing_can_happen_ends),
        TEST(a_failed_run_says_so_and_keeps_its_checkpoint),
        TEST(a_simulator_that_stands_still_is_an_error),
        TEST(a_run_that_needs_too_much_memory_is_refused),
        TEST(the_wall_limit_saves_and_stops),
        TEST(a_folder_that_cannot_be_made_is_explained),
    };
    return cmocka_run_group_tests(tests, reference, remove_scratch);
}
