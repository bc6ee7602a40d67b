/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where two sides of atoms touch: the faces that Voronoi cells of the first side share with those
 * of the second, and the smooth surface that they lie on.
 *
 * Faces zigzag about the surface: each is perpendicular to the bond from the first to the second
 * atom (unit vector u). The surface's normal at a face is the mean of area * u over the faces
 * within `radius`, weighted by (1 - (distance / radius)^2)^2 and averaged three times more in the
 * same way; its centre is the mean of their middles with these weights. The area of the surface is
 * the sum of area * u . normal: vector areas of a closed set of faces do not depend on their
 * zigzag, so it is exact for flat surfaces but for what the normals err.
 */
#ifndef SPILLWAY_STRUCTURE_INTERFACE_H
#define SPILLWAY_STRUCTURE_INTERFACE_H

#include "structure/voronoi.h"

typedef struct sw_contact {
    uint32_t first, second; /* atoms */
    double vector[3];       /* A, from the first to the second */
    double area;            /* A^2 of the face */
    bool counts;            /* no face below the smallest of the first atom's cell */
    double middle[3];       /* A, of the bond */
    double normal[3];       /* of the surface, from first to second */
    double offset[3];       /* A, of the surface's centre from the middle */
    double flat;            /* A^2, area * u . normal */
} sw_contact;

typedef struct sw_interface {
    sw_contact *contact; /* [contacts] by first atom, then as the cell has them */
    size_t contacts;
    double face_area, area; /* A^2, of the faces and of the surface */
    double radius;          /* A */
    sw_atoms *middles;      /* of the contacts, in the cell of the atoms */
} sw_interface;

typedef struct sw_interface_options {
    double reach;    /* A: atoms so far apart do not touch (across a void) */
    double radius;   /* A, of smoothing */
    double farthest; /* A: cells that reach so far, or have no end, are at an outer surface ... */
    double largest;  /* A^2: and their faces, which go far outside, count as no larger than this */
} sw_interface_options;

/*
 * side [atoms]: 1, 2, or anything else for atoms that are of neither. The Voronoi cells have their
 * neighbours. SW_ERROR_NUMERIC, SW_ERROR_MEMORY. O(faces + contacts x contacts within the radius).
 */
SW_MUST_USE sw_status sw_interface_create(sw_interface *interface, const sw_atoms *atoms,
                                          const sw_voronoi *voronoi, const uint8_t *side,
                                          const sw_interface_options *options, sw_context *context,
                                          sw_error *error);
void sw_interface_clear(sw_interface *interface);

/*
 * Signed distance (A) of every atom to the surface, positive on the second side: along the normal
 * of the nearest contact from its centre. NaN farther than `range` from every contact, and for
 * atoms beside the surface (more than the radius aside of that centre). nearest [atoms]: that
 * contact, UINT32_MAX where the distance is NaN. O(contacts x atoms in range).
 */
SW_MUST_USE sw_status sw_interface_distances(double *distance, uint32_t *nearest,
                                             const sw_interface *interface, const sw_atoms *atoms,
                                             double range, sw_context *context, sw_error *error);

#endif
