/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/point_order.h"

#include "base/memory.h"
#include "base/random.h"

#include <math.h>
#include <stdlib.h>

#define BITS 20 /* of a coordinate: three of them leave 4 for the round */
#define LAST_ROUND 15
#define SEED 20 /* any */

typedef struct item {
    uint64_t key;
    uint32_t point;
} item;

static int by_key(const void *a, const void *b) {
    const item *left = a, *right = b;
    if (left->key != right->key)
        return left->key < right->key ? -1 : 1;
    return left->point < right->point ? -1 : left->point > right->point;
}

/* Place along the Hilbert curve (J. Skilling, AIP Conf. Proc. 707, 381 (2004)): undo the turns of
 * the larger cubes bit by bit, then Gray-decode. */
static uint64_t hilbert(uint32_t x[3]) {
    for (uint32_t bit = 1u << (BITS - 1); bit > 1; bit >>= 1)
        for (int k = 0; k < 3; k++) {
            uint32_t below = bit - 1, swap = (x[0] ^ x[k]) & below;
            if (x[k] & bit) {
                x[0] ^= below;
            } else {
                x[0] ^= swap;
                x[k] ^= swap;
            }
        }
    x[1] ^= x[0];
    x[2] ^= x[1];
    uint32_t flip = 0;
    for (uint32_t bit = 1u << (BITS - 1); bit > 1; bit >>= 1)
        if (x[2] & bit)
            flip ^= bit - 1;
    uint64_t key = 0;
    for (int b = BITS - 1; b >= 0; b--)
        for (int k = 0; k < 3; k++)
            key = key << 1 | (((x[k] ^ flip) >> b) & 1);
    return key;
}

/* Seven eighths of all points are in the last round, seven eighths of the others before, ... */
static uint64_t round_of(size_t point) {
    uint32_t words[4];
    sw_philox(words, SEED, 0, point);
    uint64_t draw = ((uint64_t)words[1] << 32) | words[0], round = LAST_ROUND;
    while (round > 0 && (draw & 7) == 0) {
        round--;
        draw >>= 3;
    }
    return round;
}

sw_status sw_point_order(uint32_t *order, const double (*point)[3], size_t count) {
    double low[3] = {INFINITY, INFINITY, INFINITY}, width = 0.0;
    item *items = sw_allocate(count, sizeof *items);
    if (!items)
        return SW_ERROR_MEMORY;
    for (size_t i = 0; i < count; i++)
        for (int k = 0; k < 3; k++)
            low[k] = fmin(low[k], point[i][k]);
    for (size_t i = 0; i < count; i++)
        for (int k = 0; k < 3; k++)
            width = fmax(width, point[i][k] - low[k]);
    double scale = width > 0.0 ? ((1u << BITS) - 1) / width : 0.0;
    for (size_t i = 0; i < count; i++) {
        uint32_t cell[3];
        for (int k = 0; k < 3; k++)
            cell[k] = (uint32_t)((point[i][k] - low[k]) * scale);
        items[i] = (item){round_of(i) << (3 * BITS) | hilbert(cell), (uint32_t)i};
    }
    qsort(items, count, sizeof *items, by_key);
    for (size_t i = 0; i < count; i++)
        order[i] = items[i].point;
    free(items);
    return SW_OK;
}
