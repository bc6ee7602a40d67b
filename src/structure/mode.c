/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/mode.h"

#include "base/memory.h"
#include "base/sorting.h"
#include "base/student.h"
#include "structure/first_shell.h"

#include <math.h>
#include <stdlib.h>

#define QUARTILES 1.3489795003921634 /* of a normal distribution, in deviations */
#define BINS_A_WIDTH 4.0
#define MOST_BINS 65536.0
#define LEAST_WIDTH 1e-9 /* of the median: less is rounding */
#define REACH 6.0        /* widths of a Gaussian */
#define STEPS 50

/* ---- where to begin -------------------------------------------------------------------------- */

static size_t first_not_below(const double *values, size_t count, double x) {
    size_t low = 0, high = count;
    while (low < high) {
        size_t half = low + (high - low) / 2;
        if (values[half] < x)
            low = half + 1;
        else
            high = half;
    }
    return low;
}

/* The highest place of the curve of these values, to a bin of `step`. */
static sw_status highest_bin(double *place, const double *values, size_t count, double width,
                             double step) {
    double low = values[0];
    size_t bins = (size_t)((values[count - 1] - low) / step) + 1, best = 0;
    double *counts = sw_allocate(2 * bins, sizeof *counts);
    if (counts == NULL)
        return SW_ERROR_MEMORY;
    double *smooth = counts + bins;
    for (size_t i = 0; i < count; i++) {
        size_t bin = (size_t)((values[i] - low) / step);
        counts[bin < bins ? bin : bins - 1] += 1.0;
    }
    sw_curve_smooth(smooth, counts, bins, width / step);
    for (size_t b = 1; b < bins; b++)
        if (smooth[b] > smooth[best])
            best = b;
    *place = low + step * ((double)best + 0.5);
    free(counts);
    return SW_OK;
}

/* The same to a part of the width: where the values reach too far for that, again near the place.
 */
static sw_status highest_place(double *place, const double *values, size_t count, double width) {
    size_t first = 0, end = count;
    sw_status status = SW_OK;
    for (bool fine = false; !fine && status == SW_OK && first < end;) {
        double range = values[end - 1] - values[first];
        double step = fmax(width / BINS_A_WIDTH, range / (MOST_BINS - 1.0));
        fine = step <= width / BINS_A_WIDTH;
        status = highest_bin(place, values + first, end - first, width, step);
        first = first_not_below(values, count, *place - step);
        end = first_not_below(values, count, *place + step);
    }
    return status;
}

/* ---- the place itself ------------------------------------------------------------------------ */

/* The curve at x with its derivatives, in units of the width, summed over values and not divided.
 */
typedef struct curve_at {
    double height, slope, bend;
} curve_at;

static curve_at curve(const double *values, size_t count, double width, double x) {
    curve_at at = {0};
    size_t i = first_not_below(values, count, x - REACH * width);
    for (; i < count && values[i] <= x + REACH * width; i++) {
        double away = (values[i] - x) / width, weight = exp(-0.5 * away * away);
        at.height += weight;
        at.slope += away * weight;
        at.bend += (away * away - 1.0) * weight;
    }
    return at;
}

/* Newton's steps where the curve bends down, else to the mean of what is near; none beyond a width.
 */
static double climb(curve_at *at, const double *values, size_t count, double width, double x) {
    for (int step = 0; step < STEPS; step++) {
        *at = curve(values, count, width, x);
        if (!(at->height > 0.0))
            break;
        double move = at->bend < 0.0 ? -at->slope / at->bend : at->slope / at->height;
        move = width * fmin(fmax(move, -1.0), 1.0);
        if (x + move == x)
            break;
        x += move;
    }
    return x;
}

sw_status sw_mode_find(sw_interval *mode, double *values, size_t count, double independent) {
    curve_at at;
    double place = NAN;
    *mode = (sw_interval){NAN, NAN, NAN};
    if (count < 2 || !(independent > 0.0))
        return SW_OK;
    sw_sort_numbers(values, count);
    double deviation = (values[3 * (count - 1) / 4] - values[(count - 1) / 4]) / QUARTILES;
    double width =
        fmax(deviation * pow(independent, -1.0 / 7.0), LEAST_WIDTH * fabs(values[count / 2]));
    if (values[count - 1] == values[0] || !(width > 0.0)) {
        *mode = (sw_interval){values[count / 2], values[count / 2], values[count / 2]};
        return SW_OK;
    }
    sw_status status = highest_place(&place, values, count, width);
    if (status != SW_OK)
        return status;
    mode->value = climb(&at, values, count, width, place);
    if (!(at.bend < 0.0))
        return SW_OK;
    /* f = sum K / (n h sqrt(2 pi)) and f'' = bend / (n h^3 sqrt(2 pi)); the n of both is `count` */
    double share = at.height / (double)count, bend = at.bend / (double)count;
    double square =
        width * width * share * sqrt(2.0 * M_PI) / (4.0 * sqrt(M_PI) * independent * bend * bend);
    mode->low = mode->value - SW_NORMAL_95 * sqrt(square);
    mode->high = mode->value + SW_NORMAL_95 * sqrt(square);
    return SW_OK;
}
