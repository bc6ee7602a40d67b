/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lattice/superbasin/passage.h"

#include "base/memory.h"
#include "lattice/superbasin/deviates.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Beyond this share of survivors the tail is below the resolution of a random number. */
#define LEAST_SURVIVAL 1e-18

/* ---- powers ---------------------------------------------------------------------------------- */

static double *power_of(const sw_passage *passage, unsigned k) {
    return passage->power + k * passage->states * passage->states;
}

static double *absorbed_of(const sw_passage *passage, unsigned k) {
    return passage->absorbed + k * passage->states;
}

static sw_status allocate_power(sw_passage *passage) {
    size_t n = passage->states, next = passage->powers + 1;
    double *power = sw_reallocate(passage->power, next * n * n, sizeof *power);
    if (!power)
        return SW_ERROR_MEMORY;
    passage->power = power;
    double *absorbed = sw_reallocate(passage->absorbed, next * n, sizeof *absorbed);
    if (!absorbed)
        return SW_ERROR_MEMORY;
    passage->absorbed = absorbed;
    passage->powers++;
    return SW_OK;
}

/* Rounding must not leak probability: each row and its absorption sum to 1. */
static void normalise(double *row, size_t n, double absorbed) {
    double sum = 0.0;
    for (size_t j = 0; j < n; j++)
        sum += row[j];
    for (size_t j = 0; j < n && sum > 0.0; j++)
        row[j] *= (1.0 - absorbed) / sum;
}

static void fill_first(sw_passage *passage, const double *rate, const double *leaving) {
    size_t n = passage->states;
    double *q = power_of(passage, 0), *a = absorbed_of(passage, 0);
    for (size_t i = 0; i < n; i++) {
        double away = leaving[i];
        passage->moving[i] = 0.0;
        for (size_t j = 0; j < n; j++) {
            double jump = i == j ? 0.0 : rate[i * n + j];
            q[i * n + j] = jump / passage->fastest;
            away += jump;
            passage->moving[i] += jump / passage->fastest;
        }
        q[i * n + i] = (passage->fastest - away) / passage->fastest;
        a[i] = leaving[i] / passage->fastest;
        normalise(q + i * n, n, a[i]);
    }
}

/* The next power from the last: twice as many jumps. Returns the largest survival of all starts. */
static double square_last(sw_passage *passage) {
    size_t n = passage->states;
    unsigned last = passage->powers - 2;
    const double *q = power_of(passage, last), *a = absorbed_of(passage, last);
    double *next = power_of(passage, last + 1), *b = absorbed_of(passage, last + 1);
    double most = 0.0;
    memset(next, 0, n * n * sizeof *next);
    for (size_t i = 0; i < n; i++) {
        double *row = next + i * n;
        double later = 0.0, survival = 0.0;
        for (size_t k = 0; k < n; k++) {
            double part = q[i * n + k];
            later += part * a[k];
            for (size_t j = 0; j < n; j++)
                row[j] += part * q[k * n + j];
        }
        b[i] = fmin(a[i] + later, 1.0);
        normalise(row, n, b[i]);
        for (size_t j = 0; j < n; j++)
            survival += row[j];
        most = fmax(most, survival);
    }
    return most;
}

static double fastest_total(size_t n, const double *rate, const double *leaving) {
    double fastest = 0.0;
    for (size_t i = 0; i < n; i++) {
        double total = leaving[i];
        for (size_t j = 0; j < n; j++)
            total += i == j ? 0.0 : rate[i * n + j];
        fastest = fmax(fastest, total);
    }
    return fastest;
}

sw_status sw_passage_create(sw_passage *passage, size_t states, const double *rate,
                            const double *leaving) {
    memset(passage, 0, sizeof *passage);
    passage->states = states;
    passage->fastest = fastest_total(states, rate, leaving);
    if (!(passage->fastest > 0.0))
        return SW_ERROR_NOT_FOUND;
    passage->moving = sw_allocate(states, sizeof *passage->moving);
    passage->row = sw_allocate(2 * states, sizeof *passage->row);
    if (!passage->moving || !passage->row || allocate_power(passage) != SW_OK)
        return SW_ERROR_MEMORY;
    fill_first(passage, rate, leaving);
    double survival = 1.0; /* where it stays, a passage is drawn in parts */
    while (survival > LEAST_SURVIVAL && passage->powers < SW_PASSAGE_POWERS) {
        if (allocate_power(passage) != SW_OK)
            return SW_ERROR_MEMORY;
        survival = square_last(passage);
    }
    return SW_OK;
}

void sw_passage_clear(sw_passage *passage) {
    free(passage->power);
    free(passage->absorbed);
    free(passage->moving);
    free(passage->row);
    memset(passage, 0, sizeof *passage);
}

/* ---- drawing --------------------------------------------------------------------------------- */

static double scalar_product(const double *a, const double *b, size_t n) {
    double sum = 0.0;
    for (size_t i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

/* v <- v Q^(2^k) */
static void let_jump(const sw_passage *passage, double *v, unsigned k) {
    size_t n = passage->states;
    const double *q = power_of(passage, k);
    double *next = passage->row + n;
    memset(next, 0, n * sizeof *next);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            next[j] += v[i] * q[i * n + j];
    memcpy(v, next, n * sizeof *v);
}

static size_t draw_state(const double *weight, const double *factor, size_t n, double uniform) {
    double sum = 0.0;
    for (size_t i = 0; i < n; i++)
        sum += weight[i] * (factor ? factor[i] : 1.0);
    double point = uniform * sum;
    size_t last = 0;
    for (size_t i = 0; i < n; i++) {
        double part = weight[i] * (factor ? factor[i] : 1.0);
        if (part <= 0.0)
            continue;
        last = i;
        if (point < part)
            break;
        point -= part;
    }
    return last;
}

/* Jumps before the one that absorbs; `v` becomes the distribution over states just before it. */
static uint64_t draw_jumps(sw_passage *passage, double *v, double uniform) {
    uint64_t jumps = 0;
    double gone = 0.0;
    for (unsigned k = passage->powers; k-- > 0;) {
        double within = gone + scalar_product(v, absorbed_of(passage, k), passage->states);
        if (within > uniform)
            continue;
        let_jump(passage, v, k);
        gone = within;
        jumps += 1ULL << k;
    }
    return jumps;
}

static void start_at(const sw_passage *passage, double *v, size_t start) {
    memset(v, 0, passage->states * sizeof *v);
    v[start] = 1.0;
}

/* Where a passage that is not over stands after this many jumps. */
static size_t draw_standing(sw_passage *passage, double *v, size_t start, uint64_t jumps,
                            double uniform) {
    start_at(passage, v, start);
    for (unsigned k = 0; k < passage->powers; k++)
        if (jumps >> k & 1)
            let_jump(passage, v, k);
    return draw_state(v, NULL, passage->states, uniform);
}

/* Moves per jump in the distribution that the passage settles into. */
static double share_of_moves(const sw_passage *passage, const double *v) {
    double sum = 0.0;
    for (size_t i = 0; i < passage->states; i++)
        sum += v[i];
    return sum > 0.0 ? scalar_product(v, passage->moving, passage->states) / sum : 0.0;
}

sw_passage_end sw_passage_draw(sw_passage *passage, size_t start, double limit, sw_random *random) {
    double *v = passage->row;
    double mean = limit * passage->fastest;
    uint64_t reach = (1ULL << passage->powers) - 1;
    bool limited = mean < (double)(1ULL << SW_PASSAGE_POWERS) / 4.0;
    uint64_t most = limited ? sw_deviate_poisson(random, mean) : reach;
    start_at(passage, v, start);
    uint64_t jumps = draw_jumps(passage, v, sw_deviate_unit(random));
    double uniform = sw_deviate_unit(random);
    sw_passage_end end = {.absorbed = jumps < most && jumps < reach};
    if (!end.absorbed) {
        end.state = draw_standing(passage, v, start, most, uniform);
        end.hops = (double)most * share_of_moves(passage, v);
        end.time = limited ? limit : sw_deviate_gamma(random, (double)most) / passage->fastest;
        return end;
    }
    end.state = draw_state(v, absorbed_of(passage, 0), passage->states, uniform);
    end.hops = (double)jumps * share_of_moves(passage, v);
    end.time = sw_deviate_gamma(random, (double)jumps + 1.0);
    if (!limited)
        end.time /= passage->fastest;
    else /* one of `most` places spread evenly over the limit, in order */
        end.time *= limit / (end.time + sw_deviate_gamma(random, (double)(most - jumps)));
    return end;
}
