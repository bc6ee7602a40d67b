/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Grains: Voronoi cells of seeds drawn in a region, periodic images included. */
#ifndef SPILLWAY_BUILD_GRAINS_H
#define SPILLWAY_BUILD_GRAINS_H

#include "build/draft.h"

typedef struct sw_grains {
    size_t count;
    struct sw_grain {
        double seed[3]; /* A from the middle */
        double quaternion[4];
    } * grain;
    size_t images;      /* of the seeds, all together */
    double (*image)[3]; /* the first `count` are the seeds */
    double reach;       /* A: how far a grain can reach where there are periodic axes; else 0 */
} sw_grains;

/* SW_ERROR_MODEL where so many seeds so far apart do not fit. */
SW_MUST_USE sw_status sw_grains_create(sw_grains *grains, sw_draft *draft,
                                       const sw_recipe_grains *wanted, const sw_region *region,
                                       const double low[3], const double high[3]);
void sw_grains_clear(sw_grains *grains);
/* Whether a place (not wrapped) is nearer to that seed than to any other seed or image. */
bool sw_grains_owns(const sw_grains *grains, size_t grain, const double place[3]);
/* A box that holds the grain, not wrapped, of a region between low and high. */
void sw_grains_reach(double from[3], double to[3], const sw_grains *grains, size_t grain,
                     const double low[3], const double high[3]);

#endif
