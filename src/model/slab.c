/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Slabs that close on themselves across the periodic boundaries of the frame.
 *
 * On the planes (h k l) of the frame's cell the phase h x + k y + l z (x, y, z in cells) is whole.
 * A walk through the whole frame along an axis changes it by h nx, k ny or l nz, so modulo the
 * greatest common divisor P of these the phase is the same for all images of a place: the planes
 * close, and the stack begins anew after P planes, which is P / |h b1 + k b2 + l b3| in A with the
 * reciprocal vectors b of the cell.
 */
#include "model/slab.h"

#include "base/matrix.h"
#include "model/sections.h"

#include <math.h>

#define LARGEST_INDEX 1000
#define SAME_PLACE 1e-3 /* lattice constants */
#define ON_PLANE 1e-6   /* A: this near to the lower plane is on it */

static int common_divisor(int a, int b) {
    while (b != 0) {
        int rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

/* Planes after which the stack begins anew; 0 where an axis that crosses them is closed. */
static int planes_of_repeat(const sw_frame *frame, const int indices[3], int *closed_axis) {
    int planes = 0;
    for (int axis = 0; axis < 3; axis++) {
        if (indices[axis] == 0)
            continue;
        if (!frame->periodic[axis]) {
            *closed_axis = axis;
            return 0;
        }
        planes = common_divisor(planes, indices[axis] * frame->size[axis]);
    }
    return planes;
}

sw_status sw_slab_close(sw_slab *slab, const sw_frame *frame, const int indices[3],
                        sw_error *error) {
    static const char *const axes[3] = {"x", "y", "z"};
    double inverse[3][3], across[3] = {0};
    int closed = -1, divisor = 0;
    for (int i = 0; i < 3; i++) {
        if (indices[i] < -LARGEST_INDEX || indices[i] > LARGEST_INDEX)
            return sw_error_set(error, SW_ERROR_ARGUMENT, "normal", "such as [1, 1, 1]",
                                "the index %d is beyond %d", indices[i], LARGEST_INDEX);
        divisor = common_divisor(divisor, indices[i]);
    }
    if (divisor != 1 || !sw_matrix_inverse(inverse, frame->cell))
        return sw_error_set(error, SW_ERROR_ARGUMENT, "normal", "such as [1, 1, 1]",
                            "[%d, %d, %d] are no indices of planes: they need the greatest common "
                            "divisor 1",
                            indices[0], indices[1], indices[2]);
    int planes = planes_of_repeat(frame, indices, &closed);
    if (closed >= 0)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "normal",
                            "make the frame periodic along it, or use half_spaces",
                            "the slab cannot close along %s: the frame ends there", axes[closed]);
    for (int i = 0; i < 3; i++)
        for (int d = 0; d < 3; d++)
            across[d] += indices[i] * inverse[d][i];
    double length = sw_vector_length(across);
    for (int d = 0; d < 3; d++)
        slab->normal[d] = across[d] / length;
    slab->repeat = planes / length;
    return SW_OK;
}

double sw_slab_height(const sw_slab *slab, const double place[3]) {
    double height = sw_vector_dot(slab->normal, place) - slab->from + ON_PLANE;
    return height - slab->repeat * floor(height / slab->repeat) - ON_PLANE;
}

bool sw_slab_contains(const sw_slab *slab, const double place[3]) {
    return sw_slab_height(slab, place) < slab->thickness - ON_PLANE;
}

/* Whether the crystal moved by this vector (lattice constants) lies on itself at one of its sites. */
static bool repeats_at(const sw_crystal *crystal, const sw_crystal_site *site,
                       const double shift[3]) {
    for (size_t s = 0; s < crystal->sites; s++) {
        bool same = crystal->site[s].species == site->species;
        for (int d = 0; d < 3 && same; d++) {
            double apart = site->position[d] + shift[d] - crystal->site[s].position[d];
            apart -= crystal->period * nearbyint(apart / crystal->period);
            same = fabs(apart) < SAME_PLACE;
        }
        if (same)
            return true;
    }
    return false;
}

bool sw_crystal_fits(const sw_crystal *crystal, const sw_frame *frame) {
    for (int axis = 0; axis < 3 && crystal->period > 0.0; axis++) {
        double shift[3];
        for (int d = 0; d < 3; d++)
            shift[d] = frame->size[axis] * frame->cell[axis][d] / frame->lattice_constant;
        for (size_t s = 0; s < crystal->sites && frame->periodic[axis]; s++)
            if (!repeats_at(crystal, &crystal->site[s], shift))
                return false;
    }
    return true;
}

/* ---- reading --------------------------------------------------------------------------------- */

static bool read_indices(sw_reading *reading, int indices[3], const sw_node *node) {
    for (size_t i = 0; i < 3; i++) {
        const sw_node *item = sw_node_item(node, i);
        if (item->number != floor(item->number) || fabs(item->number) > LARGEST_INDEX)
            return sw_fail_expected(reading, item, "a whole number",
                                    "the indices of planes of the frame's cell, such as [1, 1, 1]");
        indices[i] = (int)item->number;
    }
    return true;
}

bool sw_slab_read(sw_reading *reading, sw_fill *fill, const sw_node *node) {
    if (!node)
        return true;
    const sw_node *normal = sw_node_find(node, "normal"), *from = sw_node_find(node, "from");
    const sw_node *thickness = sw_node_find(node, "thickness");
    sw_slab *slab = &fill->slab;
    sw_error error = {0};
    int indices[3] = {0};
    if (!read_indices(reading, indices, normal))
        return false;
    if (sw_slab_close(slab, &reading->lattice->frame, indices, &error) != SW_OK)
        return sw_fail(reading, normal, error.hint, "%s", error.message);
    if ((from && !sw_read_distance(reading, from, true, &slab->from)) ||
        !sw_read_distance_of(reading, node, "thickness", &slab->thickness))
        return false;
    if (!(slab->thickness > 0 && slab->thickness < slab->repeat))
        return sw_fail(reading, thickness, "leave a gap, or leave out the slab",
                       "the slab is %.4g A thick, but its planes come again after %.4f A",
                       slab->thickness, slab->repeat);
    const sw_crystal *crystal =
        fill->crystal < 0 ? NULL : &reading->lattice->structure.crystal[fill->crystal];
    if (crystal && !sw_crystal_fits(crystal, &reading->lattice->frame))
        return sw_fail(reading, normal, "choose frame.size as a multiple of the period",
                       "the slab cannot close: an edge of the frame is no whole number of the "
                       "periods of '%s' (%g lattice constants)",
                       crystal->name, crystal->period);
    return true;
}
