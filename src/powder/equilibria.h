/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Equilibria that every rate goes towards, as tables over temperature. */
#ifndef SPILLWAY_POWDER_EQUILIBRIA_H
#define SPILLWAY_POWDER_EQUILIBRIA_H

#include <spillway/base.h>

/* pH2O/pH2 of Fe2O3/Fe3O4, Fe3O4/wustite, wustite/bcc iron, NiO/Ni, Fe3O4/bcc iron; then the two
 * ways
 * for nickel to take the oxygen of iron, as exp(-dG/kT). */
enum {
    SW_EQUILIBRIUM_HEMATITE,
    SW_EQUILIBRIUM_MAGNETITE,
    SW_EQUILIBRIUM_WUSTITE,
    SW_EQUILIBRIUM_NICKEL,
    SW_EQUILIBRIUM_DIRECT,
    SW_EQUILIBRIUM_NICKEL_HEMATITE,
    SW_EQUILIBRIUM_NICKEL_WUSTITE,
    SW_EQUILIBRIA
};

#define SW_EQUILIBRIUM_POINTS 1024
#define SW_EQUILIBRIUM_LOWEST 298.15 /* K */
#define SW_EQUILIBRIUM_HIGHEST 1600.0

typedef struct sw_powder_equilibria {
    double lowest, step;                                /* K */
    double table[SW_EQUILIBRIA][SW_EQUILIBRIUM_POINTS]; /* ln K */
} sw_powder_equilibria;

/* The tables from SW_EQUILIBRIUM_LOWEST to _HIGHEST, linear between points (error of ln K below
 * 2e-5). They are made once, by the first caller on any thread, and live as long as the program. */
SW_MUST_USE sw_status sw_powder_equilibria_get(const sw_powder_equilibria **equilibria,
                                               sw_error *error);
/* All constants at one temperature. */
void sw_powder_equilibria_at(double constants[SW_EQUILIBRIA],
                             const sw_powder_equilibria *equilibria, double temperature);

#endif
