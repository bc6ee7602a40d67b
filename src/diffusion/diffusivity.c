/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "diffusion/diffusivity.h"

#include <math.h>
#include <stddef.h>

#define STEPS SW_DIFFUSIVITY_STEPS
#define NEAR 1e-7 /* compositions that are as good as one */

void sw_diffusivity_integrate(sw_diffusivity *diffusivity) {
    diffusivity->integral[0] = 0.0;
    for (size_t i = 1; i <= STEPS; i++)
        diffusivity->integral[i] =
            diffusivity->integral[i - 1] +
            0.5 * (diffusivity->value[i - 1] + diffusivity->value[i]) / STEPS;
}

/* The interval that holds x and how far into it x lies; outside 0..1 the nearest end. */
static size_t interval(double *part, double x) {
    const double scaled = fmin(fmax(x, 0.0), 1.0) * STEPS;
    size_t i = (size_t)scaled;
    if (i >= STEPS)
        i = STEPS - 1;
    *part = scaled - (double)i;
    return i;
}

double sw_diffusivity_at(const sw_diffusivity *diffusivity, double x) {
    double part;
    const size_t i = interval(&part, x);
    return diffusivity->value[i] + part * (diffusivity->value[i + 1] - diffusivity->value[i]);
}

static double integral_to(const sw_diffusivity *diffusivity, double x) {
    double part;
    const size_t i = interval(&part, x);
    const double from = diffusivity->value[i], rise = diffusivity->value[i + 1] - from;
    return diffusivity->integral[i] + part * (from + 0.5 * part * rise) / STEPS;
}

double sw_diffusivity_between(const sw_diffusivity *diffusivity, double a, double b) {
    if (fabs(b - a) < NEAR)
        return sw_diffusivity_at(diffusivity, 0.5 * (a + b));
    return (integral_to(diffusivity, b) - integral_to(diffusivity, a)) / (b - a);
}
