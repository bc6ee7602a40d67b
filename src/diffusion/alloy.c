/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "diffusion/alloy.h"

#include <math.h>
#include <string.h>

#define PRESSURE 1.0e5
#define LINES 8

_Static_assert(SW_DIFFUSION_ELEMENTS == SW_DIFFUSING_ELEMENTS, "elements of a model");

static bool is_set(const char *name) {
    return strcmp(name, "jonsson") == 0 || strcmp(name, "khorasgani") == 0;
}

static sw_status open_database(sw_alloy *alloy, const sw_diffusion_alloy *wanted, sw_error *error) {
    const bool ours = strcmp(wanted->database, "built-in") == 0;
    const bool set = is_set(wanted->mobilities);
    if (!ours && set)
        return sw_error_set(error, SW_ERROR_MODEL, "alloy.mobilities",
                            "built-in mobilities go with database: built-in",
                            "the set %s cannot be added to %s", wanted->mobilities,
                            wanted->database);
    sw_status status =
        ours ? sw_calphad_builtin(&alloy->database, set ? wanted->mobilities : NULL, error)
             : sw_calphad_read(&alloy->database, wanted->database, error);
    if (status == SW_OK && wanted->mobilities[0] && !set)
        status = sw_calphad_add(alloy->database, wanted->mobilities, error);
    return status;
}

static sw_status add_phase(sw_alloy *alloy, const char *phase, const sw_diffusion_alloy *wanted,
                           sw_error *error) {
    if (alloy->phases == 2)
        return sw_error_set(error, SW_ERROR_UNSUPPORTED, "regions",
                            "neighbours of one phase count as one",
                            "expected at most two phases that touch once");
    return sw_solution_create(&alloy->solution[alloy->phases++], alloy->database, phase,
                              wanted->element, wanted->elements, error);
}

/* Where the solution has an element: its rank when vacancies are left out. */
static bool find_place(sw_alloy *alloy, size_t element, const char *name) {
    const sw_solution *solution = alloy->solution[0];
    size_t rank = 0;
    for (size_t f = 0; f < sw_solution_fractions(solution); f++) {
        const char *species = sw_solution_species(solution, f);
        if (strcmp(species, "VA") == 0)
            continue;
        if (strcmp(species, name) == 0) {
            alloy->place[element] = rank;
            alloy->interstitial[element] = sw_solution_sublattice(solution, f) > 0;
            return true;
        }
        rank++;
    }
    return false;
}

static sw_status find_places(sw_alloy *alloy, const sw_diffusion_alloy *wanted, sw_error *error) {
    alloy->mixed = alloy->elements > 2 || wanted->markers;
    for (size_t i = 0; i < wanted->elements; i++) {
        if (!find_place(alloy, i, wanted->element[i]))
            return sw_error_set(error, SW_ERROR_MODEL, "alloy.elements",
                                "elements that the phase has", "%s is not in the phase",
                                wanted->name[i]);
        alloy->mixed |= alloy->interstitial[i];
    }
    if (alloy->interstitial[0])
        return sw_error_set(error, SW_ERROR_MODEL, "alloy.elements", "another order of elements",
                            "%s lies between the other atoms: it cannot be the first element",
                            wanted->name[0]);
    if (alloy->mixed && alloy->phases > 1)
        return sw_error_set(
            error, SW_ERROR_UNSUPPORTED, "regions", "one phase",
            "two phases with markers, or with an element between the other atoms, are "
            "not followed");
    if (alloy->mixed || strcmp(wanted->element[0], wanted->element[1]) < 0)
        return SW_OK;
    return sw_error_set(
        error, SW_ERROR_MODEL, "alloy.elements", "in the order of the alphabet, as Fe, Ni",
        "expected two elements in order, found %s and %s", wanted->name[0], wanted->name[1]);
}

/* The sites between the others must have vacancies left. */
static sw_status check_room(const sw_alloy *alloy, const sw_diffusion_model *model,
                            sw_error *error) {
    const double sites =
        sw_solution_sites(alloy->solution[0], 1) / sw_solution_sites(alloy->solution[0], 0);
    for (size_t r = 0; r < model->regions && alloy->mixed; r++) {
        double u[SW_DIFFUSION_ELEMENTS], between = 0.0;
        sw_alloy_contents(u, alloy, model->region[r].x);
        for (size_t i = 0; i < alloy->elements; i++)
            between += alloy->interstitial[i] ? u[i] : 0.0;
        if (between > 0.0 && !(between < sites))
            return sw_error_set(error, SW_ERROR_MODEL, "regions", "less of what lies between",
                                "region %zu has %.3g atoms between the others for each of them; "
                                "%s has room for %g",
                                r + 1, between, model->region[r].phase, sites);
    }
    return SW_OK;
}

/* The cations of an oxide at a front. */
static void fill_constant(sw_diffusivity *diffusivity, double value) {
    for (size_t i = 0; i <= SW_DIFFUSIVITY_STEPS; i++)
        diffusivity->value[i] = value;
    sw_diffusivity_integrate(diffusivity);
}

sw_status sw_alloy_open(sw_alloy *alloy, const sw_diffusion_model *model, sw_error *error) {
    *alloy = (sw_alloy){0};
    if (model->front.present) {
        alloy->phases = 1;
        fill_constant(&alloy->diffusivity[0], model->front.velocity * model->front.length);
        return SW_OK;
    }
    sw_status status = open_database(alloy, &model->alloy, error);
    for (size_t i = 0; i < model->regions && status == SW_OK; i++)
        if (i == 0 || strcmp(model->region[i].phase, model->region[i - 1].phase) != 0)
            status = add_phase(alloy, model->region[i].phase, &model->alloy, error);
    if (status == SW_OK && alloy->phases == 2) {
        const sw_diffusion_region *last = &model->region[model->regions - 1];
        alloy->falling = model->region[0].x[1] > last->x[1];
    }
    alloy->elements = model->alloy.elements;
    if (status == SW_OK)
        status = find_places(alloy, &model->alloy, error);
    if (status == SW_OK)
        status = check_room(alloy, model, error);
    if (status != SW_OK)
        sw_alloy_close(alloy);
    return status;
}

void sw_alloy_close(sw_alloy *alloy) {
    for (size_t i = 0; i < 2; i++)
        sw_solution_destroy(alloy->solution[i]);
    sw_calphad_destroy(alloy->database);
    *alloy = (sw_alloy){0};
}

/* Compositions where the energy is concave have no diffusion coefficient of their own: 0 there. */
static sw_status fill(sw_diffusivity *diffusivity, const sw_solution *solution, sw_error *error) {
    for (size_t i = 0; i <= SW_DIFFUSIVITY_STEPS; i++) {
        sw_binary_diffusion at;
        const sw_status status =
            sw_solution_binary_diffusion(&at, solution, (double)i / SW_DIFFUSIVITY_STEPS, error);
        if (status != SW_OK)
            return status;
        diffusivity->value[i] = fmax(at.interdiffusion, 0.0);
    }
    sw_diffusivity_integrate(diffusivity);
    return SW_OK;
}

/* Whether the database knows all that is needed, which does not depend on the composition. */
static sw_status try_mixture(const sw_alloy *alloy, sw_error *error) {
    sw_multicomponent state;
    double x[SW_DIFFUSION_ELEMENTS], u[SW_DIFFUSION_ELEMENTS];
    for (size_t i = 0; i < alloy->elements; i++)
        x[i] = 1.0;
    sw_alloy_contents(u, alloy, x);
    return sw_alloy_state(&state, alloy, u, error);
}

static sw_status find_touching(sw_alloy *alloy, sw_error *error) {
    sw_tie_line lines[LINES];
    size_t found;
    const sw_status status =
        sw_binary_tie_lines(lines, &found, LINES, alloy->solution, alloy->phases, error);
    if (status != SW_OK)
        return status;
    for (size_t i = 0; i < found && i < LINES; i++) {
        const size_t left = alloy->falling ? lines[i].phase[1] : lines[i].phase[0];
        if (lines[i].phase[0] == lines[i].phase[1] || left != 0)
            continue;
        alloy->touching[0] = lines[i].x[alloy->falling ? 1 : 0];
        alloy->touching[1] = lines[i].x[alloy->falling ? 0 : 1];
        return SW_OK;
    }
    return sw_error_set(error, SW_ERROR_MODEL, "regions", "another order of phases, or temperature",
                        "the two phases have no equilibrium in this order at %g K",
                        alloy->solution[0] ? alloy->temperature : 0.0);
}

sw_status sw_alloy_set(sw_alloy *alloy, double temperature, sw_error *error) {
    sw_status status = SW_OK;
    if (alloy->temperature == temperature)
        return SW_OK;
    alloy->temperature = temperature;
    for (size_t i = 0; i < alloy->phases && alloy->database && status == SW_OK; i++) {
        status = sw_solution_set(alloy->solution[i], temperature, PRESSURE, error);
        if (status == SW_OK)
            status = alloy->mixed ? try_mixture(alloy, error)
                                  : fill(&alloy->diffusivity[i], alloy->solution[i], error);
    }
    if (status == SW_OK && alloy->phases == 2)
        status = find_touching(alloy, error);
    if (status != SW_OK)
        alloy->temperature = 0.0;
    return status;
}

sw_status sw_alloy_state(sw_multicomponent *state, const sw_alloy *alloy, const double *u,
                         sw_error *error) {
    const size_t *place = alloy->place, n = alloy->elements;
    double inside[SW_DIFFUSION_ELEMENTS] = {0};
    sw_multicomponent found;
    for (size_t i = 0; i < n; i++)
        inside[place[i]] = u[i];
    const sw_status status =
        sw_solution_multicomponent(&found, alloy->solution[0], inside, place[0], error);
    if (status != SW_OK)
        return status;
    state->elements = n;
    state->substitutional = found.substitutional;
    state->stable = found.stable;
    for (size_t i = 0; i < n; i++) {
        state->potential[i] = found.potential[place[i]];
        state->tracer[i] = found.tracer[place[i]];
        state->drift[i] = found.drift[place[i]];
        state->mobile[i] = found.mobile[place[i]];
        for (size_t j = 0; j < n; j++) {
            state->intrinsic[i][j] = found.intrinsic[place[i]][place[j]];
            state->interdiffusion[i][j] = found.interdiffusion[place[i]][place[j]];
        }
    }
    return SW_OK;
}

bool sw_alloy_mixing(sw_mixing_point *point, const void *of, const double *u) {
    const sw_alloy *alloy = of;
    const size_t m = alloy->elements - 1;
    double all[SW_DIFFUSION_ELEMENTS] = {1.0};
    sw_multicomponent state = {0};
    for (size_t k = 0; k < m; k++) {
        all[k + 1] = u[k];
        all[0] -= alloy->interstitial[k + 1] ? 0.0 : u[k];
    }
    /* cannot fail where sw_alloy_set has tried it */
    if (sw_alloy_state(&state, alloy, all, NULL) != SW_OK || !state.stable)
        return false;
    for (size_t k = 0; k < m; k++) {
        const bool inside = alloy->interstitial[k + 1];
        point->drift[k] = state.drift[k + 1];
        point->mobile[k] = inside ? state.mobile[k + 1] : 0.0;
        for (size_t j = 0; j < m; j++) {
            point->matrix[k * m + j] = state.interdiffusion[k + 1][j + 1];
            if (inside)
                point->own[k * m + j] = state.intrinsic[k + 1][j + 1];
        }
    }
    return true;
}

/* Contents over the sum of those that count as the whole. */
static void rescale(double *to, const sw_alloy *alloy, const double *from,
                    bool with_interstitials) {
    double sum = 0.0;
    for (size_t i = 0; i < alloy->elements; i++)
        sum += with_interstitials || !alloy->interstitial[i] ? from[i] : 0.0;
    for (size_t i = 0; i < alloy->elements; i++)
        to[i] = from[i] / sum;
}

void sw_alloy_contents(double *u, const sw_alloy *alloy, const double *x) {
    rescale(u, alloy, x, false);
}

void sw_alloy_fractions(double *x, const sw_alloy *alloy, const double *u) {
    rescale(x, alloy, u, true);
}
