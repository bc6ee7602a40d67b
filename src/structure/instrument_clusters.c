/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instrument `clusters`: connected groups of atoms, their sizes and places. */
#include "structure/atom_columns.h"
#include "structure/automatic_cutoff.h"
#include "structure/components.h"
#include "structure/element_choice.h"
#include "structure/instruments.h"
#include "structure/interval.h"
#include "structure/results.h"

#include <math.h>
#include <stdlib.h>

static const sw_instrument_parameter parameters[] = {
    {.name = "cutoff",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_LENGTH,
     .standard = "auto",
     .least = 1e-3,
     .most = 1e4,
     .help = "atoms nearer than this are in one cluster; auto: the first "
             "valley of g(r)"},
    {.name = "elements",
     .kind = SW_TAKES_TEXT,
     .standard = "all",
     .help = "atoms that take part: all, or symbols with commas (Ni,Fe)"},
    {.name = "smallest",
     .kind = SW_TAKES_COUNT,
     .standard = "1",
     .least = 1,
     .most = 1e15,
     .help = "clusters of fewer atoms are not counted"},
    {0},
};

static size_t count_large(const sw_components *groups, size_t smallest) {
    size_t count = 0;
    while (count < groups->count && groups->list[count].atoms >= smallest)
        count++;
    return count;
}

static sw_status add_values(sw_measurement *out, const sw_components *groups, size_t count) {
    double atoms = 0.0, squares = 0.0, largest = count > 0 ? (double)groups->list[0].atoms : 0.0;
    for (size_t g = 0; g < count; g++) {
        double size = (double)groups->list[g].atoms;
        atoms += size;
        squares += size * size;
    }
    sw_interval mean = sw_interval_mean(atoms, squares, count);
    sw_status status =
        sw_add_number(out, "clusters", (double)count, "", "of at least the smallest size");
    if (status == SW_OK)
        status = sw_add_number(out, "clustered atoms", atoms, "", "in all of them");
    if (status == SW_OK)
        status = sw_measurement_add(
            out, "mean size", mean.value, count > 1 ? fmax(mean.low, 1.0) : NAN, mean.high, "atoms",
            "every cluster the same weight; the interval treats clusters as "
            "independent");
    if (status == SW_OK)
        status = sw_add_number(out, "largest size", largest, "atoms", "");
    if (status == SW_OK)
        status = sw_add_number(out, "share of the largest", atoms > 0.0 ? largest / atoms : NAN, "",
                               "of all clustered atoms");
    return status;
}

static sw_status add_columns(sw_table *table) {
    static const char *const names[] = {"cluster",  "atoms",    "centre x",
                                        "centre y", "centre z", "radius of gyration"};
    static const char *const units[] = {"", "", "A", "A", "A", "A"};
    sw_status status = SW_OK;
    for (size_t c = 0; c < 6 && status == SW_OK; c++)
        status = sw_table_add_column(table, names[c], units[c]);
    return status;
}

static sw_status add_table(sw_measurement *out, const sw_components *groups, size_t count) {
    sw_table *table;
    sw_status status = sw_table_create(&table);
    if (status != SW_OK)
        return status;
    status = add_columns(table);
    for (size_t g = 0; g < count && status == SW_OK; g++) {
        const sw_component *group = &groups->list[g];
        size_t row;
        status = sw_table_add_row(table, &row);
        if (status != SW_OK)
            break;
        const double cells[6] = {(double)g + 1.0,
                                 (double)group->atoms,
                                 group->endless ? NAN : group->centre[0],
                                 group->endless ? NAN : group->centre[1],
                                 group->endless ? NAN : group->centre[2],
                                 group->endless ? NAN : group->gyration};
        for (size_t c = 0; c < 6; c++)
            sw_table_numbers(table, c)[row] = cells[c];
    }
    return sw_add_filled_table(out, "clusters", table, status);
}

static sw_status add_atoms(sw_measurement *out, const sw_components *groups, size_t count,
                           const sw_atoms *given) {
    sw_atoms *atoms;
    double *cluster = NULL;
    sw_status status = sw_atoms_copy(&atoms, given);
    if (status != SW_OK)
        return status;
    status = sw_atom_column(&cluster, atoms, "cluster", 1, true);
    for (size_t i = 0; i < sw_atoms_count(atoms) && status == SW_OK; i++) {
        uint32_t of = groups->of[i];
        bool counted = of != SW_NO_COMPONENT && of < count;
        cluster[i] = counted ? of + 1.0 : 0.0;
    }
    return sw_add_filled_atoms(out, atoms, status);
}

static sw_status add_notes(sw_measurement *out, const sw_components *groups, size_t count) {
    size_t endless = 0;
    for (size_t g = 0; g < count; g++)
        endless += groups->list[g].endless;
    if (endless == 0)
        return SW_OK;
    return sw_measurement_note(out,
                               "%zu of the clusters reach through the periodic cell to "
                               "themselves: they have no size in space.",
                               endless);
}

static sw_status report(sw_measurement *out, const sw_components *groups, size_t smallest,
                        const sw_atoms *atoms) {
    size_t count = count_large(groups, smallest);
    sw_status status = add_values(out, groups, count);
    if (status == SW_OK)
        status = add_table(out, groups, count);
    if (status == SW_OK)
        status = sw_measurement_add_plot(
            out, (sw_plot){.title = "Sizes of clusters",
                           .table = "clusters",
                           .x = "cluster",
                           .y = "atoms",
                           .y_label = "atoms",
                           .kind = "bars",
                           .log_y = true,
                           .help = "Clusters from the largest to the smallest."});
    if (status == SW_OK)
        status = add_atoms(out, groups, count, atoms);
    return status == SW_OK ? add_notes(out, groups, count) : status;
}

static sw_status measure(sw_measurement *measurement, const sw_content *inputs,
                         const sw_instrument_settings *settings, sw_context *context,
                         sw_error *error) {
    const sw_atoms *atoms = inputs[0].atoms;
    sw_components groups = {0};
    uint8_t *chosen = NULL;
    double cutoff;
    sw_status status =
        sw_element_choice(&chosen, atoms, sw_setting_text(settings, "elements"), "elements", error);
    if (status == SW_OK)
        status = sw_automatic_cutoff(&cutoff, measurement, atoms, settings, context, error);
    if (status == SW_OK)
        status = sw_components_create(&groups, atoms, cutoff, chosen, context, error);
    if (status == SW_OK)
        status = report(measurement, &groups, sw_setting_count(settings, "smallest"), atoms);
    sw_components_clear(&groups);
    free(chosen);
    return status;
}

const sw_instrument sw_instrument_clusters = {
    .name = "clusters",
    .summary = "connected groups of atoms: how many, how large, where",
    .description =
        "Two atoms that are nearer than the cutoff are in one cluster, and so are all that are "
        "joined "
        "through others. Clusters are numbered by size. Centres and radii of gyration follow "
        "clusters across periodic boundaries; every atom has the same weight.",
    .citation = "connected components; for clusters in atom probe data: M. K. Miller and E. A. "
                "Kenik, Microsc. Microanal. 10, 336 (2004) (maximum separation)",
    .columns = "cluster (0: none, 1: the largest)",
    .input = {SW_NOUN_ATOMS},
    .parameters = parameters,
    .measure = measure,
};
