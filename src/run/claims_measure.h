/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Measurements that claims are about: an instrument looks at the last frame of a finished run, by
 * the same way as at a file of an experiment.
 */
#ifndef SPILLWAY_RUN_CLAIMS_MEASURE_H
#define SPILLWAY_RUN_CLAIMS_MEASURE_H

#include "run/claims_plan.h"

#define SW_CLAIM_NUMBERS "numbers" /* name, value, low, high of a measurement, a row each */

/* Measures the trajectory of the run in `folder` into folder/NAME, as sw_measure_files does, and
 * writes the numbers as NAME/numbers.csv beside it. */
SW_MUST_USE sw_status sw_claim_measurement_make(const sw_planned_measurement *planned,
                                                const char *folder, sw_context *context,
                                                sw_error *error);

#endif
