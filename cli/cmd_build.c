/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/arguments.h"
#include "cli/interrupt.h"
#include "cli/listing.h"
#include "cli/loading.h"

#include <spillway/build.h>
#include <spillway/io.h>

#include <stdlib.h>
#include <string.h>

static const cli_option options[] = {
    {"output", "o", "FILE", "write the atoms here; the extension tells the format",
     "NAME.xyz in the working folder", VALUES_FILES},
    {"removed", NULL, "FILE", "write the atoms that were taken out here, each with the reason",
     "they are not written", VALUES_FILES},
    {"seed", "s", "N", "seed of the random numbers", "the recipe's", 0},
    {"set", NULL, "PATH=VALUE", "change a value of the recipe; may be given again", NULL, 0},
    {"without", NULL, "NAME", "apply an ablation of the recipe; may be given again", NULL, 0},
    {0},
};

static const cli_example examples[] = {
    {"build zr-zro2", "writes zr-zro2.xyz and prints what is in it"},
    {"build zr-zro2 --set noise='16 pm' --set missing='2.8 %' -o seen.xyz",
     "the same as a measurement would find it"},
    {"build ./slab.yaml -o slab.h5 --removed vacancies.xyz", "a recipe of your own"},
    {0},
};

/* --output, or the name of the recipe; the caller's (free). */
static char *output_path(const cli_arguments *arguments, const sw_model *model) {
    const char *given = option_text(arguments, "output");
    size_t size = strlen(sw_model_name(model)) + 8;
    char *path = given != NULL ? strdup(given) : malloc(size);
    if (path != NULL && given == NULL)
        snprintf(path, size, "%s.xyz", sw_model_name(model));
    return path;
}

/* The cells of a table as rows of a listing. */
static void fill_listing(cli_listing *listing, const sw_table *table, const char *const *names) {
    listing_create(listing, names, sw_table_columns(table));
    for (size_t row = 0; row < sw_table_rows(table); row++)
        for (size_t column = 0; column < sw_table_columns(table); column++)
            if (sw_table_is_text(table, column))
                listing_text(listing, sw_table_text(table, row, column));
            else
                listing_number(listing, sw_table_numbers_const(table, column)[row]);
}

static bool print_built(const sw_built *built, const sw_model *model, const char *path, bool json) {
    static const char *const count_names[] = {"region", "element", "atoms"};
    static const char *const step_names[] = {"step", "what", "added", "removed"};
    cli_listing counts, steps;
    bool done = true;
    fill_listing(&counts, built->counts, count_names);
    fill_listing(&steps, built->steps, step_names);
    if (json)
        done = console_json(
            json_pack("{so so sI so so}", "recipe", json_of_text(sw_model_name(model)), "file",
                      json_of_text(path), "atoms", (json_int_t)sw_atoms_count(built->atoms),
                      "counts", listing_json(&counts), "steps", listing_json(&steps)));
    else
        listing_print(stdout, &counts);
    listing_destroy(&counts);
    listing_destroy(&steps);
    return done;
}

static sw_status write_built(const sw_built *built, const char *path, const char *removed,
                             sw_error *error) {
    sw_status status = sw_write_atoms(path, NULL, built->atoms, false, error);
    if (status == SW_OK && removed != NULL)
        status = sw_write_atoms(removed, NULL, built->removed, false, error);
    return status;
}

static cli_exit build_model(const cli_loading *loading, const cli_arguments *arguments,
                            cli_console *console) {
    sw_error error = {0};
    sw_built built = {0};
    cli_exit result = EXIT_DONE;
    char *path = output_path(arguments, loading->model);
    if (path == NULL)
        return command_out_of_memory(console);
    interrupt_watch(console->context);
    sw_status status = sw_build(&built, loading->model, console->context, &error);
    interrupt_release();
    if (status == SW_OK)
        status = write_built(&built, path, option_text(arguments, "removed"), &error);
    if (status != SW_OK) {
        result = command_failed(console, &error);
    } else {
        console_say(console, "wrote %zu atoms to %s", sw_atoms_count(built.atoms), path);
        if (!print_built(&built, loading->model, path, console->json))
            result = EXIT_FAILED;
    }
    sw_built_clear(&built);
    free(path);
    return result;
}

static cli_exit build(const cli_arguments *arguments, cli_console *console) {
    sw_error error = {0};
    cli_loading loading;
    bool usage = true;
    cli_exit result;
    uint64_t seed = 0;
    char setting[40];
    const char *more[] = {setting};
    if (option_count(&seed, arguments, "seed", 0, (uint64_t)9e15, &error) != SW_OK)
        return command_misused(console, &error);
    snprintf(setting, sizeof setting, "seed=%llu", (unsigned long long)seed);
    if (loading_make_with(&loading, arguments, more, option_is_given(arguments, "seed"), &usage,
                          &error) != SW_OK)
        result = usage ? command_misused(console, &error) : command_failed(console, &error);
    else
        result = build_model(&loading, arguments, console);
    loading_clear(&loading);
    return result;
}

const cli_command command_build = {
    .name = "build",
    .summary = "build atoms from a recipe",
    .arguments = "RECIPE",
    .least = 1,
    .most = 1,
    .values = VALUES_MODELS,
    .description =
        "RECIPE is the name of a built-in recipe (`spillway list models`) or a YAML file with "
        "`builds: atoms`: crystals, grains and random packings filled into regions, then "
        "oxidation, "
        "vacancies, pores, noise, missing and hidden atoms, in the order of the file. The same "
        "recipe and seed give the same atoms.\n\n"
        "Columns keep the truth: region (which fill), grain, oxidation, displacement; --removed "
        "keeps what was taken out. Printed are the atoms by region and element; with --json also "
        "what each step did.",
    .options = options,
    .examples = examples,
    .handler = build,
};
