/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/arguments.h"
#include "cli/instrument_verbs.h"
#include "cli/listing.h"

#include <spillway/run.h>
#include <spillway/thermo.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const cli_option options[] = {
    {"temperature", "T", "TEMPERATURE", "\"700 degC\" or \"973 K\"; may be given again", "700 degC",
     0},
    {0},
};

static const cli_example examples[] = {
    {"thermo \"Fe3O4 + 4 H2 = 3 Fe(bcc) + 4 H2O\" -T 700degC",
     "how wet hydrogen may be and still reduce magnetite"},
    {"thermo \"2 NiO = 2 Ni + O2\" -T 600degC -T 700degC -T 800degC --json",
     "the same numbers at three temperatures, for another program"},
    {"thermo equilibrium --amounts '1 Fe2O3, 0.5 NiO, 3 H2'", "the phases that a mixture becomes"},
    {"thermo ellingham --output ellingham", "a diagram, its table and a page"},
    {0},
};

typedef struct equilibrium {
    double temperature, gibbs, constant, water_ratio, oxygen_pressure;
} equilibrium;

static sw_status find(equilibrium *found, const char *reaction, const char *text, sw_error *error) {
    *found = (equilibrium){.water_ratio = (double)NAN, .oxygen_pressure = (double)NAN};
    sw_status status = sw_quantity_parse(&found->temperature, text, SW_TEMPERATURE, error);
    if (status == SW_OK)
        status = sw_reaction_gibbs(&found->gibbs, reaction, found->temperature, error);
    if (status != SW_OK)
        return status;
    found->constant = exp(-found->gibbs / (SW_BOLTZMANN * found->temperature));
    /* only a reduction has these two: their absence is no error */
    if (sw_reaction_water_ratio(&found->water_ratio, &found->oxygen_pressure, reaction,
                                found->temperature, NULL) != SW_OK)
        found->water_ratio = found->oxygen_pressure = (double)NAN;
    return SW_OK;
}

static sw_status fill(cli_listing *listing, const char *reaction, const char *const *texts,
                      size_t count, sw_error *error) {
    static const char *const names[] = {"T_K",      "dG_eV",  "dG_kJ_per_mol",    "equilibrium",
                                        "pH2O_pH2", "pO2_Pa", "log10_equilibrium"};
    listing_create(listing, names, 7);
    sw_status status = SW_OK;
    for (size_t i = 0; i < count && status == SW_OK; i++) {
        equilibrium found;
        status = find(&found, reaction, texts[i], error);
        if (status != SW_OK)
            break;
        listing_number(listing, found.temperature);
        listing_number(listing, found.gibbs);
        listing_number(listing, found.gibbs / SW_JOULE_PER_MOLE / 1000);
        listing_number(listing, found.constant);
        listing_number(listing, found.water_ratio);
        listing_number(listing, found.oxygen_pressure);
        listing_number(listing, -found.gibbs / (SW_BOLTZMANN * found.temperature) / log(10.0));
    }
    return status;
}

static cli_exit thermo(const cli_arguments *arguments, cli_console *console) {
    static const char *const standard[] = {"700 degC"};
    sw_error error = {0};
    cli_listing listing;
    size_t count = 0;
    const char *reaction = arguments->words[0];
    const char **texts = option_list(arguments, "temperature", &count);
    if (texts == NULL)
        return command_out_of_memory(console);
    sw_status status = count > 0 ? fill(&listing, reaction, texts, count, &error)
                                 : fill(&listing, reaction, standard, 1, &error);
    cli_exit result = EXIT_DONE;
    if (status != SW_OK)
        result = status == SW_ERROR_UNIT ? command_misused(console, &error)
                                         : command_failed(console, &error);
    else if (!console->json)
        listing_print(stdout, &listing);
    else if (!console_json(json_pack("{so so}", "reaction", json_of_text(reaction), "equilibria",
                                     listing_json(&listing))))
        result = EXIT_FAILED;
    listing_destroy(&listing);
    free(texts);
    return result;
}

static const cli_command *variant_of(const char *word) {
    return instrument_variant(SW_DIAGRAMS, word);
}

static const char *variant_name(size_t index) {
    return instrument_variant_name(SW_DIAGRAMS, index);
}

const cli_command command_thermo = {
    .name = "thermo",
    .summary = "reactions, equilibria and diagrams of thermochemistry",
    .arguments = "REACTION | DIAGRAM",
    .least = 1,
    .most = 1,
    .description =
        "Prints the standard Gibbs energy of the reaction as written (1 bar), its equilibrium "
        "constant and, for a reaction that gives or takes oxygen as O2, from CO2 or from H2O, the "
        "ratio pH2O/pH2 and the oxygen pressure at which it is in equilibrium. A dash stands where "
        "there is none, or where it is no number that a computer holds: its logarithm is.\n\n"
        "With the name of a diagram as its first word it draws that instead: equilibrium (the "
        "phases of a mixture), ellingham, baur-glaessner, predominance, partition, free-energy, "
        "volcano. Each has options and a help of its own: `spillway thermo DIAGRAM --help`.\n\n"
        "`spillway list species` names the species, `spillway list diagrams` the diagrams.",
    .options = options,
    .examples = examples,
    .variant = variant_of,
    .variant_name = variant_name,
    .free_word = true,
    .handler = thermo,
};
