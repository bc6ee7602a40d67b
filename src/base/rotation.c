/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/rotation.h"

#include "base/matrix.h"

#include <math.h>

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
