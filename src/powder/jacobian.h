/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The banded Jacobian by differences, made to conserve oxygen. */
#ifndef SPILLWAY_POWDER_JACOBIAN_H
#define SPILLWAY_POWDER_JACOBIAN_H

#include "powder/rates.h"

#include <sundials/sundials_matrix.h>

/* Oxygen in each state, of all that can leave: the sum over states stays as it is but for water
 * that is fed. */
void sw_powder_oxygen_weights(double *weight, const sw_powder_compiled *compiled);
/*
 * Fills the matrix from rates at `state`, which are given; work has 2 x size places. Rounding of
 * differences would let Newton's steps make oxygen (1e-10 of it in a run), so what a column is off
 * goes to the water of its own cell. O(size x band).
 */
void sw_powder_jacobian(SUNMatrix matrix, const double *state, const double *rate,
                        const sw_powder_compiled *compiled, const sw_powder_coefficients *now,
                        const double *weight, double *work);

#endif
