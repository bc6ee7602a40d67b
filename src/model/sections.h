/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sections of a lattice model, one function each, in the order in which they are read, and the
 * references that they share. All work on a tree that sw_schema_check has accepted. */
#ifndef SPILLWAY_MODEL_SECTIONS_H
#define SPILLWAY_MODEL_SECTIONS_H

#include "model/quantity.h"
#include "model/schema.h"

#define SW_SITE_LIMIT 2147483648.0
#define SW_BASIS_LIMIT 64
#define SW_GAS_LIMIT 16

bool sw_frame_read(sw_reading *reading);
bool sw_species_read(sw_reading *reading);
bool sw_gas_read(sw_reading *reading);
bool sw_energetics_read(sw_reading *reading);
bool sw_supply_read(sw_reading *reading);
bool sw_spillover_read(sw_reading *reading);
bool sw_processes_read(sw_reading *reading);
bool sw_structure_read(sw_reading *reading);
bool sw_run_read(sw_reading *reading);
bool sw_programme_read(sw_reading *reading);
bool sw_observe_read(sw_reading *reading);
bool sw_acceleration_read(sw_reading *reading);

/* "cubic", three edges, or three vectors: rows in lattice constants. */
bool sw_read_edges(sw_reading *reading, const sw_node *cell, double rows[3][3]);

/* References by name to their indices and masks. */
bool sw_read_species(sw_reading *reading, const sw_node *node, bool may_be_empty,
                     sw_species_set *set);
bool sw_read_one_species(sw_reading *reading, const sw_node *node, int *species);
bool sw_read_kinds(sw_reading *reading, const sw_node *node, sw_kind_set *kinds);
bool sw_read_one_kind(sw_reading *reading, const sw_node *node, int *kind);
/* The kinds under a key; all kinds where the key is missing. */
bool sw_read_kinds_or_all(sw_reading *reading, const sw_node *mapping, const char *key,
                          sw_kind_set *kinds);
bool sw_read_gas(sw_reading *reading, const sw_node *node, const char *name, bool at_key, int *gas);
/* The distance under a required key. */
bool sw_read_distance_of(sw_reading *reading, const sw_node *mapping, const char *key,
                         double *distance);
/* Fails where a species of the set may sit on none of the kinds. */
bool sw_check_may_sit(sw_reading *reading, const sw_node *node, sw_species_set species,
                      sw_kind_set kinds);
/* {species, distance, at_least, at_most}; NULL leaves the outputs as they are. */
bool sw_read_bound(sw_reading *reading, const sw_node *bound, sw_species_set *species,
                   double *distance, int *minimum, int *maximum);
/* Fails where no two sites of these kinds lie at this distance (within 1 %). */
bool sw_check_shell(sw_reading *reading, const sw_node *node, sw_kind_set from, sw_kind_set to,
                    double distance);
/* The basis site at a Cartesian position in A, cells apart; -1 where there is none. */
int sw_frame_basis_at(const sw_frame *frame, const double position[3]);

/* Lists of a section: array of `count` items of `size` bytes, each read by `read`. */
typedef bool (*sw_item_reader)(sw_reading *reading, void *item, const sw_node *node);
bool sw_read_list(sw_reading *reading, const void *array, size_t *count, const sw_node *list,
                  size_t size, sw_item_reader read);

/* Process checks: elements in = elements out; stated rates agree around every cycle. */
bool sw_check_elements(sw_reading *reading, const sw_process *process, const sw_node *node);
bool sw_check_cycles(sw_reading *reading);
/* True where the process is its own reverse with two slots exchanged. */
bool sw_process_is_self_reverse(const sw_process *process);

/* Atoms of an element in a formula such as H2O; false where it is none. */
#define SW_FORMULA_ELEMENTS 119
bool sw_formula_parse(int atoms[SW_FORMULA_ELEMENTS], const char *formula);

#endif
