/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lattice/figures.h"

#include "base/matrix.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

#define DISTANCE_TOLERANCE 0.01

/* The frame has no two sites that far apart along a closed axis. */
static bool leaves(const sw_geometry *geometry, const sw_placement *placement, size_t points) {
    for (size_t i = 0; i < points; i++)
        for (size_t j = 0; j < i; j++)
            for (int d = 0; d < 3; d++)
                if (abs(placement->point[i].cell[d] - placement->point[j].cell[d]) >=
                    geometry->room[d])
                    return true;
    return false;
}

static sw_status add_placement(sw_placements *placements, const sw_geometry *geometry,
                               const sw_placement *placement, size_t points) {
    if (leaves(geometry, placement, points))
        return SW_OK;
    if (!sw_reserve(&placements->list, &placements->capacity, placements->count + 1,
                    sizeof *placements->list))
        return SW_ERROR_MEMORY;
    placements->list[placements->count++] = *placement;
    return SW_OK;
}

/* ---- by distance ----------------------------------------------------------------------------- */

typedef struct figure_search {
    sw_placements *placements;
    const sw_geometry *geometry;
    const sw_cluster_term *term;
    int basis;
    sw_placement placement;
} figure_search;

static bool fits(const figure_search *search, size_t point, sw_step candidate) {
    double a[3], b[3];
    sw_geometry_vector(b, search->geometry, search->basis, candidate);
    for (size_t i = 0; i < point; i++) {
        sw_geometry_vector(a, search->geometry, search->basis, search->placement.point[i]);
        const double between[3] = {b[0] - a[0], b[1] - a[1], b[2] - a[2]};
        double length = sw_vector_length(between), wanted = search->term->distance[i][point];
        if (fabs(length - wanted) > DISTANCE_TOLERANCE * wanted || length < 1e-6)
            return false;
    }
    return true;
}

static sw_status place_point(figure_search *search, size_t point) {
    const sw_cluster_term *term = search->term;
    if (point >= term->points || point >= SW_POINT_LIMIT)
        return add_placement(search->placements, search->geometry, &search->placement,
                             term->points);
    sw_steps shell = {0};
    sw_status status = sw_geometry_shell(&shell, search->geometry, search->basis,
                                         term->kinds[point], term->distance[0][point], false);
    for (size_t i = 0; i < shell.count && status == SW_OK; i++) {
        if (!fits(search, point, shell.list[i]))
            continue;
        search->placement.point[point] = shell.list[i];
        status = place_point(search, point + 1);
    }
    sw_steps_clear(&shell);
    return status;
}

static sw_status find_by_distance(sw_placements *placements, const sw_geometry *geometry,
                                  const sw_cluster_term *term) {
    sw_status status = SW_OK;
    for (int basis = 0; basis < geometry->basis_sites && status == SW_OK; basis++) {
        if (!(sw_geometry_kind_bit(geometry, basis) & term->kinds[0]))
            continue;
        figure_search search = {
            .placements = placements, .geometry = geometry, .term = term, .basis = basis};
        search.placement.point[0] = (sw_step){.basis = (uint8_t)basis};
        status = place_point(&search, 1);
    }
    return status;
}

/* ---- by symmetry ----------------------------------------------------------------------------- */

/* The site at a place (A); false where there is none. */
static bool find_site(int *basis, int cell[3], const sw_frame *frame, const double place[3]) {
    double inverse[3][3], fraction[3];
    if (!sw_matrix_inverse(inverse, frame->cell))
        return false;
    sw_matrix_row_product(fraction, place, (const double(*)[3])inverse);
    for (*basis = 0; *basis < (int)frame->basis_sites; (*basis)++) {
        double rest[3], vector[3];
        for (int d = 0; d < 3; d++) {
            rest[d] = fraction[d] - frame->basis[*basis].position[d];
            cell[d] = (int)lround(rest[d]);
            rest[d] -= cell[d];
        }
        sw_matrix_row_product(vector, rest, frame->cell);
        if (sw_vector_length(vector) < DISTANCE_TOLERANCE * frame->lattice_constant)
            return true;
    }
    return false;
}

static bool same_placement(const sw_placement *a, const sw_placement *b, size_t points) {
    for (size_t i = 0; i < points; i++)
        if (!sw_step_equal(a->point[i], b->point[i]))
            return false;
    return true;
}

static sw_status add_image(sw_placements *placements, size_t first, const sw_geometry *geometry,
                           const sw_group_operation *operation, const int basis[SW_POINT_LIMIT],
                           int cell[SW_POINT_LIMIT][3], size_t points) {
    sw_placement image = {0};
    int origin[3] = {0}, from = 0;
    for (size_t i = 0; i < points; i++) {
        int b = basis[i], c[3] = {cell[i][0], cell[i][1], cell[i][2]};
        sw_space_group_apply(&b, c, operation);
        for (int d = 0; d < 3; d++) {
            origin[d] = i == 0 ? c[d] : origin[d];
            c[d] -= origin[d];
        }
        from = i == 0 ? b : from;
        image.point[i] = sw_geometry_step(geometry, from, c, b);
    }
    for (size_t p = first; p < placements->count; p++)
        if (same_placement(&placements->list[p], &image, points))
            return SW_OK;
    return add_placement(placements, geometry, &image, points);
}

static sw_status find_by_symmetry(sw_placements *placements, const sw_geometry *geometry,
                                  const sw_cluster_term *term, const sw_space_group *symmetry) {
    int basis[SW_POINT_LIMIT], cell[SW_POINT_LIMIT][3];
    size_t first = placements->count;
    sw_status status = SW_OK;
    for (size_t i = 0; i < term->points; i++)
        if (!find_site(&basis[i], cell[i], geometry->frame, term->place[i]))
            return SW_ERROR_ARGUMENT;
    for (size_t o = 0; o < symmetry->count && status == SW_OK; o++)
        status =
            add_image(placements, first, geometry, &symmetry->list[o], basis, cell, term->points);
    return status;
}

sw_status sw_figures_find(sw_placements *placements, const sw_geometry *geometry,
                          const sw_cluster_term *term, const sw_space_group *symmetry) {
    return term->placed ? find_by_symmetry(placements, geometry, term, symmetry)
                        : find_by_distance(placements, geometry, term);
}

void sw_placements_clear(sw_placements *placements) {
    free(placements->list);
    *placements = (sw_placements){0};
}

bool sw_figures_need_symmetry(const sw_energetics *energetics) {
    for (size_t t = 0; t < energetics->cluster_terms; t++)
        if (energetics->cluster[t].placed)
            return true;
    return false;
}

sw_cluster_term sw_figures_of_pair(const sw_pair_term *pair) {
    sw_cluster_term term = {.points = 2, .energy = pair->energy};
    for (int end = 0; end < 2; end++) {
        term.species[end] = pair->species[end];
        term.kinds[end] = pair->kinds[end];
    }
    term.distance[0][1] = term.distance[1][0] = pair->distance;
    return term;
}
