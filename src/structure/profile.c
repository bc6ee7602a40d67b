/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/profile.h"

#include "base/matrix.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

#define MOST_BINS 1e6
#define TURNS 200 /* of the power iteration; the axis is only a choice */

void sw_profile_longest(sw_profile_line *line, const sw_atoms *atoms) {
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
        line->direction[k] = axis[k] / length;
}

/* Distance along the line; false outside the cylinder. */
static bool along(double *distance, const sw_profile_line *line, const double position[3]) {
    double away[3];
    for (int k = 0; k < 3; k++)
        away[k] = position[k] - line->start[k];
    *distance = sw_vector_dot(away, line->direction);
    for (int k = 0; k < 3; k++)
        away[k] -= *distance * line->direction[k];
    return sw_vector_length(away) <= line->radius;
}

static sw_status lay_out(sw_profile *profile, const sw_atoms *atoms,
                         const sw_composition *composition, const sw_profile_line *line,
                         sw_error *error) {
    double low = INFINITY, high = -INFINITY, s;
    for (size_t i = 0; i < composition->atoms; i++) {
        bool inside = along(&s, line, sw_atoms_positions_const(atoms) + 3 * i);
        if (!isfinite(s))
            return sw_error_set(error, SW_ERROR_NUMERIC, "atoms", "repair the file",
                                "the position of atom %zu is no place", i + 1);
        if (!inside || composition->total[composition->type[i]] == 0)
            continue;
        low = fmin(low, s);
        high = fmax(high, s);
    }
    if (!(high >= low))
        return sw_error_set(error, SW_ERROR_ARGUMENT, "radius",
                            "atom-probe points need --ranges; else widen or move the cylinder",
                            "no atom of an element is inside");
    double first = floor(low / line->step), bins = floor(high / line->step) - first + 1.0;
    if (!(bins <= MOST_BINS))
        return sw_error_set(error, SW_ERROR_ARGUMENT, "step", "give a larger step",
                            "the line has more than 1e6 steps");
    profile->first = first * line->step;
    profile->bins = (size_t)bins;
    return SW_OK;
}

static void count(sw_profile *profile, const sw_atoms *atoms, const sw_composition *composition,
                  const sw_profile_line *line) {
    double first = floor(profile->first / line->step + 0.5), s;
    for (size_t i = 0; i < composition->atoms; i++) {
        size_t type = composition->type[i];
        if (!along(&s, line, sw_atoms_positions_const(atoms) + 3 * i) ||
            composition->total[type] == 0)
            continue;
        size_t bin = (size_t)(floor(s / line->step) - first);
        profile->total[bin] += composition->total[type];
        for (size_t e = 0; e < profile->elements; e++)
            profile->count[bin * profile->elements + e] +=
                composition->count[type * profile->elements + e];
    }
}

sw_status sw_profile_create(sw_profile *profile, const sw_atoms *atoms,
                            const sw_composition *composition, const sw_profile_line *line,
                            sw_error *error) {
    *profile = (sw_profile){.elements = composition->elements, .step = line->step};
    sw_status status = lay_out(profile, atoms, composition, line, error);
    if (status != SW_OK)
        return status;
    profile->count = sw_allocate(profile->bins, profile->elements * sizeof *profile->count);
    profile->total = sw_allocate(profile->bins, sizeof *profile->total);
    if (!profile->count || !profile->total) {
        sw_profile_clear(profile);
        return sw_error_set(error, SW_ERROR_MEMORY, "step", NULL, "no memory for the bins");
    }
    count(profile, atoms, composition, line);
    return SW_OK;
}

void sw_profile_clear(sw_profile *profile) {
    free(profile->count);
    free(profile->total);
    *profile = (sw_profile){0};
}
