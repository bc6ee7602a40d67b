/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inner loop of counting pairs: squared distances from one place, and only those between two
 * bounds. */
#ifndef SPILLWAY_STRUCTURE_NEAR_SQUARES_H
#define SPILLWAY_STRUCTURE_NEAR_SQUARES_H

#include <stddef.h>
#include <stdint.h>

#define SW_NEAR_SQUARES_ROOM 4 /* items behind the end of the output that may be written too */

typedef struct sw_near_squares {
    const double *x, *y, *z; /* [count] candidates, A */
    const uint32_t *tag;     /* [count] kept with the squares; NULL: no tags */
    size_t count;
    double position[3], shift[3]; /* A: a square is that of (candidate - position) + shift */
    double low, high;             /* A^2: low <= square < high is kept */
} sw_near_squares;

/* Squares that are kept, in order, and their tags; each output has room for count and
 * SW_NEAR_SQUARES_ROOM more. Returns how many. Uses AVX2 where the processor has it. */
size_t sw_near_squares_keep(double *squared, uint32_t *tag, const sw_near_squares *task);
/* The same in plain C, bit for bit. */
size_t sw_near_squares_keep_plainly(double *squared, uint32_t *tag, const sw_near_squares *task);

typedef struct sw_bin_scale {
    double start, per_width; /* A, 1/A */
    int32_t last;
} sw_bin_scale;

/* bin[k] = floor((sqrt(squared[k]) - start) * per_width), or `last` where that is more. Roots must
 * not be below `start` nor bins beyond what an int32_t holds. The second is the same in plain C. */
void sw_near_squares_bin(int32_t *bin, const double *squared, size_t count,
                         const sw_bin_scale *scale);
void sw_near_squares_bin_plainly(int32_t *bin, const double *squared, size_t count,
                                 const sw_bin_scale *scale);

#endif
