/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/harmonics.h"

#include "structure/wide.h"

#include <math.h>
#include <string.h>

void sw_harmonics_prepare(sw_harmonics *harmonics, const int *l, size_t count) {
    memset(harmonics, 0, sizeof *harmonics);
    for (int k = 0; k <= SW_HARMONICS_MOST; k++)
        harmonics->row[k] = -1;
    for (size_t i = 0; i < count; i++) {
        harmonics->row[l[i]] = harmonics->components;
        harmonics->components += 2 * l[i] + 1;
        harmonics->most = l[i];
    }
    double start = 1.0;
    for (int m = 0; m <= harmonics->most; m++) {
        start *= m > 0 ? -sqrt((2.0 * m - 1.0) / (2.0 * m)) : 1.0;
        harmonics->start[m] = start;
        for (int k = m + 1; k <= harmonics->most; k++) {
            double root = sqrt((double)((k - m) * (k + m)));
            harmonics->ahead[m][k] = (2.0 * k - 1.0) / root;
            harmonics->back[m][k] = sqrt((double)((k + m - 1) * (k - m - 1))) / root;
        }
    }
}

SW_WIDE static void add(sw_lanes *sum, const sw_harmonics *harmonics, const sw_lanes direction[3],
                        const sw_lanes *weight) {
    const sw_lanes x = direction[0], y = direction[1], z = direction[2];
    sw_lanes real = *weight;
    const sw_lanes zero = real - *weight; /* gcc makes slower code of {0} */
    sw_lanes imaginary = zero;
    for (int m = 0; m <= harmonics->most; m++) {
        sw_lanes before = zero, p = before + harmonics->start[m];
        for (int l = m; l <= harmonics->most; l++) {
            if (harmonics->row[l] >= 0) {
                sw_lanes *at = sum + harmonics->row[l] + (m > 0 ? 2 * m - 1 : 0);
                at[0] += p * real;
                if (m > 0)
                    at[1] += p * imaginary;
            }
            if (l == harmonics->most)
                break;
            sw_lanes next = harmonics->ahead[m][l + 1] * z * p - harmonics->back[m][l + 1] * before;
            before = p;
            p = next;
        }
        sw_lanes turned = x * real - y * imaginary;
        imaginary = x * imaginary + y * real;
        real = turned;
    }
}

/* The clones of a function that others call would be exported with what chooses between them. */
void sw_harmonics_add(sw_lanes *sum, const sw_harmonics *harmonics, const sw_lanes direction[3],
                      const sw_lanes *weight) {
    add(sum, harmonics, direction, weight);
}
