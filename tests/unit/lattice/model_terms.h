/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Terms of a lattice model with the defaults that the tests share: a pair, a process whose slots
 * follow each other at one distance, a hop. */
#ifndef SPILLWAY_TESTS_MODEL_TERMS_H
#define SPILLWAY_TESTS_MODEL_TERMS_H

#include <spillway/model.h>

/* A pair at a distance (A) with an energy (eV). */
static inline sw_pair_term pair_term(sw_species_set a, sw_kind_set kinds_a, sw_species_set b,
                                     sw_kind_set kinds_b, double distance, double energy) {
    return (sw_pair_term){
        .species = {a, b}, .kinds = {kinds_a, kinds_b}, .distance = distance, .energy = energy};
}

/* A process (prefactor in 1/s, barrier in eV) whose slots are sites of the same kinds, each a
 * distance (A) from the one before; all are empty before and nothing changes yet. */
static inline sw_process process_in_a_row(const char *name, size_t slots, sw_kind_set kinds,
                                          double distance, sw_kinetics_kind kinetics,
                                          double prefactor, double barrier) {
    sw_process process = {.name = name,
                          .mechanism = "",
                          .help = "",
                          .slots = slots,
                          .kinetics = kinetics,
                          .prefactor = prefactor,
                          .barrier = barrier,
                          .transfer = 0.5};
    for (size_t i = 0; i < slots; i++)
        process.slot[i] = (sw_slot){.name = "s",
                                    .kinds = kinds,
                                    .relative_to = (int)i - 1,
                                    .distance = distance,
                                    .before = 1u << SW_EMPTY,
                                    .after_slot = -1,
                                    .after_species = -1};
    return process;
}

/* What sits on the first slot goes to the second. */
static inline void move_to_second_slot(sw_process *process, sw_species_set species) {
    process->slot[0].before = species;
    process->slot[0].after_species = SW_EMPTY;
    process->slot[1].after_slot = 0;
}

#endif
