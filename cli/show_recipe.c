/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a recipe is made of: crystals, regions, steps. */
#include "cli/show.h"

#include <spillway/data.h>

#include <stdio.h>
#include <string.h>

static const char *const step_words[] = {
    [SW_STEP_FILL] = "fill",   [SW_STEP_OXIDATION] = "oxidation", [SW_STEP_VACANCIES] = "vacancies",
    [SW_STEP_PORES] = "pores", [SW_STEP_NOISE] = "noise",         [SW_STEP_MISSING] = "missing",
    [SW_STEP_HIDE] = "hide"};

static void list_steps(cli_listing *listing, const sw_recipe *recipe) {
    static const char *const kinds[] = {"crystal", "grains", "random packing"};
    static const char *const names[] = {"step", "name", "with", "region"};
    listing_create(listing, names, 4);
    for (size_t i = 0; i < recipe->steps; i++) {
        const sw_recipe_step *step = &recipe->step[i];
        bool fill = step->kind == SW_STEP_FILL;
        char with[96] = "";
        if (fill && step->fill.crystal >= 0)
            snprintf(with, sizeof with, "%s %s", kinds[step->fill.kind],
                     recipe->crystal[step->fill.crystal].name);
        else if (fill)
            snprintf(with, sizeof with, "%s", kinds[step->fill.kind]);
        listing_text(listing, step_words[step->kind]);
        listing_text(listing, fill ? step->fill.name : "");
        listing_text(listing, with);
        listing_text(listing,
                     fill && step->fill.region >= 0 ? recipe->region[step->fill.region].name : "");
    }
}

static void list_crystals(cli_listing *listing, const sw_recipe *recipe) {
    static const char *const names[] = {"crystal", "atoms_in_cell", "nearest_A", "orientation"};
    listing_create(listing, names, 4);
    for (size_t i = 0; i < recipe->crystals; i++) {
        listing_text(listing, recipe->crystal[i].name);
        listing_number(listing, (double)recipe->crystal[i].atoms);
        listing_number(listing, recipe->crystal[i].nearest);
        listing_text(listing, recipe->crystal[i].random ? "random" : "given");
    }
}

void show_recipe_print(const sw_recipe *recipe) {
    cli_listing crystals, steps;
    list_crystals(&crystals, recipe);
    list_steps(&steps, recipe);
    printf("\ncrystals\n");
    listing_print(stdout, &crystals);
    printf("\nsteps\n");
    listing_print(stdout, &steps);
    listing_destroy(&crystals);
    listing_destroy(&steps);
}

void show_recipe_json(json_t *object, const sw_recipe *recipe) {
    cli_listing crystals, steps;
    list_crystals(&crystals, recipe);
    list_steps(&steps, recipe);
    json_object_set_new(object, "crystals", listing_json(&crystals));
    json_object_set_new(object, "steps", listing_json(&steps));
    listing_destroy(&crystals);
    listing_destroy(&steps);
}
