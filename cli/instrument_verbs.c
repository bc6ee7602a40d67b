/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/instrument_verbs.h"

#include "cli/disturbance.h"
#include "cli/interrupt.h"
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
    {"output", "o", "DIR",
     "write tables, report.html and the atoms with their columns into this folder",
     "numbers are printed, nothing is written", VALUES_FOLDERS},
    {"overwrite", NULL, NULL, "remove what the folder holds of an earlier measurement", NULL, 0},
    {"preset", "p", "NAME", "parameters of a paper; those that are given besides win", NULL, 0},
    {"only", NULL, "ELEMENTS", "these atoms alone, such as metal or Fe,Ni", "all", 0},
    {"frame", NULL, "N", "frame of a trajectory; negative from the end", "the last", 0},
    DISTURBANCE_OPTIONS,
    {"seed", "s", "N", "of these copies", "1", 0},
};
#define OWN_OPTIONS (sizeof own_options / sizeof own_options[0])
#define OPTIONS_WITHOUT_FILES 2 /* the first ones, which need no file */
#define OPTIONS_WITHOUT_ATOMS 3

static const char *const verbs[SW_REGISTRIES] = {
    [SW_INSTRUMENTS] = "measure", [SW_FITS] = "fit", [SW_DIAGRAMS] = "thermo"};

/* What "measure", or "measure compare", takes. */
static sw_registry registry_of(const char *name) {
    size_t length = strcspn(name, " ");
    for (int registry = 0; registry < SW_REGISTRIES; registry++)
        if (strlen(verbs[registry]) == length && strncmp(verbs[registry], name, length) == 0)
            return (sw_registry)registry;
    return SW_INSTRUMENTS;
}

const char *instrument_variant_name(sw_registry registry, size_t index) {
    const sw_instrument *instrument = sw_registry_at(registry, index);
    return instrument != NULL ? instrument->name : NULL;
}

static size_t own_option_count(const sw_instrument *instrument) {
    if (instrument->input[0] == SW_NOUN_NONE)
        return OPTIONS_WITHOUT_FILES;
    return instrument->input[0] == SW_NOUN_ATOMS ? OWN_OPTIONS : OPTIONS_WITHOUT_ATOMS;
}

/* ---- the rows of the instruments ------------------------------------------------------------- */

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
    for (size_t i = 0; i < own_option_count(instrument); i++)
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

static const char *example_files(const sw_instrument *instrument) {
    if (instrument->input[0] == SW_NOUN_NONE)
        return "";
    if (instrument->input[0] == SW_NOUN_TABLE)
        return instrument->repeats ? "slow.csv middle.csv fast.csv" : "data.csv";
    return instrument->input[1] != SW_NOUN_NONE ? "known.xyz found.xyz" : "atoms.xyz";
}

static void fill_examples(cli_variant *made, const char *verb, const sw_instrument *instrument) {
    const char *files = example_files(instrument), *blank = *files != '\0' ? " " : "";
    snprintf(made->line[0], sizeof made->line[0], "%s %s%s%s", verb, instrument->name, blank,
             files);
    snprintf(made->line[1], sizeof made->line[1], "%s %s%s%s --output %s", verb, instrument->name,
             blank, files, instrument->name);
    made->example[0] = (cli_example){made->line[0], "prints the numbers"};
    made->example[1] =
        (cli_example){made->line[1], instrument->input[0] == SW_NOUN_ATOMS
                                         ? "also tables, atoms with columns, report.html"
                                         : "also tables, figures, report.html"};
}

static cli_exit measure(const cli_arguments *arguments, cli_console *console);

static void fill(cli_variant *made, const char *verb, const sw_instrument *instrument) {
    bool two = instrument->input[1] != SW_NOUN_NONE, none = instrument->input[0] == SW_NOUN_NONE;
    snprintf(made->name, sizeof made->name, "%s %s", verb, instrument->name);
    snprintf(made->arguments, sizeof made->arguments, "%s%s",
             two    ? "FILE FILE"
             : none ? ""
                    : "FILE",
             instrument->repeats ? "..." : "");
    fill_options(made, instrument);
    fill_description(made, instrument);
    fill_examples(made, verb, instrument);
    made->command = (cli_command){.name = made->name,
                                  .summary = instrument->summary,
                                  .arguments = made->arguments,
                                  .least = two ? 2 : !none,
                                  .most = instrument->repeats ? -1
                                          : two               ? 2
                                                              : !none,
                                  .values = VALUES_FILES,
                                  .description = made->description,
                                  .options = made->option,
                                  .examples = made->example,
                                  .handler = measure};
}

const cli_command *instrument_variant(sw_registry registry, const char *word) {
    static cli_variant variants[SW_REGISTRIES][MOST_INSTRUMENTS];
    const sw_instrument *instrument;
    for (size_t i = 0; i < MOST_INSTRUMENTS && (instrument = sw_registry_at(registry, i)) != NULL;
         i++) {
        cli_variant *made = &variants[registry][i];
        if (strcmp(instrument->name, word) != 0)
            continue;
        if (made->command.name == NULL)
            fill(made, verbs[registry], instrument);
        return &made->command;
    }
    return NULL;
}

/* ---- measuring ------------------------------------------------------------------------------- */

/* The options that are parameters of the instrument; returns how many. */
static size_t take_parameters(const char *(*given)[2], const cli_arguments *arguments,
                              const sw_instrument *instrument) {
    size_t count = 0;
    for (size_t i = 0; instrument != NULL && i < arguments->given; i++) {
        if (!is_parameter(instrument, arguments->option[i]->name))
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

/* A table that is short enough to be read; of a longer one that there is it. */
#define LONGEST_TABLE 40
static void print_table(const sw_table *table, const char *name) {
    const size_t columns = sw_table_columns(table);
    if (sw_table_rows(table) > LONGEST_TABLE) {
        printf("\n%s: %zu rows, written with --output or --json\n", name, sw_table_rows(table));
        return;
    }
    char(*titles)[128] = calloc(columns + 1, sizeof *titles);
    const char **names = calloc(columns + 1, sizeof *names);
    cli_listing listing;
    for (size_t c = 0; titles != NULL && names != NULL && c < columns; c++) {
        const char *unit = sw_table_unit(table, c);
        snprintf(titles[c], sizeof titles[c], *unit != '\0' ? "%s [%s]" : "%s",
                 sw_table_name(table, c), unit);
        names[c] = titles[c];
    }
    if (titles != NULL && names != NULL) {
        listing_create(&listing, names, columns);
        for (size_t r = 0; r < sw_table_rows(table); r++)
            for (size_t c = 0; c < columns; c++)
                if (sw_table_is_text(table, c))
                    listing_text(&listing, sw_table_text(table, r, c));
                else
                    listing_number(&listing, sw_table_numbers_const(table, c)[r]);
        printf("\n%s\n", name);
        listing_print(stdout, &listing);
        listing_destroy(&listing);
    }
    free(titles);
    free(names);
}

static void print_tables(const sw_measurement *measurement) {
    for (size_t i = 0; i < sw_measurement_tables(measurement); i++) {
        const char *name;
        const sw_table *table = sw_measurement_table(measurement, i, &name);
        print_table(table, name);
    }
}

static json_t *table_json(const sw_table *table) {
    json_t *columns = json_object();
    for (size_t c = 0; c < sw_table_columns(table); c++) {
        json_t *list = json_array();
        for (size_t r = 0; r < sw_table_rows(table); r++)
            json_array_append_new(list, sw_table_is_text(table, c)
                                            ? json_of_text(sw_table_text(table, r, c))
                                            : json_of_number(sw_table_numbers_const(table, c)[r]));
        json_object_set_new(
            columns, sw_table_name(table, c),
            json_pack("{so so}", "unit", json_of_text(sw_table_unit(table, c)), "values", list));
    }
    return columns;
}

/* The object of the measurement, with its tables where they are all that there is to see. */
static bool print_json(const char *text, const sw_measurement *measurement, bool tables) {
    json_t *object = json_loads(text, 0, NULL), *list = json_object();
    for (size_t i = 0; tables && i < sw_measurement_tables(measurement); i++) {
        const char *name;
        const sw_table *table = sw_measurement_table(measurement, i, &name);
        json_object_set_new(list, name, table_json(table));
    }
    if (tables)
        json_object_set(object, "tables", list);
    json_decref(list);
    return console_json(object);
}

static sw_status show(const sw_measurement *measurement, const sw_instrument_settings *settings,
                      const char *folder, bool thermo, cli_console *console, sw_error *error) {
    char *text = NULL;
    sw_status status = SW_OK;
    if (console->json) {
        status = sw_measurement_json(&text, measurement, settings);
        if (status == SW_OK && !print_json(text, measurement, thermo))
            status = SW_ERROR_MEMORY;
        free(text);
        text = NULL;
    } else {
        print_values(measurement);
        if (thermo)
            print_tables(measurement);
    }
    if (status != SW_OK || folder == NULL)
        return status;
    status = sw_report(&text, folder, thermo, console->context, error);
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
    const sw_registry registry = registry_of(arguments->command->name);
    sw_measure_options options = {.registry = registry,
                                  .instrument = strchr(arguments->command->name, ' ') + 1,
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
    sw_status status = option_frame(&frame, arguments, &error);
    options.frame = (ptrdiff_t)frame;
    options.given_count =
        take_parameters(given, arguments, sw_registry_find(registry, options.instrument));
    if (status == SW_OK)
        status = disturbance_read(&options.disturbance, arguments, &error);
    if (status == SW_OK && registry == SW_FITS) /* which ends with what is there */
        interrupt_watch(console->context);
    if (status == SW_OK)
        status = sw_measure_files(&measurement, &settings, &options, console->context, &error);
    interrupt_release();
    if (status == SW_OK)
        status =
            show(measurement, settings, options.folder, registry == SW_DIAGRAMS, console, &error);
    sw_measurement_destroy(measurement);
    sw_instrument_settings_destroy(settings);
    free(given);
    bool stopped = sw_context_cancelled(console->context);
    if (status == SW_ERROR_CANCELLED && stopped)
        console_error(console, &error);
    else if (status != SW_OK)
        return command_failed(console, &error);
    return stopped ? EXIT_INTERRUPTED : EXIT_DONE;
}

/* The library says which one was meant. */
cli_exit instrument_unknown(const cli_arguments *arguments, cli_console *console) {
    const sw_measure_options options = {.registry = registry_of(arguments->command->name),
                                        .instrument = arguments->words[0]};
    sw_measurement *measurement = NULL;
    sw_error error = {0};
    if (sw_measure_files(&measurement, NULL, &options, console->context, &error) == SW_OK)
        sw_measurement_destroy(measurement);
    return command_misused(console, &error);
}
