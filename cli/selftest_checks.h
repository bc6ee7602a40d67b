/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an installed program checks of itself: known answers, and runs that must repeat. */
#ifndef SPILLWAY_CLI_SELFTEST_CHECKS_H
#define SPILLWAY_CLI_SELFTEST_CHECKS_H

#include <spillway/base.h>

typedef struct selftest_check {
    const char *name; /* NULL ends the list */
    /* SW_OK, or what is wrong in *error. `folder` is empty and the check's own. */
    sw_status (*run)(const char *folder, sw_error *error);
} selftest_check;

extern const selftest_check selftest_checks[];

#endif
