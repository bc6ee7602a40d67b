/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/interface_tables.h"

#include "base/memory.h"
#include "structure/results.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define BIN 1.0         /* A, of the profile */
#define PATCH_ROWS 1000 /* of the table at most */

/* ---- names ----------------------------------------------------------------------------------- */

const sw_angle_name sw_angle_names[SW_INTERFACE_ANGLES] = {
    [SW_ANGLE_BEND] = {"bend", "deg", "of the continuing planes about an axis in the interface"},
    [SW_ANGLE_TWIST] = {"twist", "deg", "of the continuing planes about the interface's normal"},
    [SW_ANGLE_BETWEEN] = {"turn", "deg",
                          "whole angle from the planes of the first side to those "
                          "of the second"},
    [SW_ANGLE_FIRST_TO_LAYER] = {"turn to layer", "deg",
                                 "from the planes of the first side to those of the layer"},
    [SW_ANGLE_LAYER_TO_SECOND] = {"turn from layer", "deg",
                                  "from the planes of the layer to those of the second side"},
    [SW_ANGLE_WEDGE] = {"wedge", "deg",
                        "between the dense planes of both sides about parallel to the interface"},
    [SW_SPACING_FIRST] = {"spacing first side", "A", "of the continuing planes"},
    [SW_SPACING_LAYER] = {"spacing layer", "A", "of the continuing planes"},
    [SW_SPACING_SECOND] = {"spacing second side", "A", "of the continuing planes"},
    [SW_PLANE_MISMATCH] = {"plane mismatch", "%",
                           "of the continuing planes in direction and spacing, |k1 - k2| over "
                           "|k1| + |k2|"},
};

double sw_angle_in_units(int angle, double value) {
    if (angle == SW_PLANE_MISMATCH)
        return 100.0 * value;
    return angle < SW_SPACING_FIRST ? value / SW_RADIAN_PER_DEGREE : value;
}

void sw_name_planes(char *text, size_t size, const sw_plane_family *first,
                    const sw_plane_family *second) {
    snprintf(text, size, "(%g %g %g) / (%g %g %g)", first->normal[0], first->normal[1],
             first->normal[2], second->normal[0], second->normal[1], second->normal[2]);
}

/* ---- the profile ----------------------------------------------------------------------------- */

typedef struct sw_profile_bin {
    size_t count;
    double sum, squares;
} sw_profile_bin;

static void fill_profile(sw_table *table, const sw_interface_measured *m, const sw_profile_bin *bin,
                         size_t bins) {
    for (size_t b = 0; b < bins; b++) {
        double at = -m->range + ((double)b + 0.5) * (2.0 * m->range / (double)bins);
        sw_interval mean = sw_interval_mean(bin[b].sum, bin[b].squares, bin[b].count);
        sw_table_numbers(table, 0)[b] = at;
        sw_table_numbers(table, 1)[b] = mean.value;
        sw_table_numbers(table, 2)[b] = 0.5 * (mean.high - mean.low);
        sw_table_numbers(table, 3)[b] = sw_step_fit_value(&m->step, at);
        sw_table_numbers(table, 4)[b] = (double)bin[b].count;
    }
}

static sw_status make_profile(sw_table *table, const sw_interface_measured *m) {
    static const char *const names[] = {"distance", "concentration", "concentration spread", "fit",
                                        "atoms"};
    static const char *const units[] = {"A", "1/A3", "1/A3", "1/A3", ""};
    size_t bins = (size_t)fmin(fmax(ceil(2.0 * m->range / BIN), 1.0), 1000.0);
    sw_profile_bin *bin = sw_allocate(bins, sizeof *bin);
    sw_status status = bin ? SW_OK : SW_ERROR_MEMORY;
    for (size_t c = 0; c < 5 && status == SW_OK; c++)
        status = sw_table_add_column(table, names[c], units[c]);
    for (size_t b = 0; b < bins && status == SW_OK; b++)
        status = sw_table_add_row(table, NULL);
    for (size_t i = 0; i < m->sides.map.atoms && status == SW_OK; i++) {
        double part = 0.5 * (m->distance[i] / m->range + 1.0);
        if (m->sides.side[i] == 0 || !(part >= 0.0 && part < 1.0) || isnan(m->concentration[i]))
            continue;
        sw_profile_bin *of = &bin[(size_t)(part * (double)bins)];
        of->count++;
        of->sum += m->concentration[i];
        of->squares += m->concentration[i] * m->concentration[i];
    }
    if (status == SW_OK)
        fill_profile(table, m, bin, bins);
    free(bin);
    return status;
}

sw_status sw_add_interface_profile(sw_measurement *out, const sw_interface_measured *m) {
    sw_table *table;
    sw_status status = sw_table_create(&table);
    if (status != SW_OK)
        return status;
    status = make_profile(table, m);
    status = sw_add_filled_table(out, "interface-profile", table, status);
    if (status != SW_OK)
        return status;
    return sw_measurement_add_plot(
        out, (sw_plot){.title = "Concentration across the interface",
                       .table = "interface-profile",
                       .x = "distance",
                       .y = "concentration,fit",
                       .y_label = "concentration / A-3",
                       .kind = "lines",
                       .help = "Mean of 1/V of the atoms at a distance from the surface, positive "
                               "on the second side, and the error function fitted to the atoms."});
}

/* ---- patches --------------------------------------------------------------------------------- */

static sw_status make_patch_columns(sw_table *table) {
    static const char *const names[] = {
        "patch",   "first grain",    "second grain", "area",        "atoms",
        "matched", "matched spread", "bonds across", "bond length", "bond length spread"};
    static const char *const units[] = {"", "", "", "A2", "", "%", "%", "", "A", "A"};
    char spread[64];
    sw_status status = sw_table_add_text_column(table, "kind");
    for (size_t c = 0; c < 10 && status == SW_OK; c++)
        status = sw_table_add_column(table, names[c], units[c]);
    for (int a = 0; a < SW_INTERFACE_ANGLES && status == SW_OK; a++) {
        snprintf(spread, sizeof spread, "%s spread", sw_angle_names[a].name);
        status = sw_table_add_column(table, sw_angle_names[a].name, sw_angle_names[a].unit);
        if (status == SW_OK)
            status = sw_table_add_column(table, spread, sw_angle_names[a].unit);
    }
    if (status == SW_OK)
        status = sw_table_add_text_column(table, "continuing planes");
    return status == SW_OK ? sw_table_add_text_column(table, "facing planes") : status;
}

static double grain_number(uint32_t grain) {
    return grain == SW_NO_GRAIN ? 0.0 : (double)grain + 1.0;
}

static sw_status fill_angles(sw_table *table, size_t row, const sw_interface_angles *angles) {
    char text[96];
    size_t column = 11;
    for (int a = 0; a < SW_INTERFACE_ANGLES; a++) {
        const sw_interval *value = &angles->value[a];
        sw_table_numbers(table, column++)[row] = sw_angle_in_units(a, value->value);
        sw_table_numbers(table, column++)[row] =
            sw_angle_in_units(a, 0.5 * (value->high - value->low));
    }
    if (!angles->found)
        return SW_OK;
    sw_name_planes(text, sizeof text, &angles->first, &angles->second);
    sw_status status = sw_table_set_text(table, row, column++, text);
    sw_name_planes(text, sizeof text, &angles->facing_first, &angles->facing_second);
    return status == SW_OK ? sw_table_set_text(table, row, column, text) : status;
}

static sw_status add_patch(sw_table *table, const sw_interface_measured *m, size_t p) {
    const sw_interface_patch *patch = &m->patches.list[p];
    sw_interval matched = sw_interval_fraction(patch->matched, patch->atoms);
    sw_interval length = sw_interval_mean(patch->length, patch->length2, patch->bonds);
    const double values[] = {(double)p + 1.0,
                             grain_number(patch->first_grain),
                             grain_number(patch->second_grain),
                             patch->area,
                             (double)patch->atoms,
                             100.0 * matched.value,
                             50.0 * (matched.high - matched.low),
                             patch->atoms ? (double)patch->bonds / (double)patch->atoms : NAN,
                             length.value,
                             0.5 * (length.high - length.low)};
    size_t row;
    sw_status status = sw_table_add_row(table, &row);
    if (status == SW_OK)
        status = sw_table_set_text(table, row, 0, sw_coherency_name(patch->class));
    if (status != SW_OK)
        return status;
    for (size_t c = 0; c < sizeof values / sizeof values[0]; c++)
        sw_table_numbers(table, c + 1)[row] = values[c];
    return p < m->with_angles ? fill_angles(table, row, &m->angles[p]) : SW_OK;
}

sw_status sw_add_interface_patches(sw_measurement *out, const sw_interface_measured *m) {
    sw_table *table;
    sw_status status = sw_table_create(&table);
    if (status != SW_OK)
        return status;
    status = make_patch_columns(table);
    for (size_t p = 0; p < m->patches.count && p < PATCH_ROWS && status == SW_OK; p++)
        status = add_patch(table, m, p);
    return sw_add_filled_table(out, "interface-patches", table, status);
}
