/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of this room share: a folder of their own, text in, text out. */
#ifndef SPILLWAY_TEST_IO_CASES_H
#define SPILLWAY_TEST_IO_CASES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <spillway/io.h>

/* The text between the bounds is quoted, so that a column of code is the file. */
static inline sw_content read_text(const char *text, const char *name, ptrdiff_t frame) {
    sw_content content;
    sw_error error = {0};
    if (sw_read_memory(&content, text, strlen(text), name, frame, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    return content;
}

static inline sw_content read_file(const char *path, ptrdiff_t frame) {
    sw_content content;
    sw_error error = {0};
    if (sw_read(&content, path, NULL, frame, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    return content;
}

static inline int make_folder(void **state) {
    char *folder = strdup("/tmp/spillway-io-XXXXXX");
    if (!folder || !mkdtemp(folder))
        return -1;
    *state = folder;
    return 0;
}

/* Also counts what is left, hidden files included. */
static inline int files_in(const char *folder) {
    int count = 0;
    DIR *entries = opendir(folder);
    for (struct dirent *entry; entries && (entry = readdir(entries));)
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    if (entries)
        closedir(entries);
    return count;
}

static inline int remove_folder(void **state) {
    char path[512];
    DIR *entries = opendir(*state);
    for (struct dirent *entry; entries && (entry = readdir(entries));) {
        snprintf(path, sizeof path, "%s/%s", (char *)*state, entry->d_name);
        unlink(path);
    }
    if (entries)
        closedir(entries);
    rmdir(*state);
    free(*state);
    return 0;
}

static inline const char *path_in(void **state, const char *name) {
    static char path[512];
    snprintf(path, sizeof path, "%s/%s", (const char *)*state, name);
    return path;
}

static inline void assert_number(double found, double expected) {
    if (memcmp(&found, &expected, sizeof found) != 0 && !(isnan(found) && isnan(expected)))
        fail_msg("expected exactly %.17g, found %.17g", expected, found);
}

static inline void assert_near(double found, double expected, double tolerance) {
    if (!(fabs(found - expected) <= tolerance))
        fail_msg("expected %.17g, found %.17g", expected, found);
}

/* The path of a shared data file, or NULL: the test is skipped then. */
static inline const char *shared_data(const char *name) {
    static char path[1024];
    const char *data = getenv("SPILLWAY_DATA"), *source = getenv("SPILLWAY_SOURCE");
    if (data)
        snprintf(path, sizeof path, "%s/%s", data, name);
    else
        snprintf(path, sizeof path, "%s/../shared/data/%s", source ? source : ".", name);
    if (access(path, R_OK) == 0)
        return path;
    print_message("no shared data file %s\n", name);
    return NULL;
}

#endif
