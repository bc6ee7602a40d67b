/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Voronoi cells: what is nearer to an atom than to all others.
 *
 * Boxes may have any shape and be smaller than a cell: images of the atom itself cut too. Atoms at
 * the surface of a cluster or slab have cells without end, or with one far outside; these are told
 * (open), and their volume is NaN unless a cube is given that ends them. Cells that meet in one
 * point or line only are no neighbours, so perfect crystals have exactly their faces, in any
 * orientation.
 *
 * Small faces come and go with small displacements of atoms (thermal fcc has 14 faces on average,
 * not 12). Faces below a fraction of the cell's surface therefore need not count.
 */
#ifndef SPILLWAY_STRUCTURE_VORONOI_H
#define SPILLWAY_STRUCTURE_VORONOI_H

#include <spillway/data.h>

#define SW_VORONOI_FEWEST_EDGES 3
#define SW_VORONOI_ORDERS 8 /* faces of 3, 4 ... 9 edges, and of 10 or more */

typedef struct sw_voronoi_options {
    double
        smallest_face; /* faces below this fraction of the cell's surface do not count; 0: all do */
    bool recompute;    /* cells again without the neighbours of faces that do not count, until no
                          face is too small: volumes then overlap a little */
    double cutoff;     /* A: neighbours farther away do not count; 0: all do */
    double farthest;   /* A: cells that reach farther count as open; 0: only those without end */
    double cube;       /* A: open cells end at a cube of half this side around the atom; 0: never */
    bool merge;        /* atoms on top of each other are one (the first), instead of an error */
    bool neighbours;   /* keep them */
} sw_voronoi_options;

typedef enum sw_voronoi_kind {
    SW_VORONOI_CLOSED,
    SW_VORONOI_OPEN,  /* no end, or one farther away than it may be: at the surface */
    SW_VORONOI_MERGED /* no cell: the atom is on top of an earlier one */
} sw_voronoi_kind;

typedef struct sw_voronoi_atom {
    double volume;                     /* A^3; open: NaN, or what is in the cube; merged: 0 */
    double surface;                    /* A^2, the cube's too */
    double reach;                      /* A, of the farthest vertex; open: NaN */
    uint32_t faces;                    /* all that are no mere contact (1e-9 of the surface) */
    uint32_t coordination;             /* faces that count */
    uint16_t edges[SW_VORONOI_ORDERS]; /* the Voronoi index: how many of these have 3, 4 ... edges;
                                          edges to faces that do not count are left out. Open: 0 */
    uint8_t kind;                      /* sw_voronoi_kind */
} sw_voronoi_atom;

typedef struct sw_voronoi {
    size_t atoms, open, merged;
    sw_voronoi_atom *atom; /* [atoms] */
    /* Neighbours of atom i: first[i] .. first[i + 1] - 1, those that count first (coordination
     * many). NULL where not kept. */
    size_t *first;       /* [atoms + 1] */
    uint32_t *neighbour; /* [first[atoms]] */
    double *area;        /* [first[atoms]] A^2; NaN where the face has no end */
    double (*vector)[3]; /* [first[atoms]] A, from the atom to the neighbour or its image */
} sw_voronoi;

/*
 * SW_ERROR_NUMERIC where atoms are on top of each other (the message says which) or positions are
 * not finite, SW_ERROR_ARGUMENT for options out of range. Release with sw_voronoi_clear. Results do
 * not depend on the number of threads. Even distributions take O(atoms); 64 bytes an atom, and with
 * neighbours 36 a face (76 while it works).
 */
SW_MUST_USE sw_status sw_voronoi_create(sw_voronoi *voronoi, const sw_atoms *atoms,
                                        const sw_voronoi_options *options, sw_context *context,
                                        sw_error *error);
void sw_voronoi_clear(sw_voronoi *voronoi);

/* Whether an atom is at an outer surface or a void: its cell has no end, or reaches `farthest` (A). */
bool sw_voronoi_at_surface(const sw_voronoi_atom *atom, double farthest);

/* Surface of the sphere of the same volume over the surface: 1 for a sphere, .9047 for the cell of
 * fcc (Wadell, J. Geol. 43, 250 (1935)). NaN where there is no volume. */
double sw_voronoi_sphericity(const sw_voronoi_atom *atom);

#endif
