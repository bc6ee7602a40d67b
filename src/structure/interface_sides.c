/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/interface_sides.h"

#include "base/memory.h"
#include "structure/atom_columns.h"

#include <stdlib.h>

/* Grains of both sides of a column, apart from each other. */
static sw_status find_grains(sw_interface_sides *sides, const sw_atoms *subset,
                             const sw_instrument_settings *settings, sw_context *context,
                             sw_error *error) {
    sw_phase_options options;
    sw_crystal_matching matching;
    sw_status status = sw_phase_options_read(&options, settings, error);
    if (status == SW_OK)
        status = sw_neighbours_within(&sides->map.neighbours, subset, sides->cutoff,
                                      SW_NEIGHBOURS_BY_DISTANCE, context, error);
    if (status != SW_OK)
        return status;
    const sw_crystal_matching_options wanted = {.crystals = options.crystals,
                                                .threshold = options.threshold,
                                                .farthest = options.threshold};
    status = sw_crystal_matching_create(&matching, subset, &wanted, context, error);
    if (status != SW_OK)
        return status;
    options.grain.label = sides->side;
    status = sw_crystal_grains_create(&sides->map.grains, &sides->map.neighbours, &matching,
                                      &options.grain, context, error);
    sw_crystal_matching_clear(&matching);
    return status;
}

static sw_status take_column(sw_interface_sides *sides, sw_measurement *measurement,
                             const sw_atoms *subset, const uint32_t *index, const sw_atoms *atoms,
                             const sw_instrument_settings *settings, sw_context *context,
                             sw_error *error) {
    const double *values = NULL;
    double first = (double)sw_setting_count(settings, "first");
    double second = (double)sw_setting_count(settings, "second");
    sw_status status =
        sw_atom_column_named(&values, atoms, sw_setting_text(settings, "column"), "column",
                             "name a column of whole numbers, such as phase, or say auto", error);
    if (status == SW_OK)
        status = sw_phase_cutoff(&sides->cutoff, measurement, subset, settings, context, error);
    if (status != SW_OK)
        return status;
    sides->map.atoms = sw_atoms_count(subset);
    for (size_t i = 0; i < sides->map.atoms; i++)
        sides->side[i] = values[index[i]] == first ? 1 : values[index[i]] == second ? 2 : 0;
    return find_grains(sides, subset, settings, context, error);
}

static sw_status take_phases(sw_interface_sides *sides, sw_measurement *measurement,
                             const sw_atoms *subset, const sw_instrument_settings *settings,
                             sw_context *context, sw_error *error) {
    size_t first = sw_setting_count(settings, "first");
    size_t second = sw_setting_count(settings, "second");
    sw_status status = sw_phases_measured(&sides->map, &sides->cutoff, measurement, subset,
                                          settings, context, error);
    for (size_t i = 0; i < sides->map.atoms && status == SW_OK; i++)
        sides->side[i] = sides->map.phase[i] == first ? 1 : sides->map.phase[i] == second ? 2 : 0;
    return status;
}

sw_status sw_interface_sides_create(sw_interface_sides *sides, sw_measurement *measurement,
                                    const sw_atoms *subset, const uint32_t *index,
                                    const sw_atoms *atoms, const sw_instrument_settings *settings,
                                    sw_context *context, sw_error *error) {
    size_t count = sw_atoms_count(subset);
    *sides = (sw_interface_sides){.side = sw_allocate(count, 1)};
    if (sides->side == NULL)
        return SW_ERROR_MEMORY;
    sw_status status = SW_OK;
    if (sw_setting_count(settings, "first") == sw_setting_count(settings, "second"))
        status = sw_error_set(error, SW_ERROR_ARGUMENT, "second", "give two different values",
                              "both sides of the interface are the same");
    if (status == SW_OK && sw_setting_is_automatic(settings, "column"))
        status = take_phases(sides, measurement, subset, settings, context, error);
    else if (status == SW_OK)
        status = take_column(sides, measurement, subset, index, atoms, settings, context, error);
    for (size_t i = 0; i < count && status == SW_OK; i++)
        sides->count[sides->side[i]]++;
    if (status != SW_OK)
        sw_interface_sides_clear(sides);
    return status;
}

void sw_interface_sides_clear(sw_interface_sides *sides) {
    free(sides->side);
    sw_phase_map_clear(&sides->map);
    *sides = (sw_interface_sides){0};
}
