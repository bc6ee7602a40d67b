/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Paths of the example models, from the environment of the tests. */
#ifndef SPILLWAY_TEST_MODEL_FILES_H
#define SPILLWAY_TEST_MODEL_FILES_H

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

static inline const char *source_path(char path[PATH_MAX], const char *inside) {
    const char *root = getenv("SPILLWAY_SOURCE");
    snprintf(path, PATH_MAX, "%s/%s", root ? root : ".", inside);
    return path;
}

static inline const char *good_path(char path[PATH_MAX], const char *name) {
    char inside[256];
    snprintf(inside, sizeof inside, "tests/models/good/%s.yaml", name);
    return source_path(path, inside);
}

#endif
