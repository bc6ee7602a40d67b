/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/orientation.h"

#include "base/rotation.h"

#include <math.h>
#include <string.h>

static double dot(const double a[4], const double b[4]) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3];
}

void sw_orientation_align(double aligned[4], const double q[4], const double reference[4],
                          sw_crystal_kind crystal) {
    const sw_crystal_template *of = sw_crystal_template_of(crystal);
    double best = -1.0, nearest[4] = {1.0, 0.0, 0.0, 0.0};
    for (size_t r = 0; r < of->rotations; r++) {
        double same[4];
        sw_quaternion_product(same, q, of->rotation[r]);
        double overlap = dot(same, reference);
        if (fabs(overlap) <= best)
            continue;
        best = fabs(overlap);
        for (int k = 0; k < 4; k++)
            nearest[k] = overlap < 0.0 ? -same[k] : same[k];
    }
    memcpy(aligned, nearest, sizeof nearest);
}

/* The angle from its half: the length of the axis part has no cancellation where it is small. */
double sw_rotation_apart(const double a[4], const double b[4]) {
    const double inverse[4] = {a[0], -a[1], -a[2], -a[3]};
    double between[4];
    sw_quaternion_product(between, inverse, b);
    double axis = sqrt(between[1] * between[1] + between[2] * between[2] + between[3] * between[3]);
    return 2.0 * atan2(axis, fabs(between[0]));
}

double sw_orientation_apart(const double a[4], const double b[4], sw_crystal_kind crystal) {
    double aligned[4];
    sw_orientation_align(aligned, b, a, crystal);
    return sw_rotation_apart(a, aligned);
}

void sw_orientation_mean_add(sw_orientation_mean *mean, const double q[4],
                             sw_crystal_kind crystal) {
    double aligned[4];
    sw_orientation_align(aligned, q, mean->reference, crystal);
    for (int k = 0; k < 4; k++)
        mean->sum[k] += aligned[k];
    mean->count++;
}

void sw_orientation_mean_take(double q[4], const sw_orientation_mean *mean) {
    double length = sqrt(dot(mean->sum, mean->sum));
    for (int k = 0; k < 4; k++)
        q[k] = length > 0.0 ? mean->sum[k] / length : mean->reference[k];
}
