/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/arguments.h"
#include "cli/listing.h"

#include <spillway/io.h>
#include <spillway/model.h>
#include <spillway/run.h>
#include <spillway/thermo.h>

#include <string.h>

static const char *const words[] = {"models",     "instruments", "fits",  "diagrams", "formats",
                                    "simulators", "species",     "units", NULL};

static const cli_example examples[] = {
    {"list models", "the built-in models"},
    {"list units", "which units a quantity may carry"},
    {0},
};

static void list_models(cli_listing *listing) {
    static const char *const names[] = {"name", "verb", "title"};
    listing_create(listing, names, 3);
    for (size_t i = 0; i < sw_builtin_model_count(); i++) {
        listing_text(listing, sw_builtin_model_at(i)->name);
        listing_text(listing, sw_builtin_model_at(i)->is_recipe ? "build" : "simulate");
        listing_text(listing, sw_builtin_model_at(i)->title);
    }
}

static void list_rows(cli_listing *listing, sw_registry registry, const char *const *names) {
    static const char *const nouns[] = {"", "atoms", "stack", "table"};
    const sw_instrument *instrument;
    listing_create(listing, names, 3);
    for (size_t i = 0; (instrument = sw_registry_at(registry, i)) != NULL; i++) {
        char input[48];
        bool two = instrument->input[1] != SW_NOUN_NONE;
        snprintf(input, sizeof input, "%s%s%s%s", nouns[instrument->input[0]], two ? ", " : "",
                 nouns[instrument->input[1]], instrument->repeats ? "..." : "");
        listing_text(listing, instrument->name);
        listing_text(listing, input);
        listing_text(listing, instrument->summary);
    }
}

static const char *const measuring_names[] = {"name", "measures", "summary"};
static const char *const taking_names[] = {"name", "takes", "summary"};

static void list_instruments(cli_listing *listing) {
    list_rows(listing, SW_INSTRUMENTS, measuring_names);
}

static void list_fits(cli_listing *listing) {
    list_rows(listing, SW_FITS, taking_names);
}

static void list_diagrams(cli_listing *listing) {
    list_rows(listing, SW_DIAGRAMS, taking_names);
}

static void list_formats(cli_listing *listing) {
    static const char *const nouns[] = {"-", "atoms", "stack", "table"};
    static const char *const names[] = {"name",   "holds",      "reads",
                                        "writes", "extensions", "summary"};
    listing_create(listing, names, 6);
    for (size_t i = 0; i < sw_format_count(); i++) {
        const sw_format *format = sw_format_at(i);
        listing_text(listing, format->name);
        listing_text(listing, nouns[format->noun]);
        listing_switch(listing, format->reads);
        listing_switch(listing, format->writes);
        listing_text(listing, format->extensions);
        listing_text(listing, format->summary);
    }
}

static void list_simulators(cli_listing *listing) {
    static const char *const names[] = {"name", "summary"};
    listing_create(listing, names, 2);
    for (size_t i = 0; i < sw_simulator_count(); i++) {
        listing_text(listing, sw_simulator_at(i)->name);
        listing_text(listing, sw_simulator_at(i)->summary);
    }
}

static void list_species(cli_listing *listing) {
    static const char *const names[] = {"name", "state", "lowest_K", "highest_K", "source"};
    listing_create(listing, names, 5);
    for (size_t i = 0; i < sw_substance_count(); i++) {
        const sw_substance *substance = sw_substance_at(i);
        double lowest = 0, highest = 0;
        sw_substance_range(substance, &lowest, &highest);
        listing_text(listing, sw_substance_name(substance));
        listing_text(listing, sw_substance_is_gas(substance) ? "gas" : "condensed");
        listing_number(listing, lowest);
        listing_number(listing, highest);
        listing_text(listing, sw_substance_source(substance));
    }
}

static void list_units(cli_listing *listing) {
    static const char *const names[] = {"quantity", "inside", "accepted"};
    listing_create(listing, names, 3);
    for (int i = 0; i < SW_DIMENSION_COUNT; i++) {
        sw_dimension dimension = (sw_dimension)i;
        sw_error error = {0};
        double value = 0;
        /* the library names the units that it takes when it gets one that it does not */
        sw_status status = sw_quantity_parse(&value, "1 none-of-these", dimension, &error);
        listing_text(listing, sw_dimension_name(dimension));
        listing_text(listing, sw_dimension_unit(dimension));
        listing_text(listing, status == SW_OK ? "" : error.hint);
    }
}

static bool fill(cli_listing *listing, const char *what) {
    static void (*const lists[])(cli_listing *) = {list_models,   list_instruments, list_fits,
                                                   list_diagrams, list_formats,     list_simulators,
                                                   list_species,  list_units};
    for (size_t i = 0; words[i] != NULL; i++)
        if (strcmp(words[i], what) == 0) {
            lists[i](listing);
            return true;
        }
    return false;
}

static cli_exit unknown(const char *what, cli_console *console) {
    char hint[256] = "models, instruments, fits, diagrams, formats, simulators, species or units";
    sw_error error = {0};
    const char *nearest = sw_nearest_name(what, words, 8);
    if (nearest != NULL)
        snprintf(hint, sizeof hint, "did you mean `spillway list %s`?", nearest);
    sw_error_set(&error, SW_ERROR_NOT_FOUND, "list", hint, "there is no list of \"%s\"", what);
    return command_misused(console, &error);
}

static cli_exit list(const cli_arguments *arguments, cli_console *console) {
    const char *what = arguments->count > 0 ? arguments->words[0] : "models";
    cli_listing listing;
    if (!fill(&listing, what))
        return unknown(what, console);
    bool done = true;
    if (console->json)
        done = console_json(json_pack("{so}", what, listing_json(&listing)));
    else
        listing_print(stdout, &listing);
    listing_destroy(&listing);
    return done ? EXIT_DONE : EXIT_FAILED;
}

const cli_command command_list = {
    .name = "list",
    .summary = "list models, instruments, fits, diagrams, formats, species and the like",
    .arguments = "[WHAT]",
    .least = 0,
    .most = 1,
    .words = words,
    .description =
        "WHAT is one of models, instruments, fits, diagrams, formats, simulators, species and "
        "units. Without a word: the built-in models and recipes, each with the verb that "
        "takes it.",
    .examples = examples,
    .handler = list,
};
