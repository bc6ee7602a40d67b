/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Energetics: E = site terms + bonds (pairs) + clusters - valence binding.
 *
 * The derived counts that the many-body terms need (centres around a ligand, valence of a centre)
 * are kept as integers, so applying a change and taking it back leaves no trace.
 */
#ifndef SPILLWAY_LATTICE_ENERGY_H
#define SPILLWAY_LATTICE_ENERGY_H

#include "lattice/geometry.h"

typedef struct sw_bonds sw_bonds;
typedef struct sw_clusters sw_clusters;
typedef struct sw_valence sw_valence;

typedef struct sw_energy {
    const sw_geometry *geometry;
    double *site_energy; /* [kinds][SW_SPECIES_LIMIT] */
    sw_bonds *bonds;
    sw_clusters *clusters;
    sw_valence *valence; /* [valences] */
    size_t valences;
} sw_energy;

sw_status sw_energy_create(sw_energy *energy, const sw_geometry *geometry,
                           const sw_energetics *energetics, sw_error *error);
void sw_energy_clear(sw_energy *energy);
void sw_energy_set_temperature(sw_energy *energy, double temperature);
/* Recomputes the derived counts from the species. */
void sw_energy_count(sw_energy *energy, const uint8_t *species);

/* Puts `next` on a site and returns the change of energy, eV. species is [sites + 1]. */
double sw_energy_apply(sw_energy *energy, uint8_t *species, uint32_t site, int next);
/* Energy of the whole frame from scratch, by the definition of the terms. */
double sw_energy_total(const sw_energy *energy, const uint8_t *species);
/* Adds every step to a site whose species can change what sw_energy_apply returns at `basis`. */
sw_status sw_energy_dependencies(sw_steps *steps, const sw_energy *energy, int basis);
/* 0 when the derived counts are right, else the first site that is wrong + 1. */
uint32_t sw_energy_audit(const sw_energy *energy, const uint8_t *species);

/* ---- the terms (each in its own file) -------------------------------------------------------- */

sw_status sw_bonds_create(sw_bonds **bonds, const sw_geometry *geometry,
                          const sw_energetics *energetics, sw_error *error);
void sw_bonds_destroy(sw_bonds *bonds);
double sw_bonds_change(const sw_bonds *bonds, const uint8_t *species, uint32_t site, int next);
double sw_bonds_total(const sw_bonds *bonds, const uint8_t *species);
sw_status sw_bonds_dependencies(sw_steps *steps, const sw_bonds *bonds, int basis);

sw_status sw_clusters_create(sw_clusters **clusters, const sw_geometry *geometry,
                             const sw_energetics *energetics, sw_error *error);
void sw_clusters_destroy(sw_clusters *clusters);
double sw_clusters_change(const sw_clusters *clusters, const uint8_t *species, uint32_t site,
                          int next);
double sw_clusters_total(const sw_clusters *clusters, const uint8_t *species);
sw_status sw_clusters_dependencies(sw_steps *steps, const sw_clusters *clusters, int basis);

sw_status sw_valence_create(sw_valence *valence, const sw_geometry *geometry,
                            const sw_valence_term *term, sw_error *error);
void sw_valence_clear(sw_valence *valence);
void sw_valence_set_temperature(sw_valence *valence, double temperature);
void sw_valence_count(sw_valence *valence, const uint8_t *species);
double sw_valence_change(sw_valence *valence, const uint8_t *species, uint32_t site, int next);
double sw_valence_total(const sw_valence *valence, const uint8_t *species);
sw_status sw_valence_dependencies(sw_steps *steps, const sw_valence *valence, int basis);
uint32_t sw_valence_audit(const sw_valence *valence, const uint8_t *species);

/* One valence term, compiled. Valences are integers in units of 1/denominator. */
struct sw_valence {
    const sw_geometry *geometry;
    const sw_valence_term *term;
    int denominator;
    int largest;       /* largest possible valence */
    double *binding;   /* [largest + 1], f at the present temperature, eV */
    sw_steps *ligands; /* [basis] of a centre */
    sw_steps *centres; /* [basis] of a ligand */
    int *share_of;     /* [basis][17]: share by number of centres, 0 for n = 0 */
    uint8_t *around;   /* [sites + 1] centres around a ligand site */
    int32_t *valence;  /* [sites + 1] of occupied centres */
};

#define SW_SHARE_LIMIT 17
#define SW_IN(set, species) (((unsigned)(set) >> (species)) & 1u)

#endif
