/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instrument `phases`: every atom into dense crystal, wide crystal or amorphous, and grains. */
#include "base/memory.h"
#include "structure/atom_columns.h"
#include "structure/histogram.h"
#include "structure/instruments.h"
#include "structure/phase_parameters.h"
#include "structure/phase_smoothing.h"
#include "structure/phase_summary.h"
#include "structure/phase_truth.h"
#include "structure/results.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SMALLEST_FACE 0.01 /* of the surface of a Voronoi cell */
#define PHASE_COLUMNS 21
#define GRAIN_ROWS 1000 /* of the table at most */

static const sw_instrument_parameter parameters[] = {
    SW_PHASE_PARAMETERS,
    {.name = "rim",
     .kind = SW_TAKES_COUNT,
     .standard = "1",
     .least = 0,
     .most = 1000,
     .help =
         "how many layers of neighbours at other phases and surfaces the inner part is without"},
    {.name = "farthest",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_LENGTH,
     .standard = "auto",
     .least = 1e-3,
     .most = 1e6,
     .help =
         "atoms whose Voronoi cell reaches farther are at a surface, and not in concentrations; "
         "auto: the cutoff"},
    {.name = "truth",
     .kind = SW_TAKES_TEXT,
     .standard = "none",
     .help = "a column of the file with the true region of each atom, for the confusion"},
    {.name = "truth-phases",
     .kind = SW_TAKES_TEXT,
     .standard = "1,2,2,3",
     .help = "true phase (as in the column phase) of the regions 1, 2, ...; 0: leave out"},
    {0},
};

static const sw_instrument_preset presets[] = {
    {"zhang-2024",
     "amorphous below 0.5 of the order of fcc within 4.5 A; metal (3.3 A) and oxide (3.6 A) parted "
     "half way (Y. Zhang et al., doi:10.1038/s41467-024-52026-w)",
     (const char *const[]){SW_PHASES_AS_PUBLISHED, NULL}},
    {0},
};

typedef struct sw_phase_result {
    const sw_phase_map *map;
    const uint32_t *index; /* [map->atoms] of the atoms in the file */
    uint32_t *depth;       /* [map->atoms] steps inside */
    sw_phase_summary summary[SW_PHASES];
    sw_voronoi voronoi;
    double farthest;
} sw_phase_result;

/* ---- numbers --------------------------------------------------------------------------------- */

static sw_status add_interval(sw_measurement *out, const char *format, sw_phase_kind phase,
                              const sw_interval *value, const char *unit, const char *help) {
    char name[64];
    if (isnan(value->value))
        return SW_OK;
    snprintf(name, sizeof name, format, sw_phase_name(phase));
    return sw_add_interval(out, name, value, unit, help);
}

static sw_status add_all(sw_measurement *out, sw_phase_kind phase, const sw_phase_part *all) {
    sw_status status = add_interval(out, "%s concentration", phase, &all->concentration, "1/A3",
                                    "mean of 1/V of its Voronoi cells that are at no surface");
    if (status == SW_OK)
        status = add_interval(out, "%s nearest distance", phase, &all->nearest, "A",
                              "to the nearest atom of any phase, mean; noise makes it smaller");
    if (status == SW_OK)
        status =
            add_interval(out, "%s bond length", phase, &all->bond, "A",
                         "distance of neighbours in the first shell, mean of the atoms' means");
    if (status == SW_OK)
        status =
            add_interval(out, "%s most frequent bond length", phase, &all->frequent, "A",
                         "where most of these distances are; noise moves it less than the mean");
    return status;
}

static sw_status add_inner(sw_measurement *out, sw_phase_kind phase, const sw_phase_part *inner) {
    sw_status status =
        add_interval(out, "inner %s concentration", phase, &inner->concentration, "1/A3",
                     "the same without the layers next to other phases and surfaces");
    if (status == SW_OK)
        status = add_interval(out, "inner %s bond length", phase, &inner->bond, "A",
                              "the same without the layers next to other phases and surfaces");
    if (status == SW_OK)
        status = add_interval(out, "inner %s most frequent bond length", phase, &inner->frequent,
                              "A", "the same without the layers next to other phases and surfaces");
    return status;
}

static sw_status add_count(sw_measurement *out, const char *format, sw_phase_kind phase,
                           size_t count, const char *help) {
    char name[64];
    snprintf(name, sizeof name, format, sw_phase_name(phase));
    return sw_add_number(out, name, (double)count, "", help);
}

static sw_status add_phase(sw_measurement *out, sw_phase_kind phase,
                           const sw_phase_result *result) {
    const sw_phase_summary *summary = &result->summary[phase];
    char name[64];
    snprintf(name, sizeof name, "%s share", sw_phase_name(phase));
    sw_status status = sw_add_share(out, name, summary->all.atoms, result->map->atoms,
                                    "of the atoms that were looked at");
    if (status == SW_OK)
        status = add_count(out, "%s atoms", phase, summary->all.atoms, "of this phase");
    if (status == SW_OK && phase != SW_PHASE_AMORPHOUS)
        status = add_count(out, "%s grains", phase, summary->grains,
                           "of one orientation, at least of the smallest size");
    if (status == SW_OK)
        status = add_all(out, phase, &summary->all);
    return status == SW_OK ? add_inner(out, phase, &summary->inner) : status;
}

static sw_status add_values(sw_measurement *out, const sw_phase_result *result) {
    sw_status status = SW_OK;
    for (int p = SW_PHASE_DENSE; p < SW_PHASES && status == SW_OK; p++)
        status = add_phase(out, (sw_phase_kind)p, result);
    if (status == SW_OK && !isnan(result->map->border))
        status = sw_add_number(out, "spacing border", result->map->border, "A",
                               "nearest distance between dense and wide crystals");
    if (status == SW_OK)
        status = sw_measurement_note(out,
                                     "Smoothing changed the phase of %zu atoms, and %zu of regions "
                                     "that are too small.",
                                     result->map->smoothed, result->map->moved);
    return status;
}

/* ---- tables ---------------------------------------------------------------------------------- */

typedef struct sw_column_name {
    const char *name, *unit;
} sw_column_name;

static sw_status create_table(sw_table **table, const char *text, const sw_column_name *columns,
                              size_t count) {
    sw_status status = sw_table_create(table);
    if (status != SW_OK)
        return status;
    status = sw_table_add_text_column(*table, text);
    for (size_t c = 0; c < count && status == SW_OK; c++)
        status = sw_table_add_column(*table, columns[c].name, columns[c].unit);
    if (status != SW_OK)
        sw_table_destroy(*table);
    return status;
}

static sw_status add_row(sw_table *table, const char *text, const double *values, size_t count) {
    size_t row;
    sw_status status = sw_table_add_row(table, &row);
    if (status == SW_OK)
        status = sw_table_set_text(table, row, 0, text);
    for (size_t c = 0; c < count && status == SW_OK; c++)
        sw_table_numbers(table, c + 1)[row] = values[c];
    return status;
}

static double half(const sw_interval *interval) {
    return 0.5 * (interval->high - interval->low);
}

static sw_status add_phase_row(sw_table *table, sw_phase_kind phase,
                               const sw_phase_result *result) {
    const sw_phase_summary *summary = &result->summary[phase];
    const sw_phase_part *all = &summary->all, *inner = &summary->inner;
    sw_interval share = sw_interval_fraction(all->atoms, result->map->atoms);
    const sw_interval *numbers[] = {&all->concentration, &all->nearest,         &all->bond,
                                    &all->frequent,      &inner->concentration, &inner->nearest,
                                    &inner->bond,        &inner->frequent};
    double values[PHASE_COLUMNS];
    size_t column = 0;
    values[column++] = (double)all->atoms;
    values[column++] = 100.0 * share.value;
    values[column++] = 100.0 * half(&share);
    values[column++] = phase == SW_PHASE_AMORPHOUS ? NAN : (double)summary->grains;
    for (size_t n = 0; n < 8; n++) {
        if (n == 4)
            values[column++] = (double)inner->atoms;
        values[column++] = numbers[n]->value;
        values[column++] = half(numbers[n]);
    }
    return add_row(table, sw_phase_name(phase), values, column);
}

static sw_status add_phase_table(sw_measurement *out, const sw_phase_result *result) {
    static const sw_column_name columns[PHASE_COLUMNS] = {{"atoms", ""},
                                                          {"share", "%"},
                                                          {"share spread", "%"},
                                                          {"grains", ""},
                                                          {"concentration", "1/A3"},
                                                          {"concentration spread", "1/A3"},
                                                          {"nearest distance", "A"},
                                                          {"nearest distance spread", "A"},
                                                          {"bond length", "A"},
                                                          {"bond length spread", "A"},
                                                          {"frequent bond", "A"},
                                                          {"frequent bond spread", "A"},
                                                          {"inner atoms", ""},
                                                          {"inner concentration", "1/A3"},
                                                          {"inner concentration spread", "1/A3"},
                                                          {"inner nearest distance", "A"},
                                                          {"inner nearest distance spread", "A"},
                                                          {"inner bond length", "A"},
                                                          {"inner bond length spread", "A"},
                                                          {"inner frequent bond", "A"},
                                                          {"inner frequent bond spread", "A"}};
    sw_table *table;
    sw_status status = create_table(&table, "phase", columns, PHASE_COLUMNS);
    if (status != SW_OK)
        return status;
    for (int p = SW_PHASE_DENSE; p < SW_PHASES && status == SW_OK; p++)
        status = add_phase_row(table, (sw_phase_kind)p, result);
    status = sw_add_filled_table(out, "phases", table, status);
    if (status != SW_OK)
        return status;
    return sw_measurement_add_plot(out, (sw_plot){.title = "Shares of the phases",
                                                  .table = "phases",
                                                  .x = "phase",
                                                  .y = "share",
                                                  .y_label = "share / %",
                                                  .kind = "bars",
                                                  .help = "Of the atoms that were looked at."});
}

static sw_status add_grain_row(sw_table *table, size_t number, const sw_crystal_grain *grain) {
    const double *q = grain->orientation;
    const double values[] = {(double)number,
                             (double)grain->atoms,
                             (double)grain->matched,
                             grain->lattice,
                             grain->distance,
                             grain->distance_spread,
                             q[1],
                             q[2],
                             q[3],
                             q[0],
                             grain->spread / SW_RADIAN_PER_DEGREE};
    char name[64];
    snprintf(name, sizeof name, "%s, %s", sw_phase_name((sw_phase_kind)grain->label),
             sw_crystal_name(grain->crystal));
    return add_row(table, name, values, sizeof values / sizeof values[0]);
}

static sw_status add_grain_table(sw_measurement *out, const sw_crystal_grains *grains) {
    static const sw_column_name columns[] = {{"grain", ""},
                                             {"atoms", ""},
                                             {"inside", ""},
                                             {"lattice", "A"},
                                             {"distance", "A"},
                                             {"deviation of distance", "A"},
                                             {"turn x", ""},
                                             {"turn y", ""},
                                             {"turn z", ""},
                                             {"turn w", ""},
                                             {"deviation of orientation", "deg"}};
    sw_table *table;
    sw_status status = create_table(&table, "kind", columns, sizeof columns / sizeof columns[0]);
    if (status != SW_OK)
        return status;
    for (size_t g = 0; g < grains->count && g < GRAIN_ROWS && status == SW_OK; g++)
        status = add_grain_row(table, g + 1, &grains->list[g]);
    status = sw_add_filled_table(out, "grains", table, status);
    if (status != SW_OK || grains->count == 0)
        return status;
    return sw_measurement_add_plot(out, (sw_plot){.title = "Sizes of the grains",
                                                  .table = "grains",
                                                  .x = "grain",
                                                  .y = "atoms",
                                                  .y_label = "atoms",
                                                  .kind = "bars",
                                                  .help = "With their rims, the largest first."});
}

static const sw_histogram spacings = {
    .table = "spacings",
    .column = "spacing",
    .unit = "A",
    .bins = 120,
    .title = "Nearest distances of the crystals",
    .help = "Of the template around each atom, averaged with its neighbours'; a dense and a wide "
            "crystal make two peaks."};

/* ---- atoms ----------------------------------------------------------------------------------- */

static sw_status add_atoms(sw_measurement *out, const sw_phase_result *result,
                           const sw_atoms *given) {
    const sw_phase_map *map = result->map;
    sw_atoms *atoms;
    double *phase = NULL, *grain = NULL, *depth = NULL, *spacing = NULL;
    sw_status status = sw_atoms_copy(&atoms, given);
    if (status != SW_OK)
        return status;
    status = sw_atom_column_empty(&phase, atoms, "phase", true, SW_PHASE_NONE);
    if (status == SW_OK)
        status = sw_atom_column_empty(&grain, atoms, "phase_grain", true, 0.0);
    if (status == SW_OK)
        status = sw_atom_column_empty(&depth, atoms, "phase_depth", true, 0.0);
    if (status == SW_OK)
        status = sw_atom_column_empty(&spacing, atoms, "spacing", false, NAN);
    for (size_t i = 0; i < map->atoms && status == SW_OK; i++) {
        phase[result->index[i]] = map->phase[i];
        grain[result->index[i]] =
            map->grains.of[i] == SW_NO_GRAIN ? 0.0 : (double)map->grains.of[i] + 1.0;
        depth[result->index[i]] = result->depth[i];
        spacing[result->index[i]] = map->spacing[i];
    }
    return sw_add_filled_atoms(out, atoms, status);
}

/* ---- the instrument -------------------------------------------------------------------------- */

static sw_status report(sw_measurement *out, const sw_phase_result *result, const sw_atoms *atoms,
                        const sw_instrument_settings *settings, sw_error *error) {
    sw_status status = add_values(out, result);
    if (status == SW_OK)
        status = sw_phase_truth(out, result->map, result->index, atoms,
                                sw_setting_text(settings, "truth"),
                                sw_setting_text(settings, "truth-phases"), error);
    if (status == SW_OK)
        status = add_phase_table(out, result);
    if (status == SW_OK)
        status = add_grain_table(out, &result->map->grains);
    if (status == SW_OK)
        status = sw_histogram_add(out, &spacings, result->map->spacing, result->map->atoms);
    return status == SW_OK ? add_atoms(out, result, atoms) : status;
}

/* At a surface, or a face that counts is shared with another phase. */
static bool is_at_border(const sw_phase_result *result, size_t atom) {
    const sw_voronoi *voronoi = &result->voronoi;
    const sw_voronoi_atom *cell = &voronoi->atom[atom];
    bool border = sw_voronoi_at_surface(cell, result->farthest);
    for (size_t f = 0; f < cell->coordination && !border; f++)
        border = result->map->phase[voronoi->neighbour[voronoi->first[atom] + f]] !=
                 result->map->phase[atom];
    return border;
}

static sw_status find_depths(sw_phase_result *result) {
    size_t atoms = result->map->atoms;
    bool *border = sw_allocate(atoms, sizeof *border);
    result->depth = sw_allocate(atoms, sizeof *result->depth);
    for (size_t i = 0; border && i < atoms; i++)
        border[i] = is_at_border(result, i);
    sw_status status = SW_ERROR_MEMORY;
    if (border && result->depth)
        status =
            sw_steps_inside(result->depth, result->map->phase, border, &result->map->neighbours);
    free(border);
    return status;
}

static sw_status describe(sw_phase_result *result, const sw_atoms *subset, size_t rim,
                          sw_context *context, sw_error *error) {
    const sw_voronoi_options options = {.smallest_face = SMALLEST_FACE, .neighbours = true};
    sw_status status = sw_voronoi_create(&result->voronoi, subset, &options, context, error);
    if (status == SW_OK)
        status = find_depths(result);
    if (status == SW_OK)
        status = sw_phase_summarise(result->summary, result->map, &result->voronoi, result->depth,
                                    rim, result->farthest);
    return status;
}

static sw_status measure_subset(sw_measurement *measurement, const sw_atoms *subset,
                                const uint32_t *index, const sw_atoms *atoms,
                                const sw_instrument_settings *settings, sw_context *context,
                                sw_error *error) {
    sw_phase_map map;
    sw_phase_result result = {.map = &map, .index = index};
    double cutoff;
    sw_status status =
        sw_phases_measured(&map, &cutoff, measurement, subset, settings, context, error);
    if (status != SW_OK)
        return status;
    result.farthest = sw_setting_is_automatic(settings, "farthest")
                          ? cutoff
                          : sw_setting_number(settings, "farthest");
    status = describe(&result, subset, sw_setting_count(settings, "rim"), context, error);
    if (status == SW_OK)
        status = report(measurement, &result, atoms, settings, error);
    free(result.depth);
    sw_voronoi_clear(&result.voronoi);
    sw_phase_map_clear(&map);
    return status;
}

static sw_status measure(sw_measurement *measurement, const sw_content *inputs,
                         const sw_instrument_settings *settings, sw_context *context,
                         sw_error *error) {
    sw_atoms *subset;
    uint32_t *index;
    sw_status status = sw_phase_subset(&subset, &index, inputs[0].atoms, settings, error);
    if (status != SW_OK)
        return status;
    status = measure_subset(measurement, subset, index, inputs[0].atoms, settings, context, error);
    sw_atoms_destroy(subset);
    free(index);
    return status;
}

const sw_instrument sw_instrument_phases = {
    .name = "phases",
    .summary = "metal, crystalline oxide and amorphous parts; grains",
    .description =
        "Tells atoms apart by crystal order and packing. In an oxidised metal particle, on its "
        "metal atoms: dense crystal is the metal, wide crystal the crystalline oxide, amorphous "
        "the rest.\n\n"
        "Rule lattice: templates find crystalline surroundings; neighbours of nearly the same "
        "orientation are joined to grains; then atoms join the grain on whose lattice they lie, "
        "seen from at least three neighbours in it (within a quarter of a distance). So grains "
        "reach their surfaces and vacancies. Rule bond-order: averaged Q4 and Q6 over those of fcc "
        "not below `disordered`, as published; about 12 % of a random packing are above.\n\n"
        "Dense or wide is decided by the nearest distance of the template, averaged with that of "
        "the neighbours. Then every atom takes the phase that most around it have (`smoothing` "
        "times), and regions below `smallest` join what is around them.\n\n"
        "The inner part of a phase lacks the layers next to other phases and surfaces, which set "
        "the averages of a small core. Intervals are those of shares and means over independent "
        "atoms: the "
        "choice of rule and border is not in them.",
    .citation = "Y. Zhang et al., Nat. Commun. 15 (2024), doi:10.1038/s41467-024-52026-w; P. M. "
                "Larsen et al., Modelling Simul. Mater. Sci. Eng. 24, 055007 (2016)",
    .columns = "phase (0 not looked at, 1 dense crystal, 2 wide crystal, 3 amorphous), phase_grain "
               "(0 none, 1 the largest), phase_depth (steps to the next phase or surface; 0 "
               "there is none), "
               "spacing (A)",
    .input = {SW_NOUN_ATOMS},
    .parameters = parameters,
    .presets = presets,
    .measure = measure,
};
