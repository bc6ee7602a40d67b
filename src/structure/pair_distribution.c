/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/pair_distribution.h"

#include "base/memory.h"
#include "base/parallel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PI 3.14159265358979323846
#define PARTS 64 /* sums of their own, added in order: the same with any number of threads */

typedef struct sw_shell_sum {
    const sw_pair_count *pairs;
    const sw_atoms *atoms;
    const sw_body *body;
    size_t part;  /* atoms in one */
    double *sum;  /* [PARTS][kinds][bins] */
    double *work; /* [workers][bins] */
} sw_shell_sum;

static size_t kind_of(const sw_pair_count *pairs, uint8_t element) {
    size_t kind = 0;
    while (kind + 1 < pairs->kinds && pairs->element[kind] != element)
        kind++;
    return kind;
}

static sw_status sum_shells(void *user, size_t first, size_t end, int worker) {
    const sw_shell_sum *job = user;
    size_t bins = job->pairs->bins.count;
    double *work = job->work + (size_t)worker * bins;
    for (size_t i = first; i < end; i++) {
        size_t kind = kind_of(job->pairs, sw_atoms_elements_const(job->atoms)[i]);
        double *sum = job->sum + (i / job->part * job->pairs->kinds + kind) * bins;
        sw_status status = job->body->shells(
            work, job->body->user, sw_atoms_positions_const(job->atoms) + 3 * i, &job->pairs->bins);
        if (status != SW_OK)
            return status;
        for (size_t k = 0; k < bins; k++)
            sum[k] += work[k];
    }
    return SW_OK;
}

static sw_status inside_shells(double *shell, const sw_pair_count *pairs, const sw_atoms *atoms,
                               const sw_body *body, sw_context *context) {
    size_t count = sw_atoms_count(atoms), row = pairs->kinds * pairs->bins.count;
    sw_shell_sum job = {pairs, atoms, body, count / PARTS + 1, NULL, NULL};
    int workers = sw_parallel_workers(context, count, job.part);
    job.sum = sw_allocate(row, PARTS * sizeof *job.sum);
    job.work = sw_allocate(pairs->bins.count, (size_t)workers * sizeof *job.work);
    sw_status status = job.sum && job.work ? SW_OK : SW_ERROR_MEMORY;
    if (status == SW_OK)
        status = sw_parallel(context, count, job.part, sum_shells, &job);
    for (size_t part = 0; status == SW_OK && part < PARTS; part++)
        for (size_t k = 0; k < row; k++)
            shell[k] += job.sum[part * row + k];
    free(job.sum);
    free(job.work);
    return status;
}

static void whole_shells(double *shell, const sw_pair_count *pairs) {
    for (size_t a = 0; a < pairs->kinds; a++)
        for (size_t k = 0; k < pairs->bins.count; k++) {
            double low = fmax(sw_pair_edge(&pairs->bins, k), 0.0);
            double high = fmax(sw_pair_edge(&pairs->bins, k + 1), 0.0);
            shell[a * pairs->bins.count + k] =
                (double)pairs->atoms[a] * 4.0 / 3.0 * PI * (high * high * high - low * low * low);
        }
}

static double ratio(double pairs, double expected) {
    return expected > 0.0 ? pairs / expected : 0.0;
}

static void normalise(sw_pair_distribution *g, const sw_pair_count *pairs, double volume) {
    size_t bins = pairs->bins.count;
    for (size_t k = 0; k < bins; k++) {
        double shell = 0.0, atoms = 0.0;
        for (size_t a = 0; a < pairs->kinds; a++) {
            shell += g->shell[a * bins + k];
            atoms += (double)pairs->atoms[a];
            for (size_t b = 0; b < pairs->kinds; b++) {
                size_t at = (a * pairs->kinds + b) * bins + k;
                g->partial[at] = ratio((double)pairs->count[at],
                                       g->shell[a * bins + k] * (double)pairs->atoms[b] / volume);
            }
        }
        g->total[k] = ratio((double)sw_pair_count_total(pairs, k), shell * atoms / volume);
    }
}

sw_status sw_pair_distribution_create(sw_pair_distribution *distribution,
                                      const sw_pair_count *pairs, const sw_atoms *atoms,
                                      const sw_body *body, sw_context *context, sw_error *error) {
    size_t bins = pairs->bins.count;
    memset(distribution, 0, sizeof *distribution);
    if (!(body->volume > 0.0))
        return sw_error_set(
            error, SW_ERROR_ARGUMENT, "volume",
            "make all axes periodic or say what body the atoms fill",
            "the atoms' body has no volume, so there is no density to compare with");
    *distribution = (sw_pair_distribution){
        .bins = pairs->bins,
        .kinds = pairs->kinds,
        .shell = sw_allocate(pairs->kinds * bins, sizeof(double)),
        .partial = sw_allocate(pairs->kinds * pairs->kinds * bins, sizeof(double)),
        .total = sw_allocate(bins, sizeof(double)),
    };
    sw_status status = distribution->shell && distribution->partial && distribution->total
                           ? SW_OK
                           : SW_ERROR_MEMORY;
    if (status == SW_OK && body->shells)
        status = inside_shells(distribution->shell, pairs, atoms, body, context);
    else if (status == SW_OK)
        whole_shells(distribution->shell, pairs);
    if (status == SW_OK) {
        normalise(distribution, pairs, body->volume);
        return SW_OK;
    }
    sw_pair_distribution_clear(distribution);
    return sw_error_set(error, status, "pair distribution", NULL,
                        "the volumes of shells could not be found: %s", sw_status_name(status));
}

void sw_pair_distribution_clear(sw_pair_distribution *distribution) {
    free(distribution->shell);
    free(distribution->partial);
    free(distribution->total);
    memset(distribution, 0, sizeof *distribution);
}
