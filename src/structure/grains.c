/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/grains.h"

#include "base/memory.h"
#include "base/rotation.h"
#include "structure/orientation.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define STANDARD_MISORIENTATION 0.08726646259971647 /* 5 degrees */
#define ROUND_LIMIT 100000
#define RIVALS 16 /* grains that one atom can touch; further ones are not looked at */

const sw_crystal_grain_options sw_crystal_grain_standard = {.misorientation =
                                                                STANDARD_MISORIENTATION,
                                                            .smallest = 20,
                                                            .rim_bonds = 3,
                                                            .rim_rounds = ROUND_LIMIT,
                                                            .rim_tolerance = 0.25};

typedef struct sw_grain_work {
    sw_crystal_grains *grains;
    const sw_neighbours *neighbours;
    const sw_crystal_match *match;
    const sw_crystal_grain_options *options;
    size_t *size;           /* [count] atoms */
    sw_crystal_kind *type;  /* [count] crystal of a grain */
    uint8_t *label;         /* [count] */
    uint32_t *first, *list; /* [count] first atom; [atoms] queue, or atoms that changed */
} sw_grain_work;

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

/* ---- joining neighbours
 * -------------------------------------------------------------------------- */

static uint8_t label_of(const sw_grain_work *work, size_t atom) {
    return work->options->label ? work->options->label[atom] : 1;
}

static bool is_crystal(const sw_grain_work *work, size_t atom) {
    return work->match[atom].type != SW_CRYSTAL_OTHER &&
           work->match[atom].type != SW_CRYSTAL_ICOSAHEDRON && label_of(work, atom) != 0 &&
           label_of(work, atom) != SW_ANY_GRAIN;
}

static bool joined(const sw_grain_work *work, size_t a, size_t b) {
    const sw_crystal_match *left = &work->match[a], *right = &work->match[b];
    return left->type == right->type && label_of(work, a) == label_of(work, b) &&
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
    work->label[number] = label_of(work, start);
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

/* ---- the rim
 * ------------------------------------------------------------------------------------- */

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
    uint8_t label = label_of(work, atom);
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

static sw_status grow(sw_grain_work *work, sw_context *context) {
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

/* ---- numbering and means
 * ------------------------------------------------------------------------- */

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

/* ---- all of it
 * ----------------------------------------------------------------------------------- */

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
        status = grow(work, context);
    if (status == SW_OK && dissolve(work) > 0)
        status = grow(work, context);
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
