/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/components.h"

#include "base/memory.h"
#include "structure/grid.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A walk through one group after the other, by places of the grid. */
typedef struct sw_group_walk {
    sw_grid grid;
    const uint8_t *chosen;
    double cutoff;
    int64_t reach[3];
    sw_grid_run *runs;
    uint32_t *queue;        /* [atoms] places */
    uint32_t *group_of;     /* [atoms] by place */
    double (*unwrapped)[3]; /* [atoms] by place, A */
} sw_group_walk;

static bool takes_part(const sw_group_walk *walk, size_t place) {
    return walk->chosen == NULL || walk->chosen[walk->grid.order[place]];
}

static bool near(const double a[3], const double b[3], double cutoff) {
    double squared = 0.0;
    for (int k = 0; k < 3; k++)
        squared += (a[k] - b[k]) * (a[k] - b[k]);
    return squared < cutoff * cutoff;
}

/* Visits the atoms near a place; those not seen join the group and the queue. */
static void spread(sw_group_walk *walk, size_t place, uint32_t number, size_t *tail,
                   bool *endless) {
    const sw_grid *grid = &walk->grid;
    int64_t cell[3];
    sw_grid_cell(cell, grid, place);
    size_t runs = sw_grid_runs(walk->runs, grid, cell, walk->reach);
    for (size_t r = 0; r < runs; r++)
        for (size_t j = walk->runs[r].first; j < walk->runs[r].end; j++) {
            double image[3], there[3];
            for (int k = 0; k < 3; k++) {
                image[k] = grid->position[j][k] + walk->runs[r].shift[k];
                there[k] = walk->unwrapped[place][k] + image[k] - grid->position[place][k];
            }
            if (!takes_part(walk, j) || !near(image, grid->position[place], walk->cutoff))
                continue;
            if (walk->group_of[j] == number) {
                *endless = *endless || !near(there, walk->unwrapped[j], 1e-3 * walk->cutoff);
                continue;
            }
            walk->group_of[j] = number;
            memcpy(walk->unwrapped[j], there, sizeof there);
            walk->queue[(*tail)++] = (uint32_t)j;
        }
}

static void summarise(sw_component *group, const sw_group_walk *walk, size_t count) {
    double squares = 0.0;
    group->atoms = count;
    group->first = UINT32_MAX;
    for (size_t i = 0; i < count; i++) {
        uint32_t atom = walk->grid.order[walk->queue[i]];
        group->first = atom < group->first ? atom : group->first;
        for (int k = 0; k < 3; k++)
            group->centre[k] += walk->unwrapped[walk->queue[i]][k] / (double)count;
    }
    for (size_t i = 0; i < count; i++)
        for (int k = 0; k < 3; k++) {
            double away = walk->unwrapped[walk->queue[i]][k] - group->centre[k];
            squares += away * away;
        }
    group->gyration = sqrt(squares / (double)count);
}

static sw_status walk_group(sw_components *components, sw_group_walk *walk, size_t start) {
    sw_component group = {0};
    uint32_t number = (uint32_t)components->count;
    size_t head = 0, tail = 0;
    if (!sw_reserve(&components->list, &components->capacity, components->count + 1,
                    sizeof *components->list))
        return SW_ERROR_MEMORY;
    memcpy(walk->unwrapped[start], walk->grid.position[start], sizeof walk->unwrapped[start]);
    walk->group_of[start] = number;
    walk->queue[tail++] = (uint32_t)start;
    while (head < tail)
        spread(walk, walk->queue[head++], number, &tail, &group.endless);
    summarise(&group, walk, tail);
    components->list[components->count++] = group;
    return SW_OK;
}

/* ---- numbering ------------------------------------------------------------------------------- */

typedef struct sw_rank {
    sw_component group;
    uint32_t number; /* before sorting */
} sw_rank;

static int by_size(const void *a, const void *b) {
    const sw_rank *left = a, *right = b;
    if (left->group.atoms != right->group.atoms)
        return left->group.atoms > right->group.atoms ? -1 : 1;
    return left->group.first < right->group.first ? -1 : left->group.first > right->group.first;
}

static sw_status number_by_size(sw_components *components, const sw_group_walk *walk) {
    sw_rank *ranks = sw_allocate(components->count, sizeof *ranks);
    uint32_t *rank_of = sw_allocate(components->count, sizeof *rank_of);
    if (ranks && rank_of) {
        for (size_t i = 0; i < components->count; i++)
            ranks[i] = (sw_rank){components->list[i], (uint32_t)i};
        if (components->count > 0)
            qsort(ranks, components->count, sizeof *ranks, by_size);
        for (size_t i = 0; i < components->count; i++) {
            components->list[i] = ranks[i].group;
            rank_of[ranks[i].number] = (uint32_t)i;
        }
        for (size_t place = 0; place < walk->grid.atoms; place++)
            if (walk->group_of[place] != SW_NO_COMPONENT)
                components->of[walk->grid.order[place]] = rank_of[walk->group_of[place]];
    }
    sw_status status = ranks && rank_of ? SW_OK : SW_ERROR_MEMORY;
    free(ranks);
    free(rank_of);
    return status;
}

static sw_status walk_all(sw_components *components, sw_group_walk *walk, sw_context *context) {
    size_t atoms = walk->grid.atoms;
    sw_grid_reach(walk->reach, &walk->grid, walk->cutoff);
    walk->runs = sw_allocate(sw_grid_run_limit(&walk->grid, walk->reach), sizeof *walk->runs);
    walk->queue = sw_allocate(atoms, sizeof *walk->queue);
    walk->group_of = sw_allocate(atoms, sizeof *walk->group_of);
    walk->unwrapped = sw_allocate(atoms, sizeof *walk->unwrapped);
    components->of = sw_allocate(atoms, sizeof *components->of);
    if (!walk->runs || !walk->queue || !walk->group_of || !walk->unwrapped || !components->of)
        return SW_ERROR_MEMORY;
    memset(walk->group_of, 0xff, atoms * sizeof *walk->group_of);
    memset(components->of, 0xff, atoms * sizeof *components->of);
    for (size_t place = 0; place < atoms; place++) {
        if (walk->group_of[place] != SW_NO_COMPONENT || !takes_part(walk, place))
            continue;
        sw_status status = sw_context_cancelled(context) ? SW_ERROR_CANCELLED
                                                         : walk_group(components, walk, place);
        if (status != SW_OK)
            return status;
    }
    return number_by_size(components, walk);
}

sw_status sw_components_create(sw_components *components, const sw_atoms *atoms, double cutoff,
                               const uint8_t *chosen, sw_context *context, sw_error *error) {
    sw_group_walk walk = {.chosen = chosen, .cutoff = cutoff};
    memset(components, 0, sizeof *components);
    sw_status status = sw_grid_create(&walk.grid, atoms, cutoff, error);
    if (status != SW_OK)
        return status;
    status = walk_all(components, &walk, context);
    free(walk.runs);
    free(walk.queue);
    free(walk.group_of);
    free(walk.unwrapped);
    sw_grid_clear(&walk.grid);
    if (status == SW_OK)
        return SW_OK;
    sw_components_clear(components);
    return sw_error_set(error, status, "clusters", NULL, "%s",
                        status == SW_ERROR_MEMORY ? "not enough memory for the groups of atoms"
                                                  : "interrupted");
}

void sw_components_clear(sw_components *components) {
    free(components->list);
    free(components->of);
    memset(components, 0, sizeof *components);
}
