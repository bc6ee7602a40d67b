/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Dense random packing: atoms at random, then pushed apart where two are nearer than they may be.
 *
 * Each sweep goes through the atoms that are still in the way of others and moves each by the sum
 * of its overlaps, half of each where the other can move too (a soft repulsion, followed downhill
 * one atom at a time: Jodrey and Tory, Phys. Rev. A 32 (1985) 2347). Atoms stay in the region;
 * those of other fills do not move. What is still too near at the end is left out, and the density
 * says so.
 */
#include "build/meeting.h"
#include "build/packing_work.h"
#include "build/steps.h"

#include "base/memory.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define VOLUME_SAMPLES 200000
#define MOST_PACKED 20000000.0
#define TRIES 1000 /* at a place inside the region, for each atom */

/* ---- how many -------------------------------------------------------------------------------- */

static void draw_place(double place[3], sw_random *random, const double low[3],
                       const double high[3]) {
    double first[2], second[2];
    sw_random_pair(first, random);
    sw_random_pair(second, random);
    const double unit[3] = {first[0], first[1], second[0]};
    for (int i = 0; i < 3; i++)
        place[i] = low[i] + unit[i] * (high[i] - low[i]);
}

/* Whether a place is free: in the cell, in the region, and not inside an atom of another fill,
 * whose radius is half of the largest distance. */
static bool is_free(const packing_work *work, const double place[3]) {
    double corner[3];
    if (!sw_draft_has(work->draft, place) || !sw_region_has(work->region, place))
        return false;
    for (int i = 0; i < 3; i++)
        corner[i] = place[i] + work->draft->middle[i];
    return !sw_places_any(&work->draft->present, corner, work->outer / 2);
}

/* A^3, from points drawn in the box. */
static double free_volume(const packing_work *work, const double low[3], const double high[3]) {
    sw_random random = sw_draft_random(work->draft, 0);
    size_t inside = 0;
    double box = 1;
    for (int i = 0; i < 3; i++)
        box *= fmax(high[i] - low[i], 0);
    for (int i = 0; box > 0 && i < VOLUME_SAMPLES; i++) {
        double place[3];
        draw_place(place, &random, low, high);
        inside += is_free(work, place);
    }
    return box * (double)inside / VOLUME_SAMPLES;
}

static sw_status count_atoms(packing_work *work) {
    double units = work->volume / work->packing->volume, sum = 0;
    for (size_t i = 0; i < work->packing->elements; i++)
        sum += round(units * work->packing->part[i].count);
    if (sum > MOST_PACKED)
        return sw_draft_fail(work->draft, "pack a smaller region, or a larger volume of one unit",
                             "%.3g atoms are more than a packing can have", sum);
    work->count = (size_t)sum;
    work->atom = sw_allocate(work->count, sizeof *work->atom);
    return work->atom ? SW_OK
                      : sw_error_set(work->draft->error, SW_ERROR_MEMORY, "packing", NULL,
                                     "no memory for %zu atoms", work->count);
}

/* Elements one after the other in their shares, each at a random free place. */
static sw_status scatter(packing_work *work, const double low[3], const double high[3]) {
    sw_random random = sw_draft_random(work->draft, 1);
    double units = work->volume / work->packing->volume;
    size_t number = 0;
    for (size_t part = 0; part < work->packing->elements; part++) {
        size_t count = (size_t)round(units * work->packing->part[part].count);
        for (size_t i = 0; i < count && number < work->count; i++, number++) {
            double place[3], corner[3];
            int tries = 0;
            do
                draw_place(place, &random, low, high);
            while (!is_free(work, place) && ++tries < TRIES);
            if (tries >= TRIES)
                return sw_draft_fail(work->draft, "give the region bounds that fit it",
                                     "found no free place in %d tries", TRIES);
            for (int k = 0; k < 3; k++)
                corner[k] = place[k] + work->draft->middle[k];
            work->atom[number].element = work->packing->part[part].element;
            work->atom[number].moving = true;
            sw_status status = sw_places_add(&work->places, number, corner, work->draft->error);
            if (status != SW_OK)
                return status;
        }
    }
    return SW_OK;
}

/* ---- the fill -------------------------------------------------------------------------------- */

static sw_status keep_atoms(packing_work *work) {
    sw_draft_atom atom = {.fill = work->draft->fills};
    sw_status status = SW_OK;
    for (size_t i = 0; i < work->count && status == SW_OK; i++) {
        if (!work->places.place[i].present)
            continue;
        atom.element = (uint8_t)work->atom[i].element;
        for (int k = 0; k < 3; k++)
            atom.position[k] = work->places.place[i].position[k] - work->draft->middle[k];
        status = sw_draft_add(work->draft, &atom);
    }
    return status;
}

static void tell(packing_work *work, size_t dropped) {
    double unit = 0;
    for (size_t i = 0; i < work->packing->elements; i++)
        unit += work->packing->part[i].count;
    double left = (double)(work->count - dropped);
    snprintf(work->draft->done, sizeof work->draft->done,
             "%s: %.4g A^3 of %.4g A^3 a unit asked, %.4g reached; %d sweeps, %zu left out",
             work->name, work->volume, work->packing->volume,
             left > 0 ? work->volume * unit / left : INFINITY, work->sweeps, dropped);
    if (dropped > 0)
        sw_log(work->draft->context, SW_LOG_WARNING,
               "the packing '%s' is less dense than asked: %zu of %zu atoms found no room",
               work->name, dropped, work->count);
}

static sw_status pack(packing_work *work, const double low[3], const double high[3]) {
    size_t dropped = 0;
    work->volume = free_volume(work, low, high);
    sw_status status = count_atoms(work);
    if (status == SW_OK)
        status = scatter(work, low, high);
    if (status == SW_OK)
        status = sw_packing_relax(work);
    if (status == SW_OK)
        dropped = sw_packing_drop(work);
    if (status == SW_OK)
        status = keep_atoms(work);
    if (status == SW_OK)
        tell(work, dropped);
    return status;
}

sw_status sw_fill_packing(sw_draft *draft, const sw_recipe_fill *fill) {
    const sw_recipe *recipe = draft->recipe;
    double low[3], high[3];
    sw_region region;
    sw_status status = sw_draft_bounds(low, high, draft, fill->region);
    if (status == SW_OK)
        status = sw_region_create(&region, recipe, fill->region, draft->error);
    if (status != SW_OK)
        return status;
    if (fill->later_wins)
        sw_meeting_clear(draft, &region);
    packing_work work = {.draft = draft,
                         .packing = &fill->packing,
                         .name = fill->name,
                         .region = &region,
                         .inner = sw_pair_distance_largest(&fill->packing.distances),
                         .outer = sw_pair_distance_largest(&recipe->distances)};
    status = sw_places_create(&work.places, recipe->has_cell ? recipe->cell : NULL,
                              recipe->periodic, fmax(1, work.inner), draft->error);
    if (status == SW_OK)
        status = pack(&work, low, high);
    sw_places_clear(&work.places);
    sw_region_clear(&region);
    free(work.atom);
    return status;
}
