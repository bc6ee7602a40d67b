/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/profile_line.h"

#include "base/matrix.h"

#include <math.h>
#include <string.h>

#define TURNS 200 /* of the power iteration; the axis is only a choice */
#define MOST_IMAGES 1e7
#define PI 3.14159265358979323846

/* ---- the line -------------------------------------------------------------------------------- */

void sw_profile_line_longest(sw_profile_line *line, const sw_atoms *atoms) {
    const double *at = sw_atoms_positions_const(atoms);
    double n = (double)sw_atoms_count(atoms), spread[3][3] = {{0}}, axis[3] = {0.5, 0.6, 0.7};
    for (int k = 0; k < 3; k++)
        line->start[k] = 0.0;
    for (size_t i = 0; i < 3 * sw_atoms_count(atoms); i++)
        line->start[i % 3] += at[i] / n;
    for (size_t i = 0; i < sw_atoms_count(atoms); i++)
        for (size_t a = 0; a < 3; a++)
            for (size_t b = 0; b < 3; b++)
                spread[a][b] += (at[3 * i + a] - line->start[a]) * (at[3 * i + b] - line->start[b]);
    for (int turn = 0; turn < TURNS; turn++) {
        double next[3];
        sw_matrix_row_product(next, axis, (const double(*)[3])spread);
        double length = sw_vector_length(next);
        for (int k = 0; k < 3 && length > 0.0 && isfinite(length); k++)
            axis[k] = next[k] / length;
    }
    double length = sw_vector_length(axis);
    for (int k = 0; k < 3; k++)
        line->axis[0][k] = axis[k] / length;
}

/* What is left of `across` beside the line; false where that is nothing. */
static bool take_across(sw_profile_line *line, const double across[3]) {
    double along = sw_vector_dot(across, line->axis[0]), side[3];
    for (int k = 0; k < 3; k++)
        side[k] = across[k] - along * line->axis[0][k];
    double length = sw_vector_length(side);
    if (!(length > 1e-9 * sw_vector_length(across)))
        return false;
    for (int k = 0; k < 3; k++)
        line->axis[1][k] = side[k] / length;
    return true;
}

void sw_profile_line_set_across(sw_profile_line *line, const double across[3]) {
    if (across == NULL || !take_across(line, across)) {
        double axis[3] = {0};
        int most = 0;
        for (int k = 1; k < 3; k++)
            most = fabs(line->axis[0][k]) < fabs(line->axis[0][most]) ? k : most;
        axis[most] = 1.0;
        (void)take_across(line, axis);
    }
    sw_vector_cross(line->axis[2], line->axis[0], line->axis[1]);
}

bool sw_profile_line_local(double local[3], const sw_profile_line *line, const double position[3]) {
    double away[3];
    for (int k = 0; k < 3; k++)
        away[k] = position[k] - line->start[k];
    for (int d = 0; d < 3; d++)
        local[d] = sw_vector_dot(away, line->axis[d]);
    switch (line->section) {
    case SW_SECTION_CIRCLE:
        return local[1] * local[1] + local[2] * local[2] <= line->half * line->half;
    case SW_SECTION_SQUARE:
        return fmax(fabs(local[1]), fabs(local[2])) <= line->half;
    default:
        return true;
    }
}

double sw_profile_line_area(const sw_profile_line *line) {
    switch (line->section) {
    case SW_SECTION_CIRCLE:
        return PI * line->half * line->half;
    case SW_SECTION_SQUARE:
        return 4.0 * line->half * line->half;
    default:
        return INFINITY;
    }
}

bool sw_profile_line_is_bounded(const sw_profile_line *line) {
    return isfinite(line->length) && line->section != SW_SECTION_ALL;
}

/* ---- images ---------------------------------------------------------------------------------- */

/* Fractions of the box between which the line lies with all around it. */
static void find_bounds(double low[3], double high[3], const sw_profile_line *line,
                        const sw_box *box) {
    for (int d = 0; d < 3; d++) {
        double middle = 0.0, half = 0.0;
        for (int a = 0; a < 3; a++) {
            double along = 0.0, reach = a == 0 ? 0.5 * line->length : line->half;
            for (int k = 0; k < 3; k++)
                along += line->axis[a][k] * box->inverse[k][d];
            half += reach * fabs(along);
        }
        for (int k = 0; k < 3; k++)
            middle += (line->start[k] + 0.5 * line->length * line->axis[0][k] - box->origin[k]) *
                      box->inverse[k][d];
        low[d] = middle - half - 1e-9;
        high[d] = middle + half + 1e-9;
    }
}

bool sw_profile_line_images(int64_t first[3], int64_t last[3], const sw_profile_line *line,
                            const sw_box *box, const double low[3], const double high[3]) {
    double line_low[3], line_high[3], images = 1.0;
    find_bounds(line_low, line_high, line, box);
    for (int d = 0; d < 3; d++) {
        double least = ceil(line_low[d] - high[d]), most = floor(line_high[d] - low[d]);
        first[d] = last[d] = 0;
        if (!box->periodic[d])
            continue;
        if (!(fabs(least) < 1e15 && fabs(most) < 1e15))
            return false;
        first[d] = (int64_t)least;
        last[d] = (int64_t)most;
        images *= fmax(most - least + 1.0, 0.0);
    }
    return images <= MOST_IMAGES;
}

static sw_status add_images(sw_profile_points *points, const sw_profile_line *line,
                            const sw_box *box, const double *position, size_t atom,
                            sw_error *error) {
    double fraction[3], wrapped[3], image[3], local[3];
    int64_t first[3], last[3];
    sw_box_fraction(fraction, box, position);
    sw_box_wrap(wrapped, box, position);
    if (!sw_profile_line_images(first, last, line, box, fraction, fraction))
        return sw_error_set(error, SW_ERROR_ARGUMENT, "end", "give a shorter line",
                            "the line meets too many periodic images of the cell");
    for (int64_t x = first[0]; x <= last[0]; x++)
        for (int64_t y = first[1]; y <= last[1]; y++)
            for (int64_t z = first[2]; z <= last[2]; z++) {
                for (int k = 0; k < 3; k++)
                    image[k] = wrapped[k] + (double)x * box->cell[0][k] +
                               (double)y * box->cell[1][k] + (double)z * box->cell[2][k];
                if (sw_profile_line_local(local, line, image) && local[0] >= 0.0 &&
                    local[0] <= line->length &&
                    sw_profile_points_add(points, atom, local[0]) != SW_OK)
                    return sw_error_set(error, SW_ERROR_MEMORY, "end", "give a shorter line",
                                        "no memory for the images along the line");
            }
    return SW_OK;
}

sw_status sw_profile_line_points(sw_profile_points *points, const sw_profile_line *line,
                                 const sw_atoms *atoms, sw_context *context, sw_error *error) {
    bool images = sw_profile_line_is_bounded(line);
    const double *position = sw_atoms_positions_const(atoms);
    sw_box box;
    sw_status status = sw_box_create(&box, atoms, error);
    for (size_t i = 0; i < sw_atoms_count(atoms) && status == SW_OK; i++) {
        double local[3];
        if (i % 1024 == 0 && sw_context_cancelled(context))
            status = sw_error_set(error, SW_ERROR_CANCELLED, "profile", NULL, "cancelled");
        else if (images)
            status = add_images(points, line, &box, position + 3 * i, i, error);
        else if (sw_profile_line_local(local, line, position + 3 * i) &&
                 sw_profile_points_add(points, i, local[0]) != SW_OK)
            status = sw_error_set(error, SW_ERROR_MEMORY, "profile", NULL, "no memory for atoms");
    }
    return status;
}
