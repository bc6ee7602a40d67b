/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef EQUILIBRIUM_ELIMINATION_H
#define EQUILIBRIUM_ELIMINATION_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Solves n linear equations in place: row i begins at matrix + i * stride, its right side is its
 * element n, where the solution comes out. Partial pivoting; false where no pivot of a column is
 * above `singular`. O(n^3).
 */
bool sw_eliminate(double *matrix, size_t n, size_t stride, double singular);

#endif
