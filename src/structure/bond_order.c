/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/bond_order.h"

#include "base/memory.h"
#include "base/parallel.h"
#include "structure/harmonics.h"
#include "structure/wigner.h"

#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PIECE 512
#define LANES SW_HARMONICS_LANES
#define MOST SW_BOND_ORDER_MOST

const sw_order_reference sw_fcc_order = {0.19094065395649334, 0.57452425971406985};
const sw_order_reference sw_fcc_order_as_published = {0.190941, 0.574524};

double sw_normalised_order(double q4, double q6, const sw_order_reference *reference) {
    return sqrt(q4 * q4 + q6 * q6) /
           sqrt(reference->q4 * reference->q4 + reference->q6 * reference->q6);
}

/* Terms of W_l: coefficient and the three m, each set of three once. */
typedef struct sw_third_term {
    double coefficient;
    int m[3];
} sw_third_term;

typedef struct sw_third {
    size_t count;
    sw_third_term term[(2 * MOST + 1) * (2 * MOST + 1)];
} sw_third;

typedef struct sw_ordering {
    sw_bond_order *order;
    const sw_neighbours *neighbours;
    const sw_bond_order_options *options;
    sw_harmonics harmonics;
    sw_third *third;   /* [count]; NULL where W is not asked for */
    double *moments;   /* [atoms][components] q_lm, where averages are */
    atomic_size_t bad; /* an atom that has a bond without direction or weight; SIZE_MAX: none */
} sw_ordering;

/* ---- invariants ------------------------------------------------------------------------------ */

static void prepare_third(sw_third *third, int l) {
    for (int a = -l; a <= l; a++)
        for (int b = a; b <= l; b++) {
            int c = -a - b;
            if (c < b || c > l)
                continue;
            double times = a == b && b == c ? 1.0 : a == b || b == c ? 3.0 : 6.0;
            third->term[third->count++] = (sw_third_term){times * sw_wigner_3j(l, a, b), {a, b, c}};
        }
}

static double second_order(const double *moment, int l) {
    double sum = moment[0] * moment[0];
    for (int k = 1; k <= 2 * l; k++)
        sum += 2.0 * moment[k] * moment[k];
    return sqrt(sum);
}

/* Components m of one l, negative ones too: real[l + m], imaginary[l + m]. */
static void spread(double *real, double *imaginary, const double *moment, int l) {
    real[l] = moment[0];
    imaginary[l] = 0.0;
    for (int m = 1; m <= l; m++) {
        const double *of = &moment[2 * m - 1];
        double sign = m % 2 ? -1.0 : 1.0;
        real[l + m] = of[0];
        imaginary[l + m] = of[1];
        real[l - m] = sign * of[0];
        imaginary[l - m] = -sign * of[1];
    }
}

static double third_order(const double *moment, int l, const sw_third *third, double q) {
    double real[2 * MOST + 1], imaginary[2 * MOST + 1], sum = 0.0;
    if (!(q > 0.0) || l % 2 == 1)
        return 0.0;
    spread(real, imaginary, moment, l);
    for (size_t t = 0; t < third->count; t++) {
        const int *m = third->term[t].m;
        int a = l + m[0], b = l + m[1], c = l + m[2];
        double product = real[a] * real[b] - imaginary[a] * imaginary[b];
        double cross = real[a] * imaginary[b] + imaginary[a] * real[b];
        sum += third->term[t].coefficient * (product * real[c] - cross * imaginary[c]);
    }
    return sum / (q * q * q);
}

/* Q and W of all l from the moments of one atom. */
static void write_invariants(const sw_ordering *job, double *q, double *w, const double *moment,
                             size_t atom) {
    for (size_t k = 0; k < job->options->count; k++) {
        int l = job->options->l[k];
        const double *own = moment + job->harmonics.row[l];
        double second = second_order(own, l);
        q[k * job->neighbours->atoms + atom] = second;
        if (w)
            w[k * job->neighbours->atoms + atom] = third_order(own, l, &job->third[k], second);
    }
}

/* ---- moments --------------------------------------------------------------------------------- */

/* Neighbour `step` of four atoms as unit vectors with weights; weight 0 behind the end of a list.
 */
static bool take_step(const sw_ordering *job, sw_lanes direction[3], sw_lanes *weight, size_t atom,
                      size_t atoms, size_t step) {
    const sw_neighbours *neighbours = job->neighbours;
    bool sound = true;
    memset(direction, 0, 3 * sizeof *direction);
    memset(weight, 0, sizeof *weight);
    for (size_t lane = 0; lane < atoms; lane++) {
        size_t at = neighbours->first[atom + lane] + step;
        if (at >= neighbours->first[atom + lane + 1])
            continue;
        double w = job->options->weights ? job->options->weights[at] : 1.0;
        double inverse = 1.0 / neighbours->distance[at];
        sound = sound && neighbours->distance[at] > 0.0 && w >= 0.0;
        for (int d = 0; d < 3; d++)
            direction[d][lane] = neighbours->vector[at][d] * inverse;
        (*weight)[lane] = w;
    }
    return sound;
}

/* Moments of up to four atoms, not yet divided by the sum of weights. False where a bond is
 * unsound. */
static bool sum_moments(const sw_ordering *job, sw_lanes *sum, sw_lanes *weights, size_t atom,
                        size_t atoms) {
    const size_t *first = job->neighbours->first + atom;
    size_t steps = 0;
    bool sound = true;
    memset(sum, 0, (size_t)job->harmonics.components * sizeof *sum);
    memset(weights, 0, sizeof *weights);
    for (size_t lane = 0; lane < atoms; lane++)
        steps = first[lane + 1] - first[lane] > steps ? first[lane + 1] - first[lane] : steps;
    for (size_t step = 0; step < steps; step++) {
        sw_lanes direction[3], weight;
        sound = take_step(job, direction, &weight, atom, atoms, step) && sound;
        sw_harmonics_add(sum, &job->harmonics, direction, &weight);
        *weights += weight;
    }
    return sound;
}

/* Looks for the atom to name, one by one. */
static void name_unsound(sw_ordering *job, size_t atom, size_t atoms) {
    const sw_neighbours *neighbours = job->neighbours;
    for (size_t i = atom; i < atom + atoms; i++)
        for (size_t k = neighbours->first[i]; k < neighbours->first[i + 1]; k++) {
            size_t none = SIZE_MAX;
            if (!(neighbours->distance[k] > 0.0) ||
                (job->options->weights && !(job->options->weights[k] >= 0.0))) {
                atomic_compare_exchange_strong(&job->bad, &none, i);
                return;
            }
        }
}

static sw_status order_piece(void *user, size_t first, size_t end, int worker) {
    sw_ordering *job = user;
    int components = job->harmonics.components;
    (void)worker;
    for (size_t atom = first; atom < end; atom += LANES) {
        sw_lanes sum[SW_HARMONICS_COMPONENTS], weights;
        size_t atoms = end - atom < LANES ? end - atom : LANES;
        if (!sum_moments(job, sum, &weights, atom, atoms)) {
            name_unsound(job, atom, atoms);
            return SW_ERROR_NUMERIC;
        }
        for (size_t lane = 0; lane < atoms; lane++) {
            double own[SW_HARMONICS_COMPONENTS];
            double scale = weights[lane] > 0.0 ? 1.0 / weights[lane] : 0.0;
            double *moment = job->moments ? job->moments + (atom + lane) * (size_t)components : own;
            for (int k = 0; k < components; k++)
                moment[k] = sum[k][lane] * scale;
            write_invariants(job, job->order->q, job->order->w, moment, atom + lane);
        }
    }
    return SW_OK;
}

static sw_status average_piece(void *user, size_t first, size_t end, int worker) {
    const sw_ordering *job = user;
    const sw_neighbours *neighbours = job->neighbours;
    size_t components = (size_t)job->harmonics.components;
    (void)worker;
    for (size_t atom = first; atom < end; atom++) {
        double mean[SW_HARMONICS_COMPONENTS];
        size_t begin = neighbours->first[atom], stop = neighbours->first[atom + 1];
        memcpy(mean, job->moments + atom * components, components * sizeof *mean);
        for (size_t k = begin; k < stop; k++) {
            const double *other = job->moments + neighbours->index[k] * components;
            for (size_t c = 0; c < components; c++)
                mean[c] += other[c];
        }
        for (size_t c = 0; c < components; c++)
            mean[c] /= (double)(stop - begin + 1);
        write_invariants(job, job->order->averaged_q, job->order->averaged_w, mean, atom);
    }
    return SW_OK;
}

/* ---- all together ---------------------------------------------------------------------------- */

static sw_status check_options(const sw_bond_order_options *options, sw_error *error) {
    for (size_t k = 0; k < options->count; k++)
        if (options->l[k] < SW_BOND_ORDER_LEAST || options->l[k] > MOST ||
            (k > 0 && options->l[k] <= options->l[k - 1]))
            return sw_error_set(error, SW_ERROR_ARGUMENT, "l",
                                "give whole numbers from 2 to 12, smallest first, each once",
                                "bond order of l = %d is not done", options->l[k]);
    return SW_OK;
}

static sw_status allocate(sw_ordering *job) {
    const sw_bond_order_options *options = job->options;
    sw_bond_order *order = job->order;
    size_t atoms = order->atoms, row = options->count * sizeof(double);
    double **result[] = {&order->q, &order->w, &order->averaged_q, &order->averaged_w};
    const bool wanted[] = {true, options->third, options->averaged,
                           options->third && options->averaged};
    for (int r = 0; r < 4; r++)
        if (wanted[r] && !(*result[r] = sw_allocate(atoms, row)))
            return SW_ERROR_MEMORY;
    if (options->averaged)
        job->moments = sw_allocate(atoms, (size_t)job->harmonics.components * sizeof(double));
    if (options->third)
        job->third = sw_allocate(options->count, sizeof *job->third);
    for (size_t k = 0; job->third && k < options->count; k++)
        prepare_third(&job->third[k], options->l[k]);
    bool all = (job->moments || !options->averaged) && (job->third || !options->third);
    return all ? SW_OK : SW_ERROR_MEMORY;
}

static sw_status explain(sw_ordering *job, sw_status status, sw_error *error) {
    char place[48];
    if (status == SW_ERROR_MEMORY)
        return sw_error_set(error, status, "bond order", "ask for fewer l",
                            "not enough memory for %zu atoms", job->order->atoms);
    if (status == SW_ERROR_CANCELLED)
        return sw_error_set(error, status, "bond order", NULL, "cancelled");
    snprintf(place, sizeof place, "atom %zu", atomic_load(&job->bad) + 1);
    return sw_error_set(error, status, place, "remove atoms that lie on top of each other",
                        "it has a neighbour at distance 0, or one with a weight below 0");
}

sw_status sw_bond_order_create(sw_bond_order *order, const sw_neighbours *neighbours,
                               const sw_bond_order_options *options, sw_context *context,
                               sw_error *error) {
    memset(order, 0, sizeof *order);
    sw_status status = check_options(options, error);
    if (status != SW_OK)
        return status;
    sw_ordering job = {.order = order, .neighbours = neighbours, .options = options};
    atomic_init(&job.bad, SIZE_MAX);
    sw_harmonics_prepare(&job.harmonics, options->l, options->count);
    order->atoms = neighbours->atoms;
    order->count = options->count;
    status = allocate(&job);
    if (status == SW_OK)
        status = sw_parallel(context, order->atoms, PIECE, order_piece, &job);
    if (status == SW_OK && options->averaged)
        status = sw_parallel(context, order->atoms, PIECE, average_piece, &job);
    if (status != SW_OK) {
        status = explain(&job, status, error);
        sw_bond_order_clear(order);
    }
    free(job.moments);
    free(job.third);
    return status;
}

void sw_bond_order_clear(sw_bond_order *order) {
    free(order->q);
    free(order->w);
    free(order->averaged_q);
    free(order->averaged_w);
    memset(order, 0, sizeof *order);
}
