/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/body.h"

#include <math.h>

#define PI 3.14159265358979323846

sw_body sw_body_periodic(const sw_box *box) {
    return (sw_body){.volume = sw_box_volume(box)};
}

/* Turns the volumes of balls of edge k + 1 into those of shells. */
static void balls_to_shells(double *volume, size_t count, double innermost) {
    for (size_t k = count; k-- > 1;)
        volume[k] = fmax(volume[k] - volume[k - 1], 0.0);
    if (count > 0)
        volume[0] = fmax(volume[0] - innermost, 0.0);
}

/* ---- sphere ---------------------------------------------------------------------------------- */

/* The part of a ball of radius r that lies in one of radius R, their centres d apart:
 * mathworld.wolfram.com/Sphere-SphereIntersection.html, equation 16. */
static double lens(double r, double R, double d) {
    double smaller = fmin(r, R);
    if (!(r > 0.0) || d >= r + R)
        return 0.0;
    if (d <= fabs(R - r))
        return 4.0 / 3.0 * PI * smaller * smaller * smaller;
    double gap = R + r - d;
    return PI * gap * gap * (d * d + 2.0 * d * (R + r) - 3.0 * (R - r) * (R - r)) / (12.0 * d);
}

static sw_status sphere_shells(double *volume, const void *user, const double position[3],
                               const sw_pair_bins *bins) {
    const sw_sphere *sphere = user;
    double square = 0.0;
    for (int k = 0; k < 3; k++)
        square += (position[k] - sphere->centre[k]) * (position[k] - sphere->centre[k]);
    for (size_t k = 0; k < bins->count; k++)
        volume[k] = lens(sw_pair_edge(bins, k + 1), sphere->radius, sqrt(square));
    balls_to_shells(volume, bins->count, lens(bins->start, sphere->radius, sqrt(square)));
    return SW_OK;
}

sw_body sw_body_sphere(const sw_sphere *sphere) {
    double radius = sphere->radius;
    return (sw_body){4.0 / 3.0 * PI * radius * radius * radius, sphere_shells, sphere};
}

/* ---- block ----------------------------------------------------------------------------------- */

/* Nodes and weights of Gauss and Legendre with 8 points on -1 .. 1 (Abramowitz and Stegun 25.4.30).
 */
static const double node[4] = {0.1834346424956498, 0.5255324099163290, 0.7966664774136267,
                               0.9602898564975363};
static const double weight[4] = {0.3626837833783620, 0.3137066458778873, 0.2223810344533745,
                                 0.1012285362903763};

/* Area of 0 < x < a, 0 < y < b within a circle of radius r around the origin. */
static double quarter(double r, double a, double b) {
    if (r * r >= a * a + b * b)
        return a * b;
    double x = fmin(a, r), y = fmin(b, r);
    /* under the arc from the x where it leaves y = b to x */
    double from = sqrt(fmax(r * r - y * y, 0.0));
    double upper = x * sqrt(fmax(r * r - x * x, 0.0)) + r * r * asin(fmin(x / r, 1.0));
    double lower = from * y + r * r * asin(fmin(from / r, 1.0));
    return from * y + 0.5 * (upper - lower);
}

/* Volume of 0 < x < a, 0 < y < b, z < height = r sin(angle) within the ball, between two angles. */
static double slice(double r, double a, double b, double low, double high) {
    double sum = 0.0, half = 0.5 * (high - low), middle = 0.5 * (high + low);
    for (int i = 0; i < 8; i++) {
        double angle = middle + (i < 4 ? 1.0 : -1.0) * half * node[i % 4];
        sum += weight[i % 4] * quarter(r * cos(angle), a, b) * r * cos(angle);
    }
    return half * sum;
}

/* An eighth of the ball in the block 0 .. a, 0 .. b, 0 .. c: the integrand has corners where the
 * circle meets a, b and the corner between. */
static double eighth(double r, double a, double b, double c) {
    if (!(r > 0.0) || a <= 0.0 || b <= 0.0 || c <= 0.0)
        return 0.0;
    double end = c < r ? asin(c / r) : 0.5 * PI, sum = 0.0, low = 0.0;
    double widths[] = {sqrt(a * a + b * b), fmax(a, b), fmin(a, b), 0.0};
    for (int i = 0; i < 4; i++) {
        double high = fmin(widths[i] < r ? acos(widths[i] / r) : 0.0, end);
        if (high > low) {
            double middle = 0.5 * (low + high);
            sum += slice(r, a, b, low, middle) + slice(r, a, b, middle, high);
            low = high;
        }
    }
    return sum;
}

static double ball_in_block(double r, const sw_block *block, const double position[3]) {
    double sum = 0.0;
    for (int corner = 0; corner < 8; corner++) {
        double side[3];
        for (int d = 0; d < 3; d++)
            side[d] = corner >> d & 1 ? block->high[d] - position[d] : position[d] - block->low[d];
        sum += eighth(r, side[0], side[1], side[2]);
    }
    return sum;
}

static sw_status block_shells(double *volume, const void *user, const double position[3],
                              const sw_pair_bins *bins) {
    for (size_t k = 0; k < bins->count; k++)
        volume[k] = ball_in_block(sw_pair_edge(bins, k + 1), user, position);
    balls_to_shells(volume, bins->count, ball_in_block(bins->start, user, position));
    return SW_OK;
}

sw_body sw_body_block(const sw_block *block) {
    double volume = 1.0;
    for (int d = 0; d < 3; d++)
        volume *= fmax(block->high[d] - block->low[d], 0.0);
    return (sw_body){volume, block_shells, block};
}
