/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lattice/packed/feed.h"

#include "base/random.h"
#include "lattice/portable_math.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#define ROUNDS 10

/* The constants of Philox 4x32. */
#define MULTIPLIER_0 0xD2511F53u
#define MULTIPLIER_1 0xCD9E8D57u
#define WEYL_0 0x9E3779B9u
#define WEYL_1 0xBB67AE85u

/* The loops over logarithms are compiled for wide vectors too, chosen when the program starts. */
#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(__clang__) &&                        \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define WIDE_VECTORS __attribute__((target_clones("avx2", "default")))
#else
#define WIDE_VECTORS
#endif

/* ---- Philox ---------------------------------------------------------------------------------- */

/* Half of the blocks: words 0 and 1 joined, words 2 and 3 joined. */
typedef struct halves {
    uint64_t low[SW_FEED], high[SW_FEED];
} halves;

static void draw_portably(halves *out, uint64_t seed, uint64_t stream, uint64_t first) {
    for (uint64_t i = 0; i < SW_FEED; i++) {
        uint32_t words[4];
        sw_philox(words, seed, stream, first + 2 * i);
        out->low[i] = (uint64_t)words[1] << 32 | words[0];
        out->high[i] = (uint64_t)words[3] << 32 | words[2];
    }
}

#if defined(__x86_64__)
/* Eight blocks side by side. A word is the lower half of a lane; what the upper half holds is of no
 * account, because products take lower halves only. */
__attribute__((target("avx2"))) static void draw_wide(halves *out, uint64_t seed, uint64_t stream,
                                                      uint64_t first) {
    const __m256i multiplier[2] = {_mm256_set1_epi64x(MULTIPLIER_0),
                                   _mm256_set1_epi64x(MULTIPLIER_1)};
    const __m256i word = _mm256_set1_epi64x(0xffffffff);
    for (uint64_t i = 0; i < SW_FEED; i += 8) {
        __m256i a[2], b[2], c[2], d[2];
        for (uint64_t v = 0; v < 2; v++) {
            __m256i ahead = _mm256_set_epi64x(6, 4, 2, 0);
            a[v] = _mm256_add_epi64(_mm256_set1_epi64x((int64_t)(first + 2 * (i + 4 * v))), ahead);
            b[v] = _mm256_srli_epi64(a[v], 32);
            c[v] = _mm256_set1_epi64x((int64_t)stream);
            d[v] = _mm256_set1_epi64x((int64_t)(stream >> 32));
        }
        for (uint32_t round = 0; round < ROUNDS; round++) {
            __m256i key_0 = _mm256_set1_epi64x((uint32_t)seed + round * WEYL_0);
            __m256i key_1 = _mm256_set1_epi64x((uint32_t)(seed >> 32) + round * WEYL_1);
            for (int v = 0; v < 2; v++) {
                __m256i from_a = _mm256_mul_epu32(a[v], multiplier[0]);
                __m256i from_c = _mm256_mul_epu32(c[v], multiplier[1]);
                a[v] = _mm256_srli_epi64(from_c, 32) ^ b[v] ^ key_0;
                c[v] = _mm256_srli_epi64(from_a, 32) ^ d[v] ^ key_1;
                b[v] = from_c;
                d[v] = from_a;
            }
        }
        for (uint64_t v = 0; v < 2; v++) {
            _mm256_storeu_si256((__m256i *)(void *)&out->low[i + 4 * v],
                                (a[v] & word) | _mm256_slli_epi64(b[v], 32));
            _mm256_storeu_si256((__m256i *)(void *)&out->high[i + 4 * v],
                                (c[v] & word) | _mm256_slli_epi64(d[v], 32));
        }
    }
}
#endif

/* ---- logarithms ------------------------------------------------------------------------------ */

/* u = mantissa 2^power with the mantissa about 1, as sw_ln splits it, without a branch. */
static inline __attribute__((always_inline)) void split(double *restrict mantissa,
                                                        double *restrict power) {
    const uint64_t root_of_two = 0x6a09e667f3bcdULL; /* digits of its mantissa */
    for (int i = 0; i < SW_FEED; i++) {
        uint64_t bits, exponent;
        memcpy(&bits, &mantissa[i], sizeof bits);
        exponent = bits >> 52;
        bits &= 0xfffffffffffffULL;
        uint64_t above = (root_of_two - bits) >> 63;
        exponent = (exponent + above) | 0x4330000000000000ULL; /* 2^52 + exponent */
        bits |= 0x3ff0000000000000ULL - (above << 52);
        memcpy(&mantissa[i], &bits, sizeof bits);
        memcpy(&power[i], &exponent, sizeof exponent);
        power[i] -= 0x1p52 + 1023.0;
    }
}

/* -ln(u) for many u at once: the steps of sw_ln side by side, to the same bits. Uses up `unit`. */
WIDE_VECTORS
static void take_logarithms(double *restrict waiting, double *restrict unit) {
    double power[SW_FEED], square[SW_FEED], sum[SW_FEED];
    split(unit, power);
    for (int i = 0; i < SW_FEED; i++) {
        unit[i] = (unit[i] - 1.0) / (unit[i] + 1.0);
        square[i] = unit[i] * unit[i];
        sum[i] = 0.0;
    }
    for (int n = 23; n > 0; n -= 2)
        for (int i = 0; i < SW_FEED; i++)
            sum[i] = sum[i] * square[i] + 1.0 / n;
    for (int i = 0; i < SW_FEED; i++)
        waiting[i] = -(power[i] * SW_LN_2_HIGH + (power[i] * SW_LN_2_LOW + 2.0 * unit[i] * sum[i]));
}

static void set_numbers(sw_feed *feed, const halves *even, const halves *odd) {
    double unit[SW_FEED];
    for (int i = 0; i < SW_FEED; i++)
        unit[i] = sw_feed_unit(even->low[i]);
    memcpy(feed->block, even->high, sizeof feed->block);
    memcpy(feed->place, odd->low, sizeof feed->place);
    memcpy(feed->channel, odd->high, sizeof feed->channel);
    take_logarithms(feed->waiting, unit);
}

void sw_feed_fill_portably(sw_feed *feed, uint64_t seed, uint64_t stream, uint64_t first) {
    halves even, odd;
    draw_portably(&even, seed, stream, 2 * first);
    draw_portably(&odd, seed, stream, 2 * first + 1);
    set_numbers(feed, &even, &odd);
}

void sw_feed_fill(sw_feed *feed, uint64_t seed, uint64_t stream, uint64_t first) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2")) {
        halves even, odd;
        draw_wide(&even, seed, stream, 2 * first);
        draw_wide(&odd, seed, stream, 2 * first + 1);
        set_numbers(feed, &even, &odd);
        return;
    }
#endif
    sw_feed_fill_portably(feed, seed, stream, first);
}
