/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Crystals and their powder reflections. Built in: fcc (Fe-Ni), bcc (Fe), FeO, NiO (rock salt),
 * Fe3O4 (spinel; M. Fleet, Acta Cryst. B 37, 917 (1981)), Fe2O3 (corundum; R. Blake et al., Am.
 * Mineral. 51, 123 (1966)); others from a file of atoms with a cell, of any elements
 * (scattering_factors.h), with their occupancies where it has them.
 */
#ifndef SPILLWAY_CURVES_CRYSTAL_PHASES_H
#define SPILLWAY_CURVES_CRYSTAL_PHASES_H

#include "curves/texture.h"

#include <spillway/io.h>

typedef struct sw_phase_atom {
    double place[3]; /* fractional */
    int element;     /* atomic number */
    double occupancy;
} sw_phase_atom;

typedef struct sw_crystal_phase {
    char name[32];
    double cell[3][3]; /* A, rows */
    bool cubic;        /* else a and b are scaled together, and c by itself */
    size_t atoms;
    sw_phase_atom *atom;
} sw_crystal_phase;

/* Reflections of one spacing together. */
typedef struct sw_reflection {
    int index[3];
    double strength; /* sum of |F|^2 exp(-B/(2 d^2)) over all of them, in electrons^2 */
    sw_texture texture;
} sw_reflection;

/* A built-in name, or the path of a file. nickel: share of Ni atoms in fcc. *phase is cleared by
 * the caller whatever the result. */
SW_MUST_USE sw_status sw_crystal_phase_create(sw_crystal_phase *phase, const char *name,
                                              double nickel, sw_error *error);
void sw_crystal_phase_clear(sw_crystal_phase *phase);
/* Mass (amu) and volume (A^3) of the cell. */
double sw_crystal_phase_mass(const sw_crystal_phase *phase);
double sw_crystal_phase_volume(const double cell[3][3]);
/* The cell with a and b times `across` and c times `along`. */
void sw_crystal_phase_scaled(double cell[3][3], const sw_crystal_phase *phase, double across,
                             double along);
/* Spacing of planes (A). */
double sw_plane_spacing(const double cell[3][3], const int index[3]);
/*
 * All reflections of spacings down to `least` (A) and up to `most` with isotropic displacement B
 * (A^2), by falling spacing; those below 1e-4 of the strongest are left out. direction: the planes
 * whose normals are preferred, or NULL. *reflection is the caller's.
 */
SW_MUST_USE sw_status sw_crystal_reflections(sw_reflection **reflection, size_t *count,
                                             const sw_crystal_phase *phase, double least,
                                             double most, double displacement,
                                             const int direction[3], sw_error *error);

#endif
