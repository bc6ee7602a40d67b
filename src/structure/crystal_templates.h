/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ideal neighbourhoods of crystals, made from their geometry when a program first asks for them.
 *
 *   point[0] = 0 is the atom, point[1 .. neighbours] its neighbours; their mean distance is 1
 *
 * Axes: those of the cube for cubic crystals and the icosahedron (two-fold axes); for hexagonal
 * ones z is the six-fold axis and x points to a neighbour of the layer (hcp).
 */
#ifndef SPILLWAY_STRUCTURE_CRYSTAL_TEMPLATES_H
#define SPILLWAY_STRUCTURE_CRYSTAL_TEMPLATES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum sw_crystal_kind {
    SW_CRYSTAL_OTHER,
    SW_CRYSTAL_FCC,
    SW_CRYSTAL_HCP,
    SW_CRYSTAL_BCC,
    SW_CRYSTAL_ICOSAHEDRON,
    SW_CRYSTAL_SIMPLE_CUBIC,
    SW_CRYSTAL_DIAMOND,
    SW_CRYSTAL_HEXAGONAL_DIAMOND,
    SW_CRYSTALS
} sw_crystal_kind;

#define SW_TEMPLATE_NEIGHBOURS 16
#define SW_TEMPLATE_POINTS (SW_TEMPLATE_NEIGHBOURS + 1)
#define SW_MOST_ROTATIONS 60

typedef struct sw_crystal_template {
    sw_crystal_kind kind;
    size_t neighbours;
    double point[SW_TEMPLATE_POINTS][3];
    double mean[3];       /* of all points */
    double spread;        /* sum of squared distances from the mean */
    double nearest;       /* distance of the nearest neighbour */
    double inverse[3][3]; /* of the sum of outer products about the mean */
    float distance[SW_TEMPLATE_POINTS][SW_TEMPLATE_POINTS];
    float sorted[SW_TEMPLATE_NEIGHBOURS]; /* distances of neighbours from the atom, rising */
    size_t lengths;                       /* different distances between neighbours, rising */
    float length[SW_TEMPLATE_NEIGHBOURS];
    size_t kinds; /* of neighbours: distance from the atom, and to the others, rising */
    size_t of_kind[SW_TEMPLATE_NEIGHBOURS];
    float from_atom[SW_TEMPLATE_NEIGHBOURS];
    float from_others[SW_TEMPLATE_NEIGHBOURS][SW_TEMPLATE_NEIGHBOURS];
    double
        uniqueness; /* least angle to itself with places exchanged otherwise than by a rotation */
    /* Places that no rotation of the template onto itself joins: one of each kind (bits, bit n is
     * point n + 1), and second places once the first is taken. */
    uint32_t first_places;
    uint32_t second_places[SW_TEMPLATE_NEIGHBOURS];
    /* Rotations of the crystal onto itself, as unit quaternions (w, x, y, z). */
    size_t rotations;
    double rotation[SW_MOST_ROTATIONS][4];
} sw_crystal_template;

/* The template of a crystal (not SW_CRYSTAL_OTHER). Made once; safe from any thread. */
const sw_crystal_template *sw_crystal_template_of(sw_crystal_kind crystal);

/* Least angle between two crystals' templates over all assignments, rounded down; 0 where they have
 * other numbers of neighbours or it is not known. */
double sw_crystal_apart(sw_crystal_kind a, sw_crystal_kind b);

/* "fcc", "hexagonal diamond" ...; "other". */
const char *sw_crystal_name(sw_crystal_kind crystal);

/* Of all orientations that mean the same crystal the one turned least (w largest, w >= 0; of equal
 * ones the first where x, then y, then z is larger). O(rotations). */
void sw_crystal_reduce(double orientation[4], sw_crystal_kind crystal);

#endif
