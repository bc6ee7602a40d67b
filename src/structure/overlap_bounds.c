/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/overlap_bounds.h"

#include "structure/wide.h"

#include <math.h>
#include <string.h>

#define LANES SW_COVER_LANES
#define MOST SW_TEMPLATE_NEIGHBOURS

/* Neighbour i as the template sees it. */
static inline __attribute__((always_inline)) void
turn_neighbour(float (*restrict t)[LANES], const sw_rotation_block *restrict block,
               const float *restrict v) {
    for (size_t k = 0; k < 3; k++)
        SW_LANE_LOOP
    for (size_t l = 0; l < LANES; l++)
        t[k][l] = block->matrix[3 * k][l] * v[0] + block->matrix[3 * k + 1][l] * v[1] +
                  block->matrix[3 * k + 2][l] * v[2];
}

/* Each neighbour's best place; the sum over neighbours. */
SW_WIDE static void take_best(float (*restrict best)[LANES], float *restrict bound,
                              const sw_overlap_input *restrict input,
                              const sw_rotation_block *restrict block) {
    const sw_template_axes *axes = input->axes;
    float sum[LANES];
    for (size_t l = 0; l < LANES; l++)
        sum[l] = axes->squares;
    for (size_t i = 0; i < input->count; i++) {
        float t[3][LANES], most[LANES];
        turn_neighbour(t, block, input->v[i]);
        for (size_t l = 0; l < LANES; l++)
            most[l] = -1e30F;
        for (size_t a = 0; a < axes->pairs; a++) {
            float x = input->turned[a][0], y = input->turned[a][1], z = input->turned[a][2];
            float price = axes->half_square[a];
            SW_LANE_LOOP
            for (size_t l = 0; l < LANES; l++) {
                float value = fabsf(x * t[0][l] + y * t[1][l] + z * t[2][l]) - price;
                most[l] = value > most[l] ? value : most[l];
            }
        }
        for (size_t a = axes->pairs; a < axes->axes; a++) {
            float x = input->turned[a][0], y = input->turned[a][1], z = input->turned[a][2];
            float price = axes->half_square[a];
            SW_LANE_LOOP
            for (size_t l = 0; l < LANES; l++) {
                float value = x * t[0][l] + y * t[1][l] + z * t[2][l] - price;
                most[l] = value > most[l] ? value : most[l];
            }
        }
        memcpy(best[i], most, sizeof most);
        for (size_t l = 0; l < LANES; l++)
            sum[l] += most[l];
    }
    memcpy(bound, sum, sizeof sum);
}

/* along[i][a]: of neighbour i along axis a. */
SW_WIDE static void fill_along(float (*restrict along)[MOST][LANES],
                               const sw_overlap_input *restrict input,
                               const sw_rotation_block *restrict block) {
    for (size_t i = 0; i < input->count; i++) {
        float t[3][LANES];
        turn_neighbour(t, block, input->v[i]);
        for (size_t a = 0; a < input->axes->axes; a++) {
            float x = input->turned[a][0], y = input->turned[a][1], z = input->turned[a][2];
            SW_LANE_LOOP
            for (size_t l = 0; l < LANES; l++)
                along[i][a][l] = x * t[0][l] + y * t[1][l] + z * t[2][l];
        }
    }
}

/* For each place the least that a neighbour would lose by taking it; the negative of their sum. */
SW_WIDE static void change_prices(float *restrict bound, const float (*restrict along)[MOST][LANES],
                                  const float (*restrict best)[LANES],
                                  const sw_overlap_input *restrict input) {
    const sw_template_axes *axes = input->axes;
    float sum[LANES] = {0};
    for (size_t a = 0; a < axes->axes; a++) {
        float one[LANES], other[LANES], price = axes->half_square[a];
        float paired = a < axes->pairs ? 1.0F : 0.0F;
        for (size_t l = 0; l < LANES; l++)
            one[l] = other[l] = -1e30F;
        for (size_t i = 0; i < input->count; i++) {
            SW_LANE_LOOP
            for (size_t l = 0; l < LANES; l++) {
                float here = along[i][a][l] - best[i][l], there = -along[i][a][l] - best[i][l];
                one[l] = here > one[l] ? here : one[l];
                other[l] = there > other[l] ? there : other[l];
            }
        }
        SW_LANE_LOOP
        for (size_t l = 0; l < LANES; l++)
            sum[l] += one[l] - price + paired * (other[l] - price);
    }
    for (size_t l = 0; l < LANES; l++)
        bound[l] += sum[l];
}

void sw_overlap_bounds(float bound[LANES], const sw_overlap_input *input,
                       const sw_rotation_block *block, const float needed[LANES]) {
    float along[MOST][MOST][LANES], best[MOST][LANES];
    bool all = true;
    take_best(best, bound, input, block);
    for (size_t l = 0; l < LANES; l++)
        all = all && bound[l] < needed[l];
    if (all)
        return;
    fill_along(along, input, block);
    change_prices(bound, (const float(*)[MOST][LANES])along, (const float(*)[LANES])best, input);
}

/* Lowers what neighbours lose in one place until the least is nothing; returns by how much. */
static float lower_place(float (*loss)[MOST], size_t place, size_t count) {
    float least = loss[0][place];
    for (size_t i = 1; i < count; i++)
        least = loss[i][place] < least ? loss[i][place] : least;
    for (size_t i = 0; i < count; i++)
        loss[i][place] -= least;
    return least;
}

float sw_overlap_losses(float (*loss)[MOST], const sw_overlap_input *input,
                        const sw_rotation_block *block, size_t lane) {
    const sw_template_axes *axes = input->axes;
    float along[MOST][MOST][LANES], best[MOST][LANES], bound[LANES];
    take_best(best, bound, input, block);
    fill_along(along, input, block);
    for (size_t a = 0; a < axes->axes; a++)
        for (size_t end = 0; end < (a < axes->pairs ? 2U : 1U); end++) {
            size_t place = axes->place[end][a];
            for (size_t i = 0; i < input->count; i++) {
                float value = end == 0 ? along[i][a][lane] : -along[i][a][lane];
                loss[i][place] = best[i][lane] - (value - axes->half_square[a]);
            }
            bound[lane] -= lower_place(loss, place, input->count);
        }
    return bound[lane];
}
