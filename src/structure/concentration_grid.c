/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/concentration_grid.h"

#include "base/matrix.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST_POINTS ((double)(1 << 25))
#define LINEAR_VARIANCE (1.0 / 6.0) /* of linear weights, in steps squared */
#define REACH 4.0                   /* standard deviations of the kernel */
#define LEAST_DENSITY 0.25          /* of the median */

size_t sw_concentration_grid_points(const sw_concentration_grid *grid) {
    return grid->size[0] * grid->size[1] * grid->size[2];
}

void sw_concentration_grid_coordinates(double coordinates[3], const sw_concentration_grid *grid,
                                       const double position[3]) {
    for (int d = 0; d < 3; d++) {
        coordinates[d] = 0.0;
        for (int k = 0; k < 3; k++)
            coordinates[d] += (position[k] - grid->origin[k]) * grid->inverse[k][d];
    }
}

ptrdiff_t sw_concentration_grid_index(const sw_concentration_grid *grid, const int64_t point[3]) {
    int64_t at[3];
    for (int d = 0; d < 3; d++) {
        int64_t size = (int64_t)grid->size[d];
        at[d] = point[d];
        if (grid->periodic[d])
            at[d] = (at[d] % size + size) % size;
        else if (at[d] < 0 || at[d] >= size)
            return -1;
    }
    return (ptrdiff_t)((at[2] * (int64_t)grid->size[1] + at[1]) * (int64_t)grid->size[0] + at[0]);
}

bool sw_concentration_grid_corners(int64_t corner[4][3], double weight[4],
                                   const sw_concentration_grid *grid, const double position[3]) {
    double place[3], part[3];
    int order[3] = {0, 1, 2};
    sw_concentration_grid_coordinates(place, grid, position);
    for (int d = 0; d < 3; d++) {
        if (!(fabs(place[d]) < 1e15))
            return false;
        corner[0][d] = (int64_t)floor(place[d]);
        part[d] = place[d] - floor(place[d]);
    }
    for (int a = 0; a < 2; a++) /* the largest part first */
        for (int b = 0; b < 2 - a; b++)
            if (part[order[b]] < part[order[b + 1]]) {
                int other = order[b];
                order[b] = order[b + 1];
                order[b + 1] = other;
            }
    double last = 1.0;
    for (int n = 0; n < 4; n++) {
        double next = n < 3 ? part[order[n]] : 0.0;
        weight[n] = last - next;
        last = next;
        if (n == 3)
            break;
        memcpy(corner[n + 1], corner[n], sizeof corner[n]);
        corner[n + 1][order[n]]++;
    }
    return true;
}

double sw_concentration_grid_at(const sw_concentration_grid *grid, const double position[3]) {
    int64_t corner[4][3];
    double weight[4], value = 0.0;
    if (!sw_concentration_grid_corners(corner, weight, grid, position))
        return NAN;
    for (int n = 0; n < 4; n++) {
        ptrdiff_t index = sw_concentration_grid_index(grid, corner[n]);
        if (weight[n] > 0.0)
            value += index >= 0 ? weight[n] * (double)grid->value[index] : NAN;
    }
    return value;
}

/* ---- layout ---------------------------------------------------------------------------------- */

/* Points on the whole box, and around it by `margin` where it is not periodic. */
static sw_status lay_out(sw_concentration_grid *grid, const sw_box *box, double voxel,
                         double margin, sw_error *error) {
    double points = 1.0;
    memcpy(grid->origin, box->origin, sizeof grid->origin);
    for (int d = 0; d < 3; d++) {
        double length = sw_vector_length(box->cell[d]);
        double more = box->periodic[d] ? 0.0 : margin * length / box->height[d];
        double steps = fmax(ceil((length + 2.0 * more) / voxel - 1e-9), 1.0);
        double step = box->periodic[d] ? length / steps : voxel;
        grid->periodic[d] = box->periodic[d];
        points *= steps + (box->periodic[d] ? 0.0 : 1.0);
        if (!(points <= MOST_POINTS))
            return sw_error_set(error, SW_ERROR_ARGUMENT, "voxel",
                                "give larger voxels, or look for an atom far away from all others",
                                "voxels of %g A make more than 2^25 points", voxel);
        grid->size[d] = (size_t)steps + !box->periodic[d];
        for (int k = 0; k < 3; k++) {
            grid->step[d][k] = box->cell[d][k] / length * step;
            grid->origin[k] -= box->cell[d][k] / length * more;
        }
    }
    if (sw_matrix_inverse(grid->inverse, (const double(*)[3])grid->step))
        return SW_OK;
    return sw_error_set(error, SW_ERROR_ARGUMENT, "cell", NULL, "the cell has no volume");
}

static void deposit(float *all, float *one, const sw_concentration_grid *grid,
                    const sw_atoms *atoms, const sw_composition *composition,
                    const uint16_t *part_of) {
    for (size_t i = 0; i < composition->atoms; i++) {
        size_t type = composition->type[i];
        double place[3];
        if (composition->total[type] == 0)
            continue;
        sw_concentration_grid_coordinates(place, grid, sw_atoms_positions_const(atoms) + 3 * i);
        for (int corner = 0; corner < 8; corner++) {
            int64_t point[3];
            double weight = 1.0;
            for (int d = 0; d < 3; d++) {
                double part = place[d] - floor(place[d]);
                int up = corner >> d & 1;
                point[d] = (int64_t)floor(place[d]) + up;
                weight *= up ? part : 1.0 - part;
            }
            ptrdiff_t at = sw_concentration_grid_index(grid, point);
            if (at < 0)
                continue;
            all[at] += (float)(weight * composition->total[type]);
            one[at] += (float)(weight * part_of[type]);
        }
    }
}

/* ---- convolution ----------------------------------------------------------------------------- */

typedef struct kernel_point {
    int64_t offset[3];
    double weight;
} kernel_point;

typedef struct kernel {
    size_t count, capacity;
    kernel_point *point;
} kernel;

/* Weights along `axis` alone (axis 3: in all directions) where the inverse covariance is `form`. */
static sw_status make_kernel(kernel *made, double form[3][3], const int64_t reach[3], int axis) {
    double sum = 0.0;
    int64_t most[3], at[3];
    for (int d = 0; d < 3; d++)
        most[d] = axis == 3 || axis == d ? reach[d] : 0;
    made->count = 0;
    for (at[2] = -most[2]; at[2] <= most[2]; at[2]++)
        for (at[1] = -most[1]; at[1] <= most[1]; at[1]++)
            for (at[0] = -most[0]; at[0] <= most[0]; at[0]++) {
                double square = 0.0;
                for (int a = 0; a < 3; a++)
                    for (int b = 0; b < 3; b++)
                        square += (double)at[a] * form[a][b] * (double)at[b];
                if (square > REACH * REACH)
                    continue;
                if (!sw_reserve(&made->point, &made->capacity, made->count + 1,
                                sizeof *made->point))
                    return SW_ERROR_MEMORY;
                kernel_point *point = &made->point[made->count++];
                memcpy(point->offset, at, sizeof at);
                sum += point->weight = exp(-square / 2.0);
            }
    for (size_t p = 0; p < made->count; p++)
        made->point[p].weight /= sum;
    return SW_OK;
}

static void convolve(float *out, const float *in, const sw_concentration_grid *grid,
                     const kernel *weights) {
    size_t points = sw_concentration_grid_points(grid);
    memset(out, 0, points * sizeof *out);
    for (size_t p = 0; p < points; p++) {
        if (!(in[p] > 0.0f))
            continue;
        const int64_t at[3] = {(int64_t)(p % grid->size[0]),
                               (int64_t)(p / grid->size[0] % grid->size[1]),
                               (int64_t)(p / grid->size[0] / grid->size[1])};
        for (size_t w = 0; w < weights->count; w++) {
            const int64_t *offset = weights->point[w].offset;
            const int64_t to[3] = {at[0] + offset[0], at[1] + offset[1], at[2] + offset[2]};
            ptrdiff_t index = sw_concentration_grid_index(grid, to);
            if (index >= 0)
                out[index] += (float)(weights->point[w].weight * (double)in[p]);
        }
    }
}

/* The covariance of the Gaussian in steps of the grid, less that of the linear weights. */
static bool find_form(double form[3][3], int64_t reach[3], bool *separate,
                      const sw_concentration_grid *grid, const double width[3]) {
    double covariance[3][3];
    *separate = true;
    for (int a = 0; a < 3; a++)
        for (int b = 0; b < 3; b++) {
            covariance[a][b] = a == b ? -LINEAR_VARIANCE : 0.0;
            for (int k = 0; k < 3; k++)
                covariance[a][b] += grid->inverse[k][a] * width[k] * width[k] * grid->inverse[k][b];
        }
    for (int a = 0; a < 3; a++) {
        if (!(covariance[a][a] > 0.0))
            return false;
        reach[a] = (int64_t)ceil(REACH * sqrt(covariance[a][a]));
        for (int b = 0; b < a; b++)
            *separate = *separate &&
                        fabs(covariance[a][b]) < 1e-9 * sqrt(covariance[a][a] * covariance[b][b]);
    }
    return sw_matrix_inverse(form, (const double(*)[3])covariance) &&
           sw_matrix_determinant((const double(*)[3])covariance) > 0.0;
}

static sw_status smooth(float **field, float **spare, const sw_concentration_grid *grid,
                        double form[3][3], const int64_t reach[3], bool separate,
                        sw_context *context) {
    kernel weights = {0};
    sw_status status = SW_OK;
    for (int axis = separate ? 0 : 3; axis < (separate ? 3 : 4) && status == SW_OK; axis++) {
        status = make_kernel(&weights, form, reach, axis);
        if (status != SW_OK)
            break;
        convolve(*spare, *field, grid, &weights);
        float *other = *field;
        *field = *spare;
        *spare = other;
        if (sw_context_cancelled(context))
            status = SW_ERROR_CANCELLED;
    }
    free(weights.point);
    return status;
}

static int by_size(const void *a, const void *b) {
    float left = *(const float *)a, right = *(const float *)b;
    return left < right ? -1 : left > right;
}

/* Replaces sums by concentrations. `spare` holds marks of points that atoms went to. */
static void divide(float *one, const float *all, float *spare, size_t points) {
    size_t count = 0;
    for (size_t p = 0; p < points; p++)
        if (spare[p] > 0.0f)
            spare[count++] = all[p];
    if (count > 0)
        qsort(spare, count, sizeof *spare, by_size);
    float least = count > 0 ? (float)LEAST_DENSITY * spare[count / 2] : 0.0f;
    for (size_t p = 0; p < points; p++)
        one[p] = all[p] > 0.0f && all[p] >= least ? one[p] / all[p] : NAN;
}

static sw_status fill(sw_concentration_grid *grid, const sw_atoms *atoms,
                      const sw_composition *composition, const uint16_t *part,
                      const double width[3], sw_context *context, sw_error *error) {
    double form[3][3];
    int64_t reach[3];
    bool separate;
    size_t points = sw_concentration_grid_points(grid);
    if (!find_form(form, reach, &separate, grid, width))
        return sw_error_set(error, SW_ERROR_ARGUMENT, "delocalisation",
                            "give at least half the edge of a voxel, or smaller voxels",
                            "the Gaussian is too narrow for the voxels");
    float *all = sw_allocate(points, sizeof *all), *one = sw_allocate(points, sizeof *one);
    float *spare = sw_allocate(points, sizeof *spare), *held = sw_allocate(points, sizeof *held);
    sw_status status = all && one && spare && held ? SW_OK : SW_ERROR_MEMORY;
    if (status == SW_OK) {
        deposit(all, one, grid, atoms, composition, part);
        memcpy(held, all, points * sizeof *held);
        status = smooth(&all, &spare, grid, form, reach, separate, context);
    }
    if (status == SW_OK)
        status = smooth(&one, &spare, grid, form, reach, separate, context);
    if (status == SW_OK) {
        divide(one, all, held, points);
        grid->value = one;
        one = NULL;
    }
    free(all);
    free(one);
    free(spare);
    free(held);
    return status == SW_ERROR_MEMORY
               ? sw_error_set(error, status, "voxel", "give larger voxels", "no memory for a grid")
               : status;
}

sw_status sw_concentration_grid_create(sw_concentration_grid *grid, const sw_atoms *atoms,
                                       const sw_composition *composition, const uint16_t *part,
                                       double voxel, const double width[3], sw_context *context,
                                       sw_error *error) {
    sw_box box;
    *grid = (sw_concentration_grid){0};
    if (!(voxel > 0.0))
        return sw_error_set(error, SW_ERROR_ARGUMENT, "voxel", NULL, "voxels need an edge");
    sw_status status = sw_box_create(&box, atoms, error);
    if (status == SW_OK)
        status = lay_out(grid, &box, voxel, 2.0 * fmax(width[0], fmax(width[1], width[2])), error);
    if (status == SW_OK)
        status = fill(grid, atoms, composition, part, width, context, error);
    return status;
}

void sw_concentration_grid_clear(sw_concentration_grid *grid) {
    free(grid->value);
    *grid = (sw_concentration_grid){0};
}
