/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dy/dt of the state of compiled.h. */
#ifndef SPILLWAY_POWDER_RATES_H
#define SPILLWAY_POWDER_RATES_H

#include "powder/compiled.h"

/* What depends on temperature alone, kept for the time at which it was made. */
typedef struct sw_powder_coefficients {
    double time; /* NaN: not made */
    size_t leg;
    double temperature;
    double hydrogen, water; /* shares of the gas that is fed */
    double constants[SW_EQUILIBRIA];
    sw_alloy_place alloy;
    double front[SW_FRONTS];      /* m/s */
    double activation;            /* s/m, resistance; 0: none */
    double desorption[SW_FRONTS]; /* s/m */
    double layer;                 /* m2/s in the product; 0: no resistance */
    double nickel_oxide;          /* 1/s over concentration / total */
    double metallothermic;        /* 1/s of the nickel, at full contact */
    double nucleation;     /* per m of front where hydrogen is at hand, on SW_POWDER_NUCLEI */
    double spread;         /* area that hydrogen of a contact serves, over its own */
    double total;          /* all gas, over compiled->concentration */
    double between, above; /* m3/s from cell to cell, from stream to cell */
} sw_powder_coefficients;

/* O(exponentials): recomputed where time or leg is another. */
void sw_powder_coefficients_make(sw_powder_coefficients *made, const sw_powder_compiled *compiled,
                                 size_t leg, double time);
/* Nuclei per m that the front of wustite goes on, on SW_POWDER_NUCLEI, without barrier. */
double sw_powder_nuclei(const sw_powder_compiled *compiled);
/* O(cells x bins). */
void sw_powder_rates(double *rate, const double *state, const sw_powder_compiled *compiled,
                     const sw_powder_coefficients *now);

#endif
