/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One region of a recipe, ready to be asked where it is. */
#ifndef SPILLWAY_BUILD_REGION_H
#define SPILLWAY_BUILD_REGION_H

#include <spillway/recipe.h>

typedef struct sw_region {
    const sw_recipe *recipe;
    size_t count;  /* regions that it is made of, itself last */
    int *order;    /* [count] */
    double *value; /* [regions] room for the values */
} sw_region;

/* index -1: everywhere. O(regions). */
SW_MUST_USE sw_status sw_region_create(sw_region *region, const sw_recipe *recipe, int index,
                                       sw_error *error);
void sw_region_clear(sw_region *region);
/*
 * How far a place (A from the middle) lies outside the surface, negative inside. Exact for spheres
 * and inside convex shapes; outside edges and corners it is the distance to the farthest plane.
 */
double sw_region_value(const sw_region *region, const double place[3]);
/* On the surface counts as inside. */
bool sw_region_has(const sw_region *region, const double place[3]);
/*
 * A box that holds the region, A from the middle: lower and upper corner, infinite where there is
 * no end. SW_ERROR_MODEL where regions are nested so deep that this takes too long.
 */
SW_MUST_USE sw_status sw_region_bounds(double low[3], double high[3], const sw_recipe *recipe,
                                       int index, sw_error *error);

#endif
