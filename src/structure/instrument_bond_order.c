/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instrument `bond-order`: Steinhardt's order of every atom, averaged and normalised. */
#include "base/memory.h"
#include "structure/atom_columns.h"
#include "structure/automatic_cutoff.h"
#include "structure/bond_order.h"
#include "structure/face_neighbours.h"
#include "structure/histogram.h"
#include "structure/instruments.h"
#include "structure/results.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define L_LIMIT (SW_BOND_ORDER_MOST - SW_BOND_ORDER_LEAST + 1)

enum { BY_CUTOFF, BY_NEAREST, BY_FACES };
static const char *const neighbour_words[] = {"cutoff", "nearest", "faces", NULL};

enum { EXACT, AS_PUBLISHED };
static const char *const reference_words[] = {"exact", "published", NULL};

static const sw_instrument_parameter parameters[] = {
    {.name = "neighbours",
     .kind = SW_TAKES_CHOICE,
     .standard = "cutoff",
     .choices = neighbour_words,
     .help = "which atoms are neighbours; faces: those of Voronoi cells, by area"},
    {.name = "cutoff",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_LENGTH,
     .standard = "auto",
     .least = 1e-3,
     .most = 1e3,
     .help = "neighbours are nearer than this; auto: the first valley of "
             "g(r)"},
    {.name = "count",
     .kind = SW_TAKES_COUNT,
     .standard = "12",
     .least = 1,
     .most = 1000,
     .help = "how many nearest neighbours, where they are chosen by number"},
    {.name = "degrees",
     .kind = SW_TAKES_TEXT,
     .standard = "4,6",
     .help = "l of Q_l, 2 to 12, with commas; the normalised order needs 4 and 6"},
    {.name = "third",
     .kind = SW_TAKES_SWITCH,
     .standard = "no",
     .help = "also the third-order W_l"},
    {.name = "disordered",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_NUMBER,
     .standard = "0.5",
     .least = 0,
     .most = 10,
     .help = "an atom of lower normalised order counts as disordered"},
    {.name = "reference",
     .kind = SW_TAKES_CHOICE,
     .standard = "exact",
     .choices = reference_words,
     .help = "Q4 and Q6 of fcc: from closed forms, or with the six digits of published programs"},
    {0},
};

static const sw_instrument_preset presets[] = {
    {"zhang-2024",
     "averaged Q4 and Q6 within 4.5 A over those of fcc, disordered below 0.5 (Y. Zhang et al., "
     "doi:10.1038/s41467-024-52026-w)",
     (const char *const[]){"neighbours=cutoff", "cutoff=4.5 A", "degrees=4,6", "disordered=0.5",
                           "reference=published", NULL}},
    {0},
};

/* ---- parameters ------------------------------------------------------------------------------ */

static int by_value(const void *a, const void *b) {
    return *(const int *)a - *(const int *)b;
}

static sw_status read_degrees(int l[L_LIMIT], size_t *count, const char *text, sw_error *error) {
    const char *at = text;
    *count = 0;
    while (*at != '\0') {
        char *end;
        long found = strtol(at, &end, 10);
        bool repeated = false;
        for (size_t i = 0; i < *count; i++)
            repeated = repeated || l[i] == found;
        if (end == at || found < SW_BOND_ORDER_LEAST || found > SW_BOND_ORDER_MOST || repeated ||
            (*end != ',' && *end != '\0'))
            return sw_error_set(error, SW_ERROR_ARGUMENT, "degrees", "such as 4,6",
                                "\"%s\" is no list of different whole numbers from 2 to 12", text);
        l[(*count)++] = (int)found;
        at = *end == ',' ? end + 1 : end;
    }
    qsort(l, *count, sizeof *l, by_value);
    return *count > 0 ? SW_OK
                      : sw_error_set(error, SW_ERROR_ARGUMENT, "degrees", "such as 4,6",
                                     "no degree is given");
}

/* All faces: their areas weigh how much each counts. */
static sw_status find_faces(sw_neighbours *neighbours, double **weights, const sw_atoms *atoms,
                            sw_context *context, sw_error *error) {
    const sw_voronoi_options options = {.neighbours = true};
    sw_voronoi voronoi;
    sw_status status = sw_voronoi_create(&voronoi, atoms, &options, context, error);
    if (status != SW_OK)
        return status;
    status = sw_face_neighbours(neighbours, weights, &voronoi, error);
    sw_voronoi_clear(&voronoi);
    return status;
}

/* *weights stays NULL where all neighbours count alike. */
static sw_status find_neighbours(sw_neighbours *neighbours, double **weights,
                                 sw_measurement *measurement, const sw_atoms *atoms,
                                 const sw_instrument_settings *settings, sw_context *context,
                                 sw_error *error) {
    double cutoff;
    if (sw_setting_choice(settings, "neighbours") == BY_FACES)
        return find_faces(neighbours, weights, atoms, context, error);
    if (sw_setting_choice(settings, "neighbours") == BY_NEAREST)
        return sw_neighbours_nearest(neighbours, atoms, sw_setting_count(settings, "count"),
                                     context, error);
    sw_status status = sw_automatic_cutoff(&cutoff, measurement, atoms, settings, context, error);
    return status == SW_OK ? sw_neighbours_within(neighbours, atoms, cutoff, SW_NEIGHBOURS_AS_FOUND,
                                                  context, error)
                           : status;
}

/* ---- what is measured ------------------------------------------------------------------------ */

typedef struct sw_order_result {
    const sw_bond_order *order;
    const int *l;
    const sw_neighbours *neighbours;
    double *normalised; /* [atoms], or NULL where 4 or 6 is missing */
    double disordered;  /* threshold */
} sw_order_result;

static ptrdiff_t row_of(const sw_order_result *result, int l) {
    for (size_t i = 0; i < result->order->count; i++)
        if (result->l[i] == l)
            return (ptrdiff_t)i;
    return -1;
}

static sw_status normalise(sw_order_result *result, const sw_instrument_settings *settings) {
    const sw_order_reference *reference = sw_setting_choice(settings, "reference") == EXACT
                                              ? &sw_fcc_order
                                              : &sw_fcc_order_as_published;
    size_t atoms = result->order->atoms;
    ptrdiff_t four = row_of(result, 4), six = row_of(result, 6);
    if (four < 0 || six < 0)
        return SW_OK;
    result->normalised = sw_allocate(atoms, sizeof *result->normalised);
    for (size_t i = 0; result->normalised && i < atoms; i++)
        result->normalised[i] =
            sw_normalised_order(result->order->averaged_q[(size_t)four * atoms + i],
                                result->order->averaged_q[(size_t)six * atoms + i], reference);
    return result->normalised ? SW_OK : SW_ERROR_MEMORY;
}

static sw_status add_mean_of(sw_measurement *out, const char *name, const double *values,
                             size_t count, const char *help) {
    double sum = 0.0, squares = 0.0;
    for (size_t i = 0; i < count; i++) {
        sum += values[i];
        squares += values[i] * values[i];
    }
    return sw_add_mean(out, name, sum, squares, count, "", help);
}

static sw_status add_disorder(sw_measurement *out, const sw_order_result *result) {
    size_t atoms = result->order->atoms, below = 0;
    if (result->normalised == NULL)
        return SW_OK;
    for (size_t i = 0; i < atoms; i++)
        below += result->normalised[i] < result->disordered;
    sw_status status = sw_add_share(out, "disordered share", below, atoms,
                                    "atoms of lower normalised order than the threshold");
    if (status == SW_OK)
        status = add_mean_of(out, "normalised order", result->normalised, atoms,
                             "of averaged Q4 and Q6; 1 in fcc; mean over the atoms");
    return status;
}

static sw_status add_values(sw_measurement *out, const sw_order_result *result) {
    size_t atoms = result->order->atoms;
    char name[64];
    sw_status status = add_disorder(out, result);
    for (size_t i = 0; i < result->order->count && status == SW_OK; i++) {
        snprintf(name, sizeof name, "averaged Q%d", result->l[i]);
        status = add_mean_of(out, name, result->order->averaged_q + i * atoms, atoms,
                             "after Lechner and Dellago; mean over the atoms");
        snprintf(name, sizeof name, "Q%d", result->l[i]);
        if (status == SW_OK)
            status = add_mean_of(out, name, result->order->q + i * atoms, atoms,
                                 "of every atom's own bonds; mean over the atoms");
    }
    double mean = atoms ? (double)result->neighbours->first[atoms] / (double)atoms : NAN;
    return status == SW_OK ? sw_add_number(out, "neighbours", mean, "", "mean number of them")
                           : status;
}

static sw_status add_column(sw_atoms *atoms, const char *format, int l, const double *values) {
    char name[64];
    double *column;
    if (values == NULL)
        return SW_OK;
    snprintf(name, sizeof name, format, l);
    sw_status status = sw_atom_column(&column, atoms, name, 1, false);
    if (status == SW_OK)
        memcpy(column, values, sw_atoms_count(atoms) * sizeof *column);
    return status;
}

static sw_status add_atoms(sw_measurement *out, const sw_order_result *result,
                           const sw_atoms *given) {
    sw_atoms *atoms;
    size_t count = sw_atoms_count(given);
    const sw_bond_order *order = result->order;
    sw_status status = sw_atoms_copy(&atoms, given);
    if (status != SW_OK)
        return status;
    for (size_t i = 0; i < order->count && status == SW_OK; i++) {
        status = add_column(atoms, "Q%d", result->l[i], order->q + i * count);
        if (status == SW_OK)
            status = add_column(atoms, "averaged_Q%d", result->l[i], order->averaged_q + i * count);
        if (status == SW_OK && order->w)
            status = add_column(atoms, "W%d", result->l[i], order->w + i * count);
        if (status == SW_OK && order->averaged_w)
            status = add_column(atoms, "averaged_W%d", result->l[i], order->averaged_w + i * count);
    }
    if (status == SW_OK)
        status = add_column(atoms, "normalised_order", 0, result->normalised);
    return sw_add_filled_atoms(out, atoms, status);
}

static const sw_histogram orders = {.table = "order",
                                    .column = "normalised order",
                                    .unit = "",
                                    .title = "Normalised bond order",
                                    .bins = 60,
                                    .least = 1.0,
                                    .help = "fcc is at 1; disordered atoms are to the left."};

/* ---- the instrument -------------------------------------------------------------------------- */

static sw_status report(sw_measurement *out, sw_order_result *result, const sw_atoms *atoms,
                        const sw_instrument_settings *settings) {
    sw_status status = normalise(result, settings);
    if (status == SW_OK)
        status = add_values(out, result);
    if (status == SW_OK && result->normalised)
        status = sw_histogram_add(out, &orders, result->normalised, result->order->atoms);
    if (status == SW_OK)
        status = add_atoms(out, result, atoms);
    free(result->normalised);
    return status;
}

static sw_status measure(sw_measurement *measurement, const sw_content *inputs,
                         const sw_instrument_settings *settings, sw_context *context,
                         sw_error *error) {
    int l[L_LIMIT];
    sw_neighbours neighbours = {0};
    sw_bond_order order = {0};
    double *weights = NULL;
    sw_bond_order_options options = {
        .l = l, .averaged = true, .third = sw_setting_switch(settings, "third")};
    sw_status status = read_degrees(l, &options.count, sw_setting_text(settings, "degrees"), error);
    if (status == SW_OK)
        status = find_neighbours(&neighbours, &weights, measurement, inputs[0].atoms, settings,
                                 context, error);
    options.weights = weights;
    if (status == SW_OK)
        status = sw_bond_order_create(&order, &neighbours, &options, context, error);
    if (status == SW_OK) {
        sw_order_result result = {.order = &order,
                                  .l = l,
                                  .neighbours = &neighbours,
                                  .disordered = sw_setting_number(settings, "disordered")};
        status = report(measurement, &result, inputs[0].atoms, settings);
    }
    sw_bond_order_clear(&order);
    sw_neighbours_clear(&neighbours);
    free(weights);
    return status;
}

const sw_instrument sw_instrument_bond_order = {
    .name = "bond-order",
    .summary = "how ordered the surroundings of every atom are",
    .description =
        "Q_l of Steinhardt, Nelson and Ronchetti from the directions to the neighbours, and the "
        "averaged Q_l of Lechner and Dellago, in which every atom takes part with its neighbours. "
        "The "
        "normalised order is sqrt(Q4^2 + Q6^2) of the averaged ones over that of fcc: 1 in perfect "
        "fcc, 0.81 in hcp, near 0.3 in a dense random packing. With --neighbours faces each bond "
        "counts "
        "by the area of its Voronoi face, which needs no cutoff; faces without end, at the "
        "surface, do "
        "not count.\n\n"
        "Intervals are those of means and shares over atoms taken as independent. At the surface "
        "neighbours are missing, which changes Q_l.",
    .citation =
        "P. J. Steinhardt, D. R. Nelson and M. Ronchetti, Phys. Rev. B 28, 784 (1983); W. "
        "Lechner and C. Dellago, J. Chem. Phys. 129, 114707 (2008); faces: W. Mickel et al., J. "
        "Chem. Phys. 138, 044501 (2013)",
    .columns = "Q4, averaged_Q4 (and other l), W4 if asked for, normalised_order",
    .input = {SW_NOUN_ATOMS},
    .parameters = parameters,
    .presets = presets,
    .measure = measure,
};
