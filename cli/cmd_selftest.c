/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/arguments.h"
#include "cli/selftest_checks.h"

#include <errno.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int remove_entry(const char *path, const struct stat *found, int type, struct FTW *place) {
    (void)found, (void)type, (void)place;
    return remove(path);
}

static sw_status make_folder(char *folder, size_t size, sw_error *error) {
    const char *place = getenv("TMPDIR");
    int length = snprintf(folder, size, "%s/spillway-selftest-XXXXXX",
                          place != NULL && place[0] != '\0' ? place : "/tmp");
    if (length > 0 && (size_t)length < size && mkdtemp(folder) != NULL)
        return SW_OK;
    return sw_error_set(error, SW_ERROR_FILE, folder, "set TMPDIR to a folder where you may write",
                        "no temporary folder can be made: %s", strerror(errno));
}

/* Each check has a folder of its own within `folder`. */
static sw_status run_check(const selftest_check *check, const char *folder, int number,
                           sw_error *error) {
    char own[512];
    snprintf(own, sizeof own, "%.480s/%d", folder, number);
    if (mkdir(own, 0700) != 0)
        return sw_error_set(error, SW_ERROR_FILE, own, NULL, "the folder cannot be made: %s",
                            strerror(errno));
    return check->run(own, error);
}

static void tell(json_t *list, const selftest_check *check, const sw_error *error, bool passed) {
    if (list != NULL) {
        json_array_append_new(list, json_pack("{ss sb so so}", "name", check->name, "ok",
                                              (int)passed, "place", json_of_text(error->place),
                                              "message", json_of_text(error->message)));
        return;
    }
    printf("%-6s  %s\n", passed ? "ok" : "FAILED", check->name);
    if (!passed)
        printf("        %s: %s\n", error->place, error->message);
    fflush(stdout);
}

static cli_exit selftest(const cli_arguments *arguments, cli_console *console) {
    char folder[400];
    sw_error error = {0};
    int failures = 0;
    (void)arguments;
    if (make_folder(folder, sizeof folder, &error) != SW_OK)
        return command_failed(console, &error);
    json_t *list = console->json ? json_array() : NULL;
    for (int i = 0; selftest_checks[i].name != NULL; i++) {
        error = (sw_error){0};
        bool passed = run_check(&selftest_checks[i], folder, i, &error) == SW_OK;
        tell(list, &selftest_checks[i], &error, passed);
        failures += !passed;
    }
    nftw(folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    if (console->json && !console_json(json_pack("{sb so}", "ok", failures == 0, "checks", list)))
        return EXIT_FAILED;
    if (failures > 0)
        console_say(console, "%d checks failed: this installation should not be trusted", failures);
    return failures == 0 ? EXIT_DONE : EXIT_DISAGREES;
}

static const cli_example examples[] = {
    {"selftest", "checks an installation in a few seconds"},
    {0},
};

const cli_command command_selftest = {
    .name = "selftest",
    .summary = "let the installed program check itself",
    .arguments = "",
    .description = "Compares random numbers, units and equilibria with known answers, writes and "
                   "reads every format, and runs, repeats and resumes a small simulation, in a "
                   "temporary folder. One line a check; exit code 4 where one fails.",
    .examples = examples,
    .handler = selftest,
};
