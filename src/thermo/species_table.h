/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What one species of the built-in tables holds. The tables themselves, species_*.c, are written
 * by tools/make-species-table.
 */
#ifndef THERMO_SPECIES_TABLE_H
#define THERMO_SPECIES_TABLE_H

#include <spillway/thermo.h>

/* J/(mol K): the value that the coefficients are made with, not the exact one of the SI. */
#define SPECIES_TABLE_GAS_CONSTANT 8.31451

/*
 * NASA-9 polynomial (McBride, Zehe, Gordon, NASA/TP-2002-211556):
 *   Cp/R   = a1 T^-2 + a2 T^-1 + a3 + a4 T + a5 T^2 + a6 T^3 + a7 T^4
 *   H/(RT) = -a1 T^-2 + a2 ln(T)/T + a3 + a4 T/2 + a5 T^2/3 + a6 T^3/4 + a7 T^4/5 + b1/T
 *   S/R    = -a1 T^-2/2 - a2/T + a3 ln(T) + a4 T + a5 T^2/2 + a6 T^3/3 + a7 T^4/4 + b2
 */
struct sw_species_range {
    double lowest, highest; /* K */
    double a[7], b1, b2;
};

#define SPECIES_ALIASES 6
#define SPECIES_ELEMENTS 3

struct sw_substance {
    const char *name;
    const char *aliases[SPECIES_ALIASES]; /* NULL after the last */
    const char *source;
    bool gas;
    struct {
        int element; /* atomic number, 0 after the last */
        double amount;
    } atoms[SPECIES_ELEMENTS];
    const struct sw_species_range *ranges; /* consecutive */
    size_t range_count;
};

extern const struct sw_substance sw_species_gases[], sw_species_elements[], sw_species_oxides[],
    sw_species_fitted[];
extern const size_t sw_species_gases_count, sw_species_elements_count, sw_species_oxides_count,
    sw_species_fitted_count;

/*
 * The substance called `name`; SW_ERROR_NOT_FOUND with the nearest name in the hint when there is
 * none. `place` says where the name stands.
 */
SW_MUST_USE sw_status sw_species_require(const sw_substance **substance, const char *name,
                                         const char *place, sw_error *error);

#endif
