/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/pair_count.h"

#include "base/memory.h"
#include "base/parallel.h"
#include "structure/near_squares.h"
#include "structure/nearby.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PIECE 512
#define BATCH 512 /* pairs measured at once */
#define LANES 4   /* histograms side by side: pairs in one bin need not wait for each other */
#define BIN_LIMIT ((size_t)1 << 24)
#define FARTHEST 1e13

sw_pair_bins sw_pair_bins_to(double range, double width) {
    double bins = ceil(range / width * (1.0 - 1e-12));
    return (sw_pair_bins){0.0, width, bins > 0.0 && bins < 1e15 ? (size_t)bins : 0};
}

double sw_pair_edge(const sw_pair_bins *bins, size_t k) {
    return bins->start + (double)k * bins->width;
}

/* ---- the loop -------------------------------------------------------------------------------- */

typedef struct sw_counting_hand {
    sw_nearby nearby;
    size_t *begin; /* [parts] where candidates behind the atom begin */
    size_t begin_capacity;
    uint64_t *tally; /* [kinds^2][stride][LANES] */
    double squared[BATCH + SW_NEAR_SQUARES_ROOM];
    uint32_t other[BATCH + SW_NEAR_SQUARES_ROOM]; /* places of the atoms there */
    int32_t bin[BATCH];
} sw_counting_hand;

typedef struct sw_counting {
    sw_grid grid;
    uint8_t *kind;        /* [atoms] by place; NULL where there is one */
    size_t kinds, stride; /* bins and one for what is beyond */
    sw_pair_bins bins;
    sw_bin_scale scale;
    double range, low, high; /* A, and bounds of the square */
    sw_counting_hand *hands;
    int workers;
} sw_counting;

static void count_batch(const sw_counting *counting, sw_counting_hand *hand, uint64_t *row,
                        const sw_near_squares *task) {
    const int32_t *bin = hand->bin;
    size_t hits = sw_near_squares_keep(hand->squared, hand->other, task);
    sw_near_squares_bin(hand->bin, hand->squared, hits, &counting->scale);
    if (!counting->kind)
        for (size_t h = 0; h < hits; h++)
            row[(size_t)bin[h] * LANES + h % LANES]++;
    else
        for (size_t h = 0; h < hits; h++) {
            size_t kind = counting->kind[hand->other[h]];
            row[(kind * counting->stride + (size_t)bin[h]) * LANES + h % LANES]++;
        }
}

/* The pairs of one atom with candidates first .. end - 1 of a part. */
static void count_part(const sw_counting *counting, sw_counting_hand *hand, uint64_t *row,
                       const double *position, const double *shift, size_t first, size_t end) {
    const sw_nearby *nearby = &hand->nearby;
    sw_near_squares task = {.low = counting->low, .high = counting->high};
    memcpy(task.position, position, sizeof task.position);
    memcpy(task.shift, shift, sizeof task.shift);
    for (; first < end; first += task.count) {
        task.x = nearby->x + first;
        task.y = nearby->y + first;
        task.z = nearby->z + first;
        task.tag = counting->kind ? nearby->place + first : NULL;
        task.count = end - first > BATCH ? BATCH : end - first;
        count_batch(counting, hand, row, &task);
    }
}

/* An atom and its own image: of two opposite images one counts. */
static void count_itself(const sw_counting *counting, uint64_t *row, size_t kind,
                         const double shift[3]) {
    double squared = shift[0] * shift[0] + shift[1] * shift[1] + shift[2] * shift[2];
    double first = shift[0] != 0.0 ? shift[0] : shift[1] != 0.0 ? shift[1] : shift[2];
    int32_t bin;
    if (!(first > 0.0) || squared < counting->low || squared >= counting->high)
        return;
    sw_near_squares_bin(&bin, &squared, 1, &counting->scale);
    row[(kind * counting->stride + (size_t)bin) * LANES]++;
}

/* The pairs of one atom with all that stand behind it in the grid. */
static void count_atom(const sw_counting *counting, sw_counting_hand *hand, size_t place) {
    const sw_nearby *nearby = &hand->nearby;
    const double *position = counting->grid.position[place];
    size_t kind = counting->kind ? counting->kind[place] : 0;
    uint64_t *row = hand->tally + kind * counting->kinds * counting->stride * LANES;
    for (size_t p = 0; p < nearby->parts; p++) {
        const sw_nearby_part *part = &nearby->part[p];
        size_t first = hand->begin[p];
        while (first < part->end && nearby->place[first] < place)
            first++;
        if (first < part->end && nearby->place[first] == place) {
            count_itself(counting, row, kind, part->shift);
            first++;
        }
        hand->begin[p] = first;
        count_part(counting, hand, row, position, part->shift, first, part->end);
    }
}

static sw_status gather(const sw_counting *counting, sw_counting_hand *hand, size_t place) {
    int64_t cell[3];
    sw_nearby *nearby = &hand->nearby;
    sw_grid_cell(cell, &counting->grid, place);
    sw_status status = sw_nearby_gather(nearby, &counting->grid, cell, counting->range, place);
    if (status == SW_OK &&
        !sw_reserve(&hand->begin, &hand->begin_capacity, nearby->parts, sizeof *hand->begin))
        status = SW_ERROR_MEMORY;
    for (size_t p = 0; status == SW_OK && p < nearby->parts; p++)
        hand->begin[p] = nearby->part[p].first;
    return status;
}

static sw_status count_piece(void *user, size_t first, size_t end, int worker) {
    const sw_counting *counting = user;
    sw_counting_hand *hand = &counting->hands[worker];
    for (size_t place = first; place < end; place++) {
        if (place == first || counting->grid.key[place] != counting->grid.key[place - 1]) {
            sw_status status = gather(counting, hand, place);
            if (status != SW_OK)
                return status;
        }
        count_atom(counting, hand, place);
    }
    return SW_OK;
}

/* ---- kinds ----------------------------------------------------------------------------------- */

static sw_status find_kinds(sw_pair_count *pairs, uint8_t code[256], const sw_atoms *atoms,
                            bool by_element) {
    uint64_t number[256] = {0};
    const uint8_t *element = sw_atoms_elements_const(atoms);
    for (size_t i = 0; i < sw_atoms_count(atoms); i++)
        number[by_element ? element[i] : 0]++;
    for (int z = 0; z < 256; z++)
        pairs->kinds += number[z] > 0;
    pairs->element = sw_allocate(pairs->kinds, sizeof *pairs->element);
    pairs->atoms = sw_allocate(pairs->kinds, sizeof *pairs->atoms);
    if (!pairs->element || !pairs->atoms)
        return SW_ERROR_MEMORY;
    for (int z = 0, kind = 0; z < 256; z++) {
        if (number[z] == 0)
            continue;
        pairs->element[kind] = (uint8_t)z;
        pairs->atoms[kind] = number[z];
        code[z] = (uint8_t)kind++;
    }
    return SW_OK;
}

static sw_status set_kinds(sw_counting *counting, const uint8_t code[256], const sw_atoms *atoms) {
    if (counting->kinds < 2)
        return SW_OK;
    counting->kind = sw_allocate(counting->grid.atoms, 1);
    if (!counting->kind)
        return SW_ERROR_MEMORY;
    for (size_t place = 0; place < counting->grid.atoms; place++)
        counting->kind[place] = code[sw_atoms_elements_const(atoms)[counting->grid.order[place]]];
    return SW_OK;
}

/* ---- all together ---------------------------------------------------------------------------- */

static sw_status start_hands(sw_counting *counting, sw_context *context) {
    counting->workers = sw_parallel_workers(context, counting->grid.atoms, PIECE);
    counting->hands = sw_allocate((size_t)counting->workers, sizeof *counting->hands);
    for (int w = 0; counting->hands && w < counting->workers; w++) {
        size_t rows = counting->kinds * counting->kinds;
        counting->hands[w].tally =
            sw_allocate(rows * counting->stride, LANES * sizeof *counting->hands[w].tally);
        if (!counting->hands[w].tally)
            return SW_ERROR_MEMORY;
    }
    return counting->hands ? SW_OK : SW_ERROR_MEMORY;
}

static void end_counting(sw_counting *counting) {
    for (int w = 0; counting->hands && w < counting->workers; w++) {
        sw_nearby_clear(&counting->hands[w].nearby);
        free(counting->hands[w].begin);
        free(counting->hands[w].tally);
    }
    free(counting->hands);
    free(counting->kind);
    sw_grid_clear(&counting->grid);
}

/* Each pair was met once, as (a, b) or (b, a). */
static void add_up(sw_pair_count *pairs, const sw_counting *counting) {
    size_t kinds = counting->kinds, bins = counting->bins.count;
    for (size_t a = 0; a < kinds; a++)
        for (size_t b = 0; b < kinds; b++)
            for (size_t k = 0; k < bins; k++) {
                uint64_t sum = 0;
                const size_t at = ((a * kinds + b) * counting->stride + k) * LANES;
                for (int w = 0; w < counting->workers; w++)
                    for (size_t lane = 0; lane < LANES; lane++)
                        sum += counting->hands[w].tally[at + lane];
                pairs->count[(a * kinds + b) * bins + k] += sum;
                pairs->count[(b * kinds + a) * bins + k] += sum;
            }
}

static sw_status count_all(sw_pair_count *pairs, sw_counting *counting, const sw_atoms *atoms,
                           bool by_element, sw_context *context) {
    uint8_t code[256] = {0};
    sw_status status = find_kinds(pairs, code, atoms, by_element);
    counting->kinds = pairs->kinds;
    if (status == SW_OK)
        status = set_kinds(counting, code, atoms);
    if (status != SW_OK)
        return status;
    pairs->count =
        sw_allocate(pairs->kinds * pairs->kinds * pairs->bins.count, sizeof *pairs->count);
    status = pairs->count ? start_hands(counting, context) : SW_ERROR_MEMORY;
    if (status == SW_OK)
        status = sw_parallel(context, counting->grid.atoms, PIECE, count_piece, counting);
    if (status == SW_OK)
        add_up(pairs, counting);
    return status;
}

static sw_status check_bins(const sw_pair_bins *bins, sw_error *error) {
    double end = sw_pair_edge(bins, bins->count);
    if (bins->count > 0 && bins->count <= BIN_LIMIT && bins->width > 0.0 && end > 0.0 &&
        end < FARTHEST && bins->start > -FARTHEST)
        return SW_OK;
    return sw_error_set(error, SW_ERROR_ARGUMENT, "bins",
                        "give a width above 0 A and a range that holds 1 to 16777216 of them",
                        "%zu bins of %g A from %g A cannot be counted in", bins->count, bins->width,
                        bins->start);
}

sw_status sw_pair_count_create(sw_pair_count *pairs, const sw_atoms *atoms,
                               const sw_pair_bins *bins, bool by_element, sw_context *context,
                               sw_error *error) {
    memset(pairs, 0, sizeof *pairs);
    sw_status status = check_bins(bins, error);
    if (status != SW_OK)
        return status;
    double range = sw_pair_edge(bins, bins->count) * (1.0 + 1e-12);
    sw_counting counting = {
        .bins = *bins, .stride = bins->count + 1, .range = range, .high = sw_square_limit(range)};
    counting.scale = (sw_bin_scale){bins->start, 1.0 / bins->width, (int32_t)bins->count};
    counting.low = bins->start > 0.0 ? sw_square_limit(bins->start) : 0.0;
    pairs->bins = *bins;
    status = sw_grid_create(&counting.grid, atoms, sw_nearby_width(atoms, range), error);
    if (status == SW_OK) {
        status = count_all(pairs, &counting, atoms, by_element, context);
        if (status != SW_OK)
            status = sw_error_set(
                error, status, "pairs", status == SW_ERROR_MEMORY ? "choose a smaller range" : NULL,
                status == SW_ERROR_MEMORY ? "not enough memory to count pairs" : "cancelled");
    }
    end_counting(&counting);
    if (status != SW_OK)
        sw_pair_count_clear(pairs);
    return status;
}

uint64_t sw_pair_count_total(const sw_pair_count *pairs, size_t k) {
    uint64_t sum = 0;
    for (size_t row = 0; row < pairs->kinds * pairs->kinds; row++)
        sum += pairs->count[row * pairs->bins.count + k];
    return sum;
}

void sw_pair_count_clear(sw_pair_count *pairs) {
    free(pairs->element);
    free(pairs->atoms);
    free(pairs->count);
    memset(pairs, 0, sizeof *pairs);
}
