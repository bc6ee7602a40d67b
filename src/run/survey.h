/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A survey with numbers of the caller's own, made of what the instruments found. */
#ifndef SPILLWAY_RUN_SURVEY_H
#define SPILLWAY_RUN_SURVEY_H

#include <spillway/run.h>

/* Adds to a measurement that holds all instruments' numbers and atoms; on several threads at once
 * where copies are drawn. */
typedef struct sw_survey_addition {
    sw_status (*add)(sw_measurement *measurement, const void *user);
    const void *user;
} sw_survey_addition;

/* As sw_survey; addition may be NULL. Its numbers get intervals from the draws as all others do. */
SW_MUST_USE sw_status sw_survey_with(sw_measurement **measurement, const sw_survey_options *options,
                                     const sw_survey_addition *addition, sw_context *context,
                                     sw_error *error);

#endif
