/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One verb, and a row of its own for every instrument: its options are the instrument's. */
#include "cli/disturbance.h"
#include "cli/listing.h"

#include <spillway/report.h>
#include <spillway/run.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_INSTRUMENTS 64
#define MOST_PARAMETERS 40

static const cli_option own_options[] = {
    {"output", "o", "DIR", "write tables, atoms and report.html into this folder",
     "numbers are printed, nothing is written", VALUES_FOLDERS},
    {"overwrite", NULL, NULL, "remove what the folder holds of an earlier measurement", NULL, 0},
    {"preset", "p", "NAME", "parameters of a paper; those that are given besides win", NULL, 0},
    {"only", NULL, "ELEMENTS", "these atoms alone, such as metal or Fe,Ni", "all", 0},
    {"frame", NULL, "N", "frame of a trajectory; negative from the end", "the last", 0},
    DISTURBANCE_OPTIONS,
    {"seed", "s", "N", "of these copies", "1", 0},
};
#define OWN_OPTIONS (sizeof own_options / sizeof own_options[0])

/* ---- the rows of the instruments ----------------------------------------------------------------- */

typedef struct cli_variant {
    cli_command command;
    cli_option option[MOST_PARAMETERS];
    cli_example example[3];
    char name[64], arguments[96], line[2][128];
    char description[4096];
    char help[MOST_PARAMETERS][320];
} cli_variant;

static const char *value_word(const sw_instrument_parameter *parameter) {
    switch (parameter->kind) {
    case SW_TAKES_QUANTITY:
        return parameter->dimension == SW_NUMBER ? "X" : "'X UNIT'";
    case SW_TAKES_COUNT:
        return "N";
    case SW_TAKES_SWITCH:
        return "yes|no";
    default:
        return parameter->kind == SW_TAKES_CHOICE ? "WORD" : "TEXT";
    }
}

static void describe_parameter(char help[320], const sw_instrument_parameter *parameter) {
    int used = snprintf(help, 320, "%s", parameter->help);
    for (size_t i = 0; parameter->kind == SW_TAKES_CHOICE && parameter->choices[i] != NULL; i++)
        if (used >= 0 && used < 320)
            used += snprintf(help + used, 320 - (size_t)used, "%s%s", i > 0 ? ", " : ": ",
                             parameter->choices[i]);
}

static bool is_parameter(const sw_instrument *instrument, const char *name) {
    for (size_t i = 0; instrument->parameters[i].name != NULL; i++)
        if (strcmp(instrument->parameters[i].name, name) == 0)
            return true;
    return false;
}

/* Where a parameter has the name of an option, what is given is for both. */
static void fill_options(cli_variant *made, const sw_instrument *instrument) {
    size_t count = 0;
    for (size_t i = 0; i < OWN_OPTIONS; i++)
        if (!is_parameter(instrument, own_options[i].name))
            made->option[count++] = own_options[i];
    for (size_t i = 0; instrument->parameters[i].name != NULL && count + 1 < MOST_PARAMETERS; i++) {
        const sw_instrument_parameter *parameter = &instrument->parameters[i];
        describe_parameter(made->help[count], parameter);
        made->option[count] = (cli_option){.name = parameter->name,
                                           .value = value_word(parameter),
                                           .help = made->help[count],
                                           .standard = parameter->standard};
        count++;
    }
}

static void fill_description(cli_variant *made, const sw_instrument *instrument) {
    size_t size = sizeof made->description;
    int used = snprintf(made->description, size, "%s", instrument->description);
    if (instrument->columns != NULL)
        used += snprintf(made->description + used, size - (size_t)used,
                         "\n\nColumns added to the atoms: %s.", instrument->columns);
    const sw_instrument_preset *preset = instrument->presets;
    for (; preset != NULL && preset->name != NULL && (size_t)used < size; preset++)
        used += snprintf(made->description + used, size - (size_t)used, "\n\nPreset %s: %s.",
                         preset->name, preset->source);
    if ((size_t)used < size)
        snprintf(made->description + used, size - (size_t)used, "\n\nAfter: %s.",
                 instrument->citation);
}

static void fill_examples(cli_variant *made, const sw_instrument *instrument) {
    const char *files = instrument->input[1] != SW_NOUN_NONE ? "known.xyz found.xyz" : "atoms.xyz";
    snprintf(made->line[0], sizeof made->line[0], "measure %s %s", instrument->name, files);
    snprintf(made->line[1], sizeof made->line[1], "measure %s %s --output %s", instrument->name,
             files, instrument->name);
    made->example[0] = (cli_example){made->line[0], "prints the numbers"};
    made->example[1] = (cli_example){made->line[1], "also tables, atoms with columns, report.html"};
}

static cli_exit measure(const cli_arguments *arguments, cli_console *console);

static void fill(cli_variant *made, const sw_instrument *instrument) {
    bool two = instrument->input[1] != SW_NOUN_NONE;
    snprintf(made->name, sizeof made->name, "measure %s", instrument->name);
    fill_options(made, instrument);
    fill_description(made, instrument);
    fill_examples(made, instrument);
    made->command = (cli_command){.name = made->name,
                                  .summary = instrument->summary,
                                  .arguments = two ? "FILE FILE" : "FILE",
                                  .least = two ? 2 : 1,
                                  .most = two ? 2 : 1,
                                  .values = VALUES_FILES,
                                  .description = made->description,
                                  .options = made->option,
                                  .examples = made->example,
                                  .handler = measure};
}

static const cli_command *instrument_row(size_t index) {
    static cli_variant variants[MOST_INSTRUMENTS];
    const sw_instrument *instrument = sw_instrument_at(index);
    if (instrument == NULL || index >= MOST_INSTRUMENTS)
        return NULL;
    if (variants[index].command.name == NULL)
        fill(&variants[index], instrument);
    return &variants[index].command;
}

/* ---- measuring ----------------------------------------------------------------------------------- */

/* The options that are parameters of the instrument; returns how many. */
static size_t take_parameters(const char *(*given)[2], const cli_arguments *arguments,
                              const char *instrument) {
    const sw_instrument *row = sw_instrument_find(instrument);
    size_t count = 0;
    for (size_t i = 0; row != NULL && i < arguments->given; i++) {
        if (!is_parameter(row, arguments->option[i]->name))
            continue;
        given[count][0] = arguments->option[i]->name;
        given[count++][1] = arguments->value[i];
    }
    return count;
}

static void number_text(char text[32], double value) {
    if (isfinite(value))
        snprintf(text, 32, "%.6g", value);
    else
        snprintf(text, 32, "-");
}

static void print_values(const sw_measurement *measurement) {
    static const char *const plain[] = {"quantity", "value", "95 % interval", "unit", "meaning"};
    static const char *const drawn[] = {"quantity", "value", "95 % interval",
                                        "shift",    "unit",  "meaning"};
    bool has_draws = sw_measurement_disturbance(measurement).draws > 0;
    cli_listing listing;
    listing_create(&listing, has_draws ? drawn : plain, has_draws ? 6 : 5);
    for (size_t i = 0; i < sw_measurement_values(measurement); i++) {
        const sw_measured *measured = sw_measurement_value(measurement, i);
        char value[32], low[32], high[32], shift[32], interval[80] = "-";
        number_text(value, measured->value);
        number_text(shift, measured->shift);
        number_text(low, measured->low);
        number_text(high, measured->high);
        if (isfinite(measured->low) || isfinite(measured->high))
            snprintf(interval, sizeof interval, "%s to %s", low, high);
        listing_text(&listing, measured->name);
        listing_text(&listing, value);
        listing_text(&listing, interval);
        if (has_draws)
            listing_text(&listing, shift);
        listing_text(&listing, *measured->unit != '\0' ? measured->unit : "-");
        listing_text(&listing, measured->help);
    }
    listing_print(stdout, &listing);
    listing_destroy(&listing);
    for (size_t i = 0; i < sw_measurement_notes(measurement); i++)
        printf("note: %s\n", sw_measurement_note_at(measurement, i));
}

static sw_status show(const sw_measurement *measurement, const sw_instrument_settings *settings,
                      const char *folder, cli_console *console, sw_error *error) {
    char *text = NULL;
    sw_status status = SW_OK;
    if (console->json) {
        status = sw_measurement_json(&text, measurement, settings);
        if (status == SW_OK)
            puts(text);
        free(text);
    } else {
        print_values(measurement);
    }
    if (status != SW_OK || folder == NULL)
        return status;
    status = sw_report(&text, folder, false, console->context, error);
    if (status == SW_OK)
        console_say(console, "report: %s", text);
    free(text);
    return status;
}

static cli_exit measure(const cli_arguments *arguments, cli_console *console) {
    sw_error error = {0};
    const char *(*given)[2] = calloc(arguments->given + 1, sizeof *given);
    if (given == NULL)
        return command_out_of_memory(console);
    sw_measure_options options = {.instrument = strchr(arguments->command->name, ' ') + 1,
                                  .files = arguments->words,
                                  .file_count = arguments->count,
                                  .only = option_text(arguments, "only"),
                                  .preset = option_text(arguments, "preset"),
                                  .given = (const char *const(*)[2])given,
                                  .folder = option_text(arguments, "output"),
                                  .overwrite = option_is_given(arguments, "overwrite"),
                                  .command = arguments->line};
    sw_measurement *measurement = NULL;
    sw_instrument_settings *settings = NULL;
    int64_t frame = -1;
    options.given_count = take_parameters(given, arguments, options.instrument);
    sw_status status = option_frame(&frame, arguments, &error);
    options.frame = (ptrdiff_t)frame;
    if (status == SW_OK)
        status = disturbance_read(&options.disturbance, arguments, &error);
    if (status == SW_OK)
        status = sw_measure_files(&measurement, &settings, &options, console->context, &error);
    if (status == SW_OK)
        status = show(measurement, settings, options.folder, console, &error);
    sw_measurement_destroy(measurement);
    sw_instrument_settings_destroy(settings);
    free(given);
    return status == SW_OK ? EXIT_DONE : command_failed(console, &error);
}

/* ---- the verb itself ----------------------------------------------------------------------------- */

static const cli_example examples[] = {
    {"list instruments", "what can be measured, and on what"},
    {"measure compare known.xyz found.xyz", "how well atoms were found"},
    {"measure compare --help", "the parameters of one instrument"},
    {0},
};

/* The library says which instrument was meant. */
static cli_exit no_instrument(const cli_arguments *arguments, cli_console *console) {
    const sw_measure_options options = {.instrument = arguments->words[0]};
    sw_measurement *measurement = NULL;
    sw_error error = {0};
    if (sw_measure_files(&measurement, NULL, &options, console->context, &error) == SW_OK)
        sw_measurement_destroy(measurement);
    return command_misused(console, &error);
}

static const cli_command *variant_of(const char *word) {
    for (size_t i = 0; sw_instrument_at(i) != NULL; i++)
        if (strcmp(sw_instrument_at(i)->name, word) == 0)
            return instrument_row(i);
    return NULL;
}

const cli_command command_measure = {
    .name = "measure",
    .summary = "measure atoms, images or tables with an instrument",
    .arguments = "INSTRUMENT FILE",
    .least = 1,
    .most = -1,
    .values = VALUES_FILES,
    .description = "Prints the numbers that an instrument finds in a file, with their 95 % "
                   "intervals. With --output also its tables (CSV), the atoms with the columns that "
                   "it adds (extended XYZ), and report.html.\n\n"
                   "The instrument is the first word; each has parameters and a help of its own: "
                   "`spillway measure INSTRUMENT --help`.\n\n"
                   "With --precision or --missing the instrument measures again on --draws copies "
                   "of the atoms with that much more noise and atoms left out. Every number gets "
                   "an interval from their spread, and a shift, the mean of the copies less the "
                   "value: what the noise that is there already has done to it. Of two files the "
                   "second is disturbed. Where an instrument has a parameter of that name it is "
                   "meant too; --draws 0 leaves the copies out.",
    .examples = examples,
    .variant = variant_of,
    .handler = no_instrument,
};
