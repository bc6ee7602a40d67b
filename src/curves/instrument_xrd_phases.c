/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instrument `xrd-phases`: weight fractions and lattice parameters from whole powder patterns. */
#include "base/memory.h"
#include "curves/columns.h"
#include "curves/instruments.h"
#include "curves/whole_pattern.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const source_words[] = {"tube", "synchrotron", NULL};

static const sw_instrument_parameter parameters[] = {
    SW_PATTERN_PARAMETERS,
    SW_SECOND_PARAMETERS,
    {.name = "phases",
     .kind = SW_TAKES_TEXT,
     .standard = "fcc,bcc,FeO,NiO,Fe3O4,Fe2O3",
     .help = "crystals that may be there, with commas; further ones from CIF files"},
    {.name = "nickel",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_NUMBER,
     .standard = "35 %",
     .least = 0,
     .most = 1,
     .help = "share of Ni atoms in fcc, for its scattering"},
    {.name = "source",
     .kind = SW_TAKES_CHOICE,
     .standard = "tube",
     .choices = source_words,
     .help = "tube: unpolarised; synchrotron: polarised across the plane"},
    {.name = "search",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_NUMBER,
     .standard = "2.5 %",
     .least = 0,
     .most = 0.1,
     .help = "how far lattice parameters may be from those at room temperature"},
    {.name = "width",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_ANGLE,
     .standard = "0.1 deg",
     .least = 1e-6,
     .most = 0.2,
     .help = "about how wide reflections are, full at half maximum"},
    {.name = "background",
     .kind = SW_TAKES_COUNT,
     .standard = "3",
     .least = 1,
     .most = SW_PATTERN_BACKGROUND,
     .help = "coefficients of the polynomial"},
    {.name = "zero",
     .kind = SW_TAKES_SWITCH,
     .standard = "no",
     .help = "fit a zero error of the angle; lattice parameters then rest on several reflections"},
    {.name = "displacement",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_AREA,
     .standard = "0.6 A2",
     .least = 0,
     .most = 20,
     .help = "isotropic B of all atoms"},
    {.name = "texture",
     .kind = SW_TAKES_TEXT,
     .standard = "none",
     .help = "phases with their preferred planes, 'bcc 110, Fe2O3 001': how much these lie flat is "
             "fitted (March, Dollase)"},
    {.name = "interval",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_TIME,
     .standard = "auto",
     .least = 1e-9,
     .most = 1e9,
     .help = "time between patterns of a series; auto: they are numbered"},
    {0},
};

typedef struct phases_work {
    sw_pattern_model model;
    sw_pattern pattern; /* the one at hand */
    size_t patterns;
    sw_pattern_fit *fit; /* [patterns] */
    double *calculated, *background, *difference;
} phases_work;

/* ---- the model ------------------------------------------------------------------------------- */

static sw_status add_phase(sw_pattern_model *model, const char *name, double nickel,
                           sw_error *error) {
    if (model->phases == SW_PATTERN_PHASES)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "phases", NULL, "more than %d phases",
                            SW_PATTERN_PHASES);
    sw_crystal_phase *crystal = &model->phase[model->phases++].crystal;
    sw_status status = sw_crystal_phase_create(crystal, name, nickel, error);
    for (size_t p = 0; p + 1 < model->phases && status == SW_OK; p++)
        if (strcmp(model->phase[p].crystal.name, crystal->name) == 0)
            status = sw_error_set(error, SW_ERROR_ARGUMENT, "phases",
                                  "name each once; files need names of their own",
                                  "there are two phases \"%s\"", crystal->name);
    return status;
}

/* "bcc 110": digits, a minus before one turns it. */
static sw_status read_texture(sw_pattern_model *model, const char *item, sw_error *error) {
    char name[64];
    int used = 0, index[3] = {0}, digits = 0;
    if (sscanf(item, " %63s %n", name, &used) < 1)
        return SW_OK;
    const char *c = item + used;
    for (; digits < 3 && *c != '\0'; c++) {
        bool minus = *c == '-';
        c += minus;
        if (*c < '0' || *c > '9')
            break;
        index[digits++] = minus ? '0' - *c : *c - '0';
    }
    bool good = digits == 3 && c[strspn(c, " ")] == '\0' && (index[0] || index[1] || index[2]);
    size_t textured = 0;
    for (size_t p = 0; p < model->phases; p++)
        textured += model->phase[p].textured;
    if (textured == SW_PATTERN_TEXTURES)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "texture",
                            "leave out those that matter least",
                            "more than %d phases with a texture", SW_PATTERN_TEXTURES);
    for (size_t p = 0; p < model->phases && good; p++)
        if (strcmp(model->phase[p].crystal.name, name) == 0) {
            model->phase[p].textured = true;
            memcpy(model->phase[p].direction, index, sizeof index);
            return SW_OK;
        }
    return sw_error_set(error, SW_ERROR_ARGUMENT, "texture",
                        "a phase of --phases and its planes, 'bcc 110'",
                        good ? "there is no phase \"%s\"" : "\"%s\" has no planes behind it", name);
}

static sw_status read_textures(sw_pattern_model *model, const char *text, sw_error *error) {
    sw_status status = SW_OK;
    while (strcmp(text, "none") != 0 && *text != '\0' && status == SW_OK) {
        char item[96];
        size_t length = strcspn(text, ",");
        snprintf(item, sizeof item, "%.*s", (int)(length < 95 ? length : 95), text);
        status = read_texture(model, item, error);
        text += length + (text[length] == ',');
    }
    return status;
}

static sw_status make_model(sw_pattern_model *model, const sw_instrument_settings *settings,
                            sw_error *error) {
    const char *text = sw_setting_text(settings, "phases");
    sw_status status = SW_OK;
    *model =
        (sw_pattern_model){.wavelength = sw_setting_number(settings, "wavelength"),
                           .tube = sw_setting_choice(settings, "source") == 0,
                           .background = sw_setting_count(settings, "background"),
                           .free_zero = sw_setting_switch(settings, "zero"),
                           .search = sw_setting_number(settings, "search"),
                           .second_ratio = sw_setting_number(settings, "second-ratio"),
                           .width = sw_setting_number(settings, "width") / SW_RADIAN_PER_DEGREE};
    if (!sw_setting_is_automatic(settings, "second"))
        model->second_wavelength = sw_setting_number(settings, "second");
    for (text += strspn(text, ", "); *text != '\0' && status == SW_OK;) {
        char name[256];
        size_t item = strcspn(text, ","), length = item < 255 ? item : 255;
        while (length > 0 && text[length - 1] == ' ')
            length--;
        snprintf(name, sizeof name, "%.*s", (int)length, text);
        status = add_phase(model, name, sw_setting_number(settings, "nickel"), error);
        text += item;
        text += strspn(text, ", ");
    }
    if (status == SW_OK && model->phases == 0)
        status = sw_error_set(error, SW_ERROR_ARGUMENT, "phases",
                              "fcc, bcc, FeO, NiO, Fe3O4, Fe2O3, or CIF files, with commas",
                              "no phase is named");
    return status == SW_OK ? read_textures(model, sw_setting_text(settings, "texture"), error)
                           : status;
}

/* Reflections beyond the pattern, too: their tails reach into it, and lattices move. */
static sw_status find_reflections(sw_pattern_model *model, const sw_pattern *pattern,
                                  double displacement, sw_error *error) {
    double reach = sw_whole_pattern_reach * model->width;
    double high = fmin(pattern->angle[pattern->count - 1] + reach, 180.0);
    double far = sw_bragg_spacing(high, model->wavelength);
    double near = sw_bragg_spacing(fmax(pattern->angle[0] - reach, 0.1),
                                   fmax(model->wavelength, model->second_wavelength));
    sw_status status = SW_OK;
    for (size_t p = 0; p < model->phases && status == SW_OK; p++) {
        free(model->phase[p].reflection);
        status = sw_crystal_reflections(
            &model->phase[p].reflection, &model->phase[p].reflections, &model->phase[p].crystal,
            far * (1.0 - model->search), near * (1.0 + model->search), displacement,
            model->phase[p].textured ? model->phase[p].direction : NULL, error);
    }
    return status;
}

static void clear(phases_work *work) {
    for (size_t p = 0; p < work->model.phases; p++) {
        sw_crystal_phase_clear(&work->model.phase[p].crystal);
        free(work->model.phase[p].reflection);
    }
    sw_pattern_clear(&work->pattern);
    free(work->fit);
    free(work->calculated);
    free(work->background);
    free(work->difference);
    free(work);
}

/* ---- fitting --------------------------------------------------------------------------------- */

/* Once more, with the weights of the fitted curve. */
static sw_status fit_again(phases_work *work, sw_pattern_fit *fit, sw_error *error) {
    const sw_pattern_fit first = *fit;
    double *curve = sw_allocate(2 * work->pattern.count, sizeof *curve);
    if (curve == NULL)
        return SW_ERROR_MEMORY;
    sw_whole_pattern_curve(curve, curve + work->pattern.count, fit, &work->model, &work->pattern);
    sw_pattern_weigh(&work->pattern, curve);
    free(curve);
    return sw_whole_pattern_fit(fit, &work->model, &work->pattern, &first, false, error);
}

static sw_status fit_pattern(phases_work *work, const sw_table *table, size_t index,
                             const sw_instrument_settings *settings, sw_error *error) {
    sw_pattern_clear(&work->pattern);
    sw_status status = sw_pattern_read(&work->pattern, table, settings, error);
    if (status == SW_OK)
        status = find_reflections(&work->model, &work->pattern,
                                  sw_setting_number(settings, "displacement"), error);
    if (status == SW_OK)
        status = sw_whole_pattern_fit(&work->fit[index], &work->model, &work->pattern,
                                      index > 0 ? &work->fit[index - 1] : NULL, true, error);
    if (status == SW_OK)
        status = fit_again(work, &work->fit[index], error);
    if (status != SW_OK && error != NULL && strcmp(error->place, "xrd-phases") == 0)
        snprintf(error->place, sizeof error->place, "%.200s", sw_table_source(table));
    return status;
}

static sw_status fit_all(phases_work *work, const sw_content *inputs,
                         const sw_instrument_settings *settings, sw_context *context,
                         sw_error *error) {
    sw_status status = SW_OK;
    while (inputs[work->patterns].noun == SW_NOUN_TABLE)
        work->patterns++;
    work->fit = sw_allocate(work->patterns, sizeof *work->fit);
    if (work->fit == NULL)
        return SW_ERROR_MEMORY;
    for (size_t i = 0; i < work->patterns && status == SW_OK; i++) {
        sw_progress(context, (double)i / (double)work->patterns, "pattern %zu", i + 1);
        status = fit_pattern(work, inputs[i].table, i, settings, error);
        if (status == SW_OK && sw_context_cancelled(context))
            status = sw_error_set(error, SW_ERROR_CANCELLED, "xrd-phases", NULL, "interrupted");
    }
    return status;
}

/* ---- results --------------------------------------------------------------------------------- */

static sw_status add_numbers(sw_measurement *out, const phases_work *work) {
    const sw_pattern_fit *fit = &work->fit[work->patterns - 1];
    sw_status status = SW_OK;
    for (size_t p = 0; p < work->model.phases && status == SW_OK; p++) {
        const sw_fitted_phase *phase = &fit->phase[p];
        char name[64];
        snprintf(name, sizeof name, "%s", work->model.phase[p].crystal.name);
        status = sw_add_spread(out, name, 100.0 * phase->weight, 100.0 * phase->weight_spread,
                               "wt%", work->patterns > 1 ? "in the last pattern" : "");
        snprintf(name, sizeof name, "%s lattice", work->model.phase[p].crystal.name);
        if (status == SW_OK && phase->there)
            status = sw_add_spread(out, name, phase->across, phase->across_spread, "A", "a");
        snprintf(name, sizeof name, "%s lattice c", work->model.phase[p].crystal.name);
        if (status == SW_OK && phase->there && isfinite(phase->along))
            status = sw_add_spread(out, name, phase->along, phase->along_spread, "A", "c");
        snprintf(name, sizeof name, "%s texture", work->model.phase[p].crystal.name);
        if (status == SW_OK && isfinite(phase->texture))
            status = sw_add_spread(out, name, phase->texture, phase->texture_spread, "",
                                   "r of March and Dollase; 1: none, below: the planes lie flat");
    }
    if (status == SW_OK)
        status = sw_add_plain(out, "Rwp", 100.0 * fit->rwp, "%", "weighted profile R factor");
    if (status == SW_OK)
        status =
            sw_add_plain(out, "Rexp", 100.0 * fit->rexp, "%", "what counting alone would leave");
    return status;
}

typedef struct series_columns {
    char name[SW_PATTERN_PHASES][4][64];
    double *values; /* [columns][patterns] */
    sw_column column[4 * SW_PATTERN_PHASES + 4];
    size_t count;
} series_columns;

static double *new_column(series_columns *made, const char *name, const char *unit,
                          size_t patterns) {
    double *values = made->values + made->count * patterns;
    made->column[made->count++] = (sw_column){name, unit, values, NULL};
    return values;
}

static void fill_series(series_columns *made, const phases_work *work, double interval) {
    size_t patterns = work->patterns;
    bool timed = isfinite(interval);
    double *x = new_column(made, timed ? "time" : "pattern", timed ? "s" : "", patterns);
    double *rwp = new_column(made, "Rwp", "%", patterns);
    for (size_t i = 0; i < patterns; i++) {
        x[i] = timed ? interval * (double)i : (double)(i + 1);
        rwp[i] = 100.0 * work->fit[i].rwp;
    }
    for (size_t p = 0; p < work->model.phases; p++) {
        static const char *const endings[] = {"", " spread", " lattice", " lattice spread"};
        double *values[4];
        for (int k = 0; k < 4; k++) {
            snprintf(made->name[p][k], 64, "%s%s", work->model.phase[p].crystal.name, endings[k]);
            values[k] = new_column(made, made->name[p][k], k < 2 ? "wt%" : "A", patterns);
        }
        for (size_t i = 0; i < patterns; i++) {
            const sw_fitted_phase *phase = &work->fit[i].phase[p];
            values[0][i] = 100.0 * phase->weight;
            values[1][i] = 100.0 * phase->weight_spread;
            values[2][i] = phase->across;
            values[3][i] = phase->across_spread;
        }
    }
}

static sw_status add_series(sw_measurement *out, const phases_work *work, double interval) {
    series_columns *made = sw_allocate(1, sizeof *made);
    sw_status status = made != NULL ? SW_OK : SW_ERROR_MEMORY;
    if (status == SW_OK) {
        made->values =
            sw_allocate(work->patterns * (4 * work->model.phases + 2), sizeof *made->values);
        status = made->values != NULL ? SW_OK : SW_ERROR_MEMORY;
    }
    if (status == SW_OK) {
        fill_series(made, work, interval);
        status = sw_add_columns(out, "phases", made->column, work->patterns);
    }
    if (made != NULL)
        free(made->values);
    free(made);
    return status;
}

/* Measured and fitted, of the last pattern. */
static sw_status add_pattern(sw_measurement *out, phases_work *work) {
    const sw_pattern *pattern = &work->pattern;
    work->calculated = sw_allocate(pattern->count, sizeof(double));
    work->background = sw_allocate(pattern->count, sizeof(double));
    work->difference = sw_allocate(pattern->count, sizeof(double));
    if (!work->calculated || !work->background || !work->difference)
        return SW_ERROR_MEMORY;
    sw_whole_pattern_curve(work->calculated, work->background, &work->fit[work->patterns - 1],
                           &work->model, pattern);
    for (size_t i = 0; i < pattern->count; i++)
        work->difference[i] = pattern->intensity[i] - work->calculated[i];
    const sw_column columns[] = {
        {"angle", "deg", pattern->angle, NULL},     {"measured", "", pattern->intensity, NULL},
        {"fitted", "", work->calculated, NULL},     {"background", "", work->background, NULL},
        {"difference", "", work->difference, NULL}, {0}};
    return sw_add_columns(out, "pattern", columns, pattern->count);
}

/* The names of the phases as columns of a plot. */
static void list_phases(char text[SW_PATTERN_PHASES * 33], const sw_pattern_model *model) {
    const size_t size = (size_t)SW_PATTERN_PHASES * 33;
    size_t used = 0;
    text[0] = '\0';
    for (size_t p = 0; p < model->phases; p++)
        used += (size_t)snprintf(text + used, size - used, "%s%s", p > 0 ? "," : "",
                                 model->phase[p].crystal.name);
}

static sw_status add_series_plots(sw_measurement *out, const phases_work *work, bool timed) {
    char names[SW_PATTERN_PHASES * 33];
    const char *x = timed ? "time" : "pattern";
    bool fcc = false;
    for (size_t p = 0; p < work->model.phases; p++)
        fcc = fcc || strcmp(work->model.phase[p].crystal.name, "fcc") == 0;
    list_phases(names, &work->model);
    sw_status status = sw_measurement_add_plot(
        out, (sw_plot){.title = "weight fractions",
                       .table = "phases",
                       .x = x,
                       .y = names,
                       .y_label = "weight [wt%]",
                       .kind = "lines",
                       .help = "With 95 % intervals; 0 where a phase does not stand out."});
    if (status == SW_OK && fcc)
        status = sw_measurement_add_plot(
            out, (sw_plot){.title = "lattice parameter of fcc",
                           .table = "phases",
                           .x = x,
                           .y = "fcc lattice",
                           .y_label = "a [A]",
                           .kind = "lines",
                           .help = "It grows as iron dissolves in nickel; `measure "
                                   "alloy-composition` turns it into nickel."});
    return status;
}

static sw_status add_plots(sw_measurement *out, const phases_work *work, bool timed) {
    sw_status status = sw_measurement_add_plot(
        out, (sw_plot){.title = work->patterns > 1 ? "last pattern" : "pattern",
                       .table = "pattern",
                       .x = "angle",
                       .y = "measured,fitted,background,difference",
                       .y_label = "intensity",
                       .kind = "lines",
                       .help = "Measured, fitted, and what is left."});
    return status == SW_OK && work->patterns > 1 ? add_series_plots(out, work, timed) : status;
}

static sw_status notes(sw_measurement *out, const phases_work *work) {
    bool textured = false;
    for (size_t p = 0; p < work->model.phases; p++)
        textured = textured || work->model.phase[p].textured;
    sw_status status = sw_measurement_note(
        out,
        "Intensities are calculated without %sabsorption, microabsorption and anomalous "
        "dispersion: weight fractions may be off by more than their intervals.",
        textured ? "" : "texture, ");
    if (status == SW_OK && textured)
        status = sw_measurement_note(out, "The texture is that of a flat sample in reflection, its "
                                          "normal along the scattering vector.");
    if (status == SW_OK)
        status = sw_pattern_notes(&work->pattern, out);
    for (size_t i = 0; i < work->patterns && status == SW_OK; i++)
        if (!work->fit[i].converged)
            status = sw_measurement_note(out, "The fit of pattern %zu did not converge.", i + 1);
    return status;
}

static sw_status report(sw_measurement *out, phases_work *work,
                        const sw_instrument_settings *settings) {
    double interval = sw_setting_is_automatic(settings, "interval")
                          ? (double)NAN
                          : sw_setting_number(settings, "interval");
    sw_status status = add_numbers(out, work);
    if (status == SW_OK)
        status = notes(out, work);
    if (status == SW_OK)
        status = add_series(out, work, interval);
    if (status == SW_OK)
        status = add_pattern(out, work);
    return status == SW_OK ? add_plots(out, work, isfinite(interval)) : status;
}

static sw_status measure(sw_measurement *measurement, const sw_content *inputs,
                         const sw_instrument_settings *settings, sw_context *context,
                         sw_error *error) {
    phases_work *work = sw_allocate(1, sizeof *work);
    if (work == NULL)
        return SW_ERROR_MEMORY;
    sw_status status = make_model(&work->model, settings, error);
    if (status == SW_OK)
        status = fit_all(work, inputs, settings, context, error);
    if (status == SW_OK)
        status = report(measurement, work, settings);
    clear(work);
    return status;
}

const sw_instrument sw_instrument_xrd_phases = {
    .name = "xrd-phases",
    .summary = "phases and lattice parameters from whole patterns",
    .description =
        "Fits a powder pattern as the sum of crystals, with intensities calculated from where "
        "their atoms are (Rietveld): of each a scale, its lattice parameters and a width, and of "
        "all a background, the shape, and the zero of the angle where asked. Lattices are looked "
        "for within --search; phases that do not stand out are left out. A tube's K-alpha2 is "
        "drawn along where --second gives its wavelength. With --texture the preferred "
        "orientation of a phase about one direction is fitted, too. Several patterns, in "
        "order, make a series: each begins from the one before.\n\n"
        "Rwp is compared with Rexp, what counting alone would leave; intervals are scaled by "
        "their ratio.",
    .citation =
        "H. Rietveld, J. Appl. Cryst. 2, 65 (1969), doi:10.1107/S0021889869006558; R. Hill, C. "
        "Howard, J. Appl. Cryst. 20, 467 (1987); W. Dollase, J. Appl. Cryst. 19, 267 (1986); "
        "scattering factors: D. Waasmaier, A. Kirfel, Acta Cryst. A 51, 416 (1995)",
    .input = {SW_NOUN_TABLE},
    .repeats = true,
    .parameters = parameters,
    .measure = measure,
};
