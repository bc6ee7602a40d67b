/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arrhenius factors along a measured programme of temperature. Energies in J/mol, temperatures in
 * K. */
#ifndef SPILLWAY_CURVES_ARRHENIUS_H
#define SPILLWAY_CURVES_ARRHENIUS_H

#include <stddef.h>

/* Temperature against rising time, straight between points. */
typedef struct sw_programme {
    size_t count;
    const double *time, *temperature;
} sw_programme;

/* exp(-energy/R (1/T - 1/reference)). */
double sw_arrhenius(double energy, double temperature, double reference);
/*
 * reduced[i] = integral of the Arrhenius factor from time[0] to time[i], s. Gauss and Legendre with
 * three points on pieces over which the exponent changes by less than 0.5: relative error below
 * 1e-8. O(count + what the exponent changes by).
 */
void sw_reduced_times(double *reduced, const sw_programme *programme, double energy,
                      double reference);
/* The same from time `from` to `to`, within the programme. */
double sw_reduced_time(const sw_programme *programme, double energy, double reference, double from,
                       double to);
double sw_programme_temperature(const sw_programme *programme, double time);

/*
 * h of the temperature integral of a constant heating rate from 0 K,
 * integral of exp(-E/RT) dT = R T^2/E exp(-x) h(x), x = E/RT: h = x exp(x) E2(x), 1 - 2/x + ...
 * (KAS takes 1); and the logarithm of p(x) = integral of exp(-u)/u^2 from x on (Doyle takes -5.331
 * - 1.052 x).
 */
double sw_temperature_integral_h(double x);
double sw_temperature_integral_ln_p(double x);

#endif
