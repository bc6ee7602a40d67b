/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The crystal structure around every atom: the template (crystal_templates.h) that fits best, how
 * well, and how it lies there (polyhedral template matching, P. M. Larsen et al., Modelling Simul.
 * Mater. Sci. Eng. 24, 055007 (2016)). Templates are laid on the nearest neighbours (or those with
 * the largest faces): 6, 12, 14, or for the diamonds the four first and of each of these its three
 * first others.
 *
 *   neighbour = distance * F * (template, nearest neighbour at 1),   F = deformation, near a
 * rotation
 */
#ifndef SPILLWAY_STRUCTURE_CRYSTAL_MATCHING_H
#define SPILLWAY_STRUCTURE_CRYSTAL_MATCHING_H

#include "structure/crystal_templates.h"

#include <spillway/data.h>

typedef struct sw_crystal_matching_options {
    uint32_t crystals; /* bit c: look for crystal c */
    double threshold;  /* rmsd below which an atom is of a crystal, in mean neighbour distances */
    double farthest;   /* rmsd up to which templates are fitted; at least the threshold */
    bool by_faces; /* neighbours by the faces of Voronoi cells (face_order.h), not by distance */
} sw_crystal_matching_options;

typedef struct sw_crystal_match {
    sw_crystal_kind type; /* SW_CRYSTAL_OTHER where nothing fits below the threshold */
    sw_crystal_kind
        nearest;     /* what fits best up to `farthest`, or SW_CRYSTAL_OTHER; the rest is of it */
    double rmsd;     /* NaN where nothing fits, as all below */
    double distance; /* of nearest neighbours, A: the template's in its best scale */
    double orientation[4]; /* (w, x, y, z) from the crystal's axes to those of the file, reduced */
    double deformation[3][3]; /* F, of the crystal in that orientation */
} sw_crystal_match;

typedef struct sw_crystal_matching {
    size_t atoms;
    sw_crystal_match *match; /* [atoms] */
} sw_crystal_matching;

/* SW_ERROR_ARGUMENT for no crystal or a threshold that is not above 0, SW_ERROR_NUMERIC for
 * positions that are not finite, SW_ERROR_MEMORY. O(atoms); 650 bytes an atom while it runs. */
SW_MUST_USE sw_status sw_crystal_matching_create(sw_crystal_matching *matching,
                                                 const sw_atoms *atoms,
                                                 const sw_crystal_matching_options *options,
                                                 sw_context *context, sw_error *error);
void sw_crystal_matching_clear(sw_crystal_matching *matching);

/*
 * Strain against a crystal whose nearest neighbours are `reference` A apart, in the axes of the
 * file: V - 1, V the stretch in distance / reference * F = V R with a rotation R (left polar
 * decomposition). Voigt's order xx, yy, zz, yz, xz, xy; shear as tensor components, not doubled.
 * NaN where nothing fits or the neighbourhood is flat.
 */
void sw_crystal_strain(double strain[6], const sw_crystal_match *match, double reference);

#endif
