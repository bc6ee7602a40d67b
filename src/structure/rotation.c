/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/rotation.h"

#include <math.h>
#include <string.h>

void sw_rotation_product(double product[4], const double left[4], const double right[4]) {
    const double *a = left, *b = right;
    const double out[4] = {a[0] * b[0] - a[1] * b[1] - a[2] * b[2] - a[3] * b[3],
                           a[0] * b[1] + a[1] * b[0] + a[2] * b[3] - a[3] * b[2],
                           a[0] * b[2] - a[1] * b[3] + a[2] * b[0] + a[3] * b[1],
                           a[0] * b[3] + a[1] * b[2] - a[2] * b[1] + a[3] * b[0]};
    memcpy(product, out, sizeof out);
}

void sw_rotation_matrix(double matrix[3][3], const double rotation[4]) {
    double w = rotation[0], x = rotation[1], y = rotation[2], z = rotation[3];
    const double out[3][3] = {
        {w * w + x * x - y * y - z * z, 2.0 * (x * y - w * z), 2.0 * (x * z + w * y)},
        {2.0 * (x * y + w * z), w * w - x * x + y * y - z * z, 2.0 * (y * z - w * x)},
        {2.0 * (x * z - w * y), 2.0 * (y * z + w * x), w * w - x * x - y * y + z * z}};
    memcpy(matrix, out, sizeof out);
}

/* The products 4 q_k q_l are sums of elements; the row of the largest q_k has no cancellation. */
void sw_rotation_of_matrix(double rotation[4], const double matrix[3][3]) {
    double xx = matrix[0][0], yy = matrix[1][1], zz = matrix[2][2];
    const double squares[4] = {1.0 + xx + yy + zz, 1.0 + xx - yy - zz, 1.0 - xx + yy - zz,
                               1.0 - xx - yy + zz};
    int largest = 0;
    for (int k = 1; k < 4; k++)
        largest = squares[k] > squares[largest] ? k : largest;
    double wx = matrix[2][1] - matrix[1][2], wy = matrix[0][2] - matrix[2][0];
    double wz = matrix[1][0] - matrix[0][1], xy = matrix[1][0] + matrix[0][1];
    double xz = matrix[0][2] + matrix[2][0], yz = matrix[2][1] + matrix[1][2];
    const double rows[4][4] = {{squares[0], wx, wy, wz},
                               {wx, squares[1], xy, xz},
                               {wy, xy, squares[2], yz},
                               {wz, xz, yz, squares[3]}};
    const double *row = rows[largest];
    double length = sqrt(row[0] * row[0] + row[1] * row[1] + row[2] * row[2] + row[3] * row[3]);
    for (int k = 0; k < 4; k++)
        rotation[k] = row[k] / length;
}
