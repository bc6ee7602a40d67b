/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder of a test's own, and plain reading and writing of files in it. Failures end the test. */
#ifndef TESTS_RUN_SCRATCH_H
#define TESTS_RUN_SCRATCH_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char scratch[256];

static inline int make_scratch(void **state) {
    (void)state;
    const char *place = getenv("TMPDIR");
    if (place == NULL) /* in memory where that can be: these tests sync thousands of files */
        place = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    snprintf(scratch, sizeof scratch, "%.200s/spillway-run-XXXXXX", place);
    return mkdtemp(scratch) == NULL;
}

static inline void remove_tree(const char *path) {
    char inside[1024];
    DIR *listing = opendir(path);
    if (listing != NULL) {
        for (struct dirent *entry = readdir(listing); entry; entry = readdir(listing))
            if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
                snprintf(inside, sizeof inside, "%.600s/%s", path, entry->d_name);
                remove_tree(inside);
            }
        closedir(listing);
    }
    remove(path);
}

static inline int remove_scratch(void **state) {
    (void)state;
    remove_tree(scratch);
    return 0;
}

/* "SCRATCH/FOLDER/NAME"; NULL leaves a part away. A few results live at a time. */
static inline const char *at(const char *folder, const char *name) {
    static char paths[8][1024];
    static int turn;
    char *path = paths[turn = (turn + 1) % 8];
    snprintf(path, sizeof paths[0], "%s%s%s%s%s", scratch, folder ? "/" : "", folder ? folder : "",
             name ? "/" : "", name ? name : "");
    return path;
}

/* The bytes of a file, zero-terminated, to be freed. */
static inline char *slurp(const char *path, size_t *size) {
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        fail_msg("%s cannot be opened", path);
    size_t length = 0, room = 1 << 20;
    char *bytes = malloc(room + 1);
    assert_non_null(bytes);
    for (size_t got = 1; got > 0; length += got) {
        if (length == room)
            bytes = realloc(bytes, (room *= 2) + 1);
        assert_non_null(bytes);
        got = fread(bytes + length, 1, room - length, file);
    }
    fclose(file);
    bytes[length] = '\0';
    if (size != NULL)
        *size = length;
    return bytes;
}

static inline void spill(const char *path, const void *bytes, size_t size) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static inline bool exists(const char *path) {
    struct stat found;
    return stat(path, &found) == 0;
}

static inline void assert_same_file(const char *one, const char *other) {
    size_t size[2];
    char *a = slurp(one, &size[0]), *b = slurp(other, &size[1]);
    bool same = size[0] == size[1] && memcmp(a, b, size[0]) == 0;
    free(a);
    free(b);
    if (!same)
        fail_msg("%s (%zu bytes) and %s (%zu bytes) differ", one, size[0], other, size[1]);
}

#endif
