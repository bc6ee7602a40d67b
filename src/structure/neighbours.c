/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/neighbours.h"

#include "base/memory.h"
#include "base/parallel.h"
#include "structure/nearby.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PIECE 1024
#define BYTES (sizeof(uint32_t) + 4 * sizeof(double)) /* a neighbour */
#define SHORT_LIST 48
#define FARTHEST 1e13 /* A, a little more than positions may span */

/* ---- one list -------------------------------------------------------------------------------- */

/* A neighbour before it is written: what lists are sorted by, and where the rest is. */
typedef struct sw_found {
    double distance;
    uint32_t index, hit;
} sw_found;

static int by_distance(const void *a, const void *b) {
    const sw_found *left = a, *right = b;
    if (left->distance != right->distance)
        return left->distance < right->distance ? -1 : 1;
    return left->index < right->index ? -1 : left->index > right->index;
}

static void sort_list(sw_found *list, size_t count) {
    if (count > SHORT_LIST) {
        qsort(list, count, sizeof *list, by_distance);
        return;
    }
    for (size_t i = 1; i < count; i++) {
        sw_found one = list[i];
        size_t at = i;
        for (; at > 0 && one.distance <= list[at - 1].distance; at--) {
            if (one.distance == list[at - 1].distance && one.index >= list[at - 1].index)
                break;
            list[at] = list[at - 1];
        }
        list[at] = one;
    }
}

static bool vector_is_before(const double a[3], const double b[3]) {
    for (int k = 0; k < 3; k++)
        if (a[k] != b[k])
            return a[k] < b[k];
    return false;
}

/* Images of one atom at one distance: by vector. */
static void sort_images(sw_found *list, size_t count, const sw_nearby *nearby,
                        const double position[3]) {
    for (size_t i = 1; i < count; i++) {
        sw_found one = list[i];
        size_t at = i;
        for (; at > 0 && by_distance(&one, &list[at - 1]) == 0; at--) {
            double own[3], other[3];
            sw_nearby_vector(own, nearby, one.hit, position);
            sw_nearby_vector(other, nearby, list[at - 1].hit, position);
            if (!vector_is_before(own, other))
                break;
            list[at] = list[at - 1];
        }
        list[at] = one;
    }
}

/* ---- searching ------------------------------------------------------------------------------- */

typedef struct sw_hand {
    sw_nearby nearby;
    sw_found *list;
    size_t capacity;
} sw_hand;

typedef struct sw_search {
    sw_neighbours *neighbours;
    sw_grid grid;
    double radius, limit; /* A, and the square of it */
    size_t nearest;       /* neighbours an atom; 0: all within the radius */
    bool sorted, counting;
    sw_hand *hands;
    int workers;
} sw_search;

static sw_status start_search(sw_search *search, const sw_atoms *atoms, double width,
                              sw_context *context, sw_error *error) {
    sw_status status = sw_grid_create(&search->grid, atoms, width, error);
    if (status != SW_OK)
        return status;
    search->workers = sw_parallel_workers(context, search->grid.atoms, PIECE);
    search->hands = sw_allocate((size_t)search->workers, sizeof *search->hands);
    if (!search->hands)
        return sw_error_set(error, SW_ERROR_MEMORY, "neighbours", NULL, "not enough memory");
    return SW_OK;
}

static void end_search(sw_search *search) {
    for (int w = 0; search->hands && w < search->workers; w++) {
        sw_nearby_clear(&search->hands[w].nearby);
        free(search->hands[w].list);
    }
    free(search->hands);
    search->hands = NULL;
    sw_grid_clear(&search->grid);
}

/* Takes the hits into hand->list, without the atom itself. Returns how many, or SIZE_MAX where
 * there is no memory. */
static size_t take_hits(sw_hand *hand, const sw_search *search, size_t place, size_t hits) {
    const sw_nearby *nearby = &hand->nearby;
    size_t count = 0;
    if (!sw_reserve(&hand->list, &hand->capacity, hits, sizeof *hand->list))
        return SIZE_MAX;
    for (size_t h = 0; h < hits; h++) {
        size_t k = nearby->hit[h];
        hand->list[count] =
            (sw_found){sqrt(nearby->squared[k]), search->grid.order[nearby->place[k]], (uint32_t)h};
        count += nearby->place[k] != place || !sw_nearby_is_itself(nearby, h, place);
    }
    return count;
}

static void write_list(const sw_search *search, const sw_hand *hand, size_t place, size_t count) {
    sw_neighbours *neighbours = search->neighbours;
    size_t at = neighbours->first[search->grid.order[place]];
    for (size_t i = 0; i < count; i++, at++) {
        const sw_found *one = &hand->list[i];
        neighbours->index[at] = one->index;
        neighbours->distance[at] = one->distance;
        sw_nearby_vector(neighbours->vector[at], &hand->nearby, one->hit,
                         search->grid.position[place]);
    }
}

static void sort_hits(const sw_search *search, sw_hand *hand, size_t place, size_t count) {
    sort_list(hand->list, count);
    sort_images(hand->list, count, &hand->nearby, search->grid.position[place]);
}

static sw_status list_within(sw_search *search, sw_hand *hand, size_t place) {
    uint32_t atom = search->grid.order[place];
    size_t count = sw_nearby_within(&hand->nearby, search->grid.position[place], search->limit);
    if (search->counting) {
        search->neighbours->first[atom + 1] = count - 1; /* it is always near itself */
        return SW_OK;
    }
    count = take_hits(hand, search, place, count);
    if (count == SIZE_MAX)
        return SW_ERROR_MEMORY;
    if (search->sorted)
        sort_hits(search, hand, place, count);
    write_list(search, hand, place, count);
    return SW_OK;
}

/* *grown: what is gathered has become another than that of the cell. */
static sw_status list_nearest(sw_search *search, sw_hand *hand, size_t place, bool *grown) {
    uint32_t atom = search->grid.order[place];
    size_t wanted = search->neighbours->first[atom + 1] - search->neighbours->first[atom];
    const double *position = search->grid.position[place];
    double radius = search->radius;
    size_t hits = sw_nearby_within(&hand->nearby, position, search->limit);
    while (hits < wanted + 1) {
        int64_t cell[3];
        radius *= hits < wanted / 3 ? 2.0 : 1.3;
        sw_grid_cell(cell, &search->grid, place);
        *grown = true;
        sw_status status = radius < FARTHEST
                               ? sw_nearby_gather(&hand->nearby, &search->grid, cell, radius, 0)
                               : SW_ERROR_MEMORY;
        if (status != SW_OK)
            return status;
        hits = sw_nearby_within(&hand->nearby, position, sw_square_limit(radius));
    }
    size_t count = take_hits(hand, search, place, hits);
    if (count == SIZE_MAX)
        return SW_ERROR_MEMORY;
    sort_hits(search, hand, place, count);
    write_list(search, hand, place, wanted);
    return SW_OK;
}

static sw_status list_piece(void *user, size_t first, size_t end, int worker) {
    sw_search *search = user;
    sw_hand *hand = &search->hands[worker];
    const sw_grid *grid = &search->grid;
    bool stale = true; /* what is gathered is not that of this cell */
    sw_status status = SW_OK;
    for (size_t place = first; place < end && status == SW_OK; place++) {
        int64_t cell[3];
        sw_grid_cell(cell, grid, place);
        if (stale || grid->key[place] != grid->key[place - 1])
            status = sw_nearby_gather(&hand->nearby, grid, cell, search->radius, 0);
        stale = false;
        if (status == SW_OK)
            status = search->nearest > 0 ? list_nearest(search, hand, place, &stale)
                                         : list_within(search, hand, place);
    }
    return status;
}

/* ---- memory ---------------------------------------------------------------------------------- */

static sw_status refuse(sw_error *error, double bytes, double neighbours) {
    return sw_error_set(error, SW_ERROR_MEMORY, "neighbours",
                        "choose a smaller cutoff, fewer neighbours or fewer atoms",
                        "lists of %.3g neighbours take %.3g GB; this machine has %.3g", neighbours,
                        bytes / 1e9, sw_memory_installed() / 1e9);
}

static sw_status check_memory(double neighbours, double tolerance, sw_error *error) {
    double bytes = neighbours * (double)BYTES, installed = sw_memory_installed();
    bool fits = installed > 0.0 ? bytes < 0.9 * tolerance * installed : bytes < 1e15;
    return fits ? SW_OK : refuse(error, bytes, neighbours);
}

/* Before anything is counted: as if the atoms were spread evenly. */
static sw_status check_expected(const sw_atoms *atoms, double cutoff, sw_error *error) {
    sw_box box;
    double count = (double)sw_atoms_count(atoms), sum = count * count;
    sw_status status = sw_box_create(&box, atoms, error);
    if (status != SW_OK)
        return status;
    for (int d = 0; d < 3; d++) {
        double part = 2.0 * cutoff / box.height[d];
        sum *= box.periodic[d] ? part : fmin(part, 1.0);
    }
    return check_memory(0.5236 * sum, 4.0, error); /* pi/6 of the cube is the sphere */
}

static sw_status allocate_lists(sw_neighbours *neighbours, sw_error *error) {
    size_t total = neighbours->first[neighbours->atoms];
    sw_status status = check_memory((double)total, 1.0, error);
    if (status != SW_OK)
        return status;
    neighbours->index = sw_allocate(total, sizeof *neighbours->index);
    neighbours->vector = sw_allocate(total, sizeof *neighbours->vector);
    neighbours->distance = sw_allocate(total, sizeof *neighbours->distance);
    return neighbours->index && neighbours->vector && neighbours->distance
               ? SW_OK
               : refuse(error, (double)total * (double)BYTES, (double)total);
}

static sw_status allocate_first(sw_neighbours *neighbours, size_t atoms, sw_error *error) {
    memset(neighbours, 0, sizeof *neighbours);
    neighbours->first = sw_allocate(atoms + 1, sizeof *neighbours->first);
    neighbours->atoms = atoms;
    return neighbours->first ? SW_OK
                             : sw_error_set(error, SW_ERROR_MEMORY, "neighbours", NULL,
                                            "not enough memory for %zu atoms", atoms);
}

void sw_neighbours_clear(sw_neighbours *neighbours) {
    free(neighbours->first);
    free(neighbours->index);
    free(neighbours->vector);
    free(neighbours->distance);
    memset(neighbours, 0, sizeof *neighbours);
}

static sw_status explain(sw_status status, sw_error *error) {
    if (status == SW_ERROR_CANCELLED)
        return sw_error_set(error, status, "neighbours", NULL, "cancelled");
    return sw_error_set(error, status, "neighbours", "choose a smaller cutoff or fewer neighbours",
                        "not enough memory to look at everything within reach of one atom");
}

/* ---- within a cutoff ------------------------------------------------------------------------- */

static sw_status count_and_list(sw_search *search, sw_context *context, sw_error *error) {
    sw_neighbours *neighbours = search->neighbours;
    search->counting = true;
    sw_status status = sw_parallel(context, neighbours->atoms, PIECE, list_piece, search);
    if (status != SW_OK)
        return explain(status, error);
    for (size_t i = 0; i < neighbours->atoms; i++)
        neighbours->first[i + 1] += neighbours->first[i];
    status = allocate_lists(neighbours, error);
    if (status != SW_OK)
        return status;
    search->counting = false;
    status = sw_parallel(context, neighbours->atoms, PIECE, list_piece, search);
    return status == SW_OK ? SW_OK : explain(status, error);
}

sw_status sw_neighbours_within(sw_neighbours *neighbours, const sw_atoms *atoms, double cutoff,
                               sw_neighbour_order order, sw_context *context, sw_error *error) {
    memset(neighbours, 0, sizeof *neighbours);
    if (!(cutoff > 0.0 && cutoff < FARTHEST))
        return sw_error_set(error, SW_ERROR_ARGUMENT, "cutoff", "give a distance above 0 A",
                            "a cutoff of %g A finds no neighbours", cutoff);
    sw_status status = check_expected(atoms, cutoff, error);
    if (status != SW_OK)
        return status;
    sw_search search = {.neighbours = neighbours,
                        .radius = cutoff,
                        .limit = sw_square_limit(cutoff),
                        .sorted = order == SW_NEIGHBOURS_BY_DISTANCE};
    status = allocate_first(neighbours, sw_atoms_count(atoms), error);
    if (status == SW_OK)
        status = start_search(&search, atoms, sw_nearby_width(atoms, cutoff), context, error);
    if (status == SW_OK)
        status = count_and_list(&search, context, error);
    end_search(&search);
    if (status != SW_OK)
        sw_neighbours_clear(neighbours);
    return status;
}

/* ---- the nearest ----------------------------------------------------------------------------- */

/* Mean over atoms of how many share their cell. */
static double crowd(const sw_grid *grid) {
    double sum = 0.0;
    for (size_t first = 0, end; first < grid->atoms; first = end) {
        for (end = first; end < grid->atoms && grid->key[end] == grid->key[first];)
            end++;
        sum += (double)(end - first) * (double)(end - first);
    }
    return grid->atoms > 0 ? sum / (double)grid->atoms : 0.0;
}

static double cell_volume(const sw_grid *grid) {
    double volume = 1.0;
    for (int d = 0; d < 3; d++)
        volume *= grid->box.height[d] / (double)grid->count[d];
    return volume;
}

/* A grid whose cells hold about `wanted` atoms where atoms are, also where most of the box is
 * empty. */
static sw_status fit_grid(sw_search *search, const sw_atoms *atoms, double wanted,
                          sw_context *context, sw_error *error) {
    sw_box box;
    sw_status status = sw_box_create(&box, atoms, error);
    if (status != SW_OK)
        return status;
    double volume = box.height[0] * box.height[1] * box.height[2], before = INFINITY;
    double width = cbrt(volume * wanted / fmax((double)sw_atoms_count(atoms), 1.0));
    for (int round = 0; round <= 40; round++) {
        status = start_search(search, atoms, width, context, error);
        if (status != SW_OK)
            return status;
        double now = crowd(&search->grid);
        search->radius = cbrt(cell_volume(&search->grid) * wanted / fmax(now, wanted / 8.0));
        if (now < 4.0 * wanted + 4.0 || (now >= before && round > 20) || round == 40)
            break;
        width *= fmax(cbrt(wanted / now), 1e-2);
        before = now;
        end_search(search);
    }
    search->limit = sw_square_limit(search->radius);
    return SW_OK;
}

static sw_status set_lengths(sw_search *search, size_t atoms, size_t count, sw_error *error) {
    sw_neighbours *neighbours = search->neighbours;
    const bool *periodic = search->grid.box.periodic;
    if (!periodic[0] && !periodic[1] && !periodic[2] && count + 1 > atoms)
        count = atoms > 0 ? atoms - 1 : 0;
    sw_status status = check_memory((double)atoms * (double)count, 1.0, error);
    if (status != SW_OK)
        return status;
    for (size_t i = 0; i < atoms; i++)
        neighbours->first[i + 1] = (i + 1) * count;
    search->nearest = count;
    return allocate_lists(neighbours, error);
}

sw_status sw_neighbours_nearest(sw_neighbours *neighbours, const sw_atoms *atoms, size_t count,
                                sw_context *context, sw_error *error) {
    sw_search search = {.neighbours = neighbours};
    sw_status status = allocate_first(neighbours, sw_atoms_count(atoms), error);
    if (status == SW_OK)
        status = fit_grid(&search, atoms, 0.3 * ((double)count + 1.0), context, error);
    if (status == SW_OK)
        status = set_lengths(&search, sw_atoms_count(atoms), count, error);
    if (status == SW_OK && search.nearest > 0) {
        status = sw_parallel(context, neighbours->atoms, PIECE, list_piece, &search);
        if (status != SW_OK)
            status = explain(status, error);
    }
    end_search(&search);
    if (status != SW_OK)
        sw_neighbours_clear(neighbours);
    return status;
}
