/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sections of a recipe, one function each, in the order in which they are read. All work on a
 * tree that sw_schema_check has accepted. */
#ifndef SPILLWAY_MODEL_RECIPE_SECTIONS_H
#define SPILLWAY_MODEL_RECIPE_SECTIONS_H

#include "model/sections.h"

bool sw_recipe_crystals_read(sw_reading *reading);
bool sw_recipe_regions_read(sw_reading *reading);
bool sw_recipe_distances_read(sw_reading *reading);
bool sw_recipe_cell_read(sw_reading *reading);
bool sw_recipe_steps_read(sw_reading *reading);

/* The index of the name under a key, or -1 where the key is missing. */
bool sw_read_name_of(sw_reading *reading, const sw_node *mapping, const char *key,
                     const char *thing, const sw_names *names, int *index);
/* Least distances by pair under `distances`, and `distance` of the others. */
bool sw_read_pair_distances(sw_reading *reading, const sw_node *mapping,
                            sw_pair_distances *distances);
/* The atomic number of a symbol. */
bool sw_read_element(sw_reading *reading, const sw_node *node, int *element);
/* Three quantities of a checked list; `values` stays as it is where the key is missing. */
void sw_numbers_of(const sw_node *mapping, const char *key, double values[3]);

/* A structure by name: its cell in units of a, and where its kinds of site are. */
typedef struct sw_structure_choice {
    const char *name;
    double c; /* in units of a; 0: the structure's own */
    double u; /* place of the anion; 0: the structure's own */
} sw_structure_choice;
#define SW_STRUCTURE_SITES 56 /* of the largest */
/* Fills cell, sites (element is the number of the kind) and their count; false where the name is
 * none. */
bool sw_structure_make(double cell[3][3], sw_crystal_atom sites[SW_STRUCTURE_SITES], size_t *count,
                       const sw_structure_choice *choice);
/* How many kinds of site a structure has, and what they are in words. */
int sw_structure_kinds(const char *name, const char **words);
/* Whether it has an edge c, and a place u. */
bool sw_structure_has_c(const char *name);
bool sw_structure_has_u(const char *name);

#endif
