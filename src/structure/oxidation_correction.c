/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/oxidation_correction.h"

#include "base/matrix.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/random.h"
#include "structure/oxidation_bayes.h"
#include "structure/subset.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MARGIN 4.0   /* times alpha: see alpha_shape.h */
#define RESAMPLES 16 /* of the bins, for the interval of Bayes */
#define VARIANCES 4  /* SIMEX adds 1/2, 1, 3/2, 2 times the variance */
#define STEP 0.5
#define WITHIN 1.96 /* standard deviations, 95 % */
#define TETRAHEDRA_A_PIECE 4096

sw_correction_options sw_correction_options_default(double precision) {
    return (sw_correction_options){.precision = precision, .repeats = 8, .draws = 32, .seed = 1};
}

typedef struct correction_work {
    sw_oxidation_correction *correction;
    const sw_oxidation *oxidation;
    const sw_oxidation_options *options;
    const sw_correction_options *how;
    const sw_atoms *metal;
    sw_tetrahedra tetrahedra;
    double *chance;  /* [tetrahedra] verdicts */
    uint8_t *filled; /* [repeats][VARIANCES][atoms] of SIMEX */
} correction_work;

static bool is_solid(const correction_work *work, size_t t) {
    return work->tetrahedra.radius[t] <= work->options->alpha;
}

/* Adds a tetrahedron's share to its corners among the atoms themselves. */
static void share_out(double *degree, const correction_work *work, size_t t, double probability) {
    for (int i = 0; i < 4; i++) {
        uint32_t atom = work->tetrahedra.delaunay.vertex[t][i];
        if (atom < work->oxidation->count)
            degree[atom] += probability / SW_OXIDATION_SITES;
    }
}

/* Atoms at the place of another have its degree, as in the plain rule. */
static void copy_duplicates(double *degree, const correction_work *work) {
    for (size_t i = 0; i < work->oxidation->count; i++) {
        uint32_t same = work->tetrahedra.delaunay.same[i];
        if (same < work->oxidation->count)
            degree[i] = degree[same];
    }
}

static double bulk_mean(const double *degree, const sw_oxidation *oxidation) {
    double sum = 0.0;
    for (size_t i = 0; i < oxidation->count; i++)
        sum += oxidation->surface[i] ? 0.0 : degree[i];
    return sum / (double)oxidation->bulk;
}

/* ---- verdicts ------------------------------------------------------------------------------- */

static sw_status draw_verdicts(void *user, size_t first, size_t end, int worker) {
    correction_work *work = user;
    (void)worker;
    for (size_t t = first; t < end; t++) {
        double corner[4][3];
        uint32_t own = work->tetrahedra.own[t];
        if (!is_solid(work, t))
            continue;
        sw_tetrahedra_corners(corner, &work->tetrahedra, t);
        work->chance[t] = sw_oxidation_verdict((const double(*)[3])corner, work->options,
                                               work->how->precision, work->how->draws,
                                               work->how->seed, own == SW_DELAUNAY_NONE ? t : own);
    }
    return SW_OK;
}

static sw_status find_verdicts(correction_work *work, sw_context *context) {
    sw_oxidation_correction *correction = work->correction;
    size_t solid = 0;
    sw_status status =
        sw_parallel(context, work->tetrahedra.count, TETRAHEDRA_A_PIECE, draw_verdicts, work);
    if (status != SW_OK)
        return status;
    for (size_t t = 0; t < work->tetrahedra.count; t++) {
        double p = work->chance[t];
        share_out(correction->verdict, work, t, p);
        if (!is_solid(work, t) || work->tetrahedra.own[t] != t)
            continue;
        correction->verdict_spread += p * (1.0 - p);
        solid++;
    }
    copy_duplicates(correction->verdict, work);
    correction->verdict_spread = solid > 0 ? sqrt(correction->verdict_spread / (double)solid) : 0.0;
    correction->verdict_bias =
        bulk_mean(correction->verdict, work->oxidation) - work->oxidation->bulk_degree;
    return SW_OK;
}

/* ---- Bayes ---------------------------------------------------------------------------------- */

/* What is known of the tetrahedra of each bin. */
typedef struct bin_table {
    double seen[SW_BAYES_BINS];   /* own tetrahedra */
    double weight[SW_BAYES_BINS]; /* of them in the mean degree of the bulk */
    double square[SW_BAYES_BINS]; /* squares of weights: the mean's variance by p (1 - p) */
    double filled[SW_BAYES_BINS];
} bin_table;

static size_t bin_of(const correction_work *work, size_t t) {
    double corner[4][3];
    sw_tetrahedra_corners(corner, &work->tetrahedra, t);
    return sw_bayes_bin(work->options, work->tetrahedra.volume[t],
                        sw_tetrahedron_distortion((const double(*)[3])corner));
}

static void fill_bins(bin_table *table, const correction_work *work) {
    const sw_oxidation *oxidation = work->oxidation;
    for (size_t t = 0; t < work->tetrahedra.count; t++) {
        double weight = 0.0;
        if (!is_solid(work, t))
            continue;
        for (int i = 0; i < 4; i++) {
            uint32_t atom = work->tetrahedra.delaunay.vertex[t][i];
            if (atom < oxidation->count && !oxidation->surface[atom])
                weight += 1.0 / SW_OXIDATION_SITES / (double)oxidation->bulk;
        }
        size_t bin = bin_of(work, t);
        table->seen[bin] += work->tetrahedra.own[t] == t;
        table->weight[bin] += weight;
        table->square[bin] += weight * weight;
    }
}

static double mean_of_bins(const double *filled, const bin_table *table) {
    double mean = 0.0;
    for (int b = 0; b < SW_BAYES_BINS; b++)
        mean += table->weight[b] * filled[b];
    return mean;
}

/* The variance that other numbers in the bins would make (bootstrap, Gaussian for counts). */
static double resampled_variance(sw_bayes *bayes, const bin_table *table, uint64_t seed) {
    double seen[SW_BAYES_BINS], filled[SW_BAYES_BINS], sum = 0.0, squares = 0.0;
    sw_random random = sw_random_create(seed, UINT64_MAX);
    for (int r = 0; r < RESAMPLES; r++) {
        for (int b = 0; b < SW_BAYES_BINS; b++) {
            double uniform[2];
            sw_random_next_pair(uniform, &random);
            double normal = sqrt(-2.0 * log(uniform[0])) * cos(2.0 * M_PI * uniform[1]);
            seen[b] = fmax(0.0, table->seen[b] + sqrt(table->seen[b]) * normal);
        }
        sw_bayes_fit(filled, bayes, seen);
        double mean = mean_of_bins(filled, table);
        sum += mean;
        squares += mean * mean;
    }
    double variance = (squares - sum * sum / RESAMPLES) / (RESAMPLES - 1);
    return variance > 0.0 ? variance : 0.0;
}

static sw_interval estimate(double value, double variance) {
    double half = WITHIN * sqrt(variance);
    return (sw_interval){value, value - half, value + half};
}

/* The noise that moves a corner moves all tetrahedra around it: their verdicts are not independent.
 * As if all those around an atom went together, the variance is that many times larger. */
static double bayes_variance(sw_bayes *bayes, bin_table *table, const correction_work *work) {
    double variance = resampled_variance(bayes, table, work->how->seed);
    sw_bayes_fit(table->filled, bayes, table->seen);
    for (int b = 0; b < SW_BAYES_BINS; b++)
        variance += table->square[b] * table->filled[b] * (1.0 - table->filled[b]);
    return variance * SW_OXIDATION_SITES;
}

static sw_status correct_by_bayes(correction_work *work) {
    sw_bayes *bayes = NULL;
    bin_table *table = sw_allocate(1, sizeof *table);
    sw_status status =
        table ? sw_bayes_create(&bayes, work->options, work->how->precision, work->how->seed)
              : SW_ERROR_MEMORY;
    if (status == SW_OK) {
        fill_bins(table, work);
        double variance = bayes_variance(bayes, table, work);
        for (size_t t = 0; t < work->tetrahedra.count; t++)
            if (is_solid(work, t))
                share_out(work->correction->bayes, work, t, table->filled[bin_of(work, t)]);
        copy_duplicates(work->correction->bayes, work);
        work->correction->bayes_degree =
            estimate(bulk_mean(work->correction->bayes, work->oxidation), variance);
    }
    sw_bayes_destroy(bayes);
    free(table);
    return status;
}

/* ---- SIMEX ---------------------------------------------------------------------------------- */

/* How much the means at 0, 1/2, 1, 3/2 and 2 times the variance weigh in the parabola's value at
 * -1. */
static void extrapolation(double weight[VARIANCES + 1]) {
    double normal[3][3] = {{0}}, inverse[3][3] = {{0}}, coefficient[3];
    const double at[3] = {1.0, -1.0, 1.0};
    for (int v = 0; v <= VARIANCES; v++)
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 3; j++)
                normal[i][j] += pow(STEP * v, i + j);
    (void)sw_matrix_inverse(inverse, (const double(*)[3])normal);
    sw_matrix_row_product(coefficient, at, (const double(*)[3])inverse);
    for (int v = 0; v <= VARIANCES; v++)
        weight[v] = coefficient[0] + coefficient[1] * STEP * v + coefficient[2] * pow(STEP * v, 2);
}

static sw_status copy_with_noise(sw_atoms **noisy, const sw_atoms *atoms, double deviation,
                                 uint64_t seed, uint64_t stream) {
    sw_status status = sw_atoms_copy(noisy, atoms);
    if (status != SW_OK)
        return status;
    sw_random random = sw_random_create(seed, stream);
    for (size_t i = 0; i < 3 * sw_atoms_count(atoms); i++) {
        double uniform[2];
        sw_random_next_pair(uniform, &random);
        sw_atoms_positions(*noisy)[i] +=
            deviation * sqrt(-2.0 * log(uniform[0])) * cos(2.0 * M_PI * uniform[1]);
    }
    return SW_OK;
}

/* Item: repeat * VARIANCES + variance. */
static sw_status add_noise_once(correction_work *work, size_t item) {
    size_t count = work->oxidation->count;
    sw_oxidation_options options = *work->options;
    sw_oxidation again;
    sw_atoms *noisy;
    double times = STEP * (double)(item % VARIANCES + 1);
    options.element = 0;
    sw_status status = copy_with_noise(
        &noisy, work->metal, work->how->precision * sqrt(times / 3.0), work->how->seed + 1, item);
    if (status != SW_OK)
        return status;
    status = sw_oxidation_create(&again, noisy, &options, NULL, NULL);
    sw_atoms_destroy(noisy);
    if (status != SW_OK)
        return status;
    for (size_t i = 0; i < count; i++)
        work->filled[item * count + i] = (uint8_t)(again.filled[i] < 255 ? again.filled[i] : 255);
    sw_oxidation_clear(&again);
    return SW_OK;
}

static sw_status add_noise(void *user, size_t first, size_t end, int worker) {
    sw_status status = SW_OK;
    (void)worker;
    for (size_t item = first; item < end && status == SW_OK; item++)
        status = add_noise_once(user, item);
    return status;
}

/* The bulk's mean degree of one repeat. */
static double noisy_mean(const correction_work *work, size_t item) {
    const sw_oxidation *oxidation = work->oxidation;
    double sum = 0.0;
    for (size_t i = 0; i < oxidation->count; i++)
        sum += oxidation->surface[i] ? 0.0 : work->filled[item * oxidation->count + i];
    return sum / SW_OXIDATION_SITES / (double)oxidation->bulk;
}

static double sample_variance(const double *number, size_t count) {
    double mean = 0.0, variance = 0.0;
    for (size_t i = 0; i < count; i++)
        mean += number[i] / (double)count;
    for (size_t i = 0; i < count; i++)
        variance += (number[i] - mean) * (number[i] - mean) / (double)(count - 1);
    return variance;
}

/* Chance of the added noise falls with the repeats; that of the noise that is in the atoms stays:
 * as much as once the variance makes. */
static sw_status estimate_simex(correction_work *work, const double weight[VARIANCES + 1]) {
    size_t repeats = work->how->repeats;
    double *value = sw_allocate(repeats, 2 * sizeof *value);
    if (!value)
        return SW_ERROR_MEMORY;
    for (size_t r = 0; r < repeats; r++) {
        value[r] = weight[0] * work->oxidation->bulk_degree;
        for (size_t v = 0; v < VARIANCES; v++)
            value[r] += weight[v + 1] * noisy_mean(work, r * VARIANCES + v);
        value[repeats + r] = noisy_mean(work, r * VARIANCES + 1);
    }
    double variance = sample_variance(value, repeats) / (double)repeats +
                      sample_variance(value + repeats, repeats);
    free(value);
    work->correction->simex_degree =
        estimate(bulk_mean(work->correction->simex, work->oxidation), variance);
    return SW_OK;
}

static sw_status correct_by_simex(correction_work *work, sw_context *context) {
    double weight[VARIANCES + 1];
    size_t count = work->oxidation->count, items = work->how->repeats * VARIANCES;
    work->filled = sw_allocate(count, items);
    if (!work->filled)
        return SW_ERROR_MEMORY;
    sw_status status = sw_parallel(context, items, 1, add_noise, work);
    if (status != SW_OK)
        return status;
    extrapolation(weight);
    for (size_t i = 0; i < count; i++) {
        double degree = weight[0] * sw_oxidation_degree(work->oxidation, i);
        for (size_t item = 0; item < items; item++)
            degree += weight[item % VARIANCES + 1] * work->filled[item * count + i] /
                      (SW_OXIDATION_SITES * (double)work->how->repeats);
        work->correction->simex[i] = degree;
    }
    return estimate_simex(work, weight);
}

/* ---- interface ------------------------------------------------------------------------------ */

static sw_status correct(correction_work *work, sw_context *context, sw_error *error) {
    sw_oxidation_correction *correction = work->correction;
    size_t count = correction->count = work->oxidation->count;
    correction->bayes = sw_allocate(count, sizeof *correction->bayes);
    correction->simex = sw_allocate(count, sizeof *correction->simex);
    correction->verdict = sw_allocate(count, sizeof *correction->verdict);
    sw_status status = sw_tetrahedra_create(&work->tetrahedra, work->metal,
                                            MARGIN * work->options->alpha, context, error);
    if (status != SW_OK)
        return status;
    work->chance = sw_allocate(work->tetrahedra.count, sizeof *work->chance);
    if (!correction->bayes || !correction->simex || !correction->verdict || !work->chance)
        status = SW_ERROR_MEMORY;
    if (status == SW_OK)
        status = find_verdicts(work, context);
    if (status == SW_OK)
        status = correct_by_bayes(work);
    if (status == SW_OK)
        status = correct_by_simex(work, context);
    if (status == SW_OK)
        return SW_OK;
    return sw_error_set(error, status, "oxidation", NULL, "the correction was not finished");
}

sw_status sw_oxidation_correct(sw_oxidation_correction *correction, const sw_oxidation *oxidation,
                               const sw_atoms *atoms, const sw_oxidation_options *options,
                               const sw_correction_options *how, sw_context *context,
                               sw_error *error) {
    sw_atoms *metal = NULL;
    memset(correction, 0, sizeof *correction);
    if (!(how->precision >= 0.0 && how->precision < 10.0) || how->repeats < 2 || how->draws < 1)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "precision",
                            "give 0 to 10 A, with at least 2 repeats and 1 draw",
                            "a precision of %g A, %zu repeats and %zu draws correct nothing",
                            how->precision, how->repeats, how->draws);
    sw_status status = sw_subset_create(&metal, NULL, atoms, options->element, NULL, error);
    if (status != SW_OK)
        return status;
    correction_work work = {.correction = correction,
                            .oxidation = oxidation,
                            .options = options,
                            .how = how,
                            .metal = metal};
    if (sw_atoms_count(metal) == oxidation->count)
        status = correct(&work, context, error);
    else
        status = sw_error_set(error, SW_ERROR_ARGUMENT, "oxidation", "give the same atoms again",
                              "%zu metal atoms were measured and %zu are to be corrected",
                              oxidation->count, sw_atoms_count(metal));
    sw_tetrahedra_clear(&work.tetrahedra);
    free(work.chance);
    free(work.filled);
    sw_atoms_destroy(metal);
    if (status != SW_OK)
        sw_oxidation_correction_clear(correction);
    return status;
}

void sw_oxidation_correction_clear(sw_oxidation_correction *correction) {
    free(correction->bayes);
    free(correction->simex);
    free(correction->verdict);
    memset(correction, 0, sizeof *correction);
}
