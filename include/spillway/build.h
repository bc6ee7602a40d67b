/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Build room: a recipe becomes atoms. What is known of every atom stays with it as a column, so
 * that what a measurement finds can be compared with what is there.
 */
#ifndef SPILLWAY_BUILD_H
#define SPILLWAY_BUILD_H

#include <spillway/data.h>
#include <spillway/model.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Columns of `atoms`:
 *   region        number of the fill that made the atom; the note "regions" names them
 *   grain         number of its grain in that fill, 0 where the fill has none; the note "grains"
 *                 has orientations: "region:grain w x y z"
 *   oxidation     with an oxidation step: filled sites / sites of the oxidised element
 *   sites         with it: how many sites the atom had
 *   displacement  with noise: three numbers, A; the atom was built at position - displacement
 * Columns of `removed`: region, grain and
 *   reason        1 site not filled, 2 vacancy, 3 in a pore, 4 missing, 5 hidden
 */
typedef struct sw_built {
    sw_atoms *atoms;
    sw_atoms *removed; /* what was there and is not in `atoms` */
    sw_table *counts;  /* region, element (text), atoms */
    sw_table *steps;   /* step, what it did (text), atoms added, atoms removed */
} sw_built;

/*
 * Builds what the recipe of `model` says; the result is the caller's (sw_built_clear). The same
 * recipe and seed give the same atoms, whatever the number of threads. SW_ERROR_ARGUMENT where the
 * model is no recipe, SW_ERROR_MODEL (place: the step) where something cannot be done as it says,
 * SW_ERROR_CANCELLED. Some microseconds an atom, some milliseconds an atom of a dense packing.
 */
SW_API SW_MUST_USE sw_status sw_build(sw_built *built, const sw_model *model, sw_context *context,
                                      sw_error *error);
SW_API void sw_built_clear(sw_built *built);

#ifdef __cplusplus
}
#endif
#endif
