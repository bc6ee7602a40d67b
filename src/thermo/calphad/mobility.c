/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mobilities as Andersson and Agren, J. Appl. Phys. 72, 1350 (1992), expand them: RT ln(RT M) in
 * end members and Redlich-Kister terms, as one sum (MQ) or two (MQ and MF). */
#include "thermo/calphad/solution.h"

#include <math.h>

#define SQUARE_ANGSTROM_PER_SQUARE_METRE 1e20

sw_status sw_solution_tracer_diffusion(double *diffusion, const sw_solution *solution,
                                       const char *species, const double *site_fractions,
                                       sw_error *error) {
    const ptrdiff_t target = calphad_names_find(&solution->database->species_names, species);
    bool known = false;
    for (size_t t = 0; t < solution->term_count && !known; t++)
        known = solution->terms[t].property == CALPHAD_MOBILITY &&
                solution->terms[t].target == target;
    if (!known)
        return sw_error_set(error, SW_ERROR_NOT_FOUND, species,
                            "read a file with MQ parameters into the database",
                            "the database has no mobility of %s in %s", species, solution->name);
    double sum = 0.0;
    calphad_add_terms(&sum, NULL, NULL, NULL, solution, CALPHAD_MOBILITY, (uint16_t)target,
                      site_fractions);
    calphad_add_terms(&sum, NULL, NULL, NULL, solution, CALPHAD_FREQUENCY, (uint16_t)target,
                      site_fractions);
    *diffusion = SQUARE_ANGSTROM_PER_SQUARE_METRE *
                 exp(sum / (CALPHAD_GAS_CONSTANT * solution->temperature));
    return SW_OK;
}
