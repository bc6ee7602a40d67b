/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Assessed phases on the elements of the species tables. Both follow the same convention, but their
 * Gibbs energies of iron, nickel and oxygen differ by up to some hundred J/mol, and magnetite by 3
 * kJ/mol: each phase is shifted by its own amounts of elements, which leaves equilibria within the
 * assessment as they are.
 */
#include "equilibrium/system.h"

#include <spillway/calphad.h>
#include <spillway/data.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define OXYGEN 8
#define IRON 26
#define NICKEL 28
#define MOST_VACANCIES 0.2 /* of the iron sites: x = 1 of wustite */
#define FRACTIONS 8
#define HALVINGS 32 /* of the spinel's sharing: its energy is flat there */

/* One assessed phase with the temperature that it is set to, and what is added at its ends. */
struct assessed_phase {
    struct sw_assessed *owner;
    sw_solution *solution;
    size_t fractions;
    double start[FRACTIONS], change[FRACTIONS]; /* site fractions: start + x change */
    double temperature, first, second;          /* K, eV */
};

struct sw_assessed {
    sw_calphad *database;
    sw_solution *spinel;
    struct assessed_phase wustite, fcc, bcc;
};

/* ---- evaluation ------------------------------------------------------------------------------ */

static void evaluate(double g[3], const struct assessed_phase *phase, double x, double rest,
                     bool slopes) {
    const size_t n = phase->fractions;
    double y[FRACTIONS] = {0}, first[FRACTIONS], second[FRACTIONS * FRACTIONS];
    for (size_t i = 0; i < n; i++) /* what falls to zero at x = 1 is in proportion to the rest */
        y[i] = phase->start[i] + phase->change[i] == 0.0 ? rest * phase->start[i]
                                                         : phase->start[i] + x * phase->change[i];
    sw_solution_gibbs(&g[0], slopes ? first : NULL, slopes ? second : NULL, NULL, phase->solution,
                      y);
    g[1] = g[2] = 0.0;
    for (size_t i = 0; i < n && slopes; i++) {
        if (phase->change[i] == 0.0)
            continue;
        g[1] += phase->change[i] * first[i];
        for (size_t j = 0; j < n; j++)
            if (phase->change[j] != 0.0)
                g[2] += phase->change[i] * phase->change[j] * second[i * n + j];
    }
}

static sw_status table_gibbs(double *gibbs, const char *name, double temperature, sw_error *error) {
    sw_standard_state state;
    const sw_status status =
        sw_substance_state_beyond(&state, NULL, sw_substance_find(name), temperature, error);
    *gibbs = status == SW_OK ? state.gibbs : 0.0;
    return status;
}

static sw_status set(struct assessed_phase *phase, double temperature, sw_error *error) {
    phase->temperature = 0.0;
    return sw_solution_set(phase->solution, temperature, SW_STANDARD_PRESSURE, error);
}

/* What the tables have more than the assessment in an atom of each, eV: half an O2, the lower of
 * bcc and fcc iron, fcc nickel. Sets the alloys to this temperature. */
struct difference {
    double oxygen, iron, nickel;
};
static sw_status differences(struct difference *difference, struct sw_assessed *assessed,
                             double temperature, sw_error *error) {
    double reference, oxygen, bcc[3], fcc[3], nickel[3];
    sw_status status = set(&assessed->fcc, temperature, error);
    if (status == SW_OK)
        status = set(&assessed->bcc, temperature, error);
    if (status == SW_OK)
        status = sw_calphad_function(&reference, NULL, assessed->database, "GHSEROO", temperature,
                                     SW_STANDARD_PRESSURE, error);
    if (status == SW_OK)
        status = table_gibbs(&oxygen, "O2", temperature, error);
    if (status == SW_OK)
        status = table_gibbs(&difference->iron, "Fe", temperature, error);
    if (status == SW_OK)
        status = table_gibbs(&difference->nickel, "Ni", temperature, error);
    if (status != SW_OK)
        return status;
    evaluate(bcc, &assessed->bcc, 0.0, 1.0, false);
    evaluate(fcc, &assessed->fcc, 0.0, 1.0, false);
    evaluate(nickel, &assessed->fcc, 1.0, 0.0, false);
    difference->oxygen = 0.5 * oxygen - reference * SW_JOULE_PER_MOLE;
    difference->iron -= fmin(bcc[0], fcc[0]);
    difference->nickel -= nickel[0];
    return SW_OK;
}

static sw_status shift_all(struct sw_assessed *assessed, double temperature, sw_error *error) {
    struct difference more;
    sw_status status = set(&assessed->wustite, temperature, error);
    if (status == SW_OK)
        status = differences(&more, assessed, temperature, error);
    if (status != SW_OK)
        return status;
    assessed->wustite.first = more.iron + more.oxygen;
    assessed->wustite.second = (1.0 - MOST_VACANCIES) * more.iron + more.oxygen;
    assessed->fcc.first = assessed->bcc.first = more.iron;
    assessed->fcc.second = assessed->bcc.second = more.nickel;
    assessed->wustite.temperature = assessed->fcc.temperature = assessed->bcc.temperature =
        temperature;
    return SW_OK;
}

static sw_status assessed_gibbs(double g[3], const void *data, double temperature, double x,
                                double rest, bool slopes, sw_error *error) {
    /* the phase keeps its temperature, so it is reached through its owner */
    struct sw_assessed *assessed = ((const struct assessed_phase *)data)->owner;
    struct assessed_phase *phase = data == &assessed->wustite ? &assessed->wustite
                                   : data == &assessed->fcc   ? &assessed->fcc
                                                              : &assessed->bcc;
    if (phase->temperature != temperature) {
        const sw_status status = shift_all(assessed, temperature, error);
        if (status != SW_OK)
            return status;
    }
    evaluate(g, phase, x, rest, slopes);
    g[0] += rest * phase->first + x * phase->second;
    g[1] += phase->second - phase->first;
    return SW_OK;
}

static sw_status check_range(double temperature, sw_error *error) {
    if (temperature >= SW_WUSTITE_LOWEST && temperature <= SW_WUSTITE_HIGHEST)
        return SW_OK;
    return sw_error_set(error, SW_ERROR_NUMERIC, "wustite", "or leave the assessed wustite out",
                        "expected 500 to 1600 K for wustite and its magnetite, found %g K",
                        temperature);
}

/* The lowest over how Fe2+ and Fe3+ share the sites: x of Fe2+ on the tetrahedral ones. */
static double spinel_gibbs(const sw_solution *spinel) {
    double low = 0.0, high = 1.0, gibbs = 0.0;
    for (int i = 0; i < HALVINGS; i++) {
        const double x = 0.5 * (low + high);
        const double y[5] = {x, 1.0 - x, 0.5 * (1.0 - x), 0.5 * (1.0 + x), 1.0};
        double first[5];
        sw_solution_gibbs(&gibbs, first, NULL, NULL, spinel, y);
        *(first[0] - first[1] - 0.5 * (first[2] - first[3]) > 0.0 ? &high : &low) = x;
    }
    return gibbs;
}

static sw_status magnetite_gibbs(double *gibbs, const void *data, double temperature,
                                 sw_error *error) {
    struct sw_assessed *assessed = ((const struct assessed_phase *)data)->owner;
    struct difference more;
    sw_status status = check_range(temperature, error);
    if (status == SW_OK)
        status = sw_solution_set(assessed->spinel, temperature, SW_STANDARD_PRESSURE, error);
    if (status == SW_OK)
        status = differences(&more, assessed, temperature, error);
    if (status == SW_OK)
        *gibbs = spinel_gibbs(assessed->spinel) + 3.0 * more.iron + 4.0 * more.oxygen;
    return status;
}

/* ---- making and adding ----------------------------------------------------------------------- */

static sw_status open_phase(struct assessed_phase *phase, sw_assessed *assessed, const char *name,
                            const char *const *elements, sw_error *error) {
    phase->owner = assessed;
    const sw_status status =
        sw_solution_create(&phase->solution, assessed->database, name, elements, 2, error);
    if (status != SW_OK)
        return status;
    phase->fractions = sw_solution_fractions(phase->solution);
    if (phase->fractions <= FRACTIONS)
        return SW_OK;
    return sw_error_set(error, SW_ERROR_UNSUPPORTED, name, NULL, "it has %zu site fractions",
                        phase->fractions);
}

/* Per vacancy two Fe3+ come for three Fe2+; oxygen and all else is one. */
static void lay_out_wustite(struct assessed_phase *phase) {
    for (size_t i = 0; i < phase->fractions; i++) {
        const double charge = sw_solution_charge(phase->solution, i);
        const bool metal = sw_solution_sublattice(phase->solution, i) == 0;
        phase->start[i] = !metal || charge == 2.0 ? 1.0 : 0.0;
        if (metal)
            phase->change[i] = MOST_VACANCIES * (charge == 2.0 ? -3.0 : charge == 3.0 ? 2.0 : 1.0);
    }
}

static void lay_out_alloy(struct assessed_phase *phase) {
    for (size_t i = 0; i < phase->fractions; i++) {
        const bool metal = sw_solution_sublattice(phase->solution, i) == 0;
        const bool iron = strcmp(sw_solution_species(phase->solution, i), "FE") == 0;
        phase->start[i] = !metal || iron ? 1.0 : 0.0;
        phase->change[i] = !metal ? 0.0 : iron ? -1.0 : 1.0;
    }
}

sw_status sw_assessed_create(sw_assessed **assessed, sw_error *error) {
    static const char *const oxide[] = {"FE", "O"}, *const alloy[] = {"FE", "NI"};
    sw_assessed *made = calloc(1, sizeof *made);
    *assessed = NULL;
    if (made == NULL)
        return sw_error_set(error, SW_ERROR_MEMORY, "assessed phases", NULL, "no memory");
    sw_status status = sw_calphad_builtin(&made->database, NULL, error);
    if (status == SW_OK)
        status = open_phase(&made->wustite, made, "HALITE", oxide, error);
    if (status == SW_OK)
        status = open_phase(&made->fcc, made, "FCC_A1", alloy, error);
    if (status == SW_OK)
        status = open_phase(&made->bcc, made, "BCC_A2", alloy, error);
    if (status == SW_OK)
        status = sw_solution_create(&made->spinel, made->database, "SPINEL", oxide, 2, error);
    if (status == SW_OK && sw_solution_fractions(made->spinel) != 5)
        status = sw_error_set(error, SW_ERROR_UNSUPPORTED, "SPINEL", NULL,
                              "expected 5 site fractions of magnetite");
    if (status != SW_OK) {
        sw_assessed_destroy(made);
        return status;
    }
    lay_out_wustite(&made->wustite);
    lay_out_alloy(&made->fcc);
    lay_out_alloy(&made->bcc);
    *assessed = made;
    return SW_OK;
}

void sw_assessed_destroy(sw_assessed *assessed) {
    if (assessed == NULL)
        return;
    sw_solution_destroy(assessed->wustite.solution);
    sw_solution_destroy(assessed->fcc.solution);
    sw_solution_destroy(assessed->bcc.solution);
    sw_solution_destroy(assessed->spinel);
    sw_calphad_destroy(assessed->database);
    free(assessed);
}

/* Where it is there. */
static void take_away(sw_system *system, const char *name) {
    sw_error ignored = {0};
    (void)!sw_system_remove(system, sw_substance_find(name), &ignored);
}

sw_status sw_assessed_add_wustite(sw_assessed *assessed, sw_system *system, sw_error *error) {
    const sw_solution_phase wustite = {
        .name = "wustite",
        .atoms = {{IRON, 1.0, 1.0 - MOST_VACANCIES}, {OXYGEN, 1.0, 1.0}},
        .gibbs = assessed_gibbs,
        .data = &assessed->wustite};
    take_away(system, "Fe0.947O");
    const sw_status status = sw_system_replace_gibbs(system, sw_substance_find("Fe3O4"),
                                                     magnetite_gibbs, &assessed->wustite, error);
    return status == SW_OK ? sw_system_add_solution(system, &wustite, error) : status;
}

sw_status sw_assessed_add_alloys(sw_assessed *assessed, sw_system *system, sw_error *error) {
    static const char *const taken[] = {"Fe", "Ni"};
    sw_solution_phase alloy = {.name = "fcc",
                               .atoms = {{IRON, 1.0, 0.0}, {NICKEL, 0.0, 1.0}},
                               .gibbs = assessed_gibbs,
                               .data = &assessed->fcc};
    for (size_t i = 0; i < 2; i++)
        take_away(system, taken[i]);
    const sw_status status = sw_system_add_solution(system, &alloy, error);
    alloy.name = "bcc";
    alloy.data = &assessed->bcc;
    return status == SW_OK ? sw_system_add_solution(system, &alloy, error) : status;
}
