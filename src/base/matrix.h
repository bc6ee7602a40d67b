/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Vectors of three and 3x3 matrices. Cell vectors are the rows of a matrix, so a fractional
 * position f becomes Cartesian as the row vector f * cell. Results may not alias arguments. */
#ifndef SPILLWAY_BASE_MATRIX_H
#define SPILLWAY_BASE_MATRIX_H

#include <stdbool.h>

double sw_vector_dot(const double a[3], const double b[3]);
double sw_vector_length(const double a[3]);
void sw_vector_cross(double cross[3], const double a[3], const double b[3]);

double sw_matrix_determinant(const double matrix[3][3]);
/* False, and inverse untouched, where the rows are linearly dependent to rounding. */
bool sw_matrix_inverse(double inverse[3][3], const double matrix[3][3]);
void sw_matrix_product(double product[3][3], const double a[3][3], const double b[3][3]);
/* row * matrix. */
void sw_matrix_row_product(double product[3], const double row[3], const double matrix[3][3]);

#endif
