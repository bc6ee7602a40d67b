/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instrument `voids`: vacancies and pores inside a solid, with their missing-atom control. */
#include "structure/atom_columns.h"
#include "structure/element_choice.h"
#include "structure/instruments.h"
#include "structure/results.h"
#include "structure/voids.h"

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
    {0},
};

static const sw_instrument_preset presets[] = {
    {"zhang-2024",
     "alpha 4.5 A, spheres above 3.19 A, vacancies of 45 to 125 A3, nano-pores to 4500 A3 (Y. "
     "Zhang "
     "et al., doi:10.1038/s41467-024-52026-w)",
     (const char *const[]){"alpha=4.5 A", "radius=3.19 A", "vacancy-volume=45", "pore-volume=125",
                           "large-volume=4500", NULL}},
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

/* ---- tables ---------------------------------------------------------------------------------- */

static sw_status fill_table(sw_table *table, const sw_voids *voids) {
    static const char *const names[] = {"void", "volume", "x", "y", "z", "radius"};
    static const char *const units[] = {"", "A3", "A", "A", "A", "A"};
    sw_status status = SW_OK;
    for (size_t c = 0; c < 6 && status == SW_OK; c++)
        status = sw_table_add_column(table, names[c], units[c]);
    if (status == SW_OK)
        status = sw_table_add_text_column(table, "size");
    for (size_t i = 0; i < voids->count && status == SW_OK; i++) {
        const sw_void *hole = &voids->item[i];
        const double cells[6] = {(double)i + 1.0, hole->volume,    hole->centre[0],
                                 hole->centre[1], hole->centre[2], hole->radius};
        size_t row;
        status = sw_table_add_row(table, &row);
        for (size_t c = 0; c < 6 && status == SW_OK; c++)
            sw_table_numbers(table, c)[row] = cells[c];
        if (status == SW_OK)
            status = sw_table_set_text(table, row, 6, size_names[hole->size]);
    }
    return status;
}

static sw_status add_table(sw_measurement *out, const sw_voids *voids) {
    sw_table *table;
    sw_status status = sw_table_create(&table);
    if (status != SW_OK)
        return status;
    status = fill_table(table, voids);
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

static sw_status report(sw_measurement *out, const sw_voids *voids, const sw_atoms *given,
                        const uint32_t *number) {
    sw_status status = add_values(out, voids);
    if (status == SW_OK)
        status = add_table(out, voids);
    return status == SW_OK ? add_atoms(out, voids, given, number) : status;
}

static sw_status measure(sw_measurement *measurement, const sw_content *inputs,
                         const sw_instrument_settings *settings, sw_context *context,
                         sw_error *error) {
    sw_voids voids;
    sw_void_options options = {.alpha = sw_setting_number(settings, "alpha"),
                               .radius = sw_setting_number(settings, "radius"),
                               .limit = {sw_setting_number(settings, "vacancy-volume"),
                                         sw_setting_number(settings, "pore-volume"),
                                         sw_setting_number(settings, "large-volume")},
                               .cavities = sw_setting_switch(settings, "cavities"),
                               .missing = sw_setting_number(settings, "missing"),
                               .repeats = sw_setting_count(settings, "repeats"),
                               .seed = 1};
    sw_atoms *seen;
    uint32_t *number;
    sw_status status = sw_element_subset(&seen, &number, inputs[0].atoms,
                                         sw_setting_text(settings, "elements"), "elements", error);
    if (status != SW_OK)
        return status;
    status = sw_voids_create(&voids, seen, &options, context, error);
    sw_atoms_destroy(seen);
    if (status == SW_OK) {
        status = report(measurement, &voids, inputs[0].atoms, number);
        sw_voids_clear(&voids);
    }
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
        "experiment mean little.",
    .citation = "Y. Zhang et al., Nat. Commun. 15 (2024), doi:10.1038/s41467-024-52026-w, Methods",
    .columns = "void_volume (A3, of the largest void with room for an atom at which the atom lies, "
               "or 0); and the centres of such voids as atoms X",
    .input = {SW_NOUN_ATOMS},
    .parameters = parameters,
    .presets = presets,
    .measure = measure,
};
