/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A smoothed step through counted shares:
 *
 *   share(x) = before + (after - before) Phi((x - position) / width)
 *
 * Phi the normal distribution, averaged over each bin, so that the width does not grow with the
 * bins. The likelihood of the counts (binomial) is made greatest. Intervals of position and width
 * are those of the likelihood ratio (95 %: 1.92 below the greatest logarithm), so they stay right
 * where a width cannot be told from none; those of the levels are from the expected information.
 */
#ifndef SPILLWAY_STRUCTURE_SHARE_STEP_H
#define SPILLWAY_STRUCTURE_SHARE_STEP_H

#include "structure/interval.h"

#include <spillway/base.h>

/* Bins side by side, each `size` A wide, from `first`. */
typedef struct sw_share_step_bins {
    size_t bins;
    double first, size;  /* A */
    const size_t *count; /* [bins] of `total` */
    const size_t *total; /* [bins] */
    size_t stride;       /* of count, in numbers */
} sw_share_step_bins;

typedef struct sw_share_step {
    sw_interval position;      /* A */
    sw_interval width;         /* A, standard deviation; low is 0 where a sharp step fits as well */
    sw_interval before, after; /* shares */
    double
        deviance;   /* of the counts from the fit: about the degrees of freedom where it is right */
    size_t freedom; /* bins with counts less four */
} sw_share_step;

#define SW_SHARE_STEP_MOST_BINS 20000

/* From 10 % to 90 % of the step, in widths. */
#define SW_SHARE_STEP_10_TO_90 2.5631031310892007

/* SW_ERROR_ARGUMENT where fewer than five bins hold counts, all shares are equal or there are more
 * than SW_SHARE_STEP_MOST_BINS bins; SW_ERROR_MEMORY. O(bins) times some thousand. */
SW_MUST_USE sw_status sw_share_step_fit(sw_share_step *fit, const sw_share_step_bins *bins,
                                        sw_error *error);
/* The share of bin b that the fit gives. */
double sw_share_step_value(const sw_share_step *fit, const sw_share_step_bins *bins, size_t b);

#endif
