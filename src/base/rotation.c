/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/rotation.h"

#include "base/matrix.h"

#include <math.h>
#include <string.h>

#define TWICE_PI 6.283185307179586

void sw_rotation_of_quaternion(double rotation[3][3], const double quaternion[4]) {
    double w = quaternion[0], x = quaternion[1], y = quaternion[2], z = quaternion[3];
    rotation[0][0] = 1 - 2 * (y * y + z * z);
    rotation[0][1] = 2 * (x * y - w * z);
    rotation[0][2] = 2 * (x * z + w * y);
    rotation[1][0] = 2 * (x * y + w * z);
    rotation[1][1] = 1 - 2 * (x * x + z * z);
    rotation[1][2] = 2 * (y * z - w * x);
    rotation[2][0] = 2 * (x * z - w * y);
    rotation[2][1] = 2 * (y * z + w * x);
    rotation[2][2] = 1 - 2 * (x * x + y * y);
}

/* The products 4 q_k q_l are sums of elements; the row of the largest q_k has no cancellation. */
void sw_quaternion_of_rotation(double quaternion[4], const double rotation[3][3]) {
    double xx = rotation[0][0], yy = rotation[1][1], zz = rotation[2][2];
    const double squares[4] = {1.0 + xx + yy + zz, 1.0 + xx - yy - zz, 1.0 - xx + yy - zz,
                               1.0 - xx - yy + zz};
    int largest = 0;
    for (int k = 1; k < 4; k++)
        largest = squares[k] > squares[largest] ? k : largest;
    double wx = rotation[2][1] - rotation[1][2], wy = rotation[0][2] - rotation[2][0];
    double wz = rotation[1][0] - rotation[0][1], xy = rotation[1][0] + rotation[0][1];
    double xz = rotation[0][2] + rotation[2][0], yz = rotation[2][1] + rotation[1][2];
    const double rows[4][4] = {{squares[0], wx, wy, wz},
                               {wx, squares[1], xy, xz},
                               {wy, xy, squares[2], yz},
                               {wz, xz, yz, squares[3]}};
    const double *row = rows[largest];
    double length = sqrt(row[0] * row[0] + row[1] * row[1] + row[2] * row[2] + row[3] * row[3]);
    for (int k = 0; k < 4; k++)
        quaternion[k] = row[k] / length;
}

void sw_quaternion_product(double product[4], const double left[4], const double right[4]) {
    const double *a = left, *b = right;
    const double out[4] = {a[0] * b[0] - a[1] * b[1] - a[2] * b[2] - a[3] * b[3],
                           a[0] * b[1] + a[1] * b[0] + a[2] * b[3] - a[3] * b[2],
                           a[0] * b[2] - a[1] * b[3] + a[2] * b[0] + a[3] * b[1],
                           a[0] * b[3] + a[1] * b[2] - a[2] * b[1] + a[3] * b[0]};
    memcpy(product, out, sizeof out);
}

void sw_quaternion_random(double quaternion[4], sw_random *random) {
    double first[2], second[2];
    sw_random_pair(first, random);
    sw_random_pair(second, random);
    double low = sqrt(1 - first[0]), high = sqrt(first[0]);
    quaternion[0] = high * cos(TWICE_PI * second[0]);
    quaternion[1] = low * sin(TWICE_PI * first[1]);
    quaternion[2] = low * cos(TWICE_PI * first[1]);
    quaternion[3] = high * sin(TWICE_PI * second[0]);
}

void sw_rotation_apply(double turned[3], const double rotation[3][3], const double vector[3]) {
    for (int i = 0; i < 3; i++)
        turned[i] = sw_vector_dot(rotation[i], vector);
}
