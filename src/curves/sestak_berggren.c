/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "curves/sestak_berggren.h"

#include "base/bisection.h"

#include <math.h>
#include <stddef.h>

enum { LAST = SW_SESTAK_BERGGREN_NODES - 1 };

#define FARTHEST 30.0 /* u of the last node: what is left is 1e-13 */
#define EARLY 0.3     /* u up to which w is interpolated, alpha from there */
#define STEEPEST 0.98 /* m + p */
#define LARGEST 5.0   /* of an exponent */
#define HALVINGS 100  /* of g, which may span many decades */

/* Gauss and Legendre, five points on 0 to 1. */
static const double node[5] = {0.046910077030668, 0.230765344947158, 0.5, 0.769234655052842,
                               0.953089922969332};
static const double weight[5] = {0.118463442528095, 0.239314335249683, 0.284444444444444,
                                 0.239314335249683, 0.118463442528095};

double sw_sestak_berggren_f(double m, double n, double p, double alpha) {
    return pow(alpha, m) * pow(1.0 - alpha, n) * pow(-log1p(-alpha), p);
}

/* dw/dg over 1 - m - p. */
static double speed(double u, double m, double n) {
    double ratio = u > 0.0 ? -expm1(-u) / u : 1.0;
    return pow(ratio, m) * exp((1.0 - n) * u);
}

bool sw_sestak_berggren_make(sw_sestak_berggren *made, double m, double n, double p) {
    double power = 1.0 - m - p, sum = 0.0;
    bool sane = m + p < STEEPEST && fabs(m) < LARGEST && fabs(n) < LARGEST && fabs(p) < LARGEST;
    if (!sane)
        return false;
    made->power = power;
    for (int i = 0; i <= LAST; i++) {
        double u = FARTHEST * pow((double)i / LAST, 3.0), w = pow(u, power);
        double before = i > 0 ? made->w[i - 1] : 0.0;
        for (int k = 0; k < 5 && i > 0; k++)
            sum += (w - before) / power * weight[k] /
                   speed(pow(before + node[k] * (w - before), 1.0 / power), m, n);
        made->g[i] = sum;
        made->w[i] = w;
        made->w_slope[i] = power * speed(u, m, n);
        made->alpha[i] = -expm1(-u);
        made->alpha_slope[i] = u > 0.0 ? pow(made->alpha[i], m) * exp(-n * u) * pow(u, p) : 0.0;
    }
    return true;
}

/* A cubic through two values with their slopes. */
static double hermite(double share, double step, const double *value, const double *slope) {
    double rest = 1.0 - share;
    return rest * rest * ((1.0 + 2.0 * share) * value[0] + share * step * slope[0]) +
           share * share * ((1.0 + 2.0 * rest) * value[1] - rest * step * slope[1]);
}

double sw_sestak_berggren_alpha(const sw_sestak_berggren *made, double g) {
    size_t low = 0, high = LAST;
    if (!(g > 0.0))
        return 0.0;
    if (g >= made->g[LAST])
        return 1.0;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (made->g[middle] <= g)
            low = middle;
        else
            high = middle;
    }
    double step = made->g[high] - made->g[low], share = (g - made->g[low]) / step;
    if (made->alpha[high] > -expm1(-EARLY)) {
        double alpha = hermite(share, step, made->alpha + low, made->alpha_slope + low);
        return fmin(fmax(alpha, made->alpha[low]), made->alpha[high]);
    }
    double w = hermite(share, step, made->w + low, made->w_slope + low);
    return -expm1(-pow(fmax(w, 0.0), 1.0 / made->power));
}

static double alpha_of(const void *made, double g) {
    return sw_sestak_berggren_alpha(made, g);
}

double sw_sestak_berggren_g(const sw_sestak_berggren *made, double alpha) {
    return sw_bisect(alpha_of, made, 0.0, made->g[LAST], alpha, HALVINGS);
}
