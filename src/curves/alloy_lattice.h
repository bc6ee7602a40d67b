/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lattice parameter of fcc Fe-Ni above the Curie temperature:
 *   a(x, T) = (1 - x) a_Fe(T) + x a_Ni(T) + b x (1 - x)          x: atoms of Ni
 *   a_Fe = 3.5519 A + 8.1593e-5 A/K T: I. Seki, K. Nagata, ISIJ Int. 45, 1789 (2005), 1183 to 1550
 * K, extrapolated a_Ni = 3.5238 A (20 degC) times the expansion 1.346e-5 t + 3.315e-9 t^2, t in
 * degC: E. Grueneisen, Ann. Phys. 338, 33 (1910), 0 to 1000 degC
 */
#ifndef SPILLWAY_CURVES_ALLOY_LATTICE_H
#define SPILLWAY_CURVES_ALLOY_LATTICE_H

/* A, at a temperature in K. */
double sw_lattice_of_iron(double temperature);
double sw_lattice_of_nickel(double temperature);
/* x of a lattice parameter between the two ends, with b in A; may lie outside 0 to 1. NaN where
 * there is none. */
double sw_nickel_of_lattice(double lattice, double iron, double nickel, double bowing);

#endif
