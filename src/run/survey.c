/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All instruments that suit some atoms, one after the other, into one measurement. */
#include "run/survey.h"

#include "base/memory.h"
#include "run/draws.h"
#include "run/measured_folder.h"
#include "run/pace.h"

#include <spillway/io.h>
#include <spillway/structure.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define INSTRUMENT_LIMIT 64

typedef struct sw_survey_work {
    const sw_survey_options *options;
    const sw_survey_addition *addition;
    const sw_content *content;
    sw_measurement *measurement;
    sw_instrument_settings *settings[INSTRUMENT_LIMIT];
    size_t count;
    char citation[4096];
} sw_survey_work;

static bool has_preset(const sw_instrument *instrument, const char *name) {
    const sw_instrument_preset *preset = instrument->presets;
    for (; preset != NULL && preset->name != NULL; preset++)
        if (strcmp(preset->name, name) == 0)
            return true;
    return false;
}

static bool needs_nothing(const sw_instrument *instrument) {
    for (size_t i = 0; instrument->parameters[i].name != NULL; i++)
        if (instrument->parameters[i].standard == NULL)
            return false;
    return true;
}

static bool suits(const sw_instrument *instrument, const char *preset) {
    if (instrument->input[0] != SW_NOUN_ATOMS || instrument->input[1] != SW_NOUN_NONE)
        return false;
    return preset != NULL ? has_preset(instrument, preset) : needs_nothing(instrument);
}

static void cite(sw_survey_work *work, const sw_instrument *instrument) {
    size_t used = strlen(work->citation);
    snprintf(work->citation + used, sizeof work->citation - used, "%s%s: %s", used ? ". " : "",
             instrument->name, instrument->citation);
}

/* A failure of one instrument is told, and ends nothing; want of memory and an interrupt do. */
static sw_status add_instrument(sw_survey_work *work, const sw_instrument *instrument,
                                sw_context *context, sw_error *error) {
    sw_instrument_settings *settings = NULL;
    sw_measurement *part = NULL;
    sw_error inner = {0};
    sw_status status =
        sw_instrument_settings_create(&settings, instrument, work->options->preset, NULL, 0, error);
    if (status != SW_OK)
        return status;
    work->settings[work->count++] = settings;
    status = sw_measurement_create(&part);
    if (status == SW_OK)
        status = sw_instrument_measure(part, work->content, settings, context, &inner);
    if (status == SW_OK) {
        status = sw_measurement_merge(work->measurement, instrument->name, part);
        cite(work, instrument);
    } else if (status != SW_ERROR_MEMORY && status != SW_ERROR_CANCELLED) {
        status = sw_measurement_note(work->measurement, "%s: not measured: %s: %s",
                                     instrument->name, inner.place, inner.message);
    } else if (error != NULL) {
        *error = inner;
    }
    sw_measurement_destroy(part);
    return status;
}

static sw_status add_all(sw_survey_work *work, sw_context *context, sw_error *error) {
    const sw_instrument *instrument;
    sw_status status = SW_OK;
    for (size_t i = 0; (instrument = sw_registry_at(SW_INSTRUMENTS, i)) != NULL &&
                       status == SW_OK && work->count < INSTRUMENT_LIMIT;
         i++) {
        if (!suits(instrument, work->options->preset))
            continue;
        sw_progress(context, (double)i / (double)sw_registry_count(SW_INSTRUMENTS), "%s",
                    instrument->name);
        status = add_instrument(work, instrument, context, error);
    }
    if (status == SW_OK && work->count == 0)
        status = sw_error_set(error, SW_ERROR_NOT_FOUND, "survey",
                              "`spillway list instruments`; presets are in their help",
                              "no instrument has the preset \"%s\"",
                              work->options->preset ? work->options->preset : "");
    return status;
}

static sw_status survey_atoms(sw_survey_work *work, sw_context *context, sw_error *error) {
    sw_status status = add_all(work, context, error);
    if (status == SW_OK && work->addition != NULL)
        status = work->addition->add(work->measurement, work->addition->user);
    return status;
}

static void clear(sw_survey_work *work) {
    for (size_t i = 0; i < work->count; i++)
        sw_instrument_settings_destroy(work->settings[i]);
}

/* ---- copies ---------------------------------------------------------------------------------- */

static sw_status survey_copy(sw_measurement *measurement, const sw_atoms *atoms, void *user,
                             sw_context *context, sw_error *error) {
    const sw_survey_work *whole = user;
    const sw_content content = {.noun = SW_NOUN_ATOMS,
                                .atoms = (sw_atoms *)(uintptr_t)atoms}; /* only read */
    sw_survey_work work = {.options = whole->options,
                           .addition = whole->addition,
                           .content = &content,
                           .measurement = measurement};
    sw_status status = survey_atoms(&work, context, error);
    clear(&work);
    return status;
}

/* ---- the whole ------------------------------------------------------------------------------- */

static sw_status read_atoms(sw_content *content, const sw_survey_options *options,
                            sw_error *error) {
    sw_status status = sw_read(content, options->file, NULL, options->frame, error);
    if (status == SW_OK && content->noun != SW_NOUN_ATOMS)
        status = sw_error_set(error, SW_ERROR_ARGUMENT, options->file,
                              "`spillway info` says what a file holds",
                              "a survey is of atoms, and the file holds none");
    if (status == SW_OK && options->only != NULL)
        status = sw_atoms_keep_elements(content->atoms, options->only, "only", error);
    return status;
}

static sw_status write_folder(const sw_survey_work *work, double started, sw_error *error) {
    const sw_measured_how how = {.instrument = "survey",
                                 .summary = "all instruments that suit these atoms",
                                 .citation = work->citation,
                                 .settings = work->settings,
                                 .setting_count = work->count,
                                 .files = &work->options->file,
                                 .file_count = 1,
                                 .preset = work->options->preset,
                                 .only = work->options->only,
                                 .command = work->options->command,
                                 .folder = work->options->folder,
                                 .overwrite = work->options->overwrite,
                                 .started = started};
    return sw_measured_folder_write(work->measurement, &how, error);
}

static sw_status survey(sw_survey_work *work, sw_context *context, sw_error *error) {
    double started = sw_clock();
    sw_content content = {0};
    work->content = &content;
    sw_status status = read_atoms(&content, work->options, error);
    if (status == SW_OK)
        status = survey_atoms(work, context, error);
    if (status == SW_OK)
        status = sw_draws_add(work->measurement, content.atoms, &work->options->disturbance,
                              survey_copy, work, context, error);
    if (status == SW_OK && work->options->folder != NULL)
        status = write_folder(work, started, error);
    work->content = NULL;
    sw_content_clear(&content);
    clear(work);
    return status;
}

sw_status sw_survey_with(sw_measurement **measurement, const sw_survey_options *options,
                         const sw_survey_addition *addition, sw_context *context, sw_error *error) {
    sw_survey_work work = {.options = options, .addition = addition};
    *measurement = NULL;
    if (sw_disturbance_check(&options->disturbance, error) != SW_OK)
        return SW_ERROR_ARGUMENT;
    sw_status status = sw_measurement_create(measurement);
    work.measurement = *measurement;
    if (status != SW_OK)
        return sw_error_set(error, status, options->file, NULL, "no memory for a survey");
    status = survey(&work, context, error);
    if (status != SW_OK) {
        sw_measurement_destroy(*measurement);
        *measurement = NULL;
    }
    return status;
}

sw_status sw_survey(sw_measurement **measurement, const sw_survey_options *options,
                    sw_context *context, sw_error *error) {
    return sw_survey_with(measurement, options, NULL, context, error);
}
