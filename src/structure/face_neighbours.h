/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Neighbours by the faces of Voronoi cells, with the faces' areas as weights: bond order of these
 * needs no cutoff, and does not jump when atoms move (Mickel et al., J. Chem. Phys. 138, 044501
 * (2013)).
 */
#ifndef SPILLWAY_STRUCTURE_FACE_NEIGHBOURS_H
#define SPILLWAY_STRUCTURE_FACE_NEIGHBOURS_H

#include "structure/neighbours.h"
#include "structure/voronoi.h"

/*
 * Lists of the faces that count (voronoi with its neighbours kept), and *areas, one for each, A^2:
 * 0 for a face without an end. Release with sw_neighbours_clear and free. SW_ERROR_MEMORY.
 */
SW_MUST_USE sw_status sw_face_neighbours(sw_neighbours *neighbours, double **areas,
                                         const sw_voronoi *voronoi, sw_error *error);

#endif
