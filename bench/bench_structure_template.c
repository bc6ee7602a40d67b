/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Template matching of 1,000,188 fcc atoms: perfect, thermal and disordered; five crystals as in
 * the peer's fcc-hcp-bcc-ico-sc, and all seven; one and two threads. Seconds on the clock and of
 * the processor, all included, and apart those of the neighbours alone. Writes
 * bench-structure-template.json.
 *
 *   bench_structure_template [FOLDER [CELLS [ATOMS]]]: cells along each edge; where the atoms are
 * written to, for peers/template_matching
 */
#include "fcc.h"
#include "measuring.h"

#include "structure/crystal_matching.h"
#include "structure/neighbours.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define CELLS 63
#define CONSTANT 4.05 /* A */

/* fcc with normal displacements; sigma is per coordinate, in nearest-neighbour distances. */
static sw_atoms *make_fcc(size_t cells, double sigma) {
    sw_random random = sw_random_create(1, 1);
    sw_atoms *atoms = fcc_atoms(cells, CONSTANT);
    for (size_t i = 0; atoms && i < 3 * sw_atoms_count(atoms); i++) {
        double length = sqrt(-2.0 * log(1.0 - sw_random_uniform(&random)));
        sw_atoms_positions(atoms)[i] += CONSTANT * sqrt(0.5) * sigma * length *
                                        cos(2.0 * acos(-1.0) * sw_random_uniform(&random));
    }
    return atoms;
}

/* FOLDER/fcc-PERCENT.xyz */
static bool write_atoms(const char *folder, double sigma, const sw_atoms *atoms) {
    char path[4096];
    double cell[3][3];
    snprintf(path, sizeof path, "%s/fcc-%02.0f.xyz", folder, 100.0 * sigma);
    FILE *file = fopen(path, "w");
    if (file == NULL)
        return false;
    sw_atoms_cell(atoms, cell, NULL);
    fprintf(file, "%zu\nLattice=\"%.17g 0 0 0 %.17g 0 0 0 %.17g\" Properties=species:S:1:pos:R:3\n",
            sw_atoms_count(atoms), cell[0][0], cell[1][1], cell[2][2]);
    const double *at = sw_atoms_positions_const(atoms);
    for (size_t i = 0; i < sw_atoms_count(atoms); i++)
        fprintf(file, "Al %.12g %.12g %.12g\n", at[3 * i], at[3 * i + 1], at[3 * i + 2]);
    return fclose(file) == 0;
}

static size_t count_fcc(const sw_crystal_matching *matching) {
    size_t count = 0;
    for (size_t i = 0; i < matching->atoms; i++)
        count += matching->match[i].type == SW_CRYSTAL_FCC;
    return count;
}

static sw_status measure(json_t *rows, const char *name, const sw_atoms *atoms, uint32_t crystals,
                         double farthest, bool by_faces, int threads, sw_error *error) {
    const sw_crystal_matching_options options = {crystals, 0.1, farthest, by_faces};
    sw_crystal_matching matching = {0};
    sw_neighbours neighbours = {0};
    sw_context *context = NULL;
    sw_status status = sw_context_create(&context);
    if (status != SW_OK)
        return status;
    sw_context_set_threads(context, threads);
    double start = clock_seconds(), processor = processor_seconds();
    status = sw_neighbours_nearest(&neighbours, atoms, 14, context, error);
    sw_neighbours_clear(&neighbours);
    double near = clock_seconds() - start, near_processor = processor_seconds() - processor;
    start = clock_seconds();
    processor = processor_seconds();
    if (status == SW_OK)
        status = sw_crystal_matching_create(&matching, atoms, &options, context, error);
    double all = clock_seconds() - start, all_processor = processor_seconds() - processor;
    printf("%-30s %7d %8.2f %8.2f %12.2f %12.2f %9.4f\n", name, threads, all, all_processor, near,
           near_processor, (double)count_fcc(&matching) / (double)sw_atoms_count(atoms));
    json_array_append_new(rows, json_pack("{ss si sf sf sf sf}", "name", name, "threads", threads,
                                          "seconds", all, "processor_seconds", all_processor,
                                          "neighbours_seconds", near,
                                          "neighbours_processor_seconds", near_processor));
    sw_crystal_matching_clear(&matching);
    sw_context_destroy(context);
    return status;
}

int main(int count, char **arguments) {
    static const struct {
        const char *name;
        double sigma;
        uint32_t crystals;
        double farthest;
        bool by_faces;
    } cases[] = {{"perfect, five crystals", 0.0, 0x3e, 0.1, false},
                 {"perfect, all seven", 0.0, 0xfe, 0.1, false},
                 {"thermal 3 %, five", 0.03, 0x3e, 0.1, false},
                 {"thermal 6 %, five", 0.06, 0x3e, 0.1, false},
                 {"thermal 6 %, all seven", 0.06, 0xfe, 0.1, false},
                 {"thermal 6 %, five, to 0.2", 0.06, 0x3e, 0.2, false},
                 {"thermal 6 %, five, by faces", 0.06, 0x3e, 0.1, true},
                 {"thermal 9 %, five", 0.09, 0x3e, 0.1, false},
                 {"disordered 15 %, five", 0.15, 0x3e, 0.1, false},
                 {"disordered 15 %, all seven", 0.15, 0xfe, 0.1, false},
                 {"disordered 15 %, five, to 0.2", 0.15, 0x3e, 0.2, false}};
    size_t cells = count > 2 ? strtoul(arguments[2], NULL, 10) : CELLS;
    sw_error error = {0};
    json_t *rows = json_array();
    sw_status status = SW_OK;
    printf("%-30s %7s %8s %8s %12s %12s %9s\n", "case", "threads", "clock/s", "cpu/s",
           "neighbours/s", "and cpu/s", "fcc");
    for (size_t c = 0; c < sizeof cases / sizeof cases[0] && status == SW_OK; c++) {
        sw_atoms *atoms = make_fcc(cells, cases[c].sigma);
        status = atoms ? SW_OK : SW_ERROR_MEMORY;
        if (status == SW_OK && count > 3 && !write_atoms(arguments[3], cases[c].sigma, atoms))
            fprintf(stderr, "bench: cannot write atoms into %s\n", arguments[3]);
        int most = cases[c].farthest > 0.1 ? 1 : 2; /* those take long */
        for (int threads = 1; threads <= most && status == SW_OK; threads++)
            status = measure(rows, cases[c].name, atoms, cases[c].crystals, cases[c].farthest,
                             cases[c].by_faces, threads, &error);
        sw_atoms_destroy(atoms);
    }
    if (status != SW_OK)
        fprintf(stderr, "bench: %s: %s\n", error.place, error.message);
    bool written = write_results(count > 1 ? arguments[1] : ".", "structure-template", rows) == 0;
    return status == SW_OK && written ? 0 : 1;
}
