/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Degree of oxidation from metal atoms alone (papers/003, "Oxygen filling"): a Delaunay tetrahedron
 * of metal atoms that is nearly regular and large enough holds one oxygen atom,
 *
 *   e_max / e_mean - 1 <= 0.255   and   V > 4.68 A^3 (between those of fcc Zr, 4.23, and of
 * c-ZrO2, 5.49).
 *
 * The paper takes the filled fraction of the tetrahedra around an atom. How many are around depends
 * on how octahedra happen to be divided, so two numbers are given:
 *
 *   degree    filled / 8: in MO2 fluorite eight sites surround a metal atom; 1 in perfect c-ZrO2, 0
 *             in fcc Zr
 *   fraction  filled over the sites around, which are the nearly regular tetrahedra (the rest is
 *             removed first, as in the paper); NaN where there are none
 *
 * Noise makes sites of quarters of octahedra too, so degree can pass 1 (1.23 in c-ZrO2 at 28 pm).
 * And it divides octahedra so that the square around their waist is a flat tetrahedron, whose
 * distortion is only 0.243: by the paper's rule an empty site, one of a hundred in c-ZrO2 at 12 pm.
 * What is flatter than `sliver` is therefore no site (0: as in the paper).
 *
 * Atoms with a tetrahedron around them outside of the alpha shape, or with nothing behind a face,
 * lie on the surface: they lack sites, and are counted apart.
 */
#ifndef SPILLWAY_STRUCTURE_OXIDATION_H
#define SPILLWAY_STRUCTURE_OXIDATION_H

#include "structure/tetrahedra.h"

#define SW_OXIDATION_SITES 8

typedef struct sw_oxidation_options {
    double distortion; /* most, e_max / e_mean - 1 */
    double volume;     /* A^3, more than this */
    double sliver;     /* A^3, sites have at least this */
    double alpha;      /* A, of the shape that says what the surface is */
} sw_oxidation_options;

typedef struct sw_oxidation {
    size_t count;           /* of metal atoms */
    uint32_t *filled;       /* [count] filled tetrahedra around */
    uint32_t *sites_around; /* [count] sites around, within the alpha shape */
    bool *surface;          /* [count] */
    size_t sites;           /* filled tetrahedra of the structure or cell */
    size_t bulk;            /* atoms that are not on the surface */
    double bulk_degree;     /* mean of degree; NaN where there are none */
    double surface_degree;
    double bulk_fraction; /* mean of fraction, of those that have one */
} sw_oxidation;

/* 0.255, 4.68 A^3, 1 A^3, 4.5 A. */
sw_oxidation_options sw_oxidation_options_default(void);

/* Whether a tetrahedron is a site, filled or not; whether it holds oxygen. */
bool sw_oxidation_is_site(const sw_oxidation_options *options, double volume, double distortion);
bool sw_oxidation_holds(const sw_oxidation_options *options, double volume, double distortion);

/* The tetrahedra of metal atoms with the margin that an alpha shape needs (alpha_shape.h). */
SW_MUST_USE sw_status sw_oxidation_tetrahedra(sw_tetrahedra *tetrahedra, const sw_atoms *metal,
                                              const sw_oxidation_options *options,
                                              sw_context *context, sw_error *error);
/* From those of metal atoms. Release with sw_oxidation_clear. SW_ERROR_ARGUMENT, SW_ERROR_MEMORY.
 * Atoms that span no volume: all on the surface, none filled. O(tetrahedra). */
SW_MUST_USE sw_status sw_oxidation_create(sw_oxidation *oxidation, const sw_tetrahedra *tetrahedra,
                                          const sw_oxidation_options *options, sw_error *error);
void sw_oxidation_clear(sw_oxidation *oxidation);

double sw_oxidation_degree(const sw_oxidation *oxidation, size_t i);
double sw_oxidation_fraction(const sw_oxidation *oxidation, size_t i);

#endif
