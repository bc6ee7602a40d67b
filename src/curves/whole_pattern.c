/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "curves/whole_pattern.h"

#include "base/memory.h"
#include "base/student.h"
#include "curves/diffraction_peaks.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const double sw_whole_pattern_reach = 40.0;

#define TEXTURE 0.75     /* r, where the fit begins */
#define WILD_TEXTURE 3.0 /* of ln r: beyond, one reflection is all there is */

/* ---- the model ------------------------------------------------------------------------------- */

/* A phase as it is drawn. */
typedef struct drawn_phase {
    double scale, across, along, width; /* along and across are factors of the model's cell */
    double texture;                     /* r */
} drawn_phase;

static double lorentz_polarisation(const sw_pattern_model *model, double angle) {
    double theta = 0.5 * SW_RADIAN_PER_DEGREE * angle, twice = cos(SW_RADIAN_PER_DEGREE * angle);
    double factor = 1.0 / (sin(theta) * sin(theta) * cos(theta));
    return model->tube ? 0.5 * (1.0 + twice * twice) * factor : factor;
}

static size_t first_from(const sw_pattern *pattern, double angle) {
    size_t low = 0, high = pattern->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (pattern->angle[middle] < angle)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Adds a reflection of this area, without the factor of its angle, to y[count]. */
static void add_reflection(double *y, const sw_pattern_model *model, const sw_pattern *pattern,
                           double angle, double area, double width, double zero, double mixing) {
    double wide = width / cos(0.5 * SW_RADIAN_PER_DEGREE * angle), at = angle + zero;
    double own = area * lorentz_polarisation(model, angle);
    double reach = sw_whole_pattern_reach * wide;
    for (size_t i = first_from(pattern, at - reach);
         i < pattern->count && pattern->angle[i] < at + reach; i++)
        y[i] += own * sw_peak_profile(SW_PEAK_SUM, pattern->angle[i] - at, wide, mixing);
}

/* Adds a phase to y[count]. */
static void add_phase(double *y, const sw_pattern_model *model, size_t index,
                      const sw_pattern *pattern, const drawn_phase *drawn, double zero,
                      double mixing) {
    const sw_pattern_phase *phase = &model->phase[index];
    const double wavelength[] = {model->wavelength, model->second_wavelength};
    const double ratio[] = {1.0, model->second_ratio};
    double cell[3][3];
    sw_crystal_phase_scaled(cell, &phase->crystal, drawn->across, drawn->along);
    for (size_t r = 0; r < phase->reflections; r++) {
        double spacing = sw_plane_spacing(cell, phase->reflection[r].index);
        double area = drawn->scale * phase->reflection[r].strength *
                      sw_texture_factor(&phase->reflection[r].texture, drawn->texture);
        for (size_t k = 0; k < 2 && wavelength[k] > 0.0; k++) {
            double angle = sw_bragg_angle(spacing, wavelength[k]);
            if (isfinite(angle))
                add_reflection(y, model, pattern, angle, ratio[k] * area, drawn->width, zero,
                               mixing);
        }
    }
}

/* Chebyshev polynomials over the pattern's angles. */
static double background_at(const double *coefficient, size_t count, const sw_pattern *pattern,
                            double angle) {
    double low = pattern->angle[0], high = pattern->angle[pattern->count - 1];
    double x = (2.0 * angle - low - high) / (high - low), sum = 0.0;
    for (size_t i = 0; i < count; i++)
        sum += coefficient[i] * cos((double)i * acos(fmin(fmax(x, -1.0), 1.0)));
    return sum;
}

/* ---- where lattices are ---------------------------------------------------------------------- */

static double weight_of(const sw_pattern *pattern, size_t i) {
    return 1.0 / pattern->variance[i];
}

/* How much of the weighted squares of `left` a phase of this lattice explains, and its scale. */
static double explained(double *scale, double *y, const double *left, const sw_pattern_model *model,
                        size_t index, const sw_pattern *pattern, double factor, double width) {
    const drawn_phase drawn = {1.0, factor, factor, width, 1.0};
    double own = 0.0, both = 0.0;
    memset(y, 0, pattern->count * sizeof *y);
    add_phase(y, model, index, pattern, &drawn, 0.0, 0.5);
    for (size_t i = 0; i < pattern->count; i++) {
        own += y[i] * y[i] * weight_of(pattern, i);
        both += y[i] * left[i] * weight_of(pattern, i);
    }
    *scale = own > 0.0 ? both / own : 0.0;
    return both > 0.0 && own > 0.0 ? both * both / own : 0.0;
}

typedef struct search_place {
    size_t phase;
    double factor, scale, gain;
} search_place;

static search_place best_place(double *y, const double *left, const sw_pattern_model *model,
                               const sw_pattern *pattern, const bool *taken) {
    search_place best = {.gain = 0.0};
    double middle = 0.5 * (pattern->angle[0] + pattern->angle[pattern->count - 1]);
    double step = 0.5 * model->width / fmax(middle, 1.0); /* of the lattice: half a width */
    for (size_t p = 0; p < model->phases; p++)
        for (double off = -model->search; off <= model->search && !taken[p]; off += step) {
            double scale,
                gain = explained(&scale, y, left, model, p, pattern, 1.0 + off, 1.5 * model->width);
            if (gain > best.gain)
                best = (search_place){p, 1.0 + off, scale, gain};
        }
    return best;
}

/* The phase that explains most is taken off, then the next. */
static sw_status search(drawn_phase *drawn, const sw_pattern_model *model,
                        const sw_pattern *pattern, double background) {
    bool taken[SW_PATTERN_PHASES] = {false};
    double *left = sw_allocate(pattern->count, sizeof *left);
    double *y = sw_allocate(pattern->count, sizeof *y);
    sw_status status = left != NULL && y != NULL ? SW_OK : SW_ERROR_MEMORY;
    for (size_t i = 0; status == SW_OK && i < pattern->count; i++)
        left[i] = pattern->intensity[i] - background;
    for (size_t round = 0; status == SW_OK && round < model->phases; round++) {
        search_place best = best_place(y, left, model, pattern, taken);
        if (!(best.gain > 0.0))
            break;
        taken[best.phase] = true;
        drawn[best.phase] = (drawn_phase){best.scale, best.factor, best.factor, model->width, 1.0};
        memset(y, 0, pattern->count * sizeof *y);
        drawn_phase wide = drawn[best.phase];
        wide.width *= 1.5;
        add_phase(y, model, best.phase, pattern, &wide, 0.0, 0.5);
        for (size_t i = 0; i < pattern->count; i++)
            left[i] -= y[i];
    }
    free(left);
    free(y);
    return status;
}

/* ---- the fit --------------------------------------------------------------------------------- */

typedef struct pattern_work {
    const sw_pattern_model *model;
    const sw_pattern *pattern;
    size_t phases, phase[SW_PATTERN_PHASES]; /* those that take part */
    double unit[SW_PATTERN_PHASES];          /* of the scales */
    double *y;
} pattern_work;

/* Parameters: background, mixing, zero where free; of each phase scale, ln a factor, ln width, ln c
 * factor where not cubic, ln r where textured. */
static size_t shared_parameters(const sw_pattern_model *model) {
    return model->background + 1 + model->free_zero;
}

static size_t phase_parameters(const pattern_work *work, size_t k) {
    const sw_pattern_phase *phase = &work->model->phase[work->phase[k]];
    return 3 + (size_t)!phase->crystal.cubic + (size_t)phase->textured;
}

/* Where ln c factor and ln r are among the parameters of a phase; 0: nowhere. */
static size_t along_place(const pattern_work *work, size_t k) {
    return work->model->phase[work->phase[k]].crystal.cubic ? 0 : 3;
}

static size_t texture_place(const pattern_work *work, size_t k) {
    return work->model->phase[work->phase[k]].textured ? phase_parameters(work, k) - 1 : 0;
}

static drawn_phase drawn_of(const pattern_work *work, size_t k, const double *parameter) {
    size_t along = along_place(work, k), texture = texture_place(work, k);
    double across = exp(parameter[1]);
    return (drawn_phase){parameter[0] * work->unit[k], across,
                         along > 0 ? exp(parameter[along]) : across, exp(parameter[2]),
                         texture > 0 ? exp(parameter[texture]) : 1.0};
}

static void residuals(void *user, const double *parameter, double *residual) {
    const pattern_work *work = user;
    const sw_pattern_model *model = work->model;
    const sw_pattern *pattern = work->pattern;
    double mixing = parameter[model->background];
    double zero = model->free_zero ? parameter[model->background + 1] : 0.0;
    size_t at = shared_parameters(model);
    for (size_t i = 0; i < pattern->count; i++)
        work->y[i] = background_at(parameter, model->background, pattern, pattern->angle[i]);
    for (size_t k = 0; k < work->phases; k++) {
        const drawn_phase drawn = drawn_of(work, k, parameter + at);
        /* a step so far astray is refused, not computed */
        bool wild = !(drawn.width < 20.0 * model->width) || !(drawn.width > 0.01 * model->width) ||
                    fabs(parameter[at + 1]) > 0.2 || !(fabs(log(drawn.texture)) < WILD_TEXTURE);
        if (wild) {
            residual[0] = (double)NAN;
            return;
        }
        add_phase(work->y, model, work->phase[k], pattern, &drawn, zero, mixing);
        at += phase_parameters(work, k);
    }
    for (size_t i = 0; i < pattern->count; i++)
        residual[i] = (pattern->intensity[i] - work->y[i]) * sqrt(weight_of(pattern, i));
}

static size_t set_start(double *parameter, pattern_work *work, const drawn_phase *drawn,
                        const double *background, double mixing, double zero) {
    const sw_pattern_model *model = work->model;
    size_t at = shared_parameters(model);
    memcpy(parameter, background, model->background * sizeof *parameter);
    parameter[model->background] = mixing;
    if (model->free_zero)
        parameter[model->background + 1] = zero;
    for (size_t k = 0; k < work->phases; k++) {
        const drawn_phase *one = &drawn[work->phase[k]];
        work->unit[k] = one->scale;
        parameter[at] = 1.0;
        parameter[at + 1] = log(one->across);
        parameter[at + 2] = log(one->width);
        if (along_place(work, k) > 0)
            parameter[at + along_place(work, k)] = log(one->along);
        if (texture_place(work, k) > 0)
            parameter[at + texture_place(work, k)] = log(one->texture);
        at += phase_parameters(work, k);
    }
    return at;
}

static void set_weights(sw_pattern_fit *fit, const pattern_work *work,
                        const sw_least_squares_result *result) {
    double factor[SW_PATTERN_PHASES], sum = 0.0;
    size_t place[SW_PATTERN_PHASES], at = shared_parameters(work->model);
    for (size_t k = 0; k < work->phases; k++) {
        const sw_crystal_phase *crystal = &work->model->phase[work->phase[k]].crystal;
        const drawn_phase drawn = drawn_of(work, k, result->parameter + at);
        double cell[3][3];
        sw_crystal_phase_scaled(cell, crystal, drawn.across, drawn.along);
        factor[k] = sw_crystal_phase_mass(crystal) * sw_crystal_phase_volume(cell) * work->unit[k];
        place[k] = at;
        sum += factor[k] * result->parameter[at];
        at += phase_parameters(work, k);
    }
    for (size_t k = 0; k < work->phases; k++) {
        sw_fitted_phase *phase = &fit->phase[work->phase[k]];
        double variance = 0.0;
        phase->weight = factor[k] * result->parameter[place[k]] / sum;
        for (size_t a = 0; a < work->phases; a++)
            for (size_t b = 0; b < work->phases; b++)
                variance += ((a == k) - phase->weight) * ((b == k) - phase->weight) * factor[a] *
                            factor[b] * result->covariance[place[a]][place[b]];
        phase->weight_spread =
            sw_student_t95(result->freedom) * sqrt(fmax(variance, 0.0)) / fabs(sum);
    }
}

static void set_phase(sw_fitted_phase *phase, const pattern_work *work, size_t k,
                      const sw_least_squares_result *result, size_t at) {
    const sw_crystal_phase *crystal = &work->model->phase[work->phase[k]].crystal;
    const drawn_phase drawn = drawn_of(work, k, result->parameter + at);
    double a = 0.0, c = 0.0;
    for (int i = 0; i < 3; i++) {
        a += crystal->cell[0][i] * crystal->cell[0][i];
        c += crystal->cell[2][i] * crystal->cell[2][i];
    }
    phase->there = true;
    phase->scale = drawn.scale;
    phase->scale_spread = work->unit[k] * result->spread[at];
    phase->across = sqrt(a) * drawn.across;
    phase->across_spread = phase->across * result->spread[at + 1];
    phase->along = crystal->cubic ? (double)NAN : sqrt(c) * drawn.along;
    phase->along_spread = crystal->cubic ? (double)NAN : phase->along * result->spread[at + 3];
    phase->width = drawn.width;
    phase->width_spread = drawn.width * result->spread[at + 2];
    size_t texture = texture_place(work, k);
    phase->texture = texture > 0 ? drawn.texture : (double)NAN;
    phase->texture_spread =
        texture > 0 ? drawn.texture * result->spread[at + texture] : (double)NAN;
}

static void set_fit(sw_pattern_fit *fit, const pattern_work *work,
                    const sw_least_squares_result *result) {
    const sw_pattern_model *model = work->model;
    double squares = 0.0;
    size_t at = shared_parameters(model);
    *fit = (sw_pattern_fit){.converged = result->converged};
    for (size_t p = 0; p < model->phases; p++)
        fit->phase[p] =
            (sw_fitted_phase){false, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, 0.0, NAN, NAN, NAN};
    memcpy(fit->background, result->parameter, model->background * sizeof(double));
    fit->mixing = result->parameter[model->background];
    fit->mixing_spread = result->spread[model->background];
    if (model->free_zero) {
        fit->zero = result->parameter[model->background + 1];
        fit->zero_spread = result->spread[model->background + 1];
    }
    for (size_t k = 0; k < work->phases; k++) {
        set_phase(&fit->phase[work->phase[k]], work, k, result, at);
        at += phase_parameters(work, k);
    }
    set_weights(fit, work, result);
    for (size_t i = 0; i < work->pattern->count; i++)
        squares +=
            work->pattern->intensity[i] * work->pattern->intensity[i] * weight_of(work->pattern, i);
    fit->rwp = sqrt(result->sum / squares);
    fit->rexp = sqrt(fmax(result->freedom, 0.0) / squares);
    fit->chi_squared = result->sum / fmax(result->freedom, 1.0);
}

/* Drops what does not stand out; true where something was dropped. */
static bool drop_weak(pattern_work *work, const sw_least_squares_result *result) {
    size_t kept = 0, at = shared_parameters(work->model), before = work->phases;
    for (size_t k = 0; k < before; k++) {
        size_t count = phase_parameters(work, k);
        bool strong = result->parameter[at] > result->spread[at];
        bool sane = result->spread[at + 1] < 0.05;
        work->phase[kept] = work->phase[k];
        work->unit[kept] = work->unit[k];
        kept += strong && sane;
        at += count;
    }
    work->phases = kept;
    return kept < before;
}

static double lowest(const sw_pattern *pattern) {
    double low = INFINITY;
    for (size_t i = 0; i < pattern->count; i++)
        low = fmin(low, pattern->intensity[i]);
    return low;
}

static void start_from(drawn_phase *drawn, const sw_pattern_fit *before,
                       const sw_pattern_model *model) {
    for (size_t p = 0; p < model->phases; p++) {
        const sw_fitted_phase *phase = &before->phase[p];
        if (!phase->there)
            continue;
        double a = 0.0, c = 0.0;
        for (int i = 0; i < 3; i++) {
            a += pow(model->phase[p].crystal.cell[0][i], 2.0);
            c += pow(model->phase[p].crystal.cell[2][i], 2.0);
        }
        double across = phase->across / sqrt(a);
        drawn[p] = (drawn_phase){phase->scale, across,
                                 isfinite(phase->along) ? phase->along / sqrt(c) : across,
                                 phase->width, isfinite(phase->texture) ? phase->texture : 1.0};
    }
}

static sw_status fit_rounds(sw_pattern_fit *fit, pattern_work *work, drawn_phase *drawn,
                            const double *background, double mixing, double zero, sw_error *error) {
    sw_least_squares_result *result = sw_allocate(1, sizeof *result);
    sw_status status = result != NULL ? SW_OK : SW_ERROR_MEMORY;
    bool again = true;
    while (status == SW_OK && again) {
        if (work->phases == 0) {
            status = sw_error_set(error, SW_ERROR_NUMERIC, "xrd-phases",
                                  "is the wavelength right? See --phases, --search, --width",
                                  "none of the phases stands out of the pattern");
            break;
        }
        size_t count = set_start(result->parameter, work, drawn, background, mixing, zero);
        const sw_least_squares problem = {.points = work->pattern->count,
                                          .parameters = count,
                                          .residuals = residuals,
                                          .user = work,
                                          .most_steps = 60};
        status = sw_least_squares_fit(result, &problem, error);
        if (status == SW_OK)
            set_fit(fit, work, result);
        again = status == SW_OK && drop_weak(work, result);
        if (again)
            start_from(drawn, fit, work->model);
    }
    free(result);
    return status;
}

/* One fit from these phases. */
static sw_status fit_from(sw_pattern_fit *fit, const sw_pattern_model *model,
                          const sw_pattern *pattern, const sw_pattern_fit *before,
                          const drawn_phase *start, double *y, sw_error *error) {
    drawn_phase drawn[SW_PATTERN_PHASES];
    double background[SW_PATTERN_BACKGROUND] = {lowest(pattern)};
    pattern_work work = {.model = model, .pattern = pattern};
    work.y = y;
    memcpy(drawn, start, sizeof drawn);
    for (size_t p = 0; p < model->phases; p++)
        if (drawn[p].scale > 0.0)
            work.phase[work.phases++] = p;
    return fit_rounds(fit, &work, drawn, before != NULL ? before->background : background,
                      before != NULL ? before->mixing : 0.5, before != NULL ? before->zero : 0.0,
                      error);
}

/* In a cubic crystal the pattern does not depend on r to first order at r = 1, and there is a
 * minimum on both sides: textures begin on either, and the best fit stays. */
static sw_status fit_textures(sw_pattern_fit *fit, const sw_pattern_model *model,
                              const sw_pattern *pattern, const sw_pattern_fit *before,
                              drawn_phase *drawn, double *y, sw_error *error) {
    size_t textured[SW_PATTERN_TEXTURES], count = 0;
    sw_status status = SW_ERROR_NUMERIC;
    for (size_t p = 0; p < model->phases; p++)
        if (model->phase[p].textured && count < SW_PATTERN_TEXTURES)
            textured[count++] = p;
    for (size_t sides = 0; sides < (size_t)1 << count; sides++) {
        sw_pattern_fit its;
        for (size_t i = 0; i < count; i++)
            drawn[textured[i]].texture = (sides >> i & 1) != 0 ? 1.0 / TEXTURE : TEXTURE;
        sw_status found = fit_from(&its, model, pattern, before, drawn, y, error);
        if (found == SW_ERROR_MEMORY)
            return found;
        if (found == SW_OK && (status != SW_OK || its.chi_squared < fit->chi_squared)) {
            *fit = its;
            status = SW_OK;
        }
    }
    if (status == SW_OK && error != NULL)
        *error = (sw_error){0};
    return status;
}

sw_status sw_whole_pattern_fit(sw_pattern_fit *fit, const sw_pattern_model *model,
                               const sw_pattern *pattern, const sw_pattern_fit *before, bool look,
                               sw_error *error) {
    drawn_phase drawn[SW_PATTERN_PHASES] = {{0}};
    double *y = sw_allocate(pattern->count, sizeof *y);
    sw_status status = y != NULL ? SW_OK : SW_ERROR_MEMORY;
    if (status == SW_OK && look)
        status = search(drawn, model, pattern, lowest(pattern));
    if (before != NULL)
        start_from(drawn, before, model);
    if (status == SW_OK && look)
        status = fit_textures(fit, model, pattern, before, drawn, y, error);
    else if (status == SW_OK)
        status = fit_from(fit, model, pattern, before, drawn, y, error);
    free(y);
    return status;
}

void sw_whole_pattern_curve(double *calculated, double *background, const sw_pattern_fit *fit,
                            const sw_pattern_model *model, const sw_pattern *pattern) {
    drawn_phase drawn[SW_PATTERN_PHASES] = {{0}};
    start_from(drawn, fit, model);
    for (size_t i = 0; i < pattern->count; i++)
        calculated[i] = background[i] =
            background_at(fit->background, model->background, pattern, pattern->angle[i]);
    for (size_t p = 0; p < model->phases; p++)
        if (fit->phase[p].there)
            add_phase(calculated, model, p, pattern, &drawn[p], fit->zero, fit->mixing);
}
