/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instrument `isosurface`: bodies in which chosen elements are more than a threshold. */
#include "base/memory.h"
#include "structure/atom_columns.h"
#include "structure/found_isosurface.h"
#include "structure/histogram.h"
#include "structure/instruments.h"
#include "structure/interval.h"
#include "structure/ranged_atoms.h"
#include "structure/results.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_SHOWN 8 /* elements with numbers, the most frequent */
#define PI 3.14159265358979323846

static const sw_instrument_parameter parameters[] = {
    SW_ISOSURFACE_PARAMETERS,
    {.name = "smallest",
     .kind = SW_TAKES_COUNT,
     .standard = "0",
     .least = 0,
     .most = 1e15,
     .help = "bodies that hold fewer atoms are left out"},
    SW_RANGES_PARAMETER,
    {0},
};

static const sw_instrument_preset presets[] = {
    {"local-electrode",
     "voxels of 1 nm, delocalised by 3 x 3 x 1.5 nm as usual in the field (D. J. Larson et al., "
     "Local Electrode Atom Probe Tomography, Springer 2013), here taken as three standard "
     "deviations",
     (const char *const[]){"voxel=1 nm", "delocalisation=1 nm", "delocalisation-z=0.5 nm", NULL}},
    {0},
};

/* What was counted, and where. */
typedef struct findings {
    const sw_atoms *atoms;
    const sw_composition *composition;
    sw_found_isosurface *found;
    uint32_t *body;   /* [atoms] */
    double *distance; /* [atoms] A */
    size_t shown, bodies;
    size_t *atoms_in; /* [bodies + 1] atoms that count as something; the last: outside */
    size_t *total;    /* [bodies + 1] what they count as */
    size_t *count;    /* [bodies + 1][elements] */
} findings;

/* ---- counting -------------------------------------------------------------------------------- */

static void find_atoms(findings *f) {
    const sw_composition *composition = f->composition;
    for (size_t i = 0; i < composition->atoms; i++) {
        size_t type = composition->type[i];
        f->body[i] =
            sw_isosurface_body_at(&f->found->surface, sw_atoms_positions_const(f->atoms) + 3 * i);
        size_t row = f->body[i] == SW_NO_BODY ? f->bodies : f->body[i];
        f->atoms_in[row] += composition->total[type] > 0;
        f->total[row] += composition->total[type];
        for (size_t e = 0; e < composition->elements; e++)
            f->count[row * composition->elements + e] +=
                composition->count[type * composition->elements + e];
    }
}

static sw_status count_all(findings *f) {
    free(f->atoms_in);
    free(f->total);
    free(f->count);
    f->bodies = f->found->surface.bodies;
    f->atoms_in = sw_allocate(f->bodies + 1, sizeof *f->atoms_in);
    f->total = sw_allocate(f->bodies + 1, sizeof *f->total);
    f->count = sw_allocate(f->bodies + 1, f->composition->elements * sizeof *f->count);
    if (!f->atoms_in || !f->total || !f->count)
        return SW_ERROR_MEMORY;
    find_atoms(f);
    return SW_OK;
}

/* Bodies with fewer atoms go, and all is counted again. */
static sw_status drop_small(findings *f, sw_measurement *out, size_t smallest) {
    size_t dropped = 0;
    bool *keep = sw_allocate(f->bodies, sizeof *keep);
    if (!keep)
        return SW_ERROR_MEMORY;
    for (size_t b = 0; b < f->bodies; b++) {
        keep[b] = f->atoms_in[b] >= smallest;
        dropped += !keep[b];
    }
    sw_status status = dropped ? sw_isosurface_select(&f->found->surface, keep) : SW_OK;
    free(keep);
    if (status != SW_OK || dropped == 0)
        return status;
    status = count_all(f);
    return status == SW_OK ? sw_measurement_note(out,
                                                 "%zu bodies of fewer than %zu atoms are "
                                                 "left out.",
                                                 dropped, smallest)
                           : status;
}

/* ---- numbers --------------------------------------------------------------------------------- */

typedef struct sums {
    double volume, area, border;
    size_t atoms, total;
} sums;

static sums sum_up(const findings *f) {
    sums all = {0};
    for (size_t b = 0; b < f->bodies; b++) {
        const sw_isosurface_body *body = &f->found->surface.list[b];
        all.volume += body->volume;
        all.area += body->area;
        all.border += body->border;
        all.atoms += f->atoms_in[b];
        all.total += f->total[b];
    }
    return all;
}

static sw_status add_sizes(sw_measurement *out, const findings *f, const sums *all) {
    const sw_isosurface *surface = &f->found->surface;
    sw_status status = sw_add_number(out, "threshold", 100.0 * surface->threshold, "at%",
                                     "concentration on the surface");
    if (status == SW_OK)
        status = sw_add_number(out, "bodies", (double)f->bodies, "",
                               "connected regions above the threshold");
    if (status == SW_OK)
        status = sw_add_number(out, "volume", all->volume, "A3", "of all bodies");
    if (status == SW_OK)
        status = sw_add_number(out, "area", all->area, "A2", "of the closed surface");
    if (status == SW_OK)
        status = sw_add_number(out, "border area", all->border, "A2",
                               "the part of it where there are too few atoms outside to tell");
    if (status == SW_OK)
        status = sw_add_number(out, "largest body",
                               f->bodies ? 100.0 * surface->list[0].volume / all->volume : NAN, "%",
                               "of the volume");
    if (status == SW_OK)
        status = sw_add_number(out, "shells", (double)surface->shells, "",
                               "closed surfaces: one a body, and one for each hole in it");
    return status == SW_OK
               ? sw_add_number(out, "Euler characteristic", (double)sw_isosurface_euler(surface),
                               "", "2 for each sphere, 0 for a ring")
               : status;
}

static sw_status add_composition(sw_measurement *out, const findings *f, const sums *all) {
    const sw_composition *composition = f->composition;
    size_t outside = f->total[f->bodies];
    sw_status status = sw_add_number(out, "atoms inside", (double)all->atoms, "",
                                     "that count as an element; ions as one");
    for (size_t e = 0; e < 2 * f->shown && status == SW_OK; e++) {
        char name[32];
        size_t in = 0, element = e % f->shown, out_of_it = f->bodies * composition->elements;
        for (size_t b = 0; b < f->bodies; b++)
            in += f->count[b * composition->elements + element];
        sw_interval share = e < f->shown
                                ? sw_interval_fraction(in, all->total)
                                : sw_interval_fraction(f->count[out_of_it + element], outside);
        snprintf(name, sizeof name, "%s %s", sw_element_symbol(composition->element[element]),
                 e < f->shown ? "inside" : "outside");
        status = sw_measurement_add(out, name, 100.0 * share.value, 100.0 * share.low,
                                    100.0 * share.high, "at%",
                                    e < f->shown ? "of the atoms inside; interval of counting"
                                                 : "of those outside; interval of counting");
    }
    return status;
}

/* A smoothed sphere's half level lies width^2 / R below its surface. */
static sw_status add_notes(sw_measurement *out, const findings *f, const sums *all) {
    const double *width = f->found->width;
    sw_status status = SW_OK;
    if (f->bodies > 0 && !f->found->surface.list[0].endless) {
        double radius = cbrt(0.75 * f->found->surface.list[0].volume / PI);
        double shift = (2.0 * width[0] * width[0] + width[2] * width[2]) / 3.0 / radius;
        status = sw_measurement_note(out,
                                     "Delocalisation makes bodies smaller: the surface of a sharp "
                                     "sphere as large as the largest body lies about %.2g A too "
                                     "far in.",
                                     shift);
    }
    if (status == SW_OK && f->composition->uncounted > 0)
        status = sw_measurement_note(out, "%zu of %zu atoms are of no element and not counted.",
                                     f->composition->uncounted, f->composition->atoms);
    if (status == SW_OK && all->border > 0.0)
        status = sw_measurement_note(out, "%.3g %% of the area lie where the atoms end.",
                                     100.0 * all->border / all->area);
    return status;
}

/* ---- table, plot, atoms, mesh ---------------------------------------------------------------- */

static const char *const body_columns[][2] = {
    {"body", ""}, {"volume", "A3"}, {"area", "A2"}, {"border share", "%"}, {"radius", "A"},
    {"x", "A"},   {"y", "A"},       {"z", "A"},     {"atoms", ""},
};
#define BODY_COLUMNS (sizeof body_columns / sizeof body_columns[0])

static void fill_body(sw_table *table, const findings *f, size_t b) {
    const sw_isosurface_body *body = &f->found->surface.list[b];
    double numbers[BODY_COLUMNS] = {(double)b + 1.0,
                                    body->volume,
                                    body->area,
                                    body->area > 0.0 ? 100.0 * body->border / body->area : 0.0,
                                    cbrt(0.75 * body->volume / PI),
                                    body->endless ? NAN : body->centre[0],
                                    body->endless ? NAN : body->centre[1],
                                    body->endless ? NAN : body->centre[2],
                                    (double)f->atoms_in[b]};
    for (size_t c = 0; c < BODY_COLUMNS; c++)
        sw_table_numbers(table, c)[b] = numbers[c];
    for (size_t e = 0; e < f->shown; e++)
        sw_set_share(table, BODY_COLUMNS + 2 * e, b,
                     sw_interval_fraction(f->count[b * f->composition->elements + e], f->total[b]));
}

static sw_status add_table(sw_measurement *out, const findings *f) {
    sw_table *table;
    sw_status status = sw_table_create(&table);
    if (status != SW_OK)
        return status;
    for (size_t c = 0; c < BODY_COLUMNS && status == SW_OK; c++)
        status = sw_table_add_column(table, body_columns[c][0], body_columns[c][1]);
    for (size_t e = 0; e < 2 * f->shown && status == SW_OK; e++) {
        char name[32];
        snprintf(name, sizeof name, "%s%s", sw_element_symbol(f->composition->element[e / 2]),
                 e % 2 ? " spread" : "");
        status = sw_table_add_column(table, name, "at%");
    }
    for (size_t b = 0; b < f->bodies && status == SW_OK; b++)
        status = sw_table_add_row(table, NULL);
    for (size_t b = 0; b < f->bodies && status == SW_OK; b++)
        fill_body(table, f, b);
    return sw_add_filled_table(out, "bodies", table, status);
}

static const sw_histogram concentrations = {
    .table = "concentrations",
    .column = "concentration",
    .unit = "at%",
    .title = "Concentration around the atoms",
    .bins = 50,
    .least = 100.0,
    .help = "Of the chosen elements, delocalised; a threshold between two heaps parts them well."};

static sw_status add_concentrations(sw_measurement *out, const findings *f) {
    size_t atoms = f->composition->atoms;
    double *value = sw_allocate(atoms, sizeof *value);
    if (!value)
        return SW_ERROR_MEMORY;
    for (size_t i = 0; i < atoms; i++)
        value[i] = f->composition->total[f->composition->type[i]] > 0
                       ? 100.0 * sw_concentration_grid_at(
                                     &f->found->grid, sw_atoms_positions_const(f->atoms) + 3 * i)
                       : NAN;
    sw_status status = sw_histogram_add(out, &concentrations, value, atoms);
    free(value);
    return status;
}

static sw_status add_atoms(sw_measurement *out, const findings *f) {
    sw_atoms *atoms;
    double *column;
    sw_status status = sw_atoms_copy(&atoms, f->atoms);
    if (status != SW_OK)
        return status;
    status = sw_atom_column(&column, atoms, "surface_distance", 1, false);
    for (size_t i = 0; i < f->composition->atoms && status == SW_OK; i++)
        column[i] = isfinite(f->distance[i]) ? f->distance[i] : NAN;
    if (status == SW_OK)
        status = sw_atom_column(&column, atoms, "body", 1, true);
    for (size_t i = 0; i < f->composition->atoms && status == SW_OK; i++)
        column[i] = f->body[i] == SW_NO_BODY ? 0.0 : (double)f->body[i] + 1.0;
    return sw_add_filled_atoms(out, atoms, status);
}

/* Triangles that reach out of a periodic cell get vertices of their own. */
static sw_status add_mesh(sw_measurement *out, const findings *f) {
    const sw_isosurface *surface = &f->found->surface;
    sw_mesh *mesh;
    size_t more = 0;
    for (size_t i = 0; i < 3 * surface->triangles; i++) {
        const int8_t *shift = surface->shift[i / 3][i % 3];
        more += shift[0] || shift[1] || shift[2];
    }
    sw_status status = sw_mesh_create(&mesh, surface->vertices + more, surface->triangles);
    if (status != SW_OK)
        return status;
    size_t next = surface->vertices;
    for (size_t v = 0; v < surface->vertices; v++)
        memcpy(sw_mesh_positions(mesh) + 3 * v, surface->vertex[v], sizeof surface->vertex[v]);
    for (size_t t = 0; t < surface->triangles; t++) {
        double corner[3][3];
        sw_isosurface_triangle(corner, surface, t);
        sw_mesh_bodies(mesh)[t] = surface->body[t] + 1;
        for (size_t c = 0; c < 3; c++) {
            const int8_t *shift = surface->shift[t][c];
            bool away = shift[0] || shift[1] || shift[2];
            sw_mesh_corners(mesh)[3 * t + c] = away ? (uint32_t)next : surface->corner[t][c];
            if (away)
                memcpy(sw_mesh_positions(mesh) + 3 * next++, corner[c], sizeof corner[c]);
        }
    }
    return sw_measurement_add_mesh(out, "surface", mesh);
}

/* ---- the instrument -------------------------------------------------------------------------- */

static sw_status report(sw_measurement *out, const findings *f) {
    sums all = sum_up(f);
    sw_status status = add_sizes(out, f, &all);
    if (status == SW_OK)
        status = add_composition(out, f, &all);
    if (status == SW_OK)
        status = add_notes(out, f, &all);
    if (status == SW_OK)
        status = add_table(out, f);
    if (status == SW_OK)
        status = add_concentrations(out, f);
    if (status == SW_OK)
        status = add_atoms(out, f);
    return status == SW_OK ? add_mesh(out, f) : status;
}

static sw_status measure_found(sw_measurement *out, findings *f, size_t smallest,
                               sw_context *context, sw_error *error) {
    size_t elements = f->composition->elements;
    f->shown = elements < MOST_SHOWN ? elements : MOST_SHOWN;
    f->body = sw_allocate(f->composition->atoms, sizeof *f->body);
    f->distance = sw_allocate(f->composition->atoms, sizeof *f->distance);
    sw_status status = f->body && f->distance ? count_all(f) : SW_ERROR_MEMORY;
    if (status == SW_OK)
        status = drop_small(f, out, smallest);
    if (status == SW_OK)
        status = sw_found_isosurface_distances(f->distance, f->found, f->atoms, context, error);
    if (status == SW_OK)
        status = report(out, f);
    free(f->body);
    free(f->distance);
    free(f->atoms_in);
    free(f->total);
    free(f->count);
    return status;
}

static sw_status measure(sw_measurement *measurement, const sw_content *inputs,
                         const sw_instrument_settings *settings, sw_context *context,
                         sw_error *error) {
    sw_atoms *atoms = NULL;
    sw_composition composition = {0};
    sw_found_isosurface found;
    sw_status status = sw_ranged_atoms(&atoms, inputs[0].atoms, settings, error);
    if (status == SW_OK)
        status = sw_composition_create(&composition, atoms, error);
    if (status == SW_OK)
        status = sw_found_isosurface_create(&found, measurement, atoms, &composition, settings,
                                            context, error);
    if (status == SW_OK) {
        findings f = {.atoms = atoms, .composition = &composition, .found = &found};
        status =
            measure_found(measurement, &f, sw_setting_count(settings, "smallest"), context, error);
        sw_found_isosurface_clear(&found);
    }
    sw_composition_clear(&composition);
    sw_atoms_destroy(atoms);
    return status;
}

const sw_instrument sw_instrument_isosurface = {
    .name = "isosurface",
    .summary = "bodies above a concentration: size, composition, distances",
    .description =
        "The concentration of chosen elements is delocalised by a Gaussian onto a grid: counts of "
        "these elements over all counts. Its surface at the threshold is made of triangles (linear "
        "in the six tetrahedra of each voxel), closed and oriented; where there are too few atoms "
        "to tell, and around the atoms, the concentration is taken as 0, and this part of the area "
        "is told apart. Volume and area are off by a multiple of the voxel squared.\n\n"
        "Bodies are connected regions above the threshold. Compositions are of the atoms inside, "
        "with intervals of counting (Wilson 1927); as the atoms themselves choose what is inside, "
        "small bodies look richer than they are. Molecular ions of ranged atom-probe points count "
        "as all their atoms.\n\n"
        "With --output the surface is written as surface.ply (ParaView, Blender, MeshLab).",
    .citation =
        "O. C. Hellman et al., Microsc. Microanal. 6, 437 (2000) (delocalisation, surface); "
        "A. Doi and A. Koide, IEICE Trans. E74, 214 (1991) (triangles); N. Otsu, IEEE "
        "Trans. Syst. Man Cybern. 9, 62 (1979) (threshold)",
    .columns = "surface_distance (A, inside positive), body (0: outside)",
    .input = {SW_NOUN_ATOMS},
    .parameters = parameters,
    .presets = presets,
    .measure = measure,
};
