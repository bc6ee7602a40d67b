/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/phase_parameters.h"

#include "base/memory.h"
#include "base/sorting.h"
#include "structure/automatic_cutoff.h"
#include "structure/crystal_choice.h"
#include "structure/element_choice.h"
#include "structure/subset.h"

#include <math.h>
#include <stdlib.h>

#define OXYGEN 8
#define BETWEEN_SHELLS 1.2071067811865475 /* (1 + sqrt 2) / 2, of fcc */
#define NEARLY_ALL 0.9
#define TEMPLATE_THRESHOLD 0.12 /* rmsd in mean neighbour distances, as wide as templates allow */

const char *const sw_phase_rule_words[] = {"lattice", "bond-order", NULL};

/* All but oxygen, unless there is nothing else. */
static void choose_automatically(bool *keep, const sw_atoms *atoms) {
    const uint8_t *elements = sw_atoms_elements_const(atoms);
    bool others = false;
    for (size_t i = 0; i < sw_atoms_count(atoms); i++)
        others = others || elements[i] != OXYGEN;
    for (size_t i = 0; i < sw_atoms_count(atoms); i++)
        keep[i] = !others || elements[i] != OXYGEN;
}

static sw_status choose(bool *keep, const sw_atoms *atoms, const char *text, sw_error *error) {
    uint8_t *chosen = NULL;
    sw_status status = sw_element_choice(&chosen, atoms, text, "elements", error);
    for (size_t i = 0; i < sw_atoms_count(atoms) && status == SW_OK; i++)
        keep[i] = chosen == NULL || chosen[i];
    free(chosen);
    return status;
}

sw_status sw_phase_subset(sw_atoms **subset, uint32_t **index, const sw_atoms *atoms,
                          const sw_instrument_settings *settings, sw_error *error) {
    sw_status status = SW_OK;
    bool *keep = sw_allocate(sw_atoms_count(atoms), sizeof *keep);
    *subset = NULL;
    *index = NULL;
    if (keep == NULL)
        return SW_ERROR_MEMORY;
    if (sw_setting_is_automatic(settings, "elements"))
        choose_automatically(keep, atoms);
    else
        status = choose(keep, atoms, sw_setting_text(settings, "elements"), error);
    if (status == SW_OK)
        status = sw_subset_create(subset, index, atoms, 0, keep, error);
    free(keep);
    return status;
}

static sw_status note_border(sw_measurement *measurement, const sw_phase_map *map,
                             const sw_instrument_settings *settings) {
    if (!sw_setting_is_automatic(settings, "spacing"))
        return SW_OK;
    if (isnan(map->border))
        return sw_measurement_note(measurement,
                                   "The nearest distances of the crystals have no valley: all of "
                                   "them count as wide. --spacing says which are dense.");
    return sw_measurement_note(measurement,
                               "The border between dense and wide crystals was found in the "
                               "valley at %.4g A between peaks at %.4g and %.4g A; %.2g of the "
                               "lower peak is left there.",
                               map->border, map->valley.left, map->valley.right, map->valley.depth);
}

/* The first valley lies inside the first shell of the wider of two perfect crystals: the cutoff is
 * at least half way to the second shell of nearly all atoms. */
static sw_status widen_cutoff(double *cutoff, sw_measurement *measurement, const sw_atoms *subset,
                              sw_context *context, sw_error *error) {
    sw_neighbours nearest;
    sw_status status = sw_neighbours_nearest(&nearest, subset, 1, context, error);
    if (status != SW_OK)
        return status;
    size_t count = nearest.first[nearest.atoms];
    sw_sort_numbers(nearest.distance, count);
    double least =
        count > 0 ? BETWEEN_SHELLS * nearest.distance[(size_t)(NEARLY_ALL * (double)count)] : 0.0;
    sw_neighbours_clear(&nearest);
    if (least <= *cutoff)
        return SW_OK;
    *cutoff = least;
    return sw_measurement_note(measurement,
                               "The cutoff was widened to %.4g A, half way between the first two "
                               "shells of the 9 in 10 atoms whose nearest neighbours are closest.",
                               *cutoff);
}

sw_status sw_phase_cutoff(double *cutoff, sw_measurement *measurement, const sw_atoms *subset,
                          const sw_instrument_settings *settings, sw_context *context,
                          sw_error *error) {
    sw_status status = sw_automatic_cutoff(cutoff, measurement, subset, settings, context, error);
    if (status != SW_OK || !sw_setting_is_automatic(settings, "cutoff"))
        return status;
    return widen_cutoff(cutoff, measurement, subset, context, error);
}

sw_status sw_phase_options_read(sw_phase_options *options, const sw_instrument_settings *settings,
                                sw_error *error) {
    *options = (sw_phase_options){
        .rule = (sw_order_rule)sw_setting_choice(settings, "rule"),
        .disordered = sw_setting_number(settings, "disordered"),
        .reference = &sw_fcc_order,
        .threshold = TEMPLATE_THRESHOLD,
        .spacing = sw_setting_is_automatic(settings, "spacing")
                       ? NAN
                       : sw_setting_number(settings, "spacing"),
        .smoothing = sw_setting_count(settings, "smoothing"),
        .smallest = sw_setting_count(settings, "smallest"),
        .grain = sw_crystal_grain_standard,
    };
    options->grain.misorientation = sw_setting_number(settings, "misorientation");
    options->grain.smallest = options->smallest;
    return sw_crystal_choice(&options->crystals, sw_setting_text(settings, "crystals"), error);
}

sw_status sw_phases_measured(sw_phase_map *map, double *cutoff, sw_measurement *measurement,
                             const sw_atoms *subset, const sw_instrument_settings *settings,
                             sw_context *context, sw_error *error) {
    sw_phase_options options;
    sw_status status = sw_phase_options_read(&options, settings, error);
    if (status == SW_OK)
        status = sw_phase_cutoff(cutoff, measurement, subset, settings, context, error);
    if (status != SW_OK)
        return status;
    options.cutoff = *cutoff;
    status = sw_phase_map_create(map, subset, &options, context, error);
    if (status == SW_OK)
        status = note_border(measurement, map, settings);
    if (status != SW_OK)
        sw_phase_map_clear(map);
    return status;
}
