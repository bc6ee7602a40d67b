/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/template_tree.h"

#include "structure/wide.h"

#include <math.h>
#include <string.h>

#define LANES                                                                                      \
    SW_TEMPLATE_NEIGHBOURS /* neighbours; those beyond the template's number stay closed */
#define NO_PLACE 255
#define GUESSED 3 /* level of the tree at which the rest is guessed first */

/*
 * cost[level][w][i]: what neighbour i would add in place w, against the atom and all neighbours
 * that have places. `share` is what those that have places add among themselves.
 */

/* ---- loops over lanes ---------------------------------------------------------------------------
 */

/* Adds the cost against one more placed neighbour, at `separation` from each lane; the place is
 * `distance` from each free place. Returns least[i], the least over the free places. */
SW_WIDE static void add_costs(float (*restrict next)[LANES], const float (*restrict cost)[LANES],
                              const float *restrict separation, const float *restrict distance,
                              const uint8_t *restrict free_place, size_t free_places,
                              float *restrict least) {
    float smallest[LANES];
    SW_LANE_LOOP
    for (size_t i = 0; i < LANES; i++)
        smallest[i] = 1e30F;
    for (size_t f = 0; f < free_places; f++) {
        size_t w = free_place[f];
        float far = distance[w];
        SW_LANE_LOOP
        for (size_t i = 0; i < LANES; i++) {
            float off = separation[i] - far;
            float sum = cost[w][i] + off * off;
            next[w][i] = sum;
            smallest[i] = sum < smallest[i] ? sum : smallest[i];
        }
    }
    memcpy(least, smallest, sizeof smallest);
}

/* How many free places stay possible for each lane that may add up to `room` above its least. */
SW_WIDE static void count_places(float *restrict count, const float (*restrict cost)[LANES],
                                 const float *restrict least, float room,
                                 const uint8_t *restrict free_place, size_t free_places) {
    float number[LANES] = {0}, most[LANES];
    SW_LANE_LOOP
    for (size_t i = 0; i < LANES; i++)
        most[i] = least[i] + room;
    for (size_t f = 0; f < free_places; f++) {
        size_t w = free_place[f];
        SW_LANE_LOOP
        for (size_t i = 0; i < LANES; i++)
            number[i] += cost[w][i] <= most[i] ? 1.0F : 0.0F;
    }
    memcpy(count, number, sizeof number);
}

/* ---- the tree -----------------------------------------------------------------------------------
 */

typedef struct sw_branch {
    size_t level, free_places;
    uint8_t free_place[LANES];
    uint32_t allowed;      /* places that the next neighbour may take */
    float share, unplaced; /* unplaced: what pairs of open neighbours must add */
    float least[LANES];
} sw_branch;

static void go_down(sw_template_search *search, const sw_branch *branch, float remaining);

static float sum_open(const float *restrict open, const float *restrict least) {
    float sum[4] = {0};
    for (size_t i = 0; i < LANES; i++)
        sum[i % 4] += open[i] * least[i];
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

/* Gives neighbour `lane` place `w` and looks at all that follows from it. */
static void take_place(sw_template_search *search, const sw_branch *branch, size_t lane, size_t w) {
    const sw_crystal_template *of = search->of;
    sw_branch next = {.level = branch->level + 1, .allowed = UINT32_MAX};
    search->steps++;
    search->place[lane] = (uint8_t)w;
    search->open[lane] = 0.0F;
    next.unplaced = branch->unplaced - sum_open(search->open, search->pair[lane]);
    next.share = branch->share + search->cost[branch->level][w][lane];
    for (size_t f = 0; f < branch->free_places; f++)
        if (branch->free_place[f] != w)
            next.free_place[next.free_places++] = branch->free_place[f];
    if (branch->level == 0)
        next.allowed = of->second_places[w];
    if (next.free_places == 0) {
        sw_template_search_try(search);
    } else {
        add_costs(search->cost[next.level], (const float(*)[LANES])search->cost[branch->level],
                  search->separation[lane], &of->distance[w + 1][1], next.free_place,
                  next.free_places, next.least);
        float remaining = sum_open(search->open, next.least);
        if (next.share + next.unplaced + remaining <= search->bound)
            go_down(search, &next, remaining);
    }
    search->open[lane] = 1.0F;
}

/* Every open neighbour takes its cheapest place, if no two take the same. */
static void take_all(sw_template_search *search, const sw_branch *branch) {
    uint32_t taken = 0;
    for (size_t i = 0; i < search->of->neighbours; i++) {
        if (search->open[i] == 0.0F)
            continue;
        uint32_t bit = 0;
        for (size_t f = 0; f < branch->free_places && bit == 0; f++) {
            size_t w = branch->free_place[f];
            if (search->cost[branch->level][w][i] <= branch->least[i]) {
                search->place[i] = (uint8_t)w;
                bit = 1U << w;
            }
        }
        if (taken & bit)
            return;
        taken |= bit;
    }
    sw_template_search_try(search);
}

/* The places that a neighbour may take, cheapest first, while they may still lead to something. */
static void try_places(sw_template_search *search, const sw_branch *branch, size_t lane,
                       float remaining) {
    const float(*cost)[LANES] = (const float(*)[LANES])search->cost[branch->level];
    uint32_t left = branch->allowed;
    float others = branch->share + branch->unplaced + remaining - branch->least[lane];
    for (;;) {
        size_t best = NO_PLACE;
        for (size_t f = 0; f < branch->free_places; f++) {
            size_t w = branch->free_place[f];
            if ((left >> w & 1U) && (best == NO_PLACE || cost[w][lane] < cost[best][lane]))
                best = w;
        }
        if (best == NO_PLACE || search->finished || others + cost[best][lane] > search->bound)
            return;
        left &= ~(1U << best);
        take_place(search, branch, lane, best);
    }
}

static void go_down(sw_template_search *search, const sw_branch *branch, float remaining) {
    float count[LANES], fewest = 1e9F;
    size_t lane = 0;
    bool forced = branch->level > 1;
    count_places(count, (const float(*)[LANES])search->cost[branch->level], branch->least,
                 search->bound - branch->share - branch->unplaced - remaining, branch->free_place,
                 branch->free_places);
    for (size_t i = 0; i < search->of->neighbours; i++) {
        if (search->open[i] == 0.0F)
            continue;
        forced = forced && count[i] <= 1.0F;
        if (count[i] < fewest) {
            fewest = count[i];
            lane = i;
        }
    }
    /* Three placed neighbours tell left from right: a first guess then often ends the search. */
    if (forced || branch->level == GUESSED)
        take_all(search, branch);
    if (!forced && !search->finished)
        try_places(search, branch, lane, remaining);
}

/* ---- the root -----------------------------------------------------------------------------------
 */

SW_WIDE __attribute__((optimize("no-math-errno"))) static void
find_separations(float (*restrict separation)[LANES], const float (*restrict lane)[LANES],
                 size_t count) {
    for (size_t i = 0; i < count; i++)
        SW_LANE_LOOP
    for (size_t j = 0; j < LANES; j++) {
        float x = lane[0][j] - lane[0][i], y = lane[1][j] - lane[1][i];
        float z = lane[2][j] - lane[2][i];
        separation[i][j] = sqrtf(x * x + y * y + z * z);
    }
}

/* The square by which each separation misses all lengths between places: no assignment can avoid
 * it. */
SW_WIDE static void find_pairs(float (*restrict pair)[LANES],
                               const float (*restrict separation)[LANES],
                               const float *restrict length, size_t lengths, size_t count) {
    for (size_t i = 0; i < count; i++) {
        float least[LANES];
        SW_LANE_LOOP
        for (size_t j = 0; j < LANES; j++)
            least[j] = 1e30F;
        for (size_t l = 0; l < lengths; l++) {
            float far = length[l];
            SW_LANE_LOOP
            for (size_t j = 0; j < LANES; j++) {
                float off = separation[i][j] - far;
                off *= off;
                least[j] = off < least[j] ? off : least[j];
            }
        }
        memcpy(pair[i], least, sizeof least);
    }
}

/* Sorts every column; row i of column i (0, the neighbour to itself) comes first. */
SW_WIDE static void sort_columns(float (*restrict sorted)[LANES],
                                 const float (*restrict separation)[LANES], size_t count) {
    for (size_t row = 0; row < count; row++) {
        float moved[LANES];
        memcpy(moved, separation[row], sizeof moved);
        for (size_t i = 0; i < row; i++) {
            SW_LANE_LOOP
            for (size_t j = 0; j < LANES; j++) {
                float a = sorted[i][j], b = moved[j];
                sorted[i][j] = a < b ? a : b;
                moved[j] = a < b ? b : a;
            }
        }
        memcpy(sorted[row], moved, sizeof moved);
    }
}

/*
 * Distances of a neighbour to all others, in rising order, against those of a kind of place: half
 * of these squares (each pair has two ends), and the whole of that to the atom, must be added by a
 * neighbour there.
 */
SW_WIDE static void find_kind_costs(float (*restrict cost)[LANES],
                                    const float (*restrict sorted)[LANES],
                                    const float *restrict from_atom,
                                    const sw_crystal_template *restrict of) {
    for (size_t kind = 0; kind < of->kinds; kind++) {
        float sum[LANES];
        SW_LANE_LOOP
        for (size_t j = 0; j < LANES; j++) {
            float off = from_atom[j] - of->from_atom[kind];
            sum[j] = 2.0F * off * off;
        }
        for (size_t i = 1; i < of->neighbours; i++)
            SW_LANE_LOOP
        for (size_t j = 0; j < LANES; j++) {
            float off = sorted[i][j] - of->from_others[kind][i - 1];
            sum[j] += off * off;
        }
        SW_LANE_LOOP
        for (size_t j = 0; j < LANES; j++)
            cost[kind][j] = 0.5F * sum[j];
    }
}

/* The cheapest choice of kinds for all neighbours; of two kinds each as often as it is there. */
static float cheapest_kinds(const float (*cost)[LANES], const sw_crystal_template *of) {
    float sum = 0.0F, dearer[LANES];
    for (size_t i = 0; i < of->neighbours; i++) {
        float least = cost[0][i];
        if (of->kinds == 2) {
            size_t at = i;
            for (; at > 0 && dearer[at - 1] > cost[1][i] - least; at--)
                dearer[at] = dearer[at - 1];
            dearer[at] = cost[1][i] - least;
        }
        for (size_t kind = 1; kind < of->kinds && of->kinds != 2; kind++)
            least = cost[kind][i] < least ? cost[kind][i] : least;
        sum += least;
    }
    for (size_t i = 0; of->kinds == 2 && i < of->of_kind[1]; i++)
        sum += dearer[i];
    return sum;
}

static float half_of_pairs(const sw_template_search *search) {
    float sum = 0.0F;
    for (size_t i = 0; i < search->of->neighbours; i++)
        sum += 0.5F * (sum_open(search->open, search->pair[i]) - search->pair[i][i]);
    return sum;
}

void sw_template_tree_search(sw_template_search *search) {
    const float(*lane)[LANES] = (const float(*)[LANES])search->lane;
    const sw_crystal_template *of = search->of;
    size_t count = of->neighbours;
    sw_branch root = {.free_places = count, .allowed = of->first_places};
    float sorted[LANES][LANES], kind_cost[LANES][LANES];
    for (size_t i = 0; i < LANES; i++)
        search->open[i] = i < count ? 1.0F : 0.0F;
    find_separations(search->separation, lane, count);
    sort_columns(sorted, (const float(*)[LANES])search->separation, count);
    find_kind_costs(kind_cost, (const float(*)[LANES])sorted, lane[3], of);
    if (cheapest_kinds((const float(*)[LANES])kind_cost, of) > search->bound)
        return;
    find_pairs(search->pair, (const float(*)[LANES])search->separation, of->length, of->lengths,
               count);
    root.unplaced = half_of_pairs(search);
    for (size_t i = 0; i < LANES; i++)
        root.least[i] = 1e30F;
    for (size_t w = 0; w < count; w++) {
        root.free_place[w] = (uint8_t)w;
        for (size_t i = 0; i < LANES; i++) {
            float off = lane[3][i] - of->distance[0][w + 1];
            search->cost[0][w][i] = off * off;
            root.least[i] = off * off < root.least[i] ? off * off : root.least[i];
        }
    }
    float remaining = sum_open(search->open, root.least);
    if (remaining + root.unplaced <= search->bound)
        try_places(search, &root, 0, remaining);
}
