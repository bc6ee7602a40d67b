/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The empirical model f(alpha) = alpha^m (1 - alpha)^n (-ln(1 - alpha))^p with free exponents: J.
 * Sestak, G. Berggren, Thermochim. Acta 3, 1 (1971), doi:10.1016/0040-6031(71)85051-7. It can begin
 * at alpha = 0 where m + p < 1. Any constant factor of f is in A.
 *
 * With u = -ln(1 - alpha) and w = u^(1 - m - p) the reaction is smooth from its start on:
 * dw/dg = (1 - m - p) ((1 - exp(-u))/u)^m exp((1 - n) u).
 */
#ifndef SPILLWAY_CURVES_SESTAK_BERGGREN_H
#define SPILLWAY_CURVES_SESTAK_BERGGREN_H

#include <stdbool.h>

enum { SW_SESTAK_BERGGREN_NODES = 161 };

/* alpha against g, the integral of d(alpha)/f from 0, for one set of exponents. */
typedef struct sw_sestak_berggren {
    double power; /* 1 - m - p */
    /* at the nodes */
    double g[SW_SESTAK_BERGGREN_NODES];
    double w[SW_SESTAK_BERGGREN_NODES], w_slope[SW_SESTAK_BERGGREN_NODES];
    double alpha[SW_SESTAK_BERGGREN_NODES], alpha_slope[SW_SESTAK_BERGGREN_NODES];
} sw_sestak_berggren;

double sw_sestak_berggren_f(double m, double n, double p, double alpha);
/* false where m + p is 0.98 or more, or an exponent is beyond 5: nothing is computed then. */
bool sw_sestak_berggren_make(sw_sestak_berggren *made, double m, double n, double p);
/* alpha in [0, 1] at a g of 0 or more. O(log nodes). Exact to 5e-6 for exponents from -1 to 2 and to
 * 2e-4 up to 5; with n below -1, where a reaction ends at its fastest, the end is off by up to 0.02.
 */
double sw_sestak_berggren_alpha(const sw_sestak_berggren *made, double g);
/* The other way, for 0 < alpha < 1. */
double sw_sestak_berggren_g(const sw_sestak_berggren *made, double alpha);

#endif
