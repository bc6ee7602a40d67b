/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The distance that ends the first shell of neighbours, for instruments whose cutoff is "auto". */
#ifndef SPILLWAY_STRUCTURE_AUTOMATIC_CUTOFF_H
#define SPILLWAY_STRUCTURE_AUTOMATIC_CUTOFF_H

#include <spillway/instrument.h>

/* A distance of a measurement (A): the parameter `name` where it was given, else `factor` times
 * the median distance to the nearest other atom. SW_ERROR_ARGUMENT with `hint` where nobody has
 * one. O(atoms). */
SW_MUST_USE sw_status sw_automatic_distance(double *distance, const char *name, double factor,
                                            const sw_atoms *atoms,
                                            const sw_instrument_settings *settings,
                                            const char *hint, sw_context *context, sw_error *error);

/*
 * The cutoff of a measurement (A): parameter "cutoff" where it was given; else the first valley of
 * the pair distribution between 0.7 and 2.2 median nearest distances (bins of a 50th of it,
 * smoothed over 1.5 bins), which is noted in the measurement. SW_ERROR_ARGUMENT where there is no
 * valley.
 */
SW_MUST_USE sw_status sw_automatic_cutoff(double *cutoff, sw_measurement *measurement,
                                          const sw_atoms *atoms,
                                          const sw_instrument_settings *settings,
                                          sw_context *context, sw_error *error);

#endif
