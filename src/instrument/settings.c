/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <spillway/instrument.h>

#include "base/memory.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PARAMETER_LIMIT 32

typedef struct sw_value {
    char *text;
    double number; /* quantities, counts, 0 or 1 of switches, index of choices */
    bool automatic;
} sw_value;

struct sw_instrument_settings {
    const sw_instrument *instrument;
    size_t count;
    sw_value value[PARAMETER_LIMIT];
};

static size_t parameter_count(const sw_instrument *instrument) {
    size_t count = 0;
    while (count < PARAMETER_LIMIT && instrument->parameters[count].name != NULL)
        count++;
    return count;
}

static ptrdiff_t find_parameter(const sw_instrument *instrument, const char *name) {
    for (size_t i = 0; i < parameter_count(instrument); i++)
        if (strcmp(instrument->parameters[i].name, name) == 0)
            return (ptrdiff_t)i;
    return -1;
}

/* ---- reading one value ----------------------------------------------------------------------- */

static sw_status out_of_range(const sw_instrument_parameter *parameter, const char *text,
                              sw_error *error) {
    const char *unit =
        parameter->kind == SW_TAKES_QUANTITY ? sw_dimension_unit(parameter->dimension) : "";
    return sw_error_set(error, SW_ERROR_ARGUMENT, parameter->name, parameter->help,
                        "%s is outside %g to %g%s%s", text, parameter->least, parameter->most,
                        *unit != '\0' ? " " : "", unit);
}

static bool in_range(const sw_instrument_parameter *parameter, double number) {
    bool any = parameter->least >= parameter->most;
    return any || (number >= parameter->least && number <= parameter->most);
}

static sw_status read_quantity(double *number, const sw_instrument_parameter *parameter,
                               const char *text, sw_error *error) {
    sw_status status = sw_quantity_parse(number, text, parameter->dimension, error);
    if (status != SW_OK && error != NULL)
        snprintf(error->place, sizeof error->place, "%s", parameter->name);
    return status == SW_OK && !in_range(parameter, *number) ? out_of_range(parameter, text, error)
                                                            : status;
}

static sw_status read_count(double *number, const sw_instrument_parameter *parameter,
                            const char *text, sw_error *error) {
    char *end = NULL;
    errno = 0;
    unsigned long long found = strtoull(text, &end, 10);
    if (text[0] < '0' || text[0] > '9' || *end != '\0' || errno != 0 || found > (1ULL << 53))
        return sw_error_set(error, SW_ERROR_ARGUMENT, parameter->name, parameter->help,
                            "a whole number was expected, \"%s\" was found", text);
    *number = (double)found;
    return in_range(parameter, *number) ? SW_OK : out_of_range(parameter, text, error);
}

static sw_status read_word(double *number, const sw_instrument_parameter *parameter,
                           const char *text, sw_error *error) {
    static const char *const yes_or_no[] = {"no", "yes", NULL};
    const char *const *words = parameter->kind == SW_TAKES_SWITCH ? yes_or_no : parameter->choices;
    char hint[256] = "one of:";
    size_t used = strlen(hint);
    for (size_t i = 0; words[i] != NULL; i++) {
        if (strcmp(words[i], text) == 0) {
            *number = (double)i;
            return SW_OK;
        }
        int more = snprintf(hint + used, sizeof hint - used, "%s %s", i > 0 ? "," : "", words[i]);
        used = used + (size_t)more < sizeof hint ? used + (size_t)more : sizeof hint - 1;
    }
    return sw_error_set(error, SW_ERROR_ARGUMENT, parameter->name, hint,
                        "\"%s\" is none of the words that it takes", text);
}

static sw_status set(sw_instrument_settings *settings, size_t index, const char *text,
                     sw_error *error) {
    const sw_instrument_parameter *parameter = &settings->instrument->parameters[index];
    sw_value *value = &settings->value[index];
    bool may_be_automatic = parameter->standard != NULL && strcmp(parameter->standard, "auto") == 0;
    sw_status status = SW_OK;
    value->automatic = may_be_automatic && strcmp(text, "auto") == 0;
    if (value->automatic || parameter->kind == SW_TAKES_TEXT)
        value->number = 0.0;
    else if (parameter->kind == SW_TAKES_QUANTITY)
        status = read_quantity(&value->number, parameter, text, error);
    else if (parameter->kind == SW_TAKES_COUNT)
        status = read_count(&value->number, parameter, text, error);
    else
        status = read_word(&value->number, parameter, text, error);
    if (status != SW_OK)
        return status;
    free(value->text);
    value->text = sw_duplicate_text(text);
    return value->text != NULL ? SW_OK
                               : sw_error_set(error, SW_ERROR_MEMORY, parameter->name, NULL,
                                              "no memory for a parameter");
}

/* ---- all of them ----------------------------------------------------------------------------- */

static sw_status unknown_parameter(const sw_instrument *instrument, const char *name,
                                   sw_error *error) {
    const char *names[PARAMETER_LIMIT];
    char hint[256];
    for (size_t i = 0; i < parameter_count(instrument); i++)
        names[i] = instrument->parameters[i].name;
    const char *nearest = sw_nearest_name(name, names, parameter_count(instrument));
    if (nearest != NULL)
        snprintf(hint, sizeof hint, "did you mean %s?", nearest);
    else
        snprintf(hint, sizeof hint, "`spillway measure %s --help` lists its parameters",
                 instrument->name);
    return sw_error_set(error, SW_ERROR_NOT_FOUND, instrument->name, hint,
                        "there is no parameter \"%s\"", name);
}

static sw_status set_by_name(sw_instrument_settings *settings, const char *name, const char *text,
                             sw_error *error) {
    ptrdiff_t index = find_parameter(settings->instrument, name);
    return index < 0 ? unknown_parameter(settings->instrument, name, error)
                     : set(settings, (size_t)index, text, error);
}

static sw_status unknown_preset(const sw_instrument *instrument, const char *name,
                                sw_error *error) {
    const sw_instrument_preset *preset = instrument->presets;
    char hint[256] = "it has none";
    size_t used = 0;
    for (; preset != NULL && preset->name != NULL && used < sizeof hint; preset++)
        used += (size_t)snprintf(hint + used, sizeof hint - used, "%s%s",
                                 used > 0 ? ", " : "presets: ", preset->name);
    return sw_error_set(error, SW_ERROR_NOT_FOUND, instrument->name, hint,
                        "there is no preset \"%s\"", name);
}

static sw_status set_preset(sw_instrument_settings *settings, const char *name, sw_error *error) {
    const sw_instrument_preset *preset = settings->instrument->presets;
    while (preset != NULL && preset->name != NULL && strcmp(preset->name, name) != 0)
        preset++;
    if (preset == NULL || preset->name == NULL)
        return unknown_preset(settings->instrument, name, error);
    sw_status status = SW_OK;
    for (const char *const *setting = preset->settings; *setting != NULL && status == SW_OK;
         setting++) {
        char key[64];
        size_t length = strcspn(*setting, "=");
        snprintf(key, sizeof key, "%.*s", (int)length, *setting);
        status = set_by_name(settings, key, *setting + length + 1, error);
    }
    return status;
}

static sw_status set_standard(sw_instrument_settings *settings, sw_error *error) {
    sw_status status = SW_OK;
    for (size_t i = 0; i < settings->count && status == SW_OK; i++)
        if (settings->instrument->parameters[i].standard != NULL)
            status = set(settings, i, settings->instrument->parameters[i].standard, error);
    return status;
}

static sw_status check_complete(const sw_instrument_settings *settings, sw_error *error) {
    for (size_t i = 0; i < settings->count; i++) {
        const sw_instrument_parameter *parameter = &settings->instrument->parameters[i];
        char hint[256];
        snprintf(hint, sizeof hint, "--%s: %s", parameter->name, parameter->help);
        if (settings->value[i].text == NULL)
            return sw_error_set(error, SW_ERROR_ARGUMENT, settings->instrument->name, hint,
                                "\"%s\" must be given", parameter->name);
    }
    return SW_OK;
}

sw_status sw_instrument_settings_create(sw_instrument_settings **settings,
                                        const sw_instrument *instrument, const char *preset,
                                        const char *const (*given)[2], size_t count,
                                        sw_error *error) {
    sw_instrument_settings *made = *settings = sw_allocate(1, sizeof *made);
    if (made == NULL)
        return sw_error_set(error, SW_ERROR_MEMORY, instrument->name, NULL,
                            "no memory for parameters");
    made->instrument = instrument;
    made->count = parameter_count(instrument);
    sw_status status = set_standard(made, error);
    if (status == SW_OK && preset != NULL)
        status = set_preset(made, preset, error);
    for (size_t i = 0; i < count && status == SW_OK; i++)
        status = set_by_name(made, given[i][0], given[i][1], error);
    if (status == SW_OK)
        status = check_complete(made, error);
    if (status != SW_OK) {
        sw_instrument_settings_destroy(made);
        *settings = NULL;
    }
    return status;
}

void sw_instrument_settings_destroy(sw_instrument_settings *settings) {
    for (size_t i = 0; settings != NULL && i < settings->count; i++)
        free(settings->value[i].text);
    free(settings);
}

/* ---- asking ---------------------------------------------------------------------------------- */

static const sw_value *find_value(const sw_instrument_settings *settings, const char *name) {
    static const sw_value nothing = {.text = NULL};
    ptrdiff_t index = find_parameter(settings->instrument, name);
    return index < 0 ? &nothing : &settings->value[index];
}

double sw_setting_number(const sw_instrument_settings *settings, const char *name) {
    return find_value(settings, name)->number;
}

size_t sw_setting_count(const sw_instrument_settings *settings, const char *name) {
    return (size_t)find_value(settings, name)->number;
}

bool sw_setting_switch(const sw_instrument_settings *settings, const char *name) {
    return find_value(settings, name)->number > 0.5;
}

size_t sw_setting_choice(const sw_instrument_settings *settings, const char *name) {
    return (size_t)find_value(settings, name)->number;
}

const char *sw_setting_text(const sw_instrument_settings *settings, const char *name) {
    const char *text = find_value(settings, name)->text;
    return text != NULL ? text : "";
}

bool sw_setting_is_automatic(const sw_instrument_settings *settings, const char *name) {
    return find_value(settings, name)->automatic;
}

const char *sw_setting_as_text(const sw_instrument_settings *settings, size_t parameter) {
    return parameter < settings->count ? settings->value[parameter].text : NULL;
}

const sw_instrument *sw_setting_instrument(const sw_instrument_settings *settings) {
    return settings->instrument;
}

sw_status sw_instrument_measure(sw_measurement *measurement, const sw_content *inputs,
                                const sw_instrument_settings *settings, sw_context *context,
                                sw_error *error) {
    sw_error inner = {0};
    const sw_instrument *instrument = settings->instrument;
    sw_status status = instrument->measure(measurement, inputs, settings, context, &inner);
    if (status == SW_OK)
        return SW_OK;
    if (inner.code == SW_OK)
        sw_error_set(&inner, status, instrument->name, NULL, "%s",
                     status == SW_ERROR_MEMORY ? "not enough memory" : sw_status_name(status));
    if (error != NULL)
        *error = inner;
    return status;
}
