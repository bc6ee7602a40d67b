/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys of run.acceleration: ways to reach longer times. A section that is there is on, unless it
 * says enabled: false. */
#include "model/schema.h"

static const sw_key scaling_keys[] = {
    {"enabled", SW_KEY_FLAG, .fallback = "true", .help = "false: as if the section were not there"},
    {"processes", SW_KEY_TEXT, SW_FORM_LIST,
     .help = "processes or mechanisms that may be scaled; default: every reversible process"},
    {"margin", SW_KEY_QUANTITY, .fallback = "100", SW_BETWEEN(1, 1e9),
     .help = "a scaled process still happens so often, each way, for every site that is changed "
             "out of balance"},
    {"tolerance", SW_KEY_QUANTITY, .fallback = "0.1", .bounded = true, .above = true, .low = 0,
     .high = 0.9,
     .help = "imbalance (forward - reverse) / (forward + reverse) up to which it is in balance"},
    {"executions", SW_KEY_INTEGER, .fallback = "1000", SW_BETWEEN(10, 1e12),
     .help = "of a process, both ways, before it is judged"},
    {"window", SW_KEY_INTEGER, .fallback = "0", SW_BETWEEN(0, 1e12),
     .help = "events between two reviews; 0: 100 x margin, and with the packed engine at least "
             "one a site"},
    {"lowest", SW_KEY_QUANTITY, .fallback = "1e-6", .bounded = true, .above = true, .low = 0,
     .high = 1, .help = "the smallest factor"},
};
static const sw_shape scaling = SW_SHAPE("the scaling", scaling_keys);

static const sw_key superbasin_keys[] = {
    {"enabled", SW_KEY_FLAG, .fallback = "true", .help = "false: as if the section were not there"},
    {"states", SW_KEY_INTEGER, .fallback = "64", SW_BETWEEN(2, 4096),
     .help = "configurations that are kept at most; a walk on a terrace wants one a site"},
};
static const sw_shape superbasin = SW_SHAPE("the superbasins", superbasin_keys);

static const sw_key acceleration_keys[] = {
    {"scaling", SW_KEY_SHAPE, .shape = &scaling,
     .help = "slows fast reversible processes that are in balance, both ways alike"},
    {"superbasin", SW_KEY_SHAPE, .shape = &superbasin,
     .help =
         "walks among few configurations without touching the lattice, and draws the way out of "
         "deep ones from its exact distribution"},
};
const sw_shape sw_schema_acceleration = SW_SHAPE("the acceleration", acceleration_keys);
