/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every process both ways: its orbit, its barriers and rates alone and at the start. */
#include "cli/show.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* "4 x bridge, cus (0.5 0 0)": vectors in lattice constants; kinds only where there are several. */
static void orbit_text(char *text, const sw_lattice_model *model,
                       const sw_process_summary *summary) {
    double unit = model->frame.lattice_constant;
    bool kinds = model->frame.kinds > 1;
    snprintf(text, SHOW_TEXT, "%zu", summary->orientations);
    if (summary->slots > 1 || kinds)
        show_append(text, " x");
    for (size_t k = 0; k < summary->slots; k++) {
        const double *vector = summary->vector[k];
        if (kinds)
            show_append(text, "%s %s", k > 0 ? "," : "",
                        model->frame.kind_names[summary->site_kind[k]]);
        if (k > 0)
            show_append(text, " (%.3g %.3g %.3g)", vector[0] / unit + 0.0, vector[1] / unit + 0.0,
                        vector[2] / unit + 0.0);
    }
}

static const char *way_text(const sw_process *process, bool reverse, bool has_back) {
    if (reverse)
        return "back";
    return process->self_reverse || (process->reversible && !has_back) ? "both ways"
           : has_back                                                  ? "forth"
                                                                       : "one way";
}

static void range_cell(cli_listing *listing, sw_range range) {
    char text[SHOW_TEXT];
    show_range(text, range);
    listing_text(listing, text);
}

static void fill_row(cli_listing *listing, const sw_lattice_model *model, const char *name,
                     const char *way, const sw_process_summary *summary) {
    char text[SHOW_TEXT];
    listing_text(listing, name);
    listing_text(listing, way);
    range_cell(listing, summary->lone_barrier);
    range_cell(listing, summary->lone_rate);
    listing_number(listing, (double)summary->open);
    range_cell(listing, summary->barrier);
    range_cell(listing, summary->rate);
    range_cell(listing, summary->undo_rate);
    orbit_text(text, model, summary);
    listing_text(listing, text);
}

static void print_conditions(const sw_lattice_model *model, const char *name) {
    printf("%s at %.4g K", name, model->run.temperature);
    for (size_t g = 0; g < model->gas.species; g++)
        printf("%s %s %.4g bar", g > 0 ? "," : ", gas", model->gas.list[g].name,
               model->gas.list[g].pressure / SW_BAR);
    printf("\n\n");
}

static bool nothing_open(const sw_process_summary *summaries, size_t ways) {
    size_t open = 0;
    for (size_t i = 0; i < ways; i++)
        open += summaries[i].open;
    return open == 0;
}

static void print_table(const sw_model *owner, const sw_process_summary *summaries) {
    static const char *const names[] = {"process", "way", "alone: eV",  "1/s",  "open",
                                        "now: eV", "1/s", "undone 1/s", "orbit"};
    const sw_lattice_model *model = sw_model_lattice(owner);
    cli_listing listing;
    listing_create(&listing, names, 9);
    for (size_t p = 0; p < model->processes; p++) {
        const sw_process *process = &model->process[p];
        const sw_process_summary *both = &summaries[2 * p];
        bool has_back = both[1].orientations > 0;
        for (int reverse = 0; reverse < 2; reverse++)
            if (both[reverse].orientations > 0)
                fill_row(&listing, model, reverse ? "" : process->name,
                         way_text(process, reverse, has_back), &both[reverse]);
    }
    print_conditions(model, sw_model_name(owner));
    listing_print(stdout, &listing);
    if (nothing_open(summaries, 2 * model->processes))
        printf("\nnothing can happen in the starting structure at these conditions\n");
    printf(
        "\nalone: nothing else on the frame than the process and its conditions need. open, now: "
        "channels in the\nstarting structure. undone: how fast the way back is from where these "
        "lead. orbit: how many orientations,\none of them from its anchor in lattice "
        "constants.\n");
    listing_destroy(&listing);
}

static json_t *slots_json(const sw_lattice_model *model, const sw_process_summary *summary) {
    json_t *list = json_array();
    for (size_t k = 0; k < summary->slots; k++)
        json_array_append_new(
            list, json_pack("{so so}", "kind",
                            json_of_text(model->frame.kind_names[summary->site_kind[k]]),
                            "vector_A", show_vector_json(summary->vector[k])));
    return list;
}

static json_t *way_json(const sw_lattice_model *model, const sw_process *process, const char *way,
                        const sw_process_summary *summary) {
    return json_pack(
        "{so so ss sI so sI so so so so so so so so}", "name", json_of_text(process->name),
        "mechanism", json_of_text(process->mechanism), "way", way, "orientations",
        (json_int_t)summary->orientations, "slots", slots_json(model, summary), "open",
        (json_int_t)summary->open, "barrier_eV", show_range_json(summary->barrier), "rate_1/s",
        show_range_json(summary->rate), "median_1/s", json_of_number(summary->median), "change_eV",
        show_range_json(summary->change), "undo_barrier_eV", show_range_json(summary->undo_barrier),
        "undo_rate_1/s", show_range_json(summary->undo_rate), "lone_barrier_eV",
        show_range_json(summary->lone_barrier), "lone_rate_1/s",
        show_range_json(summary->lone_rate));
}

static json_t *processes_json(const sw_model *owner, const sw_process_summary *summaries) {
    const sw_lattice_model *model = sw_model_lattice(owner);
    json_t *list = json_array(), *gas = json_object();
    for (size_t i = 0; i < 2 * model->processes; i++)
        if (summaries[i].orientations > 0)
            json_array_append_new(list, way_json(model, &model->process[i / 2],
                                                 way_text(&model->process[i / 2], i % 2 == 1,
                                                          summaries[i | 1].orientations > 0),
                                                 &summaries[i]));
    for (size_t g = 0; g < model->gas.species; g++)
        json_object_set_new(gas, model->gas.list[g].name,
                            json_of_number(model->gas.list[g].pressure / SW_BAR));
    return json_pack("{so so so so}", "model", json_of_text(sw_model_name(owner)), "temperature_K",
                     json_of_number(model->run.temperature), "gas_bar", gas, "processes", list);
}

/* What each process can do in the starting structure, at the starting temperature and gas. */
static sw_status summarise(sw_process_summary *summaries, const sw_lattice_model *model,
                           cli_console *console, sw_error *error) {
    sw_lattice *lattice = NULL;
    sw_status status = sw_lattice_create(&lattice, model, model->run.seed, console->context, error);
    if (status == SW_OK)
        status = sw_lattice_process_summaries(summaries, lattice);
    sw_lattice_destroy(lattice);
    if (status == SW_ERROR_MEMORY)
        return sw_error_set(error, status, "processes", "make the frame smaller",
                            "not enough memory to look at the processes");
    return status;
}

cli_exit show_processes(const sw_model *model, cli_console *console) {
    sw_error error = {0};
    bool done = true;
    size_t ways = 2 * sw_model_lattice(model)->processes;
    sw_process_summary *summaries = calloc(ways + 1, sizeof *summaries);
    if (summaries == NULL)
        return command_out_of_memory(console);
    sw_status status = summarise(summaries, sw_model_lattice(model), console, &error);
    if (status == SW_OK && console->json)
        done = console_json(processes_json(model, summaries));
    else if (status == SW_OK)
        print_table(model, summaries);
    free(summaries);
    if (status != SW_OK)
        return command_failed(console, &error);
    return done ? EXIT_DONE : EXIT_FAILED;
}
