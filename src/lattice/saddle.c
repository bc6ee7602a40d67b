/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Saddles of fixed energy above the configuration without the atoms that move. Such a saddle
 * lies over both ends of the move unless repulsion lifts an end above it. Where no surroundings can
 * do that, the end of the move does not enter the rate: only what holds the moving atoms does.
 */
#include "lattice/state.h"

/* The most that one pair term can add to the energy of an atom of `species`, as end `end`. */
static sw_status add_pair(double *most, const sw_lattice *lattice, const sw_pair_term *pair,
                          int end, int basis, int species) {
    double worst = 0.0;
    if (!SW_IN(pair->species[end], species) ||
        !(pair->kinds[end] & sw_geometry_kind_bit(&lattice->geometry, basis)))
        return SW_OK;
    for (size_t f = 0; f < pair->factors || f == 0; f++) {
        double energy = pair->energy * (pair->screening ? pair->factor[f] : 1.0);
        worst = energy > worst ? energy : worst;
    }
    sw_steps shell = {0};
    sw_status status = sw_geometry_shell(&shell, &lattice->geometry, basis, pair->kinds[1 - end],
                                         pair->distance, false);
    for (size_t i = 0; i < shell.count; i++)
        *most += sw_geometry_leaves(&lattice->geometry, shell.list[i]) ? 0.0 : worst;
    sw_steps_clear(&shell);
    return status;
}

/* An upper bound of the energy that an atom brings to its site. */
static sw_status highest_energy(double *most, const sw_lattice *lattice, int basis, int species) {
    const sw_energetics *energetics = &lattice->model->energetics;
    int kind = lattice->geometry.frame->basis[basis].kind;
    sw_status status = SW_OK;
    *most = lattice->energy.site_energy[kind * SW_SPECIES_LIMIT + species];
    for (size_t p = 0; p < energetics->pair_terms && status == SW_OK; p++) {
        const sw_pair_term *pair = &energetics->pair[p];
        bool symmetric = pair->species[0] == pair->species[1] && pair->kinds[0] == pair->kinds[1];
        for (int end = 0; end < (symmetric ? 1 : 2) && status == SW_OK; end++)
            status = add_pair(most, lattice, pair, end, basis, species);
    }
    return status;
}

static sw_status highest_of_slot(double *most, const sw_lattice *lattice, const sw_pattern *pattern,
                                 int slot) {
    bool found = false;
    sw_status status = SW_OK;
    *most = 0.0;
    for (int s = 1; s < (int)lattice->model->species_count && status == SW_OK; s++) {
        double energy;
        if (!SW_IN(pattern->before[slot], s))
            continue;
        status = highest_energy(&energy, lattice, pattern->step[slot].basis, s);
        *most = !found || energy > *most ? energy : *most;
        found = true;
    }
    return status;
}

bool sw_saddle_slot_moves(const sw_pattern *pattern, int slot) {
    return pattern->after_slot[slot] >= 0 || pattern->after_species[slot] >= 0;
}

static double lowest_environment(const sw_process *process) {
    double sum = 0.0;
    for (size_t e = 0; e < process->environments; e++) {
        double lowest = process->environment[e].value[0];
        for (size_t v = 1; v < process->environment[e].values; v++)
            lowest = process->environment[e].value[v] < lowest ? process->environment[e].value[v]
                                                               : lowest;
        sum += lowest;
    }
    return sum;
}

/* Terms whose bound is not worked out here: figures, valences, energies of empty sites. */
static bool bounded(const sw_energetics *energetics) {
    if (energetics->cluster_terms || energetics->valence_terms)
        return false;
    for (size_t t = 0; t < energetics->site_terms; t++)
        if (SW_IN(energetics->site[t].species, SW_EMPTY))
            return false;
    for (size_t p = 0; p < energetics->pair_terms; p++)
        if (SW_IN(energetics->pair[p].species[0] | energetics->pair[p].species[1], SW_EMPTY))
            return false;
    return true;
}

static sw_status pattern_clear(bool *clear, const sw_lattice *lattice, const sw_pattern *pattern) {
    const sw_process *process = &lattice->model->process[pattern->process];
    double room = process->barrier + lowest_environment(process);
    sw_status status = SW_OK;
    for (int k = 0; k < pattern->slots && status == SW_OK; k++) {
        double most = 0.0;
        if (sw_saddle_slot_moves(pattern, k))
            status = highest_of_slot(&most, lattice, pattern, k);
        room -= most;
    }
    *clear = *clear && room >= 0.0;
    return status;
}

sw_status sw_saddles_find_clear(sw_lattice *lattice, sw_error *error) {
    const sw_lattice_model *model = lattice->model;
    sw_status status = SW_OK;
    for (size_t p = 0; p < model->processes; p++)
        lattice->clear_saddle[p] = model->process[p].kinetics == SW_KINETICS_SADDLE &&
                                   model->process[p].gas_changes == 0 &&
                                   bounded(&model->energetics);
    for (size_t i = 0; i < lattice->patterns.count && status == SW_OK; i++) {
        const sw_pattern *pattern = &lattice->patterns.list[i];
        bool *clear = &lattice->clear_saddle[pattern->process];
        /* an irreversible process still must not end above its saddle: both ends are looked at */
        sw_pattern turned = *pattern;
        for (int k = 0; k < pattern->slots; k++)
            turned.before[k] = sw_pattern_after_set(pattern, (size_t)k);
        if (*clear)
            status = pattern_clear(clear, lattice, pattern);
        if (*clear && status == SW_OK)
            status = pattern_clear(clear, lattice, &turned);
    }
    if (status == SW_OK)
        return SW_OK;
    return sw_error_set(error, status, "processes", "use fewer processes or terms",
                        "not enough memory for the saddles");
}
