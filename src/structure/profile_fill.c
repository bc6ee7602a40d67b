/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/profile_fill.h"

#include "base/matrix.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

#define SQUARES 256 /* along each side of the cross-section */
#define SEED 437

/* The lines: square (i, j) covers low + i side .. low + (i + 1) side. */
typedef struct bundle {
    const sw_profile *profile;
    const sw_profile_line *line;
    double low[2], side[2]; /* A */
    double (*place)[2];     /* [SQUARES * SQUARES] A; NaN outside of the cross-section */
    double weight;          /* A^2 that a line stands for */
    double *volume;
} bundle;

/* The corners seen along the line: (along, across, across). */
static void turn_corners(double corner[4][3], const sw_profile_line *line) {
    for (int c = 0; c < 4; c++) {
        double local[3];
        (void)sw_profile_line_local(local, line, corner[c]);
        for (int k = 0; k < 3; k++)
            corner[c][k] = local[k];
    }
}

static bool is_used(const sw_alpha_shape *shape, size_t t) {
    return shape->tetrahedra->own[t] == t && shape->inside[t] && shape->tetrahedra->volume[t] > 0.0;
}

/* ---- the bundle ------------------------------------------------------------------------------ */

static void find_extent(bundle *lines, const sw_alpha_shape *shape) {
    double low[2] = {INFINITY, INFINITY}, high[2] = {-INFINITY, -INFINITY};
    for (size_t t = 0; t < shape->tetrahedra->count; t++) {
        double corner[4][3];
        if (!is_used(shape, t))
            continue;
        sw_tetrahedra_corners(corner, shape->tetrahedra, t);
        turn_corners(corner, lines->line);
        for (int c = 0; c < 8; c++) {
            low[c % 2] = fmin(low[c % 2], corner[c / 2][1 + c % 2]);
            high[c % 2] = fmax(high[c % 2], corner[c / 2][1 + c % 2]);
        }
    }
    for (int d = 0; d < 2; d++) {
        bool all = lines->line->section == SW_SECTION_ALL;
        lines->low[d] = all ? low[d] : -lines->line->half;
        lines->side[d] = (all ? high[d] - low[d] : 2.0 * lines->line->half) / SQUARES;
    }
}

static void place_lines(bundle *lines) {
    sw_random random = sw_random_create(SEED, 1);
    size_t inside = 0;
    for (size_t n = 0; n < (size_t)SQUARES * SQUARES; n++) {
        size_t column = n % SQUARES, row = n / SQUARES;
        double part[2];
        sw_random_pair(part, &random);
        double x = lines->low[0] + ((double)column + part[0]) * lines->side[0];
        double y = lines->low[1] + ((double)row + part[1]) * lines->side[1];
        bool out = lines->line->section == SW_SECTION_CIRCLE && hypot(x, y) > lines->line->half;
        lines->place[n][0] = out ? NAN : x;
        lines->place[n][1] = y;
        inside += !out;
    }
    double area = lines->line->section == SW_SECTION_ALL
                      ? lines->side[0] * lines->side[1] * SQUARES * SQUARES
                      : sw_profile_line_area(lines->line);
    lines->weight = area / (double)inside;
}

/* ---- lengths --------------------------------------------------------------------------------- */

static void add_length(bundle *lines, double from, double to) {
    const sw_profile *profile = lines->profile;
    from = fmax(fmax(from, profile->low), profile->first);
    to = fmin(to, profile->high);
    double place = floor((from - profile->first) / profile->part);
    if (!(from < to) || !(place < (double)profile->parts))
        return;
    for (size_t p = (size_t)place; p < profile->parts; p++) {
        double begin = profile->first + (double)p * profile->part, end = begin + profile->part;
        if (begin >= to)
            break;
        double length = fmin(end, to) - fmax(begin, from);
        lines->volume[p] += length > 0.0 ? lines->weight * length : 0.0;
    }
}

/* Planes of the four faces, normals outward: normal . x <= offset inside. */
static void find_planes(double normal[4][3], double offset[4], const double corner[4][3]) {
    for (int i = 0; i < 4; i++) {
        const double *a = corner[(i + 1) % 4], *b = corner[(i + 2) % 4], *c = corner[(i + 3) % 4];
        double ab[3], ac[3];
        for (int k = 0; k < 3; k++) {
            ab[k] = b[k] - a[k];
            ac[k] = c[k] - a[k];
        }
        sw_vector_cross(normal[i], ab, ac);
        offset[i] = sw_vector_dot(normal[i], a);
        if (sw_vector_dot(normal[i], corner[i]) > offset[i]) {
            for (int k = 0; k < 3; k++)
                normal[i][k] = -normal[i][k];
            offset[i] = -offset[i];
        }
    }
}

static void cut_line(bundle *lines, const double normal[4][3], const double offset[4],
                     const double place[2]) {
    double from = -INFINITY, to = INFINITY;
    for (int i = 0; i < 4; i++) {
        double left = offset[i] - normal[i][1] * place[0] - normal[i][2] * place[1];
        if (normal[i][0] > 0.0)
            to = fmin(to, left / normal[i][0]);
        else if (normal[i][0] < 0.0)
            from = fmax(from, left / normal[i][0]);
        else if (left < 0.0)
            return;
    }
    add_length(lines, from, to);
}

/* The squares that a tetrahedron lies over, first .. last along each side; false where none. */
static bool find_squares(long first[2], long last[2], const bundle *lines,
                         const double corner[4][3]) {
    for (int d = 0; d < 2; d++) {
        double low = INFINITY, high = -INFINITY;
        for (int c = 0; c < 4; c++) {
            low = fmin(low, (corner[c][1 + d] - lines->low[d]) / lines->side[d]);
            high = fmax(high, (corner[c][1 + d] - lines->low[d]) / lines->side[d]);
        }
        if (!(high >= 0.0 && low <= (double)SQUARES))
            return false;
        first[d] = (long)fmax(floor(low), 0.0);
        last[d] = (long)fmin(floor(high), (double)SQUARES - 1.0);
    }
    return true;
}

static void cut_tetrahedron(bundle *lines, const double corner[4][3]) {
    double normal[4][3], offset[4];
    long first[2], last[2];
    if (!find_squares(first, last, lines, corner))
        return;
    find_planes(normal, offset, corner);
    for (long j = first[1]; j <= last[1]; j++)
        for (long i = first[0]; i <= last[0]; i++) {
            const double *place = lines->place[j * SQUARES + i];
            if (!isnan(place[0]))
                cut_line(lines, (const double(*)[3])normal, offset, place);
        }
}

/* ---- images ---------------------------------------------------------------------------------- */

static bool find_images(int64_t first[3], int64_t last[3], const bundle *lines, const sw_box *box,
                        const double corner[4][3]) {
    double low[3], high[3];
    for (int d = 0; d < 3; d++) {
        first[d] = last[d] = 0;
        low[d] = INFINITY;
        high[d] = -INFINITY;
        for (int c = 0; c < 4; c++) {
            double at = 0.0;
            for (int k = 0; k < 3; k++)
                at += (corner[c][k] - box->origin[k]) * box->inverse[k][d];
            low[d] = fmin(low[d], at);
            high[d] = fmax(high[d], at);
        }
    }
    return !sw_profile_line_is_bounded(lines->line) ||
           sw_profile_line_images(first, last, lines->line, box, low, high);
}

static void cut_images(bundle *lines, const sw_box *box, const double corner[4][3]) {
    int64_t first[3], last[3];
    if (!find_images(first, last, lines, box, corner))
        return;
    for (int64_t x = first[0]; x <= last[0]; x++)
        for (int64_t y = first[1]; y <= last[1]; y++)
            for (int64_t z = first[2]; z <= last[2]; z++) {
                double image[4][3];
                for (int c = 0; c < 4; c++)
                    for (int k = 0; k < 3; k++)
                        image[c][k] = corner[c][k] + (double)x * box->cell[0][k] +
                                      (double)y * box->cell[1][k] + (double)z * box->cell[2][k];
                turn_corners(image, lines->line);
                cut_tetrahedron(lines, (const double(*)[3])image);
            }
}

sw_status sw_profile_fill(double *volume, const sw_profile *profile, const sw_profile_line *line,
                          const sw_alpha_shape *shape, sw_context *context, sw_error *error) {
    const sw_tetrahedra *tetrahedra = shape->tetrahedra;
    const sw_box *box = &tetrahedra->points.box;
    bundle lines = {.profile = profile, .line = line, .volume = volume};
    bool periodic = box->periodic[0] || box->periodic[1] || box->periodic[2];
    for (size_t p = 0; p < profile->parts; p++)
        volume[p] = 0.0;
    if (periodic && !sw_profile_line_is_bounded(line))
        return sw_error_set(error, SW_ERROR_UNSUPPORTED, "density",
                            "give --end and --radius or --side",
                            "the slices of a periodic cell are not known without an end of the "
                            "line and a cross-section");
    lines.place = sw_allocate((size_t)SQUARES * SQUARES, sizeof *lines.place);
    if (!lines.place)
        return sw_error_set(error, SW_ERROR_MEMORY, "density", NULL, "no memory for the slices");
    find_extent(&lines, shape);
    place_lines(&lines);
    sw_status status = SW_OK;
    for (size_t t = 0; t < tetrahedra->count && status == SW_OK; t++) {
        double corner[4][3];
        if (t % 1024 == 0 && sw_context_cancelled(context))
            status = sw_error_set(error, SW_ERROR_CANCELLED, "density", NULL, "cancelled");
        if (!is_used(shape, t))
            continue;
        sw_tetrahedra_corners(corner, tetrahedra, t);
        cut_images(&lines, box, (const double(*)[3])corner);
    }
    free(lines.place);
    return status;
}
