/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/arguments.h"
#include "cli/listing.h"
#include "cli/loading.h"
#include "cli/show.h"

#include <string.h>

static const cli_option options[] = {
    {"processes", "p", NULL,
     "every process both ways: orientations, barriers and rates, alone and at the start", NULL, 0},
    {"energetics", "e", NULL, "every term of the energy by symmetry orbit, with its multiplicity",
     NULL, 0},
    {"parameters", "P", NULL, "only the parameters", NULL, 0},
    {"set", NULL, "PATH=VALUE", "change a value of the model; may be given again", NULL, 0},
    {"without", NULL, "NAME", "leave out a mechanism or process; may be given again", NULL, 0},
    {"yaml", NULL, NULL, "print the resolved model as YAML", NULL, 0},
    {0},
};

static const cli_example examples[] = {
    {"show nife-fe3o4", "what the model is made of"},
    {"show nife-fe3o4 --parameters", "its parameters, each with its source"},
    {"show zgb --processes", "what can happen, and how fast"},
    {"show co-ruo2 --processes --set temperature='700 K'", "the same at another temperature"},
    {"show nife-fe3o4 --energetics", "what the energy is made of, orbit by orbit"},
    {"show nife-fe3o4 --yaml > mine.yaml", "a copy to be changed"},
    {0},
};

static void fill_parameters(cli_listing *listing, const sw_model *model) {
    static const char *const names[] = {"name", "value", "tag", "swept", "help", "source"};
    listing_create(listing, names, 6);
    for (size_t i = 0; i < sw_model_parameter_count(model); i++) {
        const sw_parameter *parameter = sw_model_parameter(model, i);
        const char tag[2] = {parameter->tag, '\0'};
        listing_text(listing, parameter->name);
        listing_text(listing, parameter->text);
        listing_text(listing, tag);
        listing_switch(listing, parameter->swept);
        listing_text(listing, parameter->help);
        listing_text(listing, parameter->source);
    }
}

/* "H2O +1, H2 -1" */
static void gas_text(char *text, size_t size, const sw_process *process, const sw_gas *gas) {
    size_t length = 0;
    text[0] = '\0';
    for (size_t i = 0; i < process->gas_changes && length < size; i++) {
        const sw_gas_change *change = &process->gas_change[i];
        length += (size_t)snprintf(text + length, size - length, "%s%s %+d", i > 0 ? ", " : "",
                                   gas->list[change->gas].name, change->change);
    }
}

static void fill_processes(cli_listing *listing, const sw_lattice_model *model) {
    static const char *const names[] = {"name",       "mechanism", "reversible",
                                        "barrier_eV", "gas",       "help"};
    char gas[128];
    listing_create(listing, names, 6);
    for (size_t i = 0; model != NULL && i < model->processes; i++) {
        const sw_process *process = &model->process[i];
        gas_text(gas, sizeof gas, process, &model->gas);
        listing_text(listing, process->name);
        listing_text(listing, process->mechanism);
        listing_switch(listing, process->reversible || process->self_reverse);
        listing_number(listing, process->barrier);
        listing_text(listing, gas);
        listing_text(listing, process->help);
    }
}

static json_t *frame_json(const sw_frame *frame) {
    return json_pack("{s[iii] s[bbb] sf sI}", "size", frame->size[0], frame->size[1],
                     frame->size[2], "periodic", (int)frame->periodic[0], (int)frame->periodic[1],
                     (int)frame->periodic[2], "lattice_constant", frame->lattice_constant, "sites",
                     (json_int_t)frame->size[0] * frame->size[1] * frame->size[2] *
                         (json_int_t)frame->basis_sites);
}

static json_t *species_json(const sw_lattice_model *model) {
    json_t *list = json_array();
    for (size_t i = 1; i < model->species_count; i++) /* 0 is an empty site */
        json_array_append_new(list, json_of_text(model->species[i].name));
    return list;
}

/* What --without can leave out, and what --experiment can choose. */
static const struct named {
    const char *name;
    size_t (*count)(const sw_model *model);
    const char *(*at)(const sw_model *model, size_t index);
} names[] = {{"mechanisms", sw_model_mechanism_count, sw_model_mechanism},
             {"experiments", sw_model_experiment_count, sw_model_experiment}};
#define NAMES (sizeof names / sizeof *names)

static json_t *names_json(const sw_model *model, const struct named *named) {
    json_t *list = json_array();
    for (size_t i = 0; i < named->count(model); i++)
        json_array_append_new(list, json_of_text(named->at(model, i)));
    return list;
}

static void print_names(const sw_model *model, const struct named *named) {
    if (named->count(model) == 0)
        return;
    printf("%-12s", named->name);
    for (size_t i = 0; i < named->count(model); i++)
        printf(" %s", named->at(model, i));
    printf("\n");
}

static json_t *model_json(const sw_model *model, const cli_listing *processes,
                          const cli_listing *parameters) {
    const sw_lattice_model *lattice = sw_model_lattice(model);
    json_t *object = json_pack("{so so so so so}", "name", json_of_text(sw_model_name(model)),
                               "title", json_of_text(sw_model_title(model)), "description",
                               json_of_text(sw_model_description(model)), "citation",
                               json_of_text(sw_model_citation(model)), "simulator",
                               json_of_text(sw_model_simulator(model)));
    if (object == NULL)
        return NULL;
    if (lattice != NULL) {
        json_object_set_new(object, "frame", frame_json(&lattice->frame));
        json_object_set_new(object, "species", species_json(lattice));
    }
    for (size_t i = 0; i < NAMES; i++)
        json_object_set_new(object, names[i].name, names_json(model, &names[i]));
    if (sw_model_recipe(model) != NULL)
        show_recipe_json(object, sw_model_recipe(model));
    else if (lattice != NULL)
        json_object_set_new(object, "processes", listing_json(processes));
    json_object_set_new(object, "parameters", listing_json(parameters));
    return object;
}

static void print_frame(const sw_lattice_model *model) {
    const sw_frame *frame = &model->frame;
    printf("frame        %d x %d x %d cells of %.4g A, %zu sites each, periodic: %s%s%s%s\n",
           frame->size[0], frame->size[1], frame->size[2], frame->lattice_constant,
           frame->basis_sites, frame->periodic[0] ? "x" : "", frame->periodic[1] ? "y" : "",
           frame->periodic[2] ? "z" : "",
           frame->periodic[0] || frame->periodic[1] || frame->periodic[2] ? "" : "no");
    printf("species     ");
    for (size_t i = 1; i < model->species_count; i++)
        printf(" %s", model->species[i].name);
    printf("\n");
}

static void print_whole(const sw_model *model, const cli_listing *processes,
                        const cli_listing *parameters) {
    const sw_lattice_model *lattice = sw_model_lattice(model);
    printf("%s: %s\n\n%s\n\n", sw_model_name(model), sw_model_title(model),
           sw_model_description(model));
    printf("citation     %s\n", sw_model_citation(model));
    if (sw_model_recipe(model) != NULL)
        printf("builds       atoms\n");
    else
        printf("simulator    %s\n", sw_model_simulator(model));
    if (lattice != NULL)
        print_frame(lattice);
    for (size_t i = 0; i < NAMES; i++)
        print_names(model, &names[i]);
    if (sw_model_recipe(model) != NULL) {
        show_recipe_print(sw_model_recipe(model));
    } else if (lattice != NULL) {
        printf("\nprocesses\n");
        listing_print(stdout, processes);
    }
    printf("\nparameters (tags: S stated in the paper, L cited literature, C computed, M textbook, "
           "F fitted, A assumed)\n");
    listing_print(stdout, parameters);
}

static bool print_model(const sw_model *model, const cli_arguments *arguments, bool json) {
    cli_listing processes, parameters;
    bool done = true;
    bool only_parameters = option_is_given(arguments, "parameters");
    fill_processes(&processes, sw_model_lattice(model));
    fill_parameters(&parameters, model);
    if (json)
        done = console_json(model_json(model, &processes, &parameters));
    else if (!only_parameters)
        print_whole(model, &processes, &parameters);
    else
        listing_print(stdout, &parameters);
    listing_destroy(&processes);
    listing_destroy(&parameters);
    return done;
}

static bool needs_processes(const cli_arguments *arguments) {
    return option_is_given(arguments, "processes") || option_is_given(arguments, "energetics");
}

static cli_exit refuse_recipe(const sw_model *model, cli_console *console) {
    sw_error error = {0};
    sw_error_set(&error, SW_ERROR_ARGUMENT, "show", "leave the option away",
                 "'%s' is a recipe for atoms: it has no processes and no energetics",
                 sw_model_name(model));
    return command_misused(console, &error);
}

static cli_exit show(const cli_arguments *arguments, cli_console *console) {
    sw_error error = {0};
    cli_loading loading;
    bool usage = true;
    cli_exit result = EXIT_DONE;
    if (loading_make(&loading, arguments, &usage, &error) != SW_OK)
        result = usage ? command_misused(console, &error) : command_failed(console, &error);
    else if (option_is_given(arguments, "yaml"))
        fputs(sw_model_resolved_text(loading.model), stdout);
    else if (needs_processes(arguments) && sw_model_recipe(loading.model))
        result = refuse_recipe(loading.model, console);
    else if (option_is_given(arguments, "processes") && sw_model_lattice(loading.model))
        result = show_processes(loading.model, console);
    else if (option_is_given(arguments, "energetics") && sw_model_lattice(loading.model))
        result = show_energetics(loading.model, console);
    else if (!print_model(loading.model, arguments, console->json))
        result = EXIT_FAILED;
    loading_clear(&loading);
    return result;
}

const cli_command command_show = {
    .name = "show",
    .summary = "show what a model is made of",
    .arguments = "MODEL",
    .least = 1,
    .most = 1,
    .values = VALUES_MODELS,
    .description =
        "Prints title, description, frame, species, processes and parameters of a "
        "built-in model or a YAML file, after checking all of it; of a recipe its crystals and "
        "steps.\n\n"
        "--processes sets up the starting structure and lists every process both ways at the "
        "temperature and gas of the start (change them with --set): its orientations with "
        "the vectors of one of them in lattice constants; barrier and rate alone, on a frame "
        "that holds only what the process and its conditions need; how many channels are "
        "open at the start, over which barriers, at which rates, and at which rates each "
        "would be undone. Barriers are those of k = A exp(-Ea/kT); on the way back of a "
        "process with gas they hold the free energy of the gas at 1 bar.\n\n"
        "--energetics lists every term of the energy by symmetry orbit: species, kinds of "
        "site, distances, places in a unit cell and by site of the first point's kind, "
        "energy, and the points of one place, fractional.",
    .options = options,
    .examples = examples,
    .handler = show,
};
