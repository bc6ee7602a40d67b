/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instrument `interface`: area, width, coherency and bending between two phases. */
#include "structure/atom_columns.h"
#include "structure/instruments.h"
#include "structure/interface_tables.h"
#include "structure/results.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const sw_instrument_parameter parameters[] = {
    SW_PHASE_PARAMETERS,
    {.name = "column",
     .kind = SW_TAKES_TEXT,
     .standard = "auto",
     .help = "column of whole numbers that tells the sides; auto: phases, found as by `phases`"},
    {.name = "first",
     .kind = SW_TAKES_COUNT,
     .standard = "1",
     .least = 0,
     .most = 1000000000,
     .help = "value of the first side: 1 dense crystal (metal)"},
    {.name = "second",
     .kind = SW_TAKES_COUNT,
     .standard = "2",
     .least = 0,
     .most = 1000000000,
     .help = "value of the second side: 2 wide crystal (oxide), 3 amorphous"},
    {.name = "reach",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_LENGTH,
     .standard = "auto",
     .least = 1e-3,
     .most = 1e6,
     .help = "atoms farther apart do not touch; auto: 1.5 times the cutoff"},
    {.name = "radius",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_LENGTH,
     .standard = "auto",
     .least = 1e-3,
     .most = 1e6,
     .help = "over which the surface is made smooth; auto: twice the cutoff"},
    {.name = "range",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_LENGTH,
     .standard = "15 A",
     .least = 1e-3,
     .most = 1e4,
     .help = "of the profile, to either side"},
    {.name = "farthest",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_LENGTH,
     .standard = "auto",
     .least = 1e-3,
     .most = 1e6,
     .help = "the profile is without atoms whose Voronoi cell reaches farther; auto: the cutoff"},
    {.name = "tolerance",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_NUMBER,
     .standard = "0.3",
     .least = 1e-6,
     .most = 0.5,
     .help = "what bonds across of neighbours may differ to be matched, in nearest distances"},
    {.name = "domain",
     .kind = SW_TAKES_COUNT,
     .standard = "3",
     .least = 1,
     .most = 1000000000,
     .help = "matched atoms form groups of at least so many"},
    {.name = "coherent",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_NUMBER,
     .standard = "0.9",
     .least = 0,
     .most = 1,
     .help = "a patch is coherent from this share of matched atoms on"},
    {.name = "semi-coherent",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_NUMBER,
     .standard = "0.28",
     .least = 0,
     .most = 1,
     .help = "and semi-coherent where the share's interval is above this, which 19 in 20 random "
             "boundaries are below"},
    {.name = "planes",
     .kind = SW_TAKES_TEXT,
     .standard = "111,100,110",
     .help = "families of lattice planes that are compared, three digits each"},
    {.name = "near",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_LENGTH,
     .standard = "12 A",
     .least = 1e-3,
     .most = 1e4,
     .help = "planes are those of atoms up to so far from the interface"},
    {.name = "layer",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_LENGTH,
     .standard = "auto",
     .least = 1e-3,
     .most = 1e4,
     .help = "atoms up to so far on either side are the interface layer; auto: the "
             "crystals' nearest distance"},
    {.name = "repeats",
     .kind = SW_TAKES_COUNT,
     .standard = "200",
     .least = 0,
     .most = 100000,
     .help = "draws of the atoms for the intervals of the angles"},
    {0},
};

static const sw_instrument_preset presets[] = {
    {"zhang-2024",
     "phases of the paper; the metal-oxide interface (Y. Zhang et al., "
     "doi:10.1038/s41467-024-52026-w)",
     (const char *const[]){SW_PHASES_AS_PUBLISHED, "first=1", "second=2", NULL}},
    {0},
};

/* ---- numbers --------------------------------------------------------------------------------- */

static sw_status add_areas(sw_measurement *out, const sw_interface_measured *m) {
    double of_class[SW_COHERENCY_CLASSES] = {0};
    char name[64];
    sw_status status = sw_add_number(out, "area", m->interface.area, "A2",
                                     "of the smooth surface between the two sides");
    if (status == SW_OK)
        status = sw_add_number(out, "face area", m->interface.face_area, "A2",
                               "of the Voronoi faces between them, with their zigzag");
    for (size_t p = 0; p < m->patches.count; p++)
        of_class[m->patches.list[p].class] += m->patches.list[p].area;
    for (int c = 0; c < SW_COHERENCY_CLASSES && status == SW_OK; c++) {
        snprintf(name, sizeof name, "%s share", sw_coherency_name((sw_coherency_class)c));
        status = sw_add_number(out, name, 100.0 * of_class[c] / m->interface.area, "%",
                               "of the area, patch by patch");
    }
    return status;
}

static sw_status add_coherency(sw_measurement *out, const sw_interface_measured *m) {
    const sw_neighbours *near = &m->sides.map.neighbours;
    size_t atoms = 0, matched = 0, bonds = 0;
    double length = 0.0, length2 = 0.0, number2 = 0.0;
    for (size_t i = 0; i < near->atoms; i++) {
        size_t own = 0;
        if (m->patches.of_atom[i] == SW_NO_PATCH)
            continue;
        for (size_t k = near->first[i]; k < near->first[i + 1]; k++)
            own += m->sides.side[near->index[k]] == 2;
        number2 += (double)(own * own);
    }
    for (size_t p = 0; p < m->patches.count; p++) {
        atoms += m->patches.list[p].atoms;
        matched += m->patches.list[p].matched;
        bonds += m->patches.list[p].bonds;
        length += m->patches.list[p].length;
        length2 += m->patches.list[p].length2;
    }
    sw_status status = sw_add_share(out, "matched", matched, atoms,
                                    "atoms of the first side with a partner of their own across, "
                                    "as their neighbours have");
    if (status == SW_OK)
        status = sw_add_mean(out, "bonds across", (double)bonds, number2, atoms, "",
                             "per atom of the first side that touches the second");
    if (status == SW_OK)
        status = sw_add_mean(out, "bond length across", length, length2, bonds, "A",
                             "of atoms nearer than the cutoff");
    if (status == SW_OK)
        status = sw_add_number(out, "largest domain", (double)m->coherency.largest, "",
                               "matched atoms without a break between them");
    if (status == SW_OK)
        status = sw_add_number(out, "atoms first side", (double)m->first_atoms, "",
                               "that touch the second");
    return status == SW_OK ? sw_add_number(out, "atoms second side", (double)m->second_atoms, "",
                                           "that touch the first")
                           : status;
}

static sw_status add_width(sw_measurement *out, const sw_interface_measured *m) {
    const sw_step_fit *step = &m->step;
    if (isnan(step->sigma))
        return SW_OK;
    if (step->sigma_low == 0.0 && isinf(step->sigma_high))
        return sw_measurement_note(out, "The concentration has no step whose width could be told.");
    sw_status status =
        sw_measurement_add(out, "width", SW_STEP_WIDTH * step->sigma,
                           SW_STEP_WIDTH * step->sigma_low, SW_STEP_WIDTH * step->sigma_high, "A",
                           "from 10 to 90 % of the step in concentration (error function)");
    if (status == SW_OK)
        status =
            sw_add_number(out, "concentration first side", step->left, "1/A3", "level of the fit");
    return status == SW_OK ? sw_add_number(out, "concentration second side", step->right, "1/A3",
                                           "level of the fit")
                           : status;
}

static sw_status add_angles(sw_measurement *out, const sw_interface_measured *m) {
    char continuing[96], facing[96];
    if (m->main >= m->with_angles)
        return SW_OK;
    const sw_interface_angles *angles = &m->angles[m->main];
    sw_status status = SW_OK;
    for (int a = 0; a < SW_INTERFACE_ANGLES && status == SW_OK; a++)
        status = sw_measurement_add(
            out, sw_angle_names[a].name, sw_angle_in_units(a, angles->value[a].value),
            sw_angle_in_units(a, angles->value[a].low), sw_angle_in_units(a, angles->value[a].high),
            sw_angle_names[a].unit, sw_angle_names[a].help);
    sw_name_planes(continuing, sizeof continuing, &angles->first, &angles->second);
    sw_name_planes(facing, sizeof facing, &angles->facing_first, &angles->facing_second);
    return status == SW_OK
               ? sw_measurement_note(out,
                                     "Angles are those of patch %zu, whose planes continue best: "
                                     "%s; those that face each other are %s.",
                                     m->main + 1, continuing, facing)
               : status;
}

static sw_status add_values(sw_measurement *out, const sw_interface_measured *m) {
    if (m->interface.contacts == 0) {
        sw_status status = sw_add_number(out, "area", 0.0, "A2", "the two sides do not touch");
        return status == SW_OK
                   ? sw_measurement_note(out,
                                         "There is no interface: %zu atoms are of the first side, "
                                         "%zu of the second, and none touch.",
                                         m->sides.count[1], m->sides.count[2])
                   : status;
    }
    sw_status status = add_areas(out, m);
    if (status == SW_OK)
        status = add_coherency(out, m);
    if (status == SW_OK)
        status = add_width(out, m);
    return status == SW_OK ? add_angles(out, m) : status;
}

/* ---- atoms ----------------------------------------------------------------------------------- */

static sw_status add_atoms(sw_measurement *out, const sw_interface_measured *m,
                           const uint32_t *index, const sw_atoms *given) {
    sw_atoms *atoms;
    double *side = NULL, *distance = NULL, *patch = NULL, *domain = NULL;
    sw_status status = sw_atoms_copy(&atoms, given);
    if (status != SW_OK)
        return status;
    status = sw_atom_column_empty(&side, atoms, "interface_side", true, 0.0);
    if (status == SW_OK)
        status = sw_atom_column_empty(&distance, atoms, "interface_distance", false, NAN);
    if (status == SW_OK)
        status = sw_atom_column_empty(&patch, atoms, "interface_patch", true, 0.0);
    if (status == SW_OK)
        status = sw_atom_column_empty(&domain, atoms, "interface_domain", true, 0.0);
    for (size_t i = 0; i < m->sides.map.atoms && status == SW_OK; i++) {
        size_t at = index[i];
        uint32_t of = m->patches.of_atom[i], group = m->coherency.domain[i];
        side[at] = m->sides.side[i];
        distance[at] = m->distance[i];
        patch[at] = of == SW_NO_PATCH ? 0.0 : (double)of + 1.0;
        domain[at] = group == SW_NO_DOMAIN ? 0.0 : (double)group + 1.0;
    }
    return sw_add_filled_atoms(out, atoms, status);
}

/* ---- the instrument -------------------------------------------------------------------------- */

static sw_status report(sw_measurement *out, const sw_interface_measured *m, const uint32_t *index,
                        const sw_atoms *atoms) {
    sw_status status = add_values(out, m);
    if (status == SW_OK)
        status = sw_add_interface_profile(out, m);
    if (status == SW_OK)
        status = sw_add_interface_patches(out, m);
    return status == SW_OK ? add_atoms(out, m, index, atoms) : status;
}

static sw_status measure(sw_measurement *measurement, const sw_content *inputs,
                         const sw_instrument_settings *settings, sw_context *context,
                         sw_error *error) {
    sw_interface_measured measured;
    sw_atoms *subset;
    uint32_t *index;
    sw_status status = sw_phase_subset(&subset, &index, inputs[0].atoms, settings, error);
    if (status != SW_OK)
        return status;
    status = sw_interface_measure(&measured, measurement, subset, index, inputs[0].atoms, settings,
                                  context, error);
    if (status == SW_OK)
        status = report(measurement, &measured, index, inputs[0].atoms);
    sw_interface_measured_clear(&measured);
    sw_atoms_destroy(subset);
    free(index);
    return status;
}

const sw_instrument sw_instrument_interface = {
    .name = "interface",
    .summary = "between two phases: area, width, coherency, bending",
    .description =
        "The interface are the faces that Voronoi cells of two sides share: metal and crystalline "
        "oxide as `phases` tells them, other phases, two grains, or values of any column. Its area "
        "is that of the smooth surface through the faces (their vector areas along the mean "
        "normal, "
        "exact where it is flat; faces at outer surfaces count as at most half a square of the "
        "nearest distance). Its width is that of the error function fitted by least squares "
        "to 1/V of the atoms over their distance from the surface.\n\n"
        "Coherency: an atom of the first side is matched where it has a partner of its own across, "
        "bonded as its neighbours are bonded to theirs, so that rows of atoms go on; groups of "
        "matched atoms end where bonds become too long, as at misfit dislocations. Patches, where "
        "the same two grains meet, are coherent, semi-coherent or incoherent by their share of "
        "matched atoms. Between crystals that are turned at random some rows meet by chance (6 % "
        "of the "
        "atoms in the mean, below 28 % in 19 of 20), so a patch is semi-coherent only where the "
        "interval of its share lies above that. On closed curved surfaces of a "
        "perfect "
        "crystal, whose bonds point every way, about 8 in 10.\n\n"
        "Bending and twisting: families of lattice planes are fitted to the atoms of either side "
        "and of the layer between. Of the low-index planes the pair that is most alike in "
        "direction "
        "and spacing continues; dense planes about parallel to the interface leave the wedge. The "
        "turn "
        "from planes to planes has a part about the interface's normal (twist) and one about an "
        "axis in the interface (bend).\n\n"
        "Intervals: shares after Wilson, means over independent bonds, the width by profile "
        "likelihood, angles by drawing the atoms anew. Curvature and the choice of phases are not "
        "in them. An angle near 0 comes out above it where atoms are noisy.",
    .citation = "Y. Zhang et al., Nat. Commun. 15 (2024), doi:10.1038/s41467-024-52026-w",
    .columns = "interface_side (1, 2; 0 neither), interface_distance (A, positive on the second "
               "side), interface_patch (1 the largest; 0 not at the interface), interface_domain "
               "(of matched atoms; 0 none)",
    .input = {SW_NOUN_ATOMS},
    .parameters = parameters,
    .presets = presets,
    .measure = measure,
};
