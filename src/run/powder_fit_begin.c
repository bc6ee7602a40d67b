/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From files and settings to what is fitted: lists that users type, free parameters, curves. */
#include "run/powder_fit.h"

#include "base/memory.h"
#include "powder/powder.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LEAST_POINTS = 8 };

/* ---- lists ----------------------------------------------------------------------------------- */

static char *trimmed(char *text) {
    while (isspace((unsigned char)*text))
        text++;
    size_t length = strlen(text);
    while (length > 0 && isspace((unsigned char)text[length - 1]))
        text[--length] = '\0';
    return text;
}

/* Cuts the next item off a list; NULL after the last. */
static char *next_item(char **rest, char separator) {
    char *item = *rest, *end;
    if (!item)
        return NULL;
    end = strchr(item, separator);
    if (end)
        *end++ = '\0';
    *rest = end;
    return trimmed(item);
}

static sw_status add_setting(sw_powder_case *one, char *item, sw_error *error) {
    char *value = strchr(item, '=');
    if (!value || one->settings == SW_POWDER_FIT_SETTINGS)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "settings", "'feed.nickel=none, flow=5 l/h'",
                            value ? "too many settings" : "\"%s\" is no NAME=VALUE", item);
    *value++ = '\0';
    one->setting[one->settings++] = (sw_setting){trimmed(item), trimmed(value)};
    return SW_OK;
}

/* NOLINTNEXTLINE(readability-non-const-parameter): an add_function, and others write into it */
static sw_status add_without(sw_powder_case *one, char *item, sw_error *error) {
    if (one->withouts == SW_POWDER_FIT_WITHOUTS)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "without", NULL, "more than %d mechanisms",
                            SW_POWDER_FIT_WITHOUTS);
    one->without[one->withouts++] = item;
    return SW_OK;
}

typedef sw_status (*add_function)(sw_powder_case *one, char *item, sw_error *error);

static sw_status add_items(sw_powder_case *one, char *list, add_function add, sw_error *error) {
    sw_status status = SW_OK;
    for (char *item; status == SW_OK && (item = next_item(&list, ','));)
        if (*item)
            status = add(one, item, error);
    return status;
}

/* A list for all curves, or one for each, parted by ';'; "none" is an empty one.
 * Items lie in *kept, a copy for a curve. */
static sw_status read_lists(sw_powder_fit *fit, char **kept, const char *text, const char *name,
                            add_function add, sw_error *error) {
    size_t lists = 1, size = strlen(text) + 1;
    for (const char *c = text; *c; c++)
        lists += *c == ';';
    if (lists > 1 && lists != fit->cases)
        return sw_error_set(error, SW_ERROR_ARGUMENT, name,
                            "one list for all curves, or one for each, parted by ';'",
                            "%zu lists for %zu curves", lists, fit->cases);
    *kept = sw_allocate(fit->cases, size);
    if (!*kept)
        return SW_ERROR_MEMORY;
    sw_status status = SW_OK;
    for (size_t c = 0; c < fit->cases && status == SW_OK; c++) {
        char *rest = memcpy(*kept + c * size, text, size), *list = next_item(&rest, ';');
        for (size_t i = 0; lists > 1 && i < c; i++)
            list = next_item(&rest, ';');
        if (strcmp(list, "none") != 0)
            status = add_items(&fit->of[c], list, add, error);
    }
    return status;
}

/* ---- free parameters ------------------------------------------------------------------------- */

double sw_powder_free_value(const sw_powder_free *one, double place) {
    return sw_range_value(one->parameter, fmin(fmax(place, 0), 1));
}

double sw_powder_free_shown(const sw_powder_free *one, double place) {
    return (sw_powder_free_value(one, place) - one->offset) / one->factor;
}

/* The unit in which the model writes the value: what follows the number. */
static void find_unit(sw_powder_free *one) {
    const sw_parameter *parameter = one->parameter;
    char *end, text[64];
    double at_zero = 0, at_one = 1;
    strtod(parameter->text, &end);
    snprintf(one->unit, sizeof one->unit, "%s", trimmed(end));
    snprintf(text, sizeof text, "0 %s", one->unit);
    bool known = sw_quantity_parse(&at_zero, text, parameter->dimension, NULL) == SW_OK;
    snprintf(text, sizeof text, "1 %s", one->unit);
    known = known && sw_quantity_parse(&at_one, text, parameter->dimension, NULL) == SW_OK;
    if (!known) {
        snprintf(one->unit, sizeof one->unit, "%s", sw_dimension_unit(parameter->dimension));
        at_zero = 0;
        at_one = 1;
    }
    one->offset = at_zero;
    one->factor = at_one - at_zero;
}

static bool can_be_free(const sw_parameter *parameter) {
    return parameter->swept && isfinite(parameter->low) && parameter->high > parameter->low;
}

static sw_status no_such_parameter(const sw_powder_fit *fit, const char *name, sw_error *error) {
    const sw_model *model = fit->of[0].model;
    char list[sizeof error->hint] = "free can be ";
    size_t used = strlen(list);
    const char *comma = "";
    for (size_t i = 0; i < sw_model_parameter_count(model); i++) {
        const sw_parameter *parameter = sw_model_parameter(model, i);
        if (!can_be_free(parameter) || used + strlen(parameter->name) + 3 > sizeof list)
            continue;
        used += (size_t)snprintf(list + used, sizeof list - used, "%s%s", comma, parameter->name);
        comma = ", ";
    }
    return sw_error_set(error, SW_ERROR_ARGUMENT, "free", list,
                        "%s has no parameter \"%s\" that is swept and has a range",
                        sw_model_name(model), name);
}

static sw_status add_free(sw_powder_fit *fit, const char *name, sw_error *error) {
    const sw_model *model = fit->of[0].model;
    for (size_t k = 0; k < fit->frees; k++)
        if (strcmp(fit->free[k].parameter->name, name) == 0)
            return sw_error_set(error, SW_ERROR_ARGUMENT, "free", NULL, "%s is named twice", name);
    if (fit->frees == SW_POWDER_FIT_FREE)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "free",
                            "one curve determines two or three at the most",
                            "more than %d free parameters", SW_POWDER_FIT_FREE);
    for (size_t i = 0; i < sw_model_parameter_count(model); i++) {
        const sw_parameter *parameter = sw_model_parameter(model, i);
        if (strcmp(parameter->name, name) != 0 || !can_be_free(parameter))
            continue;
        sw_powder_free *one = &fit->free[fit->frees++];
        one->parameter = parameter;
        one->start = sw_range_place(parameter, parameter->value);
        find_unit(one);
        return SW_OK;
    }
    return no_such_parameter(fit, name, error);
}

static sw_status read_free(sw_powder_fit *fit, const char *text, sw_error *error) {
    char *copy = sw_duplicate_text(text), *rest = copy;
    sw_status status = copy ? SW_OK : SW_ERROR_MEMORY;
    for (char *item; status == SW_OK && (item = next_item(&rest, ','));)
        if (*item)
            status = add_free(fit, item, error);
    if (status == SW_OK && fit->frees == 0)
        status = no_such_parameter(fit, "", error);
    free(copy);
    return status;
}

/* ---- curves ---------------------------------------------------------------------------------- */

static sw_status load(sw_powder_fit *fit, sw_powder_case *one, sw_error *error) {
    sw_status status = sw_model_load(&one->model, fit->model, one->setting, one->settings,
                                     one->without, one->withouts, error);
    if (status != SW_OK || sw_model_powder(one->model))
        return status;
    return sw_error_set(error, SW_ERROR_ARGUMENT, "model",
                        "a model of `simulator: powder`, such as fe2o3-nio",
                        "%s is no model of a powder but %s%s", sw_model_name(one->model),
                        sw_model_recipe(one->model) ? "a recipe for atoms" : "of the simulator ",
                        sw_model_simulator(one->model));
}

/* Rows before hydrogen give the starting mass: nothing else changes it. */
static sw_status find_start(sw_powder_case *one, sw_error *error) {
    const sw_curve *curve = &one->curve;
    while (one->first < curve->count && curve->time[one->first] <= one->hydrogen)
        one->initial += curve->mass[one->first++];
    if (one->first > 0)
        one->initial /= (double)one->first;
    else
        one->initial = curve->mass[0];
    if (curve->count - one->first < LEAST_POINTS)
        return sw_error_set(error, SW_ERROR_ARGUMENT, sw_table_source(curve->table),
                            "give --hydrogen, the time at which it is let in",
                            "%zu rows after hydrogen is let in at %g s, %d are needed",
                            curve->count - one->first, one->hydrogen, LEAST_POINTS);
    if (!(one->initial > 0))
        return sw_error_set(error, SW_ERROR_FORMAT, sw_table_source(curve->table),
                            "is it the right column? See --mass", "the mass at the start is %g",
                            one->initial);
    return SW_OK;
}

static sw_status find_conversion(sw_powder_case *one) {
    one->loss = sw_powder_oxygen_share(&sw_model_powder(one->model)->feed);
    one->measured = sw_allocate(one->curve.count, sizeof *one->measured);
    for (size_t i = 0; one->measured && i < one->curve.count; i++)
        one->measured[i] = (1 - one->curve.mass[i] / one->initial) / one->loss;
    return one->measured ? SW_OK : SW_ERROR_MEMORY;
}

/* What is given, else the file's where it has a unit. */
static sw_status find_sample(sw_powder_case *one, const sw_instrument_settings *settings,
                             sw_error *error) {
    double milligram;
    if (!sw_setting_is_automatic(settings, "sample")) {
        one->sample = sw_setting_number(settings, "sample");
        return SW_OK;
    }
    sw_status status = sw_quantity_parse(&milligram, "1 mg", SW_MASS, error);
    if (status == SW_OK && strcmp(one->curve.mass_unit, "mg") == 0)
        one->sample = one->initial * milligram;
    return status;
}

static sw_status make_case(sw_powder_fit *fit, sw_powder_case *one, const sw_table *table,
                           const sw_instrument_settings *settings, sw_error *error) {
    sw_status status = load(fit, one, error);
    if (status == SW_OK)
        status = sw_curve_read(&one->curve, table, settings, error);
    if (status != SW_OK)
        return status;
    double fed = sw_powder_hydrogen_time(sw_model_powder(one->model));
    one->as_model = sw_setting_is_automatic(settings, "hydrogen");
    one->hydrogen = one->as_model ? fed : sw_setting_number(settings, "hydrogen");
    one->begin = one->hydrogen - fed;
    status = find_start(one, error);
    if (status == SW_OK)
        status = find_conversion(one);
    if (status == SW_OK && sw_setting_choice(settings, "programme") == 0)
        status = sw_powder_case_programme(one, error);
    fit->points += one->curve.count - one->first;
    return status == SW_OK ? find_sample(one, settings, error) : status;
}

static size_t count_curves(const sw_content *inputs) {
    size_t count = 0;
    while (inputs[count].noun != SW_NOUN_NONE)
        count++;
    return count;
}

/* Before anything is fitted: that of single rows. */
static void guess_noise(sw_powder_fit *fit) {
    double square = 0;
    for (size_t c = 0; c < fit->cases; c++) {
        const sw_powder_case *one = &fit->of[c];
        size_t rows = one->curve.count - one->first;
        double noise =
            sw_powder_row_noise(one->curve.time + one->first, one->measured + one->first, rows);
        square += noise * noise * (double)rows / (double)fit->points;
    }
    fit->noise = fmax(sqrt(square), SW_POWDER_MODEL_ERROR);
}

sw_status sw_powder_fit_begin(sw_powder_fit *fit, const sw_content *inputs,
                              const sw_instrument_settings *settings, sw_context *context,
                              sw_error *error) {
    fit->model = sw_setting_text(settings, "model");
    fit->context = context;
    fit->cases = count_curves(inputs);
    if (fit->cases > SW_POWDER_FIT_CURVES) {
        fit->cases = 0;
        return sw_error_set(error, SW_ERROR_ARGUMENT, "powder", NULL, "more than %d curves",
                            SW_POWDER_FIT_CURVES);
    }
    sw_status status = read_lists(fit, &fit->texts[0], sw_setting_text(settings, "settings"),
                                  "settings", add_setting, error);
    if (status == SW_OK)
        status = read_lists(fit, &fit->texts[1], sw_setting_text(settings, "without"), "without",
                            add_without, error);
    for (size_t c = 0; c < fit->cases && status == SW_OK; c++)
        status = make_case(fit, &fit->of[c], inputs[c].table, settings, error);
    if (status == SW_OK)
        status = read_free(fit, sw_setting_text(settings, "free"), error);
    for (size_t c = 0; c < fit->cases && status == SW_OK; c++)
        status = sw_powder_case_check(fit, &fit->of[c], error);
    fit->temperature_error = sw_setting_number(settings, "temperature-error");
    fit->mass_error = sw_setting_number(settings, "mass-error");
    if (status == SW_OK)
        guess_noise(fit);
    return status;
}

void sw_powder_fit_clear(sw_powder_fit *fit) {
    for (size_t c = 0; c < fit->cases; c++) {
        sw_powder_case *one = &fit->of[c];
        sw_curve_clear(&one->curve);
        sw_model_destroy(one->model);
        free(one->measured);
        free(one->leg);
    }
    free(fit->texts[0]);
    free(fit->texts[1]);
    memset(fit, 0, sizeof *fit);
}
