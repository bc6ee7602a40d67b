/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Mobilities as Andersson and Agren, J. Appl. Phys. 72, 1350 (1992), expand them: RT ln(RT M) in
 * end members and Redlich-Kister terms, as one sum (MQ) or two (MQ = -Q and MF = RT ln M0).
 * Magnetic order multiplies them by exp(6 alpha xi - alpha xi Q/RT) (Jonsson, Z. Metallkd. 83, 349
 * (1992)), where xi is the share of magnetic enthalpy that is left and the database gives alpha.
 */
#include "thermo/calphad/solution.h"

#include <math.h>

#define SQUARE_ANGSTROM_PER_SQUARE_METRE 1e20
#define ENTROPY_PER_ALPHA 6.0

/* Whether the term is an end member that holds in pure `element` (a fraction of the first
 * sublattice): it has no other of that sublattice; a wildcard has none. */
static bool holds_in(const sw_solution *solution, const sw_calphad_term *term, size_t element) {
    if (term->form != CALPHAD_PLAIN)
        return false;
    for (int i = 0; i < term->factors; i++)
        if (solution->fractions[term->factor[i]].sublattice == 0 && term->factor[i] != element)
            return false;
    return true;
}

/* The first element in which the species has no mobility; the number of fractions where there is
 * none. */
static size_t lacking(const sw_solution *solution, uint16_t species) {
    for (size_t f = 0; f < solution->fraction_count; f++) {
        bool found = solution->fractions[f].sublattice != 0 ||
                     solution->fractions[f].species == CALPHAD_VACANCY;
        for (size_t t = 0; t < solution->term_count && !found; t++)
            found = solution->terms[t].property == CALPHAD_MOBILITY &&
                    solution->terms[t].target == species &&
                    holds_in(solution, &solution->terms[t], f);
        if (!found)
            return f;
    }
    return solution->fraction_count;
}

void sw_calphad_find_mobile(sw_solution *solution) {
    solution->mobile = 0;
    for (size_t f = 0; f < solution->fraction_count; f++)
        if (lacking(solution, solution->fractions[f].species) == solution->fraction_count)
            solution->mobile |= (uint64_t)1 << f;
}

sw_status sw_calphad_check_mobile(const sw_solution *solution, uint16_t species, sw_error *error) {
    for (size_t f = 0; f < solution->fraction_count; f++)
        if (solution->fractions[f].species == species && (solution->mobile >> f & 1))
            return SW_OK;
    const sw_calphad_names *names = &solution->database->species_names;
    const size_t where = lacking(solution, species);
    const char *in = where < solution->fraction_count
                         ? names->name[solution->fractions[where].species]
                         : "this alloy";
    return sw_error_set(error, SW_ERROR_NOT_FOUND, names->name[species],
                        "read a file with such an MQ parameter into the database",
                        "the database has no mobility of %s in %s (%s)", names->name[species], in,
                        solution->name);
}

static double alpha_of(const sw_solution *solution, uint16_t species) {
    const sw_calphad_ordering *ordering = &solution->database->phases[solution->phase].ordering;
    for (int i = 0; i < ordering->elements; i++)
        if (ordering->element[i] == species)
            return ordering->own_alpha[i];
    return ordering->alpha;
}

double sw_calphad_tracer_diffusion(const sw_solution *solution, uint16_t species, const double *y,
                                   double order) {
    const double thermal = CALPHAD_GAS_CONSTANT * solution->temperature;
    const double ordered = alpha_of(solution, species) * order;
    double energy = 0.0, frequency = 0.0;
    sw_calphad_add_terms(&energy, NULL, NULL, NULL, solution, CALPHAD_MOBILITY, species, y);
    sw_calphad_add_terms(&frequency, NULL, NULL, NULL, solution, CALPHAD_FREQUENCY, species, y);
    double sum = energy + frequency;
    if (ordered != 0.0)
        sum += ordered * (energy + ENTROPY_PER_ALPHA * thermal);
    return SQUARE_ANGSTROM_PER_SQUARE_METRE * exp(sum / thermal);
}

sw_status sw_solution_tracer_diffusion(double *diffusion, const sw_solution *solution,
                                       const char *species, const double *site_fractions,
                                       sw_error *error) {
    const ptrdiff_t target = sw_calphad_names_find(&solution->database->species_names, species);
    if (target < 0)
        return sw_error_set(error, SW_ERROR_NOT_FOUND, species, "write elements in capitals, as FE",
                            "the database has no element %s", species);
    const sw_status status = sw_calphad_check_mobile(solution, (uint16_t)target, error);
    if (status == SW_OK)
        *diffusion =
            sw_calphad_tracer_diffusion(solution, (uint16_t)target, site_fractions,
                                        sw_calphad_magnetic_order(solution, site_fractions));
    return status;
}
