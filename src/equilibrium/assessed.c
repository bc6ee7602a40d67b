/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Assessed phases on the elements of the species tables. Both follow the same convention, but their
 * Gibbs energies of iron, nickel and oxygen differ by up to some hundred J/mol, and magnetite by 3
 * kJ/mol: each phase is shifted by its own amounts of elements, which leaves equilibria within the
 * assessment as they are.
 */
#include "base/bisection.h"
#include "equilibrium/spinel.h"
#include "equilibrium/system.h"
#include "thermo/calphad/solution.h"

#include <spillway/calphad.h>
#include <spillway/data.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define OXYGEN 8
#define IRON 26
#define NICKEL 28
#define FRACTIONS 8
#define KINK_STEPS 24 /* of composition, in which a Curie temperature is looked for */
#define KINK_HALVINGS 40

/*
 * One assessed phase with the temperature that it is set to. Its ends are site fractions, between
 * them site fractions are means, and what is added to its energy is a mean of what the ends get.
 */
struct assessed_phase {
    struct sw_assessed *owner;
    sw_solution *solution;
    size_t fractions, ends;
    double end[SW_SOLUTION_ENDS][FRACTIONS];
    double temperature, shift[SW_SOLUTION_ENDS]; /* K, eV */
};

/* What the tables have more than the assessment in an atom of each, eV: half an O2, the lower of
 * bcc and fcc iron, fcc nickel. */
struct difference {
    double oxygen, iron, nickel;
};

struct sw_assessed {
    sw_calphad *database;
    struct sw_spinel spinel;
    struct assessed_phase wustite, halite, fcc, bcc;
    double spinel_temperature, spinel_shift[2];
    struct difference more; /* at the temperature of fcc */
};

/* ---- evaluation ------------------------------------------------------------------------------ */

static void evaluate(double *gibbs, double *first, double *second,
                     const struct assessed_phase *phase, const double *fraction) {
    const size_t n = phase->fractions, ends = phase->ends;
    double y[FRACTIONS] = {0}, g[FRACTIONS], h[FRACTIONS * FRACTIONS];
    for (size_t e = 0; e < ends; e++)
        for (size_t i = 0; i < n; i++)
            y[i] += fraction[e] * phase->end[e][i];
    sw_solution_gibbs(gibbs, first != NULL ? g : NULL, second != NULL ? h : NULL, NULL,
                      phase->solution, y);
    for (size_t e = 0; e < ends && first != NULL; e++) {
        first[e] = 0.0;
        for (size_t i = 0; i < n; i++)
            first[e] += phase->end[e][i] != 0.0 ? phase->end[e][i] * g[i] : 0.0;
    }
    for (size_t e = 0; e < ends && second != NULL; e++)
        for (size_t f = 0; f < ends; f++) {
            double sum = 0.0;
            for (size_t i = 0; i < n; i++)
                for (size_t j = 0; j < n && phase->end[e][i] != 0.0; j++)
                    if (phase->end[f][j] != 0.0)
                        sum += phase->end[e][i] * phase->end[f][j] * h[i * n + j];
            second[e * ends + f] = sum;
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

static double at_end(const struct assessed_phase *phase, size_t end) {
    double fraction[SW_SOLUTION_ENDS] = {0.0}, gibbs;
    fraction[end] = 1.0;
    evaluate(&gibbs, NULL, NULL, phase, fraction);
    return gibbs;
}

/* Sets the alloys to this temperature, and to the elements of the tables. */
static sw_status set_alloys(struct sw_assessed *assessed, double temperature, sw_error *error) {
    struct difference *more = &assessed->more;
    double reference, oxygen;
    if (assessed->fcc.temperature == temperature)
        return SW_OK;
    sw_status status = set(&assessed->fcc, temperature, error);
    if (status == SW_OK)
        status = set(&assessed->bcc, temperature, error);
    if (status == SW_OK)
        status = sw_calphad_function(&reference, NULL, assessed->database, "GHSEROO", temperature,
                                     SW_STANDARD_PRESSURE, error);
    if (status == SW_OK)
        status = table_gibbs(&oxygen, "O2", temperature, error);
    if (status == SW_OK)
        status = table_gibbs(&more->iron, "Fe", temperature, error);
    if (status == SW_OK)
        status = table_gibbs(&more->nickel, "Ni", temperature, error);
    if (status != SW_OK)
        return status;
    more->oxygen = 0.5 * oxygen - reference * SW_JOULE_PER_MOLE;
    more->iron -= fmin(at_end(&assessed->bcc, 0), at_end(&assessed->fcc, 0));
    more->nickel -= at_end(&assessed->fcc, 1);
    assessed->fcc.shift[0] = assessed->bcc.shift[0] = more->iron;
    assessed->fcc.shift[1] = assessed->bcc.shift[1] = more->nickel;
    assessed->fcc.temperature = assessed->bcc.temperature = temperature;
    return SW_OK;
}

static sw_status check_range(double temperature, sw_error *error) {
    if (temperature >= SW_WUSTITE_LOWEST && temperature <= SW_WUSTITE_HIGHEST)
        return SW_OK;
    return sw_error_set(error, SW_ERROR_NUMERIC, "wustite", "or leave the assessed wustite out",
                        "expected 500 to 1600 K for wustite and its magnetite, found %g K",
                        temperature);
}

/* Likewise the oxides; NiO is that of the table. */
static sw_status set_oxides(struct sw_assessed *assessed, double temperature, sw_error *error) {
    const struct difference *more = &assessed->more;
    double bunsenite;
    struct assessed_phase *wustite = &assessed->wustite, *halite = &assessed->halite;
    sw_status status = check_range(temperature, error);
    if (status == SW_OK)
        status = set_alloys(assessed, temperature, error);
    if (status == SW_OK)
        status = set(wustite, temperature, error);
    if (status == SW_OK)
        status = set(halite, temperature, error);
    if (status == SW_OK)
        status = sw_spinel_set(&assessed->spinel, temperature, error);
    if (status == SW_OK)
        status = table_gibbs(&bunsenite, "NiO", temperature, error);
    if (status != SW_OK)
        return status;
    wustite->shift[0] = halite->shift[0] = more->iron + more->oxygen;
    wustite->shift[1] = halite->shift[2] = 2.0 / 3.0 * more->iron + more->oxygen;
    halite->shift[1] = bunsenite - at_end(halite, 1);
    assessed->spinel_shift[0] = 3.0 * more->iron + 4.0 * more->oxygen;
    assessed->spinel_shift[1] = more->nickel + 2.0 * more->iron + 4.0 * more->oxygen;
    wustite->temperature = halite->temperature = assessed->spinel_temperature = temperature;
    return SW_OK;
}

/* A phase keeps its temperature, so it is reached through its owner. */
static struct assessed_phase *owned(const void *data) {
    struct sw_assessed *assessed = ((const struct assessed_phase *)data)->owner;
    struct assessed_phase *const all[] = {&assessed->wustite, &assessed->halite, &assessed->fcc,
                                          &assessed->bcc};
    size_t i = 0;
    while (all[i] != data)
        i++;
    return all[i];
}

static sw_status assessed_gibbs(double *gibbs, double *first, double *second, const void *data,
                                double temperature, const double *fraction, sw_error *error) {
    struct assessed_phase *phase = owned(data);
    struct sw_assessed *assessed = phase->owner;
    if (phase->temperature != temperature) {
        const bool alloy = phase == &assessed->fcc || phase == &assessed->bcc;
        const sw_status status = alloy ? set_alloys(assessed, temperature, error)
                                       : set_oxides(assessed, temperature, error);
        if (status != SW_OK)
            return status;
    }
    evaluate(gibbs, first, second, phase, fraction);
    for (size_t e = 0; e < phase->ends; e++) {
        *gibbs += fraction[e] * phase->shift[e];
        if (first != NULL)
            first[e] += phase->shift[e];
    }
    return SW_OK;
}

static sw_status spinel_phase(double *gibbs, double *first, double *second, const void *data,
                              double temperature, const double *fraction, sw_error *error) {
    struct sw_assessed *assessed = owned(data)->owner;
    double slope, bend;
    sw_status status = SW_OK;
    if (assessed->spinel_temperature != temperature)
        status = set_oxides(assessed, temperature, error);
    if (status != SW_OK)
        return status;
    sw_spinel_gibbs(gibbs, first != NULL ? &slope : NULL, &bend, &assessed->spinel, fraction);
    for (size_t e = 0; e < 2; e++) {
        *gibbs += fraction[e] * assessed->spinel_shift[e];
        if (first != NULL)
            first[e] = assessed->spinel_shift[e] + (e == 1 ? slope : 0.0);
        for (size_t f = 0; f < 2 && second != NULL; f++)
            second[2 * e + f] = e == 1 && f == 1 ? bend : 0.0;
    }
    return SW_OK;
}

static sw_status magnetite_gibbs(double *gibbs, const void *data, double temperature,
                                 sw_error *error) {
    static const double magnetite[2] = {1.0, 0.0};
    double first[2];
    return spinel_phase(gibbs, first, NULL, data, temperature, magnetite, error);
}

/* ---- where magnetic order sets in ------------------------------------------------------------ */

/* A phase along its composition, and whether its excess over the Curie point is taken as it is (1) or
 * turned round (-1), so that it rises. */
struct warmth {
    const struct assessed_phase *phase;
    double temperature, sign;
};

static double above_curie(const void *user, double second) {
    const struct warmth *warmth = user;
    const struct assessed_phase *phase = warmth->phase;
    double y[FRACTIONS];
    for (size_t i = 0; i < phase->fractions; i++)
        y[i] = (1.0 - second) * phase->end[0][i] + second * phase->end[1][i];
    return warmth->sign * (warmth->temperature - sw_calphad_curie_temperature(phase->solution, y));
}

static size_t alloy_kinks(double at[SW_SOLUTION_KINKS], const void *data, double temperature) {
    const struct warmth warmth = {.phase = data, .temperature = temperature, .sign = 1.0};
    size_t count = 0;
    double before = above_curie(&warmth, 0.0);
    for (int i = 1; i <= KINK_STEPS && count < SW_SOLUTION_KINKS; i++) {
        const double low = (double)(i - 1) / KINK_STEPS, high = (double)i / KINK_STEPS;
        const double after = above_curie(&warmth, high);
        const struct warmth rising = {data, temperature, after > before ? 1.0 : -1.0};
        if ((after > 0.0) != (before > 0.0))
            at[count++] = sw_bisect(above_curie, &rising, low, high, 0.0, KINK_HALVINGS);
        before = after;
    }
    return count;
}

/* ---- making and adding ----------------------------------------------------------------------- */

static sw_status open_phase(struct assessed_phase *phase, sw_assessed *assessed, const char *name,
                            const char *const *elements, size_t count, sw_error *error) {
    phase->owner = assessed;
    const sw_status status =
        sw_solution_create(&phase->solution, assessed->database, name, elements, count, error);
    if (status != SW_OK)
        return status;
    phase->fractions = sw_solution_fractions(phase->solution);
    if (phase->fractions <= FRACTIONS)
        return SW_OK;
    return sw_error_set(error, SW_ERROR_UNSUPPORTED, name, NULL, "it has %zu site fractions",
                        phase->fractions);
}

/* A new end: the site fractions of up to two species on the first sublattice; one on the other. */
static void add_end(struct assessed_phase *phase, const char *species, double part,
                    const char *second) {
    double *end = phase->end[phase->ends++];
    for (size_t i = 0; i < phase->fractions; i++) {
        const char *name = sw_solution_species(phase->solution, i);
        if (sw_solution_sublattice(phase->solution, i) > 0)
            end[i] = 1.0;
        else if (strcmp(name, species) == 0)
            end[i] = part;
        else if (second != NULL && strcmp(name, second) == 0)
            end[i] = 1.0 - part;
    }
}

static void add_ends(sw_assessed *assessed) {
    add_end(&assessed->wustite, "FE+2", 1.0, NULL);
    add_end(&assessed->wustite, "FE+3", 2.0 / 3.0, "VA");
    add_end(&assessed->halite, "FE+2", 1.0, NULL);
    add_end(&assessed->halite, "NI+2", 1.0, NULL);
    add_end(&assessed->halite, "FE+3", 2.0 / 3.0, "VA");
    add_end(&assessed->fcc, "FE", 1.0, NULL);
    add_end(&assessed->fcc, "NI", 1.0, NULL);
    add_end(&assessed->bcc, "FE", 1.0, NULL);
    add_end(&assessed->bcc, "NI", 1.0, NULL);
}

sw_status sw_assessed_create(sw_assessed **assessed, sw_error *error) {
    static const char *const elements[] = {"FE", "NI", "O"}, *const oxide[] = {"FE", "O"};
    sw_assessed *made = calloc(1, sizeof *made);
    *assessed = NULL;
    if (made == NULL)
        return sw_error_set(error, SW_ERROR_MEMORY, "assessed phases", NULL, "no memory");
    sw_status status = sw_calphad_builtin(&made->database, NULL, error);
    if (status == SW_OK)
        status = open_phase(&made->wustite, made, "HALITE", oxide, 2, error);
    if (status == SW_OK)
        status = open_phase(&made->halite, made, "HALITE", elements, 3, error);
    if (status == SW_OK)
        status = open_phase(&made->fcc, made, "FCC_A1", elements, 2, error);
    if (status == SW_OK)
        status = open_phase(&made->bcc, made, "BCC_A2", elements, 2, error);
    if (status == SW_OK)
        status = sw_spinel_create(&made->spinel, made->database, error);
    if (status != SW_OK) {
        sw_assessed_destroy(made);
        return status;
    }
    add_ends(made);
    *assessed = made;
    return SW_OK;
}

void sw_assessed_destroy(sw_assessed *assessed) {
    if (assessed == NULL)
        return;
    sw_solution_destroy(assessed->wustite.solution);
    sw_solution_destroy(assessed->halite.solution);
    sw_solution_destroy(assessed->fcc.solution);
    sw_solution_destroy(assessed->bcc.solution);
    sw_spinel_clear(&assessed->spinel);
    sw_calphad_destroy(assessed->database);
    free(assessed);
}

/* Where it is there. */
static void take_away(sw_system *system, const char *name) {
    sw_error ignored = {0};
    (void)!sw_system_remove(system, sw_substance_find(name), &ignored);
}

sw_status sw_assessed_add_wustite(sw_assessed *assessed, sw_system *system, sw_error *error) {
    const sw_solution_phase wustite = {.name = "wustite",
                                       .ends = 2,
                                       .atoms = {{IRON, {1.0, 2.0 / 3.0}}, {OXYGEN, {1.0, 1.0}}},
                                       .gibbs = assessed_gibbs,
                                       .data = &assessed->wustite};
    take_away(system, "Fe0.947O");
    const sw_status status = sw_system_replace_gibbs(system, sw_substance_find("Fe3O4"),
                                                     magnetite_gibbs, &assessed->wustite, error);
    return status == SW_OK ? sw_system_add_solution(system, &wustite, error) : status;
}

sw_status sw_assessed_add_oxides(sw_assessed *assessed, sw_system *system, sw_error *error) {
    static const char *const taken[] = {"Fe0.947O", "NiO", "Fe3O4", "NiFe2O4"};
    const sw_solution_phase halite = {.name = "halite",
                                      .ends = 3,
                                      .atoms = {{IRON, {1.0, 0.0, 2.0 / 3.0}},
                                                {NICKEL, {0.0, 1.0, 0.0}},
                                                {OXYGEN, {1.0, 1.0, 1.0}}},
                                      .gibbs = assessed_gibbs,
                                      .data = &assessed->halite};
    const sw_solution_phase spinel = {
        .name = "spinel",
        .ends = 2,
        .atoms = {{IRON, {3.0, 2.0}}, {NICKEL, {0.0, 1.0}}, {OXYGEN, {4.0, 4.0}}},
        .gibbs = spinel_phase,
        .data = &assessed->halite};
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        take_away(system, taken[i]);
    const sw_status status = sw_system_add_solution(system, &halite, error);
    return status == SW_OK ? sw_system_add_solution(system, &spinel, error) : status;
}

sw_status sw_assessed_add_alloys(sw_assessed *assessed, sw_system *system, sw_error *error) {
    static const char *const taken[] = {"Fe", "Ni"};
    sw_solution_phase alloy = {.name = "fcc",
                               .ends = 2,
                               .atoms = {{IRON, {1.0, 0.0}}, {NICKEL, {0.0, 1.0}}},
                               .gibbs = assessed_gibbs,
                               .data = &assessed->fcc,
                               .kinks = alloy_kinks};
    for (size_t i = 0; i < 2; i++)
        take_away(system, taken[i]);
    const sw_status status = sw_system_add_solution(system, &alloy, error);
    alloy.name = "bcc";
    alloy.data = &assessed->bcc;
    return status == SW_OK ? sw_system_add_solution(system, &alloy, error) : status;
}
