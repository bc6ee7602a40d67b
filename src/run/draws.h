/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers measured again on disturbed copies of the atoms: how far what is not known of the
 * positions carries into each of them (run.h says how intervals are made of it).
 */
#ifndef SPILLWAY_RUN_DRAWS_H
#define SPILLWAY_RUN_DRAWS_H

#include <spillway/run.h>

/*
 * A copy, its atoms moved along each axis by a Gaussian of precision / sqrt 3 and left out with the
 * chance `missing`. What becomes of an atom depends on the seed, the draw and its number alone.
 * Columns, notes and cell are those of the atoms. SW_ERROR_MEMORY. O(atoms).
 */
SW_MUST_USE sw_status sw_disturbed_copy(sw_atoms **copy, const sw_atoms *atoms,
                                        const sw_disturbance *disturbance, size_t draw);

/* Measures atoms, as those given were measured, into a measurement that is empty. */
typedef sw_status (*sw_draw_function)(sw_measurement *measurement, const sw_atoms *atoms,
                                      void *user, sw_context *context, sw_error *error);

/*
 * Gives every number of the measurement its interval and shift from the draws, and a note that says
 * how. A copy on which measuring fails is left out and noted; without memory, or cancelled, all
 * fails. The function is called by several threads at once, as many as have memory for as much as
 * the program has taken so far. Nothing is done for draws 0.
 */
SW_MUST_USE sw_status sw_draws_add(sw_measurement *measurement, const sw_atoms *atoms,
                                   const sw_disturbance *disturbance, sw_draw_function measure,
                                   void *user, sw_context *context, sw_error *error);

#endif
