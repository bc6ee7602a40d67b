/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "powder/alloy.h"

#include <spillway/calphad.h>

#include <math.h>
#include <pthread.h>

#define DILUTE 1e-6    /* shares of 0 and 1 are taken this far inside */
#define PRESSURE 1.0e5 /* Pa */
#define SQUARE_ANGSTROM 1e-20
#define STEP ((SW_ALLOY_HIGHEST - SW_ALLOY_LOWEST) / (SW_ALLOY_TEMPERATURES - 1))
#define LEAST_DIFFUSION 1e-60 /* m2/s; where the solution would part into two there is none */

typedef struct phases {
    sw_calphad *database;
    sw_solution *fcc, *bcc;
} phases;

static void close_phases(phases *open) {
    sw_solution_destroy(open->fcc);
    sw_solution_destroy(open->bcc);
    sw_calphad_destroy(open->database);
}

static sw_status open_phases(phases *open, sw_error *error) {
    static const char *const elements[] = {"FE", "NI"};
    *open = (phases){0};
    sw_status status = sw_calphad_builtin(&open->database, "jonsson", error);
    if (status == SW_OK)
        status = sw_solution_create(&open->fcc, open->database, "FCC_A1", elements, 2, error);
    if (status == SW_OK)
        status = sw_solution_create(&open->bcc, open->database, "BCC_A2", elements, 2, error);
    return status;
}

static double share_at(size_t i) {
    double share = (double)i / (SW_ALLOY_SHARES - 1);
    return fmin(fmax(share, DILUTE), 1 - DILUTE);
}

static sw_status fill_point(double *activity, double *diffusion, const sw_solution *fcc,
                            double iron, double pure, double temperature, sw_error *error) {
    sw_binary state;
    sw_binary_diffusion moves;
    sw_status status = sw_solution_binary(&state, fcc, 1 - iron, error);
    if (status == SW_OK)
        status = sw_solution_binary_diffusion(&moves, fcc, 1 - iron, error);
    if (status != SW_OK)
        return status;
    *activity = (state.potential[0] - pure) / (SW_BOLTZMANN * temperature) - log(iron);
    *diffusion = log(fmax(moves.interdiffusion * SQUARE_ANGSTROM, LEAST_DIFFUSION));
    return SW_OK;
}

/* The least share of iron at which fcc has the activity 1. */
static double saturation(const sw_powder_alloy *alloy, size_t row) {
    const sw_alloy_place place = {alloy, row > 0 ? row - 1 : 0, row > 0 ? 1 : 0};
    double low = 0, high = 1;
    for (size_t i = 1; i < SW_ALLOY_SHARES && high == 1; i++) {
        if (sw_powder_iron_activity(&place, share_at(i)) < 1)
            low = share_at(i);
        else
            high = share_at(i);
    }
    for (int i = 0; i < 40; i++) {
        double middle = 0.5 * (low + high);
        if (sw_powder_iron_activity(&place, middle) < 1)
            low = middle;
        else
            high = middle;
    }
    return high;
}

static sw_status fill_row(sw_powder_alloy *alloy, size_t row, const phases *open, sw_error *error) {
    double temperature = SW_ALLOY_LOWEST + STEP * (double)row;
    sw_binary pure;
    sw_status status = sw_solution_set(open->fcc, temperature, PRESSURE, error);
    if (status == SW_OK)
        status = sw_solution_set(open->bcc, temperature, PRESSURE, error);
    if (status == SW_OK)
        status = sw_solution_binary(&pure, open->bcc, 1e-12, error);
    for (size_t i = 0; i < SW_ALLOY_SHARES && status == SW_OK; i++)
        status = fill_point(&alloy->activity[row][i], &alloy->diffusion[row][i], open->fcc,
                            share_at(i), pure.potential[0], temperature, error);
    if (status == SW_OK)
        alloy->saturated[row] = saturation(alloy, row);
    return status;
}

static pthread_once_t once = PTHREAD_ONCE_INIT;
static sw_powder_alloy shared;
static sw_status shared_status;
static sw_error shared_error;

static void make_shared(void) {
    phases open;
    shared_status = open_phases(&open, &shared_error);
    for (size_t row = 0; row < SW_ALLOY_TEMPERATURES && shared_status == SW_OK; row++)
        shared_status = fill_row(&shared, row, &open, &shared_error);
    close_phases(&open);
}

sw_status sw_powder_alloy_get(const sw_powder_alloy **alloy, sw_error *error) {
    pthread_once(&once, make_shared);
    *alloy = &shared;
    if (shared_status != SW_OK && error)
        *error = shared_error;
    return shared_status;
}

/* ---- between the points ---------------------------------------------------------------------- */

sw_alloy_place sw_powder_alloy_at(const sw_powder_alloy *alloy, double temperature) {
    double place = (temperature - SW_ALLOY_LOWEST) / STEP;
    place = fmin(fmax(place, 0), SW_ALLOY_TEMPERATURES - 1.000001);
    size_t below = (size_t)place;
    return (sw_alloy_place){alloy, below, place - (double)below};
}

/* Cubic through four points (Catmull and Rom), so that slopes have no jumps. */
static double along(const double (*table)[SW_ALLOY_SHARES], const sw_alloy_place *place,
                    double iron) {
    double at = fmin(fmax(iron, 0), 1) * (SW_ALLOY_SHARES - 1);
    size_t i = at < SW_ALLOY_SHARES - 2 ? (size_t)at : SW_ALLOY_SHARES - 2;
    double t = at - (double)i, value[4];
    for (size_t k = 0; k < 4; k++) {
        size_t column = i + k > 0 ? i + k - 1 : 0;
        column = column < SW_ALLOY_SHARES ? column : SW_ALLOY_SHARES - 1;
        const double low = table[place->below][column], high = table[place->below + 1][column];
        value[k] = low + place->part * (high - low);
    }
    if (i == 0)
        value[0] = 2 * value[1] - value[2];
    if (i == SW_ALLOY_SHARES - 2)
        value[3] = 2 * value[2] - value[1];
    return value[1] + 0.5 * t *
                          (value[2] - value[0] +
                           t * (2 * value[0] - 5 * value[1] + 4 * value[2] - value[3] +
                                t * (3 * (value[1] - value[2]) + value[3] - value[0])));
}

double sw_powder_iron_activity(const sw_alloy_place *place, double iron) {
    return iron * exp(along(place->alloy->activity, place, iron));
}

double sw_powder_interdiffusion(const sw_alloy_place *place, double iron) {
    return exp(along(place->alloy->diffusion, place, iron));
}

double sw_powder_saturated_iron(const sw_alloy_place *place) {
    const double *row = place->alloy->saturated + place->below;
    return row[0] + place->part * (row[1] - row[0]);
}
