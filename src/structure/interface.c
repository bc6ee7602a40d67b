/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/interface.h"

#include "base/matrix.h"
#include "base/memory.h"
#include "structure/grid.h"
#include "structure/neighbours.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PASSES 2       /* of two averages each, for the normals */
#define GRID_PARTS 3.0 /* cells of the grid along the range */

/* ---- faces ----------------------------------------------------------------------------------- */

static bool touches(const sw_voronoi *voronoi, const uint8_t *side, size_t atom, size_t k,
                    double reach) {
    return side[atom] == 1 && side[voronoi->neighbour[k]] == 2 &&
           sw_vector_length(voronoi->vector[k]) < reach;
}

static size_t count_contacts(const sw_voronoi *voronoi, const uint8_t *side, double reach) {
    size_t count = 0;
    for (size_t i = 0; i < voronoi->atoms; i++)
        for (size_t k = voronoi->first[i]; k < voronoi->first[i + 1]; k++)
            count += touches(voronoi, side, i, k, reach);
    return count;
}

static double area_of(const sw_voronoi *voronoi, size_t atom, size_t k,
                      const sw_interface_options *options) {
    double area = voronoi->area[k];
    bool outside = !isfinite(area) ||
                   sw_voronoi_at_surface(&voronoi->atom[atom], options->farthest) ||
                   sw_voronoi_at_surface(&voronoi->atom[voronoi->neighbour[k]], options->farthest);
    return outside && !(area < options->largest) ? options->largest : area;
}

static void fill_contacts(sw_interface *interface, const sw_atoms *atoms, const sw_voronoi *voronoi,
                          const uint8_t *side, const sw_interface_options *options) {
    const double *position = sw_atoms_positions_const(atoms);
    size_t c = 0;
    for (size_t i = 0; i < voronoi->atoms; i++)
        for (size_t k = voronoi->first[i]; k < voronoi->first[i + 1]; k++) {
            if (!touches(voronoi, side, i, k, options->reach))
                continue;
            sw_contact *contact = &interface->contact[c];
            contact->first = (uint32_t)i;
            contact->second = voronoi->neighbour[k];
            contact->area = area_of(voronoi, i, k, options);
            contact->counts = k < voronoi->first[i] + voronoi->atom[i].coordination;
            interface->face_area += contact->area;
            for (size_t d = 0; d < 3; d++) {
                contact->vector[d] = voronoi->vector[k][d];
                contact->middle[d] = position[3 * i + d] + 0.5 * contact->vector[d];
                sw_atoms_positions(interface->middles)[3 * c + d] = contact->middle[d];
            }
            c++;
        }
}

/* ---- the smooth surface ---------------------------------------------------------------------- */

static double weight_at(double distance, double radius) {
    double part = distance / radius;
    return part < 1.0 ? (1.0 - part * part) * (1.0 - part * part) : 0.0;
}

static void normalise(double vector[3]) {
    double length = sw_vector_length(vector);
    for (int d = 0; d < 3 && length > 0.0; d++)
        vector[d] /= length;
}

/* Weighted means of `from` (one vector a contact, times its area) into `to`, made unit vectors. */
static void average(double (*to)[3], const double (*from)[3], const sw_interface *interface,
                    const sw_neighbours *near) {
    for (size_t c = 0; c < interface->contacts; c++) {
        for (int d = 0; d < 3; d++)
            to[c][d] = interface->contact[c].area * from[c][d];
        for (size_t k = near->first[c]; k < near->first[c + 1]; k++) {
            size_t other = near->index[k];
            double weight =
                weight_at(near->distance[k], interface->radius) * interface->contact[other].area;
            for (int d = 0; d < 3; d++)
                to[c][d] += weight * from[other][d];
        }
        normalise(to[c]);
    }
}

static void find_centre(sw_contact *contact, size_t c, const sw_interface *interface,
                        const sw_neighbours *near) {
    double total = contact->area;
    memset(contact->offset, 0, sizeof contact->offset);
    for (size_t k = near->first[c]; k < near->first[c + 1]; k++) {
        double weight = weight_at(near->distance[k], interface->radius) *
                        interface->contact[near->index[k]].area;
        total += weight;
        for (int d = 0; d < 3; d++)
            contact->offset[d] += weight * near->vector[k][d];
    }
    for (int d = 0; d < 3 && total > 0.0; d++)
        contact->offset[d] /= total;
}

static sw_status smooth_surface(sw_interface *interface, const sw_neighbours *near) {
    double(*unit)[3] = sw_allocate(interface->contacts, sizeof *unit);
    double(*mean)[3] = sw_allocate(interface->contacts, sizeof *mean);
    for (size_t c = 0; unit && mean && c < interface->contacts; c++) {
        memcpy(unit[c], interface->contact[c].vector, sizeof unit[c]);
        normalise(unit[c]);
    }
    if (unit && mean) {
        for (int pass = 0; pass < PASSES; pass++) {
            average(mean, (const double(*)[3])unit, interface, near);
            average(unit, (const double(*)[3])mean, interface, near);
        }
    }
    for (size_t c = 0; unit && mean && c < interface->contacts; c++) {
        sw_contact *contact = &interface->contact[c];
        double own[3] = {contact->vector[0], contact->vector[1], contact->vector[2]};
        normalise(own);
        memcpy(contact->normal, unit[c], sizeof contact->normal);
        contact->flat = contact->area * sw_vector_dot(own, contact->normal);
        interface->area += contact->flat;
        find_centre(contact, c, interface, near);
    }
    sw_status status = unit && mean ? SW_OK : SW_ERROR_MEMORY;
    free(unit);
    free(mean);
    return status;
}

static sw_status make(sw_interface *interface, const sw_atoms *atoms, const sw_voronoi *voronoi,
                      const uint8_t *side, const sw_interface_options *options, sw_context *context,
                      sw_error *error) {
    double cell[3][3];
    bool periodic[3];
    sw_neighbours near;
    interface->contacts = count_contacts(voronoi, side, options->reach);
    interface->contact = sw_allocate(interface->contacts, sizeof *interface->contact);
    if (interface->contact == NULL)
        return SW_ERROR_MEMORY;
    sw_status status = sw_atoms_create(&interface->middles, interface->contacts);
    if (status != SW_OK)
        return status;
    fill_contacts(interface, atoms, voronoi, side, options);
    if (sw_atoms_cell(atoms, cell, periodic))
        sw_atoms_set_cell(interface->middles, (const double(*)[3])cell, periodic);
    if (interface->contacts == 0)
        return SW_OK;
    status = sw_neighbours_within(&near, interface->middles, interface->radius,
                                  SW_NEIGHBOURS_AS_FOUND, context, error);
    if (status != SW_OK)
        return status;
    status = smooth_surface(interface, &near);
    sw_neighbours_clear(&near);
    return status;
}

sw_status sw_interface_create(sw_interface *interface, const sw_atoms *atoms,
                              const sw_voronoi *voronoi, const uint8_t *side,
                              const sw_interface_options *options, sw_context *context,
                              sw_error *error) {
    *interface = (sw_interface){.radius = options->radius};
    sw_status status = make(interface, atoms, voronoi, side, options, context, error);
    if (status != SW_OK)
        sw_interface_clear(interface);
    return status;
}

void sw_interface_clear(sw_interface *interface) {
    free(interface->contact);
    sw_atoms_destroy(interface->middles);
    *interface = (sw_interface){0};
}

/* ---- distances ------------------------------------------------------------------------------- */

typedef struct sw_distance_work {
    const sw_interface *interface;
    sw_grid grid; /* of the atoms */
    int64_t reach[3];
    sw_grid_run *runs;
    double *least;    /* [atoms] squared distance to the nearest contact so far, A^2 */
    double *distance; /* [atoms] */
    uint32_t *nearest;
} sw_distance_work;

/* Along the normal of a contact, from the middle of its bond; NaN beside the surface. */
static double along_normal(const sw_contact *contact, const double from[3], double radius) {
    double own[3], aside = 0.0;
    for (int d = 0; d < 3; d++)
        own[d] = from[d] - contact->offset[d];
    double along = sw_vector_dot(own, contact->normal);
    for (int d = 0; d < 3; d++)
        aside += pow(own[d] - along * contact->normal[d], 2);
    return aside > radius * radius ? NAN : along;
}

/* A contact tells the atoms around it that are nearer to it than to those before it. */
static void spread_contact(sw_distance_work *work, size_t c) {
    const sw_grid *grid = &work->grid;
    const sw_contact *contact = &work->interface->contact[c];
    double at[3];
    size_t count = sw_grid_runs_around(work->runs, at, grid, contact->middle, work->reach);
    for (size_t r = 0; r < count; r++)
        for (size_t place = work->runs[r].first; place < work->runs[r].end; place++) {
            double square = sw_grid_squared(grid, place, &work->runs[r], at), from[3];
            uint32_t atom = grid->order[place];
            if (square >= work->least[atom])
                continue;
            work->least[atom] = square;
            for (int d = 0; d < 3; d++)
                from[d] = grid->position[place][d] + work->runs[r].shift[d] - at[d];
            work->distance[atom] = along_normal(contact, from, work->interface->radius);
            work->nearest[atom] = (uint32_t)c;
        }
}

static sw_status spread_all(sw_distance_work *work, double range, sw_context *context) {
    sw_grid_reach(work->reach, &work->grid, range);
    work->runs = sw_allocate(sw_grid_run_limit(&work->grid, work->reach), sizeof *work->runs);
    work->least = sw_allocate(work->grid.atoms, sizeof *work->least);
    if (!work->runs || !work->least)
        return SW_ERROR_MEMORY;
    for (size_t i = 0; i < work->grid.atoms; i++)
        work->least[i] = range * range;
    for (size_t c = 0; c < work->interface->contacts; c++) {
        if (sw_context_cancelled(context))
            return SW_ERROR_CANCELLED;
        spread_contact(work, c);
    }
    for (size_t i = 0; i < work->grid.atoms; i++)
        if (isnan(work->distance[i]))
            work->nearest[i] = UINT32_MAX;
    return SW_OK;
}

sw_status sw_interface_distances(double *distance, uint32_t *nearest, const sw_interface *interface,
                                 const sw_atoms *atoms, double range, sw_context *context,
                                 sw_error *error) {
    sw_distance_work work = {.interface = interface, .distance = distance, .nearest = nearest};
    for (size_t i = 0; i < sw_atoms_count(atoms); i++) {
        distance[i] = NAN;
        nearest[i] = UINT32_MAX;
    }
    if (interface->contacts == 0)
        return SW_OK;
    sw_status status = sw_grid_create(&work.grid, atoms, range / GRID_PARTS, error);
    if (status != SW_OK)
        return status;
    status = spread_all(&work, range, context);
    free(work.runs);
    free(work.least);
    sw_grid_clear(&work.grid);
    return status;
}
