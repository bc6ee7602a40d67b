/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instrument `template`: the crystal structure around every atom, its orientation and strain. */
#include "structure/atom_columns.h"
#include "structure/crystal_choice.h"
#include "structure/crystal_matching.h"
#include "structure/histogram.h"
#include "structure/instruments.h"
#include "structure/results.h"

#include "base/memory.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FARTHEST 0.25 /* beyond it templates are laid on anything, in milliseconds an atom */

static const char *const orders[] = {"nearest", "faces", NULL};

static const sw_instrument_parameter parameters[] = {
    {.name = "crystals",
     .kind = SW_TAKES_TEXT,
     .standard = "fcc,hcp,bcc",
     .help = "which to look for, with commas: fcc, hcp, bcc, icosahedron, simple cubic, diamond, "
             "hexagonal diamond; or all"},
    {.name = "threshold",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_NUMBER,
     .standard = "0.1",
     .least = 1e-6,
     .most = FARTHEST,
     .help = "largest root mean square deviation, in mean neighbour "
             "distances"},
    {.name = "farthest",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_NUMBER,
     .standard = "0.2",
     .least = 1e-6,
     .most = FARTHEST,
     .help = "deviations are found up to this one, or to the threshold where that is larger; "
             "less is faster"},
    {.name = "neighbours",
     .kind = SW_TAKES_CHOICE,
     .standard = "nearest",
     .choices = orders,
     .help = "which neighbours templates are laid on: the nearest, or those with the largest faces "
             "of the Voronoi cell, which finds a little more where atoms tremble, as OVITO does"},
    {.name = "distance",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_LENGTH,
     .standard = "auto",
     .least = 1e-3,
     .most = 1e3,
     .help = "nearest neighbours of the unstrained crystal, for the strain; "
             "auto: the mean of the most frequent crystal"},
    {0},
};

/* ---- numbers --------------------------------------------------------------------------------- */

typedef struct sw_crystal_sums {
    size_t count;
    double rmsd, distance, distance2;
} sw_crystal_sums;

static void add_up(sw_crystal_sums sums[SW_CRYSTALS], const sw_crystal_matching *matching) {
    memset(sums, 0, SW_CRYSTALS * sizeof *sums);
    for (size_t i = 0; i < matching->atoms; i++) {
        const sw_crystal_match *match = &matching->match[i];
        sw_crystal_sums *of = &sums[match->type];
        of->count++;
        if (match->type == SW_CRYSTAL_OTHER)
            continue;
        of->rmsd += match->rmsd;
        of->distance += match->distance;
        of->distance2 += match->distance * match->distance;
    }
}

static sw_crystal_kind most_frequent(const sw_crystal_sums sums[SW_CRYSTALS]) {
    sw_crystal_kind best = SW_CRYSTAL_OTHER;
    for (int c = SW_CRYSTAL_FCC; c < SW_CRYSTALS; c++)
        if (sums[c].count > 0 && (best == SW_CRYSTAL_OTHER || sums[c].count > sums[best].count))
            best = (sw_crystal_kind)c;
    return best;
}

static sw_status add_crystal(sw_measurement *out, sw_crystal_kind crystal,
                             const sw_crystal_sums *sums, size_t atoms) {
    char name[64];
    snprintf(name, sizeof name, "share %s", sw_crystal_name(crystal));
    sw_status status = sw_add_share(out, name, sums->count, atoms,
                                    crystal == SW_CRYSTAL_OTHER ? "nothing fits below the threshold"
                                                                : "of all atoms");
    if (status != SW_OK || crystal == SW_CRYSTAL_OTHER || sums->count == 0)
        return status;
    snprintf(name, sizeof name, "distance %s", sw_crystal_name(crystal));
    status = sw_add_mean(out, name, sums->distance, sums->distance2, sums->count, "A",
                         "of nearest neighbours, mean over its atoms");
    snprintf(name, sizeof name, "rmsd %s", sw_crystal_name(crystal));
    if (status == SW_OK)
        status = sw_add_number(out, name, sums->rmsd / (double)sums->count, "",
                               "in mean neighbour distances, mean over its atoms");
    return status;
}

static sw_status add_values(sw_measurement *out, const sw_crystal_sums sums[SW_CRYSTALS],
                            size_t atoms, uint32_t wanted) {
    sw_status status = SW_OK;
    for (int c = SW_CRYSTAL_FCC; c < SW_CRYSTALS && status == SW_OK; c++)
        if (wanted >> c & 1)
            status = add_crystal(out, (sw_crystal_kind)c, &sums[c], atoms);
    return status == SW_OK ? add_crystal(out, SW_CRYSTAL_OTHER, &sums[SW_CRYSTAL_OTHER], atoms)
                           : status;
}

/* ---- histogram and atoms --------------------------------------------------------------------- */

static const sw_histogram deviations = {
    .table = "template-rmsd",
    .column = "rmsd",
    .unit = "",
    .bins = 60,
    .title = "Deviation from the best template",
    .help = "In mean neighbour distances. Those above the threshold count as other; atoms that no "
            "template comes near are not shown."};

static sw_status add_histogram(sw_measurement *out, const sw_crystal_matching *matching) {
    double *values = sw_allocate(matching->atoms, sizeof *values);
    if (values == NULL)
        return SW_ERROR_MEMORY;
    for (size_t i = 0; i < matching->atoms; i++)
        values[i] = matching->match[i].rmsd;
    sw_status status = sw_histogram_add(out, &deviations, values, matching->atoms);
    free(values);
    return status;
}

typedef struct sw_template_columns {
    double *type, *rmsd, *distance, *orientation, *strain;
} sw_template_columns;

static sw_status add_columns(sw_template_columns *columns, sw_atoms *atoms) {
    sw_status status = sw_atom_column(&columns->type, atoms, "crystal", 1, true);
    if (status == SW_OK)
        status = sw_atom_column(&columns->rmsd, atoms, "template_rmsd", 1, false);
    if (status == SW_OK)
        status = sw_atom_column(&columns->distance, atoms, "template_distance", 1, false);
    if (status == SW_OK)
        status = sw_atom_column(&columns->orientation, atoms, "orientation", 4, false);
    if (status == SW_OK)
        status = sw_atom_column(&columns->strain, atoms, "template_strain", 6, false);
    return status;
}

static void fill_atom(const sw_template_columns *columns, size_t i, const sw_crystal_match *match,
                      double distance) {
    bool known = match->type != SW_CRYSTAL_OTHER;
    double strain[6] = {NAN, NAN, NAN, NAN, NAN, NAN};
    if (known && distance > 0.0)
        sw_crystal_strain(strain, match, distance);
    columns->type[i] = match->type;
    columns->rmsd[i] = match->rmsd;
    columns->distance[i] = known ? match->distance : NAN;
    for (size_t k = 0; k < 4; k++) /* OVITO's order: x y z w */
        columns->orientation[4 * i + k] = known ? match->orientation[(k + 1) % 4] : NAN;
    memcpy(columns->strain + 6 * i, strain, sizeof strain);
}

static sw_status add_atoms(sw_measurement *out, const sw_crystal_matching *matching,
                           const sw_atoms *given, double distance) {
    sw_atoms *atoms;
    sw_template_columns columns = {0};
    sw_status status = sw_atoms_copy(&atoms, given);
    if (status != SW_OK)
        return status;
    status = add_columns(&columns, atoms);
    for (size_t i = 0; i < matching->atoms && status == SW_OK; i++)
        fill_atom(&columns, i, &matching->match[i], distance);
    return sw_add_filled_atoms(out, atoms, status);
}

/* ---- the instrument -------------------------------------------------------------------------- */

static sw_status add_far_note(sw_measurement *out, const sw_crystal_matching *matching,
                              double farthest) {
    size_t far = 0;
    for (size_t i = 0; i < matching->atoms; i++)
        far += matching->match[i].nearest == SW_CRYSTAL_OTHER;
    if (far == 0)
        return SW_OK;
    return sw_measurement_note(out,
                               "%zu atoms deviate by more than %g from every template, or lack "
                               "neighbours; the histogram is without them.",
                               far, farthest);
}

static sw_status report(sw_measurement *out, const sw_crystal_matching *matching,
                        const sw_atoms *atoms, const sw_instrument_settings *settings,
                        const sw_crystal_matching_options *options) {
    sw_crystal_sums sums[SW_CRYSTALS];
    double distance = sw_setting_number(settings, "distance");
    add_up(sums, matching);
    sw_crystal_kind frequent = most_frequent(sums);
    if (sw_setting_is_automatic(settings, "distance") && frequent != SW_CRYSTAL_OTHER)
        distance = sums[frequent].distance / (double)sums[frequent].count;
    sw_status status = add_values(out, sums, matching->atoms, options->crystals);
    if (status == SW_OK)
        status = add_histogram(out, matching);
    if (status == SW_OK)
        status = add_atoms(out, matching, atoms, distance);
    if (status == SW_OK && distance > 0.0)
        status = sw_measurement_note(out,
                                     "Strain is against a crystal whose nearest neighbours are "
                                     "%.5g A apart.",
                                     distance);
    if (status == SW_OK)
        status = add_far_note(out, matching, options->farthest);
    return status;
}

static sw_status measure(sw_measurement *measurement, const sw_content *inputs,
                         const sw_instrument_settings *settings, sw_context *context,
                         sw_error *error) {
    sw_crystal_matching matching;
    sw_crystal_matching_options options = {.threshold = sw_setting_number(settings, "threshold")};
    options.by_faces = sw_setting_choice(settings, "neighbours") == 1;
    options.farthest = fmax(options.threshold, sw_setting_number(settings, "farthest"));
    sw_status status =
        sw_crystal_choice(&options.crystals, sw_setting_text(settings, "crystals"), error);
    if (status == SW_OK)
        status = sw_crystal_matching_create(&matching, inputs[0].atoms, &options, context, error);
    if (status != SW_OK)
        return status;
    status = report(measurement, &matching, inputs[0].atoms, settings, &options);
    sw_crystal_matching_clear(&matching);
    return status;
}

const sw_instrument sw_instrument_template = {
    .name = "template",
    .summary = "crystal structure, orientation and strain by templates",
    .description =
        "Ideal neighbourhoods of crystals are laid on the nearest neighbours of every atom, in the "
        "best "
        "assignment, rotation and scale; the atom is of the crystal that deviates least, if it "
        "deviates less than the threshold. Orientations are reduced to the one turned least, and "
        "given as quaternions. Strain is the left stretch less 1 in the axes of the file.\n\n"
        "The assignment is the best of all: bounds on what any assignment reaches near a rotation "
        "leave few "
        "to be tried. Surface atoms lack neighbours and are of no crystal.",
    .citation =
        "P. M. Larsen, S. Schmidt and J. Schiotz, Modelling Simul. Mater. Sci. Eng. 24, 055007 "
        "(2016)",
    .columns = "crystal (0 other, 1 fcc, 2 hcp, 3 bcc, 4 icosahedron, 5 simple cubic, 6 diamond, 7 "
               "hexagonal diamond), template_rmsd, template_distance (A), orientation (x y z w), "
               "template_strain (xx yy zz yz xz xy)",
    .input = {SW_NOUN_ATOMS},
    .parameters = parameters,
    .measure = measure,
};
