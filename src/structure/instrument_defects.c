/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instrument `defects`: vacancies, interstitials and antisites against a reference lattice. */
#include "structure/atom_columns.h"
#include "structure/instruments.h"
#include "structure/matched_inputs.h"
#include "structure/occupancy.h"
#include "structure/results.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const sw_instrument_parameter parameters[] = {
    {.name = "farthest",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_LENGTH,
     .standard = "1.5 A",
     .least = 1e-6,
     .most = 1e3,
     .help = "an atom farther from every site is off the lattice; about "
             "half the distance of neighbouring sites"},
    {.name = "shift",
     .kind = SW_TAKES_SWITCH,
     .standard = "yes",
     .help = "remove a shift common to all atoms first, as compare does"},
    {0},
};

typedef struct sw_defect_counts {
    size_t vacant, extra, wrong, off, occupied;
} sw_defect_counts;

static bool is_wrong(const sw_occupancy *occupancy, const sw_content *inputs, size_t site) {
    return occupancy->nearest[site] != SW_NO_SITE &&
           sw_atoms_elements_const(inputs[1].atoms)[occupancy->nearest[site]] !=
               sw_atoms_elements_const(inputs[0].atoms)[site];
}

static sw_defect_counts count_defects(const sw_occupancy *occupancy, const sw_content *inputs) {
    sw_defect_counts counts = {0};
    for (size_t s = 0; s < occupancy->site_count; s++) {
        counts.vacant += occupancy->atoms[s] == 0;
        counts.occupied += occupancy->atoms[s] > 0;
        counts.extra += occupancy->atoms[s] > 1 ? occupancy->atoms[s] - 1 : 0;
        counts.wrong += is_wrong(occupancy, inputs, s);
    }
    for (size_t i = 0; i < occupancy->atom_count; i++)
        counts.off += occupancy->site_of[i] == SW_NO_SITE;
    return counts;
}

static sw_status add_values(sw_measurement *out, const sw_occupancy *occupancy,
                            const sw_defect_counts *counts) {
    sw_status status =
        sw_add_number(out, "vacancies", (double)counts->vacant, "", "sites without an atom");
    if (status == SW_OK)
        status = sw_add_share(out, "vacancy share", counts->vacant, occupancy->site_count,
                              "of all sites");
    if (status == SW_OK)
        status = sw_add_number(out, "interstitials", (double)counts->extra, "",
                               "atoms beyond the first on a site");
    if (status == SW_OK)
        status = sw_add_number(out, "antisites", (double)counts->wrong, "",
                               "sites whose nearest atom is of another element");
    if (status == SW_OK)
        status = sw_add_share(out, "antisite share", counts->wrong, counts->occupied,
                              "of all occupied sites");
    if (status == SW_OK)
        status = sw_add_number(out, "off lattice", (double)counts->off, "",
                               "atoms farther from every site than allowed");
    return status;
}

/* One row an element of the reference. */
static sw_status add_table(sw_measurement *out, const sw_occupancy *occupancy,
                           const sw_content *inputs) {
    static const char *const names[] = {"sites", "vacancies", "interstitials", "antisites"};
    size_t counts[256][4] = {{0}};
    sw_table *table;
    sw_status status = sw_table_create(&table);
    if (status != SW_OK)
        return status;
    for (size_t s = 0; s < occupancy->site_count; s++) {
        size_t *row = counts[sw_atoms_elements_const(inputs[0].atoms)[s]];
        row[0]++;
        row[1] += occupancy->atoms[s] == 0;
        row[2] += occupancy->atoms[s] > 1 ? occupancy->atoms[s] - 1 : 0;
        row[3] += is_wrong(occupancy, inputs, s);
    }
    status = sw_table_add_text_column(table, "element");
    for (size_t c = 0; c < 4 && status == SW_OK; c++)
        status = sw_table_add_column(table, names[c], "");
    for (int e = 0; e < 256 && status == SW_OK; e++) {
        size_t row;
        if (counts[e][0] == 0)
            continue;
        status = sw_table_add_row(table, &row);
        if (status == SW_OK)
            status = sw_table_set_text(table, row, 0, sw_element_symbol(e));
        for (size_t c = 0; c < 4 && status == SW_OK; c++)
            sw_table_numbers(table, c + 1)[row] = (double)counts[e][c];
    }
    return sw_add_filled_table(out, "defects", table, status);
}

static sw_status add_atoms(sw_measurement *out, const sw_occupancy *occupancy,
                           const sw_content *inputs) {
    sw_atoms *sites;
    double *held = NULL, *wrong = NULL, *distance = NULL;
    sw_status status = sw_atoms_copy(&sites, inputs[0].atoms);
    if (status != SW_OK)
        return status;
    status = sw_atom_column(&held, sites, "occupancy", 1, true);
    if (status == SW_OK)
        status = sw_atom_column(&wrong, sites, "antisite", 1, true);
    if (status == SW_OK)
        status = sw_atom_column(&distance, sites, "displacement", 1, false);
    for (size_t s = 0; s < occupancy->site_count && status == SW_OK; s++) {
        held[s] = (double)occupancy->atoms[s];
        wrong[s] = is_wrong(occupancy, inputs, s);
        distance[s] = occupancy->distance[s];
    }
    return sw_add_filled_atoms(out, sites, status);
}

static sw_status find_shift(double shift[3], const sw_content *inputs,
                            const sw_instrument_settings *settings, sw_context *context,
                            sw_error *error) {
    sw_matching matching;
    memset(shift, 0, 3 * sizeof *shift);
    if (!sw_setting_switch(settings, "shift"))
        return SW_OK;
    sw_status status = sw_matched_inputs(&matching, inputs, settings, false, context, error);
    if (status == SW_OK)
        memcpy(shift, matching.shift, sizeof matching.shift);
    if (status == SW_OK)
        sw_matching_clear(&matching);
    return status;
}

static sw_status report(sw_measurement *out, const sw_occupancy *occupancy,
                        const sw_content *inputs) {
    const sw_defect_counts counts = count_defects(occupancy, inputs);
    sw_status status = add_values(out, occupancy, &counts);
    if (status == SW_OK)
        status = add_table(out, occupancy, inputs);
    if (status == SW_OK)
        status = sw_measurement_add_plot(
            out, (sw_plot){.title = "Defects by element",
                           .table = "defects",
                           .x = "element",
                           .y = "vacancies,interstitials,antisites",
                           .y_label = "number",
                           .kind = "bars",
                           .help = "Of the element that the reference has there."});
    return status == SW_OK ? add_atoms(out, occupancy, inputs) : status;
}

static sw_status measure(sw_measurement *measurement, const sw_content *inputs,
                         const sw_instrument_settings *settings, sw_context *context,
                         sw_error *error) {
    sw_occupancy occupancy = {0};
    double shift[3];
    sw_status status = find_shift(shift, inputs, settings, context, error);
    if (status == SW_OK)
        status = sw_occupancy_create(&occupancy, inputs[0].atoms, inputs[1].atoms, shift,
                                     sw_setting_number(settings, "farthest"), context, error);
    if (status == SW_OK)
        status = report(measurement, &occupancy, inputs);
    sw_occupancy_clear(&occupancy);
    return status;
}

const sw_instrument sw_instrument_defects = {
    .name = "defects",
    .summary = "vacancies, interstitials, antisites against a reference",
    .description =
        "The first file holds the sites of the reference, the second the atoms. Every atom belongs "
        "to "
        "the site nearest to it, if that is not farther than allowed. A site without an atom is a "
        "vacancy, further atoms on a site are interstitials, a site whose nearest atom is of "
        "another "
        "element than the reference has there is an antisite.\n\n"
        "In an experiment missing atoms look like vacancies: compare the share with that of atoms "
        "which the reconstruction misses.",
    .citation = "Wigner-Seitz defect analysis, K. Nordlund et al., Phys. Rev. B 57, 7556 (1998)",
    .columns = "of the sites: occupancy, antisite (0, 1), displacement (A)",
    .input = {SW_NOUN_ATOMS, SW_NOUN_ATOMS},
    .parameters = parameters,
    .measure = measure,
};
