/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <spillway/base.h>

const char *sw_version(void) {
    return SPILLWAY_VERSION;
}
