/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs in a process of their own that is killed, or that fills its disk. */
#include "scratch.h"

#include "counter_simulator.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

static sw_run_options options_for(const char *folder, bool resume) {
    return (sw_run_options){.folder = at(folder, NULL),
                            .resume = resume,
                            .checkpoint_seconds = 1e-9,
                            .until_events = 8000};
}

static sw_status run(const char *folder, bool resume, sw_error *error) {
    sw_run_summary summary;
    sw_job job = counter_job();
    sw_run_options options = options_for(folder, resume);
    return sw_run_job(&summary, &job, &options, NULL, error);
}

static void assert_same_run(const char *one, const char *other) {
    assert_same_file(at(one, "series.csv"), at(other, "series.csv"));
    assert_same_file(at(one, "trajectory.xyz"), at(other, "trajectory.xyz"));
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* Kills a run after `delay` seconds; true where it was killed before its end. */
static bool killed_after(const char *folder, double delay) {
    struct timespec wait = {(time_t)delay, (long)(1e9 * (delay - floor(delay)))};
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        _exit(run(folder, true, NULL) == SW_OK ? 0 : 1);
    nanosleep(&wait, NULL);
    kill(child, SIGKILL);
    int result = 0;
    assert_int_equal(waitpid(child, &result, 0), child);
    if (WIFEXITED(result))
        assert_int_equal(WEXITSTATUS(result), 0);
    return WIFSIGNALED(result);
}

static void twenty_random_kills_leave_a_resumable_folder(void **unused) {
    (void)unused;
    sw_random random = sw_random_create(11, 0);
    double length = INFINITY;
    int killed = 0;
    for (int i = 0; i < 3; i++) { /* the first run of a process is slower than those to be killed */
        remove_tree(at("whole", NULL));
        double start = seconds();
        assert_int_equal(run("whole", false, NULL), SW_OK);
        length = fmin(length, seconds() - start);
    }
    for (int i = 0; i < 20 || (killed < 5 && i < 200); i++) {
        sw_error error = {0};
        remove_tree(at("killed", NULL));
        killed += killed_after("killed", length * sw_random_uniform(&random));
        killed_after("killed", 0.3 * length * sw_random_uniform(&random));
        if (run("killed", true, &error) != SW_OK)
            fail_msg("kill %d: %s: %s", i, error.place, error.message);
        assert_same_run("whole", "killed");
    }
    assert_true(killed >= 5); /* else the test would be about nothing */
}

/* Runs in a process whose files may not grow beyond `limit` bytes; its exit status. */
static int run_with_little_room(const char *folder, rlim_t limit) {
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        sw_error error = {0};
        struct rlimit room = {limit, limit};
        signal(SIGXFSZ, SIG_IGN);
        if (setrlimit(RLIMIT_FSIZE, &room) != 0)
            _exit(9);
        if (run(folder, true, &error) == SW_OK)
            _exit(0);
        bool said = error.code == SW_ERROR_FILE && error.place[0] != '\0' &&
                    strstr(error.message, "too large") != NULL && error.hint[0] != '\0';
        _exit(said ? 1 : 2);
    }
    int result = 0;
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_true(WIFEXITED(result));
    return WEXITSTATUS(result);
}

static void a_full_disk_is_told_and_leaves_a_resumable_folder(void **unused) {
    (void)unused;
    struct stat whole;
    assert_int_equal(stat(at("whole", "trajectory.xyz"), &whole), 0);
    /* the largest file is the run.json or the trajectory: stop each somewhere on its way */
    for (rlim_t limit = 16; limit < (rlim_t)whole.st_size; limit += 61) {
        remove_tree(at("full", NULL));
        assert_int_equal(run_with_little_room("full", limit), 1);
        sw_error error = {0};
        if (run("full", true, &error) != SW_OK)
            fail_msg("limit %d: %s: %s", (int)limit, error.place, error.message);
        assert_same_run("whole", "full");
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(twenty_random_kills_leave_a_resumable_folder),
        cmocka_unit_test(a_full_disk_is_told_and_leaves_a_resumable_folder),
    };
    return cmocka_run_group_tests(tests, make_scratch, remove_scratch);
}
