/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pores: spheres emptied of their atoms, at given or at random places. */
#include "build/choice.h"
#include "build/steps.h"

#include "base/memory.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TRIES 20000 /* at a place for a pore, each */
#define PI 3.141592653589793

typedef struct pore {
    double middle[3], radius;
} pore;

typedef struct boring {
    sw_draft *draft;
    const sw_recipe_pores *pores;
    pore *pore;
    size_t count;
    sw_places placed; /* middles, for the gaps */
    size_t found;     /* an atom inside */
} boring;

static bool take_one(void *user, size_t number, const double vector[3], double squared) {
    (void)vector, (void)squared;
    ((boring *)user)->found = number;
    return false;
}

static void empty(boring *work, const pore *hole) {
    for (;;) {
        work->found = SIZE_MAX;
        sw_draft_visit(work->draft, hole->middle, hole->radius, take_one, work);
        if (work->found == SIZE_MAX)
            break;
        sw_draft_remove(work->draft, work->found, SW_GONE_PORE);
    }
    sw_text_append(
        &work->draft->pores, "%s%.4f %.4f %.4f %.4f", work->draft->pores.length > 0 ? ", " : "",
        hole->middle[0] + work->draft->middle[0], hole->middle[1] + work->draft->middle[1],
        hole->middle[2] + work->draft->middle[2], hole->radius);
}

/* Whether it keeps the gap to the pores before it. */
static bool has_gap(void *user, size_t number, const double vector[3], double squared) {
    boring *work = user;
    const pore *last = &work->pore[work->count];
    double least = work->pore[number].radius + last->radius + work->pores->apart;
    (void)vector;
    if (squared >= least * least)
        return true;
    work->found = number;
    return false;
}

static bool fits(boring *work, const sw_where *where, const double corner[3]) {
    const pore *last = &work->pore[work->count];
    if (!sw_draft_has(work->draft, last->middle) || !sw_where_has(where, last->middle))
        return false;
    work->found = SIZE_MAX;
    sw_places_visit(&work->placed, corner, 2 * work->pores->radius[1] + work->pores->apart, has_gap,
                    work);
    return work->found == SIZE_MAX;
}

static sw_status draw_pore(boring *work, const sw_where *where, sw_random *random,
                           const double low[3], const double high[3]) {
    pore *hole = &work->pore[work->count];
    const double *radius = work->pores->radius;
    hole->radius = radius[0] + sw_random_uniform(random) * (radius[1] - radius[0]);
    for (int tries = 0; tries < TRIES; tries++) {
        double corner[3];
        sw_draft_draw_place(hole->middle, corner, work->draft, low, high, random);
        if (fits(work, where, corner))
            return sw_places_add(&work->placed, work->count++, corner, work->draft->error);
    }
    return sw_draft_fail(work->draft, "ask for fewer or smaller pores, or a wider place",
                         "found no place for pore %zu of %zu in %d tries", work->count + 1,
                         work->pores->number, TRIES);
}

static sw_status draw_pores(boring *work) {
    sw_random random = sw_draft_random(work->draft, 0);
    const sw_recipe *recipe = work->draft->recipe;
    double low[3], high[3];
    sw_where where;
    sw_status status = sw_draft_bounds(low, high, work->draft, work->pores->where.region);
    if (status == SW_OK)
        status = sw_where_create(&where, work->draft, &work->pores->where);
    if (status != SW_OK)
        return status;
    status = sw_places_create(
        &work->placed, recipe->has_cell ? recipe->cell : NULL, recipe->periodic,
        fmax(2, 2 * work->pores->radius[1] + work->pores->apart), work->draft->error);
    while (status == SW_OK && work->count < work->pores->number)
        status = draw_pore(work, &where, &random, low, high);
    sw_where_clear(&where);
    sw_places_clear(&work->placed);
    return status;
}

static void take_places(boring *work) {
    for (; work->count < work->pores->places; work->count++) {
        pore *hole = &work->pore[work->count];
        memcpy(hole->middle, work->pores->place[work->count], sizeof hole->middle);
        hole->radius = work->pores->radius[0];
    }
}

sw_status sw_step_pores(sw_draft *draft, const sw_recipe_pores *pores) {
    boring work = {.draft = draft, .pores = pores};
    double volume = 0;
    sw_status status = SW_OK;
    work.pore = sw_allocate(pores->number + pores->places, sizeof *work.pore);
    if (!work.pore)
        return sw_error_set(draft->error, SW_ERROR_MEMORY, "pores", NULL, "no memory");
    take_places(&work);
    if (pores->number > 0)
        status = draw_pores(&work);
    for (size_t i = 0; i < work.count && status == SW_OK; i++) {
        empty(&work, &work.pore[i]);
        volume += 4 * PI / 3 * pow(work.pore[i].radius, 3);
    }
    snprintf(draft->done, sizeof draft->done, "%zu spheres of %.5g A^3 in all", work.count, volume);
    free(work.pore);
    return status;
}
