/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instrument `profile`: concentrations along a line through the atoms, or from a surface. */
#include "base/memory.h"
#include "structure/atom_columns.h"
#include "structure/automatic_cutoff.h"
#include "structure/found_isosurface.h"
#include "structure/instruments.h"
#include "structure/profile_fill.h"
#include "structure/profile_settings.h"
#include "structure/ranged_atoms.h"
#include "structure/results.h"
#include "structure/step_report.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_SHOWN 8 /* elements with columns, the most frequent */
#define ALPHA 1.5    /* median nearest distances */

static const char *const origins[] = {"line", "isosurface", "surface", "column", NULL};
static const char *const densities[] = {"slice", "filled", NULL};

static const sw_instrument_parameter parameters[] = {
    {.name = "from",
     .kind = SW_TAKES_CHOICE,
     .standard = "line",
     .choices = origins,
     .help = "distances along a line, or from a surface, inside positive"},
    {.name = "step",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_LENGTH,
     .standard = "5 A",
     .least = 1e-3,
     .most = 1e6,
     .help = "width of a bin"},
    {.name = "overlap",
     .kind = SW_TAKES_COUNT,
     .standard = "1",
     .least = 1,
     .most = 1000,
     .help = "moving bins: each begins this part of a step after the last"},
    {.name = "low",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_LENGTH,
     .standard = "auto",
     .help = "least distance that counts; auto: all"},
    {.name = "high",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_LENGTH,
     .standard = "auto",
     .help = "largest distance that counts; auto: all"},
    {.name = "start",
     .kind = SW_TAKES_TEXT,
     .standard = "auto",
     .help = "point of distance 0, x y z in A; auto: the centre of all atoms"},
    {.name = "end",
     .kind = SW_TAKES_TEXT,
     .standard = "none",
     .help = "where the line ends, x y z in A; then periodic images count"},
    {.name = "direction",
     .kind = SW_TAKES_TEXT,
     .standard = "auto",
     .help = "of a line without end, three numbers; auto: the longest principal axis"},
    {.name = "radius",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_LENGTH,
     .standard = "auto",
     .least = 1e-3,
     .most = 1e9,
     .help = "atoms within it of the line; auto: all, by their distance "
             "from a plane"},
    {.name = "side",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_LENGTH,
     .standard = "auto",
     .least = 1e-3,
     .most = 1e9,
     .help = "of a square around the line, instead of a radius; auto: no square"},
    {.name = "across",
     .kind = SW_TAKES_TEXT,
     .standard = "auto",
     .help = "a side of the square lies along it, three numbers; auto: along x, y or z"},
    {.name = "density",
     .kind = SW_TAKES_CHOICE,
     .standard = "slice",
     .choices = densities,
     .help = "per volume of the whole slice, or of its part that the solid fills"},
    {.name = "fit",
     .kind = SW_TAKES_TEXT,
     .standard = "none",
     .help = "element through whose concentration a smoothed step is fitted"},
    {.name = "alpha",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_LENGTH,
     .standard = "auto",
     .least = 1e-3,
     .most = 1e4,
     .help = "radius of the solid's ball; auto: 1.5 median nearest distances"},
    {.name = "column",
     .kind = SW_TAKES_TEXT,
     .standard = "none",
     .help = "column of the atoms whose values make the surface (phase, body)"},
    {.name = "values",
     .kind = SW_TAKES_TEXT,
     .standard = "auto",
     .help = "its values that are inside (1,2); auto: the most frequent one"},
    SW_ISOSURFACE_PARAMETERS,
    SW_RANGES_PARAMETER,
    {0},
};

static const sw_instrument_preset presets[] = {
    {"chen-2026",
     "X. Chen et al. (2026), doi:10.1038/s44160-026-01086-5: diameter 20 nm, step 0.5 nm",
     (const char *const[]){"radius=10 nm", "step=0.5 nm", NULL}},
    {0},
};

/* What is measured, on what. */
typedef struct sampled {
    sw_atoms *atoms;
    sw_composition composition;
    sw_profile_origin origin;
    sw_profile_line line;
    double *distance; /* [atoms] from a surface, or NULL */
    sw_profile_points points;
    sw_profile profile;
    double *filled; /* [parts] A^3, or NULL */
    size_t shown;   /* elements */
} sampled;

static void clear(sampled *s) {
    free(s->distance);
    free(s->filled);
    sw_profile_points_clear(&s->points);
    sw_profile_clear(&s->profile);
    sw_composition_clear(&s->composition);
    sw_atoms_destroy(s->atoms);
}

/* ---- counting -------------------------------------------------------------------------------- */

static sw_status find_points(sampled *s, sw_measurement *out,
                             const sw_instrument_settings *settings, sw_context *context,
                             sw_error *error) {
    size_t atoms = s->composition.atoms;
    s->origin = (sw_profile_origin)sw_setting_choice(settings, "from");
    if (s->origin == SW_FROM_LINE) {
        sw_status status = sw_profile_settings_line(&s->line, s->atoms, settings, error);
        return status == SW_OK
                   ? sw_profile_line_points(&s->points, &s->line, s->atoms, context, error)
                   : status;
    }
    s->distance = sw_allocate(atoms, sizeof *s->distance);
    sw_status status =
        s->distance ? sw_profile_settings_distances(s->distance, s->origin, out, s->atoms,
                                                    &s->composition, settings, context, error)
                    : SW_ERROR_MEMORY;
    for (size_t i = 0; i < atoms && status == SW_OK; i++)
        status = sw_profile_points_add(&s->points, i, s->distance[i]);
    return status;
}

static sw_status count(sampled *s, const sw_instrument_settings *settings, sw_error *error) {
    bool low = !sw_setting_is_automatic(settings, "low");
    bool high = !sw_setting_is_automatic(settings, "high");
    bool ends = s->origin == SW_FROM_LINE && isfinite(s->line.length);
    sw_profile_options options = {.step = sw_setting_number(settings, "step"),
                                  .overlap = sw_setting_count(settings, "overlap"),
                                  .low = ends ? 0.0 : -INFINITY,
                                  .high = ends ? s->line.length : INFINITY};
    if (low)
        options.low = fmax(options.low, sw_setting_number(settings, "low"));
    if (high)
        options.high = fmin(options.high, sw_setting_number(settings, "high"));
    return sw_profile_create(&s->profile, &s->points, &s->composition, &options, error);
}

static sw_status fill_slices(sampled *s, const sw_instrument_settings *settings,
                             sw_context *context, sw_error *error) {
    sw_tetrahedra tetrahedra;
    sw_alpha_shape shape;
    double alpha;
    if (s->origin != SW_FROM_LINE)
        return sw_error_set(error, SW_ERROR_UNSUPPORTED, "density", "leave --density away",
                            "how much of a bin is filled is known along a line only");
    sw_status status = sw_automatic_distance(&alpha, "alpha", ALPHA, s->atoms, settings,
                                             "give --alpha", context, error);
    if (status == SW_OK)
        status =
            sw_tetrahedra_create(&tetrahedra, s->atoms, SW_ALPHA_MARGIN * alpha, context, error);
    if (status != SW_OK)
        return status;
    status = sw_alpha_shape_create(&shape, &tetrahedra, alpha, error);
    if (status == SW_OK) {
        s->filled = sw_allocate(s->profile.parts, sizeof *s->filled);
        status = s->filled
                     ? sw_profile_fill(s->filled, &s->profile, &s->line, &shape, context, error)
                     : SW_ERROR_MEMORY;
        sw_alpha_shape_clear(&shape);
    }
    sw_tetrahedra_clear(&tetrahedra);
    return status;
}

/* A^3 of a bin; NaN where it has no bounds. */
static double bin_volume(const sampled *s, size_t bin) {
    const sw_profile *profile = &s->profile;
    double begin = profile->first + (double)bin * profile->part, sum = 0.0;
    double end = begin + (double)profile->overlap * profile->part;
    for (size_t p = bin; p < bin + profile->overlap && s->filled; p++)
        sum += s->filled[p];
    double whole =
        sw_profile_line_area(&s->line) * (fmin(end, profile->high) - fmax(begin, profile->low));
    double volume = s->filled ? sum : whole;
    return isfinite(volume) && volume > 0.0 ? volume : NAN;
}

/* ---- table ----------------------------------------------------------------------------------- */

/* distance, atoms, of a line also density, then value and half interval of each element. */
static sw_status add_columns(sw_table *table, const sampled *s) {
    sw_status status = sw_table_add_column(table, "distance", "A");
    if (status == SW_OK)
        status = sw_table_add_column(table, "atoms", "");
    for (size_t e = 0; e < 2 * s->shown && status == SW_OK; e++) {
        char name[32];
        snprintf(name, sizeof name, "%s%s", sw_element_symbol(s->composition.element[e / 2]),
                 e % 2 ? " spread" : "");
        status = sw_table_add_column(table, name, "at%");
    }
    if (status == SW_OK && s->origin == SW_FROM_LINE)
        status = sw_table_add_column(table, "density", "1/A3");
    return status;
}

static void fill_row(sw_table *table, size_t row, const sampled *s) {
    size_t total = sw_profile_total(&s->profile, row);
    sw_table_numbers(table, 0)[row] = sw_profile_middle(&s->profile, row);
    sw_table_numbers(table, 1)[row] = (double)total;
    for (size_t e = 0; e < s->shown; e++)
        sw_set_share(table, 2 + 2 * e, row,
                     sw_interval_fraction(sw_profile_count(&s->profile, row, e), total));
    if (s->origin == SW_FROM_LINE)
        sw_table_numbers(table, 2 + 2 * s->shown)[row] = (double)total / bin_volume(s, row);
}

static sw_status add_table(sw_measurement *out, const sampled *s) {
    sw_table *table;
    sw_status status = sw_table_create(&table);
    if (status != SW_OK)
        return status;
    status = add_columns(table, s);
    for (size_t b = 0; b < s->profile.bins && status == SW_OK; b++)
        status = sw_table_add_row(table, NULL);
    for (size_t b = 0; b < s->profile.bins && status == SW_OK; b++)
        fill_row(table, b, s);
    return sw_add_filled_table(out, "profile", table, status);
}

/* ---- numbers and plots ----------------------------------------------------------------------- */

static sw_status add_density(sw_measurement *out, const sampled *s) {
    double volume = 0.0, total = 0.0;
    for (size_t p = 0; p < s->profile.parts; p++) {
        total += (double)s->profile.total[p];
        volume += s->filled ? s->filled[p] : 0.0;
    }
    if (!s->filled)
        return SW_OK;
    sw_status status =
        sw_add_number(out, "filled volume", volume, "A3", "of the solid of atoms, in all bins");
    return status == SW_OK ? sw_add_number(out, "density", total / volume, "1/A3", "over all bins")
                           : status;
}

/* Over all bins. */
static sw_status add_values(sw_measurement *out, const sampled *s) {
    const sw_composition *composition = &s->composition;
    size_t total = 0;
    for (size_t p = 0; p < s->profile.parts; p++)
        total += s->profile.total[p];
    sw_status status = sw_add_number(out, "atoms inside", (double)total, "",
                                     "counted; molecular ions as all their atoms");
    for (size_t e = 0; e < s->shown && status == SW_OK; e++) {
        size_t found = 0;
        for (size_t p = 0; p < s->profile.parts; p++)
            found += s->profile.count[p * s->profile.elements + e];
        sw_interval share = sw_interval_fraction(found, total);
        status = sw_measurement_add(out, sw_element_symbol(composition->element[e]),
                                    100.0 * share.value, 100.0 * share.low, 100.0 * share.high,
                                    "at%", "concentration over the whole profile");
    }
    if (status == SW_OK)
        status = add_density(out, s);
    if (status == SW_OK && composition->uncounted > 0)
        status = sw_measurement_note(out,
                                     "%zu of %zu atoms are of no element (vacancies, or not "
                                     "ranged) and are not counted.",
                                     composition->uncounted, composition->atoms);
    return status;
}

static sw_status add_plots(sw_measurement *out, const sampled *s) {
    bool line = s->origin == SW_FROM_LINE;
    sw_status status = SW_OK;
    for (size_t e = 0; e < s->shown && status == SW_OK; e++)
        status = sw_measurement_add_plot(
            out,
            (sw_plot){.title = sw_element_symbol(s->composition.element[e]),
                      .table = "profile",
                      .x = "distance",
                      .y = sw_element_symbol(s->composition.element[e]),
                      .kind = "lines",
                      .y_label = "concentration [at%]",
                      .help = line ? "Concentration along the line; the band is the 95 % interval "
                                     "of counting."
                                   : "Concentration against the distance from the surface, inside "
                                     "positive; the band is the 95 % interval of counting."});
    if (status == SW_OK && line && (s->filled || isfinite(sw_profile_line_area(&s->line))))
        status = sw_measurement_add_plot(
            out, (sw_plot){.title = "Density",
                           .table = "profile",
                           .x = "distance",
                           .y = "density",
                           .kind = "lines",
                           .y_label = "density [1/A3]",
                           .help = s->filled ? "Counted atoms per volume of the solid in the bin."
                                             : "Counted atoms per volume of the bin."});
    return status;
}

static sw_status add_atoms(sw_measurement *out, const sampled *s) {
    sw_atoms *atoms;
    double *column;
    if (!s->distance)
        return SW_OK;
    sw_status status = sw_atoms_copy(&atoms, s->atoms);
    if (status != SW_OK)
        return status;
    status = sw_atom_column(&column, atoms, "surface_distance", 1, false);
    if (status == SW_OK)
        memcpy(column, s->distance, s->composition.atoms * sizeof *column);
    return sw_add_filled_atoms(out, atoms, status);
}

/* ---- the fit --------------------------------------------------------------------------------- */

static sw_status fit_step(sw_measurement *out, const sampled *s, const char *element,
                          sw_error *error) {
    if (strcmp(element, "none") == 0)
        return SW_OK;
    ptrdiff_t place = sw_composition_find(&s->composition, element);
    if (place < 0)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "fit", "give the symbol of an element",
                            "there are no %.20s atoms", element);
    const sw_share_step_bins bins = {.bins = s->profile.parts,
                                     .first = s->profile.first,
                                     .size = s->profile.part,
                                     .count = s->profile.count + place,
                                     .total = s->profile.total,
                                     .stride = s->profile.elements};
    return sw_step_report_add(out, &bins, error);
}

/* ---- the instrument -------------------------------------------------------------------------- */

static sw_status note_images(sw_measurement *out, const sampled *s) {
    bool periodic[3] = {false};
    if (s->origin != SW_FROM_LINE || sw_profile_line_is_bounded(&s->line) ||
        s->line.section == SW_SECTION_ALL || !sw_atoms_cell(s->atoms, NULL, periodic) ||
        !(periodic[0] || periodic[1] || periodic[2]))
        return SW_OK;
    return sw_measurement_note(out, "Positions are taken as they stand: periodic images count "
                                    "where --end is given.");
}

static sw_status report(sw_measurement *out, const sampled *s,
                        const sw_instrument_settings *settings, sw_error *error) {
    sw_status status = add_values(out, s);
    if (status == SW_OK)
        status = note_images(out, s);
    if (status == SW_OK)
        status = add_table(out, s);
    if (status == SW_OK)
        status = add_plots(out, s);
    if (status == SW_OK)
        status = fit_step(out, s, sw_setting_text(settings, "fit"), error);
    return status == SW_OK ? add_atoms(out, s) : status;
}

static sw_status measure(sw_measurement *measurement, const sw_content *inputs,
                         const sw_instrument_settings *settings, sw_context *context,
                         sw_error *error) {
    sampled s = {0};
    sw_status status = sw_ranged_atoms(&s.atoms, inputs[0].atoms, settings, error);
    if (status == SW_OK)
        status = sw_composition_create(&s.composition, s.atoms, error);
    if (status == SW_OK)
        status = find_points(&s, measurement, settings, context, error);
    if (status == SW_OK)
        status = count(&s, settings, error);
    if (status == SW_OK && sw_setting_choice(settings, "density") == 1)
        status = fill_slices(&s, settings, context, error);
    s.shown = s.composition.elements < MOST_SHOWN ? s.composition.elements : MOST_SHOWN;
    if (status == SW_OK)
        status = report(measurement, &s, settings, error);
    clear(&s);
    return status;
}

const sw_instrument sw_instrument_profile = {
    .name = "profile",
    .summary = "concentrations along a line, or from a surface",
    .description =
        "Counts elements in bins along a line (inside a cylinder or a square bar around it, or of "
        "all atoms), or of the distance from a surface, the proxigram: an isosurface of "
        "concentration (parameters of `isosurface`), the surface of the solid of atoms (alpha "
        "shape), or the boundary of atoms with chosen values of a column, half way to their "
        "neighbours. Distances inside are positive. Where an isosurface only closes because the "
        "atoms end it does not count.\n\n"
        "Molecular ions of ranged atom-probe points count as all their atoms; atoms of no element "
        "do not count. Periodic images count between the two ends of a line with a cross-section, "
        "and for distances from surfaces.\n\n"
        "Intervals are those of counting after Wilson (1927). The density is what is counted over "
        "the volume of the bin, or over the part of it that the solid of atoms fills, whose "
        "surface goes through the centres of atoms; without a correction for the detector.\n\n"
        "The fitted step is an error function through the binned counts by greatest likelihood, "
        "with intervals of the likelihood ratio. An isosurface of chance is a step too: a surface "
        "and the profile from it are of the same atoms, so the bins next to it are not free of "
        "its choice.",
    .citation =
        "O. C. Hellman et al., Microsc. Microanal. 6, 437 (2000) (proxigram); X. Chen et al. "
        "(2026), doi:10.1038/s44160-026-01086-5 (cylinder); E. B. Wilson, J. Am. Stat. Assoc. 22, "
        "209 (1927)",
    .columns = "surface_distance (A, inside positive; from a surface only)",
    .input = {SW_NOUN_ATOMS},
    .parameters = parameters,
    .presets = presets,
    .measure = measure,
};
