/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "build/packing_work.h"

#include <math.h>
#include <string.h>

#define AIM 1.002       /* pairs are pushed this far beyond their distance, so that they arrive */
#define HALF 0.6        /* of the overlaps, where an atom has few; a bit over a half goes faster */
#define SHARED 2.4      /* over the number of overlaps, where it has many: 3 would be the bottom */
#define SLOPE_STEP 1e-4 /* A, for the slope of the region's surface */
#define BACK_STEPS 4    /* at getting back into the region */

typedef struct push {
    packing_work *work;
    size_t number; /* the atom that is pushed */
    bool inner;    /* looks at its own kind; else at other fills */
    double sum[3];
    bool overlaps; /* is nearer to another than it may be */
    int contacts;  /* nearer than aimed at */
} push;

static double least_distance(const push *search, size_t number) {
    int element = search->work->atom[search->number].element;
    if (search->inner)
        return sw_pair_distance_of(&search->work->packing->distances, element,
                                   search->work->atom[number].element);
    return sw_pair_distance_of(&search->work->draft->recipe->distances, element,
                               search->work->draft->atom[number].element);
}

static bool add_push(void *user, size_t number, const double vector[3], double squared) {
    push *search = user;
    double least = least_distance(search, number), aim = least * AIM;
    if (search->inner && number == search->number && squared == 0)
        return true;
    if (squared >= aim * aim)
        return true;
    double length = sqrt(squared);
    double share = (aim - length) / fmax(length, 1e-9);
    for (int i = 0; i < 3; i++)
        search->sum[i] -= share * vector[i];
    search->contacts++;
    search->overlaps = search->overlaps || squared < least * least;
    /* also those that are nearer than aimed at: an atom that stood still would be a wall */
    if (search->inner)
        search->work->atom[number].moving = true;
    return true;
}

/* Looks at all that is near an atom. Two on one spot stay there until others push them apart. */
static void find_push(push *search) {
    packing_work *work = search->work;
    const double *position = work->places.place[search->number].position;
    search->inner = true;
    sw_places_visit(&work->places, position, work->inner * AIM, add_push, search);
    search->inner = false;
    sw_places_visit(&work->draft->present, position, work->outer * AIM, add_push, search);
}

/* Along the slope of the region's surface back into it; false where that fails. */
static bool get_back(const packing_work *work, double place[3]) {
    for (int step = 0; step < BACK_STEPS; step++) {
        double value = sw_region_value(work->region, place), slope[3], length = 0;
        if (value <= 0 || !(value < INFINITY))
            return value <= 0;
        for (int i = 0; i < 3; i++) {
            double beside[3] = {place[0], place[1], place[2]};
            beside[i] += SLOPE_STEP;
            slope[i] = (sw_region_value(work->region, beside) - value) / SLOPE_STEP;
            length += slope[i] * slope[i];
        }
        for (int i = 0; length > 0 && i < 3; i++)
            place[i] -= 1.001 * value * slope[i] / length;
    }
    return sw_region_has(work->region, place);
}

static void move_atom(push *search) {
    packing_work *work = search->work;
    const double *old = work->places.place[search->number].position;
    double corner[3], place[3], length = 0, limit = work->inner / 2;
    for (int i = 0; i < 3; i++)
        length += search->sum[i] * search->sum[i];
    double share = fmin(HALF, SHARED / search->contacts);
    share = fmin(share, limit / fmax(sqrt(length), 1e-9));
    for (int i = 0; i < 3; i++)
        corner[i] = old[i] + share * search->sum[i];
    sw_places_wrap(place, &work->places, corner);
    for (int i = 0; i < 3; i++)
        place[i] -= work->draft->middle[i];
    if (!get_back(work, place) || !sw_draft_has(work->draft, place))
        return;
    for (int i = 0; i < 3; i++)
        corner[i] = place[i] + work->draft->middle[i];
    sw_places_move(&work->places, search->number, corner);
}

/* Returns how many atoms were in the way of others. */
static size_t sweep(packing_work *work) {
    size_t overlapping = 0;
    for (size_t i = 0; i < work->count; i++) {
        push search = {.work = work, .number = i};
        if (!work->atom[i].moving)
            continue;
        find_push(&search);
        work->atom[i].moving = search.contacts > 0;
        overlapping += search.overlaps;
        if (search.contacts > 0)
            move_atom(&search);
    }
    return overlapping;
}

sw_status sw_packing_relax(packing_work *work) {
    size_t overlapping = work->count;
    for (; overlapping > 0 && work->sweeps < work->packing->sweeps; work->sweeps++) {
        if (sw_context_cancelled(work->draft->context))
            return sw_error_set(work->draft->error, SW_ERROR_CANCELLED, "packing", NULL,
                                "cancelled");
        overlapping = sweep(work);
        sw_progress(work->draft->context, (double)work->sweeps / work->packing->sweeps,
                    "packing %s: %zu atoms in the way of others", work->name, overlapping);
    }
    return SW_OK;
}

size_t sw_packing_drop(packing_work *work) {
    size_t dropped = 0;
    for (size_t i = 0; i < work->count; i++) {
        push search = {.work = work, .number = i};
        find_push(&search);
        if (!search.overlaps)
            continue;
        sw_places_remove(&work->places, i);
        dropped++;
    }
    return dropped;
}
