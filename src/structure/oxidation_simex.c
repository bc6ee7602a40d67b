/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/oxidation_simex.h"

#include "base/matrix.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/random.h"

#include <math.h>
#include <stdlib.h>

#define VARIANCES 4 /* added: STEP, 2 STEP ... of that of the positions */
#define STEP 0.5
#define NEAR_SEEN 6.0 /* the parabola through 0, 1/2 and 1 times the variance, at -1 */
#define NEAR_HALF (-8.0)
#define NEAR_ONE 3.0
#define WITHIN 1.96 /* standard deviations, 95 % */

/* Numbers of the bulk. */
enum { DEGREE, FRACTION, BULK_NUMBERS };

typedef struct simex_work {
    const sw_oxidation *oxidation;
    const sw_atoms *metal;
    const sw_oxidation_options *options;
    const sw_correction_options *how;
    double weight[VARIANCES + 1];   /* of the numbers with no, one ... steps of variance added */
    uint8_t *filled, *sites_around; /* [repeats][VARIANCES][atoms] */
    double (*mean)[BULK_NUMBERS];   /* [repeats][VARIANCES] */
} simex_work;

/* How much the numbers at 0, 1/2, 1, 3/2 and 2 times the variance weigh in the parabola's value at
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

/* ---- more noise ------------------------------------------------------------------------------ */

static sw_status copy_with_noise(sw_atoms **noisy, const sw_atoms *atoms, double deviation,
                                 uint64_t seed, uint64_t stream) {
    sw_status status = sw_atoms_copy(noisy, atoms);
    if (status != SW_OK)
        return status;
    sw_random random = sw_random_create(seed, stream);
    for (size_t i = 0; i < 3 * sw_atoms_count(atoms); i++)
        sw_atoms_positions(*noisy)[i] += deviation * sw_random_next_normal(&random);
    return SW_OK;
}

static uint8_t as_byte(uint32_t number) {
    return (uint8_t)(number < UINT8_MAX ? number : UINT8_MAX);
}

/* Keeps what the rule finds; the surface stays that of the atoms as they are. */
static void keep_numbers(simex_work *work, size_t item, const sw_oxidation *again) {
    const sw_oxidation *oxidation = work->oxidation;
    double degrees = 0.0, fractions = 0.0;
    size_t with_fraction = 0;
    for (size_t i = 0; i < again->count; i++) {
        work->filled[item * again->count + i] = as_byte(again->filled[i]);
        work->sites_around[item * again->count + i] = as_byte(again->sites_around[i]);
        if (oxidation->surface[i])
            continue;
        degrees += sw_oxidation_degree(again, i);
        fractions += again->sites_around[i] > 0 ? sw_oxidation_fraction(again, i) : 0.0;
        with_fraction += again->sites_around[i] > 0;
    }
    work->mean[item][DEGREE] = degrees / (double)oxidation->bulk;
    work->mean[item][FRACTION] = fractions / (double)with_fraction;
}

/* Item: repeat * VARIANCES + variance. */
static sw_status add_noise_once(simex_work *work, size_t item) {
    sw_tetrahedra tetrahedra;
    sw_oxidation again;
    sw_atoms *noisy;
    double times = STEP * (double)(item % VARIANCES + 1);
    sw_status status = copy_with_noise(
        &noisy, work->metal, work->how->precision * sqrt(times / 3.0), work->how->seed + 1, item);
    if (status != SW_OK)
        return status;
    status = sw_oxidation_tetrahedra(&tetrahedra, noisy, work->options, NULL, NULL);
    sw_atoms_destroy(noisy);
    if (status == SW_OK)
        status = sw_oxidation_create(&again, &tetrahedra, work->options, NULL);
    sw_tetrahedra_clear(&tetrahedra);
    if (status != SW_OK)
        return status;
    keep_numbers(work, item, &again);
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

/* ---- back to none ---------------------------------------------------------------------------- */

/* The fraction of one atom at a step of variance: of the repeats in which it has sites. */
static double fraction_at(const simex_work *work, size_t i, size_t step) {
    size_t count = work->oxidation->count, with_sites = 0;
    double sum = 0.0;
    if (step == 0)
        return sw_oxidation_fraction(work->oxidation, i);
    for (size_t r = 0; r < work->how->repeats; r++) {
        size_t place = (r * VARIANCES + step - 1) * count + i;
        if (work->sites_around[place] == 0)
            continue;
        sum += (double)work->filled[place] / work->sites_around[place];
        with_sites++;
    }
    return sum / (double)with_sites;
}

static double degree_at(const simex_work *work, size_t i, size_t step) {
    size_t count = work->oxidation->count;
    double sum = 0.0;
    if (step == 0)
        return sw_oxidation_degree(work->oxidation, i);
    for (size_t r = 0; r < work->how->repeats; r++)
        sum += work->filled[(r * VARIANCES + step - 1) * count + i];
    return sum / (SW_OXIDATION_SITES * (double)work->how->repeats);
}

static void extrapolate_atoms(sw_corrected_oxidation *corrected, const simex_work *work) {
    for (size_t i = 0; i < corrected->count; i++)
        for (size_t step = 0; step <= VARIANCES; step++) {
            corrected->degree[i] += work->weight[step] * degree_at(work, i, step);
            corrected->fraction[i] += work->weight[step] * fraction_at(work, i, step);
        }
}

static double sample_variance(const double *number, size_t count) {
    double mean = 0.0, variance = 0.0;
    for (size_t i = 0; i < count; i++)
        mean += number[i] / (double)count;
    for (size_t i = 0; i < count; i++)
        variance += (number[i] - mean) * (number[i] - mean) / (double)(count - 1);
    return variance;
}

/*
 * One number of the bulk, between 0 and `most`. Chance of the added noise falls with the repeats;
 * that of the noise that is in the atoms stays: as much as once the variance makes, times the weight
 * of what was seen. How far a parabola through the first three alone ends elsewhere says what the
 * shape of the curve leaves open. `value` [2][repeats] is room to work in.
 */
static sw_interval extrapolate(double *value, const simex_work *work, double seen, int number,
                               double most) {
    size_t repeats = work->how->repeats;
    double sum = 0.0, near = 0.0;
    for (size_t r = 0; r < repeats; r++) {
        const size_t first = r * VARIANCES, second = first + 1; /* half, all of the variance */
        value[r] = work->weight[0] * seen;
        for (size_t v = 0; v < VARIANCES; v++)
            value[r] += work->weight[v + 1] * work->mean[first + v][number];
        value[repeats + r] = work->mean[second][number];
        sum += value[r];
        near += NEAR_SEEN * seen + NEAR_HALF * work->mean[first][number] +
                NEAR_ONE * work->mean[second][number];
    }
    double variance = sample_variance(value, repeats) / (double)repeats +
                      pow(work->weight[0], 2) * sample_variance(value + repeats, repeats);
    double bend = (sum - near) / (double)repeats;
    if (isnan(sum))
        return (sw_interval){NAN, NAN, NAN};
    double middle = fmin(fmax(sum / (double)repeats, 0.0), most),
           half = hypot(WITHIN * sqrt(variance), bend);
    return (sw_interval){middle, fmax(0.0, middle - half), fmin(middle + half, most)};
}

static sw_status set_intervals(sw_corrected_oxidation *corrected, const simex_work *work) {
    double *room = sw_allocate(work->how->repeats, 2 * sizeof *room);
    if (!room)
        return SW_ERROR_MEMORY;
    corrected->bulk_degree =
        extrapolate(room, work, work->oxidation->bulk_degree, DEGREE, INFINITY);
    corrected->bulk_fraction =
        extrapolate(room, work, work->oxidation->bulk_fraction, FRACTION, 1.0);
    free(room);
    return SW_OK;
}

static sw_status correct(sw_corrected_oxidation *corrected, simex_work *work, sw_context *context) {
    size_t items = work->how->repeats * VARIANCES;
    work->filled = sw_allocate(corrected->count, items);
    work->sites_around = sw_allocate(corrected->count, items);
    work->mean = sw_allocate(items, sizeof *work->mean);
    if (!work->filled || !work->sites_around || !work->mean)
        return SW_ERROR_MEMORY;
    sw_status status = sw_parallel(context, items, 1, add_noise, work);
    if (status != SW_OK)
        return status;
    extrapolation(work->weight);
    extrapolate_atoms(corrected, work);
    return set_intervals(corrected, work);
}

sw_status sw_oxidation_simex(sw_corrected_oxidation *corrected, const sw_oxidation *oxidation,
                             const sw_atoms *metal, const sw_oxidation_options *options,
                             const sw_correction_options *how, sw_context *context) {
    simex_work work = {.oxidation = oxidation, .metal = metal, .options = options, .how = how};
    sw_status status = sw_corrected_oxidation_create(corrected, oxidation->count);
    if (status == SW_OK)
        status = correct(corrected, &work, context);
    free(work.filled);
    free(work.sites_around);
    free(work.mean);
    return status;
}
