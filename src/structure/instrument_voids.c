/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instrument `voids`: vacancies and pores inside a solid, with their missing-atom control. */
#include "structure/atom_columns.h"
#include "structure/element_choice.h"
#include "structure/instruments.h"
#include "structure/phase_parameters.h"
#include "structure/results.h"
#include "structure/void_places.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const sw_instrument_parameter parameters[] = {
    {.name = "elements",
     .kind = SW_TAKES_TEXT,
     .standard = "metal",
     .help = "only these are seen: all, metal, or symbols such as Fe,Ni"},
    {.name = "alpha",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_LENGTH,
     .standard = "4.5 A",
     .least = 1e-3,
     .most = 1e4,
     .help = "radius of the alpha shape, the first valley of g(r)"},
    {.name = "radius",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_LENGTH,
     .standard = "3.19 A",
     .least = 1e-3,
     .most = 1e4,
     .help = "tetrahedra with a larger circumscribed sphere are void"},
    {.name = "vacancy-volume",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_NUMBER,
     .standard = "45",
     .least = 0,
     .most = 1e12,
     .help = "voids from this volume (A3) have room for an atom"},
    {.name = "pore-volume",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_NUMBER,
     .standard = "125",
     .least = 0,
     .most = 1e12,
     .help = "voids from this volume (A3) are nano-pores"},
    {.name = "large-volume",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_NUMBER,
     .standard = "4500",
     .least = 0,
     .most = 1e12,
     .help = "voids from this volume (A3) are pores"},
    {.name = "cavities",
     .kind = SW_TAKES_SWITCH,
     .standard = "no",
     .help = "also count what is wider than alpha and enclosed by the solid"},
    {.name = "missing",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_NUMBER,
     .standard = "2.8 %",
     .least = 0,
     .most = 0.9,
     .help = "part of the atoms that the control takes away"},
    {.name = "repeats",
     .kind = SW_TAKES_COUNT,
     .standard = "8",
     .least = 2,
     .most = 10000,
     .help = "of the control"},
    {.name = "phases",
     .kind = SW_TAKES_SWITCH,
     .standard = "no",
     .help =
         "tell phases apart, as `phases` does by the parameters below, and say where voids are"},
    {.name = "near",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_LENGTH,
     .standard = "15 A",
     .least = 0,
     .most = 1e6,
     .help = "what counts as near the dense crystal: from its nearest atom to a void's centre"},
    SW_PHASE_RULES,
    {0},
};

static const sw_instrument_preset presets[] = {
    {"zhang-2024",
     "alpha 4.5 A, spheres above 3.19 A, vacancies of 45 to 125 A3, nano-pores to 4500 A3 (Y. "
     "Zhang "
     "et al., doi:10.1038/s41467-024-52026-w)",
     (const char *const[]){"alpha=4.5 A", "radius=3.19 A", "vacancy-volume=45", "pore-volume=125",
                           "large-volume=4500", "phases=yes", "near=15 A", SW_PHASES_AS_PUBLISHED,
                           NULL}},
    {0},
};

static const char *const size_names[SW_VOID_SIZES] = {"small voids", "vacancies", "nano-pores",
                                                      "pores"};

/* ---- numbers --------------------------------------------------------------------------------- */

static sw_status add_counts(sw_measurement *out, const sw_voids *voids) {
    sw_status status = SW_OK;
    for (int s = SW_VOID_SMALL; s < SW_VOID_SIZES && status == SW_OK; s++) {
        char name[64];
        const sw_void_spread *control = &voids->control.count[s];
        status = sw_add_number(out, size_names[s], (double)voids->number[s], "",
                               s == SW_VOID_SMALL ? "no room for an atom"
                                                  : "how many; read it with its control");
        snprintf(name, sizeof name, "%s in the control", size_names[s]);
        if (status == SW_OK)
            status = sw_measurement_add(out, name, control->mean,
                                        control->mean - 2.0 * control->deviation,
                                        control->mean + 2.0 * control->deviation, "",
                                        "after more atoms were taken away: mean and two deviations "
                                        "over the repeats");
    }
    return status;
}

static sw_status add_values(sw_measurement *out, const sw_voids *voids) {
    const sw_void_control *control = &voids->control;
    double half = 2.0 * control->porosity.deviation;
    sw_status status = sw_add_number(out, "porosity", 100.0 * voids->porosity, "%",
                                     "all voids over the volume of the solid");
    if (status == SW_OK)
        status = sw_measurement_add(out, "porosity in the control", 100.0 * control->porosity.mean,
                                    100.0 * (control->porosity.mean - half),
                                    100.0 * (control->porosity.mean + half), "%",
                                    "after more atoms were taken away");
    if (status == SW_OK)
        status = add_counts(out, voids);
    if (status == SW_OK)
        status =
            sw_add_number(out, "solid volume", voids->solid_volume, "A3", "of the alpha shape");
    if (status == SW_OK)
        status = sw_measurement_note(
            out,
            "Atoms that a reconstruction misses leave the same voids as vacancies. With %.3g %% "
            "of the atoms (%zu) taken away at random the same rule finds %.4g +- %.2g vacancies "
            "instead of %zu: numbers of this size cannot be told from missing atoms.",
            100.0 * control->missing, control->removed, control->count[SW_VOID_VACANCY].mean,
            control->count[SW_VOID_VACANCY].deviation, voids->number[SW_VOID_VACANCY]);
    return status;
}

/* ---- places ---------------------------------------------------------------------------------- */

/* What is measured. */
typedef struct void_result {
    sw_voids voids;
    bool placed;
    sw_void_places places; /* where phases were told apart */
    double near;           /* A */
} void_result;

static sw_status add_rank(sw_measurement *out, const char *name, const void_result *result,
                          sw_void_target target, sw_void_size size, const char *help) {
    double sum = 0.0, squares = 0.0;
    size_t count = 0;
    for (size_t i = 0; i < result->voids.count; i++) {
        double rank = 100.0 * result->places.from[target].rank[i];
        if (result->voids.item[i].size != size || isnan(rank))
            continue;
        sum += rank;
        squares += rank * rank;
        count++;
    }
    return sw_add_mean(out, name, sum, squares, count, "%", help);
}

static bool is_in_core(const sw_void *hole) {
    return hole->wall[SW_PHASE_DENSE] > hole->wall[SW_PHASE_WIDE] + hole->wall[SW_PHASE_AMORPHOUS];
}

static bool is_between_oxides(const sw_void *hole) {
    return hole->wall[SW_PHASE_WIDE] > 0 && hole->wall[SW_PHASE_AMORPHOUS] > 0;
}

static sw_status add_core(sw_measurement *out, const void_result *result) {
    const sw_voids *voids = &result->voids;
    const double *distance = result->places.from[SW_FROM_CORE].distance;
    size_t near = 0, inside = 0, vacancies = voids->number[SW_VOID_VACANCY];
    for (size_t i = 0; i < voids->count; i++) {
        near += voids->item[i].size == SW_VOID_VACANCY && distance[i] <= result->near;
        inside += voids->item[i].size == SW_VOID_VACANCY && is_in_core(&voids->item[i]);
    }
    sw_status status = sw_add_number(out, "vacancies in the core", (double)inside, "",
                                     "most atoms around them are of the dense crystal");
    if (status == SW_OK)
        status =
            sw_add_share(out, "vacancies near the core", near, vacancies,
                         "centre within `near` of an atom of the dense crystal, those inside too");
    if (status == SW_OK)
        status = sw_add_share(out, "oxide near the core",
                              sw_void_places_nearer(&result->places, SW_FROM_CORE, result->near),
                              result->places.oxide,
                              "atoms of the oxide as near: the share of voids that lie anywhere");
    if (status == SW_OK)
        status = add_rank(out, "core rank of vacancies", result, SW_FROM_CORE, SW_VOID_VACANCY,
                          "oxide atoms nearer to the core than a vacancy, mean; anywhere: 50 %");
    return status;
}

static sw_status add_boundary(sw_measurement *out, const void_result *result) {
    const sw_voids *voids = &result->voids;
    size_t between = 0;
    for (size_t i = 0; i < voids->count; i++)
        between += voids->item[i].size == SW_VOID_NANOPORE && is_between_oxides(&voids->item[i]);
    sw_status status =
        sw_add_share(out, "nano-pores between oxides", between, voids->number[SW_VOID_NANOPORE],
                     "with atoms of the wide crystal and amorphous ones around them");
    if (status == SW_OK)
        status =
            add_rank(out, "boundary rank of nano-pores", result, SW_FROM_BOUNDARY, SW_VOID_NANOPORE,
                     "oxide atoms nearer to the boundary of crystalline and amorphous than a "
                     "nano-pore, mean; anywhere: 50 %");
    return status;
}

static sw_status add_places(sw_measurement *out, const void_result *result) {
    if (!result->placed)
        return SW_OK;
    sw_status status = add_core(out, result);
    return status == SW_OK ? add_boundary(out, result) : status;
}

/* ---- tables ---------------------------------------------------------------------------------- */

#define COLUMNS 6       /* of every void */
#define PLACE_COLUMNS 7 /* besides, where phases are known */

static sw_status add_columns(sw_table *table, bool placed) {
    static const char *const names[COLUMNS + PLACE_COLUMNS] = {"void",
                                                               "volume",
                                                               "x",
                                                               "y",
                                                               "z",
                                                               "radius",
                                                               "core distance",
                                                               "core rank",
                                                               "boundary distance",
                                                               "boundary rank",
                                                               "dense atoms around",
                                                               "wide atoms around",
                                                               "amorphous atoms around"};
    static const char *const units[COLUMNS + PLACE_COLUMNS] = {"",  "A3", "A", "A", "A", "A", "A",
                                                               "%", "A",  "%", "",  "",  ""};
    sw_status status = SW_OK;
    for (size_t c = 0; c < COLUMNS && status == SW_OK; c++)
        status = sw_table_add_column(table, names[c], units[c]);
    if (status == SW_OK)
        status = sw_table_add_text_column(table, "size");
    for (size_t c = COLUMNS; placed && c < COLUMNS + PLACE_COLUMNS && status == SW_OK; c++)
        status = sw_table_add_column(table, names[c], units[c]);
    return status;
}

/* Into the columns after the text. */
static void set_place(sw_table *table, size_t row, const void_result *result, size_t number) {
    const sw_void_distances *from = result->places.from;
    const sw_void *hole = &result->voids.item[number];
    const double cells[PLACE_COLUMNS] = {
        from[SW_FROM_CORE].distance[number],     100.0 * from[SW_FROM_CORE].rank[number],
        from[SW_FROM_BOUNDARY].distance[number], 100.0 * from[SW_FROM_BOUNDARY].rank[number],
        (double)hole->wall[SW_PHASE_DENSE],      (double)hole->wall[SW_PHASE_WIDE],
        (double)hole->wall[SW_PHASE_AMORPHOUS]};
    for (size_t c = 0; c < PLACE_COLUMNS; c++)
        sw_table_numbers(table, COLUMNS + 1 + c)[row] = cells[c];
}

static sw_status fill_table(sw_table *table, const void_result *result) {
    sw_status status = add_columns(table, result->placed);
    for (size_t i = 0; i < result->voids.count && status == SW_OK; i++) {
        const sw_void *hole = &result->voids.item[i];
        const double cells[COLUMNS] = {(double)i + 1.0, hole->volume,    hole->centre[0],
                                       hole->centre[1], hole->centre[2], hole->radius};
        size_t row;
        status = sw_table_add_row(table, &row);
        for (size_t c = 0; c < COLUMNS && status == SW_OK; c++)
            sw_table_numbers(table, c)[row] = cells[c];
        if (status == SW_OK)
            status = sw_table_set_text(table, row, COLUMNS, size_names[hole->size]);
        if (status == SW_OK && result->placed)
            set_place(table, row, result, i);
    }
    return status;
}

static sw_status add_table(sw_measurement *out, const void_result *result) {
    sw_table *table;
    sw_status status = sw_table_create(&table);
    if (status != SW_OK)
        return status;
    status = fill_table(table, result);
    status = sw_add_filled_table(out, "voids", table, status);
    if (status != SW_OK)
        return status;
    return sw_measurement_add_plot(
        out,
        (sw_plot){.title = "Volumes of the voids",
                  .table = "voids",
                  .x = "void",
                  .y = "volume",
                  .y_label = "volume / A3",
                  .kind = "points",
                  .log_y = true,
                  .help = "From the largest to the smallest; a vacancy of c-ZrO2 has 110 A3."});
}

/* The centres of vacancies and larger voids as atoms without element. */
static sw_status add_centres(sw_atoms *atoms, const sw_voids *voids) {
    size_t place = sw_atoms_count(atoms), shown = 0;
    for (size_t i = 0; i < voids->count; i++)
        shown += voids->item[i].size != SW_VOID_SMALL;
    sw_status status = sw_atoms_resize(atoms, place + shown);
    for (size_t i = 0; i < voids->count && status == SW_OK; i++)
        if (voids->item[i].size != SW_VOID_SMALL)
            memcpy(sw_atoms_positions(atoms) + 3 * place++, voids->item[i].centre,
                   sizeof voids->item[i].centre);
    return status;
}

/* number [voids->atoms] of the seen atoms in `given`. */
static sw_status add_atoms(sw_measurement *out, const sw_voids *voids, const sw_atoms *given,
                           const uint32_t *number) {
    sw_atoms *atoms;
    sw_status status = sw_atoms_copy(&atoms, given);
    if (status != SW_OK)
        return status;
    status = sw_atom_column_of_some(atoms, "void_volume", voids->at_atom, number, voids->atoms);
    if (status == SW_OK)
        status = add_centres(atoms, voids);
    return sw_add_filled_atoms(out, atoms, status);
}

/* ---- the instrument -------------------------------------------------------------------------- */

static sw_status report(sw_measurement *out, const void_result *result, const sw_atoms *given,
                        const uint32_t *number) {
    sw_status status = add_values(out, &result->voids);
    if (status == SW_OK)
        status = add_places(out, result);
    if (status == SW_OK)
        status = add_table(out, result);
    return status == SW_OK ? add_atoms(out, &result->voids, given, number) : status;
}

/* Phases of the atoms. What cannot be told apart is noted, and voids are without places then. */
static sw_status find_phases(sw_phase_map *map, bool *found, sw_measurement *out,
                             const sw_atoms *seen, const sw_instrument_settings *settings,
                             sw_context *context, sw_error *error) {
    sw_error inner = {0};
    double cutoff;
    *map = (sw_phase_map){0};
    *found = false;
    if (!sw_setting_switch(settings, "phases"))
        return SW_OK;
    sw_status status = sw_phases_measured(map, &cutoff, out, seen, settings, context, &inner);
    *found = status == SW_OK;
    if (status == SW_ERROR_MEMORY || status == SW_ERROR_CANCELLED)
        return sw_error_set(error, status, "voids", NULL, "%s", inner.message);
    return status == SW_OK ? SW_OK
                           : sw_measurement_note(out, "Voids are without places among phases: %s",
                                                 inner.message);
}

static sw_status measure_seen(void_result *result, sw_measurement *out, const sw_atoms *seen,
                              const sw_instrument_settings *settings, sw_context *context,
                              sw_error *error) {
    sw_void_options options = {.alpha = sw_setting_number(settings, "alpha"),
                               .radius = sw_setting_number(settings, "radius"),
                               .limit = {sw_setting_number(settings, "vacancy-volume"),
                                         sw_setting_number(settings, "pore-volume"),
                                         sw_setting_number(settings, "large-volume")},
                               .cavities = sw_setting_switch(settings, "cavities"),
                               .missing = sw_setting_number(settings, "missing"),
                               .repeats = sw_setting_count(settings, "repeats"),
                               .seed = 1};
    sw_phase_map map;
    *result = (void_result){.near = sw_setting_number(settings, "near")};
    sw_status status = find_phases(&map, &result->placed, out, seen, settings, context, error);
    options.label = map.phase;
    if (status == SW_OK)
        status = sw_voids_create(&result->voids, seen, &options, context, error);
    if (status == SW_OK && result->placed)
        status = sw_void_places_create(&result->places, &result->voids, seen, &map, context, error);
    sw_phase_map_clear(&map);
    return status;
}

static sw_status measure(sw_measurement *measurement, const sw_content *inputs,
                         const sw_instrument_settings *settings, sw_context *context,
                         sw_error *error) {
    void_result result = {0};
    sw_atoms *seen;
    uint32_t *number;
    sw_status status = sw_element_subset(&seen, &number, inputs[0].atoms,
                                         sw_setting_text(settings, "elements"), "elements", error);
    if (status != SW_OK)
        return status;
    status = measure_seen(&result, measurement, seen, settings, context, error);
    if (status == SW_OK)
        status = report(measurement, &result, inputs[0].atoms, number);
    sw_void_places_clear(&result.places);
    sw_voids_clear(&result.voids);
    sw_atoms_destroy(seen);
    free(number);
    return status;
}

const sw_instrument sw_instrument_voids = {
    .name = "voids",
    .summary = "vacancies and pores, with their missing-atom control",
    .description =
        "Inside the alpha shape of the atoms, Delaunay tetrahedra whose circumscribed sphere is "
        "larger "
        "than the radius are void; voids that share a face are one. By volume they are vacancies, "
        "nano-pores or pores. In a perfect fcc crystal of lattice constant a one vacancy has "
        "5 a^3 / 6 and two neighbours 3 a^3 / 2.\n\n"
        "What was only missed by a reconstruction leaves the same voids. The control takes more "
        "atoms "
        "away at random and tells what the rule finds then; without it numbers of vacancies from "
        "an "
        "experiment mean little.\n\n"
        "With `phases` each void has its distance to the dense crystal (the core), to the boundary "
        "of wide crystal and amorphous, and the atoms of each phase around it. A rank is the share "
        "of the oxide's atoms that are nearer: voids that lie anywhere have 50 % in the mean, "
        "whatever the particle's shape.",
    .citation = "Y. Zhang et al., Nat. Commun. 15 (2024), doi:10.1038/s41467-024-52026-w, Methods",
    .columns = "void_volume (A3, of the largest void with room for an atom at which the atom lies, "
               "or 0); and the centres of such voids as atoms X",
    .input = {SW_NOUN_ATOMS},
    .parameters = parameters,
    .presets = presets,
    .measure = measure,
};
