/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/interface_angles.h"

#include "base/matrix.h"
#include "base/memory.h"
#include "base/rotation.h"
#include "base/sorting.h"
#include "structure/box.h"
#include "structure/orientation.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define STEPS 20 /* between two wave vectors, for the layer */
#define FEWEST 8 /* atoms of a zone */
#define SEED 20240913

enum { FIRST, LAYER, SECOND, ZONES };

typedef struct sw_zone {
    double (*place)[3]; /* A, about the middle of the patch */
    double *weight;     /* of a draw */
    size_t count;
    sw_orientation_mean mean;
} sw_zone;

typedef struct sw_angle_work {
    sw_zone zone[ZONES];
    double normal[3];
    double start[ZONES][3];  /* wave vectors of the continuing planes */
    double facing[ZONES][3]; /* of the facing planes; of no use for the layer */
} sw_angle_work;

/* ---- zones ----------------------------------------------------------------------------------- */

/* The zones of an atom, bit by bit: 1 first, 2 layer, 4 second. */
static unsigned zones_of(const sw_interface_patch *patch, uint32_t grain, double distance,
                         const sw_angle_options *options) {
    unsigned zones = 0;
    if (fabs(distance) < options->layer)
        zones |= 1u << LAYER;
    if (grain == patch->first_grain && distance <= -options->layer && distance > -options->near)
        zones |= 1u << FIRST;
    if (grain == patch->second_grain && distance >= options->layer && distance < options->near)
        zones |= 1u << SECOND;
    return zones;
}

static void add_orientation(sw_zone *zone, const sw_crystal_grains *grains, size_t atom) {
    const double *q = grains->orientation[atom];
    if (zone->mean.count == 0)
        memcpy(zone->mean.reference, grains->list[grains->of[atom]].orientation,
               sizeof zone->mean.reference);
    sw_orientation_mean_add(&zone->mean, q, grains->list[grains->of[atom]].crystal);
}

static sw_status allocate_zones(sw_angle_work *work, size_t most) {
    for (int z = 0; z < ZONES; z++) {
        work->zone[z].place = sw_allocate(most, sizeof *work->zone[z].place);
        work->zone[z].weight = sw_allocate(most, sizeof *work->zone[z].weight);
        if (!work->zone[z].place || !work->zone[z].weight)
            return SW_ERROR_MEMORY;
    }
    return SW_OK;
}

static sw_status fill_zones(sw_angle_work *work, const sw_atoms *atoms,
                            const sw_interface_patches *patches, size_t number,
                            const sw_crystal_grains *grains, const double *distance,
                            const uint32_t *nearest, const sw_angle_options *options) {
    const sw_interface_patch *patch = &patches->list[number];
    const double *position = sw_atoms_positions_const(atoms);
    size_t own = 0;
    sw_box box;
    for (size_t i = 0; i < grains->atoms; i++)
        own += nearest[i] != UINT32_MAX && patches->of_contact[nearest[i]] == number;
    sw_status status = sw_box_create(&box, atoms, NULL);
    if (status == SW_OK)
        status = allocate_zones(work, own);
    for (size_t i = 0; i < grains->atoms && status == SW_OK; i++) {
        if (nearest[i] == UINT32_MAX || patches->of_contact[nearest[i]] != number)
            continue;
        double place[3];
        for (size_t d = 0; d < 3; d++)
            place[d] = position[3 * i + d] - patch->middle[d];
        sw_box_nearest_image(place, &box);
        unsigned zones = zones_of(patch, grains->of[i], distance[i], options);
        for (int z = 0; z < ZONES; z++)
            if (zones >> z & 1) {
                memcpy(work->zone[z].place[work->zone[z].count++], place, sizeof place);
                if (z != LAYER && !grains->rim[i])
                    add_orientation(&work->zone[z], grains, i);
            }
    }
    return status;
}

/* ---- which planes ---------------------------------------------------------------------------- */

/* Wave vectors (1/A, axes of the file) of a side's planes. */
static void turn_planes(double (*wave)[3], const sw_plane_family *planes, size_t count,
                        const sw_zone *zone, const sw_crystal_grain *grain) {
    double q[4], rotation[3][3];
    if (zone->mean.count > 0)
        sw_orientation_mean_take(q, &zone->mean);
    else
        memcpy(q, grain->orientation, sizeof q);
    sw_rotation_of_quaternion(rotation, q);
    for (size_t p = 0; p < count; p++) {
        sw_rotation_apply(wave[p], (const double(*)[3])rotation, planes[p].normal);
        for (int d = 0; d < 3; d++)
            wave[p][d] /= grain->lattice;
    }
}

static double difference(const double a[3], const double b[3], double sign) {
    const double apart[3] = {a[0] - sign * b[0], a[1] - sign * b[1], a[2] - sign * b[2]};
    return sw_vector_length(apart) / (sw_vector_length(a) + sw_vector_length(b));
}

static void choose_continuing(sw_angle_work *work, sw_interface_angles *angles,
                              const sw_plane_family *first, const double (*first_wave)[3],
                              size_t firsts, const sw_plane_family *second,
                              const double (*second_wave)[3], size_t seconds) {
    double least = INFINITY;
    for (size_t a = 0; a < firsts; a++)
        for (size_t b = 0; b < 2 * seconds; b++) {
            double sign = b & 1 ? -1.0 : 1.0;
            double apart = difference(first_wave[a], second_wave[b / 2], sign);
            if (apart >= least - 1e-9)
                continue;
            least = apart;
            angles->first = first[a];
            angles->second = second[b / 2];
            for (int d = 0; d < 3; d++) {
                work->start[FIRST][d] = first_wave[a][d];
                work->start[SECOND][d] = sign * second_wave[b / 2][d];
            }
        }
}

static void choose_facing(double facing[3], sw_plane_family *family, const double normal[3],
                          const sw_plane_family *planes, const double (*wave)[3], size_t count) {
    double most = -1.0;
    for (size_t p = 0; p < count; p++) {
        double along = sw_vector_dot(wave[p], normal) / sw_vector_dot(wave[p], wave[p]);
        if (fabs(along) <= most + 1e-9)
            continue;
        most = fabs(along);
        *family = planes[p];
        for (int d = 0; d < 3; d++)
            facing[d] = along < 0.0 ? -wave[p][d] : wave[p][d];
    }
}

static sw_status choose_planes(sw_angle_work *work, sw_interface_angles *angles,
                               const sw_crystal_grain *first, const sw_crystal_grain *second,
                               const char *text, sw_error *error) {
    sw_plane_family planes[2][SW_PLANE_LIMIT];
    double wave[2][SW_PLANE_LIMIT][3];
    size_t count[2];
    sw_status status = sw_planes_of(planes[0], &count[0], text, first->crystal, error);
    if (status == SW_OK)
        status = sw_planes_of(planes[1], &count[1], text, second->crystal, error);
    angles->found = status == SW_OK && count[0] > 0 && count[1] > 0 &&
                    work->zone[FIRST].count >= FEWEST && work->zone[SECOND].count >= FEWEST;
    if (!angles->found)
        return status;
    turn_planes(wave[0], planes[0], count[0], &work->zone[FIRST], first);
    turn_planes(wave[1], planes[1], count[1], &work->zone[SECOND], second);
    choose_continuing(work, angles, planes[0], (const double(*)[3])wave[0], count[0], planes[1],
                      (const double(*)[3])wave[1], count[1]);
    choose_facing(work->facing[FIRST], &angles->facing_first, work->normal, planes[0],
                  (const double(*)[3])wave[0], count[0]);
    choose_facing(work->facing[SECOND], &angles->facing_second, work->normal, planes[1],
                  (const double(*)[3])wave[1], count[1]);
    return SW_OK;
}

/* The wave vector on the way from the first to the second side that the layer shows best. */
static void start_layer(sw_angle_work *work, const double first[3], const double second[3]) {
    const sw_zone *layer = &work->zone[LAYER];
    double best = -1.0;
    for (int s = 0; s <= STEPS; s++) {
        double k[3], part = (double)s / STEPS;
        for (int d = 0; d < 3; d++)
            k[d] = (1.0 - part) * first[d] + part * second[d];
        double contrast =
            sw_plane_contrast((const double(*)[3])layer->place, NULL, layer->count, k);
        if (contrast <= best)
            continue;
        best = contrast;
        memcpy(work->start[LAYER], k, sizeof k);
    }
}

/* ---- the numbers ----------------------------------------------------------------------------- */

static sw_status fit_zone(sw_plane_fit *fit, const sw_zone *zone, bool drawn,
                          const double start[3]) {
    return sw_plane_fit_find(fit, (const double(*)[3])zone->place, drawn ? zone->weight : NULL,
                             zone->count, start);
}

static double angle_of(const sw_plane_fit *a, const sw_plane_fit *b) {
    return a->found && b->found ? sw_plane_angle(a->k, b->k) : NAN;
}

static double spacing_of(const sw_plane_fit *fit) {
    return fit->found ? 1.0 / sw_vector_length(fit->k) : NAN;
}

/* The turn from a to b: its parts in the surface and about its normal. */
static void part_turn(double *bend, double *twist, const double a[3], const double b[3],
                      const double normal[3]) {
    double axis[3], angle = sw_plane_angle(a, b);
    sw_vector_cross(axis, a, b);
    double length = sw_vector_length(axis);
    double along = length > 0.0 ? sw_vector_dot(axis, normal) / length : 0.0;
    *twist = angle * fabs(along);
    *bend = angle * sqrt(fmax(1.0 - along * along, 0.0));
}

/* All numbers from the zones as they are, or as they are drawn. */
static sw_status measure(double value[SW_INTERFACE_ANGLES], sw_angle_work *work, bool drawn) {
    sw_plane_fit fit[ZONES], facing[ZONES];
    sw_status status = SW_OK;
    for (int z = FIRST; z <= SECOND && status == SW_OK; z += 2) {
        status = fit_zone(&fit[z], &work->zone[z], drawn, work->start[z]);
        if (status == SW_OK)
            status = fit_zone(&facing[z], &work->zone[z], drawn, work->facing[z]);
    }
    if (status != SW_OK)
        return status;
    if (!drawn && fit[FIRST].found && fit[SECOND].found)
        start_layer(work, fit[FIRST].k, fit[SECOND].k);
    status = fit_zone(&fit[LAYER], &work->zone[LAYER], drawn, work->start[LAYER]);
    if (status != SW_OK)
        return status;
    value[SW_ANGLE_BEND] = value[SW_ANGLE_TWIST] = value[SW_PLANE_MISMATCH] = NAN;
    if (fit[FIRST].found && fit[SECOND].found) {
        value[SW_PLANE_MISMATCH] = difference(fit[FIRST].k, fit[SECOND].k, 1.0);
        part_turn(&value[SW_ANGLE_BEND], &value[SW_ANGLE_TWIST], fit[FIRST].k, fit[SECOND].k,
                  work->normal);
    }
    value[SW_ANGLE_BETWEEN] = angle_of(&fit[FIRST], &fit[SECOND]);
    value[SW_ANGLE_FIRST_TO_LAYER] = angle_of(&fit[FIRST], &fit[LAYER]);
    value[SW_ANGLE_LAYER_TO_SECOND] = angle_of(&fit[LAYER], &fit[SECOND]);
    value[SW_ANGLE_WEDGE] = angle_of(&facing[FIRST], &facing[SECOND]);
    value[SW_SPACING_FIRST] = spacing_of(&fit[FIRST]);
    value[SW_SPACING_LAYER] = spacing_of(&fit[LAYER]);
    value[SW_SPACING_SECOND] = spacing_of(&fit[SECOND]);
    return SW_OK;
}

/* ---- intervals ------------------------------------------------------------------------------- */

static void draw(sw_zone *zone, sw_random *random) {
    memset(zone->weight, 0, zone->count * sizeof *zone->weight);
    for (size_t n = 0; n < zone->count; n++) {
        size_t atom = (size_t)(sw_random_uniform(random) * (double)zone->count);
        zone->weight[atom < zone->count ? atom : zone->count - 1] += 1.0;
    }
}

/* The middle 95 % of the draws, widened to hold the value. */
static void set_interval(sw_interval *interval, double *draws, size_t count) {
    interval->low = interval->high = NAN;
    if (count < 2 || isnan(interval->value))
        return;
    sw_sort_numbers(draws, count);
    interval->low = fmin(draws[(size_t)(0.025 * (double)(count - 1))], interval->value);
    interval->high = fmax(draws[(size_t)ceil(0.975 * (double)(count - 1))], interval->value);
}

static sw_status repeat(sw_interface_angles *angles, sw_angle_work *work, size_t repeats) {
    double *draws = sw_allocate(repeats, SW_INTERFACE_ANGLES * sizeof *draws);
    size_t count[SW_INTERFACE_ANGLES] = {0};
    sw_status status = draws ? SW_OK : SW_ERROR_MEMORY;
    for (size_t r = 0; r < repeats && status == SW_OK; r++) {
        double value[SW_INTERFACE_ANGLES];
        sw_random random = sw_random_create(SEED, r);
        for (int z = 0; z < ZONES; z++)
            draw(&work->zone[z], &random);
        status = measure(value, work, true);
        for (int v = 0; v < SW_INTERFACE_ANGLES && status == SW_OK; v++)
            if (!isnan(value[v]))
                draws[(size_t)v * repeats + count[v]++] = value[v];
    }
    for (int v = 0; v < SW_INTERFACE_ANGLES && status == SW_OK; v++)
        set_interval(&angles->value[v], &draws[(size_t)v * repeats], count[v]);
    free(draws);
    return status;
}

static sw_status find(sw_interface_angles *angles, sw_angle_work *work,
                      const sw_angle_options *options) {
    double value[SW_INTERFACE_ANGLES];
    sw_status status = measure(value, work, false);
    if (status != SW_OK)
        return status;
    for (int v = 0; v < SW_INTERFACE_ANGLES; v++)
        angles->value[v].value = value[v];
    return options->repeats >= 2 ? repeat(angles, work, options->repeats) : SW_OK;
}

sw_status sw_interface_angles_find(sw_interface_angles *angles, const sw_atoms *atoms,
                                   const sw_interface_patches *patches, size_t patch,
                                   const sw_crystal_grains *grains, const double *distance,
                                   const uint32_t *nearest, const sw_angle_options *options,
                                   sw_error *error) {
    const sw_interface_patch *of = &patches->list[patch];
    sw_angle_work work = {.normal = {of->normal[0], of->normal[1], of->normal[2]}};
    *angles = (sw_interface_angles){.found = false};
    for (int v = 0; v < SW_INTERFACE_ANGLES; v++)
        angles->value[v] = (sw_interval){NAN, NAN, NAN};
    if (of->first_grain == SW_NO_GRAIN || of->second_grain == SW_NO_GRAIN)
        return SW_OK;
    sw_status status = fill_zones(&work, atoms, patches, patch, grains, distance, nearest, options);
    for (int z = 0; z < ZONES; z++)
        angles->atoms[z] = work.zone[z].count;
    if (status == SW_OK)
        status = choose_planes(&work, angles, &grains->list[of->first_grain],
                               &grains->list[of->second_grain], options->planes, error);
    if (status == SW_OK && angles->found)
        status = find(angles, &work, options);
    for (int z = 0; z < ZONES; z++) {
        free(work.zone[z].place);
        free(work.zone[z].weight);
    }
    return status;
}
