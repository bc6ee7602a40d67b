/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/rotation_search.h"

#include "structure/assignment.h"
#include "structure/overlap_bounds.h"

#include <math.h>

#define LANES SW_COVER_LANES
#define MOST SW_TEMPLATE_NEIGHBOURS
#define SLACK 1e-5F /* of overlaps, which are at most 1; rounding is far less */

typedef struct sw_rotation_work {
    sw_template_search *search;
    sw_overlap_input input;
    double limit;       /* the search's, when the next two were computed from it */
    float overlap, sum; /* C and C + c */
    /* at the rotation that is being looked at: */
    float loss[MOST][MOST], room; /* what an assignment may lose */
} sw_rotation_work;

static void follow_limit(sw_rotation_work *work) {
    const sw_template_search *search = work->search;
    double points = (double)search->of->neighbours + 1.0;
    if (search->limit == work->limit)
        return;
    double sine = fmin(search->limit * sqrt(points / search->of->spread), 1.0);
    double cosine = sqrt(1.0 - sine * sine);
    work->limit = search->limit;
    work->overlap = (float)cosine;
    work->sum = (float)(cosine + cosine / 3.0 + sine * sqrt(8.0 / 9.0));
}

static float overlap_needed(const sw_rotation_work *work, float part) {
    return work->overlap - work->sum * part - SLACK;
}

/* Neighbours from i on take places in every way that leaves the sum of losses within the room. */
static void try_assignments(sw_rotation_work *work, size_t i, uint32_t taken, float lost) {
    sw_template_search *search = work->search;
    size_t count = search->of->neighbours;
    if (i == count) {
        sw_template_search_try(search);
        return;
    }
    for (size_t p = 0; p < count && !search->finished; p++) {
        float all = lost + work->loss[i][p];
        if ((taken >> p & 1U) || all > work->room)
            continue;
        search->place[i] = (uint8_t)p;
        try_assignments(work, i + 1, taken | 1U << p, all);
    }
}

static void look_at_rotation(sw_rotation_work *work, const sw_rotation_block *block, size_t lane) {
    float needed = overlap_needed(work, block->part[lane]);
    work->room = sw_overlap_losses(work->loss, &work->input, block, lane) - needed;
    if (work->room < 0.0F)
        return;
    work->room -= sw_assignment_reduce(work->loss, work->search->of->neighbours, work->room);
    if (work->room < 0.0F)
        return;
    try_assignments(work, 0, 0, 0.0F);
    follow_limit(work);
}

static void look_at_block(sw_rotation_work *work, const sw_rotation_block *block) {
    float bound[LANES], needed[LANES];
    for (size_t l = 0; l < LANES; l++)
        needed[l] = overlap_needed(work, block->part[l]);
    sw_overlap_bounds(bound, &work->input, block, needed);
    for (size_t l = 0; l < LANES && !work->search->finished; l++)
        if (bound[l] >= needed[l])
            look_at_rotation(work, block, l);
}

void sw_rotation_search(sw_template_search *search) {
    const sw_template_axes *axes = sw_template_axes_of(search->of->kind);
    sw_rotation_work work = {.search = search, .limit = -1.0};
    work.input.axes = axes;
    work.input.count = search->of->neighbours;
    for (size_t i = 0; i < search->of->neighbours; i++)
        for (int k = 0; k < 3; k++)
            work.input.v[i][k] = search->shape->lane[k][i];
    follow_limit(&work);
    for (size_t t = 0; t < axes->turns; t++) {
        work.input.turned = axes->turned[t];
        for (size_t b = 0; b < axes->cover->blocks && !search->finished; b++)
            look_at_block(&work, &axes->cover->block[b]);
    }
}
