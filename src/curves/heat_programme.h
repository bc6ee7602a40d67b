/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A programme of temperature as it is typed: pieces with commas, "20 K/min", "5 K/min to 700 degC,
 * 2 h", "700 degC, 30 min" (there from the start). A rate without an end goes on to 1500 K above
 * the start.
 */
#ifndef SPILLWAY_CURVES_HEAT_PROGRAMME_H
#define SPILLWAY_CURVES_HEAT_PROGRAMME_H

#include <spillway/base.h>

/* Fills `points` times (s) and temperatures (K), evenly, up to the end of the programme but no
 * further than `longest` s; begins at `start` K. SW_ERROR_ARGUMENT at `place`. */
SW_MUST_USE sw_status sw_heat_programme_fill(double *time, double *temperature, size_t points,
                                             const char *text, double start, double longest,
                                             const char *place, sw_error *error);

#endif
