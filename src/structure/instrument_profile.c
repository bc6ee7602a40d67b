/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instrument `profile`: concentrations along a line through the atoms. */
#include "base/matrix.h"
#include "base/number.h"
#include "structure/instruments.h"
#include "structure/interval.h"
#include "structure/profile.h"
#include "structure/results.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define MOST_SHOWN 8 /* elements with columns, the most frequent */
#define PI 3.14159265358979323846

static const sw_instrument_parameter parameters[] = {
    {.name = "step",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_LENGTH,
     .standard = "5 A",
     .least = 1e-3,
     .most = 1e6,
     .help = "width of a bin along the line"},
    {.name = "radius",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_LENGTH,
     .standard = "auto",
     .least = 1e-3,
     .most = 1e9,
     .help = "atoms within it of the line; auto: all, by their distance "
             "from a plane"},
    {.name = "start",
     .kind = SW_TAKES_TEXT,
     .standard = "auto",
     .help = "point of distance 0, x y z in A; auto: the centre of all atoms"},
    {.name = "direction",
     .kind = SW_TAKES_TEXT,
     .standard = "auto",
     .help = "of the line, three numbers; auto: the longest principal axis"},
    {.name = "ranges",
     .kind = SW_TAKES_TEXT,
     .standard = "none",
     .help = "range file (.rng, .rrng) of atom-probe points"},
    {0},
};

static const sw_instrument_preset presets[] = {
    {"chen-2026",
     "X. Chen et al. (2026), doi:10.1038/s44160-026-01086-5: diameter 20 nm, step 0.5 nm",
     (const char *const[]){"radius=10 nm", "step=0.5 nm", NULL}},
    {0},
};

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

static sw_status find_line(sw_profile_line *line, const sw_atoms *atoms,
                           const sw_instrument_settings *settings, sw_error *error) {
    sw_status status = SW_OK;
    sw_profile_longest(line, atoms);
    line->step = sw_setting_number(settings, "step");
    line->radius = sw_setting_is_automatic(settings, "radius")
                       ? INFINITY
                       : sw_setting_number(settings, "radius");
    if (!sw_setting_is_automatic(settings, "start"))
        status = read_vector(line->start, settings, "start", error);
    if (status == SW_OK && !sw_setting_is_automatic(settings, "direction"))
        status = read_vector(line->direction, settings, "direction", error);
    double length = sw_vector_length(line->direction);
    if (status == SW_OK && !(length > 0.0))
        return sw_error_set(error, SW_ERROR_ARGUMENT, "direction", "write it as \"0 0 1\"",
                            "the direction has no length");
    for (int k = 0; k < 3; k++)
        line->direction[k] /= length;
    return status;
}

/* A copy of the atoms, ranged where a range file is named. */
static sw_status range_atoms(sw_atoms **atoms, const sw_atoms *given,
                             const sw_instrument_settings *settings, sw_error *error) {
    const char *path = sw_setting_text(settings, "ranges");
    sw_ranges *ranges;
    size_t ranged;
    sw_status status = sw_atoms_copy(atoms, given);
    if (status != SW_OK || strcmp(path, "none") == 0)
        return status;
    status = sw_ranges_read(&ranges, path, error);
    if (status == SW_OK)
        status = sw_ranges_apply(&ranged, *atoms, ranges, error);
    sw_ranges_destroy(ranges);
    return status;
}

/* distance, atoms, density, then value and half interval of each element. */
static sw_status add_columns(sw_table *table, const sw_composition *composition, size_t shown) {
    sw_status status = sw_table_add_column(table, "distance", "A");
    if (status == SW_OK)
        status = sw_table_add_column(table, "atoms", "");
    if (status == SW_OK)
        status = sw_table_add_column(table, "density", "1/A3");
    for (size_t e = 0; e < 2 * shown && status == SW_OK; e++) {
        char name[32];
        snprintf(name, sizeof name, "%s%s", sw_element_symbol(composition->element[e / 2]),
                 e % 2 ? " spread" : "");
        status = sw_table_add_column(table, name, "at%");
    }
    return status;
}

static void fill_row(sw_table *table, size_t row, const sw_profile *profile, size_t shown,
                     double radius) {
    double volume = PI * radius * radius * profile->step;
    size_t total = profile->total[row];
    sw_table_numbers(table, 0)[row] = profile->first + ((double)row + 0.5) * profile->step;
    sw_table_numbers(table, 1)[row] = (double)total;
    sw_table_numbers(table, 2)[row] = isfinite(volume) ? (double)total / volume : NAN;
    for (size_t e = 0; e < shown; e++) {
        sw_interval share =
            sw_interval_fraction(profile->count[row * profile->elements + e], total);
        sw_table_numbers(table, 3 + 2 * e)[row] = 100.0 * share.value;
        sw_table_numbers(table, 4 + 2 * e)[row] =
            100.0 * fmax(share.high - share.value, share.value - share.low);
    }
}

static sw_status add_table(sw_measurement *out, const sw_profile *profile,
                           const sw_composition *composition, size_t shown, double radius) {
    sw_table *table;
    sw_status status = sw_table_create(&table);
    if (status != SW_OK)
        return status;
    status = add_columns(table, composition, shown);
    for (size_t b = 0; b < profile->bins && status == SW_OK; b++)
        status = sw_table_add_row(table, NULL);
    for (size_t b = 0; b < profile->bins && status == SW_OK; b++)
        fill_row(table, b, profile, shown, radius);
    return sw_add_filled_table(out, "profile", table, status);
}

/* Over all bins. */
static sw_status add_values(sw_measurement *out, const sw_profile *profile,
                            const sw_composition *composition, size_t shown) {
    size_t total = 0;
    for (size_t b = 0; b < profile->bins; b++)
        total += profile->total[b];
    sw_status status = sw_add_number(out, "atoms inside", (double)total, "",
                                     "counted; molecular ions as all their atoms");
    for (size_t e = 0; e < shown && status == SW_OK; e++) {
        size_t found = 0;
        for (size_t b = 0; b < profile->bins; b++)
            found += profile->count[b * profile->elements + e];
        sw_interval share = sw_interval_fraction(found, total);
        status = sw_measurement_add(out, sw_element_symbol(composition->element[e]),
                                    100.0 * share.value, 100.0 * share.low, 100.0 * share.high,
                                    "at%", "concentration over the whole line");
    }
    if (status == SW_OK && composition->uncounted > 0)
        status = sw_measurement_note(out,
                                     "%zu of %zu atoms are of no element (vacancies, or not "
                                     "ranged) and are not counted.",
                                     composition->uncounted, composition->atoms);
    return status;
}

static sw_status add_plots(sw_measurement *out, const sw_composition *composition, size_t shown) {
    sw_status status = SW_OK;
    for (size_t e = 0; e < shown && status == SW_OK; e++)
        status = sw_measurement_add_plot(
            out, (sw_plot){.title = sw_element_symbol(composition->element[e]),
                           .table = "profile",
                           .x = "distance",
                           .y = sw_element_symbol(composition->element[e]),
                           .kind = "lines",
                           .y_label = "concentration [at%]",
                           .help = "Concentration along the line; the band is the 95 % interval of "
                                   "counting."});
    return status;
}

static sw_status report(sw_measurement *out, const sw_profile *profile,
                        const sw_composition *composition, double radius) {
    size_t shown = composition->elements < MOST_SHOWN ? composition->elements : MOST_SHOWN;
    sw_status status = add_values(out, profile, composition, shown);
    if (status == SW_OK)
        status = add_table(out, profile, composition, shown, radius);
    return status == SW_OK ? add_plots(out, composition, shown) : status;
}

static sw_status measure(sw_measurement *measurement, const sw_content *inputs,
                         const sw_instrument_settings *settings, sw_context *context,
                         sw_error *error) {
    sw_atoms *atoms = NULL;
    sw_composition composition = {0};
    sw_profile profile = {0};
    sw_profile_line line;
    (void)context;
    sw_status status = range_atoms(&atoms, inputs[0].atoms, settings, error);
    if (status == SW_OK)
        status = sw_composition_create(&composition, atoms, error);
    if (status == SW_OK)
        status = find_line(&line, atoms, settings, error);
    if (status == SW_OK)
        status = sw_profile_create(&profile, atoms, &composition, &line, error);
    if (status == SW_OK)
        status = report(measurement, &profile, &composition, line.radius);
    sw_profile_clear(&profile);
    sw_composition_clear(&composition);
    sw_atoms_destroy(atoms);
    return status;
}

const sw_instrument sw_instrument_profile = {
    .name = "profile",
    .summary = "concentrations along a line, in a cylinder or from a plane",
    .description =
        "Counts elements in bins along a line, inside a cylinder around it or of all atoms. "
        "Molecular "
        "ions of ranged atom-probe points count as all their atoms; atoms of no element do not "
        "count. Positions are taken as they stand, without periodic images.\n\n"
        "Intervals are those of counting after Wilson (1927). The density is what is counted over "
        "the volume of the cylinder's slice, whether or not atoms fill it, without a correction "
        "for "
        "the detector.",
    .citation =
        "X. Chen et al. (2026), doi:10.1038/s44160-026-01086-5 (cylinder); E. B. Wilson, J. "
        "Am. Stat. Assoc. 22, 209 (1927)",
    .input = {SW_NOUN_ATOMS},
    .parameters = parameters,
    .presets = presets,
    .measure = measure,
};
