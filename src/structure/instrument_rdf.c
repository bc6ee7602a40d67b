/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instrument `rdf`: pair distribution of bulk and of particles, first shell. */
#include "base/memory.h"
#include "structure/alpha_shape.h"
#include "structure/automatic_cutoff.h"
#include "structure/first_shell.h"
#include "structure/instruments.h"
#include "structure/results.h"
#include "structure/shell_volume.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RAYS 48
#define DRAWS 200
#define MOST_BINS 1000000.0

enum { BODY_AUTO, BODY_PERIODIC, BODY_ALPHA, BODY_NONE };
static const char *const body_words[] = {"auto", "periodic", "alpha", "none", NULL};

static const sw_instrument_parameter parameters[] = {
    {.name = "range",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_LENGTH,
     .standard = "12 A",
     .least = 0.1,
     .most = 1e4,
     .help = "largest distance"},
    {.name = "bin",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_LENGTH,
     .standard = "0.05 A",
     .least = 1e-4,
     .most = 100,
     .help = "width of a bin"},
    {.name = "smoothing",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_LENGTH,
     .standard = "auto",
     .least = 0,
     .most = 100,
     .help = "sigma of a Gaussian over g(r) before peak and valley are read; "
             "auto: 1.5 bins"},
    {.name = "body",
     .kind = SW_TAKES_CHOICE,
     .standard = "auto",
     .choices = body_words,
     .help = "what the atoms fill, which pairs are compared with; auto: the periodic cell, or the "
             "alpha shape"},
    {.name = "alpha",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_LENGTH,
     .standard = "auto",
     .least = 1e-3,
     .most = 1e4,
     .help = "radius of the alpha shape of a particle; auto: 1.5 times the "
             "median distance of nearest atoms"},
    {0},
};

static const sw_instrument_preset presets[] = {
    {"zhang-2024",
     "the authors' program: bins of 0.02 A, smoothed over 1.5 bins, alpha 4.5 A (Y. Zhang et al., "
     "doi:10.1038/s41467-024-52026-w)",
     (const char *const[]){"bin=0.02 A", "smoothing=0.03 A", "alpha=4.5 A", NULL}},
    {"zhang-2024-as-printed",
     "the same with sigma 1.5 A as the paper prints it, which erases every peak",
     (const char *const[]){"bin=0.02 A", "smoothing=1.5 A", "alpha=4.5 A", NULL}},
    {0},
};

/* ---- the body that atoms fill ---------------------------------------------------------------- */

typedef struct sw_rdf_body {
    sw_body body;
    double *mean_shell; /* [bins] A^3, of a particle */
    bool flat;          /* the atoms span no volume: that of the body is a choice */
} sw_rdf_body;

/* Every atom is compared with the mean over all. */
static sw_status mean_shells(double *volume, const void *user, const double position[3],
                             const sw_pair_bins *bins) {
    (void)position;
    memcpy(volume, user, bins->count * sizeof *volume);
    return SW_OK;
}

static sw_status fill_shells(sw_rdf_body *made, const sw_tetrahedra *tetrahedra, double alpha,
                             const sw_pair_bins *bins, sw_context *context, sw_error *error) {
    sw_alpha_shape shape;
    sw_status status = sw_alpha_shape_create(&shape, tetrahedra, alpha, error);
    if (status != SW_OK)
        return status;
    made->body.volume = shape.volume;
    made->mean_shell = sw_allocate(bins->count, sizeof *made->mean_shell);
    made->body.shells = mean_shells;
    made->body.user = made->mean_shell;
    if (made->mean_shell == NULL)
        status = SW_ERROR_MEMORY;
    else if (shape.volume > 0.0)
        status = sw_shell_volumes(made->mean_shell, NULL, &shape, bins->width, bins->count, RAYS,
                                  context, error);
    sw_alpha_shape_clear(&shape);
    return status;
}

static sw_status particle_body(sw_rdf_body *made, const sw_atoms *atoms,
                               const sw_instrument_settings *settings, const sw_pair_bins *bins,
                               sw_context *context, sw_error *error) {
    sw_tetrahedra tetrahedra;
    double alpha;
    sw_status status = sw_automatic_distance(&alpha, "alpha", 1.5, atoms, settings,
                                             "give --alpha, or --body none", context, error);
    if (status == SW_OK)
        status = sw_tetrahedra_create(&tetrahedra, atoms, 0.0, context, error);
    if (status != SW_OK)
        return status;
    status = fill_shells(made, &tetrahedra, alpha, bins, context, error);
    sw_tetrahedra_clear(&tetrahedra);
    if (status == SW_OK && !(made->body.volume > 0.0))
        status =
            sw_error_set(error, SW_ERROR_ARGUMENT, "alpha", "give a larger --alpha, or --body none",
                         "the alpha shape of %.4g A has no volume", alpha);
    return status;
}

/* Without a body pairs are compared with an even spread over the box around the atoms. */
static sw_status box_body(sw_rdf_body *made, const sw_box *box, sw_measurement *measurement) {
    made->body.volume = box->height[0] * box->height[1] * box->height[2];
    if (sw_box_volume(box) > 0.0)
        made->body.volume = sw_box_volume(box);
    made->flat = box->flat;
    return sw_measurement_note(measurement,
                               "Pairs are compared with an even spread over the box "
                               "around the atoms: g(r) falls off with the size of what "
                               "is in it.");
}

static sw_status make_body(sw_rdf_body *made, sw_measurement *measurement, const sw_atoms *atoms,
                           const sw_instrument_settings *settings, const sw_pair_bins *bins,
                           sw_context *context, sw_error *error) {
    sw_box box;
    size_t choice = sw_setting_choice(settings, "body");
    *made = (sw_rdf_body){.mean_shell = NULL};
    sw_status status = sw_box_create(&box, atoms, error);
    if (status != SW_OK)
        return status;
    bool endless = sw_box_volume(&box) > 0.0;
    bool partly = !endless && (box.periodic[0] || box.periodic[1] || box.periodic[2]);
    bool few = sw_atoms_count(atoms) < 5;
    if (choice == BODY_AUTO)
        choice = endless ? BODY_PERIODIC : partly || few ? BODY_NONE : BODY_ALPHA;
    if (choice == BODY_PERIODIC && !endless)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "body",
                            "--body alpha is for particles, --body none for all else",
                            "the cell is not periodic along all axes");
    made->body = sw_body_periodic(&box);
    if (choice == BODY_ALPHA)
        return particle_body(made, atoms, settings, bins, context, error);
    return choice == BODY_NONE ? box_body(made, &box, measurement) : SW_OK;
}

/* ---- what comes out -------------------------------------------------------------------------- */

typedef struct sw_rdf_result {
    const sw_pair_count *pairs;
    const sw_pair_distribution *distribution;
    sw_first_shell_options options;
    double *smooth; /* [bins] of the total */
} sw_rdf_result;

static sw_status add_estimate(sw_measurement *out, const char *name, const sw_estimate *estimate,
                              const char *help) {
    return sw_measurement_add(out, name, estimate->value, estimate->low, estimate->high, "A", help);
}

/* Neighbours of an atom nearer than `end`. */
static double coordination(const sw_rdf_result *result, size_t atoms, double end) {
    double pairs = 0.0;
    for (size_t k = 0; k < result->pairs->bins.count; k++)
        if (sw_pair_edge(&result->pairs->bins, k + 1) <= end * (1 + 1e-12))
            pairs += (double)sw_pair_count_total(result->pairs, k);
    return atoms > 0 ? pairs / (double)atoms : NAN;
}

static sw_status add_total(sw_measurement *out, const sw_rdf_result *result, size_t atoms,
                           double volume, sw_error *error) {
    sw_first_shell shell;
    sw_status status = sw_first_shell_find(&shell, result->pairs, result->distribution, SIZE_MAX,
                                           SIZE_MAX, &result->options, error);
    if (status == SW_OK)
        status = add_estimate(out, "first peak", &shell.peak, "of the smoothed g(r) of all pairs");
    if (status == SW_OK)
        status = add_estimate(out, "first valley", &shell.valley,
                              "where the first shell of neighbours ends");
    if (status == SW_OK)
        status = sw_add_number(out, "neighbours", coordination(result, atoms, shell.valley.value),
                               "", "mean number nearer than the first valley");
    if (status == SW_OK)
        status = sw_add_number(out, "number density", (double)atoms / volume, "1/A3",
                               "of the body that the atoms fill");
    return status;
}

static sw_status add_partials(sw_measurement *out, const sw_rdf_result *result, sw_error *error) {
    size_t kinds = result->pairs->kinds;
    sw_status status = SW_OK;
    for (size_t a = 0; a < kinds && kinds > 1 && status == SW_OK; a++)
        for (size_t b = a; b < kinds && status == SW_OK; b++) {
            sw_first_shell shell;
            char name[64];
            status = sw_first_shell_find(&shell, result->pairs, result->distribution, a, b,
                                         &result->options, error);
            snprintf(name, sizeof name, "first peak %s-%s",
                     sw_element_symbol(result->pairs->element[a]),
                     sw_element_symbol(result->pairs->element[b]));
            if (status == SW_OK)
                status = add_estimate(out, name, &shell.peak, "of the smoothed partial g(r)");
        }
    return status;
}

static void fill_table(sw_table *table, const sw_rdf_result *result, size_t atoms) {
    const sw_pair_bins *bins = &result->pairs->bins;
    double pairs = 0.0;
    for (size_t k = 0; k < bins->count; k++) {
        size_t column = 4;
        pairs += (double)sw_pair_count_total(result->pairs, k);
        sw_table_numbers(table, 0)[k] = sw_pair_edge(bins, k) + 0.5 * bins->width;
        sw_table_numbers(table, 1)[k] = result->distribution->total[k];
        sw_table_numbers(table, 2)[k] = result->smooth[k];
        sw_table_numbers(table, 3)[k] = atoms ? pairs / (double)atoms : NAN;
        for (size_t a = 0; a < result->pairs->kinds && result->pairs->kinds > 1; a++)
            for (size_t b = a; b < result->pairs->kinds; b++)
                sw_table_numbers(table, column++)[k] =
                    result->distribution->partial[(a * result->pairs->kinds + b) * bins->count + k];
    }
}

static sw_status add_columns(sw_table *table, const sw_rdf_result *result) {
    size_t kinds = result->pairs->kinds;
    char name[64];
    sw_status status = sw_table_add_column(table, "r", "A");
    if (status == SW_OK)
        status = sw_table_add_column(table, "g", "");
    if (status == SW_OK)
        status = sw_table_add_column(table, "smoothed g", "");
    if (status == SW_OK)
        status = sw_table_add_column(table, "neighbours", "");
    for (size_t a = 0; a < kinds && kinds > 1; a++)
        for (size_t b = a; b < kinds && status == SW_OK; b++) {
            snprintf(name, sizeof name, "g %s-%s", sw_element_symbol(result->pairs->element[a]),
                     sw_element_symbol(result->pairs->element[b]));
            status = sw_table_add_column(table, name, "");
        }
    return status;
}

static sw_status add_table(sw_measurement *out, const sw_rdf_result *result, size_t atoms) {
    sw_table *table;
    sw_status status = sw_table_create(&table);
    if (status != SW_OK)
        return status;
    status = add_columns(table, result);
    for (size_t k = 0; k < result->pairs->bins.count && status == SW_OK; k++)
        status = sw_table_add_row(table, NULL);
    if (status == SW_OK)
        fill_table(table, result, atoms);
    status = sw_add_filled_table(out, "rdf", table, status);
    if (status != SW_OK)
        return status;
    return sw_measurement_add_plot(
        out, (sw_plot){.title = "Pair distribution",
                       .table = "rdf",
                       .x = "r",
                       .y = "g,smoothed g",
                       .y_label = "g(r)",
                       .kind = "lines",
                       .help = "1 where atoms are as many as in an even spread over the body."});
}

static sw_status report(sw_measurement *out, sw_rdf_result *result, size_t atoms, double volume,
                        sw_error *error) {
    const sw_pair_bins *bins = &result->pairs->bins;
    result->smooth = sw_allocate(bins->count, sizeof *result->smooth);
    if (result->smooth == NULL)
        return SW_ERROR_MEMORY;
    sw_curve_smooth(result->smooth, result->distribution->total, bins->count,
                    result->options.smoothing / bins->width);
    sw_status status = add_total(out, result, atoms, volume, error);
    if (status == SW_OK)
        status = add_partials(out, result, error);
    if (status == SW_OK)
        status = add_table(out, result, atoms);
    free(result->smooth);
    return status;
}

/* ---- the instrument -------------------------------------------------------------------------- */

static sw_status measure_in(sw_measurement *measurement, const sw_atoms *atoms,
                            const sw_pair_bins *bins, const sw_rdf_body *made, double smoothing,
                            sw_context *context, sw_error *error) {
    sw_pair_count pairs;
    sw_pair_distribution distribution;
    sw_status status = sw_pair_count_create(&pairs, atoms, bins, true, context, error);
    if (status != SW_OK)
        return status;
    status = sw_pair_distribution_create(&distribution, &pairs, atoms, &made->body, context, error);
    if (status == SW_OK) {
        sw_rdf_result result = {
            .pairs = &pairs,
            .distribution = &distribution,
            .options = {.smoothing = smoothing, .draws = DRAWS, .confidence = 0.95, .seed = 1}};
        double volume = made->flat ? NAN : made->body.volume;
        status = report(measurement, &result, sw_atoms_count(atoms), volume, error);
        sw_pair_distribution_clear(&distribution);
    }
    sw_pair_count_clear(&pairs);
    return status;
}

static sw_status measure(sw_measurement *measurement, const sw_content *inputs,
                         const sw_instrument_settings *settings, sw_context *context,
                         sw_error *error) {
    double range = sw_setting_number(settings, "range"), bin = sw_setting_number(settings, "bin");
    double smoothing = sw_setting_is_automatic(settings, "smoothing")
                           ? 1.5 * bin
                           : sw_setting_number(settings, "smoothing");
    sw_rdf_body made = {.mean_shell = NULL};
    if (range / bin > MOST_BINS)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "bin", "give wider bins or a shorter range",
                            "%.3g bins are more than %.0g", range / bin, MOST_BINS);
    const sw_pair_bins bins = sw_pair_bins_to(range, bin);
    sw_status status =
        make_body(&made, measurement, inputs[0].atoms, settings, &bins, context, error);
    if (status == SW_OK)
        status = measure_in(measurement, inputs[0].atoms, &bins, &made, smoothing, context, error);
    free(made.mean_shell);
    return status;
}

const sw_instrument sw_instrument_rdf = {
    .name = "rdf",
    .summary = "pair distribution, total and by elements; first shell",
    .description =
        "g(r) is the number of pairs at a distance over that of atoms spread evenly over the body "
        "that they fill. In a particle the body is its alpha shape, and every shell counts only "
        "with "
        "the part that lies inside, in the mean over all atoms (by elements too): g(r) goes to 1 "
        "also there. Peak and valley are read from the smoothed curve, between bins; their "
        "intervals "
        "come from drawing the pairs of every bin anew.",
    .citation = "finite particles: Y. Yang et al., Nature 592, 60 (2021), Methods",
    .input = {SW_NOUN_ATOMS},
    .parameters = parameters,
    .presets = presets,
    .measure = measure,
};
