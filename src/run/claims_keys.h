/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys of a file of claims: which there may be, and what their values must be. */
#ifndef SPILLWAY_RUN_CLAIMS_KEYS_H
#define SPILLWAY_RUN_CLAIMS_KEYS_H

#include "model/reading.h"

/* The keys of a mapping: those with a text or a number, then those that hold more; NULL ends each. */
typedef struct sw_plan_known {
    const char *const *plain, *const *nested;
} sw_plan_known;

/* As in model/reading.h, false is a failure that is told. `what` is expected, as in "a claim". */
bool sw_plan_mapping(sw_reading *reading, const sw_node *node, const char *what);
bool sw_plan_keys(sw_reading *reading, const sw_node *mapping, const sw_plan_known *known);
/* The text of a key, or `otherwise`. */
const char *sw_plan_text(const sw_node *mapping, const char *key, const char *otherwise);
/* The same, "" where there is none; at most what `size` bytes hold. */
bool sw_plan_label(sw_reading *reading, const sw_node *mapping, const char *key, size_t size,
                   const char **label);
/* Whether the key of a run or a measurement can name its folder. */
bool sw_plan_folder(sw_reading *reading, const sw_node *node);
bool sw_plan_flag(sw_reading *reading, const sw_node *mapping, const char *key, bool *flag);
bool sw_plan_number(sw_reading *reading, const sw_node *mapping, const char *key, double otherwise,
                    double *value);

#endif
