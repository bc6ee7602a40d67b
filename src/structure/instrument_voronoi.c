/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instrument `voronoi`: the cell of every atom, its volume, faces and index. */
#include "base/memory.h"
#include "base/sorting.h"
#include "structure/atom_columns.h"
#include "structure/histogram.h"
#include "structure/instruments.h"
#include "structure/interval.h"
#include "structure/results.h"
#include "structure/voronoi.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define INDICES 50     /* rows of the table at most */
#define INDEX_LENGTH 4 /* faces of 3, 4, 5 and 6 edges */

static const sw_instrument_parameter parameters[] = {
    {.name = "smallest-face",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_NUMBER,
     .standard = "0.01",
     .least = 0,
     .most = 0.5,
     .help = "faces below this fraction of the cell's "
             "surface do not count as neighbours"},
    {.name = "recompute",
     .kind = SW_TAKES_SWITCH,
     .standard = "no",
     .help = "make cells again without the neighbours of faces that do not count; volumes change"},
    {.name = "cutoff",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_LENGTH,
     .standard = "auto",
     .least = 1e-3,
     .most = 1e6,
     .help = "neighbours farther away do not count; auto: all do"},
    {.name = "cube",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_LENGTH,
     .standard = "auto",
     .least = 1e-3,
     .most = 1e6,
     .help = "cells without an end stop at a cube of half this side; auto: "
             "they have no volume"},
    {.name = "merge",
     .kind = SW_TAKES_SWITCH,
     .standard = "no",
     .help = "atoms on top of each other are one, instead of an error"},
    {0},
};

static const sw_instrument_preset presets[] = {
    {"zhang-2024",
     "faces below 1 % of the surface and bonds beyond 4.5 A do not count; concentration is 1/V "
     "(Y. Zhang et al., doi:10.1038/s41467-024-52026-w)",
     (const char *const[]){"smallest-face=0.01", "recompute=no", "cutoff=4.5 A", NULL}},
    {0},
};

/* ---- numbers --------------------------------------------------------------------------------- */

typedef struct sw_cell_sums {
    size_t closed;
    double volume, volume2, density, density2, neighbours, neighbours2, faces, sphericity;
} sw_cell_sums;

static sw_cell_sums add_up(const sw_voronoi *voronoi) {
    sw_cell_sums sums = {0};
    for (size_t i = 0; i < voronoi->atoms; i++) {
        const sw_voronoi_atom *cell = &voronoi->atom[i];
        if (cell->kind != SW_VORONOI_CLOSED)
            continue;
        double density = 1.0 / cell->volume, neighbours = cell->coordination;
        sums.closed++;
        sums.volume += cell->volume;
        sums.volume2 += cell->volume * cell->volume;
        sums.density += density;
        sums.density2 += density * density;
        sums.neighbours += neighbours;
        sums.neighbours2 += neighbours * neighbours;
        sums.faces += cell->faces;
        sums.sphericity += sw_voronoi_sphericity(cell);
    }
    return sums;
}

/* In a particle the largest cells are those of the surface, closed as they may be. */
static sw_status add_median(sw_measurement *out, const sw_voronoi *voronoi) {
    double *volumes = sw_allocate(voronoi->atoms, sizeof *volumes);
    size_t closed = 0;
    for (size_t i = 0; volumes && i < voronoi->atoms; i++)
        if (voronoi->atom[i].kind == SW_VORONOI_CLOSED)
            volumes[closed++] = voronoi->atom[i].volume;
    sw_sort_numbers(volumes, closed);
    sw_status status =
        volumes ? sw_measurement_add(out, "median volume", closed ? volumes[closed / 2] : NAN, NAN,
                                     NAN, "A3", "of the closed cells")
                : SW_ERROR_MEMORY;
    free(volumes);
    return status;
}

static sw_status add_values(sw_measurement *out, const sw_voronoi *voronoi) {
    const sw_cell_sums sums = add_up(voronoi);
    double n = (double)sums.closed;
    sw_status status = add_median(out, voronoi);
    if (status == SW_OK)
        status = sw_add_mean(out, "mean volume", sums.volume, sums.volume2, sums.closed, "A3",
                             "of the closed cells; wide cells at a surface weigh much");
    if (status == SW_OK)
        status = sw_add_mean(out, "concentration", sums.density, sums.density2, sums.closed, "1/A3",
                             "1/V, mean of the closed cells");
    if (status == SW_OK)
        status = sw_add_mean(out, "coordination", sums.neighbours, sums.neighbours2, sums.closed,
                             "", "neighbours that count, mean of the closed cells");
    if (status == SW_OK)
        status = sw_add_number(out, "faces", sums.faces / n, "",
                               "all faces, small ones too, mean of the closed cells");
    if (status == SW_OK)
        status = sw_add_number(out, "sphericity", sums.sphericity / n, "",
                               "1 for a sphere, 0.905 for the cell of fcc");
    if (status == SW_OK)
        status = sw_add_number(out, "total volume", sums.volume, "A3", "of all closed cells");
    if (status == SW_OK)
        status = sw_add_number(out, "open cells", (double)voronoi->open, "",
                               "at the surface, without an end; left out of all means");
    return status;
}

/* ---- indices --------------------------------------------------------------------------------- */

typedef struct sw_index_count {
    uint16_t edges[SW_VORONOI_ORDERS];
    size_t count;
} sw_index_count;

static int by_edges(const void *a, const void *b) {
    return memcmp(a, b, sizeof((sw_index_count *)0)->edges);
}

static int by_count(const void *a, const void *b) {
    const sw_index_count *left = a, *right = b;
    if (left->count != right->count)
        return left->count > right->count ? -1 : 1;
    return by_edges(a, b);
}

/* The different indices of closed cells, the most frequent first; the caller's. */
static sw_index_count *count_indices(const sw_voronoi *voronoi, size_t *different, size_t *closed) {
    sw_index_count *list = sw_allocate(voronoi->atoms, sizeof *list);
    *closed = *different = 0;
    for (size_t i = 0; list && i < voronoi->atoms; i++) {
        if (voronoi->atom[i].kind != SW_VORONOI_CLOSED)
            continue;
        memcpy(list[*closed].edges, voronoi->atom[i].edges, sizeof list->edges);
        list[(*closed)++].count = 1;
    }
    if (list && *closed > 0)
        qsort(list, *closed, sizeof *list, by_edges);
    for (size_t i = 0; list && i < *closed; i++) {
        if (*different > 0 && by_edges(&list[*different - 1], &list[i]) == 0)
            list[*different - 1].count++;
        else
            list[(*different)++] = list[i];
    }
    if (list && *different > 0)
        qsort(list, *different, sizeof *list, by_count);
    return list;
}

static sw_status add_index_row(sw_table *table, const sw_index_count *index, size_t closed) {
    char name[64];
    size_t row;
    sw_interval share = sw_interval_fraction(index->count, closed);
    snprintf(name, sizeof name, "<%d %d %d %d>", index->edges[0], index->edges[1], index->edges[2],
             index->edges[3]);
    sw_status status = sw_table_add_row(table, &row);
    if (status == SW_OK)
        status = sw_table_set_text(table, row, 0, name);
    if (status != SW_OK)
        return status;
    sw_table_numbers(table, 1)[row] = (double)index->count;
    sw_table_numbers(table, 2)[row] = 100.0 * share.value;
    sw_table_numbers(table, 3)[row] = 50.0 * (share.high - share.low);
    return SW_OK;
}

static sw_status fill_indices(sw_table *table, const sw_voronoi *voronoi) {
    size_t different, closed;
    sw_index_count *list = count_indices(voronoi, &different, &closed);
    sw_status status = list ? sw_table_add_text_column(table, "index") : SW_ERROR_MEMORY;
    if (status == SW_OK)
        status = sw_table_add_column(table, "atoms", "");
    if (status == SW_OK)
        status = sw_table_add_column(table, "share", "%");
    if (status == SW_OK)
        status = sw_table_add_column(table, "share spread", "%");
    for (size_t i = 0; i < different && i < INDICES && status == SW_OK; i++)
        status = add_index_row(table, &list[i], closed);
    free(list);
    return status;
}

static sw_status add_indices(sw_measurement *out, const sw_voronoi *voronoi) {
    sw_table *table;
    sw_status status = sw_table_create(&table);
    if (status != SW_OK)
        return status;
    status = fill_indices(table, voronoi);
    status = sw_add_filled_table(out, "voronoi-indices", table, status);
    if (status != SW_OK)
        return status;
    return sw_measurement_add_plot(
        out,
        (sw_plot){.title = "Voronoi indices",
                  .table = "voronoi-indices",
                  .x = "index",
                  .y = "share",
                  .y_label = "share / %",
                  .kind = "bars",
                  .help = "Numbers of faces with 3, 4, 5 and 6 edges, of faces that count; the "
                          "most frequent 50 of the closed cells."});
}

/* ---- atoms ----------------------------------------------------------------------------------- */

static sw_status add_atoms(sw_measurement *out, const sw_voronoi *voronoi, const sw_atoms *given) {
    sw_atoms *atoms;
    double *volume = NULL, *density = NULL, *neighbours = NULL, *index = NULL, *open = NULL;
    sw_status status = sw_atoms_copy(&atoms, given);
    if (status != SW_OK)
        return status;
    status = sw_atom_column(&volume, atoms, "voronoi_volume", 1, false);
    if (status == SW_OK)
        status = sw_atom_column(&density, atoms, "concentration", 1, false);
    if (status == SW_OK)
        status = sw_atom_column(&neighbours, atoms, "coordination", 1, true);
    if (status == SW_OK)
        status = sw_atom_column(&index, atoms, "voronoi_index", INDEX_LENGTH, true);
    if (status == SW_OK)
        status = sw_atom_column(&open, atoms, "open_cell", 1, true);
    for (size_t i = 0; i < voronoi->atoms && status == SW_OK; i++) {
        const sw_voronoi_atom *cell = &voronoi->atom[i];
        volume[i] = cell->volume;
        density[i] = cell->volume > 0.0 ? 1.0 / cell->volume : NAN;
        neighbours[i] = cell->coordination;
        open[i] = cell->kind == SW_VORONOI_OPEN;
        for (size_t e = 0; e < INDEX_LENGTH; e++)
            index[INDEX_LENGTH * i + e] = cell->edges[e];
    }
    return sw_add_filled_atoms(out, atoms, status);
}

static const sw_histogram densities = {.table = "concentrations",
                                       .column = "concentration",
                                       .unit = "1/A3",
                                       .bins = 60,
                                       .title = "Concentration of the closed cells",
                                       .help = "1/V of the Voronoi cell of each atom."};

static sw_status add_densities(sw_measurement *out, const sw_voronoi *voronoi) {
    double *values = sw_allocate(voronoi->atoms, sizeof *values);
    if (values == NULL)
        return SW_ERROR_MEMORY;
    for (size_t i = 0; i < voronoi->atoms; i++)
        values[i] =
            voronoi->atom[i].kind == SW_VORONOI_CLOSED ? 1.0 / voronoi->atom[i].volume : NAN;
    sw_status status = sw_histogram_add(out, &densities, values, voronoi->atoms);
    free(values);
    return status;
}

/* ---- the instrument -------------------------------------------------------------------------- */

static sw_status report(sw_measurement *out, const sw_voronoi *voronoi, const sw_atoms *atoms) {
    sw_status status = add_values(out, voronoi);
    if (status == SW_OK)
        status = add_densities(out, voronoi);
    if (status == SW_OK)
        status = add_indices(out, voronoi);
    if (status == SW_OK)
        status = add_atoms(out, voronoi, atoms);
    if (status == SW_OK && voronoi->merged > 0)
        status = sw_measurement_note(out, "%zu atoms lie on top of others and have no cell.",
                                     voronoi->merged);
    return status;
}

static double given_or_zero(const sw_instrument_settings *settings, const char *name) {
    return sw_setting_is_automatic(settings, name) ? 0.0 : sw_setting_number(settings, name);
}

static sw_status measure(sw_measurement *measurement, const sw_content *inputs,
                         const sw_instrument_settings *settings, sw_context *context,
                         sw_error *error) {
    sw_voronoi voronoi;
    const sw_voronoi_options options = {.smallest_face =
                                            sw_setting_number(settings, "smallest-face"),
                                        .recompute = sw_setting_switch(settings, "recompute"),
                                        .cutoff = given_or_zero(settings, "cutoff"),
                                        .cube = given_or_zero(settings, "cube"),
                                        .merge = sw_setting_switch(settings, "merge")};
    sw_status status = sw_voronoi_create(&voronoi, inputs[0].atoms, &options, context, error);
    if (status != SW_OK)
        return status;
    status = report(measurement, &voronoi, inputs[0].atoms);
    sw_voronoi_clear(&voronoi);
    return status;
}

const sw_instrument sw_instrument_voronoi = {
    .name = "voronoi",
    .summary = "Voronoi cells: volume, concentration, coordination, index",
    .description =
        "The cell of an atom is what is nearer to it than to all others; its faces are shared with "
        "its "
        "neighbours. Small faces come and go with small displacements, so they need not count. "
        "Cells at "
        "the surface have no end: they are counted and left out of all means. The Voronoi index "
        "gives the numbers of faces with 3, 4, 5 and 6 edges.\n\n"
        "Intervals are those of means over atoms taken as independent.",
    .citation =
        "V. A. Borodin, Philos. Mag. A 79, 1887 (1999); J. L. Finney, Proc. R. Soc. Lond. A "
        "319, 479 (1970)",
    .columns = "voronoi_volume (A3), concentration (1/A3), coordination, voronoi_index (n3 n4 n5 "
               "n6), open_cell",
    .input = {SW_NOUN_ATOMS},
    .parameters = parameters,
    .presets = presets,
    .measure = measure,
};
