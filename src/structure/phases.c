/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/phases.h"

#include "base/memory.h"
#include "base/sorting.h"
#include "structure/phase_smoothing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define BANDWIDTH 0.015 /* of the valley, in median spacings */

const char *sw_phase_name(sw_phase_kind phase) {
    static const char *const names[SW_PHASES] = {"none", "dense crystal", "wide crystal",
                                                 "amorphous"};
    return phase < SW_PHASES ? names[phase] : names[SW_PHASE_NONE];
}

/* ---- order ----------------------------------------------------------------------------------- */

static sw_status find_order(sw_phase_map *map, const sw_phase_options *options, sw_context *context,
                            sw_error *error) {
    static const int degrees[] = {4, 6};
    const sw_bond_order_options wanted = {.l = degrees, .count = 2, .averaged = true};
    sw_bond_order order;
    sw_status status = sw_bond_order_create(&order, &map->neighbours, &wanted, context, error);
    if (status != SW_OK)
        return status;
    map->order = sw_allocate(map->atoms, sizeof *map->order);
    for (size_t i = 0; map->order && i < map->atoms; i++)
        map->order[i] = sw_normalised_order(order.averaged_q[i], order.averaged_q[map->atoms + i],
                                            options->reference);
    sw_bond_order_clear(&order);
    return map->order ? SW_OK : SW_ERROR_MEMORY;
}

static bool is_ordered(const sw_phase_map *map, const sw_phase_options *options, size_t atom) {
    return map->order == NULL || map->order[atom] >= options->disordered;
}

/* ---- dense or wide --------------------------------------------------------------------------- */

/* Spacings of atoms that a template fits, averaged with their neighbours'. */
static void find_spacings(sw_phase_map *map, const sw_crystal_matching *matching,
                          const sw_phase_options *options) {
    const sw_neighbours *near = &map->neighbours;
    for (size_t i = 0; i < map->atoms; i++) {
        double sum = matching->match[i].distance;
        size_t count = 1;
        map->spacing[i] = NAN;
        if (matching->match[i].type == SW_CRYSTAL_OTHER || !is_ordered(map, options, i))
            continue;
        for (size_t k = near->first[i]; k < near->first[i + 1]; k++) {
            const sw_crystal_match *other = &matching->match[near->index[k]];
            if (other->type == SW_CRYSTAL_OTHER || !is_ordered(map, options, near->index[k]))
                continue;
            sum += other->distance;
            count++;
        }
        map->spacing[i] = sum / (double)count;
    }
}

static sw_status find_border(sw_phase_map *map, const sw_phase_options *options) {
    map->valley = (sw_valley){NAN, NAN, NAN, NAN};
    map->border = options->spacing;
    if (!isnan(options->spacing))
        return SW_OK;
    double *known = sw_allocate(map->atoms, sizeof *known);
    size_t count = 0;
    if (known == NULL)
        return SW_ERROR_MEMORY;
    for (size_t i = 0; i < map->atoms; i++)
        if (isfinite(map->spacing[i]))
            known[count++] = map->spacing[i];
    sw_sort_numbers(known, count);
    sw_status status = SW_OK;
    if (count > 0)
        status = sw_valley_find(&map->valley, known, count, BANDWIDTH * known[count / 2],
                                options->smallest);
    map->border = map->valley.place;
    free(known);
    return status;
}

static uint8_t side_of(const sw_phase_map *map, double spacing) {
    return spacing < map->border ? SW_PHASE_DENSE : SW_PHASE_WIDE;
}

/* ---- the lattice rule ------------------------------------------------------------------------ */

static sw_status find_grains(sw_phase_map *map, const sw_crystal_matching *matching,
                             const uint8_t *label, const sw_phase_options *options,
                             sw_context *context, sw_error *error) {
    sw_crystal_grain_options wanted = options->grain;
    wanted.label = label;
    wanted.smallest = options->smallest;
    return sw_crystal_grains_create(&map->grains, &map->neighbours, matching, &wanted, context,
                                    error);
}

static sw_status apply_lattice(sw_phase_map *map, const sw_crystal_matching *matching,
                               const sw_phase_options *options, sw_context *context,
                               sw_error *error) {
    uint8_t *label = sw_allocate(map->atoms, 1);
    if (label == NULL)
        return SW_ERROR_MEMORY;
    for (size_t i = 0; i < map->atoms; i++)
        label[i] = isnan(map->spacing[i]) ? SW_ANY_GRAIN : side_of(map, map->spacing[i]);
    sw_status status = find_grains(map, matching, label, options, context, error);
    free(label);
    for (size_t i = 0; i < map->atoms && status == SW_OK; i++)
        map->phase[i] = map->grains.of[i] == SW_NO_GRAIN
                            ? SW_PHASE_AMORPHOUS
                            : map->grains.list[map->grains.of[i]].label;
    return status;
}

/* ---- the rule of bond order ------------------------------------------------------------------ */

/* Spacing of an ordered atom without one, from those of its ordered neighbours; NaN where none has.
 */
static double neighbours_spacing(const sw_phase_map *map, const double *spacing, size_t atom) {
    const sw_neighbours *near = &map->neighbours;
    double sum = 0.0;
    size_t count = 0;
    for (size_t k = near->first[atom]; k < near->first[atom + 1]; k++)
        if (isfinite(spacing[near->index[k]])) {
            sum += spacing[near->index[k]];
            count++;
        }
    return count > 0 ? sum / (double)count : NAN;
}

/* Round by round from the atoms that have a spacing; each round looks at the state before it. */
static sw_status spread_spacings(double *spacing, const sw_phase_map *map,
                                 const sw_phase_options *options, sw_context *context) {
    double *next = sw_allocate(map->atoms, sizeof *next);
    bool changed = next != NULL;
    while (changed && !sw_context_cancelled(context)) {
        changed = false;
        memcpy(next, spacing, map->atoms * sizeof *next);
        for (size_t i = 0; i < map->atoms; i++)
            if (isnan(spacing[i]) && is_ordered(map, options, i)) {
                next[i] = neighbours_spacing(map, spacing, i);
                changed = changed || !isnan(next[i]);
            }
        memcpy(spacing, next, map->atoms * sizeof *next);
    }
    free(next);
    return next ? SW_OK : SW_ERROR_MEMORY;
}

static sw_status apply_order(sw_phase_map *map, const sw_crystal_matching *matching,
                             const sw_phase_options *options, sw_context *context,
                             sw_error *error) {
    double *spacing = sw_allocate(map->atoms, sizeof *spacing);
    if (spacing == NULL)
        return SW_ERROR_MEMORY;
    memcpy(spacing, map->spacing, map->atoms * sizeof *spacing);
    sw_status status = spread_spacings(spacing, map, options, context);
    for (size_t i = 0; i < map->atoms && status == SW_OK; i++)
        map->phase[i] = is_ordered(map, options, i) ? side_of(map, spacing[i]) : SW_PHASE_AMORPHOUS;
    free(spacing);
    uint8_t *label = sw_allocate(map->atoms, 1);
    if (status != SW_OK || label == NULL) {
        free(label);
        return SW_ERROR_MEMORY;
    }
    for (size_t i = 0; i < map->atoms; i++)
        label[i] = map->phase[i] == SW_PHASE_AMORPHOUS ? 0 : map->phase[i];
    status = find_grains(map, matching, label, options, context, error);
    free(label);
    return status;
}

/* ---- all of it ------------------------------------------------------------------------------- */

/* An atom is of a grain only where it is of the grain's side. */
static void part_grains(sw_phase_map *map) {
    for (size_t i = 0; i < map->atoms; i++) {
        uint32_t grain = map->grains.of[i];
        if (grain != SW_NO_GRAIN && map->grains.list[grain].label != map->phase[i])
            map->grains.of[i] = SW_NO_GRAIN;
    }
}

static sw_status classify(sw_phase_map *map, const sw_crystal_matching *matching,
                          const sw_phase_options *options, sw_context *context, sw_error *error) {
    map->phase = sw_allocate(map->atoms, 1);
    map->spacing = sw_allocate(map->atoms, sizeof *map->spacing);
    if (!map->phase || !map->spacing)
        return SW_ERROR_MEMORY;
    sw_status status = SW_OK;
    if (options->rule == SW_ORDER_BY_BONDS)
        status = find_order(map, options, context, error);
    if (status == SW_OK) {
        find_spacings(map, matching, options);
        status = find_border(map, options);
    }
    if (status == SW_OK && options->rule == SW_ORDER_BY_BONDS)
        status = apply_order(map, matching, options, context, error);
    else if (status == SW_OK)
        status = apply_lattice(map, matching, options, context, error);
    if (status == SW_OK)
        status =
            sw_phase_majority(&map->smoothed, map->phase, &map->neighbours, options->smoothing);
    if (status == SW_OK)
        status = sw_phase_merge_small(&map->moved, map->phase, &map->neighbours, options->smallest);
    if (status == SW_OK)
        part_grains(map);
    return status;
}

sw_status sw_phase_map_create(sw_phase_map *map, const sw_atoms *atoms,
                              const sw_phase_options *options, sw_context *context,
                              sw_error *error) {
    const sw_crystal_matching_options wanted = {.crystals = options->crystals,
                                                .threshold = options->threshold,
                                                .farthest = options->threshold};
    sw_crystal_matching matching;
    *map = (sw_phase_map){.atoms = sw_atoms_count(atoms)};
    sw_status status = sw_crystal_matching_create(&matching, atoms, &wanted, context, error);
    if (status != SW_OK)
        return status;
    status = sw_neighbours_within(&map->neighbours, atoms, options->cutoff,
                                  SW_NEIGHBOURS_BY_DISTANCE, context, error);
    if (status == SW_OK)
        status = classify(map, &matching, options, context, error);
    sw_crystal_matching_clear(&matching);
    if (status != SW_OK)
        sw_phase_map_clear(map);
    return status;
}

void sw_phase_map_clear(sw_phase_map *map) {
    free(map->phase);
    free(map->order);
    free(map->spacing);
    sw_crystal_grains_clear(&map->grains);
    sw_neighbours_clear(&map->neighbours);
    *map = (sw_phase_map){0};
}
