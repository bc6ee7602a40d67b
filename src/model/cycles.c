/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Detailed balance of stated rates. Each process with a stated reverse gives a vector of species
 * changes (by species and kind, and gas) and ln(kf/kr). Around every closed cycle, a combination of
 * processes whose changes cancel, the same combination of ln(kf/kr) must cancel (Wegscheider,
 * Monatsh. Chem. 32 (1911) 849). The vectors are reduced one by one against those before; a vector
 * that vanishes closes a cycle, and what is left of its logarithm is the mismatch.
 */
#include "model/sections.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define KIND_COLUMNS ((size_t)SW_SPECIES_LIMIT * SW_KIND_LIMIT)
#define COLUMNS (KIND_COLUMNS + SW_GAS_LIMIT)
#define LARGEST_MISMATCH 1e-3 /* in ln(kf/kr): stated rates have a few digits */

typedef struct cycle_row {
    const sw_process *process;
    double change[COLUMNS];
    double logarithm; /* ln(kf/kr) */
    double *share;    /* of each process in this row */
    int pivot;
} cycle_row;

/* Species that a slot is sure to hold; -1 where it may hold several. */
static int single(uint32_t mask) {
    return mask != 0 && (mask & (mask - 1)) == 0 ? __builtin_ctz(mask) : -1;
}

/* False where a changing slot may hold several species or kinds: such a process is a family. */
static bool fill_changes(cycle_row *row, const sw_process *process) {
    for (size_t i = 0; i < process->slots; i++) {
        const sw_slot *slot = &process->slot[i];
        if (slot->after_slot < 0 && slot->after_species < 0)
            continue;
        int kind = single(slot->kinds), before = single(slot->before);
        int after = slot->after_slot >= 0 ? single(process->slot[slot->after_slot].before)
                                          : slot->after_species;
        if (kind < 0 || before < 0 || after < 0)
            return false;
        row->change[before * SW_KIND_LIMIT + kind] -= 1;
        row->change[after * SW_KIND_LIMIT + kind] += 1;
    }
    for (size_t i = 0; i < process->gas_changes; i++)
        row->change[KIND_COLUMNS + (size_t)process->gas_change[i].gas] +=
            process->gas_change[i].change;
    return true;
}

static void subtract(cycle_row *row, const cycle_row *base, size_t processes) {
    double factor = row->change[base->pivot] / base->change[base->pivot];
    if (factor == 0)
        return;
    for (size_t i = 0; i < COLUMNS; i++)
        row->change[i] -= factor * base->change[i];
    row->change[base->pivot] = 0;
    row->logarithm -= factor * base->logarithm;
    for (size_t i = 0; i < processes; i++)
        row->share[i] -= factor * base->share[i];
}

/* The column of the largest entry, or -1 where the row has vanished. */
static int find_pivot(const cycle_row *row) {
    int pivot = -1;
    double largest = 1e-9;
    for (size_t i = 0; i < COLUMNS; i++)
        if (fabs(row->change[i]) > largest) {
            largest = fabs(row->change[i]);
            pivot = (int)i;
        }
    return pivot;
}

static bool fail_cycle(sw_reading *reading, const cycle_row *worst, const sw_process *processes,
                       size_t count) {
    char names[200] = "";
    size_t length = 0;
    for (size_t i = 0; i < count && length < sizeof names; i++)
        if (&processes[i] != worst->process && fabs(worst->share[i]) > 1e-9)
            length += (size_t)snprintf(names + length, sizeof names - length, "%s%.48s",
                                       length ? ", " : "", processes[i].name);
    const sw_node *node =
        sw_node_find(sw_node_find(reading->root, "processes"), worst->process->name);
    double mismatch = worst->logarithm;
    return sw_fail_key(reading, node,
                       "change one of the rates by this factor, or say 'irreversible: true'",
                       "the rates of '%s' break detailed balance%s%s: at %g K forward / reverse is "
                       "too %s by a factor of %.4g",
                       worst->process->name, length ? " around the cycle with " : "", names,
                       reading->lattice->run.temperature, mismatch > 0 ? "large" : "small",
                       exp(fmin(fabs(mismatch), 700)));
}

/* A process under conditions, or beside slots that it only tests, has its own energies: nothing can
 * be concluded from counts of species. */
static bool takes_part(const sw_process *process) {
    if (process->kinetics != SW_KINETICS_RATE || !process->has_reverse_rate ||
        process->conditions > 0)
        return false;
    for (size_t i = 0; i < process->slots; i++)
        if (process->slot[i].after_slot < 0 && process->slot[i].after_species < 0)
            return false;
    return true;
}

bool sw_check_cycles(sw_reading *reading) {
    const sw_lattice_model *lattice = reading->lattice;
    const sw_energetics *energetics = &lattice->energetics;
    size_t count = lattice->processes, rows = 0;
    if (energetics->site_terms || energetics->pair_terms || energetics->cluster_terms ||
        energetics->valence_terms)
        return true;
    double thermal = SW_BOLTZMANN * lattice->run.temperature;
    cycle_row worst = {.logarithm = 0};
    cycle_row **basis = sw_take(reading, count, sizeof *basis);
    for (size_t i = 0; basis && i < count; i++) {
        const sw_process *process = &lattice->process[i];
        if (!takes_part(process))
            continue;
        cycle_row *row = sw_take(reading, 1, sizeof *row);
        if (!row || !(row->share = sw_take(reading, count, sizeof *row->share)))
            return false;
        row->process = process;
        row->share[i] = 1;
        row->logarithm = log(process->prefactor / process->reverse_prefactor) -
                         (process->barrier - process->reverse_barrier) / thermal;
        if (!fill_changes(row, process))
            continue;
        for (size_t j = 0; j < rows; j++)
            subtract(row, basis[j], count);
        row->pivot = find_pivot(row);
        if (row->pivot >= 0)
            basis[rows++] = row;
        else if (fabs(row->logarithm) > fmax(LARGEST_MISMATCH, fabs(worst.logarithm)))
            worst = *row;
    }
    if (!basis)
        return false;
    return worst.process ? fail_cycle(reading, &worst, lattice->process, count) : true;
}
