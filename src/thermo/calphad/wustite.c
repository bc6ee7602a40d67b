/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Wustite with its neighbours. Per O: v vacancies, 2v Fe3+, 1-3v Fe2+ (neutral), so that
 * dG/dv = -mu(Fe) and mu(O) = G - (1-v) mu(Fe). Both ends are roots of monotone functions of v.
 */
#include "thermo/calphad/solution.h"

#include <spillway/thermo.h>

#include <math.h>

#define HALVINGS 60

typedef struct iron_oxygen {
    sw_calphad *database;
    sw_solution *wustite, *magnetite, *bcc, *fcc;
    double temperature;
} iron_oxygen;

static void clear(iron_oxygen *system) {
    sw_solution_destroy(system->wustite);
    sw_solution_destroy(system->magnetite);
    sw_solution_destroy(system->bcc);
    sw_solution_destroy(system->fcc);
    sw_calphad_destroy(system->database);
}

static sw_status open_system(iron_oxygen *system, double temperature, sw_error *error) {
    *system = (iron_oxygen){.temperature = temperature};
    if (!(temperature >= SW_WUSTITE_LOWEST && temperature <= SW_WUSTITE_HIGHEST))
        return sw_error_set(error, SW_ERROR_NUMERIC, "wustite", "500 to 1600 K",
                            "expected a temperature within the assessment of wustite, found %g K",
                            temperature);
    static const char *const both[] = {"FE", "O"};
    const struct {
        sw_solution **solution;
        const char *phase;
        size_t elements;
    } wanted[] = {{&system->wustite, "HALITE", 2},
                  {&system->magnetite, "SPINEL", 2},
                  {&system->bcc, "BCC_A2", 1},
                  {&system->fcc, "FCC_A1", 1}};
    sw_status status = sw_calphad_builtin(&system->database, NULL, error);
    for (size_t i = 0; i < 4 && status == SW_OK; i++) {
        status = sw_solution_create(wanted[i].solution, system->database, wanted[i].phase, both,
                                    wanted[i].elements, error);
        if (status == SW_OK)
            status = sw_solution_set(*wanted[i].solution, temperature, SW_STANDARD_PRESSURE, error);
    }
    return status;
}

/* Chemical potentials of iron and oxygen in wustite, eV. */
static void wustite_at(double *iron, double *oxygen, const iron_oxygen *system, double v) {
    const double y[4] = {1.0 - 3.0 * v, 2.0 * v, v, 1.0};
    double gibbs, first[4];
    sw_solution_gibbs(&gibbs, first, NULL, NULL, system->wustite, y);
    *iron = 3.0 * first[0] - 2.0 * first[1] - first[2];
    *oxygen = gibbs - (1.0 - v) * *iron;
}

static double iron_energy(const iron_oxygen *system) {
    const double pure[2] = {1.0, 1.0};
    double bcc, fcc;
    sw_solution_gibbs(&bcc, NULL, NULL, NULL, system->bcc, pure);
    sw_solution_gibbs(&fcc, NULL, NULL, NULL, system->fcc, pure);
    return fmin(bcc, fcc);
}

/* Of a formula Fe3O4 that has shared its charges at best: x of Fe2+ on the tetrahedral sites. */
static double magnetite_energy(const iron_oxygen *system) {
    double low = 0.0, high = 1.0, gibbs = 0.0;
    for (int i = 0; i < HALVINGS; i++) {
        const double x = 0.5 * (low + high);
        const double y[5] = {x, 1.0 - x, 0.5 * (1.0 - x), 0.5 * (1.0 + x), 1.0};
        double first[5];
        sw_solution_gibbs(&gibbs, first, NULL, NULL, system->magnetite, y);
        if (first[0] - first[1] - 0.5 * (first[2] - first[3]) > 0.0)
            high = x;
        else
            low = x;
    }
    return gibbs;
}

/* Zero where the neighbour is in equilibrium with wustite; rises with v. */
static double excess(const iron_oxygen *system, double v, bool magnetite, double neighbour) {
    double iron, oxygen;
    wustite_at(&iron, &oxygen, system, v);
    return magnetite ? 3.0 * iron + 4.0 * oxygen - neighbour : neighbour - iron;
}

static sw_status solve(double *v, const iron_oxygen *system, bool magnetite, sw_error *error) {
    const double neighbour = magnetite ? magnetite_energy(system) : iron_energy(system);
    double low = 1e-6, high = 0.249;
    if (!(excess(system, low, magnetite, neighbour) < 0.0) ||
        !(excess(system, high, magnetite, neighbour) > 0.0))
        return sw_error_set(error, SW_ERROR_NUMERIC, "wustite", "500 to 1600 K",
                            "wustite has no equilibrium with %s at %g K",
                            magnetite ? "magnetite" : "iron", system->temperature);
    for (int i = 0; i < HALVINGS; i++) {
        const double middle = 0.5 * (low + high);
        if (excess(system, middle, magnetite, neighbour) > 0.0)
            high = middle;
        else
            low = middle;
    }
    *v = 0.5 * (low + high);
    return SW_OK;
}

/* pH2O/pH2 from the chemical potential of oxygen atoms: their activity is that to the O2 of the
 * assessment, and water forms from the O2 of thermo.h, which differs from it by 0.05 kJ per O. */
static sw_status water_ratio(double *ratio, double oxygen, const iron_oxygen *system,
                             sw_error *error) {
    const double T = system->temperature;
    double reference = 0.0, water = 0.0;
    sw_status status = sw_calphad_function(&reference, NULL, system->database, "GHSEROO", T,
                                           SW_STANDARD_PRESSURE, error);
    if (status == SW_OK)
        status = sw_reaction_gibbs(&water, "H2 + 1/2 O2 = H2O", T, error);
    if (status == SW_OK)
        *ratio = exp((oxygen - reference * SW_JOULE_PER_MOLE - water) / (SW_BOLTZMANN * T));
    return status;
}

static sw_status wustite_end(sw_wustite_state *state, double temperature, bool magnetite,
                             sw_error *error) {
    iron_oxygen system;
    double v = 0.0, iron, oxygen;
    sw_status status = open_system(&system, temperature, error);
    if (status == SW_OK)
        status = solve(&v, &system, magnetite, error);
    if (status == SW_OK) {
        wustite_at(&iron, &oxygen, &system, v);
        state->iron_per_oxygen = 1.0 - v;
        status = water_ratio(&state->water_ratio, oxygen, &system, error);
    }
    clear(&system);
    return status;
}

sw_status sw_wustite_with_iron(sw_wustite_state *state, double temperature, sw_error *error) {
    return wustite_end(state, temperature, false, error);
}

sw_status sw_wustite_with_magnetite(sw_wustite_state *state, double temperature, sw_error *error) {
    return wustite_end(state, temperature, true, error);
}

sw_status sw_magnetite_with_iron(double *ratio, double temperature, sw_error *error) {
    iron_oxygen system;
    sw_status status = open_system(&system, temperature, error);
    if (status == SW_OK)
        status = water_ratio(ratio, (magnetite_energy(&system) - 3.0 * iron_energy(&system)) / 4.0,
                             &system, error);
    clear(&system);
    return status;
}
