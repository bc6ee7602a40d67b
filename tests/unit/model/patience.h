/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Wall time that something may take. */
#ifndef SPILLWAY_TEST_PATIENCE_H
#define SPILLWAY_TEST_PATIENCE_H

#include <stdlib.h>

/* SPILLWAY_TEST_PATIENCE says how much slower everything is (under valgrind). */
static inline double seconds_allowed(double limit) {
    const char *patience = getenv("SPILLWAY_TEST_PATIENCE");
    return patience ? limit * strtod(patience, NULL) : limit;
}

#endif
