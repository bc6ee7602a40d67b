/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Neighbours, pair counts and bond order of a perfect and a thermal fcc crystal of 1,000,188 atoms
 * (63^3 cells of 4.05 A), on one thread and on two. Times are of processor time and of the clock.
 * usage: bench_structure_neighbours [FOLDER for results] [cells along an edge]
 */
#include "fcc.h"
#include "measuring.h"

#include "structure/bond_order.h"
#include "structure/neighbours.h"
#include "structure/pair_count.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define CELLS_OF_MANY 293   /* along an edge: 1.006e8 atoms */
#define MEMORY_OF_MANY 16e9 /* bytes of the machine */
#define ROUNDS 3
#define EDGE 4.05

typedef enum sw_task { WITHIN, NEAREST, PAIRS_NEAR, PAIRS_FAR, ORDER, AVERAGED, TASKS } sw_task;
static const char *const names[TASKS] = {
    "neighbours within 3.5 A", "12 nearest neighbours", "pairs to 5 A, 500 bins",
    "pairs to 10 A, 500 bins", "12 nearest, Q4 and Q6", "12 nearest, Q4, Q6 and averages"};

/* displacement: A, evenly up to this along each axis. */
static sw_atoms *make_crystal(size_t n, double displacement) {
    sw_random random = sw_random_create(1, 1);
    sw_atoms *atoms = fcc_atoms(n, EDGE);
    for (size_t i = 0; atoms && i < 3 * sw_atoms_count(atoms); i++)
        sw_atoms_positions(atoms)[i] += displacement * (2.0 * sw_random_uniform(&random) - 1.0);
    return atoms;
}

static sw_status run_order(const sw_atoms *atoms, bool averaged, sw_context *context) {
    static const int l[] = {4, 6};
    const sw_bond_order_options options = {l, 2, false, averaged, NULL};
    sw_neighbours neighbours;
    sw_bond_order order;
    sw_status status = sw_neighbours_nearest(&neighbours, atoms, 12, context, NULL);
    if (status != SW_OK)
        return status;
    status = sw_bond_order_create(&order, &neighbours, &options, context, NULL);
    sw_neighbours_clear(&neighbours);
    sw_bond_order_clear(&order);
    return status;
}

static sw_status run_task(sw_task task, const sw_atoms *atoms, sw_context *context) {
    sw_neighbours neighbours = {0};
    sw_pair_count pairs = {0};
    double range = task == PAIRS_NEAR ? 5.0 : 10.0;
    const sw_pair_bins bins = {0.0, range / 500.0, 500};
    sw_status status;
    switch (task) {
    case WITHIN:
        status =
            sw_neighbours_within(&neighbours, atoms, 3.5, SW_NEIGHBOURS_AS_FOUND, context, NULL);
        break;
    case NEAREST:
        status = sw_neighbours_nearest(&neighbours, atoms, 12, context, NULL);
        break;
    case PAIRS_NEAR:
    case PAIRS_FAR:
        status = sw_pair_count_create(&pairs, atoms, &bins, false, context, NULL);
        break;
    default:
        return run_order(atoms, task == AVERAGED, context);
    }
    sw_neighbours_clear(&neighbours);
    sw_pair_count_clear(&pairs);
    return status;
}

/* Prints a line and adds it to the results. Not 0: it failed. */
static int measure(json_t *results, sw_task task, const sw_atoms *atoms, const char *crystal,
                   sw_context *context) {
    double processor[ROUNDS], wall[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
        double before = processor_seconds(), began = clock_seconds();
        if (run_task(task, atoms, context) != SW_OK)
            return 1;
        processor[round] = processor_seconds() - before;
        wall[round] = clock_seconds() - began;
    }
    sort_numbers(processor, ROUNDS);
    sort_numbers(wall, ROUNDS);
    printf("%-34s %-8s %d thread%s  processor %6.3f (%.3f to %.3f) s, clock %6.3f s\n", names[task],
           crystal, sw_context_threads(context), sw_context_threads(context) > 1 ? "s" : " ",
           processor[ROUNDS / 2], processor[0], processor[ROUNDS - 1], wall[ROUNDS / 2]);
    fflush(stdout);
    return json_array_append_new(results,
                                 json_pack("{ss ss si sI sf sf}", "task", names[task], "crystal",
                                           crystal, "threads", sw_context_threads(context), "atoms",
                                           (json_int_t)sw_atoms_count(atoms), "processor_s",
                                           processor[ROUNDS / 2], "clock_s", wall[ROUNDS / 2]));
}

/* Pairs of a hundred million atoms, once on two threads, where the machine has the memory. */
static int measure_many(json_t *results, sw_context *context) {
    double memory = (double)sysconf(_SC_PHYS_PAGES) * (double)sysconf(_SC_PAGESIZE);
    if (memory < MEMORY_OF_MANY)
        return 0;
    sw_atoms *atoms = make_crystal(CELLS_OF_MANY, 0.15);
    if (!atoms)
        return 1;
    sw_context_set_threads(context, 2);
    double before = processor_seconds(), began = clock_seconds(), held = resident_bytes();
    sw_status status = run_task(PAIRS_NEAR, atoms, context);
    double processor = processor_seconds() - before, wall = clock_seconds() - began;
    double bytes = (peak_bytes() - held) / (double)sw_atoms_count(atoms);
    if (status == SW_OK)
        printf(
            "%s of %zu atoms, 2 threads: processor %.1f s, clock %.1f s, %.0f bytes an atom beside "
            "the atoms\n",
            names[PAIRS_NEAR], sw_atoms_count(atoms), processor, wall, bytes);
    json_array_append_new(results, json_pack("{ss ss si sI sf sf sf}", "task", names[PAIRS_NEAR],
                                             "crystal", "thermal, many", "threads", 2, "atoms",
                                             (json_int_t)sw_atoms_count(atoms), "processor_s",
                                             processor, "clock_s", wall, "bytes_an_atom", bytes));
    sw_atoms_destroy(atoms);
    return status != SW_OK;
}

int main(int argc, char **argv) {
    size_t n = argc > 2 ? (size_t)strtoul(argv[2], NULL, 10) : 63;
    json_t *results = json_array();
    sw_context *context;
    int failed = sw_context_create(&context) != SW_OK;
    for (int thermal = 0; thermal < 2 && !failed; thermal++) {
        sw_atoms *atoms = make_crystal(n, 0.15 * thermal);
        failed = !atoms;
        for (int threads = 1; threads <= 2 && !failed; threads++) {
            sw_context_set_threads(context, threads);
            for (int t = 0; t < TASKS && !failed; t++)
                failed =
                    measure(results, (sw_task)t, atoms, thermal ? "thermal" : "perfect", context);
        }
        sw_atoms_destroy(atoms);
    }
    if (!failed && argc <= 2)
        failed = measure_many(results, context);
    sw_context_destroy(context);
    if (failed)
        fprintf(stderr, "bench: not enough memory\n");
    return write_results(argc > 1 ? argv[1] : ".", "structure-neighbours", results) || failed;
}
