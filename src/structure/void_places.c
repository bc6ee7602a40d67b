/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/void_places.h"

#include "base/memory.h"
#include "base/sorting.h"
#include "structure/surface_distance.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- points that distances are to ------------------------------------------------------------ */

/* Triangles without size: the tree of triangles is one of points, too. */
typedef struct point_list {
    sw_triangle *point;
    size_t count, capacity;
} point_list;

static sw_status add_point(point_list *list, const double position[3]) {
    if (!sw_reserve(&list->point, &list->capacity, list->count + 1, sizeof *list->point))
        return SW_ERROR_MEMORY;
    for (int c = 0; c < 3; c++)
        memcpy(list->point[list->count].corner[c], position, 3 * sizeof *position);
    list->count++;
    return SW_OK;
}

static sw_status list_core(point_list *list, const sw_atoms *atoms, const sw_phase_map *map) {
    sw_status status = SW_OK;
    for (size_t i = 0; i < map->atoms && status == SW_OK; i++)
        if (map->phase[i] == SW_PHASE_DENSE)
            status = add_point(list, sw_atoms_positions_const(atoms) + 3 * i);
    return status;
}

static sw_status list_boundary(point_list *list, const sw_atoms *atoms, const sw_phase_map *map) {
    const sw_neighbours *near = &map->neighbours;
    sw_status status = SW_OK;
    for (size_t i = 0; i < map->atoms; i++)
        for (size_t k = near->first[i]; k < near->first[i + 1] && status == SW_OK; k++) {
            double middle[3];
            if (map->phase[i] != SW_PHASE_WIDE || map->phase[near->index[k]] != SW_PHASE_AMORPHOUS)
                continue;
            for (size_t d = 0; d < 3; d++)
                middle[d] = sw_atoms_positions_const(atoms)[3 * i + d] + 0.5 * near->vector[k][d];
            status = add_point(list, middle);
        }
    return status;
}

/* ---- distances and ranks --------------------------------------------------------------------- */

/* Distances of the atoms of the oxide, ascending; *sorted is the caller's. */
static sw_status oxide_distances(double **sorted, const sw_triangle_tree *tree, const sw_box *box,
                                 const sw_atoms *atoms, const sw_phase_map *map,
                                 sw_context *context) {
    size_t count = 0;
    *sorted = sw_allocate(map->atoms, sizeof **sorted);
    if (*sorted == NULL)
        return SW_ERROR_MEMORY;
    sw_status status = sw_surface_distances(*sorted, tree, box, atoms, context);
    for (size_t i = 0; i < map->atoms && status == SW_OK; i++)
        if (map->phase[i] == SW_PHASE_WIDE || map->phase[i] == SW_PHASE_AMORPHOUS)
            (*sorted)[count++] = (*sorted)[i];
    sw_sort_numbers(*sorted, count);
    return status;
}

/* How many of ascending numbers are below x. */
static size_t count_below(const double *sorted, size_t count, double x) {
    size_t low = 0, high = count;
    while (low < high) {
        size_t half = low + (high - low) / 2;
        if (sorted[half] < x)
            low = half + 1;
        else
            high = half;
    }
    return low;
}

size_t sw_void_places_nearer(const sw_void_places *places, sw_void_target target, double distance) {
    const double *sorted = places->from[target].oxide;
    return sorted != NULL ? count_below(sorted, places->oxide, distance) : 0;
}

typedef struct place_work {
    sw_void_places *places;
    const sw_voids *voids;
    const sw_atoms *atoms;
    const sw_phase_map *map;
    sw_context *context;
    sw_box box;
} place_work;

/* Takes the list. */
static sw_status measure(sw_void_distances *from, const place_work *work, point_list *list) {
    sw_triangle_tree tree;
    size_t oxide = work->places->oxide;
    sw_status status = sw_triangle_tree_create(&tree, list->point, list->count);
    if (status != SW_OK)
        return status;
    status =
        oxide_distances(&from->oxide, &tree, &work->box, work->atoms, work->map, work->context);
    for (size_t i = 0; i < work->voids->count && status == SW_OK; i++) {
        from->distance[i] = sw_surface_distance(&tree, &work->box, work->voids->item[i].centre);
        if (oxide > 0)
            from->rank[i] =
                (double)count_below(from->oxide, oxide, from->distance[i]) / (double)oxide;
    }
    sw_triangle_tree_clear(&tree);
    return status;
}

static sw_status find(const place_work *work, sw_void_target target) {
    sw_void_distances *from = &work->places->from[target];
    size_t count = work->voids->count;
    point_list list = {0};
    from->distance = sw_allocate(count, sizeof *from->distance);
    from->rank = sw_allocate(count, sizeof *from->rank);
    if (from->distance == NULL || from->rank == NULL)
        return SW_ERROR_MEMORY;
    for (size_t i = 0; i < count; i++)
        from->distance[i] = from->rank[i] = NAN;
    sw_status status = target == SW_FROM_CORE ? list_core(&list, work->atoms, work->map)
                                              : list_boundary(&list, work->atoms, work->map);
    if (status == SW_OK && list.count > 0)
        return measure(from, work, &list);
    free(list.point);
    return status;
}

sw_status sw_void_places_create(sw_void_places *places, const sw_voids *voids,
                                const sw_atoms *atoms, const sw_phase_map *map, sw_context *context,
                                sw_error *error) {
    place_work work = {
        .places = places, .voids = voids, .atoms = atoms, .map = map, .context = context};
    *places = (sw_void_places){0};
    for (size_t i = 0; i < map->atoms; i++)
        places->oxide += map->phase[i] == SW_PHASE_WIDE || map->phase[i] == SW_PHASE_AMORPHOUS;
    sw_status status = sw_box_create(&work.box, atoms, error);
    for (int t = 0; t < SW_VOID_TARGETS && status == SW_OK; t++)
        status = find(&work, (sw_void_target)t);
    if (status != SW_OK)
        sw_void_places_clear(places);
    return status;
}

void sw_void_places_clear(sw_void_places *places) {
    for (int t = 0; t < SW_VOID_TARGETS; t++) {
        free(places->from[t].distance);
        free(places->from[t].rank);
        free(places->from[t].oxide);
    }
    *places = (sw_void_places){0};
}
