/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/phase_summary.h"

#include "base/memory.h"
#include "structure/mode.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define BETWEEN_SHELLS 1.2071067811865475 /* (1 + sqrt 2) / 2 */

typedef struct sw_mean_sums {
    size_t count;
    double sum, squares;
} sw_mean_sums;

typedef struct sw_part_sums {
    size_t atoms;
    sw_mean_sums density, nearest, bond;
} sw_part_sums;

static void add(sw_mean_sums *sums, double value) {
    sums->count++;
    sums->sum += value;
    sums->squares += value * value;
}

static sw_interval mean_of(const sw_mean_sums *sums) {
    return sw_interval_mean(sums->sum, sums->squares, sums->count);
}

/* Mean distance of the neighbours nearer than `limit`; NaN where there are none. */
static double bond_length(const sw_neighbours *near, size_t atom, double limit) {
    double sum = 0.0;
    size_t k = near->first[atom];
    for (; k < near->first[atom + 1] && near->distance[k] < limit; k++)
        sum += near->distance[k];
    return k > near->first[atom] ? sum / (double)(k - near->first[atom]) : NAN;
}

static void add_atom(sw_part_sums *sums, const sw_phase_map *map, const sw_voronoi_atom *cell,
                     size_t atom, double farthest, double limit) {
    const sw_neighbours *near = &map->neighbours;
    double bond = bond_length(near, atom, limit);
    sums->atoms++;
    if (!sw_voronoi_at_surface(cell, farthest))
        add(&sums->density, 1.0 / cell->volume);
    if (near->first[atom + 1] > near->first[atom])
        add(&sums->nearest, near->distance[near->first[atom]]);
    if (!isnan(bond))
        add(&sums->bond, bond);
}

static sw_phase_part finish(const sw_part_sums *sums) {
    return (sw_phase_part){.atoms = sums->atoms,
                           .cells = sums->density.count,
                           .concentration = mean_of(&sums->density),
                           .nearest = mean_of(&sums->nearest),
                           .bond = mean_of(&sums->bond)};
}

/* Where bonds of a phase end: infinite for amorphous and where no spacing is known. */
static void find_limits(double limit[SW_PHASES], const sw_phase_map *map) {
    sw_mean_sums sums[SW_PHASES];
    memset(sums, 0, sizeof sums);
    for (size_t i = 0; i < map->atoms; i++)
        if (isfinite(map->spacing[i]))
            add(&sums[map->phase[i]], map->spacing[i]);
    for (int p = 0; p < SW_PHASES; p++)
        limit[p] = p == SW_PHASE_AMORPHOUS || sums[p].count == 0
                       ? INFINITY
                       : BETWEEN_SHELLS * sums[p].sum / (double)sums[p].count;
}

/* ---- the most frequent bonds ----------------------------------------------------------------- */

typedef struct sw_bond_choice {
    const sw_phase_map *map;
    const uint32_t *depth;
    size_t rim;
    double limit[SW_PHASES];
} sw_bond_choice;

static bool is_inner(const sw_bond_choice *choice, size_t atom) {
    return choice->depth[atom] == 0 || choice->depth[atom] > choice->rim;
}

/* Bonds of the atoms of a phase, into `length`; each of two atoms of the phase tells theirs. */
static size_t list_bonds(double *length, const sw_bond_choice *choice, int phase, bool inner) {
    const sw_neighbours *near = &choice->map->neighbours;
    size_t count = 0;
    for (size_t i = 0; i < near->atoms; i++) {
        if (choice->map->phase[i] != phase || (inner && !is_inner(choice, i)))
            continue;
        for (size_t k = near->first[i];
             k < near->first[i + 1] && near->distance[k] < choice->limit[phase]; k++)
            length[count++] = near->distance[k];
    }
    return count;
}

static sw_status find_frequent(sw_phase_summary summary[SW_PHASES], const sw_bond_choice *choice) {
    const sw_neighbours *near = &choice->map->neighbours;
    double *length = sw_allocate(near->first[near->atoms], sizeof *length);
    sw_status status = length != NULL ? SW_OK : SW_ERROR_MEMORY;
    for (int p = 0; p < SW_PHASES && status == SW_OK; p++) {
        size_t all = list_bonds(length, choice, p, false);
        status = sw_mode_find(&summary[p].all.frequent, length, all, 0.5 * (double)all);
        size_t inner = list_bonds(length, choice, p, true);
        if (status == SW_OK)
            status = sw_mode_find(&summary[p].inner.frequent, length, inner, 0.5 * (double)inner);
    }
    free(length);
    return status;
}

sw_status sw_phase_summarise(sw_phase_summary summary[SW_PHASES], const sw_phase_map *map,
                             const sw_voronoi *voronoi, const uint32_t *depth, size_t rim,
                             double farthest) {
    sw_part_sums all[SW_PHASES], inner[SW_PHASES];
    sw_bond_choice choice = {.map = map, .depth = depth, .rim = rim};
    memset(all, 0, sizeof all);
    memset(inner, 0, sizeof inner);
    memset(summary, 0, SW_PHASES * sizeof *summary);
    find_limits(choice.limit, map);
    for (size_t i = 0; i < map->atoms; i++) {
        uint8_t phase = map->phase[i];
        add_atom(&all[phase], map, &voronoi->atom[i], i, farthest, choice.limit[phase]);
        if (is_inner(&choice, i))
            add_atom(&inner[phase], map, &voronoi->atom[i], i, farthest, choice.limit[phase]);
        summary[phase].in_grains += map->grains.of[i] != SW_NO_GRAIN;
    }
    for (size_t g = 0; g < map->grains.count; g++)
        summary[map->grains.list[g].label].grains++;
    for (int p = 0; p < SW_PHASES; p++) {
        summary[p].all = finish(&all[p]);
        summary[p].inner = finish(&inner[p]);
    }
    return find_frequent(summary, &choice);
}
