/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a database: an error with place and message, or phases that can be asked. */
#include <spillway/calphad.h>

#include <math.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void fuzz_check(bool holds) {
    if (!holds)
        abort();
}

/* Of a solution of fcc's kind, a diffusion matrix; else an error. */
static void ask_diffusion(const sw_solution *solution, const double *x) {
    sw_multicomponent state;
    sw_error error = {0};
    const sw_status status = sw_solution_multicomponent(&state, solution, x, 0, &error);
    fuzz_check(status == error.code);
    fuzz_check(status == SW_OK ? state.elements >= 2 && state.elements <= SW_DIFFUSING_ELEMENTS
                               : error.message[0] != '\0');
}

static void ask(const sw_calphad *database, const char *phase) {
    static const char *const elements[] = {"FE", "NI", "O"};
    sw_solution *solution;
    sw_error error = {0};
    double y[64], first[64], gibbs;
    sw_status status = sw_solution_create(&solution, database, phase, elements, 3, &error);
    if (status != SW_OK) {
        fuzz_check(solution == NULL && error.message[0]);
        return;
    }
    const size_t n = sw_solution_fractions(solution);
    fuzz_check(n > 0 && n <= 64);
    for (size_t i = 0; i < n; i++)
        y[i] = 1.0 / (double)n;
    status = sw_solution_set(solution, 1000.0, 1e5, &error);
    fuzz_check(status == SW_OK || error.message[0]);
    if (status == SW_OK)
        sw_solution_gibbs(&gibbs, first, NULL, NULL, solution, y);
    if (status == SW_OK)
        ask_diffusion(solution, y);
    sw_solution_destroy(solution);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    sw_calphad *database;
    sw_error error = {0};
    const sw_status status = sw_calphad_parse(&database, (const char *)data, size, "fuzz", &error);
    fuzz_check(status == error.code);
    fuzz_check(status == SW_OK || (database == NULL && error.message[0]));
    if (status != SW_OK)
        return 0;
    for (size_t i = 0; i < sw_calphad_phases(database) && i < 8; i++)
        ask(database, sw_calphad_phase_name(database, i));
    for (size_t i = 0; i < sw_calphad_notes(database); i++)
        fuzz_check(sw_calphad_note(database, i)[0] != '\0');
    sw_calphad_destroy(database);
    return 0;
}
