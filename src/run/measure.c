/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From files and parameters to a measurement and its folder. */
#include "base/memory.h"
#include "run/draws.h"
#include "run/measured_folder.h"
#include "run/pace.h"

#include <spillway/io.h>
#include <spillway/run.h>
#include <spillway/structure.h>

#include <stdio.h>
#include <stdlib.h>

/* ---- what goes in ---------------------------------------------------------------------------- */

/* How a list calls its rows, and the verb that takes them. */
static const struct {
    const char *verb, *one, *all;
} words[SW_REGISTRIES] = {
    [SW_INSTRUMENTS] = {"measure", "instrument", "instruments"},
    [SW_FITS] = {"fit", "fit", "fits"},
    [SW_DIAGRAMS] = {"thermo", "diagram", "diagrams"},
};

static sw_status unknown(sw_registry registry, const char *name, sw_error *error) {
    const char *names[256];
    char hint[256];
    size_t count = 0;
    for (; count < 256 && sw_registry_at(registry, count) != NULL; count++)
        names[count] = sw_registry_at(registry, count)->name;
    const char *nearest = sw_nearest_name(name, names, count);
    if (nearest != NULL)
        snprintf(hint, sizeof hint, "did you mean `spillway %s %s`?", words[registry].verb,
                 nearest);
    else
        snprintf(hint, sizeof hint, "`spillway list %s` shows all", words[registry].all);
    return sw_error_set(error, SW_ERROR_NOT_FOUND, words[registry].verb, hint,
                        "there is no %s \"%s\"", words[registry].one, name);
}

static sw_status find(const sw_instrument **instrument, const sw_measure_options *options,
                      sw_error *error) {
    *instrument = sw_registry_find(options->registry, options->instrument);
    return *instrument != NULL ? SW_OK : unknown(options->registry, options->instrument, error);
}

static size_t input_count(const sw_instrument *instrument) {
    size_t count = 0;
    while (count < SW_INSTRUMENT_INPUTS && instrument->input[count] != SW_NOUN_NONE)
        count++;
    return count;
}

static sw_status read_input(sw_content *content, const sw_instrument *instrument, sw_noun noun,
                            const char *path, const sw_measure_options *options, sw_error *error) {
    static const char *const nouns[] = {"nothing", "atoms", "a stack of images", "a table"};
    char hint[128];
    sw_status status = sw_read(content, path, NULL, options->frame, error);
    if (status == SW_OK && content->noun == SW_NOUN_ATOMS && options->only != NULL)
        status = sw_atoms_keep_elements(content->atoms, options->only, "only", error);
    if (status != SW_OK || content->noun == noun)
        return status;
    snprintf(hint, sizeof hint, "%s takes %s", instrument->name, nouns[noun]);
    return sw_error_set(error, SW_ERROR_ARGUMENT, path, hint, "the file holds %s",
                        nouns[content->noun]);
}

static sw_status check_file_count(const sw_instrument *instrument, size_t given, sw_error *error) {
    size_t count = input_count(instrument);
    if (given == count || (given > count && instrument->repeats))
        return SW_OK;
    return sw_error_set(error, SW_ERROR_ARGUMENT, instrument->name, NULL,
                        "%zu file%s expected, %zu given", count,
                        instrument->repeats ? " or more"
                        : count == 1        ? ""
                                            : "s",
                        given);
}

/* inputs: [file_count + 1], all empty. */
static sw_status read_inputs(sw_content *inputs, const sw_instrument *instrument,
                             const sw_measure_options *options, sw_error *error) {
    size_t last = input_count(instrument);
    last -= last > 0;
    sw_status status = SW_OK;
    for (size_t i = 0; i < options->file_count && status == SW_OK; i++)
        status = read_input(&inputs[i], instrument, instrument->input[i < last ? i : last],
                            options->files[i], options, error);
    return status;
}

/* ---- measuring ------------------------------------------------------------------------------- */

static sw_status write_folder(const sw_measurement *measurement, sw_instrument_settings *settings,
                              const sw_measure_options *options, double started, sw_error *error) {
    const sw_instrument *instrument = sw_setting_instrument(settings);
    const sw_measured_how how = {.instrument = instrument->name,
                                 .summary = instrument->summary,
                                 .citation = instrument->citation,
                                 .settings = &settings,
                                 .setting_count = 1,
                                 .files = options->files,
                                 .file_count = options->file_count,
                                 .repeats = instrument->repeats,
                                 .preset = options->preset,
                                 .only = options->only,
                                 .command = options->command,
                                 .folder = options->folder,
                                 .overwrite = options->overwrite,
                                 .started = started};
    return sw_measured_folder_write(measurement, &how, error);
}

/* What is measured again for each copy. */
typedef struct repeated {
    const sw_content *inputs;
    const sw_instrument_settings *settings;
    size_t disturbed; /* the input that the copies replace */
} repeated;

static sw_status measure_copy(sw_measurement *measurement, const sw_atoms *atoms, void *user,
                              sw_context *context, sw_error *error) {
    const repeated *work = user;
    sw_content inputs[SW_INSTRUMENT_INPUTS];
    for (size_t i = 0; i < SW_INSTRUMENT_INPUTS; i++)
        inputs[i] = work->inputs[i];
    inputs[work->disturbed].atoms = (sw_atoms *)(uintptr_t)atoms; /* instruments only read it */
    return sw_instrument_measure(measurement, inputs, work->settings, context, error);
}

static sw_status add_draws(sw_measurement *measurement, const sw_content *inputs,
                           const sw_instrument_settings *settings,
                           const sw_measure_options *options, sw_context *context,
                           sw_error *error) {
    repeated work = {inputs, settings, input_count(sw_setting_instrument(settings)) - 1};
    if (options->disturbance.draws == 0)
        return SW_OK;
    if (inputs[work.disturbed].noun != SW_NOUN_ATOMS)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "precision", "leave --draws out",
                            "only atoms can be disturbed");
    return sw_draws_add(measurement, inputs[work.disturbed].atoms, &options->disturbance,
                        measure_copy, &work, context, error);
}

static sw_status measure(sw_measurement *measurement, sw_instrument_settings *settings,
                         const sw_measure_options *options, sw_context *context, sw_error *error) {
    const sw_instrument *instrument = sw_setting_instrument(settings);
    double started = sw_clock();
    sw_status status = check_file_count(instrument, options->file_count, error);
    if (status != SW_OK)
        return status;
    sw_content *inputs = sw_allocate(options->file_count + 1, sizeof *inputs);
    if (inputs == NULL)
        return sw_error_set(error, SW_ERROR_MEMORY, options->instrument, NULL,
                            "no memory for the files");
    status = read_inputs(inputs, instrument, options, error);
    if (status == SW_OK)
        status = sw_instrument_measure(measurement, inputs, settings, context, error);
    if (status == SW_OK)
        status = add_draws(measurement, inputs, settings, options, context, error);
    for (size_t i = 0; i < options->file_count; i++)
        sw_content_clear(&inputs[i]);
    free(inputs);
    if (status == SW_OK && options->folder != NULL)
        status = write_folder(measurement, settings, options, started, error);
    return status;
}

sw_status sw_measure_files(sw_measurement **measurement, sw_instrument_settings **settings,
                           const sw_measure_options *options, sw_context *context,
                           sw_error *error) {
    const sw_instrument *instrument;
    sw_instrument_settings *used = NULL;
    *measurement = NULL;
    if (settings != NULL)
        *settings = NULL;
    sw_status status = find(&instrument, options, error);
    if (status == SW_OK)
        status = sw_disturbance_check(&options->disturbance, error);
    if (status == SW_OK)
        status = sw_instrument_settings_create(&used, instrument, options->preset, options->given,
                                               options->given_count, error);
    if (status == SW_OK && sw_measurement_create(measurement) != SW_OK)
        status = sw_error_set(error, SW_ERROR_MEMORY, options->instrument, NULL,
                              "no memory for a measurement");
    if (status == SW_OK)
        status = measure(*measurement, used, options, context, error);
    if (status != SW_OK) {
        sw_measurement_destroy(*measurement);
        *measurement = NULL;
    }
    if (status == SW_OK && settings != NULL)
        *settings = used;
    else
        sw_instrument_settings_destroy(used);
    return status;
}
