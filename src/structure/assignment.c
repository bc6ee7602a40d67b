/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/assignment.h"

#include <stdbool.h>
#include <stdint.h>

#define MOST SW_ASSIGNMENT_MOST
#define NOBODY MOST /* also the column that a path begins with: the row without one */

typedef struct sw_assignment {
    size_t count;
    float (*loss)[MOST];
    float row_price[MOST], column_price[MOST + 1];
    size_t owner[MOST + 1]; /* row of a column */
} sw_assignment;

typedef struct sw_assignment_path {
    float least[MOST]; /* length of the shortest path to each column */
    size_t from[MOST]; /* column before it */
    bool done[MOST + 1];
} sw_assignment_path;

/* Goes on from the row of column `at`; returns the nearest column that is not done, `delta` away.
 */
static size_t go_on(sw_assignment_path *path, const sw_assignment *all, size_t at, float *delta) {
    size_t row = all->owner[at], next = NOBODY;
    path->done[at] = true;
    *delta = 1e30F;
    for (size_t c = 0; c < all->count; c++) {
        if (path->done[c])
            continue;
        float length = all->loss[row][c] - all->row_price[row] - all->column_price[c];
        if (length < path->least[c]) {
            path->least[c] = length;
            path->from[c] = at;
        }
        if (path->least[c] < *delta) {
            *delta = path->least[c];
            next = c;
        }
    }
    return next;
}

static void change_prices(sw_assignment *all, sw_assignment_path *path, float delta) {
    for (size_t c = 0; c <= all->count; c++) {
        size_t column = c < all->count ? c : NOBODY;
        if (path->done[column]) {
            all->row_price[all->owner[column]] += delta;
            all->column_price[column] -= delta;
        } else {
            path->least[column] -= delta;
        }
    }
}

/* Returns how much the row adds to the least sum. */
static float add_row(sw_assignment *all, size_t row) {
    sw_assignment_path path = {.done = {false}};
    size_t at = NOBODY;
    float sum = 0.0F;
    for (size_t c = 0; c < all->count; c++)
        path.least[c] = 1e30F;
    all->owner[NOBODY] = row;
    do {
        float delta;
        size_t next = go_on(&path, all, at, &delta);
        change_prices(all, &path, delta);
        sum += delta;
        at = next;
    } while (all->owner[at] != NOBODY);
    while (at != NOBODY) {
        all->owner[at] = all->owner[path.from[at]];
        at = path.from[at];
    }
    return sum;
}

float sw_assignment_reduce(float (*loss)[MOST], size_t count, float most) {
    sw_assignment all = {.count = count, .loss = loss};
    float sum = 0.0F;
    for (size_t c = 0; c <= MOST; c++)
        all.owner[c] = NOBODY;
    for (size_t row = 0; row < count && sum <= most; row++)
        sum += add_row(&all, row);
    for (size_t row = 0; row < count && sum <= most; row++)
        for (size_t c = 0; c < count; c++)
            loss[row][c] -= all.row_price[row] + all.column_price[c];
    return sum;
}
