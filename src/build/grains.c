/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "build/grains.h"

#include "base/matrix.h"
#include "base/memory.h"
#include "base/rotation.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TRIES 2000 /* at a place for a seed, each */

static sw_status draw_seed(double seed[3], sw_draft *draft, const sw_region *region,
                           const sw_places *seeds, double apart, sw_random *random,
                           const double low[3], const double high[3]) {
    for (int tries = 0; tries < TRIES; tries++) {
        double corner[3];
        sw_draft_draw_place(seed, corner, draft, low, high, random);
        if (sw_draft_has(draft, seed) && sw_region_has(region, seed) &&
            (apart <= 0 || !sw_places_any(seeds, corner, apart)))
            return SW_OK;
    }
    return sw_draft_fail(draft, "ask for fewer grains, or a smaller 'apart'",
                         "found no place for another grain in %d tries", TRIES);
}

static sw_status draw_seeds(sw_grains *grains, sw_draft *draft, const sw_recipe_grains *wanted,
                            const sw_region *region, const double low[3], const double high[3]) {
    const sw_recipe *recipe = draft->recipe;
    sw_random random = sw_draft_random(draft, 0), turns = sw_draft_random(draft, 1);
    sw_places seeds;
    sw_status status = sw_places_create(&seeds, recipe->has_cell ? recipe->cell : NULL,
                                        recipe->periodic, fmax(2, wanted->apart), draft->error);
    for (size_t g = 0; g < wanted->count && status == SW_OK; g++) {
        struct sw_grain *grain = &grains->grain[g];
        double corner[3];
        status = draw_seed(grain->seed, draft, region, &seeds, wanted->apart, &random, low, high);
        for (int i = 0; i < 3; i++)
            corner[i] = grain->seed[i] + draft->middle[i];
        sw_quaternion_random(grain->quaternion, &turns);
        if (status == SW_OK)
            status = sw_places_add(&seeds, g, corner, draft->error);
        grains->count = g + 1;
    }
    sw_places_clear(&seeds);
    return status;
}

/* The seeds, then their images in the 26 cells around along periodic axes. */
static void list_images(sw_grains *grains, const sw_recipe *recipe) {
    for (int turn = 0; turn < 27; turn++) {
        /* 0, 1, -1: the seeds themselves come first */
        const int shift[3] = {(turn % 3 + 1) % 3 - 1, (turn / 3 % 3 + 1) % 3 - 1,
                              (turn / 9 + 1) % 3 - 1};
        bool wanted = true;
        for (int axis = 0; axis < 3; axis++)
            wanted = wanted && (shift[axis] == 0 || (recipe->has_cell && recipe->periodic[axis]));
        for (size_t g = 0; wanted && g < grains->count; g++) {
            double *image = grains->image[grains->images++];
            for (int i = 0; i < 3; i++) {
                image[i] = grains->grain[g].seed[i];
                for (int axis = 0; axis < 3; axis++)
                    image[i] += shift[axis] * recipe->cell[axis][i];
            }
        }
    }
    for (int axis = 0; axis < 3; axis++)
        if (recipe->has_cell && recipe->periodic[axis])
            grains->reach += sw_vector_length(recipe->cell[axis]) / 2;
}

sw_status sw_grains_create(sw_grains *grains, sw_draft *draft, const sw_recipe_grains *wanted,
                           const sw_region *region, const double low[3], const double high[3]) {
    *grains = (sw_grains){.grain = sw_allocate(wanted->count, sizeof *grains->grain),
                          .image = sw_allocate(27 * wanted->count, sizeof *grains->image)};
    if (!grains->grain || !grains->image)
        return sw_error_set(draft->error, SW_ERROR_MEMORY, "grains", NULL, "no memory");
    sw_status status = draw_seeds(grains, draft, wanted, region, low, high);
    if (status == SW_OK)
        list_images(grains, draft->recipe);
    return status;
}

void sw_grains_clear(sw_grains *grains) {
    free(grains->grain);
    free(grains->image);
    *grains = (sw_grains){0};
}

static double squared_distance(const double a[3], const double b[3]) {
    const double vector[3] = {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
    return sw_vector_dot(vector, vector);
}

bool sw_grains_owns(const sw_grains *grains, size_t grain, const double place[3]) {
    double own = squared_distance(place, grains->grain[grain].seed);
    for (size_t i = 0; i < grains->images; i++)
        if (i != grain && squared_distance(place, grains->image[i]) < own)
            return false;
    return true;
}

void sw_grains_reach(double from[3], double to[3], const sw_grains *grains, size_t grain,
                     const double low[3], const double high[3]) {
    for (int i = 0; i < 3; i++) {
        from[i] = low[i];
        to[i] = high[i];
        if (grains->reach > 0) {
            from[i] = fmin(low[i], grains->grain[grain].seed[i] - grains->reach);
            to[i] = fmax(high[i], grains->grain[grain].seed[i] + grains->reach);
        }
    }
}
