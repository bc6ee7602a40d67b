/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The longer lists of `show`, and the texts that they share. */
#ifndef SPILLWAY_CLI_SHOW_H
#define SPILLWAY_CLI_SHOW_H

#include "cli/command.h"
#include "cli/listing.h"

#include <spillway/lattice.h>

cli_exit show_processes(const sw_model *model, cli_console *console);
cli_exit show_energetics(const sw_model *model, cli_console *console);
/* Crystals and steps of a recipe, in words or into an object. */
void show_recipe_print(const sw_recipe *recipe);
void show_recipe_json(json_t *object, const sw_recipe *recipe);

#define SHOW_TEXT 256

/* All texts are of SHOW_TEXT bytes; longer ones are cut. */
/* "Fe|Ni" */
void show_species_set(char *text, const sw_lattice_model *model, sw_species_set set);
/* Appends to a text. */
void show_append(char *text, const char *format, ...) SW_PRINTF(2, 3);
/* Three digits, a short exponent: "0.35", "1.49e9"; "-" for NaN. */
void show_number(char *text, double value);
/* "a" or "a .. b". */
void show_range(char *text, sw_range range);
/* [low, high], or null where there is nothing. */
json_t *show_range_json(sw_range range);
json_t *show_vector_json(const double vector[3]);

#endif
