/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Equilibria a second of Fe-Ni-O-H on one thread, at random temperature, pressure and amounts:
 * pure phases and gas; with a regular bcc and fcc solution of iron and nickel besides; with the
 * assessed alloys and wustite (500 to 1600 K); with the assessed alloys, halite and spinel. usage:
 * bench_equilibrium [FOLDER for results]
 */
#include "measuring.h"

#include <math.h>
#include <stdio.h>

#define POINTS 20000
#define ROUNDS 5

static sw_redlich_kister bcc, fcc; /* outlive the systems */

static sw_status add_solutions(sw_system *system) {
    sw_solution_phase solution;
    bcc = (sw_redlich_kister){
        .first = sw_substance_find("Fe"), .second = sw_substance_find("Ni"), .energy = {0.05}};
    fcc = (sw_redlich_kister){
        .first = sw_substance_find("Fe(fcc)"), .second = sw_substance_find("Ni"), .energy = {-0.1}};
    sw_status status = sw_redlich_kister_solution(&solution, "bcc", &bcc, NULL);
    if (status == SW_OK)
        status = sw_system_add_solution(system, &solution, NULL);
    if (status == SW_OK)
        status = sw_redlich_kister_solution(&solution, "fcc", &fcc, NULL);
    if (status == SW_OK)
        status = sw_system_add_solution(system, &solution, NULL);
    if (status == SW_OK)
        status = sw_system_remove(system, bcc.first, NULL);
    return status == SW_OK ? sw_system_remove(system, bcc.second, NULL) : status;
}

enum phases { PURE, REGULAR, ASSESSED, OXIDES };

static int run(double *seconds, sw_equilibrium *equilibrium) {
    sw_random random = sw_random_create(1, 0);
    const double before = processor_seconds();
    int failures = 0;
    for (int i = 0; i < POINTS; i++) {
        double amounts[4];
        const sw_equilibrium_conditions conditions = {
            .temperature = 500.0 + 1100.0 * sw_random_uniform(&random),
            .pressure = pow(10.0, 2.0 + 4.0 * sw_random_uniform(&random)),
            .amounts = amounts,
            .beyond = true};
        for (int j = 0; j < 4; j++)
            amounts[j] = sw_random_uniform(&random);
        failures += sw_equilibrium_find(equilibrium, &conditions, NULL) != SW_OK;
    }
    *seconds = processor_seconds() - before;
    return failures;
}

static int measure(json_t *results, const char *name, enum phases phases) {
    static const int elements[] = {26, 28, 8, 1};
    sw_system *system = NULL;
    sw_equilibrium *equilibrium = NULL;
    sw_assessed *assessed = NULL;
    double seconds[ROUNDS];
    int failures = 0;
    if (sw_system_create(&system, elements, 4, NULL) != SW_OK ||
        sw_system_add_all(system, NULL) != SW_OK ||
        (phases == REGULAR && add_solutions(system) != SW_OK) ||
        (phases >= ASSESSED && (sw_assessed_create(&assessed, NULL) != SW_OK ||
                                sw_assessed_add_alloys(assessed, system, NULL) != SW_OK)) ||
        (phases == ASSESSED && sw_assessed_add_wustite(assessed, system, NULL) != SW_OK) ||
        (phases == OXIDES && sw_assessed_add_oxides(assessed, system, NULL) != SW_OK) ||
        sw_equilibrium_create(&equilibrium, system) != SW_OK)
        return 1;
    for (int round = 0; round < ROUNDS; round++)
        failures = run(&seconds[round], equilibrium);
    sort_numbers(seconds, ROUNDS);
    const double rate = POINTS / seconds[ROUNDS / 2];
    printf("%-26s %8.0f equilibria/s (%.0f to %.0f), %d of %d failed\n", name, rate,
           POINTS / seconds[ROUNDS - 1], POINTS / seconds[0], failures, POINTS);
    sw_equilibrium_destroy(equilibrium);
    sw_system_destroy(system);
    sw_assessed_destroy(assessed);
    return json_array_append_new(results,
                                 json_pack("{ss sf si si}", "task", name, "equilibria_per_s", rate,
                                           "points", POINTS, "failed", failures));
}

int main(int argc, char **argv) {
    json_t *results = json_array();
    int failed = measure(results, "Fe-Ni-O-H, pure phases", PURE);
    if (!failed)
        failed = measure(results, "Fe-Ni-O-H, two solutions", REGULAR);
    if (!failed)
        failed = measure(results, "Fe-Ni-O-H, assessed", ASSESSED);
    if (!failed)
        failed = measure(results, "Fe-Ni-O-H, halite, spinel", OXIDES);
    return write_results(argc > 1 ? argv[1] : ".", "equilibrium", results) || failed;
}
