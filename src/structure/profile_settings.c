/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/profile_settings.h"

#include "base/matrix.h"
#include "base/memory.h"
#include "base/number.h"
#include "structure/atom_columns.h"
#include "structure/automatic_cutoff.h"
#include "structure/boundary.h"
#include "structure/found_isosurface.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ALPHA 1.5 /* median nearest distances */

/* ---- the line -------------------------------------------------------------------------------- */

static sw_status read_vector(double vector[3], const sw_instrument_settings *settings,
                             const char *name, sw_error *error) {
    const char *text = sw_setting_text(settings, name);
    bool good = true;
    for (int k = 0; k < 3 && good; k++) {
        text += strspn(text, " ,");
        good = sw_number_parse(&vector[k], text, &text) && fabs(vector[k]) < 1e12;
    }
    if (good && text[strspn(text, " ")] == '\0')
        return SW_OK;
    return sw_error_set(error, SW_ERROR_ARGUMENT, name, "write it as \"0 0 1\"",
                        "three numbers were expected, \"%s\" was found",
                        sw_setting_text(settings, name));
}

/* Places whose standard is "auto" or "none" keep what they are. */
static sw_status read_given(double vector[3], const sw_instrument_settings *settings,
                            const char *name, sw_error *error) {
    const char *text = sw_setting_text(settings, name);
    if (strcmp(text, "auto") == 0 || strcmp(text, "none") == 0)
        return SW_OK;
    return read_vector(vector, settings, name, error);
}

static sw_status set_direction(sw_profile_line *line, const char *place, sw_error *error) {
    double length = sw_vector_length(line->axis[0]);
    if (!(length > 0.0))
        return sw_error_set(error, SW_ERROR_ARGUMENT, place, "write it as \"0 0 1\"",
                            "the direction has no length");
    for (int k = 0; k < 3; k++)
        line->axis[0][k] /= length;
    return SW_OK;
}

static sw_status read_course(sw_profile_line *line, const sw_instrument_settings *settings,
                             sw_error *error) {
    double end[3];
    bool turned = strcmp(sw_setting_text(settings, "direction"), "auto") != 0;
    bool ends = strcmp(sw_setting_text(settings, "end"), "none") != 0;
    if (turned && ends)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "end", "leave --direction away",
                            "a line is given by its end or by its direction, not by both");
    sw_status status = read_given(line->start, settings, "start", error);
    if (status == SW_OK)
        status = read_given(line->axis[0], settings, "direction", error);
    if (status == SW_OK && ends)
        status = read_vector(end, settings, "end", error);
    for (int k = 0; k < 3 && status == SW_OK && ends; k++)
        line->axis[0][k] = end[k] - line->start[k];
    if (status == SW_OK && ends)
        line->length = sw_vector_length(line->axis[0]);
    return status == SW_OK ? set_direction(line, ends ? "end" : "direction", error) : status;
}

static sw_status read_section(sw_profile_line *line, const sw_instrument_settings *settings,
                              sw_error *error) {
    bool circle = !sw_setting_is_automatic(settings, "radius");
    bool square = !sw_setting_is_automatic(settings, "side");
    if (circle && square)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "side", "leave one of them away",
                            "a cross-section has a radius or a side, not both");
    line->section = circle ? SW_SECTION_CIRCLE : square ? SW_SECTION_SQUARE : SW_SECTION_ALL;
    line->half =
        circle ? sw_setting_number(settings, "radius") : 0.5 * sw_setting_number(settings, "side");
    return SW_OK;
}

sw_status sw_profile_settings_line(sw_profile_line *line, const sw_atoms *atoms,
                                   const sw_instrument_settings *settings, sw_error *error) {
    double across[3] = {0};
    sw_profile_line_longest(line, atoms);
    line->length = INFINITY;
    sw_status status = read_course(line, settings, error);
    if (status == SW_OK)
        status = read_section(line, settings, error);
    if (status == SW_OK)
        status = read_given(across, settings, "across", error);
    if (status == SW_OK)
        sw_profile_line_set_across(line, sw_vector_length(across) > 0.0 ? across : NULL);
    return status;
}

/* ---- a column -------------------------------------------------------------------------------- */

static void list_columns(char *text, size_t size, const sw_atoms *atoms) {
    size_t used = (size_t)snprintf(text, size, "columns of one number:");
    for (size_t c = 0; c < sw_atoms_columns(atoms) && used < size; c++)
        if (sw_atoms_column_width(atoms, c) == 1)
            used +=
                (size_t)snprintf(text + used, size - used, " %s", sw_atoms_column_name(atoms, c));
}

static int by_number(const void *a, const void *b) {
    double left = *(const double *)a, right = *(const double *)b;
    return left < right ? -1 : left > right;
}

/* The number that most atoms have; of equally many the smallest. */
static sw_status most_frequent(double *value, const double *column, size_t atoms) {
    size_t most = 0, run = 0;
    double *sorted = sw_allocate(atoms, sizeof *sorted);
    if (!sorted)
        return SW_ERROR_MEMORY;
    memcpy(sorted, column, atoms * sizeof *sorted);
    qsort(sorted, atoms, sizeof *sorted, by_number);
    for (size_t i = 0; i < atoms; i++) {
        run = i > 0 && sorted[i] == sorted[i - 1] ? run + 1 : 1;
        if (run > most) {
            most = run;
            *value = sorted[i];
        }
    }
    free(sorted);
    return SW_OK;
}

static void mark(bool *chosen, const double *column, size_t atoms, double value) {
    for (size_t i = 0; i < atoms; i++)
        chosen[i] = chosen[i] || column[i] == value;
}

static sw_status mark_listed(bool *chosen, const double *column, size_t atoms, const char *text,
                             sw_error *error) {
    double value = 0.0;
    if (strcmp(text, "auto") == 0) {
        if (most_frequent(&value, column, atoms) != SW_OK)
            return sw_error_set(error, SW_ERROR_MEMORY, "values", NULL, "no memory to count them");
        mark(chosen, column, atoms, value);
        return SW_OK;
    }
    const char *rest = text;
    while (*(rest += strspn(rest, ", ")) != '\0') {
        if (!sw_number_parse(&value, rest, &rest))
            return sw_error_set(error, SW_ERROR_ARGUMENT, "values", "write them as 1,2",
                                "numbers were expected, \"%s\" was found", text);
        mark(chosen, column, atoms, value);
    }
    return SW_OK;
}

static sw_status choose_atoms(bool *chosen, const sw_atoms *atoms,
                              const sw_instrument_settings *settings, sw_error *error) {
    char hint[256];
    const char *name = sw_setting_text(settings, "column");
    const double *column;
    list_columns(hint, sizeof hint, atoms);
    sw_status status = sw_atom_column_named(&column, atoms, name, "column", hint, error);
    if (status != SW_OK)
        return status;
    return mark_listed(chosen, column, sw_atoms_count(atoms), sw_setting_text(settings, "values"),
                       error);
}

/* ---- distances ------------------------------------------------------------------------------- */

static sw_status from_column(double *distance, const sw_atoms *atoms, double alpha,
                             const sw_instrument_settings *settings, sw_context *context,
                             sw_error *error) {
    bool *chosen = sw_allocate(sw_atoms_count(atoms), sizeof *chosen);
    if (!chosen)
        return sw_error_set(error, SW_ERROR_MEMORY, "column", NULL, "no memory to choose atoms");
    sw_status status = choose_atoms(chosen, atoms, settings, error);
    if (status == SW_OK)
        status = sw_boundary_distances(distance, atoms, chosen, alpha, context, error);
    free(chosen);
    return status;
}

static sw_status from_isosurface(double *distance, sw_measurement *measurement,
                                 const sw_atoms *atoms, const sw_composition *composition,
                                 const sw_instrument_settings *settings, sw_context *context,
                                 sw_error *error) {
    sw_found_isosurface found;
    sw_status status = sw_found_isosurface_create(&found, measurement, atoms, composition, settings,
                                                  context, error);
    if (status != SW_OK)
        return status;
    if (found.surface.triangles == 0)
        status = sw_error_set(error, SW_ERROR_ARGUMENT, "threshold", "give another --threshold",
                              "no surface has a concentration of %g %%",
                              100.0 * found.surface.threshold);
    else
        status = sw_found_isosurface_distances(distance, &found, atoms, context, error);
    sw_found_isosurface_clear(&found);
    return status;
}

sw_status sw_profile_settings_distances(double *distance, sw_profile_origin origin,
                                        sw_measurement *measurement, const sw_atoms *atoms,
                                        const sw_composition *composition,
                                        const sw_instrument_settings *settings, sw_context *context,
                                        sw_error *error) {
    double alpha;
    if (origin == SW_FROM_ISOSURFACE)
        return from_isosurface(distance, measurement, atoms, composition, settings, context, error);
    sw_status status = sw_automatic_distance(&alpha, "alpha", ALPHA, atoms, settings,
                                             "give --alpha", context, error);
    if (status != SW_OK)
        return status;
    return origin == SW_FROM_SURFACE
               ? sw_surface_profile_distances(distance, atoms, alpha, context, error)
               : from_column(distance, atoms, alpha, settings, context, error);
}
