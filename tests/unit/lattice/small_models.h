/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small lattice models, written as plain structures, for the tests of the engine. */
#ifndef SPILLWAY_TESTS_SMALL_MODELS_H
#define SPILLWAY_TESTS_SMALL_MODELS_H

#include "model_terms.h"

#include <spillway/lattice.h>

#include <string.h>

#define ALL_KINDS 1u
#define EMPTY_SET 1u
#define A_SET 2u
#define B_SET 4u

/* One kind of site on a simple cubic frame; species A (1) and B (2). */
typedef struct small_model {
    sw_lattice_model model;
    sw_basis_site basis[1];
    const char *kinds[1];
    sw_species species[3];
    sw_pair_term pair[4];
    sw_cluster_term cluster[2];
    sw_process process[6];
    sw_crystal_site crystal_site[1];
    sw_fill fill[2];
    sw_gas_species gas[2];
} small_model;

static inline void small_model_init(small_model *m, int x, int y, int z, bool periodic,
                                    double temperature) {
    memset(m, 0, sizeof *m);
    sw_lattice_model *model = &m->model;
    m->kinds[0] = "site";
    m->species[0] = (sw_species){.name = "empty", .kinds = ALL_KINDS};
    m->species[1] = (sw_species){.name = "A", .element = 26, .kinds = ALL_KINDS};
    m->species[2] = (sw_species){.name = "B", .element = 28, .kinds = ALL_KINDS};
    for (int i = 0; i < 3; i++)
        model->frame.cell[i][i] = 2.0;
    model->frame.lattice_constant = 2.0;
    model->frame.kinds = 1;
    model->frame.kind_names = m->kinds;
    model->frame.basis_sites = 1;
    model->frame.basis = m->basis;
    int size[3] = {x, y, z};
    for (int i = 0; i < 3; i++) {
        model->frame.size[i] = size[i];
        model->frame.periodic[i] = periodic && size[i] > 1;
    }
    model->species_count = 3;
    model->species = m->species;
    model->energetics.pair = m->pair;
    model->energetics.cluster = m->cluster;
    model->process = m->process;
    model->gas.list = m->gas;
    model->structure.fill = m->fill;
    model->observe.metal = model->observe.oxide = -1;
    model->observe.product_gas = model->observe.oxidant_gas = -1;
    model->run.temperature = temperature;
}

static inline void small_model_pair(small_model *m, sw_species_set a, sw_species_set b,
                                    double distance, double energy) {
    m->pair[m->model.energetics.pair_terms++] =
        pair_term(a, ALL_KINDS, b, ALL_KINDS, distance, energy);
}

static inline sw_process *small_model_process(small_model *m, const char *name, size_t slots,
                                              sw_kinetics_kind kinetics, double prefactor,
                                              double barrier) {
    sw_process *process = &m->process[m->model.processes++];
    *process = process_in_a_row(name, slots, ALL_KINDS, 2.0, kinetics, prefactor, barrier);
    return process;
}

static inline void small_model_hop(small_model *m, sw_species_set species, double barrier) {
    move_to_second_slot(small_model_process(m, "hop", 2, SW_KINETICS_BARRIER, 1e13, barrier),
                        species);
}

static inline sw_process *small_model_adsorption(small_model *m, int species, double rate,
                                                 double reverse_rate) {
    sw_process *process = small_model_process(m, "adsorption", 1, SW_KINETICS_RATE, rate, 0.0);
    process->slot[0].after_species = species;
    process->reversible = true;
    process->has_reverse_rate = reverse_rate > 0.0;
    process->reverse_prefactor = reverse_rate;
    return process;
}

static inline void small_model_fill(small_model *m, double a, double b) {
    sw_fill *fill = &m->fill[m->model.structure.fills++];
    *fill = (sw_fill){.crystal = -1, .kinds = ALL_KINDS};
    fill->fraction[1] = a;
    fill->fraction[2] = b;
}

#endif
