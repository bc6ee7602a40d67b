/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "equilibrium/workspace.h"

#include <spillway/data.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define ATTEMPTS 6
#define CHANGES 12   /* of a set, before the simplex proposes another */
#define ROUNDS 40    /* of each attempt */
#define PATIENCE 4   /* rounds before sets with fewer phases are tried */
#define ENOUGH 1e-10 /* kT: a basis without better columns than this is the equilibrium */
#define MISSING 1e-9 /* of an element, that no phase can hold */

sw_status sw_equilibrium_create(sw_equilibrium **equilibrium, const sw_system *system) {
    *equilibrium = calloc(1, sizeof **equilibrium);
    if (*equilibrium == NULL)
        return SW_ERROR_MEMORY;
    (*equilibrium)->system = system;
    for (size_t i = 0; i < 2; i++)
        sw_equilibrium_grid_create(&(*equilibrium)->energies.grids[i], i + 2);
    return SW_OK;
}

void sw_equilibrium_destroy(sw_equilibrium *equilibrium) {
    free(equilibrium);
}

/* ---- the search ------------------------------------------------------------------------------ */

/* New columns at these potentials: the best gas, the best of every solution. *worst is the largest
 * driving force found. */
static sw_status add_best(double *worst, struct sw_problem *problem, const double *potentials,
                          sw_error *error) {
    double fraction[SW_SYSTEM_PHASES];
    const double gas = sw_problem_gas(fraction, problem, potentials);
    *worst = fmax(0.0, gas);
    if (gas > ENOUGH)
        (void)sw_problem_add_mixture(problem, fraction); /* without room others must do */
    for (size_t s = 0; s < problem->solutions; s++) {
        double lowest;
        struct sw_equilibrium_composition at;
        sw_status status =
            sw_problem_solution_lowest(&lowest, &at, problem, s, potentials, WORTH_REFINING, error);
        if (status == SW_OK && lowest < -ENOUGH)
            status = sw_problem_add_solution_point(problem, s, &at, error);
        if (status != SW_OK)
            return status;
        *worst = fmax(*worst, -lowest);
    }
    return SW_OK;
}

/* Newton on the set of a basis; then without what comes out negative, or with what is missing. */
static sw_status try_set(struct sw_phase_set *set, bool *certified,
                         const struct sw_problem *problem, sw_error *error) {
    bool converged = false, changed = true;
    sw_status status = SW_OK;
    *certified = false;
    for (int change = 0; change < CHANGES && changed && status == SW_OK; change++) {
        status = sw_phase_set_equilibrate(set, &converged, problem, error);
        if (status ==
            SW_OK) /* traces that are a difference of amounts never settle: it may be there */
            status = sw_phase_set_certify(certified, set, problem, error);
        if (status != SW_OK || !converged || *certified)
            return status;
        changed = sw_phase_set_drop_negative(set);
        if (!changed)
            status = sw_phase_set_add_violated(set, &changed, problem, error);
    }
    return status;
}

/* Condensed phases of a basis may be traces that the gas takes: the set without them, one by one.
 */
static sw_status try_without(struct sw_phase_set *set, bool *certified,
                             const struct sw_phase_set *start, const struct sw_problem *problem,
                             sw_error *error) {
    struct sw_phase_set fewer = *start;
    sw_status status = SW_OK;
    while (status == SW_OK && !*certified && fewer.gas &&
           sw_phase_set_drop_least(&fewer, problem)) {
        *set = fewer;
        status = try_set(set, certified, problem, error);
    }
    return status;
}

/* What the sum of the basis' gases is, and what Newton came to, are columns too. */
static sw_status learn_from(struct sw_problem *problem, const struct sw_phase_set *start,
                            const struct sw_phase_set *end, sw_error *error) {
    double worst;
    for (size_t j = 0; j < problem->elements; j++)
        if (!(fabs(end->potential[j]) < 0.1 * ARTIFICIAL_COST))
            return SW_OK;
    if (start->gas && start->gas_amount > 0.0)
        (void)sw_problem_add_mixture(problem, start->fraction);
    return add_best(&worst, problem, end->potential, error);
}

static sw_status nothing_holds(const struct sw_problem *problem, const struct sw_simplex *simplex,
                               sw_error *error) {
    const char *element = "";
    for (size_t i = 0; i < simplex->rows; i++)
        if (simplex->basis[i] < problem->elements && simplex->amount[i] > 0.0)
            element =
                sw_element_symbol(problem->system->element[problem->element[simplex->basis[i]]]);
    return sw_error_set(error, SW_ERROR_ARGUMENT, element,
                        "add a phase that holds it, or change the amounts",
                        "no phases of the system can hold these amounts of %s", element);
}

static sw_status no_certificate(const struct sw_problem *problem, sw_error *error) {
    char place[64];
    snprintf(place, sizeof place, "equilibrium at %g K", problem->temperature);
    return sw_error_set(error, SW_ERROR_NUMERIC, place,
                        "change temperature or amounts a little; and report it",
                        "no phase set could be certified as the equilibrium");
}

/*
 * One round: the best basis of the columns there are, Newton from it, and new columns. *done where
 * a certified equilibrium is in found; *stuck where the basis came to nothing, so that only other
 * columns help.
 */
static sw_status search_round(sw_equilibrium *equilibrium, bool *done, bool *stuck, int round,
                              sw_error *error) {
    struct sw_problem *problem = &equilibrium->problem;
    struct sw_simplex *simplex = &equilibrium->simplex;
    struct sw_phase_set *set = &equilibrium->found, start;
    double worst = 0.0;
    *stuck = !sw_simplex_optimise(simplex, problem);
    if (*stuck)
        return SW_OK;
    if (sw_simplex_missing(simplex, problem) > MISSING)
        return nothing_holds(problem, simplex, error);
    sw_status status = sw_phase_set_from_basis(set, round % 2 == 1, simplex, problem, error);
    start = *set;
    if (status == SW_OK)
        status = try_set(set, done, problem, error);
    if (status == SW_OK && !*done && round >= PATIENCE)
        status = try_without(set, done, &start, problem, error);
    if (status != SW_OK || *done)
        return status;
    const struct sw_phase_set end = *set;
    status = add_best(&worst, problem, simplex->potential, error);
    if (status == SW_OK && worst <= ENOUGH) { /* the basis itself */
        *set = start;
        for (size_t j = 0; j < problem->elements; j++)
            set->potential[j] = simplex->potential[j];
        return sw_phase_set_certify(done, set, problem, error);
    }
    return status == SW_OK ? learn_from(problem, &start, &end, error) : status;
}

sw_status sw_equilibrium_find(sw_equilibrium *equilibrium,
                              const sw_equilibrium_conditions *conditions, sw_error *error) {
    struct sw_problem *problem = &equilibrium->problem;
    bool done = false;
    equilibrium->valid = false;
    if (conditions->amounts == NULL)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "amounts", NULL, "expected amounts");
    sw_status status = SW_OK;
    if (conditions->temperature > 0.0 && isfinite(conditions->temperature))
        status = sw_equilibrium_energies_update(&equilibrium->energies, equilibrium->system,
                                                conditions->temperature, conditions->beyond, error);
    if (status == SW_OK)
        status = sw_problem_create(problem, equilibrium->system, &equilibrium->energies, conditions,
                                   error);
    if (status != SW_OK)
        return status;
    for (int attempt = 0; attempt < ATTEMPTS && status == SW_OK && !done; attempt++) {
        sw_problem_nudge(problem, attempt);
        sw_simplex_start(&equilibrium->simplex, problem);
        bool stuck = false;
        for (int round = 0; round < ROUNDS && status == SW_OK && !done && !stuck; round++)
            status = search_round(equilibrium, &done, &stuck, round, error);
    }
    if (status == SW_OK && !done)
        status = no_certificate(problem, error);
    equilibrium->valid = status == SW_OK;
    return status;
}
