/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Voids: inside the alpha shape of the atoms, tetrahedra with too large a circumradius, joined over
 * common faces (the method of the Zr-ZrO2 work, papers/003, "Determination of voids").
 *
 * In a perfect fcc crystal of lattice constant a (the metal atoms of a fluorite oxide) a missing
 * atom leaves a cuboctahedron of edge a / sqrt 2 and circumradius a / sqrt 2,
 *
 *   one vacancy             5 a^3 / 6     (8 tetrahedra of a^3/24, 6 half octahedra of a^3/12)
 *   two that are neighbours 3 a^3 / 2     (two share 2 tetrahedra; of the 2 octahedra that lack two
 *                                          corners a quarter remains)
 *
 * Atoms that were only overlooked leave the same voids. So the result always comes with a control:
 * the same rule on the same atoms, of which a stated part has been taken away at random.
 */
#ifndef SPILLWAY_STRUCTURE_VOIDS_H
#define SPILLWAY_STRUCTURE_VOIDS_H

#include <spillway/data.h>

typedef enum sw_void_size {
    SW_VOID_SMALL,   /* too small for an atom */
    SW_VOID_VACANCY, /* room for one or two */
    SW_VOID_NANOPORE,
    SW_VOID_PORE,
    SW_VOID_SIZES
} sw_void_size;

#define SW_VOID_LABELS 4

typedef struct sw_void_options {
    double alpha;                    /* A, of the alpha shape */
    double radius;                   /* A; larger circumspheres are voids */
    double limit[SW_VOID_SIZES - 1]; /* A^3, smallest vacancy, nano-pore and pore */
    bool cavities;  /* also what is wider than alpha, where the solid encloses it */
    double missing; /* part of the atoms that the control takes away */
    size_t repeats; /* of the control, at least 2 */
    uint64_t seed;
    const uint8_t *label; /* [atoms] below SW_VOID_LABELS, counted at the walls of voids; or NULL */
} sw_void_options;

typedef struct sw_void {
    double volume;    /* A^3 */
    double centre[3]; /* A, weighted by volume; in the cell where periodic */
    double radius;    /* A, of the largest sphere without atoms */
    size_t tetrahedra;
    sw_void_size size;
    uint32_t wall[SW_VOID_LABELS]; /* atoms around it by label; 0 without labels */
} sw_void;

/* A number over the repeats of the control. */
typedef struct sw_void_spread {
    double mean, deviation;
} sw_void_spread;

typedef struct sw_void_control {
    double missing; /* part of the atoms taken away */
    size_t removed, repeats;
    sw_void_spread count[SW_VOID_SIZES]; /* voids found after that, the old ones among them */
    sw_void_spread porosity;
} sw_void_control;

typedef struct sw_voids {
    sw_void *item; /* [count] the largest first */
    size_t count;
    size_t number[SW_VOID_SIZES];
    double share[SW_VOID_SIZES]; /* A^3, of the voids of a size */
    double solid_volume;         /* A^3, of the alpha shape (and cavities, where they count) */
    double porosity;             /* all voids over that */
    size_t atoms;                /* that were seen */
    double
        *at_atom; /* [atoms] A^3, the largest void with room for an atom at which each lies, or 0 */
    sw_void_control control;
} sw_voids;

/* The values of papers/003: 4.5 A, 3.19 A, 45, 125 and 4500 A^3; control: 2.8 % (the share that it
 * did not identify), 8 repeats. */
sw_void_options sw_void_options_default(void);

/*
 * Release with sw_voids_clear. SW_ERROR_ARGUMENT for options out of range, SW_ERROR_MEMORY,
 * SW_ERROR_CANCELLED. Atoms without a volume have no
 * voids. In periodic cells voids narrower than half the cell have the right centre. About 10 us an
 * atom and repeat, repeats shared between threads; the same for any number of them.
 */
SW_MUST_USE sw_status sw_voids_create(sw_voids *voids, const sw_atoms *atoms,
                                      const sw_void_options *options, sw_context *context,
                                      sw_error *error);
void sw_voids_clear(sw_voids *voids);

#endif
