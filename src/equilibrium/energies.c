/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "equilibrium/problem.h"

#include <math.h>
#include <string.h>

/* Points of each end at which the rest falls by a constant factor: 0.02, ... 1e-16 */
#define END_POINTS 12
#define END_FIRST 0.02
#define END_LAST 1e-16
#define MIDDLE_POINTS (GRID_POINTS - 2 * END_POINTS - 2)

static double end_point(size_t from_end) {
    return END_LAST * pow(END_FIRST / END_LAST, (double)from_end / (END_POINTS - 1));
}

struct composition problem_grid_point(size_t point) {
    const double step = (1.0 - 2.0 * END_FIRST) / (MIDDLE_POINTS + 1);
    if (2 * point > GRID_POINTS - 1) {
        const struct composition mirror = problem_grid_point(GRID_POINTS - 1 - point);
        return (struct composition){mirror.rest, mirror.x};
    }
    double x = 0.0;
    if (point > END_POINTS)
        x = END_FIRST + step * (double)(point - END_POINTS);
    else if (point > 0)
        x = end_point(point - 1);
    return (struct composition){x, 1.0 - x};
}

static bool in_table(const sw_substance *substance, double temperature) {
    double lowest, highest;
    sw_substance_range(substance, &lowest, &highest);
    return temperature >= lowest && temperature <= highest;
}

/* A liquid below its table: supercooled, it does not form. */
static bool is_supercooled(const sw_substance *substance, double temperature) {
    double lowest, highest;
    const char *bracket = strrchr(sw_substance_name(substance), '(');
    sw_substance_range(substance, &lowest, &highest);
    return temperature < lowest && bracket != NULL && strcmp(bracket, "(l)") == 0;
}

/* A substance out of its table gives way to one of the same composition that is in its own. */
static bool gives_way(const sw_system *system, const sw_substance *const *list, size_t count,
                      size_t index, double temperature) {
    if (in_table(list[index], temperature))
        return false;
    if (is_supercooled(list[index], temperature))
        return true;
    for (size_t i = 0; i < count; i++)
        if (i != index && in_table(list[i], temperature) &&
            system_same_composition(system, list[i], list[index]))
            return true;
    return false;
}

bool sw_system_gives_way(const sw_system *system, size_t phase, double temperature) {
    return gives_way(system, system->phase, system->phases, phase, temperature);
}

static sw_status fill(double *gibbs, struct energies *energies, const sw_system *system,
                      const sw_substance *const *list, size_t count, sw_error *error) {
    const double T = energies->temperature;
    for (size_t i = 0; i < count; i++) {
        sw_standard_state state;
        bool outside = false;
        gibbs[i] = NAN;
        if (gives_way(system, list, count, i, T))
            continue;
        const sw_status status =
            energies->allowed_beyond
                ? sw_substance_state_beyond(&state, &outside, list[i], T, error)
                : sw_substance_state(&state, list[i], T, error);
        if (status != SW_OK)
            return status;
        if (outside)
            energies->outside[energies->beyond++] = list[i];
        gibbs[i] = state.gibbs / (SW_BOLTZMANN * T);
    }
    return SW_OK;
}

static sw_status fill_grid(double *grid, const sw_solution_phase *solution, double temperature,
                           sw_error *error) {
    static const char *const hint = "the solution's function returned it";
    for (size_t i = 0; i < GRID_POINTS; i++) {
        double g[3] = {NAN, NAN, NAN};
        const struct composition at = problem_grid_point(i);
        const sw_status status =
            solution->gibbs(g, solution->data, temperature, at.x, at.rest, false, error);
        if (status != SW_OK)
            return status;
        if (!isfinite(g[0]))
            return sw_error_set(error, SW_ERROR_NUMERIC, solution->name, hint,
                                "its Gibbs energy at x = %g is %g", at.x, g[0]);
        grid[i] = g[0] / (SW_BOLTZMANN * temperature);
    }
    return SW_OK;
}

static sw_status replace(struct energies *energies, const sw_system *system, sw_error *error) {
    sw_status status = SW_OK;
    for (size_t i = 0; i < system->phases && status == SW_OK; i++) {
        double gibbs;
        if (system->replaced[i] == NULL)
            continue;
        status =
            system->replaced[i](&gibbs, system->replaced_data[i], energies->temperature, error);
        if (status == SW_OK)
            energies->phase[i] = gibbs / (SW_BOLTZMANN * energies->temperature);
    }
    return status;
}

sw_status energies_update(struct energies *energies, const sw_system *system, double temperature,
                          bool beyond, sw_error *error) {
    if (energies->valid && energies->temperature == temperature &&
        energies->allowed_beyond == beyond)
        return SW_OK;
    energies->valid = false;
    energies->temperature = temperature;
    energies->allowed_beyond = beyond;
    energies->beyond = 0;
    sw_status status = fill(energies->gas, energies, system, system->gas, system->gases, error);
    if (status == SW_OK)
        status = fill(energies->phase, energies, system, system->phase, system->phases, error);
    if (status == SW_OK)
        status = replace(energies, system, error);
    for (size_t i = 0; i < system->solutions && status == SW_OK; i++)
        status = fill_grid(energies->grid[i], &system->solution[i], temperature, error);
    energies->valid = status == SW_OK;
    return status;
}
