/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/grains.h"

#include "base/memory.h"
#include "structure/grain_growth.h"
#include "structure/orientation.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define STANDARD_MISORIENTATION 0.08726646259971647 /* 5 degrees */
#define ROUND_LIMIT 100000

const sw_crystal_grain_options sw_crystal_grain_standard = {.misorientation =
                                                                STANDARD_MISORIENTATION,
                                                            .smallest = 20,
                                                            .rim_bonds = 3,
                                                            .rim_rounds = ROUND_LIMIT,
                                                            .rim_tolerance = 0.25};

double sw_crystal_edge(sw_crystal_kind crystal) {
    static const double edge[SW_CRYSTALS] = {
        [SW_CRYSTAL_OTHER] = 1.0,
        [SW_CRYSTAL_FCC] = 1.4142135623730951,
        [SW_CRYSTAL_HCP] = 1.0,
        [SW_CRYSTAL_BCC] = 1.1547005383792517,
        [SW_CRYSTAL_ICOSAHEDRON] = 1.0,
        [SW_CRYSTAL_SIMPLE_CUBIC] = 1.0,
        [SW_CRYSTAL_DIAMOND] = 2.3094010767585034,
        [SW_CRYSTAL_HEXAGONAL_DIAMOND] = 1.632993161855452,
    };
    return crystal < SW_CRYSTALS ? edge[crystal] : 1.0;
}

/* ---- joining neighbours ---------------------------------------------------------------------- */

static bool is_crystal(const sw_grain_work *work, size_t atom) {
    return work->match[atom].type != SW_CRYSTAL_OTHER &&
           work->match[atom].type != SW_CRYSTAL_ICOSAHEDRON && sw_grain_label(work, atom) != 0 &&
           sw_grain_label(work, atom) != SW_ANY_GRAIN;
}

static bool joined(const sw_grain_work *work, size_t a, size_t b) {
    const sw_crystal_match *left = &work->match[a], *right = &work->match[b];
    return left->type == right->type && sw_grain_label(work, a) == sw_grain_label(work, b) &&
           sw_orientation_apart(left->orientation, right->orientation, left->type) <
               work->options->misorientation;
}

static void take(sw_grain_work *work, size_t atom, uint32_t grain) {
    sw_crystal_grains *grains = work->grains;
    grains->of[atom] = grain;
    grains->distance[atom] = work->match[atom].distance;
    memcpy(grains->orientation[atom], work->match[atom].orientation,
           sizeof grains->orientation[atom]);
}

static void walk(sw_grain_work *work, size_t start) {
    uint32_t number = (uint32_t)work->grains->count++;
    size_t head = 0, tail = 0;
    const sw_neighbours *near = work->neighbours;
    take(work, start, number);
    work->list[tail++] = (uint32_t)start;
    work->first[number] = (uint32_t)start;
    work->type[number] = work->match[start].type;
    work->label[number] = sw_grain_label(work, start);
    while (head < tail) {
        size_t atom = work->list[head++];
        for (size_t k = near->first[atom]; k < near->first[atom + 1]; k++) {
            size_t other = near->index[k];
            if (work->grains->of[other] != SW_NO_GRAIN || !is_crystal(work, other) ||
                !joined(work, atom, other))
                continue;
            take(work, other, number);
            work->list[tail++] = (uint32_t)other;
        }
    }
    work->size[number] = tail;
}

static sw_status join(sw_grain_work *work, sw_context *context) {
    for (size_t i = 0; i < work->grains->atoms; i++) {
        if (i % 1024 == 0 && sw_context_cancelled(context))
            return SW_ERROR_CANCELLED;
        if (is_crystal(work, i) && work->grains->of[i] == SW_NO_GRAIN)
            walk(work, i);
    }
    return SW_OK;
}

/* ---- small grains ---------------------------------------------------------------------------- */

/* Takes the grain from atoms of grains below the smallest size; how many atoms lost theirs. */
static size_t dissolve(sw_grain_work *work) {
    sw_crystal_grains *grains = work->grains;
    size_t lost = 0;
    for (size_t i = 0; i < grains->atoms; i++) {
        if (grains->of[i] == SW_NO_GRAIN || work->size[grains->of[i]] >= work->options->smallest)
            continue;
        grains->of[i] = SW_NO_GRAIN;
        grains->rim[i] = false;
        lost++;
    }
    return lost;
}

/* ---- numbering and means --------------------------------------------------------------------- */

typedef struct sw_grain_rank {
    size_t atoms;
    uint32_t first, number;
} sw_grain_rank;

static int by_size(const void *a, const void *b) {
    const sw_grain_rank *left = a, *right = b;
    if (left->atoms != right->atoms)
        return left->atoms > right->atoms ? -1 : 1;
    return left->first < right->first ? -1 : left->first > right->first;
}

/* Numbers of atoms become those of grains by size; grains->count those that are left. */
static sw_status number(sw_grain_work *work) {
    sw_crystal_grains *grains = work->grains;
    size_t before = grains->count;
    sw_grain_rank *ranks = sw_allocate(before, sizeof *ranks);
    uint32_t *new_number = sw_allocate(before, sizeof *new_number);
    grains->count = 0;
    for (size_t g = 0; ranks && new_number && g < before; g++)
        if (work->size[g] >= work->options->smallest && work->size[g] > 0)
            ranks[grains->count++] = (sw_grain_rank){work->size[g], work->first[g], (uint32_t)g};
    if (grains->count > 0)
        qsort(ranks, grains->count, sizeof *ranks, by_size);
    for (size_t g = 0; g < grains->count; g++)
        new_number[ranks[g].number] = (uint32_t)g;
    grains->list = sw_allocate(grains->count, sizeof *grains->list);
    sw_status status = ranks && new_number && grains->list ? SW_OK : SW_ERROR_MEMORY;
    for (size_t g = 0; g < grains->count && status == SW_OK; g++) {
        grains->list[g].crystal = work->type[ranks[g].number];
        grains->list[g].label = work->label[ranks[g].number];
    }
    for (size_t i = 0; i < grains->atoms && status == SW_OK; i++)
        if (grains->of[i] != SW_NO_GRAIN)
            grains->of[i] = new_number[grains->of[i]];
    free(ranks);
    free(new_number);
    return status;
}

static void count_atoms(sw_crystal_grains *grains) {
    for (size_t i = 0; i < grains->atoms; i++) {
        if (grains->of[i] == SW_NO_GRAIN) {
            grains->distance[i] = NAN;
            for (int k = 0; k < 4; k++)
                grains->orientation[i][k] = NAN;
            continue;
        }
        sw_crystal_grain *grain = &grains->list[grains->of[i]];
        if (grain->atoms++ == 0)
            grain->first = (uint32_t)i;
        if (grains->rim[i])
            continue;
        if (grain->matched++ == 0)
            memcpy(grain->orientation, grains->orientation[i], sizeof grain->orientation);
        grain->distance += grains->distance[i];
        grain->distance_spread += grains->distance[i] * grains->distance[i];
    }
}

/* One step from the first guess of the mean orientations to better ones. */
static void improve_means(sw_crystal_grains *grains, sw_orientation_mean *means) {
    for (size_t g = 0; g < grains->count; g++) {
        means[g] = (sw_orientation_mean){.count = 0};
        memcpy(means[g].reference, grains->list[g].orientation, sizeof means[g].reference);
    }
    for (size_t i = 0; i < grains->atoms; i++)
        if (grains->of[i] != SW_NO_GRAIN && !grains->rim[i])
            sw_orientation_mean_add(&means[grains->of[i]], grains->orientation[i],
                                    grains->list[grains->of[i]].crystal);
    for (size_t g = 0; g < grains->count; g++)
        sw_orientation_mean_take(grains->list[g].orientation, &means[g]);
}

static void finish_means(sw_crystal_grains *grains) {
    for (size_t i = 0; i < grains->atoms; i++) {
        if (grains->of[i] == SW_NO_GRAIN || grains->rim[i])
            continue;
        sw_crystal_grain *grain = &grains->list[grains->of[i]];
        double apart =
            sw_orientation_apart(grain->orientation, grains->orientation[i], grain->crystal);
        grain->spread += apart * apart;
    }
    for (size_t g = 0; g < grains->count; g++) {
        sw_crystal_grain *grain = &grains->list[g];
        double n = (double)grain->matched;
        grain->distance /= n;
        grain->spread = sqrt(grain->spread / n);
        grain->distance_spread =
            sqrt(fmax(grain->distance_spread / n - grain->distance * grain->distance, 0.0));
        grain->lattice = sw_crystal_edge(grain->crystal) * grain->distance;
        sw_crystal_reduce(grain->orientation, grain->crystal);
    }
}

static sw_status describe(sw_grain_work *work) {
    sw_status status = number(work);
    if (status != SW_OK)
        return status;
    sw_orientation_mean *means = sw_allocate(work->grains->count, sizeof *means);
    if (means == NULL)
        return SW_ERROR_MEMORY;
    count_atoms(work->grains);
    improve_means(work->grains, means);
    improve_means(work->grains, means);
    finish_means(work->grains);
    free(means);
    return SW_OK;
}

/* ---- all of it ------------------------------------------------------------------------------- */

static sw_status allocate(sw_grain_work *work) {
    sw_crystal_grains *grains = work->grains;
    size_t atoms = grains->atoms;
    grains->of = sw_allocate(atoms, sizeof *grains->of);
    grains->rim = sw_allocate(atoms, sizeof *grains->rim);
    grains->orientation = sw_allocate(atoms, sizeof *grains->orientation);
    grains->distance = sw_allocate(atoms, sizeof *grains->distance);
    work->size = sw_allocate(atoms, sizeof *work->size);
    work->type = sw_allocate(atoms, sizeof *work->type);
    work->label = sw_allocate(atoms, sizeof *work->label);
    work->first = sw_allocate(atoms, sizeof *work->first);
    work->list = sw_allocate(atoms, sizeof *work->list);
    bool all = grains->of && grains->rim && grains->orientation && grains->distance && work->size &&
               work->type && work->first && work->list;
    if (all)
        memset(grains->of, 0xff, atoms * sizeof *grains->of);
    return all ? SW_OK : SW_ERROR_MEMORY;
}

static sw_status find_all(sw_grain_work *work, sw_context *context) {
    sw_status status = allocate(work);
    if (status == SW_OK)
        status = join(work, context);
    if (status == SW_OK)
        status = sw_grain_grow(work, context);
    if (status == SW_OK)
        status = sw_grain_unite(work);
    if (status == SW_OK && dissolve(work) > 0) {
        status = sw_grain_grow(work, context);
        if (status == SW_OK)
            status = sw_grain_unite(work);
    }
    return status == SW_OK ? describe(work) : status;
}

sw_status sw_crystal_grains_create(sw_crystal_grains *grains, const sw_neighbours *neighbours,
                                   const sw_crystal_matching *matching,
                                   const sw_crystal_grain_options *options, sw_context *context,
                                   sw_error *error) {
    sw_grain_work work = {
        .grains = grains, .neighbours = neighbours, .match = matching->match, .options = options};
    *grains = (sw_crystal_grains){.atoms = matching->atoms};
    if (matching->atoms != neighbours->atoms || !(options->misorientation > 0.0) ||
        !(options->rim_tolerance >= 0.0) || options->rim_bonds == 0)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "grains", "give an angle above 0",
                            "grains need an angle, a number of bonds and as many neighbours as "
                            "crystals");
    sw_status status = find_all(&work, context);
    free(work.size);
    free(work.type);
    free(work.label);
    free(work.first);
    free(work.list);
    if (status == SW_OK)
        return SW_OK;
    sw_crystal_grains_clear(grains);
    return sw_error_set(error, status, "grains", NULL, "%s",
                        status == SW_ERROR_MEMORY ? "not enough memory for grains" : "interrupted");
}

void sw_crystal_grains_clear(sw_crystal_grains *grains) {
    free(grains->list);
    free(grains->of);
    free(grains->rim);
    free(grains->orientation);
    free(grains->distance);
    *grains = (sw_crystal_grains){0};
}
