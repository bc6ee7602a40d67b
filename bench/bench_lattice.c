/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Events per second of the lattice engine: median and range of five timed stretches after a
 * warm-up, set-up apart. Writes a table to the terminal and bench-lattice.json (with compiler and
 * host) to the folder given as the argument.
 */
#include "measuring.h"

#include <math.h>
#include <stdio.h>

#define STRETCHES 5

typedef struct measurement {
    char name[64];
    size_t sites;
    double setup, median, lowest, highest; /* s; events/s */
} measurement;

static sw_status stretch(double *rate, sw_lattice *lattice, uint64_t events, sw_error *error) {
    bool finished;
    double start = clock_seconds();
    sw_horizon horizon = {INFINITY, sw_lattice_events(lattice) + events};
    sw_status status = sw_lattice_advance(lattice, horizon, &finished, error);
    *rate = (double)events / (clock_seconds() - start);
    return status;
}

static sw_status measure(measurement *result, const sw_lattice_model *model, uint64_t events,
                         sw_error *error) {
    sw_lattice *lattice = NULL;
    double rate[STRETCHES], start = clock_seconds();
    sw_status status = sw_lattice_create(&lattice, model, 1, NULL, error);
    result->setup = clock_seconds() - start;
    if (status != SW_OK)
        return status;
    result->sites = sw_lattice_sites(lattice);
    status = stretch(&rate[0], lattice, events, error);
    for (int s = 0; s < STRETCHES && status == SW_OK; s++)
        status = stretch(&rate[s], lattice, events, error);
    sort_numbers(rate, STRETCHES);
    result->median = rate[STRETCHES / 2];
    result->lowest = rate[0];
    result->highest = rate[STRETCHES - 1];
    sw_lattice_destroy(lattice);
    return status;
}

/* A square lattice gas with nearest-neighbour attraction: adsorption, desorption and hops. */
static sw_status measure_lattice_gas(measurement *result, int size, sw_error *error) {
    static const char *const kinds[] = {"site"};
    static const sw_basis_site basis[] = {{0, {0, 0, 0}}};
    static const sw_species species[] = {{.name = "empty", .kinds = 1}, {.name = "A", .kinds = 1}};
    static const sw_pair_term pair[] = {
        {.species = {2, 2}, .kinds = {1, 1}, .distance = 1.0, .energy = -0.03}};
    static const sw_fill fill[] = {{.crystal = -1, .kinds = 1, .fraction = {0, 0.5}}};
    sw_process process[2] = {{.name = "adsorption",
                              .mechanism = "",
                              .help = "",
                              .slots = 1,
                              .prefactor = 1.0,
                              .kinetics = SW_KINETICS_RATE,
                              .reversible = true},
                             {.name = "hop",
                              .mechanism = "",
                              .help = "",
                              .slots = 2,
                              .prefactor = 10.0,
                              .barrier = 0.05,
                              .kinetics = SW_KINETICS_BARRIER,
                              .transfer = 0.5}};
    process[0].slot[0] = (sw_slot){"site", 1, -1, 0, false, {0}, 1, -1, 1, false};
    process[1].slot[0] = (sw_slot){"from", 1, -1, 0, false, {0}, 2, -1, 0, false};
    process[1].slot[1] = (sw_slot){"to", 1, 0, 1.0, false, {0}, 1, 0, -1, false};
    sw_lattice_model model = {
        .frame = {.cell = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
                  .lattice_constant = 1.0,
                  .kinds = 1,
                  .kind_names = kinds,
                  .basis_sites = 1,
                  .basis = basis,
                  .size = {size, size, 1},
                  .periodic = {true, true, false}},
        .species_count = 2,
        .species = species,
        .energetics = {.pair_terms = 1, .pair = pair},
        .processes = 2,
        .process = process,
        .structure = {.fills = 1, .fill = fill},
        .observe = {.metal = -1, .oxide = -1, .product_gas = -1, .oxidant_gas = -1},
        .run = {.temperature = 500}};
    snprintf(result->name, sizeof result->name, "lattice gas, nearest neighbours, L = %d", size);
    return measure(result, &model, 200000, error);
}

static sw_status measure_builtin(measurement *result, const char *name, sw_error *error) {
    sw_model *model = NULL;
    sw_status status = sw_model_load(&model, name, NULL, 0, NULL, 0, error);
    snprintf(result->name, sizeof result->name, "%s", name);
    if (status == SW_OK)
        status = measure(result, sw_model_lattice(model), 50000, error);
    sw_model_destroy(model);
    return status;
}

static json_t *as_json(const measurement *result) {
    return json_pack("{ss sI sf sf sf sf}", "name", result->name, "sites",
                     (json_int_t)result->sites, "setup_seconds", result->setup, "events_per_second",
                     result->median, "lowest", result->lowest, "highest", result->highest);
}

static int write_json(const char *folder, const measurement *results, size_t count) {
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, as_json(&results[i]));
    return write_results(folder, "lattice", list);
}

int main(int count, char **arguments) {
    measurement results[4] = {0};
    sw_error error = {0};
    sw_status status = measure_lattice_gas(&results[0], 20, &error);
    if (status == SW_OK)
        status = measure_lattice_gas(&results[1], 100, &error);
    if (status == SW_OK)
        status = measure_lattice_gas(&results[2], 500, &error);
    if (status == SW_OK)
        status = measure_builtin(&results[3], "nife-fe3o4", &error);
    if (status != SW_OK) {
        fprintf(stderr, "bench: %s: %s\n", error.place, error.message);
        return 1;
    }
    printf("%-40s %10s %9s %12s  %s\n", "model", "sites", "set-up/s", "events/s", "range");
    for (size_t i = 0; i < 4; i++)
        printf("%-40s %10zu %9.3f %12.3g  %.3g .. %.3g\n", results[i].name, results[i].sites,
               results[i].setup, results[i].median, results[i].lowest, results[i].highest);
    return write_json(count > 1 ? arguments[1] : ".", results, 4) ? 1 : 0;
}
