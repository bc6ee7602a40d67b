/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lattice/packed/feed.h"

#include "lattice/portable_math.h"

#define ROUNDS 10
#define BLOCKS (2 * SW_FEED)

/* The constants of Philox 4x32. */
#define MULTIPLIER_0 0xD2511F53u
#define MULTIPLIER_1 0xCD9E8D57u
#define WEYL_0 0x9E3779B9u
#define WEYL_1 0xBB67AE85u

/* The loops below are compiled for wide vectors too, chosen when the program starts. */
#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define SW_WIDE_VECTORS __attribute__((target_clones("avx2", "default")))
#else
#define SW_WIDE_VECTORS
#endif

/* Many counters side by side: word w of block i is word[w][i]. The first halves of the blocks of
 * all attempts come before the second halves. */
typedef struct lanes {
    uint32_t word[4][BLOCKS];
} lanes;

static inline __attribute__((always_inline)) void set_counters(lanes *all, uint64_t stream, uint64_t first)
{
    for (uint32_t i = 0; i < BLOCKS; i++) {
        uint64_t counter = 2 * (first + i % SW_FEED) + i / SW_FEED;
        all->word[0][i] = (uint32_t)counter;
        all->word[1][i] = (uint32_t)(counter >> 32);
        all->word[2][i] = (uint32_t)stream;
        all->word[3][i] = (uint32_t)(stream >> 32);
    }
}

static inline __attribute__((always_inline)) void turn(lanes *all, uint32_t key_0, uint32_t key_1)
{
    uint32_t *restrict a = all->word[0], *restrict b = all->word[1];
    uint32_t *restrict c = all->word[2], *restrict d = all->word[3];
    for (int i = 0; i < BLOCKS; i++) {
        uint64_t from_a = (uint64_t)MULTIPLIER_0 * a[i];
        uint64_t from_c = (uint64_t)MULTIPLIER_1 * c[i];
        a[i] = (uint32_t)(from_c >> 32) ^ b[i] ^ key_0;
        c[i] = (uint32_t)(from_a >> 32) ^ d[i] ^ key_1;
        b[i] = (uint32_t)from_c;
        d[i] = (uint32_t)from_a;
    }
}

static uint64_t joined(const lanes *all, int low, int block)
{
    return (uint64_t)all->word[low + 1][block] << 32 | all->word[low][block];
}

/* u = mantissa 2^power with the mantissa about 1, as sw_ln splits it, without a branch. */
static inline __attribute__((always_inline)) void split(double *restrict mantissa,
                                                        double *restrict power)
{
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
static inline __attribute__((always_inline)) void take_logarithms(double *restrict waiting,
                                                                  double *restrict unit)
{
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
        waiting[i] = -(power[i] * SW_LN_2_HIGH +
                       (power[i] * SW_LN_2_LOW + 2.0 * unit[i] * sum[i]));
}

SW_WIDE_VECTORS
void sw_feed_fill(sw_feed *feed, uint64_t seed, uint64_t stream, uint64_t first)
{
    lanes all;
    double unit[SW_FEED];
    set_counters(&all, stream, first);
    for (uint32_t round = 0; round < ROUNDS; round++)
        turn(&all, (uint32_t)seed + round * WEYL_0, (uint32_t)(seed >> 32) + round * WEYL_1);
    for (int i = 0; i < SW_FEED; i++) {
        unit[i] = sw_feed_unit(joined(&all, 0, i));
        feed->block[i] = joined(&all, 2, i);
        feed->place[i] = joined(&all, 0, SW_FEED + i);
        feed->channel[i] = joined(&all, 2, SW_FEED + i);
    }
    take_logarithms(feed->waiting, unit);
}
