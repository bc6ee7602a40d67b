/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/matching.h"

#include "base/memory.h"
#include "structure/grid.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct sw_candidate {
    double squared; /* A2 */
    uint32_t reference, found;
} sw_candidate;

typedef struct sw_candidates {
    sw_candidate *list;
    size_t count, capacity;
} sw_candidates;

/* What one round of matching looks at. */
typedef struct sw_search {
    const sw_grid *grid; /* of the reference */
    const sw_atoms *reference, *found;
    const sw_matching_options *options;
    int64_t reach[3];
    sw_grid_run *runs;
} sw_search;

static int by_distance(const void *a, const void *b) {
    const sw_candidate *left = a, *right = b;
    if (left->squared != right->squared)
        return left->squared < right->squared ? -1 : 1;
    if (left->reference != right->reference)
        return left->reference < right->reference ? -1 : 1;
    return left->found < right->found ? -1 : left->found > right->found;
}

/* A found atom, shifted. */
static void moved_atom(double moved[3], const sw_search *search, const double shift[3],
                       size_t atom) {
    const double *position = sw_atoms_positions_const(search->found) + 3 * atom;
    for (int k = 0; k < 3; k++)
        moved[k] = position[k] + shift[k];
}

static bool may_match(const sw_search *search, uint32_t reference, size_t atom) {
    return !search->options->same_element ||
           sw_atoms_elements_const(search->reference)[reference] ==
               sw_atoms_elements_const(search->found)[atom];
}

static sw_status add_near(sw_candidates *found, const sw_search *search, const double shift[3],
                          size_t atom) {
    const sw_grid *grid = search->grid;
    double moved[3], at[3], farthest = search->options->farthest;
    moved_atom(moved, search, shift, atom);
    size_t runs = sw_grid_runs_around(search->runs, at, grid, moved, search->reach);
    for (size_t r = 0; r < runs; r++)
        for (size_t j = search->runs[r].first; j < search->runs[r].end; j++) {
            double squared = sw_grid_squared(grid, j, &search->runs[r], at);
            if (squared > farthest * farthest || !may_match(search, grid->order[j], atom))
                continue;
            if (!sw_reserve(&found->list, &found->capacity, found->count + 1, sizeof *found->list))
                return SW_ERROR_MEMORY;
            found->list[found->count++] = (sw_candidate){squared, grid->order[j], (uint32_t)atom};
        }
    return SW_OK;
}

static void pair_up(sw_matching *matching, sw_candidates *found) {
    if (found->count > 0)
        qsort(found->list, found->count, sizeof *found->list, by_distance);
    memset(matching->partner, 0xff, matching->reference_atoms * sizeof *matching->partner);
    memset(matching->of_found, 0xff, matching->found_atoms * sizeof *matching->of_found);
    matching->matched = 0;
    for (size_t i = 0; i < found->count; i++) {
        const sw_candidate *pair = &found->list[i];
        if (matching->partner[pair->reference] != SW_UNMATCHED ||
            matching->of_found[pair->found] != SW_UNMATCHED)
            continue;
        matching->partner[pair->reference] = pair->found;
        matching->of_found[pair->found] = pair->reference;
        matching->distance[pair->reference] = sqrt(pair->squared);
        matching->matched++;
    }
    for (size_t i = 0; i < matching->reference_atoms; i++)
        if (matching->partner[i] == SW_UNMATCHED)
            matching->distance[i] = NAN;
}

/* Mean of reference - found over the pairs, as they are shifted now. */
static void mean_displacement(double mean[3], const sw_matching *matching,
                              const sw_search *search) {
    const double *reference = sw_atoms_positions_const(search->reference);
    memset(mean, 0, 3 * sizeof *mean);
    for (size_t i = 0; i < matching->reference_atoms && matching->matched > 0; i++) {
        double at[3], apart[3];
        if (matching->partner[i] == SW_UNMATCHED)
            continue;
        moved_atom(at, search, matching->shift, matching->partner[i]);
        for (int k = 0; k < 3; k++)
            apart[k] = reference[3 * i + (size_t)k] - at[k];
        sw_box_nearest_image(apart, &search->grid->box);
        for (int k = 0; k < 3; k++)
            mean[k] += apart[k] / (double)matching->matched;
    }
}

static sw_status match_once(sw_matching *matching, sw_candidates *found, const sw_search *search,
                            sw_context *context) {
    found->count = 0;
    for (size_t i = 0; i < matching->found_atoms; i++) {
        sw_status status = add_near(found, search, matching->shift, i);
        if (status == SW_OK && (i & 0xffff) == 0 && sw_context_cancelled(context))
            status = SW_ERROR_CANCELLED;
        if (status != SW_OK)
            return status;
    }
    pair_up(matching, found);
    return SW_OK;
}

static sw_status settle(sw_matching *matching, const sw_search *search, sw_context *context) {
    sw_candidates found = {0};
    sw_status status = SW_OK;
    while (!matching->settled && matching->rounds < search->options->most_rounds) {
        double mean[3];
        status = match_once(matching, &found, search, context);
        if (status != SW_OK)
            break;
        matching->rounds++;
        mean_displacement(mean, matching, search);
        double step = sqrt(mean[0] * mean[0] + mean[1] * mean[1] + mean[2] * mean[2]);
        matching->settled = !search->options->shifted || step <= search->options->shift_tolerance;
        for (int k = 0; k < 3 && !matching->settled; k++)
            matching->shift[k] += mean[k];
    }
    free(found.list);
    return status;
}

static sw_status prepare(sw_matching *matching, sw_search *search) {
    size_t references = matching->reference_atoms, found = matching->found_atoms;
    matching->partner = sw_allocate(references, sizeof *matching->partner);
    matching->of_found = sw_allocate(found, sizeof *matching->of_found);
    matching->distance = sw_allocate(references, sizeof *matching->distance);
    search->runs =
        sw_allocate(sw_grid_run_limit(search->grid, search->reach), sizeof *search->runs);
    if (!matching->partner || !matching->of_found || !matching->distance || !search->runs)
        return SW_ERROR_MEMORY;
    memset(matching->partner, 0xff, references * sizeof *matching->partner);
    memset(matching->of_found, 0xff, found * sizeof *matching->of_found);
    for (size_t i = 0; i < references; i++)
        matching->distance[i] = NAN;
    return SW_OK;
}

sw_status sw_matching_create(sw_matching *matching, const sw_atoms *reference,
                             const sw_atoms *found, const sw_matching_options *options,
                             sw_context *context, sw_error *error) {
    sw_grid grid = {0};
    sw_box box; /* looks at the found positions too */
    *matching = (sw_matching){.reference_atoms = sw_atoms_count(reference),
                              .found_atoms = sw_atoms_count(found)};
    sw_search search = {.grid = &grid, .reference = reference, .found = found, .options = options};
    sw_status status = sw_box_create(&box, found, error);
    if (status == SW_OK)
        status = sw_grid_create(&grid, reference, options->farthest, error);
    if (status != SW_OK)
        return status;
    sw_grid_reach(search.reach, &grid, options->farthest);
    status = prepare(matching, &search);
    if (status == SW_OK)
        status = settle(matching, &search, context);
    free(search.runs);
    sw_grid_clear(&grid);
    if (status != SW_OK) {
        sw_matching_clear(matching);
        return sw_error_set(error, status, "compare", NULL, "%s",
                            status == SW_ERROR_MEMORY ? "not enough memory to match the atoms"
                                                      : "interrupted");
    }
    return SW_OK;
}

void sw_matching_clear(sw_matching *matching) {
    free(matching->partner);
    free(matching->of_found);
    free(matching->distance);
    memset(matching, 0, sizeof *matching);
}
