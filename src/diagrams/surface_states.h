/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * States of a catalytic cycle: Gibbs energies from energies and frequencies, the energetic span,
 * and the turnover of the cycle in mean field.
 *
 * Energies in eV, frequencies in cm^-1, temperatures in K, pressures in Pa, turnovers in 1/s.
 */
#ifndef DIAGRAMS_SURFACE_STATES_H
#define DIAGRAMS_SURFACE_STATES_H

#include <spillway/base.h>

#define CYCLE_STATES 64

/*
 * Harmonic vibrations: sum of h nu/2 + kT ln(1 - exp(-h nu/kT)). Frequencies below `lowest` are
 * taken as `lowest` (0: as they are), since a harmonic entropy diverges there; zero and below are
 * left out: a transition state's own motion.
 */
double sw_vibrational_gibbs(const double *frequencies, size_t count, double temperature,
                            double lowest);

/*
 * Gibbs energy of an ideal gas above its electronic energy: G(T, p) - H(0 K) + zero-point energy.
 * Known: H2, O2, H2O, CO, CO2. H(298.15 K) - H(0 K) of NIST-JANAF, zero-point energies of
 * spectroscopy (Irikura, J. Phys. Chem. Ref. Data 36, 389 (2007); CO2 and H2O of their levels).
 */
SW_MUST_USE sw_status sw_gas_correction(double *gibbs, const char *name, double temperature,
                                        double pressure, sw_error *error);

/*
 * A cycle of minima I_0 .. I_{n-1} with transition state T_i between I_i and I_{i+1}; the last
 * leads to I_0 + reaction. A step without a barrier of its own has the higher of its ends.
 */
struct sw_cycle {
    size_t count;
    double minimum[CYCLE_STATES], transition[CYCLE_STATES];
    double reaction; /* Gibbs energy of one turn */
};

struct sw_turnover {
    double span; /* eV */
    size_t determining_transition, determining_minimum;
    double span_rate;              /* kT/h exp(-span/kT) */
    double rate;                   /* of the cycle in steady state, net */
    double coverage[CYCLE_STATES]; /* of each minimum */
    double control[CYCLE_STATES];  /* d ln rate / d(-T_i/kT): sum 1 */
};

/*
 * Energetic span and the steady state of the linear kinetics with transition-state rates: the
 * closed form of Kozuch and Shaik (Acc. Chem. Res. 44, 101 (2011), eqs. 4 to 6), in logarithms,
 * exact for any heights. O(n^2).
 */
void sw_cycle_turnover(struct sw_turnover *turnover, const struct sw_cycle *cycle,
                       double temperature);

/*
 * The same steady state from the rate equations: elimination without subtractions (Grassmann,
 * Taksar, Heyman 1985), exact to rounding in every coverage. O(n^3). *rate is the net rate of the
 * step whose two directions differ most.
 */
void sw_cycle_steady_state(double *coverage, double *rate, const struct sw_cycle *cycle,
                           double temperature);

#endif
