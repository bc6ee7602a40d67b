/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instrument `oxidation`: oxygen sites between metal atoms, as seen and corrected for noise. */
#include "base/memory.h"
#include "structure/alpha_shape.h"
#include "structure/atom_columns.h"
#include "structure/element_choice.h"
#include "structure/instruments.h"
#include "structure/neighbours.h"
#include "structure/oxidation_correction.h"
#include "structure/results.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const sw_instrument_parameter parameters[] = {
    {.name = "elements",
     .kind = SW_TAKES_TEXT,
     .standard = "metal",
     .help = "between which sites are looked for: all, metal, or symbols"},
    {.name = "distortion",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_NUMBER,
     .standard = "0.255",
     .least = 0,
     .most = 10,
     .help = "longest edge over the mean one, less 1: sites have at most this"},
    {.name = "volume",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_NUMBER,
     .standard = "4.68",
     .least = 0,
     .most = 1e6,
     .help = "sites larger than this (A3) hold oxygen; for Zr"},
    {.name = "sliver-volume",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_NUMBER,
     .standard = "1",
     .least = 0,
     .most = 1e6,
     .help = "flat tetrahedra below this (A3) are no sites; 0: as printed"},
    {.name = "alpha",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_LENGTH,
     .standard = "4.5 A",
     .least = 1e-3,
     .most = 1e4,
     .help = "radius of the alpha shape that says where the surface is"},
    {.name = "precision",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_LENGTH,
     .standard = "0 A",
     .least = 0,
     .most = 5,
     .help = "of the positions, root mean square in space; 0: no correction"},
    {.name = "repeats",
     .kind = SW_TAKES_COUNT,
     .standard = "8",
     .least = 2,
     .most = 1000,
     .help = "how often SIMEX adds noise of each strength"},
    {.name = "smoothing",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_LENGTH,
     .standard = "2 A",
     .least = 0,
     .most = 20,
     .help = "deviation of the Gaussian of the smoothed column; 0: without it"},
    {.name = "step",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_LENGTH,
     .standard = "3 A",
     .least = 1e-2,
     .most = 1e4,
     .help = "of the depths below the surface in the table"},
    {0},
};

static const sw_instrument_preset presets[] = {
    {"zhang-2024",
     "as printed: 0.255, 4.68 A3, slivers are sites; 28 pm (Y. Zhang et al., "
     "doi:10.1038/s41467-024-52026-w)",
     (const char *const[]){"distortion=0.255", "volume=4.68", "sliver-volume=0", "alpha=4.5 A",
                           "precision=28 pm", "smoothing=2 A", NULL}},
    {0},
};

#define REACH 3.0 /* deviations of the Gaussian */
#define MOST_LAYERS 1000

typedef struct oxidation_result {
    const sw_atoms *given;
    sw_atoms *metal;
    uint32_t *number; /* [metal atoms] their numbers in `given` */
    sw_oxidation oxidation;
    bool corrected;
    sw_oxidation_correction correction;
    double *smoothed, *depth; /* [metal atoms] smoothed may be NULL */
} oxidation_result;

/* ---- numbers --------------------------------------------------------------------------------- */

/* Mean over the atoms inside, as seen. */
static sw_status add_seen(sw_measurement *out, const char *name, const sw_oxidation *oxidation,
                          double (*value)(const sw_oxidation *, size_t), const char *help) {
    double sum = 0.0, squares = 0.0;
    size_t count = 0;
    for (size_t i = 0; i < oxidation->count; i++) {
        double x = value(oxidation, i);
        if (oxidation->surface[i] || isnan(x))
            continue;
        sum += x;
        squares += x * x;
        count++;
    }
    return sw_add_mean(out, name, sum, squares, count, "", help);
}

static sw_status add_corrected(sw_measurement *out, const sw_oxidation_correction *correction) {
    sw_status status = sw_add_interval(out, "fraction by Bayes", &correction->bayes.bulk_fraction,
                                       "", "each site with its chance to be filled, without noise");
    if (status == SW_OK)
        status = sw_add_interval(out, "fraction by SIMEX", &correction->simex.bulk_fraction, "",
                                 "from more noise back to none, by a parabola");
    if (status == SW_OK)
        status = sw_add_interval(out, "degree by Bayes", &correction->bayes.bulk_degree, "",
                                 "the same for the degree");
    if (status == SW_OK)
        status = sw_add_interval(out, "degree by SIMEX", &correction->simex.bulk_degree, "",
                                 "the same for the degree");
    if (status == SW_OK)
        status = sw_add_number(out, "bias of the degree", correction->verdict_bias, "",
                               "how much the same noise once more changes the mean degree");
    if (status == SW_OK)
        status = sw_add_number(out, "spread of a site", correction->verdict_spread, "",
                               "root mean square deviation of one site's verdict by that noise");
    return status;
}

static sw_status add_values(sw_measurement *out, const oxidation_result *result) {
    const sw_oxidation *oxidation = &result->oxidation;
    double atoms = (double)oxidation->count;
    sw_status status = add_seen(out, "oxidised fraction", oxidation, sw_oxidation_fraction,
                                "filled sites over all sites around an atom, mean inside");
    if (status == SW_OK)
        status = add_seen(out, "degree of oxidation", oxidation, sw_oxidation_degree,
                          "filled sites over eight, mean inside; 1 in MO2");
    if (status == SW_OK && result->corrected)
        status = add_corrected(out, &result->correction);
    if (status == SW_OK)
        status =
            sw_add_number(out, "oxygen sites", (double)oxidation->sites, "", "filled tetrahedra");
    if (status == SW_OK)
        status = sw_add_number(out, "oxygen per metal atom",
                               oxidation->count ? (double)oxidation->sites / atoms : NAN, "",
                               "2 in MO2; the surface lacks sites");
    if (status == SW_OK)
        status = sw_add_share(out, "surface atoms", oxidation->count - oxidation->bulk,
                              oxidation->count, "metal atoms that lack sites, not in the means");
    return status;
}

/* ---- depths ---------------------------------------------------------------------------------- */

enum { DEPTH, ATOMS, FRACTION, SPREAD, DEGREE, BAYES, SIMEX, COLUMNS };

static sw_status add_columns(sw_table *table, bool corrected) {
    static const char *const names[COLUMNS] = {"depth",  "atoms", "seen", "seen spread",
                                               "degree", "Bayes", "SIMEX"};
    sw_status status = SW_OK;
    for (int c = 0; c < (corrected ? COLUMNS : BAYES) && status == SW_OK; c++)
        status = sw_table_add_column(table, names[c], c == DEPTH ? "A" : "");
    return status;
}

/* Means of the atoms inside whose depth is from `low` to below `high`, A. */
static void average_layer(double cells[COLUMNS], const oxidation_result *result, double low,
                          double high) {
    double sum[COLUMNS] = {0}, squares = 0.0;
    size_t count = 0;
    for (size_t i = 0; i < result->oxidation.count; i++) {
        double fraction = sw_oxidation_fraction(&result->oxidation, i);
        if (result->oxidation.surface[i] || isnan(fraction) || !(result->depth[i] >= low) ||
            !(result->depth[i] < high))
            continue;
        count++;
        sum[FRACTION] += fraction;
        squares += fraction * fraction;
        sum[DEGREE] += sw_oxidation_degree(&result->oxidation, i);
        if (!result->corrected || isnan(result->correction.bayes.fraction[i]))
            continue;
        sum[BAYES] += result->correction.bayes.fraction[i];
        sum[SIMEX] += result->correction.simex.fraction[i];
    }
    sw_interval mean = sw_interval_mean(sum[FRACTION], squares, count);
    for (int c = FRACTION; c < COLUMNS; c++)
        cells[c] = sum[c] / (double)count;
    cells[DEPTH] = 0.5 * (low + high);
    cells[ATOMS] = (double)count;
    cells[SPREAD] = 0.5 * (mean.high - mean.low);
}

static sw_status fill_layers(sw_table *table, const oxidation_result *result, double step) {
    double deepest = 0.0;
    sw_status status = add_columns(table, result->corrected);
    for (size_t i = 0; i < result->oxidation.count; i++)
        if (isfinite(result->depth[i]))
            deepest = fmax(deepest, result->depth[i]);
    size_t layers = deepest / step < MOST_LAYERS ? (size_t)(deepest / step) + 1 : MOST_LAYERS;
    for (size_t l = 0; l < layers && status == SW_OK; l++) {
        double cells[COLUMNS];
        size_t row;
        average_layer(cells, result, step * (double)l, step * (double)(l + 1));
        if (!(cells[ATOMS] > 0.0))
            continue;
        status = sw_table_add_row(table, &row);
        for (size_t c = 0; c < sw_table_columns(table) && status == SW_OK; c++)
            sw_table_numbers(table, c)[row] = cells[c];
    }
    return status;
}

static sw_status add_layers(sw_measurement *out, const oxidation_result *result, double step) {
    sw_table *table;
    sw_status status = sw_table_create(&table);
    if (status != SW_OK)
        return status;
    status = fill_layers(table, result, step);
    bool empty = sw_table_rows(table) == 0;
    status = sw_add_filled_table(out, "oxidation-depths", table, status);
    if (status != SW_OK || empty)
        return status;
    return sw_measurement_add_plot(
        out, (sw_plot){.title = "Oxidation below the surface",
                       .table = "oxidation-depths",
                       .x = "depth",
                       .y = result->corrected ? "seen,Bayes,SIMEX" : "seen",
                       .y_label = "oxidised fraction",
                       .kind = "lines",
                       .help = "Filled over all oxygen sites around an atom, mean of each layer "
                               "below the alpha shape's surface; the band is its interval."});
}

/* ---- atoms ----------------------------------------------------------------------------------- */

static sw_status add_column(sw_atoms *atoms, const oxidation_result *result, const char *name,
                            const double *value) {
    return sw_atom_column_of_some(atoms, name, value, result->number, result->oxidation.count);
}

static sw_status add_seen_columns(sw_atoms *atoms, const oxidation_result *result) {
    size_t count = result->oxidation.count;
    double *value = sw_allocate(count, sizeof *value);
    if (!value)
        return SW_ERROR_MEMORY;
    for (size_t i = 0; i < count; i++)
        value[i] = sw_oxidation_fraction(&result->oxidation, i);
    sw_status status = add_column(atoms, result, "oxidised_fraction", value);
    for (size_t i = 0; i < count; i++)
        value[i] = sw_oxidation_degree(&result->oxidation, i);
    if (status == SW_OK)
        status = add_column(atoms, result, "oxidation_degree", value);
    for (size_t i = 0; i < count; i++)
        value[i] = result->oxidation.surface[i] ? 1.0 : 0.0;
    if (status == SW_OK)
        status = add_column(atoms, result, "lacks_sites", value);
    free(value);
    return status;
}

static sw_status add_atoms(sw_measurement *out, const oxidation_result *result) {
    const sw_oxidation_correction *correction = &result->correction;
    sw_atoms *atoms;
    sw_status status = sw_atoms_copy(&atoms, result->given);
    if (status != SW_OK)
        return status;
    status = add_seen_columns(atoms, result);
    if (status == SW_OK && result->smoothed)
        status = add_column(atoms, result, "oxidation_smoothed", result->smoothed);
    if (status == SW_OK && result->corrected)
        status = add_column(atoms, result, "oxidation_bayes", correction->bayes.fraction);
    if (status == SW_OK && result->corrected)
        status = add_column(atoms, result, "oxidation_simex", correction->simex.fraction);
    return sw_add_filled_atoms(out, atoms, status);
}

/* ---- measuring ------------------------------------------------------------------------------- */

/* Fractions averaged with a Gaussian of the distance. */
static sw_status smooth(oxidation_result *result, double deviation, sw_context *context,
                        sw_error *error) {
    sw_neighbours neighbours;
    size_t count = result->oxidation.count;
    result->smoothed = sw_allocate(count, sizeof *result->smoothed);
    if (!result->smoothed)
        return SW_ERROR_MEMORY;
    sw_status status = sw_neighbours_within(&neighbours, result->metal, REACH * deviation,
                                            SW_NEIGHBOURS_BY_DISTANCE, context, error);
    for (size_t i = 0; i < count && status == SW_OK; i++) {
        double own = sw_oxidation_fraction(&result->oxidation, i);
        double weights = isnan(own) ? 0.0 : 1.0, sum = isnan(own) ? 0.0 : own;
        for (size_t k = neighbours.first[i]; k < neighbours.first[i + 1]; k++) {
            double x = sw_oxidation_fraction(&result->oxidation, neighbours.index[k]);
            double weight = exp(-0.5 * pow(neighbours.distance[k] / deviation, 2));
            weights += isnan(x) ? 0.0 : weight;
            sum += isnan(x) ? 0.0 : weight * x;
        }
        result->smoothed[i] = sum / weights;
    }
    if (status == SW_OK)
        sw_neighbours_clear(&neighbours);
    return status;
}

static sw_status find_depths(oxidation_result *result, const sw_tetrahedra *tetrahedra,
                             double alpha, sw_context *context, sw_error *error) {
    sw_alpha_shape shape;
    result->depth = sw_allocate(result->oxidation.count, sizeof *result->depth);
    if (!result->depth)
        return SW_ERROR_MEMORY;
    sw_status status = sw_alpha_shape_create(&shape, tetrahedra, alpha, error);
    if (status != SW_OK)
        return status;
    status = sw_alpha_shape_depths(result->depth, &shape, context, error);
    sw_alpha_shape_clear(&shape);
    return status;
}

static sw_status find_all(oxidation_result *result, const sw_tetrahedra *tetrahedra,
                          const sw_oxidation_options *options,
                          const sw_instrument_settings *settings, sw_context *context,
                          sw_error *error) {
    sw_correction_options how =
        sw_correction_options_default(sw_setting_number(settings, "precision"));
    double deviation = sw_setting_number(settings, "smoothing");
    how.repeats = sw_setting_count(settings, "repeats");
    sw_status status = sw_oxidation_create(&result->oxidation, tetrahedra, options, error);
    if (status == SW_OK && how.precision > 0.0) {
        status = sw_oxidation_correct(&result->correction, &result->oxidation, tetrahedra,
                                      result->metal, options, &how, context, error);
        result->corrected = status == SW_OK;
    }
    if (status == SW_OK && deviation > 0.0)
        status = smooth(result, deviation, context, error);
    return status == SW_OK ? find_depths(result, tetrahedra, options->alpha, context, error)
                           : status;
}

static sw_status find(oxidation_result *result, const sw_instrument_settings *settings,
                      sw_context *context, sw_error *error) {
    const sw_oxidation_options options = {.distortion = sw_setting_number(settings, "distortion"),
                                          .volume = sw_setting_number(settings, "volume"),
                                          .sliver = sw_setting_number(settings, "sliver-volume"),
                                          .alpha = sw_setting_number(settings, "alpha")};
    sw_tetrahedra tetrahedra;
    sw_status status =
        sw_oxidation_tetrahedra(&tetrahedra, result->metal, &options, context, error);
    if (status == SW_OK)
        status = find_all(result, &tetrahedra, &options, settings, context, error);
    sw_tetrahedra_clear(&tetrahedra);
    return status;
}

static sw_status report(sw_measurement *out, const oxidation_result *result, double step) {
    sw_status status = add_values(out, result);
    if (status == SW_OK)
        status = add_layers(out, result, step);
    if (status == SW_OK)
        status = add_atoms(out, result);
    if (status == SW_OK && !result->corrected)
        status = sw_measurement_note(
            out,
            "Noise of the positions fills and empties sites: at 28 pm 24 %% of those of a metal "
            "core, and 8 %% of an oxide's are lost. Give --precision to have it corrected.");
    if (status == SW_OK && result->corrected)
        status = sw_measurement_note(
            out,
            "Two corrections that suppose different things; where they differ by more than "
            "their intervals, neither is sure. On known particles both were right up to 12 pm.");
    return status;
}

static sw_status measure(sw_measurement *measurement, const sw_content *inputs,
                         const sw_instrument_settings *settings, sw_context *context,
                         sw_error *error) {
    oxidation_result result = {.given = inputs[0].atoms};
    sw_status status = sw_element_subset(&result.metal, &result.number, inputs[0].atoms,
                                         sw_setting_text(settings, "elements"), "elements", error);
    if (status == SW_OK)
        status = find(&result, settings, context, error);
    if (status == SW_OK)
        status = report(measurement, &result, sw_setting_number(settings, "step"));
    sw_oxidation_correction_clear(&result.correction);
    sw_oxidation_clear(&result.oxidation);
    sw_atoms_destroy(result.metal);
    free(result.number);
    free(result.smoothed);
    free(result.depth);
    return status;
}

const sw_instrument sw_instrument_oxidation = {
    .name = "oxidation",
    .summary = "oxygen sites between metal atoms, corrected for noise",
    .description =
        "Oxygen is not seen, but its sites are: a Delaunay tetrahedron of metal atoms that is "
        "nearly "
        "regular (longest edge over the mean one at most 1.255) and larger than 4.68 A3 holds one. "
        "In fcc Zr they have 4.23 A3, in c-ZrO2 5.49. An atom's fraction is that of filled sites "
        "around it, its degree their number over eight. Atoms at the surface lack sites and are "
        "left "
        "out of the means. The limit of volume is one of Zr: give that of another metal.\n\n"
        "Noise of the positions empties and fills sites. With a precision two corrections are "
        "made: "
        "by Bayes each site counts with its chance, given volume and distortion jointly and the "
        "shapes that explain all that was seen; by SIMEX noise is added in four strengths, and a "
        "parabola goes back to none.",
    .citation = "Y. Zhang et al., Nat. Commun. 15 (2024), doi:10.1038/s41467-024-52026-w; J. Cook, "
                "L. Stefanski, J. Am. Stat. Assoc. 89, 1314 (1994); N. Laird, J. Am. Stat. Assoc. "
                "73, 805 (1978)",
    .columns =
        "oxidised_fraction, oxidation_degree, oxidation_smoothed, lacks_sites; with a precision "
        "oxidation_bayes and oxidation_simex (average over atoms: single ones vary)",
    .input = {SW_NOUN_ATOMS},
    .parameters = parameters,
    .presets = presets,
    .measure = measure,
};
