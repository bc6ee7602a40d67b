/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The crystal frame as numbers: which site is which, and who is whose neighbour.
 *
 *   site = ((iz * ny + iy) * nx + ix) * basis_sites + basis
 *
 * A step is a translation from a basis site to another; for a site whose cell lies at least
 * `margin` cells inside the frame, following it is one addition. Beyond a closed boundary lies
 * the single site `outside`, which holds SW_WALL and belongs to no species set.
 */
#ifndef SPILLWAY_LATTICE_GEOMETRY_H
#define SPILLWAY_LATTICE_GEOMETRY_H

#include <spillway/model.h>

#define SW_WALL 31

typedef struct sw_step {
    int8_t cell[3]; /* x, y, z */
    uint8_t basis;  /* of the target */
    int32_t delta;  /* site index difference away from the boundary */
} sw_step;

typedef struct sw_steps {
    sw_step *list;
    size_t count, capacity;
} sw_steps;

typedef struct sw_geometry {
    const sw_frame *frame;
    int size[3];
    int basis_sites;
    int room[3];         /* steps of so many cells leave the frame from everywhere */
    uint32_t sites;      /* `outside` has this index */
    int margin[3];       /* cells; at most 102 */
    uint8_t *basis;      /* [sites] */
    uint8_t *inner;      /* [sites + 1] 1 where every step is a plain addition */
    uint16_t (*cell)[3]; /* [sites] x, y, z; NULL once forgotten */
} sw_geometry;

sw_status sw_geometry_create(sw_geometry *geometry, const sw_frame *frame, sw_error *error);
void sw_geometry_clear(sw_geometry *geometry);
/* Marks as inner the sites at least `margin` cells from every boundary. */
void sw_geometry_set_margin(sw_geometry *geometry, const int margin[3]);
/* Makes the margin wide enough for steps of `distance` (A). */
void sw_geometry_widen_margin(int margin[3], const sw_geometry *geometry, double distance);

uint32_t sw_geometry_follow_slowly(const sw_geometry *geometry, uint32_t site, sw_step step);

static inline uint32_t sw_geometry_follow(const sw_geometry *geometry, uint32_t site,
                                          sw_step step) {
    if (geometry->inner[site])
        return (uint32_t)((int64_t)site + step.delta);
    return sw_geometry_follow_slowly(geometry, site, step);
}

/* Frees the list of cells: they are computed from then on (three divisions instead of 6 bytes). */
void sw_geometry_forget_cells(sw_geometry *geometry);
/* A site's cell and its position in A (the frame's corner is the origin). */
void sw_geometry_cell(int cell[3], const sw_geometry *geometry, uint32_t site);
void sw_geometry_position(double position[3], const sw_geometry *geometry, uint32_t site);
/* The vector of a step in A. */
void sw_geometry_vector(double vector[3], const sw_geometry *geometry, int basis, sw_step step);

sw_step sw_geometry_step(const sw_geometry *geometry, int basis, const int cell[3], int target);
/* The step that goes first `a` (from `basis`), then `b`. */
sw_step sw_geometry_join(const sw_geometry *geometry, int basis, sw_step a, sw_step b);
/* The way back of a step taken from `basis`. */
sw_step sw_geometry_reverse(const sw_geometry *geometry, int basis, sw_step step);
static inline bool sw_step_equal(sw_step a, sw_step b) {
    return a.basis == b.basis && a.cell[0] == b.cell[0] && a.cell[1] == b.cell[1] &&
           a.cell[2] == b.cell[2];
}

/*
 * Steps from `basis` to sites of `kinds` at `distance` (within 1 %), or, where `within`, at any
 * distance up to it; ordered by vector. The site itself is never among them.
 */
sw_status sw_geometry_shell(sw_steps *steps, const sw_geometry *geometry, int basis,
                            sw_kind_set kinds, double distance, bool within);

/* Whether a step leads out of the frame from everywhere, as those off a layer do. */
static inline bool sw_geometry_leaves(const sw_geometry *geometry, sw_step step) {
    for (int d = 0; d < 3; d++)
        if ((step.cell[d] < 0 ? -step.cell[d] : step.cell[d]) >= geometry->room[d])
            return true;
    return false;
}

/* Whether two steps from one site end on the same site, also by way of periodic axes. */
bool sw_geometry_meet(const sw_geometry *geometry, sw_step a, sw_step b);

/* Order of two steps by vector: x, then y, then z; 0 where equal. */
int sw_geometry_compare(const sw_geometry *geometry, int basis, sw_step a, sw_step b);

sw_status sw_steps_add(sw_steps *steps, sw_step step);
/* Adds the step unless it is there; *index is its place. */
sw_status sw_steps_add_once(sw_steps *steps, sw_step step, size_t *index);
void sw_steps_clear(sw_steps *steps);

static inline sw_kind_set sw_geometry_kind_bit(const sw_geometry *geometry, int basis) {
    return (sw_kind_set)1 << geometry->frame->basis[basis].kind;
}

#endif
