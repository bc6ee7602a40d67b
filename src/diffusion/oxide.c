/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A step of the Euler rule has coefficients of its start, so that compositions are linear in what is
 * known at the ends; what is not linear are the unknowns of the faces, for which Newton's method
 * solves, with slopes by differences.
 */
#include "diffusion/oxide.h"

#include "base/memory.h"
#include "diffusion/blocks.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define UNKNOWNS 4 /* of both faces, at most */
#define ROUNDS 40
#define NUDGE 1e-6    /* of an unknown, for slopes */
#define CLOSE 1e-11   /* change of an unknown at which it is found */
#define TRACE 1e-9    /* of nickel, where there is none yet: its logarithm is sought */
#define ENOUGH 1e-8   /* the same, where rounding keeps it from coming nearer */
#define THINNEST 0.01 /* of the thickness at the start, at which a layer is used up */
#define SHRINK 0.2    /* of the thickness that a step must leave */

/* ---- room ------------------------------------------------------------------------------------ */

static sw_status make_room(sw_oxide *oxide, sw_error *error) {
    const size_t n = oxide->model->cells, m = sw_oxide_cations(&oxide->thermo), square = m * m;
    const size_t work = (n + 1) * square + n * (3 * square + m);
    sw_oxide_state *const states[] = {&oxide->now, &oxide->whole, &oxide->half, &oxide->second};
    oxide->memory = sw_allocate(4 * n * m + 2 * work, sizeof *oxide->memory);
    if (!oxide->memory)
        return sw_error_set(error, SW_ERROR_MEMORY, "cells", NULL, "no memory for %zu cells", n);
    double *at = oxide->memory;
    for (size_t i = 0; i < 4; i++, at += n * m)
        states[i]->layer = (sw_oxide_layer){
            .cells = n, .components = m, .to = oxide->model->thickness, .content = at};
    for (size_t i = 0; i < 2; i++, at += work)
        oxide->work[i] = (sw_oxide_work){at, at + (n + 1) * square};
    return SW_OK;
}

void sw_oxide_clear(sw_oxide *oxide) {
    sw_oxide_thermo_close(&oxide->thermo);
    free(oxide->memory);
    oxide->memory = NULL;
}

/* Another state, with the content of its own. */
static void copy_state(sw_oxide_state *to, const sw_oxide_state *from) {
    double *content = to->layer.content;
    memcpy(content, from->layer.content,
           from->layer.cells * from->layer.components * sizeof *content);
    *to = *from;
    to->layer.content = content;
}

const sw_oxide_face_model *sw_oxide_face_of(const sw_oxide *oxide, size_t face) {
    return face == 0 ? &oxide->model->first : &oxide->model->last;
}

/* ---- at the start ---------------------------------------------------------------------------- */

static sw_status begin_faces(sw_oxide *oxide, const double *y, sw_error *error) {
    sw_status status = SW_OK;
    for (size_t i = 0; i < 2 && status == SW_OK; i++)
        status =
            sw_oxide_face_begin(&oxide->now.face[i], sw_oxide_face_of(oxide, i), &oxide->thermo, y,
                                i == 0 ? "oxide.first" : "oxide.last", error);
    return status;
}

static double vacancies_at(const sw_oxide_face *face) {
    return 1.0 - face->end.y[0] - face->end.y[1];
}

/* Whether a face says how many vacancies it has. */
static bool tells(const sw_oxide_face_model *face) {
    return face->kind == SW_OXIDE_GAS || face->kind == SW_OXIDE_METAL;
}

/* Vacancies at the first and the last end at the start. */
static sw_status first_vacancies(double vacancies[2], sw_oxide *oxide, sw_error *error) {
    const sw_diffusion_oxide *model = oxide->model;
    vacancies[0] = vacancies[1] = model->vacancies > 0.0 ? model->vacancies : 0.05;
    const double y[2] = {(1.0 - model->nickel) * (1.0 - vacancies[0]),
                         model->nickel * (1.0 - vacancies[0])};
    const sw_status status = begin_faces(oxide, y, error);
    if (status != SW_OK || model->vacancies > 0.0)
        return status;
    if (!tells(&model->first) && !tells(&model->last))
        return sw_error_set(error, SW_ERROR_MODEL, "oxide", "such as vacancies: 6 %",
                            "no face tells the vacancies that the oxide has at the start");
    for (size_t i = 0; i < 2; i++)
        vacancies[i] = vacancies_at(
            &oxide->now.face[tells(i == 0 ? &model->first : &model->last) ? i : 1 - i]);
    return SW_OK;
}

static sw_status fill(sw_oxide *oxide, sw_error *error) {
    const sw_diffusion_oxide *model = oxide->model;
    const size_t n = model->cells, m = sw_oxide_cations(&oxide->thermo);
    const double nickel = m == 2 ? fmax(model->nickel, TRACE) : 0.0;
    const double width = model->thickness / (double)n;
    double vacancies[2], middle[2] = {0};
    const sw_status status = first_vacancies(vacancies, oxide, error);
    if (status != SW_OK)
        return status;
    for (size_t i = 0; i < n; i++) {
        const double part = ((double)i + 0.5) / (double)n;
        const double cations = 1.0 - vacancies[0] - part * (vacancies[1] - vacancies[0]);
        const double y[2] = {cations * (1.0 - nickel), cations * nickel};
        for (size_t k = 0; k < m; k++) {
            oxide->now.layer.content[i * m + k] = y[k] * width;
            middle[k] += y[k] / (double)n;
        }
    }
    for (size_t k = 0; k < m; k++)
        oxide->start[k] = sw_oxide_layer_total(&oxide->now.layer, k);
    return begin_faces(oxide, middle, error);
}

/* What a front takes must be able to come from half a cell away, also where it is the slower
 * cation. */
static sw_status check_cells(const sw_oxide *oxide, sw_error *error) {
    const size_t n = oxide->model->cells, m = sw_oxide_cations(&oxide->thermo);
    const double width = oxide->model->thickness / (double)n;
    double y[SW_OXIDE_CATIONS];
    sw_mixing_point point;
    for (size_t f = 0; f < 2; f++) {
        const sw_oxide_face_model *face = sw_oxide_face_of(oxide, f);
        const double velocity = fmax(face->velocity, face->rate * face->hydrogen / SW_BAR);
        sw_oxide_y_at(y, oxide, (double)f);
        if (face->kind != SW_OXIDE_FRONT || !sw_oxide_mixing(&point, &oxide->thermo, y))
            continue;
        const double slowest = fmin(point.matrix[0], point.matrix[m * m - 1]);
        if (width * velocity <= slowest)
            continue;
        return sw_error_set(
            error, SW_ERROR_MODEL, f == 0 ? "oxide.first" : "oxide.last",
            "more cells, a thinner layer, or a slower front",
            "a cell of %.4g nm is wider than the %.4g nm that diffusion keeps level "
            "ahead of the front",
            width / 10.0, slowest / velocity / 10.0);
    }
    return SW_OK;
}

sw_status sw_oxide_create(sw_oxide *oxide, const sw_diffusion_oxide *model, double temperature,
                          sw_error *error) {
    *oxide = (sw_oxide){.model = model, .control = {.tolerance = 1e-4}};
    sw_status status = sw_oxide_thermo_open(&oxide->thermo, model, error);
    if (status == SW_OK)
        status = sw_oxide_thermo_set(&oxide->thermo, temperature, error);
    if (status == SW_OK)
        status = make_room(oxide, error);
    if (status == SW_OK)
        status = fill(oxide, error);
    if (status == SW_OK)
        status = check_cells(oxide, error);
    if (status != SW_OK)
        sw_oxide_clear(oxide);
    return status;
}

sw_status sw_oxide_heat(sw_oxide *oxide, double temperature, sw_error *error) {
    if (oxide->thermo.temperature == temperature)
        return SW_OK;
    const sw_status status = sw_oxide_thermo_set(&oxide->thermo, temperature, error);
    if (status != SW_OK)
        return status;
    for (size_t i = 0; i < 2; i++)
        if (!sw_oxide_face_set(&oxide->now.face[i], sw_oxide_face_of(oxide, i), &oxide->thermo))
            return sw_error_set(error, SW_ERROR_NUMERIC, i == 0 ? "oxide.first" : "oxide.last",
                                "another programme", "there is no oxide at this face at %g K",
                                temperature);
    return SW_OK;
}

/* ---- one step of the Euler rule -------------------------------------------------------------- */

/* What a step is made of; the state that is sought is `next`. */
struct attempt {
    const sw_oxide *oxide;
    sw_oxide_state *next;
    const sw_oxide_state *from;
    const sw_oxide_work *work;
    double step;
    size_t unknowns;           /* of both faces */
    double *unknown[UNKNOWNS]; /* where they are in next->face */
    double size[UNKNOWNS];     /* what is a large change of one */
    double least[UNKNOWNS];    /* below it nickel is used up, and one is as good as another */
    double crossed[2][SW_OXIDE_COMPONENTS];
};

static void list_unknowns(struct attempt *attempt) {
    const sw_oxide_layer *layer = &attempt->from->layer;
    const size_t m = layer->components;
    const double width = (layer->to - layer->from) / (double)layer->cells;
    attempt->unknowns = 0;
    for (size_t f = 0; f < 2; f++) {
        sw_oxide_face *face = &attempt->next->face[f];
        const sw_oxide_face_model *model = sw_oxide_face_of(attempt->oxide, f);
        const size_t count = sw_oxide_face_unknowns(face, model, m);
        for (size_t k = 0; k < count; k++) {
            const bool growth = k == 0 && model->kind == SW_OXIDE_GAS && !(model->reaction > 0.0);
            const double diffusivity =
                attempt->work->coefficient[f == 0 ? 0 : layer->cells * m * m];
            attempt->size[attempt->unknowns] =
                growth ? fabs(face->unknown[0]) + 1e-3 * diffusivity / width : 1.0;
            attempt->least[attempt->unknowns] = face->metallic ? log(TRACE)
                                                : k == 1       ? log(1e-3 * TRACE)
                                                               : -INFINITY;
            attempt->unknown[attempt->unknowns++] = &face->unknown[k];
        }
    }
}

/* What the faces have too much, for the unknowns as they are in `next`. */
static bool look(double *off, struct attempt *attempt) {
    const sw_oxide *oxide = attempt->oxide;
    sw_oxide_state *next = attempt->next;
    const sw_oxide_layer *from = &attempt->from->layer;
    size_t at = 0;
    for (size_t f = 0; f < 2; f++)
        if (!sw_oxide_face_set(&next->face[f], sw_oxide_face_of(oxide, f), &oxide->thermo))
            return false;
    next->layer.moved[0] = -next->face[0].growth * attempt->step;
    next->layer.moved[1] = next->face[1].growth * attempt->step;
    next->layer.from = from->from + next->layer.moved[0];
    next->layer.to = from->to + next->layer.moved[1];
    if (!(next->layer.to - next->layer.from > SHRINK * (from->to - from->from)))
        return false;
    const sw_oxide_end ends[2] = {next->face[0].end, next->face[1].end};
    if (!sw_oxide_layer_solve(attempt->crossed, &next->layer, from, ends, attempt->step,
                              attempt->work))
        return false;
    for (size_t f = 0; f < 2; f++) {
        const sw_oxide_face_model *model = sw_oxide_face_of(oxide, f);
        const double sign = f == 0 ? -1.0 : 1.0;
        double left[SW_OXIDE_CATIONS] = {0};
        for (size_t k = 0; k < from->components; k++)
            left[k] = sign * attempt->crossed[f][k];
        sw_oxide_face_off(&off[at], &next->face[f], model, left, attempt->step, from->components);
        at += sw_oxide_face_unknowns(&next->face[f], model, from->components);
    }
    return true;
}

/* Slopes of what is off, by differences: matrix [unknowns][unknowns]. */
static bool find_slopes(double *matrix, struct attempt *attempt, const double *off) {
    const size_t n = attempt->unknowns;
    double moved[UNKNOWNS];
    for (size_t j = 0; j < n; j++) {
        const double kept = *attempt->unknown[j], nudge = NUDGE * attempt->size[j];
        *attempt->unknown[j] = kept + nudge;
        const bool good = look(moved, attempt);
        *attempt->unknown[j] = kept;
        if (!good)
            return false;
        for (size_t i = 0; i < n; i++)
            matrix[i * n + j] = (moved[i] - off[i]) / nudge;
    }
    return true;
}

/* The change that makes `off` none, but for unknowns that stay as they are. */
static bool solve_change(double *change, const double *matrix, const double *off, const bool *stays,
                         size_t n) {
    double square[UNKNOWNS * UNKNOWNS];
    for (size_t i = 0; i < n; i++) {
        change[i] = stays[i] ? 0.0 : -off[i];
        for (size_t j = 0; j < n; j++)
            square[i * n + j] = stays[i] || stays[j] ? (i == j ? 1.0 : 0.0) : matrix[i * n + j];
    }
    sw_blocks blocks = {.cells = 1, .size = n, .diagonal = square, .right = change};
    return sw_blocks_solve(&blocks);
}

/* The change of the unknowns by Newton's method. One that is at its least stays there where it would
 * go below. */
static bool newton_change(double *change, struct attempt *attempt, const double *off) {
    const size_t n = attempt->unknowns;
    double matrix[UNKNOWNS * UNKNOWNS];
    bool stays[UNKNOWNS] = {false}, again = false;
    if (!find_slopes(matrix, attempt, off) || !solve_change(change, matrix, off, stays, n))
        return false;
    for (size_t i = 0; i < n; i++) {
        stays[i] = *attempt->unknown[i] <= attempt->least[i] && !(change[i] > 0.0);
        again = again || stays[i];
    }
    return !again || solve_change(change, matrix, off, stays, n);
}

/* Finds the unknowns; their last values are where it begins. */
static bool balance_faces(struct attempt *attempt) {
    double off[UNKNOWNS], change[UNKNOWNS], before = INFINITY;
    list_unknowns(attempt);
    if (!look(off, attempt))
        return false;
    for (int round = 0; round < ROUNDS && attempt->unknowns > 0; round++) {
        double most = 0.0, longest = 1.0;
        if (!newton_change(change, attempt, off))
            return false;
        for (size_t i = 0; i < attempt->unknowns; i++)
            if (attempt->size[i] == 1.0) /* a logarithm */
                longest = fmax(longest, fabs(change[i]));
        for (size_t i = 0; i < attempt->unknowns; i++) {
            const double kept = *attempt->unknown[i];
            *attempt->unknown[i] = fmax(kept + change[i] / longest, attempt->least[i]);
            if (*attempt->unknown[i] != kept)
                most = fmax(most, fabs(change[i]) / attempt->size[i]);
        }
        if (!isfinite(most) || !look(off, attempt))
            return false;
        if (most < CLOSE || (most < ENOUGH && !(most < 0.5 * before)))
            return true;
        before = most;
    }
    return attempt->unknowns == 0;
}

static void settle_faces(struct attempt *attempt) {
    for (size_t f = 0; f < 2; f++) {
        sw_oxide_face *face = &attempt->next->face[f];
        const bool gives = sw_oxide_face_gives(face, sw_oxide_face_of(attempt->oxide, f));
        face->lattice += face->growth * attempt->step;
        for (size_t k = 0; k < attempt->from->layer.components; k++) {
            if (!gives)
                attempt->crossed[f][k] = 0.0; /* what rounding has left */
            face->metal[k] += (f == 0 ? -1.0 : 1.0) * attempt->crossed[f][k];
        }
    }
}

static bool euler(sw_oxide_state *next, const sw_oxide *oxide, const sw_oxide_state *from,
                  const sw_oxide_work *work, double step) {
    struct attempt attempt = {
        .oxide = oxide, .next = next, .from = from, .work = work, .step = step};
    copy_state(next, from);
    if (!balance_faces(&attempt))
        return false;
    settle_faces(&attempt);
    sw_oxide_layer_move(&next->layer, attempt.crossed, &from->layer, step, work);
    return true;
}

/* ---- steps with an error --------------------------------------------------------------------- */

static bool find_coefficients(const sw_oxide *oxide, const sw_oxide_state *state, size_t which) {
    const sw_oxide_end ends[2] = {state->face[0].end, state->face[1].end};
    return sw_oxide_coefficients(oxide->work[which].coefficient, &state->layer, ends,
                                 &oxide->mixing);
}

static double difference(const sw_oxide *oxide) {
    const sw_oxide_layer *a = &oxide->whole.layer, *b = &oxide->second.layer;
    double most = fabs((b->to - b->from) / (a->to - a->from) - 1.0);
    for (size_t i = 0; i < a->cells; i++) {
        double of_a[SW_OXIDE_COMPONENTS], of_b[SW_OXIDE_COMPONENTS];
        sw_oxide_layer_y(of_a, a, i);
        sw_oxide_layer_y(of_b, b, i);
        for (size_t k = 0; k < a->components; k++) {
            const double off = fabs(of_b[k] - of_a[k]);
            if (!isfinite(off))
                return INFINITY;
            most = fmax(most, off);
        }
    }
    return isfinite(most) ? most : INFINITY;
}

static double better(double second, double whole) {
    return 2.0 * second - whole;
}

static void accept_face(sw_oxide_face *face, const sw_oxide_face *second,
                        const sw_oxide_face *whole) {
    *face = *second;
    face->lattice = better(second->lattice, whole->lattice);
    for (size_t k = 0; k < SW_OXIDE_CATIONS; k++) {
        face->metal[k] = better(second->metal[k], whole->metal[k]);
        face->unknown[k] = better(second->unknown[k], whole->unknown[k]);
    }
}

static sw_status accept(sw_oxide *oxide, sw_error *error) {
    const sw_oxide_state *second = &oxide->second, *whole = &oxide->whole;
    sw_oxide_layer *layer = &oxide->now.layer;
    layer->from = better(second->layer.from, whole->layer.from);
    layer->to = better(second->layer.to, whole->layer.to);
    for (size_t i = 0; i < layer->cells * layer->components; i++)
        layer->content[i] = better(second->layer.content[i], whole->layer.content[i]);
    for (size_t f = 0; f < 2; f++) {
        sw_oxide_face *face = &oxide->now.face[f];
        const sw_oxide_face_model *model = sw_oxide_face_of(oxide, f);
        accept_face(face, &second->face[f], &whole->face[f]);
        if (!sw_oxide_face_set(face, model, &oxide->thermo))
            return sw_error_set(error, SW_ERROR_NUMERIC, f == 0 ? "oxide.first" : "oxide.last",
                                "take a smaller run.tolerance",
                                "no oxide has the composition of this face at %g s",
                                oxide->control.time);
        sw_oxide_face_turn(face, model, &oxide->thermo);
    }
    oxide->used_up = sw_oxide_thickness(oxide) < THINNEST * oxide->model->thickness;
    return SW_OK;
}

/* A hundredth of what crosses one cell where diffusion is fastest. */
static double first_step(const sw_oxide *oxide) {
    const size_t n = oxide->model->cells, m = sw_oxide_cations(&oxide->thermo);
    const double width = sw_oxide_thickness(oxide) / (double)n;
    double fastest = 0.0;
    for (size_t face = 0; face <= n; face++)
        for (size_t k = 0; k < m; k++)
            fastest = fmax(fastest, fabs(oxide->work[0].coefficient[face * m * m + k * m + k]));
    return 0.01 * width * width / fastest;
}

sw_status sw_oxide_advance(sw_oxide *oxide, double end, sw_error *error) {
    if (!(oxide->control.time < end) || oxide->used_up)
        return SW_OK;
    oxide->mixing = (sw_mixing){sw_oxide_mixing, &oxide->thermo};
    if (!find_coefficients(oxide, &oxide->now, 0))
        return sw_error_set(error, SW_ERROR_NUMERIC, "oxide",
                            "more cells, or other contents: it must have vacancies, on less than a "
                            "third of the sites, and not unmix",
                            "at %g s there is no such oxide within the layer", oxide->control.time);
    if (!(oxide->control.step > 0.0))
        oxide->control.step = first_step(oxide);
    const double step = sw_step_control_next(&oxide->control, end);
    const bool solved = euler(&oxide->whole, oxide, &oxide->now, &oxide->work[0], step) &&
                        euler(&oxide->half, oxide, &oxide->now, &oxide->work[0], 0.5 * step) &&
                        find_coefficients(oxide, &oxide->half, 1) &&
                        euler(&oxide->second, oxide, &oxide->half, &oxide->work[1], 0.5 * step);
    if (!sw_step_control_accept(&oxide->control, step, solved ? difference(oxide) : INFINITY, end))
        return sw_step_control_check(&oxide->control, error);
    return accept(oxide, error);
}

/* ---- what is seen ---------------------------------------------------------------------------- */

double sw_oxide_thickness(const sw_oxide *oxide) {
    return oxide->now.layer.to - oxide->now.layer.from;
}

bool sw_oxide_is_scale(const sw_oxide *oxide) {
    const sw_oxide_face_kind first = oxide->model->first.kind, last = oxide->model->last.kind;
    return (first == SW_OXIDE_METAL && last == SW_OXIDE_GAS) ||
           (first == SW_OXIDE_GAS && last == SW_OXIDE_METAL);
}

void sw_oxide_y_at(double *y, const sw_oxide *oxide, double share) {
    const sw_oxide_end ends[2] = {oxide->now.face[0].end, oxide->now.face[1].end};
    y[1] = 0.0;
    for (size_t k = 0; k < oxide->thermo.cations; k++)
        y[k] = sw_oxide_layer_at(&oxide->now.layer, ends, share, k);
}

double sw_oxide_imbalance(const sw_oxide *oxide, size_t of) {
    const sw_oxide_face *first = &oxide->now.face[0], *last = &oxide->now.face[1];
    const bool cation = of < SW_OXIDE_CATIONS;
    if (cation && of >= oxide->thermo.cations)
        return 0.0;
    const double now =
        cation ? sw_oxide_layer_total(&oxide->now.layer, of) : sw_oxide_thickness(oxide);
    const double gone =
        cation ? first->metal[of] + last->metal[of] : -first->lattice - last->lattice;
    const double start = cation ? oxide->start[of] : oxide->model->thickness;
    const double most = fmax(fmax(start, now), fabs(gone));
    return most > 0.0 ? (now + gone - start) / most : 0.0;
}
