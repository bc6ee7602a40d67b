/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables at the end: profiles, the cells, coefficients, and of several elements fluxes. */
#include "diffusion/diffusion.h"
#include "diffusion/row.h"

#include <math.h>
#include <stdio.h>

#define NANOMETRE 10.0 /* A */
#define PERCENT 100.0
#define ROWS 100          /* of the table of the alloy */
#define SQUARE_METRE 1e20 /* A2 */
#define NO_FLUX 1e-6      /* of the largest flux: below it the sign is that of rounding */
#define WIDEST (3 + 2 * SW_DIFFUSION_ELEMENTS + SW_DIFFUSION_ELEMENTS * SW_DIFFUSION_ELEMENTS)

/* One column an element from `first` on: its name, and behind it `what`. */
static sw_status add_elements(sw_table *table, const sw_diffusion *diffusion, size_t first,
                              const char *what, const char *unit) {
    sw_status status = SW_OK;
    for (size_t e = first; e < diffusion->body.elements && status == SW_OK; e++) {
        char column[SW_DIFFUSION_NAME];
        snprintf(column, sizeof column, "%.31s%.31s", diffusion->model->alloy.name[e], what);
        status = sw_table_add_column(table, column, unit);
    }
    return status;
}

static sw_status fill_profile(sw_table *table, const sw_diffusion *diffusion) {
    const sw_body *body = &diffusion->body;
    const size_t first = body->mixed ? 0 : 1;
    sw_status status = sw_table_add_column(table, "position", "nm");
    if (status == SW_OK)
        status = add_elements(table, diffusion, first, "", "at%");
    if (status == SW_OK)
        status = sw_table_add_column(table, "layer", "");
    for (size_t l = 0; l < sw_body_layers(body); l++)
        for (size_t i = 0; i < sw_body_cells(body, l) && status == SW_OK; i++) {
            double values[WIDEST] = {sw_body_middle(body, l, i) / NANOMETRE};
            size_t count = 1;
            for (size_t e = first; e < body->elements; e++)
                values[count++] = PERCENT * sw_body_x(body, l, i, e);
            values[count++] = (double)(l + 1);
            status = sw_row_write_numbers(table, values, count);
        }
    return status;
}

/* ---- coefficients ---------------------------------------------------------------------------- */

/* The first phase at the last temperature. */
static sw_status fill_binary(sw_table *table, const sw_diffusion *diffusion, sw_error *error) {
    sw_status status = add_elements(table, diffusion, 1, "", "at%");
    if (status == SW_OK)
        status = add_elements(table, diffusion, 0, " tracer", "m2/s");
    if (status == SW_OK)
        status = sw_table_add_column(table, "interdiffusion", "m2/s");
    if (status == SW_OK)
        status = sw_table_add_column(table, "thermodynamic factor", "");
    for (size_t i = 0; i <= ROWS && diffusion->alloy.database && status == SW_OK; i++) {
        const double x = (double)i / ROWS;
        sw_binary_diffusion at;
        sw_binary state;
        status = sw_solution_binary_diffusion(&at, diffusion->alloy.solution[0], x, error);
        if (status == SW_OK)
            status = sw_solution_binary(&state, diffusion->alloy.solution[0], x, error);
        if (status != SW_OK)
            return status;
        const double values[5] = {PERCENT * x, at.tracer[0] / SQUARE_METRE,
                                  at.tracer[1] / SQUARE_METRE, at.interdiffusion / SQUARE_METRE,
                                  state.thermodynamic_factor};
        status = sw_row_write_numbers(table, values, 5);
    }
    return status;
}

/* The region that differs most from the first one. */
static const double *far_composition(const sw_diffusion_model *model) {
    size_t far = 0;
    double most = -1.0;
    for (size_t i = 0; i < model->regions; i++) {
        double off = 0.0;
        for (size_t e = 0; e < model->alloy.elements; e++)
            off = fmax(off, fabs(model->region[i].x[e] - model->region[0].x[e]));
        if (off > most) {
            most = off;
            far = i;
        }
    }
    return model->region[far].x;
}

static sw_status matrix_columns(sw_table *table, const sw_diffusion *diffusion) {
    const char *const *name = diffusion->model->alloy.name;
    sw_status status = sw_table_add_column(table, "share of the way", "%");
    if (status == SW_OK)
        status = add_elements(table, diffusion, 0, "", "at%");
    if (status == SW_OK)
        status = add_elements(table, diffusion, 0, " tracer", "m2/s");
    for (size_t k = 1; k < diffusion->body.elements; k++)
        for (size_t j = 1; j < diffusion->body.elements && status == SW_OK; j++) {
            char column[SW_DIFFUSION_NAME];
            snprintf(column, sizeof column, "D %.31s-%.31s", name[k], name[j]);
            status = sw_table_add_column(table, column, "m2/s");
        }
    return status;
}

static sw_status add_state(sw_table *table, const sw_diffusion *diffusion, double share,
                           sw_error *error) {
    const double *from = diffusion->model->region[0].x, *to = far_composition(diffusion->model);
    const size_t n = diffusion->body.elements;
    double values[WIDEST] = {PERCENT * share}, x[SW_DIFFUSION_ELEMENTS] = {0};
    double u[SW_DIFFUSION_ELEMENTS];
    size_t count = 1;
    sw_multicomponent state;
    for (size_t e = 0; e < n; e++) {
        x[e] = from[e] + share * (to[e] - from[e]);
        values[count++] = PERCENT * x[e];
    }
    sw_alloy_contents(u, &diffusion->alloy, x);
    const sw_status status = sw_alloy_state(&state, &diffusion->alloy, u, error);
    if (status != SW_OK)
        return status;
    for (size_t e = 0; e < n; e++)
        values[count++] = state.tracer[e] / SQUARE_METRE;
    for (size_t k = 1; k < n; k++)
        for (size_t j = 1; j < n; j++)
            values[count++] = state.interdiffusion[k][j] / SQUARE_METRE;
    return sw_row_write_numbers(table, values, count);
}

/* At the last temperature, on the line between the compositions of two regions. */
static sw_status fill_matrix(sw_table *table, const sw_diffusion *diffusion, sw_error *error) {
    sw_status status = matrix_columns(table, diffusion);
    for (size_t i = 0; i <= ROWS && status == SW_OK; i++)
        status = add_state(table, diffusion, (double)i / ROWS, error);
    return status;
}

/* ---- fluxes ---------------------------------------------------------------------------------- */

/* Fluxes of all elements through an inner face in the order of the model, and the drift of the
 * lattice. nm/s */
static void fluxes_at(double *values, const sw_diffusion *diffusion, size_t face) {
    const size_t n = diffusion->body.elements;
    double flux[SW_DIFFUSION_ELEMENTS], drift;
    sw_mixture_flux(flux, &drift, &diffusion->body.mixture, face);
    values[0] = flux[n - 1] / NANOMETRE;
    for (size_t e = 1; e < n; e++)
        values[e] = flux[e - 1] / NANOMETRE;
    values[n] = drift / NANOMETRE;
}

static double face_at(const sw_diffusion *diffusion, size_t face) {
    const sw_mixture *mixture = &diffusion->body.mixture;
    return mixture->length * (double)face / (double)mixture->cells / NANOMETRE;
}

static sw_status fill_fluxes(sw_table *table, const sw_diffusion *diffusion) {
    sw_status status = sw_table_add_column(table, "position", "nm");
    if (status == SW_OK)
        status = add_elements(table, diffusion, 0, "", "nm/s");
    if (status == SW_OK)
        status = sw_table_add_column(table, "lattice", "nm/s");
    for (size_t face = 1; face < diffusion->body.mixture.cells && status == SW_OK; face++) {
        double values[WIDEST] = {face_at(diffusion, face)};
        fluxes_at(&values[1], diffusion, face);
        status = sw_row_write_numbers(table, values, diffusion->body.elements + 2);
    }
    return status;
}

static double largest_flux(const sw_diffusion *diffusion) {
    double most = 0.0, values[SW_DIFFUSION_ELEMENTS + 1];
    for (size_t face = 1; face < diffusion->body.mixture.cells; face++) {
        fluxes_at(values, diffusion, face);
        for (size_t e = 0; e < diffusion->body.elements; e++)
            most = fmax(most, fabs(values[e]));
    }
    return most;
}

static sw_status add_plane(sw_table *table, const sw_diffusion *diffusion, size_t element,
                           double place) {
    size_t row;
    sw_status status = sw_table_add_row(table, &row);
    if (status == SW_OK)
        status = sw_table_set_text(table, row, 0, diffusion->model->alloy.name[element]);
    if (status != SW_OK)
        return status;
    sw_table_numbers(table, 1)[row] = place;
    for (size_t e = 0; e < diffusion->body.elements; e++)
        sw_table_numbers(table, 2 + e)[row] =
            PERCENT * sw_body_x_at(&diffusion->body, place * NANOMETRE, e);
    return SW_OK;
}

/* Where the flux of an element changes its sign (Dayananda's zero-flux planes). */
static sw_status add_planes(sw_table *table, const sw_diffusion *diffusion, size_t element,
                            double least) {
    sw_status status = SW_OK;
    double before = 0.0, values[SW_DIFFUSION_ELEMENTS + 1];
    size_t last = 0;
    for (size_t face = 1; face < diffusion->body.mixture.cells && status == SW_OK; face++) {
        fluxes_at(values, diffusion, face);
        const double flux = values[element];
        if (!(fabs(flux) > least))
            continue;
        if (before * flux < 0.0) {
            const double from = face_at(diffusion, last), to = face_at(diffusion, face);
            status =
                add_plane(table, diffusion, element, from + (to - from) * before / (before - flux));
        }
        before = flux;
        last = face;
    }
    return status;
}

static sw_status fill_planes(sw_table *table, const sw_diffusion *diffusion) {
    const double least = NO_FLUX * largest_flux(diffusion);
    sw_status status = sw_table_add_text_column(table, "element");
    if (status == SW_OK)
        status = sw_table_add_column(table, "position", "nm");
    if (status == SW_OK)
        status = add_elements(table, diffusion, 0, "", "at%");
    for (size_t e = 0; e < diffusion->body.elements && status == SW_OK; e++)
        status = add_planes(table, diffusion, e, least);
    return status;
}

static sw_status fill_profiles(sw_table *table, const sw_diffusion *diffusion) {
    const sw_profile_axis place = {"position", "nm"};
    const size_t first = diffusion->body.mixed ? 0 : 1;
    sw_profile_axis axes[SW_DIFFUSION_ELEMENTS];
    for (size_t e = first; e < diffusion->body.elements; e++)
        axes[e - first] = (sw_profile_axis){diffusion->model->alloy.name[e], "at%"};
    return sw_profiles_fill(table, &diffusion->profiles, place,
                            sw_body_length(&diffusion->body) / NANOMETRE, axes);
}

/* ---- all of them ----------------------------------------------------------------------------- */

static sw_status fill(sw_table *table, const sw_diffusion *diffusion, size_t index,
                      sw_error *error) {
    switch (index) {
    case 0:
        return sw_diffusion_headline(table, diffusion);
    case 1:
        return fill_profiles(table, diffusion);
    case 2:
        return fill_profile(table, diffusion);
    case 3:
        return diffusion->body.mixed ? fill_matrix(table, diffusion, error)
                                     : fill_binary(table, diffusion, error);
    case 4:
        return fill_fluxes(table, diffusion);
    default:
        return fill_planes(table, diffusion);
    }
}

sw_status sw_diffusion_table(const sw_diffusion *diffusion, size_t index, const char **name,
                             sw_table **table, sw_error *error) {
    static const char *const names[] = {"headline", "profiles", "profile",
                                        "alloy",    "fluxes",   "zero_flux_planes"};
    *table = NULL;
    if (index >= (diffusion->body.mixed ? 6 : 4))
        return SW_OK;
    *name = names[index];
    sw_status status = sw_table_create(table);
    if (status == SW_OK)
        status = fill(*table, diffusion, index, error);
    if (status == SW_OK)
        return SW_OK;
    sw_table_destroy(*table);
    *table = NULL;
    return status == SW_ERROR_MEMORY
               ? sw_error_set(error, status, "tables", NULL, "not enough memory for a table")
               : status;
}
