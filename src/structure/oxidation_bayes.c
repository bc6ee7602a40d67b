/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/oxidation_bayes.h"

#include "base/memory.h"
#include "base/parallel.h"
#include "base/random.h"
#include "structure/oxidation_shapes.h"

#include <math.h>
#include <stdlib.h>

#define A_BIN 1      /* shapes that true ones may have are taken from a bin, at most */
#define FEWEST 0.5   /* sites around an atom that has a fraction */
#define RESAMPLES 16 /* of the bins, for the interval */
#define PATIENCE 4   /* times the rounds, to see what they leave open */
#define WITHIN 1.96  /* standard deviations, 95 % */

typedef struct bayes_work {
    const sw_oxidation *oxidation;
    const sw_tetrahedra *tetrahedra;
    const sw_oxidation_options *options;
    const sw_correction_options *how;
    sw_shapes *shapes;
    uint16_t *bin;              /* [tetrahedra] SW_SHAPE_BINS: outside of the solid */
    double seen[SW_SHAPE_BINS]; /* own tetrahedra in the solid */
    sw_shape_verdict verdict;
    sw_oxidation_means mean[RESAMPLES + 1]; /* the last: of many rounds */
} bayes_work;

/* ---- what was seen --------------------------------------------------------------------------- */

static void fill_bins(bayes_work *work) {
    const sw_tetrahedra *tetrahedra = work->tetrahedra;
    for (size_t t = 0; t < tetrahedra->count; t++) {
        double corner[4][3];
        work->bin[t] = SW_SHAPE_BINS;
        if (tetrahedra->radius[t] > work->options->alpha)
            continue;
        sw_tetrahedra_corners(corner, tetrahedra, t);
        double distortion = sw_tetrahedron_distortion((const double(*)[3])corner);
        work->bin[t] = (uint16_t)sw_shape_bin(work->options, tetrahedra->volume[t], distortion);
        work->seen[work->bin[t]] += tetrahedra->own[t] == t;
    }
}

/* Corners of the first A_BIN own tetrahedra of each bin. */
static size_t choose_shapes(double (*shape)[4][3], const bayes_work *work) {
    uint8_t taken[SW_SHAPE_BINS] = {0};
    size_t count = 0;
    for (size_t t = 0; t < work->tetrahedra->count; t++) {
        size_t bin = work->bin[t];
        if (bin == SW_SHAPE_BINS || work->tetrahedra->own[t] != t || taken[bin] == A_BIN)
            continue;
        taken[bin]++;
        sw_tetrahedra_corners(shape[count++], work->tetrahedra, t);
    }
    return count;
}

static sw_status make_shapes(bayes_work *work) {
    double(*shape)[4][3] = sw_allocate(A_BIN * SW_SHAPE_BINS, sizeof *shape);
    if (!shape)
        return SW_ERROR_MEMORY;
    size_t count = choose_shapes(shape, work);
    sw_status status = sw_shapes_create(&work->shapes, work->options, work->how->precision,
                                        (const double(*)[4][3])shape, count, work->how->seed);
    free(shape);
    return status;
}

/* ---- expected sites -------------------------------------------------------------------------- */

/* Sites around each atom, filled ones and all, in the places of degree and fraction. */
static void add_sites(sw_corrected_oxidation *corrected, const bayes_work *work,
                      const sw_shape_verdict *verdict) {
    for (size_t t = 0; t < work->tetrahedra->count; t++) {
        size_t bin = work->bin[t];
        for (int i = 0; i < 4 && bin < SW_SHAPE_BINS; i++) {
            uint32_t atom = work->tetrahedra->delaunay.vertex[t][i];
            if (atom >= corrected->count)
                continue;
            corrected->degree[atom] += verdict->filled[bin];
            corrected->fraction[atom] += verdict->site[bin];
        }
    }
}

/* Atoms at the place of another have its numbers. */
static void share_out(sw_corrected_oxidation *corrected, const bayes_work *work,
                      const sw_shape_verdict *verdict) {
    add_sites(corrected, work, verdict);
    for (size_t i = 0; i < corrected->count; i++) {
        double filled = corrected->degree[i], sites = corrected->fraction[i];
        corrected->degree[i] = filled / SW_OXIDATION_SITES;
        corrected->fraction[i] = sites >= FEWEST ? filled / sites : NAN;
    }
    for (size_t i = 0; i < corrected->count; i++) {
        uint32_t same = work->tetrahedra->delaunay.same[i];
        if (same >= corrected->count)
            continue;
        corrected->degree[i] = corrected->degree[same];
        corrected->fraction[i] = corrected->fraction[same];
    }
}

/* ---- the interval ---------------------------------------------------------------------------- */

/* Other numbers in the bins (Gaussian for counts). */
static void draw_seen(double *seen, const bayes_work *work, size_t r) {
    sw_random random = sw_random_create(work->how->seed, UINT64_MAX - r);
    for (size_t b = 0; b < SW_SHAPE_BINS; b++) {
        double normal = sw_random_next_normal(&random);
        seen[b] = fmax(0.0, work->seen[b] + sqrt(work->seen[b]) * normal);
    }
}

/* The means that other numbers in the bins make; the last item: that more rounds make. */
static sw_status resample_once(bayes_work *work, size_t r) {
    sw_corrected_oxidation again;
    sw_shape_verdict *verdict = sw_allocate(1, sizeof *verdict);
    double *seen = sw_allocate(SW_SHAPE_BINS, sizeof *seen);
    sw_status status = sw_corrected_oxidation_create(&again, work->oxidation->count);
    if (!verdict || !seen)
        status = SW_ERROR_MEMORY;
    if (status == SW_OK && r < RESAMPLES) {
        draw_seen(seen, work, r);
        status = sw_shapes_fit(verdict, work->shapes, seen, SW_SHAPE_ROUNDS);
    } else if (status == SW_OK) {
        status = sw_shapes_fit(verdict, work->shapes, work->seen, PATIENCE * SW_SHAPE_ROUNDS);
    }
    if (status == SW_OK) {
        share_out(&again, work, verdict);
        work->mean[r] = sw_corrected_means(&again, work->oxidation);
    }
    sw_corrected_oxidation_clear(&again);
    free(verdict);
    free(seen);
    return status;
}

static sw_status resample(void *user, size_t first, size_t end, int worker) {
    sw_status status = SW_OK;
    (void)worker;
    for (size_t r = first; r < end && status == SW_OK; r++)
        status = resample_once(user, r);
    return status;
}

static double variance_of(const double *number, size_t step, size_t count) {
    double sum = 0.0, squares = 0.0;
    for (size_t i = 0; i < count; i++) {
        double value = number[i * step];
        sum += value;
        squares += value * value;
    }
    return fmax(0.0, (squares - sum * sum / (double)count) / (double)(count - 1));
}

/* Chance of the verdicts themselves in the bulk's means: squares of a tetrahedron's weight times
 * p (1 - p). */
static sw_oxidation_means chance_variance(const sw_corrected_oxidation *corrected,
                                          const bayes_work *work) {
    const sw_oxidation *oxidation = work->oxidation;
    sw_oxidation_means variance = {0};
    for (size_t t = 0; t < work->tetrahedra->count; t++) {
        double degree = 0.0, fraction = 0.0;
        for (int i = 0; i < 4 && work->bin[t] < SW_SHAPE_BINS; i++) {
            uint32_t atom = work->tetrahedra->delaunay.vertex[t][i];
            if (atom >= oxidation->count || oxidation->surface[atom])
                continue;
            degree += 1.0 / SW_OXIDATION_SITES;
            if (corrected->degree[atom] > 0.0) /* fraction over filled: one over the sites */
                fraction +=
                    corrected->fraction[atom] / (SW_OXIDATION_SITES * corrected->degree[atom]);
        }
        if (degree == 0.0 || isnan(fraction))
            continue;
        double p = work->verdict.filled[work->bin[t]];
        variance.degree += degree * degree * p * (1.0 - p);
        variance.fraction += fraction * fraction * p * (1.0 - p);
    }
    double bulk = (double)oxidation->bulk;
    return (sw_oxidation_means){variance.degree / (bulk * bulk), variance.fraction / (bulk * bulk)};
}

static sw_interval around(double value, double variance, double open) {
    double half = hypot(WITHIN * sqrt(variance), value - open);
    return (sw_interval){value, fmax(0.0, value - half), value + half};
}

/* The noise that moves a corner moves all tetrahedra around it: their verdicts are not independent.
 * As if all those around an atom went together, the variance is that many times larger. How far
 * more rounds move the means is added. */
static void set_intervals(sw_corrected_oxidation *corrected, const bayes_work *work) {
    sw_oxidation_means mean = sw_corrected_means(corrected, work->oxidation);
    sw_oxidation_means chance = chance_variance(corrected, work);
    double degree = variance_of(&work->mean[0].degree, 2, RESAMPLES) + chance.degree;
    double fraction = variance_of(&work->mean[0].fraction, 2, RESAMPLES) + chance.fraction;
    corrected->bulk_degree =
        around(mean.degree, degree * SW_OXIDATION_SITES, work->mean[RESAMPLES].degree);
    corrected->bulk_fraction =
        around(mean.fraction, fraction * SW_OXIDATION_SITES, work->mean[RESAMPLES].fraction);
}

/* ---- all of it ------------------------------------------------------------------------------- */

static sw_status correct(sw_corrected_oxidation *corrected, bayes_work *work, sw_context *context) {
    fill_bins(work);
    sw_status status = make_shapes(work);
    if (status == SW_OK)
        status = sw_shapes_fit(&work->verdict, work->shapes, work->seen, SW_SHAPE_ROUNDS);
    if (status == SW_OK)
        status = sw_parallel(context, RESAMPLES + 1, 1, resample, work);
    if (status != SW_OK)
        return status;
    share_out(corrected, work, &work->verdict);
    set_intervals(corrected, work);
    return SW_OK;
}

sw_status sw_oxidation_bayes(sw_corrected_oxidation *corrected, const sw_oxidation *oxidation,
                             const sw_tetrahedra *tetrahedra, const sw_oxidation_options *options,
                             const sw_correction_options *how, sw_context *context) {
    bayes_work *work = sw_allocate(1, sizeof *work);
    sw_status status = sw_corrected_oxidation_create(corrected, oxidation->count);
    if (work && status == SW_OK) {
        work->oxidation = oxidation;
        work->tetrahedra = tetrahedra;
        work->options = options;
        work->how = how;
        work->bin = sw_allocate(tetrahedra->count, sizeof *work->bin);
        status = work->bin ? correct(corrected, work, context) : SW_ERROR_MEMORY;
        sw_shapes_destroy(work->shapes);
        free(work->bin);
    } else {
        status = SW_ERROR_MEMORY;
    }
    free(work);
    return status;
}
