/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/draws.h"

#include "base/memory.h"
#include "base/parallel.h"
#include "base/random.h"
#include "base/student.h"
#include "run/available_memory.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/resource.h>

#define BLOCKS 4 /* of random numbers for each atom: three axes, and whether it is left out */
#define MOST_DRAWS 1000000

sw_status sw_disturbance_check(const sw_disturbance *disturbance, sw_error *error) {
    if (disturbance->draws == 1 || disturbance->draws > MOST_DRAWS)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "draws", "0 leaves them out",
                            "an interval needs 2 to %d draws", MOST_DRAWS);
    if (!(disturbance->precision >= 0.0) || !isfinite(disturbance->precision))
        return sw_error_set(error, SW_ERROR_ARGUMENT, "precision", "as in --precision '28 pm'",
                            "%g A is no precision of positions", disturbance->precision);
    if (!(disturbance->missing >= 0.0 && disturbance->missing < 1.0))
        return sw_error_set(error, SW_ERROR_ARGUMENT, "missing", "as in --missing '2.8 %'",
                            "%g is no share of atoms that were not found", disturbance->missing);
    return SW_OK;
}

/* ---- copies ---------------------------------------------------------------------------------- */

sw_status sw_disturbed_copy(sw_atoms **copy, const sw_atoms *atoms,
                            const sw_disturbance *disturbance, size_t draw) {
    size_t count = sw_atoms_count(atoms);
    double deviation = disturbance->precision / sqrt(3.0);
    uint8_t *keep = sw_allocate(count, sizeof *keep);
    sw_status status = keep != NULL ? sw_atoms_copy(copy, atoms) : SW_ERROR_MEMORY;
    sw_random random = sw_random_create(disturbance->seed, (uint64_t)draw);
    for (size_t i = 0; i < count && status == SW_OK; i++) {
        random.counter = BLOCKS * (uint64_t)i;
        for (int d = 0; d < 3; d++)
            sw_atoms_positions(*copy)[3 * i + (size_t)d] +=
                deviation * sw_random_next_normal(&random);
        keep[i] = sw_random_uniform(&random) >= disturbance->missing;
    }
    if (status == SW_OK)
        sw_atoms_keep(*copy, keep);
    free(keep);
    return status;
}

/* ---- measuring them -------------------------------------------------------------------------- */

typedef struct draw_work {
    const sw_measurement *measurement;
    const sw_atoms *atoms;
    const sw_disturbance *disturbance;
    sw_draw_function measure;
    void *user;
    sw_context *context;
    int threads;    /* of each copy */
    double *value;  /* [draws][values] NaN where a copy lacks it */
    sw_error error; /* the first one, of the lowest draw */
    size_t failed, first_failed, done;
    pthread_mutex_t lock;
} draw_work;

static bool is_fatal(sw_status status) {
    return status == SW_ERROR_MEMORY || status == SW_ERROR_CANCELLED;
}

static void take_numbers(draw_work *work, size_t draw, const sw_measurement *found) {
    size_t values = sw_measurement_values(work->measurement);
    for (size_t v = 0; v < values; v++) {
        const sw_measured *here =
            sw_measurement_find(found, sw_measurement_value(work->measurement, v)->name);
        work->value[draw * values + v] = here != NULL ? here->value : NAN;
    }
}

static sw_status measure_copy(draw_work *work, size_t draw, sw_context *context, sw_error *error) {
    sw_atoms *copy = NULL;
    sw_measurement *found = NULL;
    sw_status status = sw_disturbed_copy(&copy, work->atoms, work->disturbance, draw);
    if (status == SW_OK)
        status = sw_measurement_create(&found);
    if (status == SW_OK)
        status = work->measure(found, copy, work->user, context, error);
    if (status == SW_OK)
        take_numbers(work, draw, found);
    sw_measurement_destroy(found);
    sw_atoms_destroy(copy);
    return status;
}

static void finish_draw(draw_work *work, size_t draw, sw_status status, const sw_error *error) {
    pthread_mutex_lock(&work->lock);
    work->done++;
    if (status != SW_OK && (work->failed == 0 || draw < work->first_failed)) {
        work->first_failed = draw;
        work->error = *error;
    }
    work->failed += status != SW_OK;
    sw_progress(work->context, (double)work->done / (double)work->disturbance->draws,
                "%zu of %zu copies measured", work->done, work->disturbance->draws);
    pthread_mutex_unlock(&work->lock);
}

static sw_status measure_some(void *user, size_t first, size_t end, int worker) {
    draw_work *work = user;
    sw_status status = SW_OK;
    (void)worker;
    for (size_t draw = first; draw < end && !is_fatal(status); draw++) {
        sw_context *context;
        sw_error error = {0};
        status = sw_context_create(&context);
        if (status != SW_OK)
            return status;
        sw_context_set_threads(context, work->threads);
        sw_context_follow(context, work->context);
        status = measure_copy(work, draw, context, &error);
        sw_context_destroy(context);
        finish_draw(work, draw, status, &error);
    }
    return is_fatal(status) ? status : SW_OK;
}

/* As many copies at once as there are threads, and memory for what was needed at most so far. */
static int copies_at_once(const draw_work *work) {
    struct rusage used = {0};
    size_t copies = (size_t)sw_context_threads(work->context);
    size_t available = sw_available_memory("/proc/meminfo");
    if (copies > work->disturbance->draws)
        copies = work->disturbance->draws;
    if (getrusage(RUSAGE_SELF, &used) == 0 && used.ru_maxrss > 0 && available > 0) {
        size_t fit = available / 1024 / (size_t)used.ru_maxrss; /* ru_maxrss is in kB */
        copies = copies < fit ? copies : fit;
    }
    return copies > 1 ? (int)copies : 1;
}

static sw_status measure_all(draw_work *work) {
    sw_context *crowd;
    int copies = copies_at_once(work), threads = sw_context_threads(work->context);
    sw_status status = sw_context_create(&crowd);
    if (status != SW_OK)
        return status;
    work->threads = threads / copies;
    sw_context_set_threads(crowd, copies);
    sw_context_follow(crowd, work->context);
    status = sw_parallel(crowd, work->disturbance->draws, 1, measure_some, work);
    sw_context_destroy(crowd);
    return status;
}

/* ---- intervals ------------------------------------------------------------------------------- */

/* One side of an interval: the instrument's own part and that of the draws, independent. */
static double side(double own, double drawn) {
    return isfinite(own) ? hypot(own, drawn) : drawn;
}

static void set_interval(sw_measurement *measurement, size_t index, const double *draws,
                         size_t count) {
    const sw_measured *measured = sw_measurement_value(measurement, index);
    double sum = 0.0, squares = 0.0;
    size_t found = 0;
    for (size_t r = 0; r < count; r++)
        if (isfinite(draws[r])) {
            sum += draws[r] - measured->value; /* nothing large cancels */
            found++;
        }
    if (!isfinite(measured->value) || found < 2)
        return;
    double shift = sum / (double)found;
    for (size_t r = 0; r < count; r++)
        if (isfinite(draws[r]))
            squares += pow(draws[r] - measured->value - shift, 2);
    double half = sw_student_t95((double)(found - 1)) * sqrt(squares / (double)(found - 1));
    sw_measurement_set_drawn(
        measurement, index, measured->value - side(measured->value - measured->own_low, half),
        measured->value + side(measured->own_high - measured->value, half), shift, found);
}

static sw_status set_intervals(sw_measurement *measurement, const draw_work *work) {
    size_t values = sw_measurement_values(measurement), draws = work->disturbance->draws;
    double *column = sw_allocate(draws, sizeof *column);
    if (column == NULL)
        return SW_ERROR_MEMORY;
    for (size_t v = 0; v < values; v++) {
        for (size_t r = 0; r < draws; r++)
            column[r] = work->value[r * values + v];
        set_interval(measurement, v, column, draws);
    }
    free(column);
    return SW_OK;
}

static sw_status note(sw_measurement *measurement, const draw_work *work) {
    const sw_disturbance *how = work->disturbance;
    sw_status status = sw_measurement_note(
        measurement,
        "Intervals: measured again on %zu copies with atoms moved by %.4g pm more (root mean "
        "square in space, %.4g pm along each axis) and %.3g %% of them left out (seed %llu). An "
        "interval is t times the standard deviation of the copies, in quadrature with the "
        "instrument's own where it has one. Shift: mean of the copies less the value; the value "
        "less its shift is an estimate, to first order, of what perfect data would give. A shift "
        "beyond the interval says that noise and missing atoms rule the number.",
        how->draws, 100.0 * how->precision, 100.0 * how->precision / sqrt(3.0),
        100.0 * how->missing, (unsigned long long)how->seed);
    if (status == SW_OK && work->failed > 0)
        status = sw_measurement_note(measurement, "%zu of the copies could not be measured: %s: %s",
                                     work->failed, work->error.place, work->error.message);
    return status;
}

static sw_status draw(sw_measurement *measurement, draw_work *work) {
    size_t values = sw_measurement_values(measurement), draws = work->disturbance->draws, size;
    if (!sw_size_product(&size, values, draws))
        return SW_ERROR_MEMORY;
    work->value = sw_allocate(size, sizeof *work->value);
    if (work->value == NULL)
        return SW_ERROR_MEMORY;
    for (size_t i = 0; i < size; i++)
        work->value[i] = NAN;
    sw_status status = measure_all(work);
    if (status == SW_OK)
        status = set_intervals(measurement, work);
    free(work->value);
    return status;
}

sw_status sw_draws_add(sw_measurement *measurement, const sw_atoms *atoms,
                       const sw_disturbance *disturbance, sw_draw_function measure, void *user,
                       sw_context *context, sw_error *error) {
    draw_work work = {.measurement = measurement,
                      .atoms = atoms,
                      .disturbance = disturbance,
                      .measure = measure,
                      .user = user,
                      .context = context};
    sw_status status = sw_disturbance_check(disturbance, error);
    if (status != SW_OK || disturbance->draws == 0)
        return status;
    pthread_mutex_init(&work.lock, NULL);
    status = draw(measurement, &work);
    pthread_mutex_destroy(&work.lock);
    if (status != SW_OK)
        return work.error.code == status && error != NULL
                   ? (*error = work.error, status)
                   : sw_error_set(error, status, "draws", "ask for fewer --draws",
                                  "the disturbed copies were not measured");
    sw_measurement_set_disturbance(measurement, disturbance);
    return note(measurement, &work);
}
