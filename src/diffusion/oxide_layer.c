/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "diffusion/oxide_layer.h"

#include "diffusion/blocks.h"

#include <math.h>
#include <string.h>

#define MOST SW_OXIDE_COMPONENTS

static size_t components_of(const sw_oxide_layer *layer) {
    return layer->components == 1 ? 1 : MOST;
}

static double width_of(const sw_oxide_layer *layer) {
    return (layer->to - layer->from) / (double)layer->cells;
}

void sw_oxide_layer_y(double *y, const sw_oxide_layer *layer, size_t cell) {
    const double width = width_of(layer);
    for (size_t k = 0; k < layer->components; k++)
        y[k] = layer->content[cell * layer->components + k] / width;
}

static double y_of(const sw_oxide_layer *layer, size_t cell, size_t k) {
    return layer->content[cell * layer->components + k] / width_of(layer);
}

double sw_oxide_layer_at(const sw_oxide_layer *layer, const sw_oxide_end ends[2], double share,
                         size_t k) {
    const size_t n = layer->cells;
    const double scaled = share * (double)n - 0.5;
    if (scaled <= 0.0 || scaled >= (double)(n - 1)) {
        const size_t end = scaled <= 0.0 ? 0 : 1, cell = end == 0 ? 0 : n - 1;
        const double inside = y_of(layer, cell, k);
        const double part = 2.0 * (end == 0 ? -scaled : scaled - (double)(n - 1));
        return ends[end].open ? inside + part * (ends[end].y[k] - inside) : inside;
    }
    const size_t left = (size_t)scaled;
    const double from = y_of(layer, left, k), to = y_of(layer, left + 1, k);
    return from + (scaled - (double)left) * (to - from);
}

double sw_oxide_layer_total(const sw_oxide_layer *layer, size_t k) {
    double sum = 0.0, lost = 0.0; /* Kahan */
    for (size_t i = 0; i < layer->cells; i++) {
        const double term = layer->content[i * layer->components + k] - lost, grown = sum + term;
        lost = (grown - sum) - term;
        sum = grown;
    }
    return sum;
}

/* ---- coefficients ---------------------------------------------------------------------------- */

static bool mean_of(double *square, const sw_mixing *mixing, size_t m, const double *a,
                    const double *b) {
    double mean[MOST * (MOST + 1)];
    if (!sw_mixing_between(mean, mixing, m, a, b))
        return false;
    memcpy(square, mean, m * m * sizeof *square);
    return true;
}

bool sw_oxide_coefficients(double *coefficient, const sw_oxide_layer *layer,
                           const sw_oxide_end ends[2], const sw_mixing *mixing) {
    const size_t m = components_of(layer), n = layer->cells;
    double left[MOST] = {0}, right[MOST] = {0};
    sw_oxide_layer_y(left, layer, 0);
    if (!mean_of(coefficient, mixing, m, ends[0].open ? ends[0].y : left, left))
        return false;
    for (size_t face = 1; face < n; face++) {
        sw_oxide_layer_y(right, layer, face);
        if (!mean_of(&coefficient[face * m * m], mixing, m, left, right))
            return false;
        memcpy(left, right, sizeof left);
    }
    return mean_of(&coefficient[n * m * m], mixing, m, left, ends[1].open ? ends[1].y : left);
}

/* ---- one step of the Euler rule -------------------------------------------------------------- */

/* What crosses a face in the step is before y(left) - behind y(right), relative to the face; both
 * are squares. */
struct crossing {
    double before[MOST * MOST], behind[MOST * MOST];
};

/* How far a face has gone, which is not taken as the difference of two places: for a short step that
 * would be nothing but rounding. */
static double swept_by(const sw_oxide_layer *next, size_t face) {
    return next->moved[0] + (next->moved[1] - next->moved[0]) * (double)face / (double)next->cells;
}

/* `share` of the left composition is swept. */
static void cross(struct crossing *c, const double *coefficient, size_t m, double through,
                  double swept, double share) {
    for (size_t e = 0; e < m * m; e++)
        c->before[e] = c->behind[e] = through * coefficient[e];
    for (size_t k = 0; k < m; k++) {
        c->before[k * m + k] -= swept * share;
        c->behind[k * m + k] += swept * (1.0 - share);
    }
}

/* Half, but where a face sweeps more than the slowest component exchanges, what it sweeps weighs
 * more, so that compositions do not swing (as in layer.c). */
static double inner_share(const double *coefficient, size_t m, double through, double swept) {
    double slowest = INFINITY;
    for (size_t k = 0; k < m; k++)
        slowest = fmin(slowest, through * coefficient[k * m + k]);
    if (swept > 0.0)
        return fmin(0.5, slowest / swept);
    return swept < 0.0 ? fmax(0.5, 1.0 + slowest / swept) : 0.5;
}

static void crossing_at(struct crossing *c, const sw_oxide_layer *next, size_t face, double step,
                        const sw_oxide_work *work) {
    const size_t m = components_of(next), n = next->cells;
    const double *coefficient = &work->coefficient[face * m * m];
    const double swept = swept_by(next, face);
    const double through = step / width_of(next);
    if (face == 0 ||
        face == n) /* the end is half a cell away, and what is swept is as the end is */
        cross(c, coefficient, m, 2.0 * through, swept, face == 0 ? 1.0 : 0.0);
    else
        cross(c, coefficient, m, through, swept, inner_share(coefficient, m, through, swept));
}

static void multiply(double *result, const double *square, const double *y, size_t m) {
    for (size_t k = 0; k < m; k++) {
        result[k] = 0.0;
        for (size_t j = 0; j < m; j++)
            result[k] += square[k * m + j] * y[j];
    }
}

static sw_blocks blocks_of(const sw_oxide_layer *layer, const sw_oxide_work *work) {
    const size_t m = components_of(layer), square = layer->cells * m * m;
    double *at = work->blocks;
    return (sw_blocks){layer->cells, m, at, at + square, at + 2 * square, at + 3 * square};
}

static void fill_inside(sw_blocks *blocks, const sw_oxide_layer *next, const sw_oxide_layer *layer,
                        double step, const sw_oxide_work *work) {
    const size_t m = components_of(layer), square = m * m;
    const double width = width_of(next);
    struct crossing c;
    memset(blocks->diagonal, 0, layer->cells * square * sizeof *blocks->diagonal);
    for (size_t i = 0; i < layer->cells; i++)
        for (size_t k = 0; k < m; k++)
            blocks->diagonal[i * square + k * m + k] = width;
    memcpy(blocks->right, layer->content, layer->cells * m * sizeof *blocks->right);
    for (size_t face = 1; face < layer->cells; face++) {
        crossing_at(&c, next, face, step, work);
        for (size_t e = 0; e < square; e++) {
            blocks->diagonal[(face - 1) * square + e] += c.before[e];
            blocks->upper[(face - 1) * square + e] = -c.behind[e];
            blocks->lower[face * square + e] = -c.before[e];
            blocks->diagonal[face * square + e] += c.behind[e];
        }
    }
}

bool sw_oxide_layer_solve(double crossed[2][MOST], const sw_oxide_layer *next,
                          const sw_oxide_layer *layer, const sw_oxide_end ends[2], double step,
                          const sw_oxide_work *work) {
    const size_t m = components_of(layer), n = layer->cells, square = m * m;
    sw_blocks blocks = blocks_of(layer, work);
    struct crossing at_end[2];
    double known[2][MOST] = {{0}}, inside[2][MOST] = {{0}};
    fill_inside(&blocks, next, layer, step, work);
    for (size_t end = 0; end < 2; end++) {
        const size_t cell = end == 0 ? 0 : n - 1;
        if (!ends[end].open)
            continue;
        crossing_at(&at_end[end], next, end == 0 ? 0 : n, step, work);
        const struct crossing *c = &at_end[end];
        multiply(known[end], end == 0 ? c->before : c->behind, ends[end].y, m);
        for (size_t k = 0; k < m; k++)
            blocks.right[cell * m + k] += known[end][k];
        for (size_t e = 0; e < square; e++)
            blocks.diagonal[cell * square + e] += end == 0 ? c->behind[e] : c->before[e];
    }
    if (!sw_blocks_solve(&blocks))
        return false;
    for (size_t end = 0; end < 2; end++) {
        const double *y = &blocks.right[(end == 0 ? 0 : n - 1) * m];
        if (ends[end].open)
            multiply(inside[end], end == 0 ? at_end[end].behind : at_end[end].before, y, m);
        for (size_t k = 0; k < m; k++)
            crossed[end][k] =
                end == 0 ? known[end][k] - inside[end][k] : inside[end][k] - known[end][k];
    }
    return true;
}

void sw_oxide_layer_move(sw_oxide_layer *next, const double crossed[2][MOST],
                         const sw_oxide_layer *layer, double step, const sw_oxide_work *work) {
    const size_t m = components_of(layer), n = layer->cells;
    const double *y = blocks_of(layer, work).right;
    double came[MOST] = {0}, leaves[MOST] = {0}, back[MOST];
    struct crossing c;
    memcpy(came, crossed[0], m * sizeof *came);
    for (size_t i = 0; i < n; i++) {
        if (i + 1 < n) {
            crossing_at(&c, next, i + 1, step, work);
            multiply(leaves, c.before, &y[i * m], m);
            multiply(back, c.behind, &y[(i + 1) * m], m);
        }
        for (size_t k = 0; k < m; k++) {
            leaves[k] = i + 1 < n ? leaves[k] - back[k] : crossed[1][k];
            next->content[i * m + k] = layer->content[i * m + k] + came[k] - leaves[k];
            came[k] = leaves[k];
        }
    }
}
