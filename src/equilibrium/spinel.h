/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The spinel from Fe3O4 to NiFe2O4 at its best sharing of charges. Per formula, with n of Ni2+ on
 * the octahedral sites: t of Fe2+ on the tetrahedral ones, so 1-t of Fe3+ there, and on the two
 * octahedral ones 1-n-t of Fe2+ and 1+t of Fe3+.
 */
#ifndef EQUILIBRIUM_SPINEL_H
#define EQUILIBRIUM_SPINEL_H

#include <spillway/calphad.h>
#include <spillway/thermo.h>

struct sw_spinel {
    sw_solution *solution; /* SPINEL over Fe, Ni, O */
    double thermal;        /* eV */
    double exchange;       /* t (1+t)/((1-t) (1-n-t)) without magnetism */
};

SW_MUST_USE sw_status sw_spinel_create(struct sw_spinel *spinel, const sw_calphad *database,
                                       sw_error *error);
void sw_spinel_clear(struct sw_spinel *spinel);
SW_MUST_USE sw_status sw_spinel_set(struct sw_spinel *spinel, double temperature, sw_error *error);
/*
 * Gibbs energy, eV per formula, at fractions 1-n and n of the ends, and its slope and bend in n.
 * With slope NULL an upper bound: at the sharing without magnetism, at most 1e-3 kT too high.
 */
void sw_spinel_gibbs(double *gibbs, double *slope, double *bend, const struct sw_spinel *spinel,
                     const double fraction[2]);

#endif
