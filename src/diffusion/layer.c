/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "diffusion/layer.h"

#include <math.h>

double sw_volume_within(double position, int dimension) {
    if (dimension == 0)
        return position;
    return dimension == 1 ? position * position / 2.0 : position * position * position / 3.0;
}

double sw_area_at(double position, int dimension) {
    if (dimension == 0)
        return 1.0;
    return dimension == 1 ? position : position * position;
}

static double face_at(const sw_layer *layer, size_t face) {
    return layer->from + (layer->to - layer->from) * (double)face / (double)layer->cells;
}

double sw_layer_volume(const sw_layer *layer, size_t cell) {
    if (layer->dimension == 0)
        return (layer->to - layer->from) / (double)layer->cells;
    return sw_volume_within(face_at(layer, cell + 1), layer->dimension) -
           sw_volume_within(face_at(layer, cell), layer->dimension);
}

double sw_layer_x(const sw_layer *layer, size_t cell) {
    return layer->content[cell] / sw_layer_volume(layer, cell);
}

double sw_layer_middle(const sw_layer *layer, size_t cell) {
    return 0.5 * (face_at(layer, cell) + face_at(layer, cell + 1));
}

double sw_layer_total(const sw_layer *layer) {
    double sum = 0.0, lost = 0.0; /* Kahan: balances are looked at to 1e-14 */
    for (size_t i = 0; i < layer->cells; i++) {
        const double term = layer->content[i] - lost, grown = sum + term;
        lost = (grown - sum) - term;
        sum = grown;
    }
    return sum;
}

/* What crosses a face in the step is before * x(left) + behind * x(right), relative to the face. */
struct crossing {
    double before, behind;
};

/* `distance` between the two compositions, `share` of the left one at the face. */
static struct crossing crossing_at(const sw_layer *next, const sw_layer *layer, size_t face,
                                   double diffusivity, double distance, double share, double step) {
    const double swept = sw_volume_within(face_at(next, face), next->dimension) -
                         sw_volume_within(face_at(layer, face), layer->dimension);
    const double exchange =
        step * diffusivity * sw_area_at(face_at(next, face), next->dimension) / distance;
    /* where a face sweeps more than diffusion exchanges, what it sweeps weighs more: the
     * composition of a cell never falls as that of its neighbour rises */
    if (swept > 0.0)
        share = fmin(share, exchange / swept);
    else if (swept < 0.0)
        share = fmax(share, 1.0 + exchange / swept);
    return (struct crossing){exchange - swept * share, -exchange - swept * (1.0 - share)};
}

static void inner_faces(const sw_layer *next, const sw_layer *layer, double step,
                        const sw_layer_work *work) {
    const double width = (next->to - next->from) / (double)next->cells;
    for (size_t face = 1; face < layer->cells; face++) {
        const double mean =
            sw_diffusivity_between(layer->diffusivity, work->x[face - 1], work->x[face]);
        const struct crossing c = crossing_at(next, layer, face, mean, width, 0.5, step);
        work->diagonal[face - 1] += c.before;
        work->upper[face - 1] = c.behind;
        work->lower[face] = -c.before;
        work->diagonal[face] -= c.behind;
    }
}

/* The boundary's composition stands in for the neighbour, half a cell away and at the face itself.
 */
static struct crossing end_face(const sw_layer *next, const sw_layer *layer, bool last, double step,
                                const sw_layer_work *work) {
    const double width = (next->to - next->from) / (double)next->cells;
    const double x = work->x[last ? layer->cells - 1 : 0];
    const double mean =
        sw_diffusivity_between(layer->diffusivity, x, last ? layer->last_x : layer->first_x);
    return crossing_at(next, layer, last ? layer->cells : 0, mean, 0.5 * width, last ? 0.0 : 1.0,
                       step);
}

/* Gauss without pivots: the matrix is diagonally dominant. The solution replaces `right`. */
static void solve(size_t count, const sw_layer_work *work) {
    for (size_t i = 1; i < count; i++) {
        const double factor = work->lower[i] / work->diagonal[i - 1];
        work->diagonal[i] -= factor * work->upper[i - 1];
        work->right[i] -= factor * work->right[i - 1];
    }
    work->right[count - 1] /= work->diagonal[count - 1];
    for (size_t i = count - 1; i-- > 0;)
        work->right[i] = (work->right[i] - work->upper[i] * work->right[i + 1]) / work->diagonal[i];
}

/* Share of the composition at the front that leaves. */
static double partition(double ratio, double x) {
    return 1.0 / (x + ratio * (1.0 - x));
}

/* The composition at the front over that of the first cell: D (x - x0) / half a cell = v (1 - k) x.
 */
static double pile_up(const sw_layer *layer, double share, double swept, double step) {
    const double width = (layer->to - layer->from) / (double)layer->cells;
    const double diffusivity = sw_diffusivity_at(layer->diffusivity, 0.0);
    return 1.0 / (1.0 - (1.0 - share) * 0.5 * width * swept / (step * diffusivity));
}

double sw_layer_front_x(const sw_layer *layer, double swept, double step) {
    const double inside = sw_layer_x(layer, 0);
    double x = inside;
    for (int i = 0; i < 20; i++) /* halves the error or better each time */
        x = inside * pile_up(layer, partition(layer->front_ratio, x), swept, step);
    return x;
}

/* What leaves at the front, over the new composition of the first cell. */
static double front_share(const sw_layer *next, const sw_layer *layer, double step) {
    const double swept = next->from - layer->from;
    const double share = partition(layer->front_ratio, sw_layer_front_x(layer, swept, step));
    return swept * share * pile_up(next, share, swept, step);
}

void sw_layer_step(sw_layer *next, double *in, double *out, const sw_layer *layer, double step,
                   const sw_layer_work *work) {
    const size_t n = layer->cells;
    struct crossing first = {0}, last = {0};
    for (size_t i = 0; i < n; i++) {
        work->x[i] = sw_layer_x(layer, i);
        work->diagonal[i] = sw_layer_volume(next, i);
        work->right[i] = layer->content[i];
    }
    inner_faces(next, layer, step, work);
    if (layer->first_open) {
        first = end_face(next, layer, false, step, work);
        work->diagonal[0] -= first.behind;
        work->right[0] += first.before * layer->first_x;
    }
    if (layer->front_ratio > 0.0) {
        first.behind = -front_share(next, layer, step);
        work->diagonal[0] -= first.behind;
    }
    if (layer->last_open) {
        last = end_face(next, layer, true, step, work);
        work->diagonal[n - 1] += last.before;
        work->right[n - 1] -= last.behind * layer->last_x;
    }
    solve(n, work);
    *in = first.before * layer->first_x + first.behind * work->right[0];
    next->given = layer->given - (layer->front_ratio > 0.0 ? *in : 0.0);
    *out = last.before * work->right[n - 1] + last.behind * layer->last_x;
    /* contents from what crossed the faces, so that their sum keeps to the last bit or so */
    double crossed = *in;
    for (size_t i = 0; i < n; i++) {
        double leaves = *out;
        if (i + 1 < n)
            leaves = -work->lower[i + 1] * work->right[i] + work->upper[i] * work->right[i + 1];
        next->content[i] = layer->content[i] + crossed - leaves;
        crossed = leaves;
    }
}
