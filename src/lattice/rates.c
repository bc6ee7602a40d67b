/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rates from the energetics. With dG = E(after) - E(before) + sum of gas changes x mu0(T, 1 bar):
 *
 *   forward   A exp(-Ea/kT),   Ea = max(barrier + environment + transfer dG, dG, 0)
 *   reverse   A exp(-(Ea - dG)/kT)
 *
 * both times the activities of the gases they use, which makes every pair obey detailed balance.
 * With a saddle, Ea = max(saddle + environment + E(without the moving atoms) - E(before), dG, 0).
 */
#include "lattice/portable_math.h"
#include "lattice/state.h"

#include <math.h>

static sw_status gas_gibbs(double *gibbs, const sw_lattice *lattice, const sw_process *process,
                           double temperature, sw_error *error) {
    *gibbs = 0.0;
    for (size_t g = 0; g < process->gas_changes; g++) {
        const char *name = lattice->model->gas.list[process->gas_change[g].gas].name;
        const sw_substance *gas = sw_substance_find(name);
        sw_standard_state state;
        if (!gas)
            return sw_error_set(error, SW_ERROR_NOT_FOUND, "gas.species",
                                "see `spillway list species`", "no thermodynamic data for '%s'",
                                name);
        sw_status status = sw_substance_state(&state, gas, temperature, error);
        if (status != SW_OK)
            return status;
        *gibbs += process->gas_change[g].change * state.gibbs;
    }
    return SW_OK;
}

/* Collisions of its gas with the area of a collision process, at 1 bar. */
static double collision_prefactor(const sw_lattice *lattice, const sw_process *process,
                                  double temperature) {
    const sw_substance *gas =
        sw_substance_find(lattice->model->gas.list[process->collision_gas].name);
    if (!gas)
        return 0.0;
    return process->sticking *
           sw_collision_rate(gas, temperature, SW_STANDARD_PRESSURE, process->area);
}

sw_status sw_rates_set_temperature(sw_lattice *lattice, double temperature, sw_error *error) {
    if (!(temperature > 0.0))
        return sw_error_set(error, SW_ERROR_ARGUMENT, "temperature", "give a temperature above 0 K",
                            "temperature is %g K", temperature);
    lattice->temperature = temperature;
    lattice->thermal = SW_BOLTZMANN * temperature;
    for (size_t p = 0; p < lattice->model->processes; p++) {
        const sw_process *process = &lattice->model->process[p];
        sw_process_rates *rates = &lattice->rates[p];
        sw_status status = gas_gibbs(&rates->gas_gibbs, lattice, process, temperature, error);
        if (status != SW_OK)
            return status;
        double scale = process->scale > 0.0 ? process->scale : 1.0;
        rates->prefactor = scale * (process->kinetics == SW_KINETICS_COLLISION
                                        ? collision_prefactor(lattice, process, temperature)
                                        : process->prefactor);
        rates->reverse_rate = scale * process->reverse_prefactor *
                              sw_exp(-process->reverse_barrier / lattice->thermal);
        bool from_balance =
            process->reversible && !process->has_reverse_rate && !lattice->patterns.own_reverse[p];
        rates->needs_removal = process->kinetics == SW_KINETICS_SADDLE;
        rates->needs_energy =
            (process->kinetics != SW_KINETICS_RATE || from_balance) && !lattice->clear_saddle[p];
    }
    sw_energy_set_temperature(&lattice->energy, temperature);
    sw_supply_set_temperature(lattice);
    return SW_OK;
}

/* A change of the anchor that is in place while its channels are evaluated. */
typedef struct sw_held {
    int own; /* what the anchor really holds */
    bool applied;
    int after;     /* what it is made to hold */
    double change; /* eV */
} sw_held;

/* ---- matching -------------------------------------------------------------------------------- */

static int count_neighbours(const sw_lattice *lattice, uint32_t site, const sw_counter *counter,
                            const int forward[SW_SLOT_LIMIT]) {
    const sw_step *step = lattice->patterns.pool.list + counter->first;
    int count = 0;
    for (uint32_t i = 0; i < counter->count; i++)
        count +=
            (int)SW_IN(counter->species,
                       lattice->species[sw_geometry_follow(&lattice->geometry, site, step[i])]);
    for (int k = 0; k < SW_SLOT_LIMIT; k++)
        if (SW_IN(counter->inside, k))
            /* NOLINTNEXTLINE(clang-analyzer-core.*): slots inside are the pattern's, all set */
            count += (int)SW_IN(counter->species, forward[k]);
    return count;
}

/* Finds the sites and what they hold before and after; false where the pattern does not match. */
static bool match_sites(const sw_lattice *lattice, uint32_t site, const sw_pattern *pattern,
                        const sw_held *held, sw_channel *channel, int now[SW_SLOT_LIMIT]) {
    for (int k = 0; k < pattern->slots; k++) {
        uint32_t at =
            k == 0 ? site : sw_geometry_follow(&lattice->geometry, site, pattern->step[k]);
        now[k] = k == 0 ? held->own : lattice->species[at];
        if (!SW_IN(pattern->before[k], now[k]) || (pattern->open[k] && !lattice->open[at]))
            return false;
        for (int j = 0; j < k; j++)
            if (channel->sites[j] == at)
                return false;
        channel->sites[k] = at;
    }
    for (int k = 0; k < pattern->slots; k++) {
        channel->after[k] = now[k];
        if (pattern->after_slot[k] >= 0)
            channel->after[k] = now[pattern->after_slot[k]];
        else if (pattern->after_species[k] >= 0)
            channel->after[k] = (uint8_t)pattern->after_species[k];
    }
    channel->slots = pattern->slots;
    return true;
}

/* What a condition counts, as things are before the process runs forward. */
static int count_condition(const sw_lattice *lattice, uint32_t site, const sw_pattern *pattern,
                           int condition, const int forward[SW_SLOT_LIMIT]) {
    return count_neighbours(lattice, site, &pattern->condition[condition], forward);
}

/* What an environment counts at an end of the move: the moving atoms are left out. */
static int count_environment(const sw_lattice *lattice, uint32_t site, const sw_pattern *pattern,
                             int environment, int end) {
    static const int none[SW_SLOT_LIMIT] = {0};
    return count_neighbours(lattice, site, &pattern->environment[environment][end], none);
}

static bool condition_allows(const sw_pattern *pattern, int condition, int count) {
    return count >= pattern->least[condition] && count <= pattern->most[condition];
}

static bool conditions_hold(const sw_lattice *lattice, uint32_t site, const sw_pattern *pattern,
                            const int forward[SW_SLOT_LIMIT]) {
    for (int c = 0; c < pattern->conditions; c++)
        if (!condition_allows(pattern, c, count_condition(lattice, site, pattern, c, forward)))
            return false;
    return true;
}

/* ---- rate ------------------------------------------------------------------------------------ */

static double environment_value(const sw_barrier_environment *rule, const int count[2]) {
    double larger = -1e300;
    for (int end = 0; end < 2; end++) {
        int last = (int)rule->values - 1;
        double value = rule->value[count[end] < last ? count[end] : last];
        larger = value > larger ? value : larger;
    }
    return larger;
}

static double environment_barrier(const sw_lattice *lattice, uint32_t site,
                                  const sw_pattern *pattern) {
    const sw_process *process = &lattice->model->process[pattern->process];
    double added = 0.0;
    for (int e = 0; e < pattern->environments; e++) {
        const int count[2] = {count_environment(lattice, site, pattern, e, 0),
                              count_environment(lattice, site, pattern, e, 1)};
        added += environment_value(&process->environment[e], count);
    }
    return added;
}

static void release(sw_lattice *lattice, uint32_t site, sw_held *held) {
    if (held->applied)
        sw_energy_apply(&lattice->energy, lattice->species, site, held->own);
    held->applied = false;
}

/* The anchor's change is left in place for the next channel, which often begins with the same. */
static double energy_change(sw_lattice *lattice, const sw_channel *channel, sw_held *held) {
    int before[SW_SLOT_LIMIT];
    uint32_t anchor = (uint32_t)channel->anchor;
    if (held->applied && held->after != channel->after[0])
        release(lattice, anchor, held);
    if (!held->applied) {
        held->change =
            /* NOLINTNEXTLINE(clang-analyzer-core.*): a pattern has a slot, so after[0] is set */
            sw_energy_apply(&lattice->energy, lattice->species, anchor, channel->after[0]);
        held->after = channel->after[0];
        held->applied = true;
    }
    double change = held->change;
    for (size_t k = 1; k < channel->slots; k++) {
        uint32_t at = (uint32_t)channel->sites[k];
        before[k] = lattice->species[at];
        change += sw_energy_apply(&lattice->energy, lattice->species, at, channel->after[k]);
    }
    for (size_t k = channel->slots; k-- > 1;)
        sw_energy_apply(&lattice->energy, lattice->species, (uint32_t)channel->sites[k], before[k]);
    return change;
}

/* Energy of the state without the moving atoms, above the present one. */
static double removal_energy(sw_lattice *lattice, const sw_channel *channel, sw_held *held,
                             const int now[SW_SLOT_LIMIT]) {
    sw_channel removal = *channel;
    for (size_t k = 0; k < channel->slots; k++)
        removal.after[k] = channel->after[k] != now[k] ? SW_EMPTY : now[k];
    return energy_change(lattice, &removal, held);
}

static double larger_of(double a, double b) {
    return a > b ? a : b;
}

/* lattice_change and removal are those of this pattern; barrier and gibbs below are forward. */
static double rate_of(const sw_lattice *lattice, const sw_pattern *pattern, double lattice_change,
                      double removal, double environment) {
    const sw_process *process = &lattice->model->process[pattern->process];
    const sw_process_rates *rates = &lattice->rates[pattern->process];
    double sign = pattern->reverse ? -1.0 : 1.0;
    double gibbs = sign * lattice_change + rates->gas_gibbs;
    double barrier = process->barrier + environment;
    if (lattice->clear_saddle[pattern->process])
        return rates->prefactor * sw_exp(-(barrier + removal) / lattice->thermal);
    if (process->kinetics == SW_KINETICS_SADDLE) {
        double from_forward = removal - (pattern->reverse ? lattice_change : 0.0);
        barrier = larger_of(larger_of(barrier + from_forward, gibbs), 0.0);
    } else if (process->kinetics == SW_KINETICS_RATE) {
        if (pattern->reverse && process->has_reverse_rate)
            return rates->reverse_rate;
    } else {
        double transfer = process->kinetics == SW_KINETICS_BARRIER ? process->transfer : 0.0;
        barrier = larger_of(larger_of(barrier + transfer * gibbs, gibbs), 0.0);
    }
    if (pattern->reverse)
        barrier -= gibbs;
    return rates->prefactor * sw_exp(-barrier / lattice->thermal);
}

static double channel_rate(sw_lattice *lattice, uint32_t site, const sw_pattern *pattern,
                           sw_held *held, sw_channel *channel) {
    int now[SW_SLOT_LIMIT];
    if (!match_sites(lattice, site, pattern, held, channel, now))
        return 0.0;
    if (!conditions_hold(lattice, site, pattern, pattern->reverse ? channel->after : now))
        return 0.0;
    channel->process = pattern->process;
    channel->reverse = pattern->reverse;
    channel->anchor = site;
    channel->energy_change = 0.0;
    double environment = environment_barrier(lattice, site, pattern);
    if (lattice->rates[pattern->process].needs_energy)
        channel->energy_change = energy_change(lattice, channel, held);
    double removal = lattice->rates[pattern->process].needs_removal
                         ? removal_energy(lattice, channel, held, now)
                         : 0.0;
    return rate_of(lattice, pattern, channel->energy_change, removal, environment);
}

double sw_rates_channel(sw_lattice *lattice, uint32_t site, const sw_pattern *pattern,
                        sw_channel *channel) {
    sw_held held = {.own = lattice->species[site]};
    double rate = channel_rate(lattice, site, pattern, &held, channel);
    release(lattice, site, &held);
    return rate;
}

void sw_rates_count(sw_local_counts *counts, const sw_lattice *lattice, uint32_t site,
                    const sw_pattern *pattern, const int forward[SW_SLOT_LIMIT]) {
    *counts = (sw_local_counts){.condition = {0}};
    for (int c = 0; c < pattern->conditions; c++)
        counts->condition[c] = count_condition(lattice, site, pattern, c, forward);
    for (int e = 0; e < pattern->environments; e++)
        for (int end = 0; end < 2; end++)
            counts->environment[e][end] = count_environment(lattice, site, pattern, e, end);
}

double sw_rates_counted(const sw_lattice *lattice, const sw_pattern *pattern,
                        const sw_local_counts *counts, double change, double removal) {
    const sw_process *process = &lattice->model->process[pattern->process];
    double environment = 0.0;
    for (int c = 0; c < pattern->conditions; c++)
        if (!condition_allows(pattern, c, counts->condition[c]))
            return 0.0;
    for (int e = 0; e < pattern->environments; e++)
        environment += environment_value(&process->environment[e], counts->environment[e]);
    return rate_of(lattice, pattern, change, removal, environment);
}

bool sw_rates_pick(sw_lattice *lattice, uint32_t site, size_t class, double point,
                   sw_channel *chosen) {
    int basis = lattice->geometry.basis[site];
    sw_held held = {.own = lattice->species[site]};
    sw_channel channel;
    double sum = 0.0;
    bool found = false;
    for (size_t p = lattice->patterns.first[basis];
         p < lattice->patterns.first[basis + 1] && !(found && sum > point); p++) {
        const sw_pattern *pattern = &lattice->patterns.list[p];
        if (pattern->class != class || !SW_IN(pattern->before[0], held.own))
            continue;
        double rate = channel_rate(lattice, site, pattern, &held, &channel);
        if (rate <= 0.0)
            continue;
        *chosen = channel;
        chosen->rate = rate;
        sum += rate;
        found = true;
    }
    release(lattice, site, &held);
    return found;
}

void sw_rates_totals(sw_lattice *lattice, uint32_t site, double *totals) {
    int basis = lattice->geometry.basis[site];
    sw_held held = {.own = lattice->species[site]};
    sw_channel channel;
    for (size_t c = 0; c < lattice->classes; c++)
        totals[c] = 0.0;
    for (size_t p = lattice->patterns.first[basis]; p < lattice->patterns.first[basis + 1]; p++) {
        const sw_pattern *pattern = &lattice->patterns.list[p];
        if (SW_IN(pattern->before[0], held.own))
            totals[pattern->class] += channel_rate(lattice, site, pattern, &held, &channel);
    }
    release(lattice, site, &held);
}
