/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Voronoi cells of about a million atoms: perfect fcc, warm fcc, random places; on one thread and
 * two, volumes alone and with all neighbours and areas. Where the program voro++ is installed, it
 * makes the volumes from a file; what reading the file and writing the volumes takes (the same
 * calls of the C library, timed here) is taken off its time. usage: bench_structure_voronoi FOLDER
 * [CELLS along an edge]
 */
#include "fcc.h"
#include "measuring.h"

#include "structure/voronoi.h"

#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define ROUNDS 3
#define EDGE 4.05   /* A */
#define WARM 0.1    /* A, root mean square displacement along an axis */
#define A_BLOCK 5.0 /* atoms, with which voro++ is fastest */
#define TEXT_LENGTH 4096

typedef enum sw_arrangement { PERFECT, WARMED, RANDOM, ARRANGEMENTS } sw_arrangement;
static const char *const names[ARRANGEMENTS] = {"perfect fcc", "warm fcc", "random"};

/* ---- atoms ----------------------------------------------------------------------------------- */

static double coordinate(sw_arrangement arrangement, double place, double edge, sw_random *random) {
    double u[2];
    sw_random_pair(u, random);
    if (arrangement == RANDOM)
        return edge * u[0];
    if (arrangement == WARMED)
        place += WARM * sqrt(-2.0 * log(u[0])) * cos(2.0 * M_PI * u[1]);
    place -= edge * floor(place / edge);
    return place < edge ? place : 0.0;
}

static sw_atoms *make_atoms(sw_arrangement arrangement, size_t n) {
    sw_random random = sw_random_create(1, 1);
    sw_atoms *atoms = fcc_atoms(n, EDGE);
    for (size_t i = 0; atoms && i < 3 * sw_atoms_count(atoms); i++)
        sw_atoms_positions(atoms)[i] =
            coordinate(arrangement, sw_atoms_positions(atoms)[i], EDGE * (double)n, &random);
    return atoms;
}

/* ---- voro++ ---------------------------------------------------------------------------------- */

static bool write_positions(const sw_atoms *atoms, const char *path) {
    FILE *file = fopen(path, "w");
    const double *at = sw_atoms_positions_const(atoms);
    for (size_t i = 0; file && i < sw_atoms_count(atoms); i++)
        fprintf(file, "%zu %.17g %.17g %.17g\n", i, at[3 * i], at[3 * i + 1], at[3 * i + 2]);
    return file && fclose(file) == 0;
}

/* Processor time of reading the file and writing as many volumes as voro++ does, s. */
static double time_files(const char *path, const char *copy) {
    double at[3], before = user_seconds();
    int atom;
    FILE *in = fopen(path, "r"), *out = fopen(copy, "w");
    while (in && out && fscanf(in, "%d %lg %lg %lg", &atom, &at[0], &at[1], &at[2]) == 4)
        fprintf(out, "%d %g\n", atom, at[0]);
    if (in)
        fclose(in);
    if (out)
        fclose(out);
    return user_seconds() - before;
}

/* Processor time of voro++ on the file, s; NAN where there is no such program. */
static double time_peer(const sw_atoms *atoms, const char *path) {
    double cell[3][3];
    struct rusage usage;
    char edge[40], blocks[40];
    int ended = 1;
    sw_atoms_cell(atoms, cell, NULL);
    snprintf(edge, sizeof edge, "%.17g", cell[0][0]);
    snprintf(blocks, sizeof blocks, "%d", (int)cbrt((double)sw_atoms_count(atoms) / A_BLOCK));
    pid_t child = fork();
    if (child == 0) {
        dup2(open("/dev/null", O_WRONLY), STDERR_FILENO);
        execlp("voro++", "voro++", "-p", "-n", blocks, blocks, blocks, "-c", "%i %v", "0", edge,
               "0", edge, "0", edge, path, (char *)NULL);
        _exit(127);
    }
    if (child < 0 || wait4(child, &ended, 0, &usage) != child || ended != 0)
        return NAN;
    return (double)usage.ru_utime.tv_sec + 1e-6 * (double)usage.ru_utime.tv_usec;
}

/* The largest relative difference from the volumes (six digits) that voro++ wrote; NAN without
 * them. */
static double compare_peer(const sw_voronoi *voronoi, const char *path) {
    char result[TEXT_LENGTH + 8];
    double largest = 0.0, volume;
    size_t atom, read = 0;
    snprintf(result, sizeof result, "%s.vol", path);
    FILE *file = fopen(result, "r");
    while (file && fscanf(file, "%zu %lf", &atom, &volume) == 2 && atom < voronoi->atoms) {
        largest = fmax(largest, fabs(volume / voronoi->atom[atom].volume - 1.0));
        read++;
    }
    if (file)
        fclose(file);
    return read == voronoi->atoms ? largest : NAN;
}

/* ---- ours ------------------------------------------------------------------------------------ */

typedef struct sw_times {
    double user, clock;
} sw_times;

static sw_status time_ours(sw_times *times, sw_voronoi *voronoi, const sw_atoms *atoms,
                           bool neighbours, sw_context *context) {
    const sw_voronoi_options options = {.neighbours = neighbours};
    double user = user_seconds(), began = clock_seconds();
    sw_status status = sw_voronoi_create(voronoi, atoms, &options, context, NULL);
    *times = (sw_times){user_seconds() - user, clock_seconds() - began};
    return status;
}

/* ---- one arrangement ------------------------------------------------------------------------- */

static json_t *report(sw_arrangement arrangement, const char *what, double user[ROUNDS],
                      double clock[ROUNDS], const double peer[ROUNDS]) {
    double reference[ROUNDS];
    memcpy(reference, peer, sizeof reference);
    sort_numbers(user, ROUNDS);
    sort_numbers(clock, ROUNDS);
    sort_numbers(reference, ROUNDS);
    double middle = reference[ROUNDS / 2];
    printf("%-12s %-24s user %6.2f (%.2f to %.2f) s, clock %6.2f s", names[arrangement], what,
           user[ROUNDS / 2], user[0], user[ROUNDS - 1], clock[ROUNDS / 2]);
    if (middle > 0.0)
        printf(", voro++ %6.2f s: %.2f times (clock %.2f)", middle, middle / user[ROUNDS / 2],
               middle / clock[ROUNDS / 2]);
    putchar('\n');
    fflush(stdout);
    json_t *object = json_pack("{ss ss sf sf}", "atoms", names[arrangement], "task", what, "user_s",
                               user[ROUNDS / 2], "clock_s", clock[ROUNDS / 2]);
    if (middle > 0.0)
        json_object_set_new(object, "voro_user_s", json_real(middle));
    return object;
}

static sw_status measure(json_t *results, sw_arrangement arrangement, const sw_atoms *atoms,
                         const char *path, sw_context *context) {
    static const char *const tasks[] = {"volumes, 1 thread", "volumes, 2 threads",
                                        "all neighbours, 1 thread", "all neighbours, 2 threads"};
    double user[4][ROUNDS], clock[4][ROUNDS], peer[ROUNDS], difference = NAN;
    for (int round = 0; round < ROUNDS; round++) {
        char result[TEXT_LENGTH + 8];
        snprintf(result, sizeof result, "%s.vol", path);
        if (round == 0) { /* it takes long, and varies less than the ratio that is asked for */
            double files = time_files(path, result);
            peer[0] = time_peer(atoms, path) - files;
        }
        peer[round] = peer[0];
        for (int task = 0; task < 4; task++) {
            sw_voronoi voronoi;
            sw_times times;
            sw_context_set_threads(context, 1 + task % 2);
            if (time_ours(&times, &voronoi, atoms, task >= 2, context) != SW_OK)
                return SW_ERROR_MEMORY;
            user[task][round] = times.user;
            clock[task][round] = times.clock;
            if (task == 0 && round == 0)
                difference = compare_peer(&voronoi, path);
            sw_voronoi_clear(&voronoi);
        }
    }
    for (int task = 0; task < 4; task++)
        json_array_append_new(results,
                              report(arrangement, tasks[task], user[task], clock[task], peer));
    if (difference >= 0.0)
        printf("%-12s volumes differ by at most %.1e of voro++'s six digits\n", names[arrangement],
               difference);
    return SW_OK;
}

int main(int argc, char **argv) {
    const char *folder = argc > 1 ? argv[1] : ".";
    size_t n = argc > 2 ? (size_t)strtoul(argv[2], NULL, 10) : 63;
    char path[TEXT_LENGTH], volumes[TEXT_LENGTH + 8];
    json_t *results = json_array();
    sw_context *context;
    sw_status status = sw_context_create(&context);
    snprintf(path, sizeof path, "%s/voronoi-positions.txt", folder);
    snprintf(volumes, sizeof volumes, "%s.vol", path);
    for (int a = 0; a < ARRANGEMENTS && status == SW_OK; a++) {
        sw_atoms *atoms = make_atoms((sw_arrangement)a, n);
        status = atoms && write_positions(atoms, path) ? SW_OK : SW_ERROR_MEMORY;
        if (status == SW_OK)
            status = measure(results, (sw_arrangement)a, atoms, path, context);
        sw_atoms_destroy(atoms);
        remove(path);
        remove(volumes);
    }
    sw_context_destroy(context);
    if (status != SW_OK)
        fprintf(stderr, "bench: %s\n", sw_status_name(status));
    return write_results(folder, "structure-voronoi", results) || status != SW_OK;
}
