/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Recipes as plain data: what sw_model_load makes of a file with `builds: atoms`, and what sw_build
 * turns into atoms. docs/recipe-language.md describes the file.
 *
 * Lengths are in A. Places are measured from the middle of the cell, or from the origin where there
 * is no cell. All arrays and strings belong to the model.
 */
#ifndef SPILLWAY_RECIPE_H
#define SPILLWAY_RECIPE_H

#include <spillway/base.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SW_ELEMENT_COUNT 119 /* atomic numbers 0 (none) to 118 */

/* ---- crystals -------------------------------------------------------------------------------- */

typedef struct sw_crystal_atom {
    int element;
    double position[3]; /* fractional, in [0, 1) */
} sw_crystal_atom;

/* A crystal as it is oriented in space. */
typedef struct sw_oriented_crystal {
    const char *name;
    double cell[3][3];     /* rows, A, as tabulated: not yet turned */
    double rotation[3][3]; /* a direction of the crystal (column) becomes rotation * direction */
    bool random;           /* the rotation is drawn when it is used */
    size_t atoms;
    const sw_crystal_atom *atom;
    double nearest; /* A, between two of its atoms */
} sw_oriented_crystal;

/* ---- regions --------------------------------------------------------------------------------- */

typedef struct sw_recipe_plane {
    double normal[3]; /* unit length */
    double distance;  /* A from the region's centre */
} sw_recipe_plane;

/*
 * All places that satisfy every condition given. Regions are numbered in the order of the file and
 * refer to earlier ones only. Then the whole is moved outwards by `grow` (facets in parallel).
 */
typedef struct sw_recipe_region {
    const char *name;
    double centre[3];
    double radius; /* of a sphere; 0: none */
    bool is_box;
    double box[3]; /* full edges along x, y, z; infinite where not given */
    size_t planes;
    const sw_recipe_plane *plane; /* inside all */
    size_t inside, outside, any;
    const int *inside_of, *outside_of, *any_of; /* in all of, in none of, in at least one of */
    double grow;
} sw_recipe_region;

/* ---- distances ------------------------------------------------------------------------------- */

/* Least distances by element, symmetric, A. */
typedef struct sw_pair_distances {
    size_t pairs;
    const struct sw_pair_distance {
        int element[2];
        double distance;
    } * pair;
    double others; /* every pair that is not listed */
} sw_pair_distances;

/* ---- steps ----------------------------------------------------------------------------------- */

typedef enum sw_step_kind {
    SW_STEP_FILL,
    SW_STEP_OXIDATION,
    SW_STEP_VACANCIES,
    SW_STEP_PORES,
    SW_STEP_NOISE,
    SW_STEP_MISSING,
    SW_STEP_HIDE
} sw_step_kind;

/* Grains: the Voronoi cells of seeds drawn at random, each with a random orientation. */
typedef struct sw_recipe_grains {
    size_t count;
    double apart; /* A, least distance between seeds */
} sw_recipe_grains;

/* A dense random packing. */
typedef struct sw_recipe_packing {
    size_t elements;
    const struct sw_packing_part {
        int element;
        double count; /* in the formula unit */
    } * part;
    double volume; /* A^3 of one formula unit */
    sw_pair_distances distances;
    int sweeps; /* of relaxation, at most */
} sw_recipe_packing;

typedef enum sw_fill_kind { SW_FILL_CRYSTAL, SW_FILL_GRAINS, SW_FILL_PACKING } sw_fill_kind;

typedef struct sw_recipe_fill {
    const char *name;
    sw_fill_kind kind;
    int region;       /* -1: the whole cell */
    int crystal;      /* -1: none */
    double origin[3]; /* where a lattice point lies */
    bool later_wins;  /* takes the place of atoms that are there; else gives way to them */
    sw_recipe_grains grains;
    sw_recipe_packing packing;
} sw_recipe_fill;

/* A place; every condition given must hold. */
typedef struct sw_recipe_place {
    int region;         /* -1: anywhere */
    int surface;        /* region from whose surface distances count, outwards positive; -1: none */
    double least, most; /* A from that surface */
} sw_recipe_place;

/* Which atoms a step means; every condition given must hold. */
typedef struct sw_recipe_choice {
    bool all_elements;
    bool element[SW_ELEMENT_COUNT];
    const bool *fill; /* [fills]; NULL: all */
    sw_recipe_place place;
} sw_recipe_choice;

typedef struct sw_filled_point {
    double distance; /* A from the surface, outwards positive */
    double fraction;
} sw_filled_point;

typedef struct sw_recipe_oxidation {
    sw_recipe_choice sites; /* atoms that stand for sites: oxygen */
    int of;                 /* element whose share of filled sites is kept in a column */
    double bond;            /* A, a site nearer than this to an atom of that element is its own */
    int full;               /* sites of an atom that is oxidised in full; 0: those that it has */
    int surface;            /* region from whose surface the profile counts */
    size_t points;
    const sw_filled_point *point; /* ascending; linear between, constant beyond */
} sw_recipe_oxidation;

/* Vacancies, and atoms that are missing: the same draw under two names. */
typedef struct sw_recipe_removal {
    sw_recipe_choice choice;
    double fraction; /* each atom with this probability; negative: by number */
    size_t number;   /* this many */
    double apart;    /* A, least distance between two that are removed */
} sw_recipe_removal;

typedef struct sw_recipe_pores {
    sw_recipe_place where;
    double radius[2]; /* A, least and most */
    size_t number;    /* drawn at random ... */
    double apart;     /* A, least gap between two pores */
    size_t places;
    const double (*place)[3]; /* ... or these */
} sw_recipe_pores;

typedef struct sw_recipe_noise {
    sw_recipe_choice choice;
    double sigma[3]; /* A along each axis */
} sw_recipe_noise;

typedef struct sw_recipe_step {
    sw_step_kind kind;
    int line; /* in the file */
    union {
        sw_recipe_fill fill;
        sw_recipe_oxidation oxidation;
        sw_recipe_removal removal; /* vacancies, missing */
        sw_recipe_pores pores;
        sw_recipe_noise noise;
        sw_recipe_choice hide;
    };
} sw_recipe_step;

/* ---- the recipe ------------------------------------------------------------------------------ */

typedef struct sw_recipe {
    uint64_t seed;
    bool has_cell;
    double cell[3][3]; /* rows, A */
    bool periodic[3];
    size_t crystals;
    const sw_oriented_crystal *crystal;
    size_t regions;
    const sw_recipe_region *region;
    sw_pair_distances distances; /* where fills and grains meet */
    size_t steps;
    const sw_recipe_step *step;
    size_t fills;
    const char *const *fill_name; /* [fills] */
} sw_recipe;

#ifdef __cplusplus
}
#endif
#endif
