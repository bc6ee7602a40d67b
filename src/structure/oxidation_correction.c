/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/oxidation_correction.h"

#include "base/memory.h"
#include "base/parallel.h"
#include "structure/oxidation_bayes.h"
#include "structure/oxidation_shapes.h"
#include "structure/oxidation_simex.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

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
    const sw_tetrahedra *tetrahedra;
    double *chance; /* [tetrahedra] verdicts */
} correction_work;

static bool is_solid(const correction_work *work, size_t t) {
    return work->tetrahedra->radius[t] <= work->options->alpha;
}

/* ---- verdicts -------------------------------------------------------------------------------- */

static sw_status draw_verdicts(void *user, size_t first, size_t end, int worker) {
    correction_work *work = user;
    (void)worker;
    for (size_t t = first; t < end; t++) {
        double corner[4][3];
        uint32_t own = work->tetrahedra->own[t];
        if (!is_solid(work, t))
            continue;
        sw_tetrahedra_corners(corner, work->tetrahedra, t);
        work->chance[t] = sw_oxidation_verdict((const double(*)[3])corner, work->options,
                                               work->how->precision, work->how->draws,
                                               work->how->seed, own == SW_DELAUNAY_NONE ? t : own);
    }
    return SW_OK;
}

/* Degrees from the verdicts; atoms at the place of another have its degree. */
static void average_verdicts(correction_work *work) {
    double *verdict = work->correction->verdict;
    size_t atoms = work->oxidation->count;
    for (size_t t = 0; t < work->tetrahedra->count; t++)
        for (int i = 0; i < 4; i++) {
            uint32_t atom = work->tetrahedra->delaunay.vertex[t][i];
            if (atom < atoms)
                verdict[atom] += work->chance[t] / SW_OXIDATION_SITES;
        }
    for (size_t i = 0; i < atoms; i++) {
        uint32_t same = work->tetrahedra->delaunay.same[i];
        if (same < atoms)
            verdict[i] = verdict[same];
    }
}

static void judge_verdicts(correction_work *work) {
    const sw_oxidation *oxidation = work->oxidation;
    sw_oxidation_correction *correction = work->correction;
    double variance = 0.0, degrees = 0.0;
    size_t solid = 0;
    for (size_t t = 0; t < work->tetrahedra->count; t++) {
        if (!is_solid(work, t) || work->tetrahedra->own[t] != t)
            continue;
        variance += work->chance[t] * (1.0 - work->chance[t]);
        solid++;
    }
    for (size_t i = 0; i < oxidation->count; i++)
        degrees += oxidation->surface[i] ? 0.0 : correction->verdict[i];
    correction->verdict_spread = solid > 0 ? sqrt(variance / (double)solid) : 0.0;
    correction->verdict_bias = degrees / (double)oxidation->bulk - oxidation->bulk_degree;
}

static sw_status find_verdicts(correction_work *work, sw_context *context) {
    work->chance = sw_allocate(work->tetrahedra->count, sizeof *work->chance);
    work->correction->verdict =
        sw_allocate(work->oxidation->count, sizeof *work->correction->verdict);
    if (!work->chance || !work->correction->verdict)
        return SW_ERROR_MEMORY;
    sw_status status =
        sw_parallel(context, work->tetrahedra->count, TETRAHEDRA_A_PIECE, draw_verdicts, work);
    if (status != SW_OK)
        return status;
    average_verdicts(work);
    judge_verdicts(work);
    return SW_OK;
}

/* ---- interface ------------------------------------------------------------------------------- */

static sw_status correct(correction_work *work, sw_context *context, sw_error *error) {
    sw_oxidation_correction *correction = work->correction;
    sw_status status = find_verdicts(work, context);
    if (status == SW_OK)
        status = sw_oxidation_bayes(&correction->bayes, work->oxidation, work->tetrahedra,
                                    work->options, work->how, context);
    if (status == SW_OK)
        status = sw_oxidation_simex(&correction->simex, work->oxidation, work->metal, work->options,
                                    work->how, context);
    if (status == SW_OK)
        return SW_OK;
    return sw_error_set(error, status, "oxidation", NULL, "the correction was not finished");
}

sw_status sw_oxidation_correct(sw_oxidation_correction *correction, const sw_oxidation *oxidation,
                               const sw_tetrahedra *tetrahedra, const sw_atoms *metal,
                               const sw_oxidation_options *options,
                               const sw_correction_options *how, sw_context *context,
                               sw_error *error) {
    memset(correction, 0, sizeof *correction);
    if (!(how->precision >= 0.0 && how->precision < 10.0) || how->repeats < 2 || how->draws < 1)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "precision",
                            "give 0 to 10 A, with at least 2 repeats and 1 draw",
                            "a precision of %g A, %zu repeats and %zu draws correct nothing",
                            how->precision, how->repeats, how->draws);
    if (sw_atoms_count(metal) != oxidation->count)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "oxidation", "give the same atoms again",
                            "%zu metal atoms were measured and %zu are to be corrected",
                            oxidation->count, sw_atoms_count(metal));
    correction_work work = {.correction = correction,
                            .oxidation = oxidation,
                            .tetrahedra = tetrahedra,
                            .options = options,
                            .how = how,
                            .metal = metal};
    sw_status status = correct(&work, context, error);
    free(work.chance);
    if (status != SW_OK)
        sw_oxidation_correction_clear(correction);
    return status;
}

void sw_oxidation_correction_clear(sw_oxidation_correction *correction) {
    sw_corrected_oxidation_clear(&correction->bayes);
    sw_corrected_oxidation_clear(&correction->simex);
    free(correction->verdict);
    memset(correction, 0, sizeof *correction);
}
