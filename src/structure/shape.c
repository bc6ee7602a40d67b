/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/shape.h"

#include "structure/wide.h"

#include <math.h>
#include <string.h>

#define LANES SW_TEMPLATE_NEIGHBOURS

static void find_spread(sw_shape *shape) {
    double squares = 0.0, points = (double)shape->count + 1.0;
    memset(shape->mean, 0, sizeof shape->mean);
    for (size_t i = 0; i < shape->count; i++)
        for (int k = 0; k < 3; k++) {
            shape->mean[k] += shape->vector[i][k] / points;
            squares += shape->vector[i][k] * shape->vector[i][k];
        }
    for (int k = 0; k < 3; k++)
        squares -= points * shape->mean[k] * shape->mean[k];
    shape->spread = squares;
    shape->size = sqrt(fmax(squares, 0.0));
}

bool sw_shape_take(sw_shape *shape, const double (*vector)[3], size_t count) {
    float(*lane)[LANES] = shape->lane;
    shape->count = count;
    shape->vector = vector;
    shape->sorted = false;
    find_spread(shape);
    if (!(shape->spread > 0.0) || !isfinite(shape->spread))
        return false;
    double inverse = 1.0 / shape->size;
    memset(lane, 0, sizeof shape->lane);
    for (size_t i = 0; i < count; i++) {
        size_t at = i;
        for (int k = 0; k < 3; k++)
            lane[k][i] = (float)(vector[i][k] * inverse);
        float far =
            sqrtf(lane[0][i] * lane[0][i] + lane[1][i] * lane[1][i] + lane[2][i] * lane[2][i]);
        lane[3][i] = far;
        for (; at > 0 && shape->from_atom[at - 1] > far; at--)
            shape->from_atom[at] = shape->from_atom[at - 1];
        shape->from_atom[at] = far;
    }
    return true;
}

SW_WIDE static void find_separations(float (*restrict separation)[LANES],
                                     const float (*restrict lane)[LANES], size_t count) {
    for (size_t i = 0; i < count; i++)
        SW_LANE_LOOP
    for (size_t j = 0; j < LANES; j++) {
        float x = lane[0][j] - lane[0][i], y = lane[1][j] - lane[1][i];
        float z = lane[2][j] - lane[2][i];
        separation[i][j] = sqrtf(x * x + y * y + z * z);
    }
}

/* Sorts all columns at once by merge exchange (K. E. Batcher, AFIPS Spring Joint Comput. Conf. 32,
 * 307 (1968)): exchanges with rows that are not there would do nothing. */
SW_WIDE static void sort_columns(float (*restrict row)[LANES], size_t count) {
    static const uint8_t exchange[][2] = {
        {0, 8},   {1, 9},   {2, 10}, {3, 11}, {4, 12}, {5, 13},  {6, 14},  {7, 15},  {0, 4},
        {1, 5},   {2, 6},   {3, 7},  {8, 12}, {9, 13}, {10, 14}, {11, 15}, {4, 8},   {5, 9},
        {6, 10},  {7, 11},  {0, 2},  {1, 3},  {4, 6},  {5, 7},   {8, 10},  {9, 11},  {12, 14},
        {13, 15}, {2, 8},   {3, 9},  {6, 12}, {7, 13}, {2, 4},   {3, 5},   {6, 8},   {7, 9},
        {10, 12}, {11, 13}, {0, 1},  {2, 3},  {4, 5},  {6, 7},   {8, 9},   {10, 11}, {12, 13},
        {14, 15}, {1, 8},   {3, 10}, {5, 12}, {7, 14}, {1, 4},   {3, 6},   {5, 8},   {7, 10},
        {9, 12},  {11, 14}, {1, 2},  {3, 4},  {5, 6},  {7, 8},   {9, 10},  {11, 12}, {13, 14}};
    for (size_t e = 0; e < sizeof exchange / sizeof exchange[0]; e++) {
        if (exchange[e][1] >= count)
            continue;
        float *low = row[exchange[e][0]], *high = row[exchange[e][1]];
        float least[LANES], most[LANES];
        SW_LANE_LOOP
        for (size_t j = 0; j < LANES; j++) {
            float a = low[j], b = high[j];
            least[j] = a < b ? a : b;
            most[j] = a < b ? b : a;
        }
        memcpy(low, least, sizeof least);
        memcpy(high, most, sizeof most);
    }
}

void sw_shape_sort(sw_shape *shape) {
    if (shape->sorted)
        return;
    find_separations(shape->from_others, (const float(*)[LANES])shape->lane, shape->count);
    sort_columns(shape->from_others, shape->count);
    shape->sorted = true;
}
