/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/interface_measured.h"

#include "base/memory.h"
#include "base/sorting.h"

#include <math.h>
#include <stdlib.h>

#define SMALLEST_FACE 0.01 /* of the surface of a cell, for atoms to touch */
#define LARGEST 0.5        /* face at an outer surface, in squares of the nearest distance */
#define REACH 1.5          /* of contacts, in cutoffs */
#define FEWEST 12          /* atoms of a patch that may be the main one */
#define RADIUS 2.0         /* of smoothing, in cutoffs */

static double length_or(const sw_instrument_settings *settings, const char *name,
                        double automatic) {
    return sw_setting_is_automatic(settings, name) ? automatic : sw_setting_number(settings, name);
}

/* ---- lengths --------------------------------------------------------------------------------- */

/* Of the crystals of both sides, mean over their atoms in grains, A: noise changes it little. 0
 * where no atom is in a grain. */
static double crystal_distance(const sw_interface_measured *measured) {
    double sum = 0.0;
    size_t count = 0;
    for (size_t i = 0; i < measured->sides.map.atoms; i++)
        if (measured->sides.side[i] != 0 && isfinite(measured->sides.map.grains.distance[i])) {
            sum += measured->sides.map.grains.distance[i];
            count++;
        }
    return count > 0 ? sum / (double)count : 0.0;
}

/* That, or the median distance of nearest atoms of both sides; 0 where they have none. */
static sw_status find_nearest_distance(sw_interface_measured *measured) {
    const sw_neighbours *near = &measured->sides.map.neighbours;
    size_t count = 0;
    measured->nearest_distance = crystal_distance(measured);
    if (measured->nearest_distance > 0.0)
        return SW_OK;
    double *distance = sw_allocate(near->atoms, sizeof *distance);
    if (distance == NULL)
        return SW_ERROR_MEMORY;
    for (size_t i = 0; i < near->atoms; i++)
        if (measured->sides.side[i] != 0 && near->first[i + 1] > near->first[i])
            distance[count++] = near->distance[near->first[i]];
    sw_sort_numbers(distance, count);
    measured->nearest_distance = count > 0 ? distance[count / 2] : 0.0;
    free(distance);
    return SW_OK;
}

/* ---- contacts -------------------------------------------------------------------------------- */

static sw_status find_contacts(sw_interface_measured *measured, const sw_atoms *subset,
                               const sw_instrument_settings *settings, sw_context *context,
                               sw_error *error) {
    const sw_voronoi_options options = {.smallest_face = SMALLEST_FACE, .neighbours = true};
    const double cutoff = measured->sides.cutoff;
    const sw_interface_options wanted = {.reach = length_or(settings, "reach", REACH * cutoff),
                                         .radius = length_or(settings, "radius", RADIUS * cutoff),
                                         .farthest = length_or(settings, "farthest", cutoff),
                                         .largest = LARGEST * measured->nearest_distance *
                                                    measured->nearest_distance};
    sw_voronoi voronoi;
    sw_status status = sw_voronoi_create(&voronoi, subset, &options, context, error);
    if (status != SW_OK)
        return status;
    measured->concentration = sw_allocate(voronoi.atoms, sizeof *measured->concentration);
    for (size_t i = 0; measured->concentration && i < voronoi.atoms; i++)
        measured->concentration[i] = sw_voronoi_at_surface(&voronoi.atom[i], wanted.farthest)
                                         ? NAN
                                         : 1.0 / voronoi.atom[i].volume;
    status = SW_ERROR_MEMORY;
    if (measured->concentration)
        status = sw_interface_create(&measured->interface, subset, &voronoi, measured->sides.side,
                                     &wanted, context, error);
    sw_voronoi_clear(&voronoi);
    return status;
}

/* ---- coherency ------------------------------------------------------------------------------- */

static void count_touching(sw_interface_measured *measured, bool *first, bool *second) {
    const sw_interface *interface = &measured->interface;
    for (size_t c = 0; c < interface->contacts; c++) {
        if (!interface->contact[c].counts)
            continue;
        measured->first_atoms += !first[interface->contact[c].first];
        measured->second_atoms += !second[interface->contact[c].second];
        first[interface->contact[c].first] = second[interface->contact[c].second] = true;
    }
}

static sw_status find_coherency(sw_interface_measured *measured,
                                const sw_instrument_settings *settings) {
    const sw_neighbours *near = &measured->sides.map.neighbours;
    const sw_coherency_options options = {.distance = measured->nearest_distance,
                                          .tolerance = sw_setting_number(settings, "tolerance"),
                                          .smallest = sw_setting_count(settings, "domain")};
    bool *first = sw_allocate(near->atoms, sizeof *first);
    bool *second = sw_allocate(near->atoms, sizeof *second);
    sw_status status = SW_ERROR_MEMORY;
    if (first && second) {
        count_touching(measured, first, second);
        status =
            sw_coherency_create(&measured->coherency, near, first, measured->sides.side, &options);
    }
    free(first);
    free(second);
    if (status != SW_OK)
        return status;
    return sw_interface_patches_create(
        &measured->patches, &measured->interface, &measured->sides.map.grains, near,
        measured->sides.side, &measured->coherency, sw_setting_number(settings, "coherent"),
        sw_setting_number(settings, "semi-coherent"));
}

/* ---- the profile ----------------------------------------------------------------------------- */

static sw_status find_profile(sw_interface_measured *measured, const sw_atoms *subset,
                              sw_context *context, sw_error *error) {
    size_t atoms = sw_atoms_count(subset);
    measured->distance = sw_allocate(atoms, sizeof *measured->distance);
    measured->nearest = sw_allocate(atoms, sizeof *measured->nearest);
    double *known = sw_allocate(atoms, sizeof *known);
    sw_status status = SW_ERROR_MEMORY;
    if (measured->distance && measured->nearest && known)
        status =
            sw_interface_distances(measured->distance, measured->nearest, &measured->interface,
                                   subset, fmax(measured->range, measured->near), context, error);
    for (size_t i = 0; i < atoms && status == SW_OK; i++)
        known[i] = measured->sides.side[i] != 0 && fabs(measured->distance[i]) < measured->range
                       ? measured->concentration[i]
                       : NAN;
    if (status == SW_OK)
        status = sw_step_fit_find(&measured->step, measured->distance, known, atoms);
    free(known);
    return status;
}

/* ---- angles ---------------------------------------------------------------------------------- */

/* Small patches have planes that continue by chance. */
static void choose_main(sw_interface_measured *measured) {
    double least = INFINITY;
    measured->main = SIZE_MAX;
    for (size_t p = 0; p < measured->with_angles; p++) {
        double mismatch = measured->angles[p].value[SW_PLANE_MISMATCH].value;
        if (measured->patches.list[p].atoms >= FEWEST && mismatch < least) {
            least = mismatch;
            measured->main = p;
        }
    }
}

static sw_status find_angles(sw_interface_measured *measured, const sw_atoms *subset,
                             const sw_instrument_settings *settings, sw_error *error) {
    const sw_angle_options options = {.near = measured->near,
                                      .layer = measured->layer,
                                      .planes = sw_setting_text(settings, "planes"),
                                      .repeats = sw_setting_count(settings, "repeats")};
    sw_plane_family planes[SW_PLANE_LIMIT];
    size_t count;
    sw_status status = sw_planes_of(planes, &count, options.planes, SW_CRYSTAL_FCC, error);
    for (size_t p = 0; p < measured->patches.count && p < SW_PATCHES_WITH_ANGLES && status == SW_OK;
         p++) {
        status = sw_interface_angles_find(&measured->angles[p], subset, &measured->patches, p,
                                          &measured->sides.map.grains, measured->distance,
                                          measured->nearest, &options, error);
        measured->with_angles = p + 1;
    }
    choose_main(measured);
    return status;
}

sw_status sw_interface_measure(sw_interface_measured *measured, sw_measurement *measurement,
                               const sw_atoms *subset, const uint32_t *index, const sw_atoms *atoms,
                               const sw_instrument_settings *settings, sw_context *context,
                               sw_error *error) {
    *measured = (sw_interface_measured){.range = sw_setting_number(settings, "range"),
                                        .near = sw_setting_number(settings, "near")};
    sw_status status = sw_interface_sides_create(&measured->sides, measurement, subset, index,
                                                 atoms, settings, context, error);
    if (status == SW_OK)
        status = find_nearest_distance(measured);
    if (status == SW_OK)
        status = find_contacts(measured, subset, settings, context, error);
    measured->layer = length_or(settings, "layer", measured->nearest_distance);
    if (status == SW_OK)
        status = find_coherency(measured, settings);
    if (status == SW_OK)
        status = find_profile(measured, subset, context, error);
    return status == SW_OK ? find_angles(measured, subset, settings, error) : status;
}

void sw_interface_measured_clear(sw_interface_measured *measured) {
    sw_interface_patches_clear(&measured->patches);
    sw_coherency_clear(&measured->coherency);
    sw_interface_clear(&measured->interface);
    sw_interface_sides_clear(&measured->sides);
    free(measured->distance);
    free(measured->nearest);
    free(measured->concentration);
}
