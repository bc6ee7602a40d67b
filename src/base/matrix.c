/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/matrix.h"

#include <float.h>
#include <math.h>

double sw_vector_dot(const double a[3], const double b[3]) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

double sw_vector_length(const double a[3]) {
    return sqrt(sw_vector_dot(a, a));
}

void sw_vector_cross(double cross[3], const double a[3], const double b[3]) {
    cross[0] = a[1] * b[2] - a[2] * b[1];
    cross[1] = a[2] * b[0] - a[0] * b[2];
    cross[2] = a[0] * b[1] - a[1] * b[0];
}

double sw_matrix_determinant(const double matrix[3][3]) {
    double cross[3];
    sw_vector_cross(cross, matrix[1], matrix[2]);
    return sw_vector_dot(matrix[0], cross);
}

bool sw_matrix_inverse(double inverse[3][3], const double matrix[3][3]) {
    double determinant = sw_matrix_determinant(matrix);
    double box =
        sw_vector_length(matrix[0]) * sw_vector_length(matrix[1]) * sw_vector_length(matrix[2]);
    /* the volume against that of a right-angled box with the same edges: independent of scale */
    if (!isfinite(determinant) || !(fabs(determinant) > 8 * DBL_EPSILON * box))
        return false;

    for (int column = 0; column < 3; column++) {
        double cross[3];
        sw_vector_cross(cross, matrix[(column + 1) % 3], matrix[(column + 2) % 3]);
        for (int row = 0; row < 3; row++)
            inverse[row][column] = cross[row] / determinant;
    }
    return true;
}

void sw_matrix_product(double product[3][3], const double a[3][3], const double b[3][3]) {
    for (int row = 0; row < 3; row++)
        sw_matrix_row_product(product[row], a[row], b);
}

void sw_matrix_row_product(double product[3], const double row[3], const double matrix[3][3]) {
    for (int column = 0; column < 3; column++)
        product[column] =
            row[0] * matrix[0][column] + row[1] * matrix[1][column] + row[2] * matrix[2][column];
}
