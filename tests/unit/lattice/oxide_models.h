/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A rock-salt frame with cation, oxygen and tetrahedral sites, for tests of the many-body energy
 * terms, the gas and the supply. Lattice constant 4 A: like sites 2.828 A apart, bonds 2 A. */
#ifndef SPILLWAY_TESTS_OXIDE_MODELS_H
#define SPILLWAY_TESTS_OXIDE_MODELS_H

#include "model_terms.h"

#include <spillway/lattice.h>

#include <string.h>

enum { CATION, OXYGEN, TETRAHEDRAL };
enum { EMPTY, FE, NI, OX };
#define NEIGHBOUR 2.8284271
#define BOND 2.0
#define SHORT_BOND 1.7320508
#define KIND(k) (1u << (k))
#define ONLY(s) (1u << (s))
#define METALS (ONLY(FE) | ONLY(NI))

typedef struct oxide_model {
    sw_lattice_model model;
    sw_basis_site basis[16];
    const char *kinds[3];
    sw_species species[4];
    sw_site_term site[2];
    sw_pair_term pair[6];
    sw_cluster_term cluster[2];
    sw_valence_term valence[2];
    sw_valence_ligand ligand[2];
    double w[4], energy[4], entropy[4], heat_capacity[4];
    sw_process process[6];
    sw_gas_species gas[3];
    sw_fill fill[4];
    sw_leg leg[4];
} oxide_model;

static inline void oxide_model_sites(oxide_model *m) {
    static const double f[4][3] = {{0, 0, 0}, {0, 0.5, 0.5}, {0.5, 0, 0.5}, {0.5, 0.5, 0}};
    for (int i = 0; i < 4; i++) {
        m->basis[i].kind = CATION;
        m->basis[4 + i].kind = OXYGEN;
        m->basis[8 + i].kind = m->basis[12 + i].kind = TETRAHEDRAL;
        for (int d = 0; d < 3; d++) {
            m->basis[i].position[d] = f[i][d];
            m->basis[4 + i].position[d] = f[i][d] > 0.0 ? 0.0 : 0.5;
            m->basis[8 + i].position[d] = f[i][d] > 0.0 ? 0.75 : 0.25;
            m->basis[12 + i].position[d] = f[i][d] > 0.0 ? 0.25 : 0.75;
        }
    }
}

static inline void oxide_model_init(oxide_model *m, int x, int y, int z, const bool periodic[3],
                                    double temperature) {
    memset(m, 0, sizeof *m);
    sw_lattice_model *model = &m->model;
    oxide_model_sites(m);
    m->kinds[0] = "cation";
    m->kinds[1] = "oxygen";
    m->kinds[2] = "tetrahedral";
    sw_kind_set cations = KIND(CATION) | KIND(TETRAHEDRAL);
    m->species[EMPTY] = (sw_species){.name = "empty", .kinds = 7};
    m->species[FE] = (sw_species){.name = "Fe", .element = 26, .kinds = cations};
    m->species[NI] = (sw_species){.name = "Ni", .element = 28, .kinds = cations};
    m->species[OX] = (sw_species){.name = "O", .element = 8, .kinds = KIND(OXYGEN)};
    const int size[3] = {x, y, z};
    for (int d = 0; d < 3; d++) {
        model->frame.cell[d][d] = 4.0;
        model->frame.size[d] = size[d];
        model->frame.periodic[d] = periodic[d];
    }
    model->frame.lattice_constant = 4.0;
    model->frame.kinds = 3;
    model->frame.kind_names = m->kinds;
    model->frame.basis_sites = 16;
    model->frame.basis = m->basis;
    model->species_count = 4;
    model->species = m->species;
    model->energetics.site = m->site;
    model->energetics.pair = m->pair;
    model->energetics.cluster = m->cluster;
    model->energetics.valence = m->valence;
    model->process = m->process;
    model->gas.list = m->gas;
    model->structure.fill = m->fill;
    model->leg = m->leg;
    model->observe.metal = model->observe.oxide = -1;
    model->observe.product_gas = model->observe.oxidant_gas = -1;
    model->run.temperature = temperature;
}

static inline void oxide_model_pair(oxide_model *m, sw_species_set a, int kind_a, sw_species_set b,
                                    int kind_b, double distance, double energy) {
    m->pair[m->model.energetics.pair_terms++] =
        pair_term(a, KIND(kind_a), b, KIND(kind_b), distance, energy);
}

/* The last pair is weakened by oxygen that bridges it: full, a quarter, turned round. */
static inline void oxide_model_screen(oxide_model *m) {
    sw_pair_term *pair = &m->pair[m->model.energetics.pair_terms - 1];
    pair->screening = ONLY(OX);
    pair->screening_distance = BOND;
    pair->factors = 3;
    pair->factor[0] = 1.0;
    pair->factor[1] = 0.25;
    pair->factor[2] = -0.1;
}

static inline void oxide_model_valence(oxide_model *m, int shared_by_at_least,
                                       int tetrahedral_shared_by_at_least) {
    static const double w[4] = {0.0, 0.3, 0.75, 2.0}, energy[4] = {0.0, 2.5, 4.9, 5.1},
                        entropy[4] = {0.0, 0.0, 3e-4, 4e-4},
                        heat_capacity[4] = {0.0, 1e-4, -2e-4, 3e-4};
    memcpy(m->w, w, sizeof w);
    memcpy(m->energy, energy, sizeof energy);
    memcpy(m->entropy, entropy, sizeof entropy);
    memcpy(m->heat_capacity, heat_capacity, sizeof heat_capacity);
    m->ligand[0] = (sw_valence_ligand){CATION, BOND, shared_by_at_least};
    m->ligand[1] = (sw_valence_ligand){TETRAHEDRAL, SHORT_BOND, tetrahedral_shared_by_at_least};
    m->valence[m->model.energetics.valence_terms++] =
        (sw_valence_term){.centres = ONLY(OX),
                          .centre_kind = OXYGEN,
                          .ligands = METALS,
                          .ligand_kinds = 2,
                          .ligand = m->ligand,
                          .points = 4,
                          .w = m->w,
                          .energy = m->energy,
                          .entropy = m->entropy,
                          .heat_capacity = m->heat_capacity};
}

static inline sw_process *oxide_model_process(oxide_model *m, const char *name, int kind,
                                              size_t slots, sw_kinetics_kind kinetics,
                                              double prefactor, double barrier) {
    sw_process *process = &m->process[m->model.processes++];
    *process = process_in_a_row(name, slots, KIND(kind), NEIGHBOUR, kinetics, prefactor, barrier);
    return process;
}

/* Metal atoms that hop between cation sites. */
static inline sw_process *oxide_model_hop(oxide_model *m, sw_species_set species, int kind,
                                          double barrier) {
    sw_process *hop = oxide_model_process(m, "hop", kind, 2, SW_KINETICS_BARRIER, 1e13, barrier);
    move_to_second_slot(hop, species);
    return hop;
}

/* Gases H2, O2, H2O (indices 0, 1, 2) in Pa. */
static inline void oxide_model_gas(oxide_model *m, double hydrogen, double oxygen, double water) {
    m->gas[0] = (sw_gas_species){"H2", hydrogen};
    m->gas[1] = (sw_gas_species){"O2", oxygen};
    m->gas[2] = (sw_gas_species){"H2O", water};
    m->model.gas.species = 3;
}

static inline void oxide_model_void_rule(oxide_model *m) {
    m->model.void_rule = (sw_void_rule){.present = true,
                                        .kind = OXYGEN,
                                        .kinds = KIND(CATION) | KIND(TETRAHEDRAL),
                                        .distance = BOND,
                                        .at_most = 2,
                                        .step = NEIGHBOUR,
                                        .reach = NEIGHBOUR};
}

/* Fills a sphere around the middle (A; 0: everything) with a species on sites of a kind. */
static inline sw_fill *oxide_model_fill(oxide_model *m, int kind, int species, double radius) {
    sw_fill *fill = &m->fill[m->model.structure.fills++];
    *fill = (sw_fill){.crystal = -1, .kinds = KIND(kind), .radius = radius};
    fill->fraction[species] = 1.0;
    return fill;
}

/* The field of the supply over the oxygen sites; barriers in eV. */
static inline void oxide_model_spillover(oxide_model *m, double hop, double loss, int refresh) {
    m->model.spillover = (sw_spillover){.present = true,
                                        .kind = OXYGEN,
                                        .step = NEIGHBOUR,
                                        .contact = NEIGHBOUR,
                                        .hop_prefactor = 1e13,
                                        .hop_barrier = hop,
                                        .loss_prefactor = 1e13,
                                        .loss_barrier = loss,
                                        .smallest = 1e-3,
                                        .refresh = refresh};
}

static inline void oxide_model_supply(oxide_model *m) {
    m->model.supply = (sw_supply){.present = true,
                                  .name = "hydrogen",
                                  .gas = 0,
                                  .carriers = METALS,
                                  .kinds = KIND(CATION),
                                  .link = NEIGHBOUR,
                                  .bound_species = ONLY(OX),
                                  .bound_distance = BOND,
                                  .bound_at_most = 2,
                                  .smallest_cluster = 4,
                                  .area = 5.0,
                                  .adsorption_energy = -0.5,
                                  .adsorption_entropy = 2.5e-4};
    for (int s = 0; s < SW_SPECIES_LIMIT; s++)
        m->model.supply.dissociation_barrier[s] = 0.1;
}

#endif
