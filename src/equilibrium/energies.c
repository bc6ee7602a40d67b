/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "equilibrium/problem.h"

#include <math.h>
#include <string.h>

#define KINK_NEAREST 1e-4 /* sample beside a kink */
#define KINK_RATIO 1.75   /* of the distances of two beside each other */

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
            sw_system_same_composition(system, list[i], list[index]))
            return true;
    return false;
}

bool sw_system_gives_way(const sw_system *system, size_t phase, double temperature) {
    return gives_way(system, system->phase, system->phases, phase, temperature);
}

static sw_status fill(double *gibbs, struct sw_equilibrium_energies *energies,
                      const sw_system *system, const sw_substance *const *list, size_t count,
                      sw_error *error) {
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

static sw_status sample(double *samples, const sw_solution_phase *solution,
                        const struct sw_equilibrium_grid *grid, double temperature,
                        sw_error *error) {
    static const char *const hint = "the solution's function returned it";
    for (size_t i = 0; i < grid->points; i++) {
        double gibbs = NAN;
        const double *part = grid->at[i].part;
        const sw_status status =
            solution->gibbs(&gibbs, NULL, NULL, solution->data, temperature, part, error);
        if (status != SW_OK)
            return status;
        if (!isfinite(gibbs))
            return sw_error_set(error, SW_ERROR_NUMERIC, solution->name, hint,
                                "its Gibbs energy with %g of its second end is %g", part[1], gibbs);
        samples[i] = gibbs / (SW_BOLTZMANN * temperature);
    }
    return SW_OK;
}

/* From KINK_SIDE below the kink to as many above it. */
static void place_kink(struct sw_equilibrium_kink *kink, double at) {
    double distance = KINK_NEAREST;
    for (size_t i = 0; i <= KINK_SIDE; i++) {
        const double away = i == 0 ? 0.0 : distance;
        for (int side = -1; side <= 1; side += 2) {
            const double second = fmax(0.0, fmin(1.0, at + side * away));
            kink->at[side < 0 ? KINK_SIDE - i : KINK_SIDE + i] =
                (struct sw_equilibrium_composition){{1.0 - second, second}};
        }
        distance *= i == 0 ? 1.0 : KINK_RATIO;
    }
}

static sw_status sample_kinks(struct sw_equilibrium_energies *energies,
                              const sw_solution_phase *solution, size_t index, sw_error *error) {
    double at[SW_SOLUTION_KINKS];
    const double T = energies->temperature;
    sw_status status = SW_OK;
    energies->kinks[index] = solution->kinks != NULL ? solution->kinks(at, solution->data, T) : 0;
    for (size_t k = 0; k < energies->kinks[index] && status == SW_OK; k++) {
        struct sw_equilibrium_kink *kink = &energies->kink[index][k];
        place_kink(kink, at[k]);
        for (size_t i = 0; i < KINK_POINTS && status == SW_OK; i++) {
            status = solution->gibbs(&kink->sample[i], NULL, NULL, solution->data, T,
                                     kink->at[i].part, error);
            kink->sample[i] /= SW_BOLTZMANN * T;
        }
    }
    return status;
}

static sw_status replace(struct sw_equilibrium_energies *energies, const sw_system *system,
                         sw_error *error) {
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

sw_status sw_equilibrium_energies_update(struct sw_equilibrium_energies *energies,
                                         const sw_system *system, double temperature, bool beyond,
                                         sw_error *error) {
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
    for (size_t i = 0; i < system->solutions && status == SW_OK; i++) {
        status = sample(energies->sample[i], &system->solution[i],
                        &energies->grids[system->solution[i].ends - 2], temperature, error);
        if (status == SW_OK)
            status = sample_kinks(energies, &system->solution[i], i, error);
    }
    energies->valid = status == SW_OK;
    return status;
}
