/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/near_squares.h"

#include <math.h>

/* Keeps those of candidates from .. count - 1, behind `kept` that there are. */
static size_t keep_plainly(double *squared, uint32_t *tag, const sw_near_squares *task, size_t from,
                           size_t kept) {
    const double *p = task->position, *s = task->shift;
    for (size_t k = from; k < task->count; k++) {
        double dx = (task->x[k] - p[0]) + s[0], dy = (task->y[k] - p[1]) + s[1];
        double dz = (task->z[k] - p[2]) + s[2], square = dx * dx + dy * dy + dz * dz;
        squared[kept] = square;
        if (task->tag)
            tag[kept] = task->tag[k];
        kept += (square < task->high) & (square >= task->low);
    }
    return kept;
}

size_t sw_near_squares_keep_plainly(double *squared, uint32_t *tag, const sw_near_squares *task) {
    return keep_plainly(squared, tag, task, 0, 0);
}

void sw_near_squares_bin_plainly(int32_t *bin, const double *squared, size_t count,
                                 const sw_bin_scale *scale) {
    for (size_t k = 0; k < count; k++) {
        int32_t at = (int32_t)((sqrt(squared[k]) - scale->start) * scale->per_width);
        bin[k] = at < scale->last ? at : scale->last;
    }
}

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

/* For each set of four lanes: the places, in halves of doubles and in words, that bring them
 * together. */
static const int32_t halves[16][8] = {
    {0, 0, 0, 0, 0, 0, 0, 0}, {0, 1, 0, 0, 0, 0, 0, 0}, {2, 3, 0, 0, 0, 0, 0, 0},
    {0, 1, 2, 3, 0, 0, 0, 0}, {4, 5, 0, 0, 0, 0, 0, 0}, {0, 1, 4, 5, 0, 0, 0, 0},
    {2, 3, 4, 5, 0, 0, 0, 0}, {0, 1, 2, 3, 4, 5, 0, 0}, {6, 7, 0, 0, 0, 0, 0, 0},
    {0, 1, 6, 7, 0, 0, 0, 0}, {2, 3, 6, 7, 0, 0, 0, 0}, {0, 1, 2, 3, 6, 7, 0, 0},
    {4, 5, 6, 7, 0, 0, 0, 0}, {0, 1, 4, 5, 6, 7, 0, 0}, {2, 3, 4, 5, 6, 7, 0, 0},
    {0, 1, 2, 3, 4, 5, 6, 7}};
static const int32_t words[16][4] = {{0, 0, 0, 0}, {0, 0, 0, 0}, {1, 0, 0, 0}, {0, 1, 0, 0},
                                     {2, 0, 0, 0}, {0, 2, 0, 0}, {1, 2, 0, 0}, {0, 1, 2, 0},
                                     {3, 0, 0, 0}, {0, 3, 0, 0}, {1, 3, 0, 0}, {0, 1, 3, 0},
                                     {2, 3, 0, 0}, {0, 2, 3, 0}, {1, 2, 3, 0}, {0, 1, 2, 3}};

/* Everything the loop needs, so that it stays in registers. */
typedef struct sw_wide_task {
    __m256d position[3], shift[3], low, high;
} sw_wide_task;

__attribute__((target("avx2"), always_inline)) static inline __m256d
square_of_difference(const double *at, __m256d position, __m256d shift) {
    __m256d d = _mm256_add_pd(_mm256_sub_pd(_mm256_loadu_pd(at), position), shift);
    return _mm256_mul_pd(d, d);
}

/* The set of four lanes that are kept, packed into `square`. */
__attribute__((target("avx2"), always_inline)) static inline unsigned
pack_four(__m256d *packed, const double *x, const double *y, const double *z, sw_wide_task w) {
    __m256d square = _mm256_add_pd(square_of_difference(x, w.position[0], w.shift[0]),
                                   square_of_difference(y, w.position[1], w.shift[1]));
    square = _mm256_add_pd(square, square_of_difference(z, w.position[2], w.shift[2]));
    __m256d inside = _mm256_and_pd(_mm256_cmp_pd(square, w.high, _CMP_LT_OQ),
                                   _mm256_cmp_pd(square, w.low, _CMP_GE_OQ));
    unsigned set = (unsigned)_mm256_movemask_pd(inside);
    __m256i order = _mm256_loadu_si256((const __m256i *)(const void *)halves[set]);
    *packed = _mm256_castps_pd(_mm256_permutevar8x32_ps(_mm256_castpd_ps(square), order));
    return set;
}

__attribute__((target("avx2"), always_inline)) static inline void
pack_tags(uint32_t *tag, const uint32_t *from, unsigned set) {
    __m128 tags = _mm_loadu_ps((const float *)(const void *)from);
    __m128i places = _mm_loadu_si128((const __m128i *)(const void *)words[set]);
    _mm_storeu_ps((float *)(void *)tag, _mm_permutevar_ps(tags, places));
}

__attribute__((target("avx2,popcnt"))) static size_t
keep_by_fours(double *restrict squared, uint32_t *restrict tag, const sw_near_squares *task) {
    const double *x = task->x, *y = task->y, *z = task->z;
    const uint32_t *from = task->tag;
    size_t k = 0, kept = 0, count = task->count;
    sw_wide_task wide = {.low = _mm256_set1_pd(task->low), .high = _mm256_set1_pd(task->high)};
    for (int d = 0; d < 3; d++) {
        wide.position[d] = _mm256_set1_pd(task->position[d]);
        wide.shift[d] = _mm256_set1_pd(task->shift[d]);
    }
    for (; k + 4 <= count; k += 4) {
        __m256d packed;
        unsigned set = pack_four(&packed, x + k, y + k, z + k, wide);
        _mm256_storeu_pd(squared + kept, packed);
        if (from)
            pack_tags(tag + kept, from + k, set);
        kept += (size_t)__builtin_popcount(set);
    }
    return keep_plainly(squared, tag, task, k, kept);
}

__attribute__((target("avx2"))) static void bin_by_fours(int32_t *bin, const double *squared,
                                                         size_t count, const sw_bin_scale *scale) {
    const __m256d start = _mm256_set1_pd(scale->start);
    const __m256d per_width = _mm256_set1_pd(scale->per_width);
    const __m128i last = _mm_set1_epi32(scale->last);
    size_t k = 0;
    for (; k + 4 <= count; k += 4) {
        __m256d r = _mm256_sqrt_pd(_mm256_loadu_pd(squared + k));
        __m256d place = _mm256_mul_pd(_mm256_sub_pd(r, start), per_width);
        __m128i at = _mm_min_epi32(_mm256_cvttpd_epi32(place), last);
        _mm_storeu_si128((__m128i *)(void *)(bin + k), at);
    }
    sw_near_squares_bin_plainly(bin + k, squared + k, count - k, scale);
}

void sw_near_squares_bin(int32_t *bin, const double *squared, size_t count,
                         const sw_bin_scale *scale) {
    if (__builtin_cpu_supports("avx2"))
        bin_by_fours(bin, squared, count, scale);
    else
        sw_near_squares_bin_plainly(bin, squared, count, scale);
}

size_t sw_near_squares_keep(double *squared, uint32_t *tag, const sw_near_squares *task) {
    return __builtin_cpu_supports("avx2") ? keep_by_fours(squared, tag, task)
                                          : keep_plainly(squared, tag, task, 0, 0);
}
#else
size_t sw_near_squares_keep(double *squared, uint32_t *tag, const sw_near_squares *task) {
    return keep_plainly(squared, tag, task, 0, 0);
}

void sw_near_squares_bin(int32_t *bin, const double *squared, size_t count,
                         const sw_bin_scale *scale) {
    sw_near_squares_bin_plainly(bin, squared, count, scale);
}
#endif
