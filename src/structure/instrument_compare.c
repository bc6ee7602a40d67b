/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instrument `compare`: found atoms against those that are known to be there. */
#include "base/memory.h"
#include "base/sorting.h"
#include "structure/atom_columns.h"
#include "structure/histogram.h"
#include "structure/instruments.h"
#include "structure/interval.h"
#include "structure/matched_inputs.h"
#include "structure/results.h"

#include <math.h>
#include <stdlib.h>

#define PICOMETRE 0.01 /* A */

static const sw_instrument_parameter parameters[] = {
    {.name = "farthest",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_LENGTH,
     .standard = "1.5 A",
     .least = 1e-6,
     .most = 1e3,
     .help = "atoms farther apart are not the same atom; below half the "
             "distance of neighbours"},
    {.name = "shift",
     .kind = SW_TAKES_SWITCH,
     .standard = "yes",
     .help = "remove a shift common to all atoms, found by repeated matching"},
    {.name = "elements",
     .kind = SW_TAKES_SWITCH,
     .standard = "no",
     .help = "match only atoms of one element"},
    {0},
};

static const sw_instrument_preset presets[] = {
    {"zhang-2024",
     "Y. Zhang et al., doi:10.1038/s41467-024-52026-w; the distance is this program's",
     (const char *const[]){"farthest=1.5 A", "shift=yes", NULL}},
    {0},
};

enum { MATCHED, MISSED, FALSE_ATOM };

/* ---- numbers --------------------------------------------------------------------------------- */

static sw_status add_counts(sw_measurement *out, const sw_matching *matching) {
    size_t matched = matching->matched;
    sw_status status = sw_add_number(out, "matched", (double)matched, "",
                                     "atoms that have a partner in the other file");
    if (status == SW_OK)
        status = sw_add_number(out, "missed", (double)(matching->reference_atoms - matched), "",
                               "known atoms that were not found");
    if (status == SW_OK)
        status = sw_add_number(out, "false", (double)(matching->found_atoms - matched), "",
                               "found atoms that are not there");
    if (status == SW_OK)
        status = sw_add_share(out, "identified", matched, matching->reference_atoms,
                              "matched atoms over all known ones");
    if (status == SW_OK)
        status = sw_add_share(out, "false share", matching->found_atoms - matched,
                              matching->found_atoms, "false atoms over all found ones");
    return status;
}

/* The matched distances in rising order, pm. The caller's. */
static double *sorted_distances(const sw_matching *matching) {
    double *list = sw_allocate(matching->matched, sizeof *list);
    size_t count = 0;
    for (size_t i = 0; list && i < matching->reference_atoms; i++)
        if (matching->partner[i] != SW_UNMATCHED)
            list[count++] = matching->distance[i] / PICOMETRE;
    sw_sort_numbers(list, count);
    return list;
}

static sw_status add_precision(sw_measurement *out, const double *distance, size_t count) {
    double squares = 0.0, fourths = 0.0;
    for (size_t i = 0; i < count; i++) {
        double square = distance[i] * distance[i];
        squares += square;
        fourths += square * square;
    }
    sw_interval rms = sw_interval_root_mean_square(squares, fourths, count);
    sw_status status =
        sw_measurement_add(out, "rms deviation", rms.value, rms.low, rms.high, "pm",
                           "root mean square distance of matched atoms, in three dimensions");
    if (status == SW_OK)
        status = sw_add_number(out, "median deviation", count ? distance[count / 2] : NAN, "pm",
                               "half of the matched atoms are nearer to their partner");
    if (status == SW_OK)
        status = sw_add_number(out, "largest deviation", count ? distance[count - 1] : NAN, "pm",
                               "of all matched atoms");
    return status;
}

static sw_status add_shift(sw_measurement *out, const sw_matching *matching) {
    static const char *const names[] = {"shift x", "shift y", "shift z"};
    sw_status status = SW_OK;
    for (int k = 0; k < 3 && status == SW_OK; k++)
        status = sw_add_number(out, names[k], matching->shift[k] / PICOMETRE, "pm",
                               "added to all found positions");
    return status;
}

/* ---- table and atoms ------------------------------------------------------------------------- */

static const sw_histogram deviations = {.table = "deviations",
                                        .column = "deviation",
                                        .unit = "pm",
                                        .bins = 50,
                                        .title = "Deviation of matched atoms",
                                        .help =
                                            "How far matched atoms lie from their known places."};

/* The known atoms, then the false ones, with what became of each. */
static sw_status add_atoms(sw_measurement *out, const sw_matching *matching,
                           const sw_content *inputs) {
    const sw_atoms *found = inputs[1].atoms;
    size_t known = matching->reference_atoms, place = known;
    sw_atoms *atoms;
    double *state = NULL, *deviation = NULL;
    sw_status status = sw_atoms_copy(&atoms, inputs[0].atoms);
    if (status != SW_OK)
        return status;
    status = sw_atoms_resize(atoms, known + matching->found_atoms - matching->matched);
    if (status == SW_OK)
        status = sw_atom_column(&state, atoms, "match", 1, true);
    if (status == SW_OK)
        status = sw_atom_column(&deviation, atoms, "deviation", 1, false);
    if (status != SW_OK) {
        sw_atoms_destroy(atoms);
        return status;
    }
    for (size_t i = 0; i < known; i++) {
        state[i] = matching->partner[i] == SW_UNMATCHED ? MISSED : MATCHED;
        deviation[i] = matching->distance[i] / PICOMETRE;
    }
    for (size_t j = 0; j < matching->found_atoms; j++) {
        if (matching->of_found[j] != SW_UNMATCHED)
            continue;
        for (size_t k = 0; k < 3; k++)
            sw_atoms_positions(atoms)[3 * place + k] =
                sw_atoms_positions_const(found)[3 * j + k] + matching->shift[k];
        sw_atoms_elements(atoms)[place] = sw_atoms_elements_const(found)[j];
        state[place] = FALSE_ATOM;
        deviation[place++] = NAN;
    }
    sw_measurement_set_atoms(out, atoms);
    return SW_OK;
}

static sw_status report(sw_measurement *out, const sw_matching *matching,
                        const sw_content *inputs) {
    double *distance = sorted_distances(matching);
    sw_status status = distance ? add_counts(out, matching) : SW_ERROR_MEMORY;
    if (status == SW_OK)
        status = add_precision(out, distance, matching->matched);
    if (status == SW_OK)
        status = add_shift(out, matching);
    if (status == SW_OK)
        status = sw_histogram_add(out, &deviations, distance, matching->matched);
    if (status == SW_OK)
        status = add_atoms(out, matching, inputs);
    if (status == SW_OK && !matching->settled)
        status = sw_measurement_note(out,
                                     "The common shift did not settle in %d rounds: the two "
                                     "files may not show the same object.",
                                     matching->rounds);
    free(distance);
    return status;
}

static sw_status measure(sw_measurement *measurement, const sw_content *inputs,
                         const sw_instrument_settings *settings, sw_context *context,
                         sw_error *error) {
    sw_matching matching;
    sw_status status = sw_matched_inputs(&matching, inputs, settings,
                                         sw_setting_switch(settings, "elements"), context, error);
    if (status != SW_OK)
        return status;
    status = report(measurement, &matching, inputs);
    sw_matching_clear(&matching);
    return status;
}

const sw_instrument sw_instrument_compare = {
    .name = "compare",
    .summary = "found atoms against known ones: matched, missed, false",
    .description =
        "The first file holds the atoms that are there, the second those that were found. Atoms "
        "are "
        "matched one to one, the closest pairs first. A shift that all atoms share is removed: the "
        "mean displacement of the pairs, matched and shifted again until it stays.\n\n"
        "Intervals: shares after Wilson (1927); the deviation by the spread of its squares.",
    .citation = "Y. Zhang et al., Nat. Commun. 15 (2024), doi:10.1038/s41467-024-52026-w: "
                "identified atoms and 3-D precision against the model that was imaged",
    .columns = "match (0 matched, 1 missed, 2 false), deviation (pm)",
    .input = {SW_NOUN_ATOMS, SW_NOUN_ATOMS},
    .parameters = parameters,
    .presets = presets,
    .measure = measure,
};
