/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <spillway/model.h>

#include "base/memory.h"
#include "model/emit.h"
#include "model/language.h"
#include "model/load.h"
#include "model/quantity.h"
#include "model/setting.h"
#include "model/source.h"

#include <stdlib.h>
#include <string.h>

static bool write_resolved(sw_reading *reading) {
    sw_text text = {0};
    sw_yaml_write(&text, reading->root);
    char *bytes = sw_text_take(&text);
    if (!bytes)
        return sw_fail_memory(reading);
    reading->model->resolved = sw_arena_text(reading->arena, bytes, strlen(bytes));
    free(bytes);
    return reading->model->resolved ? true : sw_fail_memory(reading);
}

static void read_header(sw_reading *reading) {
    sw_model *model = reading->model;
    model->name = sw_text_of(reading->root, "name");
    model->title = sw_text_of(reading->root, "title");
    model->description = sw_text_of(reading->root, "description");
    model->citation = sw_text_of(reading->root, "citation");
    model->simulator = sw_text_of(reading->root, "simulator");
}

static bool read_sections(sw_reading *reading) {
    if (!sw_parameters_read(reading) || !sw_schema_check(reading))
        return false;
    read_header(reading);
    const sw_language *language = sw_language_of(reading);
    reading->model->is_recipe = sw_language_is_recipe(language);
    for (size_t i = 0; i < language->reader_count; i++)
        if (!language->readers[i](reading))
            return false;
    return sw_parameters_check_used(reading) && write_resolved(reading);
}

/* What is loaded, and from where: a source by name, or bytes under a label. */
typedef struct request {
    const char *source;
    const char *bytes; /* NULL: read the source */
    size_t length;
    const sw_setting *settings;
    size_t setting_count;
    const char *const *without;
    size_t without_count;
} request;

static bool load(sw_reading *reading, const request *wanted) {
    bool read = wanted->bytes
                    ? sw_source_read_bytes(reading, wanted->source, wanted->bytes, wanted->length)
                    : sw_source_read_model(reading, wanted->source);
    if (!read || !sw_without_apply(reading, wanted->without, wanted->without_count))
        return false;
    for (size_t i = 0; i < wanted->setting_count; i++)
        if (!sw_setting_apply(reading, &wanted->settings[i]))
            return false;
    return read_sections(reading);
}

static sw_status load_request(sw_model **model, const request *wanted, sw_error *error) {
    *model = NULL;
    sw_model *loaded = sw_allocate(1, sizeof *loaded);
    if (!loaded)
        return sw_error_set(error, SW_ERROR_MEMORY, wanted->source, NULL,
                            "no memory for the model");
    sw_reading reading = {.model = loaded,
                          .arena = &loaded->arena,
                          .lattice = &loaded->lattice,
                          .powder = &loaded->powder,
                          .diffusion = &loaded->diffusion,
                          .recipe = &loaded->recipe};
    if (!load(&reading, wanted)) {
        sw_model_destroy(loaded);
        if (error)
            *error = reading.error;
        return reading.error.code;
    }
    *model = loaded;
    return SW_OK;
}

sw_status sw_model_load(sw_model **model, const char *source, const sw_setting *settings,
                        size_t setting_count, const char *const *without, size_t without_count,
                        sw_error *error) {
    if (!model || !source || (setting_count > 0 && !settings) || (without_count > 0 && !without))
        return sw_error_set(error, SW_ERROR_ARGUMENT, "sw_model_load", NULL,
                            "expected a model, a source, and lists as long as their counts");
    const request wanted = {.source = source,
                            .settings = settings,
                            .setting_count = setting_count,
                            .without = without,
                            .without_count = without_count};
    return load_request(model, &wanted, error);
}

sw_status sw_model_load_bytes(sw_model **model, const char *label, const char *bytes, size_t length,
                              sw_error *error) {
    const request wanted = {.source = label, .bytes = bytes, .length = length};
    return load_request(model, &wanted, error);
}

void sw_model_destroy(sw_model *model) {
    if (!model)
        return;
    sw_arena_clear(&model->arena);
    free(model);
}

const char *sw_model_name(const sw_model *model) {
    return model->name;
}

const char *sw_model_title(const sw_model *model) {
    return model->title;
}

const char *sw_model_description(const sw_model *model) {
    return model->description;
}

const char *sw_model_citation(const sw_model *model) {
    return model->citation;
}

const char *sw_model_simulator(const sw_model *model) {
    return model->simulator;
}

const char *sw_model_resolved_text(const sw_model *model) {
    return model->resolved;
}

size_t sw_model_parameter_count(const sw_model *model) {
    return model->parameters;
}

const sw_parameter *sw_model_parameter(const sw_model *model, size_t index) {
    return index < model->parameters ? &model->parameter[index] : NULL;
}

size_t sw_model_experiment_count(const sw_model *model) {
    return model->experiments.count;
}

const char *sw_model_experiment(const sw_model *model, size_t index) {
    return index < model->experiments.count ? model->experiments.list[index] : NULL;
}

size_t sw_model_mechanism_count(const sw_model *model) {
    return model->mechanisms.count;
}

const char *sw_model_mechanism(const sw_model *model, size_t index) {
    return index < model->mechanisms.count ? model->mechanisms.list[index] : NULL;
}

const sw_lattice_model *sw_model_lattice(const sw_model *model) {
    return strcmp(model->simulator, "lattice") == 0 ? &model->lattice : NULL;
}

const sw_powder_model *sw_model_powder(const sw_model *model) {
    return strcmp(model->simulator, "powder") == 0 ? &model->powder : NULL;
}

const sw_diffusion_model *sw_model_diffusion(const sw_model *model) {
    return strcmp(model->simulator, "diffusion") == 0 ? &model->diffusion : NULL;
}

const sw_run_settings *sw_model_run_settings(const sw_model *model) {
    const sw_lattice_model *lattice = sw_model_lattice(model);
    const sw_powder_model *powder = sw_model_powder(model);
    const sw_diffusion_model *diffusion = sw_model_diffusion(model);
    return lattice ? &lattice->run : powder ? &powder->run : diffusion ? &diffusion->run : NULL;
}

const sw_recipe *sw_model_recipe(const sw_model *model) {
    return model->is_recipe ? &model->recipe : NULL;
}
