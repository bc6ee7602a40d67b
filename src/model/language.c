/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/language.h"

#include "model/diffusion_sections.h"
#include "model/powder_sections.h"
#include "model/recipe_sections.h"
#include "model/sections.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const sw_section_reader lattice_readers[] = {
    sw_frame_read,      sw_species_read,   sw_gas_read,       sw_run_read,
    sw_energetics_read, sw_supply_read,    sw_spillover_read, sw_processes_read,
    sw_structure_read,  sw_programme_read, sw_observe_read,   sw_acceleration_read};
static const sw_section_mechanism lattice_mechanisms[] = {{"spillover", "spillover"}};

static const sw_section_reader powder_readers[] = {
    sw_powder_feed_read,   sw_powder_bed_read, sw_powder_kinetics_read,  sw_powder_nucleation_read,
    sw_powder_nickel_read, sw_powder_run_read, sw_powder_programme_read, sw_powder_criteria_read};
static const sw_section_mechanism powder_mechanisms[] = {{"spillover", "spillover"},
                                                         {"alloying", "alloying"},
                                                         {"nickel", "nickel-catalysis"},
                                                         {"nucleation", "nucleation-barrier"},
                                                         {"metallothermic", "metallothermic"}};

static const sw_section_reader diffusion_readers[] = {
    sw_diffusion_oxide_read, sw_diffusion_alloy_read, sw_diffusion_regions_read,
    sw_diffusion_programme_read, sw_diffusion_run_read};

static const sw_section_reader recipe_readers[] = {sw_recipe_crystals_read, sw_recipe_regions_read,
                                                   sw_recipe_distances_read, sw_recipe_cell_read,
                                                   sw_recipe_steps_read};

static const sw_language languages[] = {
    {"lattice", &sw_schema_root, lattice_readers, COUNT(lattice_readers), lattice_mechanisms,
     COUNT(lattice_mechanisms)},
    {"powder", &sw_schema_powder, powder_readers, COUNT(powder_readers), powder_mechanisms,
     COUNT(powder_mechanisms)},
    {"diffusion", &sw_schema_diffusion, diffusion_readers, COUNT(diffusion_readers), NULL, 0},
};
static const sw_language recipe = {
    "", &sw_schema_recipe, recipe_readers, COUNT(recipe_readers), NULL, 0};

bool sw_language_is_recipe(const sw_language *language) {
    return language == &recipe;
}

const sw_language *sw_language_of(const sw_reading *reading) {
    if (sw_node_find(reading->root, "builds"))
        return &recipe;
    const sw_node *simulator = sw_node_find(reading->root, "simulator");
    for (size_t i = 0; simulator && simulator->kind == SW_NODE_SCALAR && i < COUNT(languages); i++)
        if (strcmp(languages[i].simulator, simulator->text) == 0)
            return &languages[i];
    return &languages[0];
}
