/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lattice/geometry.h"

#include "base/memory.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SHELL_TOLERANCE 0.01

static sw_status count_sites(uint32_t *sites, const sw_frame *frame, sw_error *error) {
    double product = (double)frame->basis_sites;
    for (int i = 0; i < 3; i++) {
        if (frame->size[i] > UINT16_MAX)
            return sw_error_set(error, SW_ERROR_MODEL, "frame.size", "make the frame shorter",
                                "the frame has %d cells along an axis; at most %d are possible",
                                frame->size[i], UINT16_MAX);
        product *= frame->size[i];
    }
    if (!(product >= 1.0 && product < 2147483000.0))
        return sw_error_set(error, SW_ERROR_MEMORY, "frame.size", "make the frame smaller",
                            "the frame would have %.3g sites; at most 2.1e9 are possible", product);
    *sites = (uint32_t)product;
    return SW_OK;
}

static void number_sites(sw_geometry *geometry) {
    uint32_t site = 0;
    for (int z = 0; z < geometry->size[2]; z++)
        for (int y = 0; y < geometry->size[1]; y++)
            for (int x = 0; x < geometry->size[0]; x++)
                for (int basis = 0; basis < geometry->basis_sites; basis++, site++) {
                    geometry->basis[site] = (uint8_t)basis;
                    geometry->cell[site][0] = (uint16_t)x;
                    geometry->cell[site][1] = (uint16_t)y;
                    geometry->cell[site][2] = (uint16_t)z;
                }
}

sw_status sw_geometry_create(sw_geometry *geometry, const sw_frame *frame, sw_error *error) {
    memset(geometry, 0, sizeof *geometry);
    geometry->frame = frame;
    memcpy(geometry->size, frame->size, sizeof geometry->size);
    geometry->basis_sites = (int)frame->basis_sites;
    for (int d = 0; d < 3; d++)
        geometry->room[d] = frame->periodic[d] ? INT_MAX : frame->size[d];
    sw_status status = count_sites(&geometry->sites, frame, error);
    if (status != SW_OK)
        return status;
    geometry->basis = sw_allocate(geometry->sites, 1);
    geometry->inner = sw_allocate((size_t)geometry->sites + 1, 1);
    geometry->cell = sw_allocate(geometry->sites, sizeof *geometry->cell);
    if (!geometry->basis || !geometry->inner || !geometry->cell) {
        sw_geometry_clear(geometry);
        return sw_error_set(error, SW_ERROR_MEMORY, "frame.size", "make the frame smaller",
                            "not enough memory for %u sites", geometry->sites);
    }
    number_sites(geometry);
    return SW_OK;
}

void sw_geometry_clear(sw_geometry *geometry) {
    free(geometry->basis);
    free(geometry->inner);
    free(geometry->cell);
    geometry->basis = NULL;
    geometry->inner = NULL;
    geometry->cell = NULL;
}

void sw_geometry_cell(int cell[3], const sw_geometry *geometry, uint32_t site) {
    uint32_t place = geometry->cell ? 0 : site / (uint32_t)geometry->basis_sites;
    for (int d = 0; d < 3; d++) {
        if (geometry->cell) {
            cell[d] = geometry->cell[site][d];
            continue;
        }
        cell[d] = (int)(place % (uint32_t)geometry->size[d]);
        place /= (uint32_t)geometry->size[d];
    }
}

void sw_geometry_forget_cells(sw_geometry *geometry) {
    free(geometry->cell);
    geometry->cell = NULL;
}

void sw_geometry_set_margin(sw_geometry *geometry, const int margin[3]) {
    memcpy(geometry->margin, margin, sizeof geometry->margin);
    for (uint32_t site = 0; site < geometry->sites; site++) {
        int cell[3];
        sw_geometry_cell(cell, geometry, site);
        bool inner = true;
        for (int i = 0; i < 3; i++)
            inner = inner && cell[i] >= margin[i] && cell[i] < geometry->size[i] - margin[i];
        geometry->inner[site] = inner;
    }
}

uint32_t sw_geometry_follow_slowly(const sw_geometry *geometry, uint32_t site, sw_step step) {
    if (site >= geometry->sites)
        return geometry->sites;
    int64_t index = 0;
    int home[3];
    sw_geometry_cell(home, geometry, site);
    for (int i = 2; i >= 0; i--) {
        int size = geometry->size[i];
        int cell = home[i] + step.cell[i];
        if (cell < 0 || cell >= size) {
            if (!geometry->frame->periodic[i])
                return geometry->sites;
            cell = cell < 0 ? cell + size : cell - size;
            if (cell < 0 || cell >= size) /* a step longer than the frame */
                cell = (cell % size + size) % size;
        }
        index = index * size + cell;
    }
    return (uint32_t)(index * geometry->basis_sites + step.basis);
}

static void cartesian(double vector[3], const sw_geometry *geometry, const double fraction[3]) {
    for (int i = 0; i < 3; i++) {
        vector[i] = 0.0;
        for (int j = 0; j < 3; j++)
            vector[i] += fraction[j] * geometry->frame->cell[j][i];
    }
}

void sw_geometry_position(double position[3], const sw_geometry *geometry, uint32_t site) {
    int cell[3];
    sw_geometry_cell(cell, geometry, site);
    const sw_basis_site *basis = &geometry->frame->basis[geometry->basis[site]];
    double fraction[3];
    for (int i = 0; i < 3; i++)
        fraction[i] = cell[i] + basis->position[i];
    cartesian(position, geometry, fraction);
}

void sw_geometry_vector(double vector[3], const sw_geometry *geometry, int basis, sw_step step) {
    const sw_basis_site *from = &geometry->frame->basis[basis];
    const sw_basis_site *to = &geometry->frame->basis[step.basis];
    double fraction[3];
    for (int i = 0; i < 3; i++)
        fraction[i] = step.cell[i] + to->position[i] - from->position[i];
    cartesian(vector, geometry, fraction);
}

sw_step sw_geometry_step(const sw_geometry *geometry, int basis, const int cell[3], int target) {
    sw_step step = {{(int8_t)cell[0], (int8_t)cell[1], (int8_t)cell[2]}, (uint8_t)target, 0};
    int64_t cells = ((int64_t)cell[2] * geometry->size[1] + cell[1]) * geometry->size[0] + cell[0];
    step.delta = (int32_t)(cells * geometry->basis_sites + target - basis);
    return step;
}

sw_step sw_geometry_join(const sw_geometry *geometry, int basis, sw_step a, sw_step b) {
    int cell[3];
    for (int i = 0; i < 3; i++)
        cell[i] = a.cell[i] + b.cell[i];
    return sw_geometry_step(geometry, basis, cell, b.basis);
}

sw_step sw_geometry_reverse(const sw_geometry *geometry, int basis, sw_step step) {
    int cell[3] = {-step.cell[0], -step.cell[1], -step.cell[2]};
    return sw_geometry_step(geometry, step.basis, cell, basis);
}

/* Height of the unit cell along each axis, A. */
static void cell_heights(double height[3], const sw_geometry *geometry) {
    const double(*cell)[3] = geometry->frame->cell;
    double volume = fabs(cell[0][0] * (cell[1][1] * cell[2][2] - cell[1][2] * cell[2][1]) -
                         cell[0][1] * (cell[1][0] * cell[2][2] - cell[1][2] * cell[2][0]) +
                         cell[0][2] * (cell[1][0] * cell[2][1] - cell[1][1] * cell[2][0]));
    for (int i = 0; i < 3; i++) {
        const double *a = cell[(i + 1) % 3];
        const double *b = cell[(i + 2) % 3];
        double normal[3] = {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2],
                            a[0] * b[1] - a[1] * b[0]};
        height[i] =
            volume / sqrt(normal[0] * normal[0] + normal[1] * normal[1] + normal[2] * normal[2]);
    }
}

/* Cells to search along each axis so that nothing within `distance` is missed. */
static void search_range(int range[3], const sw_geometry *geometry, double distance) {
    double height[3];
    cell_heights(height, geometry);
    for (int i = 0; i < 3; i++) {
        range[i] = (int)(distance / height[i]) + 2;
        if (range[i] > 100)
            range[i] = 100;
    }
}

void sw_geometry_widen_margin(int margin[3], const sw_geometry *geometry, double distance) {
    double height[3];
    cell_heights(height, geometry);
    for (int i = 0; i < 3; i++) {
        int cells = (int)(distance * (1.0 + SHELL_TOLERANCE) / height[i]) + 1;
        margin[i] = cells > margin[i] ? cells : margin[i];
    }
}

static bool in_shell(const sw_geometry *geometry, int basis, sw_step step, double distance,
                     bool within) {
    double vector[3];
    sw_geometry_vector(vector, geometry, basis, step);
    double length = sqrt(vector[0] * vector[0] + vector[1] * vector[1] + vector[2] * vector[2]);
    if (length < 1e-6)
        return false;
    if (within)
        return length <= distance * (1.0 + SHELL_TOLERANCE);
    return fabs(length - distance) <= SHELL_TOLERANCE * distance;
}

static sw_status add_cell(sw_steps *steps, const sw_geometry *geometry, int basis,
                          sw_kind_set kinds, const int cell[3], double distance, bool within) {
    for (int target = 0; target < geometry->basis_sites; target++) {
        if (!(sw_geometry_kind_bit(geometry, target) & kinds))
            continue;
        sw_step step = sw_geometry_step(geometry, basis, cell, target);
        if (!in_shell(geometry, basis, step, distance, within))
            continue;
        sw_status status = sw_steps_add(steps, step);
        if (status != SW_OK)
            return status;
    }
    return SW_OK;
}

bool sw_geometry_meet(const sw_geometry *geometry, sw_step a, sw_step b) {
    bool same = a.basis == b.basis;
    for (int d = 0; d < 3 && same; d++) {
        int between = a.cell[d] - b.cell[d];
        same = geometry->frame->periodic[d] ? between % geometry->size[d] == 0 : between == 0;
    }
    return same;
}

int sw_geometry_compare(const sw_geometry *geometry, int basis, sw_step a, sw_step b) {
    double u[3], v[3];
    sw_geometry_vector(u, geometry, basis, a);
    sw_geometry_vector(v, geometry, basis, b);
    for (int i = 0; i < 3; i++)
        if (fabs(u[i] - v[i]) > 1e-4)
            return u[i] < v[i] ? -1 : 1;
    return 0;
}

typedef struct sort_context {
    const sw_geometry *geometry;
    int basis;
} sort_context;

static int compare_steps(const void *a, const void *b, void *user) {
    const sort_context *context = user;
    return sw_geometry_compare(context->geometry, context->basis, *(const sw_step *)a,
                               *(const sw_step *)b);
}

/* Sites that a translation makes equal then list their neighbours in the same order. */
static void sort_by_vector(sw_step *list, size_t count, const sw_geometry *geometry, int basis) {
    sort_context context = {geometry, basis};
    if (count > 1)
        qsort_r(list, count, sizeof *list, compare_steps, &context);
}

sw_status sw_geometry_shell(sw_steps *steps, const sw_geometry *geometry, int basis,
                            sw_kind_set kinds, double distance, bool within) {
    int range[3];
    size_t first = steps->count;
    search_range(range, geometry, distance);
    for (int z = -range[2]; z <= range[2]; z++)
        for (int y = -range[1]; y <= range[1]; y++)
            for (int x = -range[0]; x <= range[0]; x++) {
                const int cell[3] = {x, y, z};
                sw_status status = add_cell(steps, geometry, basis, kinds, cell, distance, within);
                if (status != SW_OK)
                    return status;
            }
    sort_by_vector(steps->list + first, steps->count - first, geometry, basis);
    return SW_OK;
}

sw_status sw_steps_add(sw_steps *steps, sw_step step) {
    if (!sw_reserve(&steps->list, &steps->capacity, steps->count + 1, sizeof *steps->list))
        return SW_ERROR_MEMORY;
    steps->list[steps->count++] = step;
    return SW_OK;
}

sw_status sw_steps_add_once(sw_steps *steps, sw_step step, size_t *index) {
    for (size_t i = 0; i < steps->count; i++)
        if (sw_step_equal(steps->list[i], step)) {
            if (index)
                *index = i;
            return SW_OK;
        }
    if (index)
        *index = steps->count;
    return sw_steps_add(steps, step);
}

void sw_steps_clear(sw_steps *steps) {
    free(steps->list);
    memset(steps, 0, sizeof *steps);
}
