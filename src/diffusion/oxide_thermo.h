/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What (Fe,Ni)O with cation vacancies is at a temperature: chemical potentials of its neutral
 * elements and how fast its cations go, after the assessed halite (equilibrium.h); what it is in
 * equilibrium with. A composition y [cations] is the share of the cation sites that Fe, and Ni,
 * have; the rest are vacancies, and two Fe3+ go with each. Energies in eV.
 */
#ifndef SPILLWAY_DIFFUSION_OXIDE_THERMO_H
#define SPILLWAY_DIFFUSION_OXIDE_THERMO_H

#include "diffusion/mixing.h"

#include <spillway/diffusion_model.h>
#include <spillway/equilibrium.h>

#define SW_OXIDE_CATIONS 2

typedef struct sw_oxide_thermo {
    const sw_diffusion_oxide *model;
    sw_assessed *assessed;
    sw_solution_phase oxide, metals[2], metal,
        spinel;                        /* metals: fcc and bcc, of which one counts */
    size_t cations;                    /* 1: iron alone; 2: nickel too */
    double temperature;                /* K; 0: not set yet */
    double thermal;                    /* kT */
    double mobility[SW_OXIDE_CATIONS]; /* A2/s at the reference vacancies */
    double half_oxygen, water;         /* of an atom of O in O2 at 1 bar; of H2O less that of H2 */
} sw_oxide_thermo;

/* 1 or 2. */
static inline size_t sw_oxide_cations(const sw_oxide_thermo *thermo) {
    return thermo->cations == 1 ? 1 : SW_OXIDE_CATIONS;
}

sw_status sw_oxide_thermo_open(sw_oxide_thermo *thermo, const sw_diffusion_oxide *model,
                               sw_error *error);
void sw_oxide_thermo_close(sw_oxide_thermo *thermo);
/* An error outside 500 to 1600 K. */
sw_status sw_oxide_thermo_set(sw_oxide_thermo *thermo, double temperature, sw_error *error);

typedef struct sw_oxide_potentials {
    double metal[SW_OXIDE_CATIONS], oxygen;
    double bend[SW_OXIDE_CATIONS][SW_OXIDE_CATIONS]; /* d metal[a] / d y[b] */
} sw_oxide_potentials;

/* False outside the oxide: no vacancies, or more than a third of the sites. */
bool sw_oxide_potentials_at(sw_oxide_potentials *potentials, const sw_oxide_thermo *thermo,
                            const double *y);
/*
 * Diffusion in the frame of the oxygen lattice (sw_mixing): electrons are fast, so that the
 * potentials of the neutral metals drive, J_a = -y_a D_a / kT grad mu_a, with D_a = mobility
 * (vacancies / reference)^order. `thermo` is a sw_oxide_thermo.
 */
bool sw_oxide_mixing(sw_mixing_point *point, const void *thermo, const double *y);

/* The potential of oxygen in the gas at a face. */
double sw_oxide_gas_potential(const sw_oxide_thermo *thermo, const sw_oxide_face_model *face);
/* log10 of p(O2) / bar of a potential of oxygen. */
double sw_oxide_log_pressure(const sw_oxide_thermo *thermo, double oxygen);

/* The oxide with this potential of oxygen and this share of nickel y[1]; false: there is none. */
bool sw_oxide_with_oxygen(double *y, const sw_oxide_thermo *thermo, double oxygen, double nickel);
/* The oxide in equilibrium with metal of this atom fraction of nickel; y is where to begin. */
bool sw_oxide_with_metal(double *y, const sw_oxide_thermo *thermo, double nickel);
/* What metal, and spinel, would gain by forming from this oxide, per cation; above 0: it would.
 * *nickel (may be NULL): atom fraction of that metal. */
double sw_oxide_metal_drive(double *nickel, const sw_oxide_thermo *thermo,
                            const sw_oxide_potentials *potentials);
double sw_oxide_spinel_drive(const sw_oxide_thermo *thermo, const sw_oxide_potentials *potentials);

#endif
