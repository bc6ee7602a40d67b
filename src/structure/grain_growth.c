/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/grain_growth.h"

#include "base/memory.h"
#include "base/rotation.h"
#include "structure/orientation.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define RIVALS 16 /* grains that one atom can touch; further ones are not looked at */

/* ---- the rim --------------------------------------------------------------------------------- */

/* Squared deviation of a bond of an atom in a grain from the nearest ideal one, in squares of the
 * nearest distance. */
static double deviation(const sw_grain_work *work, size_t atom, const double bond[3]) {
    const sw_crystal_grains *grains = work->grains;
    const sw_crystal_template *of = sw_crystal_template_of(work->type[grains->of[atom]]);
    double rotation[3][3], own[3], least = INFINITY;
    double scale = grains->distance[atom] / of->nearest;
    sw_rotation_of_quaternion(rotation, grains->orientation[atom]);
    for (int k = 0; k < 3; k++) /* in the axes of the crystal */
        own[k] = (rotation[0][k] * bond[0] + rotation[1][k] * bond[1] + rotation[2][k] * bond[2]);
    for (size_t p = 1; p <= of->neighbours; p++) {
        double there = 0.0, opposite = 0.0;
        for (int k = 0; k < 3; k++) {
            double ideal = scale * of->point[p][k];
            there += (own[k] - ideal) * (own[k] - ideal);
            opposite += (own[k] + ideal) * (own[k] + ideal);
        }
        least = fmin(least, fmin(there, opposite));
    }
    return least / (grains->distance[atom] * grains->distance[atom]);
}

typedef struct sw_rival {
    uint32_t grain;
    size_t bonds;
    double distance, deviation; /* sums */
    sw_orientation_mean mean;
} sw_rival;

static void support(const sw_grain_work *work, sw_rival *rivals, size_t *count, size_t atom,
                    double away) {
    const sw_crystal_grains *grains = work->grains;
    uint32_t grain = grains->of[atom];
    size_t r = 0;
    while (r < *count && rivals[r].grain != grain)
        r++;
    if (r == RIVALS)
        return;
    if (r == *count) {
        rivals[r] = (sw_rival){.grain = grain};
        memcpy(rivals[r].mean.reference, grains->orientation[atom],
               sizeof rivals[r].mean.reference);
        (*count)++;
    }
    rivals[r].bonds++;
    rivals[r].distance += grains->distance[atom];
    rivals[r].deviation += away;
    sw_orientation_mean_add(&rivals[r].mean, grains->orientation[atom], work->type[grain]);
}

static bool is_better(const sw_rival *a, const sw_rival *b) {
    if (a->bonds != b->bonds)
        return a->bonds > b->bonds;
    return a->deviation != b->deviation ? a->deviation < b->deviation : a->grain < b->grain;
}

/* The grain that an atom without one joins, in *best; false where none. */
static bool find_grain(const sw_grain_work *work, sw_rival *best, size_t atom) {
    const sw_neighbours *near = work->neighbours;
    const double limit = work->options->rim_tolerance * work->options->rim_tolerance;
    sw_rival rivals[RIVALS];
    size_t count = 0;
    uint8_t label = sw_grain_label(work, atom);
    *best = (sw_rival){.grain = SW_NO_GRAIN};
    for (size_t k = near->first[atom]; k < near->first[atom + 1] && label != 0; k++) {
        size_t other = near->index[k];
        uint32_t grain = work->grains->of[other];
        const double back[3] = {-near->vector[k][0], -near->vector[k][1], -near->vector[k][2]};
        if (grain == SW_NO_GRAIN || (label != SW_ANY_GRAIN && work->label[grain] != label))
            continue;
        double away = deviation(work, other, back);
        if (away < limit)
            support(work, rivals, &count, other, away);
    }
    for (size_t r = 0; r < count; r++)
        if (is_better(&rivals[r], best))
            *best = rivals[r];
    return count > 0 && best->bonds >= work->options->rim_bonds;
}

typedef struct sw_newcomer {
    uint32_t atom;
    sw_rival grain;
} sw_newcomer;

static void welcome(sw_grain_work *work, const sw_newcomer *newcomer) {
    sw_crystal_grains *grains = work->grains;
    size_t atom = newcomer->atom;
    grains->of[atom] = newcomer->grain.grain;
    grains->rim[atom] = true;
    grains->distance[atom] = newcomer->grain.distance / (double)newcomer->grain.bonds;
    sw_orientation_mean_take(grains->orientation[atom], &newcomer->grain.mean);
    work->size[newcomer->grain.grain]++;
}

sw_status sw_grain_grow(sw_grain_work *work, sw_context *context) {
    sw_newcomer *newcomers = NULL;
    size_t capacity = 0, count = 1;
    sw_status status = SW_OK;
    for (size_t round = 0; round < work->options->rim_rounds && count > 0 && status == SW_OK;
         round++) {
        count = 0;
        for (size_t i = 0; i < work->grains->atoms && status == SW_OK; i++) {
            sw_newcomer found = {.atom = (uint32_t)i};
            if (work->grains->of[i] != SW_NO_GRAIN || !find_grain(work, &found.grain, i))
                continue;
            if (!sw_reserve(&newcomers, &capacity, count + 1, sizeof *newcomers))
                status = SW_ERROR_MEMORY;
            else
                newcomers[count++] = found;
        }
        for (size_t n = 0; n < count && status == SW_OK; n++)
            welcome(work, &newcomers[n]);
        if (status == SW_OK && sw_context_cancelled(context))
            status = SW_ERROR_CANCELLED;
    }
    free(newcomers);
    return status;
}

/* ---- grains that touch ----------------------------------------------------------------------- */

static uint32_t root(uint32_t *parent, uint32_t grain) {
    while (parent[grain] != grain) {
        parent[grain] = parent[parent[grain]];
        grain = parent[grain];
    }
    return grain;
}

static bool continues(const sw_grain_work *work, size_t a, size_t b, const double bond[3]) {
    const sw_crystal_grains *grains = work->grains;
    const double limit = work->options->rim_tolerance * work->options->rim_tolerance;
    const double back[3] = {-bond[0], -bond[1], -bond[2]};
    uint32_t left = grains->of[a], right = grains->of[b];
    return work->label[left] == work->label[right] && work->type[left] == work->type[right] &&
           sw_orientation_apart(grains->orientation[a], grains->orientation[b], work->type[left]) <
               work->options->misorientation &&
           deviation(work, a, bond) < limit && deviation(work, b, back) < limit;
}

sw_status sw_grain_unite(sw_grain_work *work) {
    sw_crystal_grains *grains = work->grains;
    const sw_neighbours *near = work->neighbours;
    uint32_t *parent = sw_allocate(grains->count, sizeof *parent);
    if (parent == NULL)
        return SW_ERROR_MEMORY;
    for (size_t g = 0; g < grains->count; g++)
        parent[g] = (uint32_t)g;
    for (size_t i = 0; i < grains->atoms; i++)
        for (size_t k = near->first[i]; k < near->first[i + 1]; k++) {
            size_t j = near->index[k];
            if (j < i || grains->of[i] == SW_NO_GRAIN || grains->of[j] == SW_NO_GRAIN)
                continue;
            uint32_t a = root(parent, grains->of[i]), b = root(parent, grains->of[j]);
            if (a != b && continues(work, i, j, near->vector[k]))
                parent[a < b ? b : a] = a < b ? a : b;
        }
    for (size_t i = 0; i < grains->atoms; i++) {
        if (grains->of[i] == SW_NO_GRAIN)
            continue;
        uint32_t now = root(parent, grains->of[i]);
        work->size[grains->of[i]]--;
        work->size[now]++;
        grains->of[i] = now;
    }
    free(parent);
    return SW_OK;
}
