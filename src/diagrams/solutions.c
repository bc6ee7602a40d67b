/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "diagrams/solutions.h"

#include <spillway/thermo.h>

#include <math.h>

#define OXYGEN 8
#define IRON 26
#define NICKEL 28
/* K: from where the descriptions of the elements hold, and the lowest liquidus of Fe-Ni, 1440 degC
 * near two thirds of nickel. */
#define ALLOYS_LOWEST 298.15
#define ALLOYS_MELT 1713.0

static bool has(const sw_system *system, int element) {
    for (size_t i = 0; i < sw_system_elements(system); i++)
        if (sw_system_element(system, i) == element)
            return true;
    return false;
}

sw_status sw_diagram_solutions_add(sw_assessed **assessed, bool *oxides, sw_system *system,
                                   double lowest, double highest, sw_error *error) {
    const bool iron = has(system, IRON), nickel = has(system, NICKEL);
    sw_status status = sw_assessed_create(assessed, error);
    *oxides =
        iron && has(system, OXYGEN) && lowest >= SW_WUSTITE_LOWEST && highest <= SW_WUSTITE_HIGHEST;
    if (status == SW_OK && *oxides)
        status = nickel ? sw_assessed_add_oxides(*assessed, system, error)
                        : sw_assessed_add_wustite(*assessed, system, error);
    if (status == SW_OK && iron && nickel)
        status = sw_assessed_add_alloys(*assessed, system, error);
    return status;
}

sw_status sw_diagram_solutions_tell(sw_measurement *measurement, const sw_system *system,
                                    bool oxides) {
    if (oxides || !has(system, IRON) || !has(system, OXYGEN))
        return SW_OK;
    return sw_measurement_note(measurement,
                               "oxides have fixed compositions, wustite is Fe0.947O: their "
                               "assessment holds from %g to %g K",
                               SW_WUSTITE_LOWEST, SW_WUSTITE_HIGHEST);
}

sw_status sw_diagram_alloys_tell(sw_measurement *measurement,
                                 const struct sw_diagram_mixture *mixture, double lowest,
                                 double highest) {
    sw_status status = SW_OK;
    bool iron = false, nickel = false;
    for (size_t i = 0; i < mixture->elements; i++) {
        iron = iron || mixture->element[i] == IRON;
        nickel = nickel || mixture->element[i] == NICKEL;
    }
    if (!iron || !nickel)
        return SW_OK;
    if (highest > ALLOYS_MELT)
        status = sw_measurement_note(measurement,
                                     "there is no liquid alloy of Fe and Ni here: above some %g K, "
                                     "where they melt, solid ones are told that are not stable",
                                     ALLOYS_MELT);
    if (status == SW_OK && lowest < ALLOYS_LOWEST)
        status = sw_measurement_note(
            measurement, "the assessment of Fe-Ni alloys begins at %g K: below, it is carried on",
            ALLOYS_LOWEST);
    return status;
}

double sw_diagram_solution_atoms(const sw_solution_phase *phase, const double *fraction,
                                 int element) {
    double sum = 0.0;
    for (size_t i = 0; i < SW_SOLUTION_ELEMENTS && phase->atoms[i].element != 0; i++)
        for (size_t e = 0; e < phase->ends; e++)
            if (element == 0 || phase->atoms[i].element == element)
                sum += fraction[e] * phase->atoms[i].amount[e];
    return sum;
}

double sw_diagram_solution_ratio(const sw_solution_phase *phase, const double *fraction,
                                 enum sw_diagram_solution_ratio ratio) {
    static const double all[SW_SOLUTION_ENDS] = {1.0, 1.0, 1.0};
    const double nickel = sw_diagram_solution_atoms(phase, fraction, NICKEL);
    const double metal = sw_diagram_solution_atoms(phase, fraction, IRON) + nickel;
    if (!(sw_diagram_solution_atoms(phase, all, ratio == NICKEL_SHARE ? NICKEL : OXYGEN) > 0.0))
        return (double)NAN;
    return ratio == NICKEL_SHARE ? nickel / metal
                                 : metal / sw_diagram_solution_atoms(phase, fraction, OXYGEN);
}

const char *sw_diagram_solution_ratio_name(enum sw_diagram_solution_ratio ratio) {
    return ratio == NICKEL_SHARE ? "Ni/(Fe+Ni)" : "(Fe+Ni)/O";
}
