/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loops that are compiled for wide vectors too, chosen when the program starts. No multiply-add is
 * fused, so every machine gets the same numbers. */
#ifndef SPILLWAY_STRUCTURE_WIDE_H
#define SPILLWAY_STRUCTURE_WIDE_H

#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(__clang__) &&                        \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define SW_WIDE __attribute__((target_clones("avx2", "default")))
#else
#define SW_WIDE
#endif

/* Before a short loop of fixed length: to become operations on vectors, not a row of single ones.
 */
#if defined(__GNUC__) && !defined(__clang__)
#define SW_LANE_LOOP _Pragma("GCC unroll 1")
#else
#define SW_LANE_LOOP
#endif

#endif
