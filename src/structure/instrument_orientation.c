/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instrument `orientation`: how two grains lie against each other. */
#include "base/memory.h"
#include "base/student.h"
#include "structure/atom_columns.h"
#include "structure/crystal_choice.h"
#include "structure/grains.h"
#include "structure/histogram.h"
#include "structure/instruments.h"
#include "structure/orientation.h"
#include "structure/phase_parameters.h"
#include "structure/relation_tables.h"
#include "structure/results.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEMPLATE_THRESHOLD 0.12 /* rmsd in mean neighbour distances, as wide as templates allow */
/* 95 % of the length of a random vector of 1, 2 and 3 components with standard deviation 1. */
#define TWO_WAYS 2.447746830680816
#define THREE_WAYS 2.795483482915108

static const sw_instrument_parameter parameters[] = {
    {.name = "elements",
     .kind = SW_TAKES_TEXT,
     .standard = "auto",
     .help = "which atoms are looked at: symbols with commas, or all; auto: all but oxygen"},
    {.name = "column",
     .kind = SW_TAKES_TEXT,
     .standard = "none",
     .help = "column that tells the two crystals apart (phase); none: the two largest grains"},
    {.name = "values",
     .kind = SW_TAKES_TEXT,
     .standard = "1,2",
     .help = "its values for the first and the second: of each the largest grain"},
    {.name = "cutoff",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_LENGTH,
     .standard = "auto",
     .least = 1e-3,
     .most = 1e3,
     .help = "neighbours are nearer than this; auto: between the first two shells"},
    {.name = "crystals",
     .kind = SW_TAKES_TEXT,
     .standard = "fcc,hcp,bcc",
     .help = "which to look for, with commas, as in `template`; or all"},
    {.name = "misorientation",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_ANGLE,
     .standard = "5 deg",
     .least = 1e-6,
     .most = 1.1,
     .help = "neighbours turned against each other by less are in one grain"},
    {.name = "smallest",
     .kind = SW_TAKES_COUNT,
     .standard = "20",
     .least = 1,
     .most = 1e9,
     .help = "atoms of the smallest grain"},
    {.name = "tolerance",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_ANGLE,
     .standard = "3 deg",
     .least = 1e-9,
     .most = 0.8,
     .help = "planes and directions are parallel up to this angle"},
    {.name = "largest-index",
     .kind = SW_TAKES_COUNT,
     .standard = "3",
     .least = 1,
     .most = SW_LARGEST_INDEX,
     .help = "of planes and directions"},
    {.name = "c-over-a",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_NUMBER,
     .standard = "auto",
     .least = 0.1,
     .most = 10.0,
     .help = "of hexagonal crystals; auto: as measured, of each"},
    {0},
};

/* The two grains and what is known of their atoms. */
typedef struct bicrystal {
    const sw_crystal_grain *grain[2];
    size_t number[2]; /* in the list of grains */
    sw_crystal_pose pose[2];
    double error; /* rad, standard error of the relation about each axis */
} bicrystal;

/* ---- grains ---------------------------------------------------------------------------------- */

static sw_status read_values(double value[2], const char *text, sw_error *error) {
    if (sscanf(text, "%lf , %lf", &value[0], &value[1]) == 2 && value[0] != value[1])
        return SW_OK;
    return sw_error_set(error, SW_ERROR_ARGUMENT, "values", "write them as 1,2",
                        "two different numbers were expected, \"%s\" was found", text);
}

/* 1 and 2 for atoms with the values, 0 for all others; NULL where no column is named. */
static sw_status label_atoms(uint8_t **label, const sw_atoms *atoms, const uint32_t *index,
                             size_t count, const sw_instrument_settings *settings,
                             sw_error *error) {
    double value[2];
    const char *name = sw_setting_text(settings, "column");
    *label = NULL;
    if (strcmp(name, "none") == 0)
        return SW_OK;
    const double *column;
    sw_status status = sw_atom_column_named(
        &column, atoms, name, "column", "`spillway measure phases` adds the column phase", error);
    if (status == SW_OK)
        status = read_values(value, sw_setting_text(settings, "values"), error);
    if (status != SW_OK)
        return status;
    *label = sw_allocate(count, 1);
    if (!*label)
        return sw_error_set(error, SW_ERROR_MEMORY, "column", NULL, "no memory for labels");
    for (size_t i = 0; i < count; i++) {
        double own = column[index[i]];
        (*label)[i] = own == value[0] ? 1 : own == value[1] ? 2 : 0;
    }
    return SW_OK;
}

static sw_status find_grains(sw_crystal_grains *grains, const sw_atoms *subset,
                             const sw_crystal_matching *matching, const uint8_t *label,
                             double cutoff, const sw_instrument_settings *settings,
                             sw_context *context, sw_error *error) {
    sw_crystal_grain_options options = sw_crystal_grain_standard;
    sw_neighbours neighbours;
    options.misorientation = sw_setting_number(settings, "misorientation");
    options.smallest = sw_setting_count(settings, "smallest");
    options.label = label;
    sw_status status = sw_neighbours_within(&neighbours, subset, cutoff, SW_NEIGHBOURS_BY_DISTANCE,
                                            context, error);
    if (status != SW_OK)
        return status;
    status = sw_crystal_grains_create(grains, &neighbours, matching, &options, context, error);
    sw_neighbours_clear(&neighbours);
    return status;
}

/* The largest grain, and the next (of the other label where there are labels). */
static bool choose_grains(bicrystal *two, const sw_crystal_grains *grains, bool labelled) {
    for (int side = 0; side < 2; side++) {
        size_t g = labelled ? 0 : (size_t)side;
        while (labelled && g < grains->count && grains->list[g].label != side + 1)
            g++;
        if (g >= grains->count)
            return false;
        two->number[side] = g;
        two->grain[side] = &grains->list[g];
    }
    return true;
}

/* Stretch along c over that in the layers, of the matched atoms. */
static double measured_c_over_a(const sw_crystal_grains *grains, size_t grain,
                                const sw_crystal_matching *matching) {
    double sum = 0.0, count = 0.0;
    for (size_t i = 0; i < grains->atoms; i++) {
        double length[3] = {0};
        if (grains->of[i] != grain || grains->rim[i])
            continue;
        for (int d = 0; d < 3; d++)
            for (int k = 0; k < 3; k++)
                length[d] += pow(matching->match[i].deformation[k][d], 2);
        sum += sqrt(length[2] / sqrt(length[0] * length[1]));
        count += 1.0;
    }
    return sw_ideal_c_over_a() * sum / count;
}

/* Neighbourhoods overlap: as many atoms as one of them has count as one. */
static void describe_poses(bicrystal *two, const sw_crystal_grains *grains,
                           const sw_crystal_matching *matching,
                           const sw_instrument_settings *settings) {
    double variance = 0.0;
    for (int side = 0; side < 2; side++) {
        const sw_crystal_grain *grain = two->grain[side];
        sw_crystal_pose *pose = &two->pose[side];
        pose->crystal = grain->crystal;
        memcpy(pose->orientation, grain->orientation, sizeof pose->orientation);
        pose->c_over_a = sw_setting_number(settings, "c-over-a");
        if (sw_setting_is_automatic(settings, "c-over-a"))
            pose->c_over_a = sw_crystal_is_hexagonal(grain->crystal)
                                 ? measured_c_over_a(grains, two->number[side], matching)
                                 : 1.0;
        double shared = 1.0 + (double)sw_crystal_template_of(grain->crystal)->neighbours;
        double independent = fmax((double)grain->matched / shared, 1.0);
        variance += grain->spread * grain->spread / (3.0 * independent);
    }
    two->error = sqrt(variance);
}

/* ---- numbers --------------------------------------------------------------------------------- */

/* An angle (rad) in degrees with an interval of `reach` (rad) on both sides. */
static sw_status add_angle(sw_measurement *out, const char *name, double angle, double reach,
                           const char *help) {
    return sw_measurement_add(out, name, angle / SW_RADIAN_PER_DEGREE,
                              fmax(angle - reach, 0.0) / SW_RADIAN_PER_DEGREE,
                              (angle + reach) / SW_RADIAN_PER_DEGREE, "deg", help);
}

static sw_status add_grains(sw_measurement *out, const bicrystal *two) {
    static const char *const names[2][3] = {{"first atoms", "first spread", "first lattice"},
                                            {"second atoms", "second spread", "second lattice"}};
    sw_status status = SW_OK;
    for (int side = 0; side < 2 && status == SW_OK; side++) {
        const sw_crystal_grain *grain = two->grain[side];
        status = sw_add_number(out, names[side][0], (double)grain->atoms, "", "in this grain");
        if (status == SW_OK)
            status = sw_add_number(out, names[side][1], grain->spread / SW_RADIAN_PER_DEGREE, "deg",
                                   "of its atoms' orientations, root mean square");
        if (status == SW_OK)
            status = sw_add_number(out, names[side][2], grain->lattice, "A",
                                   "edge of the usual cell, from the nearest distances");
    }
    return status;
}

static sw_status add_disorientation(sw_measurement *out, const bicrystal *two) {
    static const char *const names[3] = {"axis x", "axis y", "axis z"};
    double axis[3], angle = sw_disorientation(axis, &two->pose[0], &two->pose[1]);
    sw_status status = add_angle(out, "disorientation", angle, SW_NORMAL_95 * two->error,
                                 "least angle that turns one crystal into the other");
    for (int k = 0; k < 3 && status == SW_OK; k++)
        status = sw_add_number(out, names[k], axis[k], "",
                               "of this rotation, in the axes of the first crystal");
    return status;
}

static sw_status add_named(sw_measurement *out, const bicrystal *two, double tolerance) {
    size_t nearest = SW_NAMED_RELATIONS;
    double least = INFINITY;
    sw_status status = SW_OK;
    for (size_t n = 0; n < SW_NAMED_RELATIONS && status == SW_OK; n++) {
        double angle = sw_angle_to_relation(n, &two->pose[0], &two->pose[1]);
        if (isnan(angle))
            continue;
        status = add_angle(out, sw_named_relation_at(n)->name, angle, THREE_WAYS * two->error,
                           "angle to the nearest variant of this relation");
        if (angle < least) {
            least = angle;
            nearest = n;
        }
    }
    if (status != SW_OK || nearest == SW_NAMED_RELATIONS)
        return status;
    const sw_named_relation *named = sw_named_relation_at(nearest);
    return sw_measurement_note(out,
                               least <= tolerance ? "%s, %.3g deg off: %s (%s)."
                                                  : "No named relation is within the tolerance; "
                                                    "the nearest is %s, %.3g deg off: %s (%s).",
                               named->name, least / SW_RADIAN_PER_DEGREE, named->pairs,
                               named->source);
}

/* ---- atoms ----------------------------------------------------------------------------------- */

static const sw_histogram scatter = {
    .table = "scatter",
    .column = "turned",
    .unit = "deg",
    .title = "Scatter of the orientations",
    .bins = 40,
    .least = 0.1,
    .help = "How far the atoms of both grains are turned against the mean of their grain."};

static sw_status add_atoms(sw_measurement *out, const sw_atoms *given, const uint32_t *index,
                           const sw_crystal_grains *grains, const bicrystal *two) {
    sw_atoms *atoms;
    double *grain, *apart;
    sw_status status = sw_atoms_copy(&atoms, given);
    if (status != SW_OK)
        return status;
    status = sw_atom_column(&grain, atoms, "pair_grain", 1, true);
    if (status == SW_OK)
        status = sw_atom_column(&apart, atoms, "turned", 1, false);
    for (size_t i = 0; i < sw_atoms_count(atoms) && status == SW_OK; i++) {
        grain[i] = 0.0;
        apart[i] = NAN;
    }
    for (size_t i = 0; i < grains->atoms && status == SW_OK; i++)
        for (int side = 0; side < 2; side++)
            if (grains->of[i] == two->number[side]) {
                grain[index[i]] = side + 1;
                apart[index[i]] =
                    sw_orientation_apart(two->pose[side].orientation, grains->orientation[i],
                                         two->pose[side].crystal) /
                    SW_RADIAN_PER_DEGREE;
            }
    if (status == SW_OK)
        status = sw_histogram_add(out, &scatter, apart, sw_atoms_count(atoms));
    return sw_add_filled_atoms(out, atoms, status);
}

/* ---- the instrument -------------------------------------------------------------------------- */

static sw_status report(sw_measurement *out, const bicrystal *two,
                        const sw_instrument_settings *settings) {
    const sw_relation_limits limits = {sw_setting_number(settings, "tolerance"),
                                       (int)sw_setting_count(settings, "largest-index"),
                                       TWO_WAYS * two->error};
    sw_status status = add_disorientation(out, two);
    if (status == SW_OK)
        status = add_named(out, two, limits.tolerance);
    if (status == SW_OK)
        status = add_grains(out, two);
    if (status == SW_OK)
        status = sw_measurement_note(out, "The first grain is %s, the second %s.",
                                     sw_crystal_name(two->pose[0].crystal),
                                     sw_crystal_name(two->pose[1].crystal));
    return status == SW_OK ? sw_relation_tables_add(out, &two->pose[0], &two->pose[1], &limits)
                           : status;
}

static sw_status measure_grains(sw_measurement *out, const sw_atoms *atoms, const uint32_t *index,
                                const sw_crystal_grains *grains,
                                const sw_crystal_matching *matching, bool labelled,
                                const sw_instrument_settings *settings) {
    bicrystal two = {0};
    sw_status status = sw_add_number(out, "grains", (double)grains->count, "",
                                     "of one orientation, at least of the smallest size");
    if (status != SW_OK)
        return status;
    if (!choose_grains(&two, grains, labelled))
        return sw_measurement_note(out, labelled ? "There is no grain for each of the two values."
                                                 : "There are no two grains.");
    describe_poses(&two, grains, matching, settings);
    status = report(out, &two, settings);
    return status == SW_OK ? add_atoms(out, atoms, index, grains, &two) : status;
}

static sw_status match_and_measure(sw_measurement *out, const sw_atoms *atoms,
                                   const sw_atoms *subset, const uint32_t *index, double cutoff,
                                   const sw_instrument_settings *settings, sw_context *context,
                                   sw_error *error) {
    sw_crystal_matching_options wanted = {.threshold = TEMPLATE_THRESHOLD,
                                          .farthest = TEMPLATE_THRESHOLD};
    sw_crystal_matching matching = {0};
    sw_crystal_grains grains;
    uint8_t *label = NULL;
    sw_status status =
        sw_crystal_choice(&wanted.crystals, sw_setting_text(settings, "crystals"), error);
    if (status == SW_OK)
        status = label_atoms(&label, atoms, index, sw_atoms_count(subset), settings, error);
    if (status == SW_OK)
        status = sw_crystal_matching_create(&matching, subset, &wanted, context, error);
    if (status == SW_OK)
        status = find_grains(&grains, subset, &matching, label, cutoff, settings, context, error);
    if (status == SW_OK) {
        status = measure_grains(out, atoms, index, &grains, &matching, label != NULL, settings);
        sw_crystal_grains_clear(&grains);
    }
    sw_crystal_matching_clear(&matching);
    free(label);
    return status;
}

static sw_status measure(sw_measurement *measurement, const sw_content *inputs,
                         const sw_instrument_settings *settings, sw_context *context,
                         sw_error *error) {
    sw_atoms *subset;
    uint32_t *index;
    double cutoff;
    sw_status status = sw_phase_subset(&subset, &index, inputs[0].atoms, settings, error);
    if (status == SW_OK)
        status = sw_phase_cutoff(&cutoff, measurement, subset, settings, context, error);
    if (status == SW_OK)
        status = match_and_measure(measurement, inputs[0].atoms, subset, index, cutoff, settings,
                                   context, error);
    sw_atoms_destroy(subset);
    free(index);
    return status;
}

const sw_instrument sw_instrument_orientation = {
    .name = "orientation",
    .summary = "orientation relation of two grains",
    .description =
        "Finds the grains (crystalline atoms of one orientation, by templates), and of two of them "
        "the mean orientations: the largest two, or the largest ones with two values of a column. "
        "Everything is modulo the rotations of both crystals onto themselves.\n\n"
        "The disorientation is the least rotation between them. Planes and directions are listed "
        "as the best pair of each two families up to an angle and an index, the best first, and "
        "the relation is said by the plane and the direction in it with the smallest indices. "
        "Angles to named relations are those to their nearest variant.\n\n"
        "Intervals are of the mean orientations, from the scatter of the atoms' orientations; the "
        "atoms of one neighbourhood count as one, as neighbourhoods overlap. A crystal that bends "
        "has no one orientation, so look at the spread.",
    .citation = "P. M. Larsen et al., Modelling Simul. Mater. Sci. Eng. 24, 055007 (2016) "
                "(orientations); H. Grimmer, Acta Cryst. A 30, 685 (1974) (disorientation)",
    .columns = "pair_grain (1, 2, or 0), turned (deg, against the mean of its grain)",
    .input = {SW_NOUN_ATOMS},
    .parameters = parameters,
    .presets = NULL,
    .measure = measure,
};
