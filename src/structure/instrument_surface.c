/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instrument `surface`: the alpha shape of atoms, its volume and area, and how deep atoms lie. */
#include "base/memory.h"
#include "structure/alpha_shape.h"
#include "structure/atom_columns.h"
#include "structure/automatic_cutoff.h"
#include "structure/histogram.h"
#include "structure/instruments.h"
#include "structure/results.h"

#include <math.h>
#include <stdlib.h>

#define ON_SURFACE 1e-6 /* A */
#define PI 3.14159265358979323846

static const sw_instrument_parameter parameters[] = {
    {.name = "alpha",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_LENGTH,
     .standard = "auto",
     .least = 1e-3,
     .most = 1e4,
     .help = "radius of the ball that rolls over the atoms; auto: 1.5 times "
             "the median distance of nearest atoms"},
    {0},
};

static const sw_instrument_preset presets[] = {
    {"zhang-2024",
     "alpha 4.5 A, the first valley of g(r) (Y. Zhang et al., "
     "doi:10.1038/s41467-024-52026-w)",
     (const char *const[]){"alpha=4.5 A", NULL}},
    {0},
};

/* ---- numbers --------------------------------------------------------------------------------- */

static sw_status add_size(sw_measurement *out, const sw_alpha_shape *shape) {
    double radius = cbrt(0.75 * shape->volume / PI);
    sw_status status =
        sw_add_number(out, "volume", shape->volume, "A3", "of the tetrahedra inside");
    if (status == SW_OK)
        status = sw_add_number(out, "area", shape->area, "A2",
                               "of the faces between inside and outside");
    if (status == SW_OK)
        status = sw_add_number(out, "radius", radius, "A", "of a sphere of this volume");
    if (status == SW_OK)
        status = sw_add_number(out, "sphericity", 4.0 * PI * radius * radius / shape->area, "",
                               "area of that sphere over the area; 1 for a sphere");
    return status;
}

static sw_status add_pieces(sw_measurement *out, const sw_alpha_shape *shape) {
    sw_status status =
        sw_add_number(out, "solids", (double)shape->solids, "", "pieces joined over faces");
    if (status == SW_OK)
        status = sw_add_number(out, "largest share", 100.0 * shape->largest_volume / shape->volume,
                               "%", "of the volume, in the largest piece");
    if (status == SW_OK)
        status = sw_add_number(out, "cavities", (double)shape->cavities, "",
                               "empty pieces without a way out");
    if (status == SW_OK)
        status = sw_add_number(out, "cavity volume", shape->cavity_volume, "A3", "of all of them");
    return status;
}

static sw_status add_depths(sw_measurement *out, const double *depth, size_t atoms) {
    size_t surface = 0, counted = 0;
    double sum = 0.0, deepest = 0.0;
    for (size_t i = 0; i < atoms; i++) {
        if (!isfinite(depth[i]))
            continue;
        counted++;
        surface += depth[i] < ON_SURFACE;
        sum += depth[i];
        deepest = fmax(deepest, depth[i]);
    }
    sw_status status = sw_add_number(out, "surface atoms", (double)surface, "",
                                     "corners of the surface, and atoms outside of the shape");
    if (status == SW_OK)
        status = sw_add_number(out, "surface share",
                               atoms ? 100.0 * (double)surface / (double)atoms : NAN, "%",
                               "of all atoms");
    if (status == SW_OK)
        status = sw_add_number(out, "mean depth", counted ? sum / (double)counted : NAN, "A",
                               "distance of the atoms to the surface");
    return status == SW_OK
               ? sw_add_number(out, "largest depth", deepest, "A", "of the innermost atom")
               : status;
}

/* ---- table and atoms ------------------------------------------------------------------------- */

static const sw_histogram depths = {
    .table = "depths",
    .column = "depth",
    .unit = "A",
    .title = "Depth of the atoms",
    .bins = 40,
    .help = "Distance to the surface; the first bar holds the surface itself."};

static sw_status add_atoms(sw_measurement *out, const double *depth, const sw_atoms *given) {
    sw_atoms *atoms;
    double *column;
    sw_status status = sw_atoms_copy(&atoms, given);
    if (status != SW_OK)
        return status;
    status = sw_atom_column(&column, atoms, "depth", 1, false);
    for (size_t i = 0; i < sw_atoms_count(atoms) && status == SW_OK; i++)
        column[i] = isfinite(depth[i]) ? depth[i] : NAN;
    return sw_add_filled_atoms(out, atoms, status);
}

/* ---- the instrument -------------------------------------------------------------------------- */

static sw_status report(sw_measurement *out, const sw_alpha_shape *shape, const double *depth,
                        const sw_atoms *atoms) {
    sw_status status = add_size(out, shape);
    if (status == SW_OK)
        status = add_pieces(out, shape);
    if (status == SW_OK)
        status = add_depths(out, depth, sw_atoms_count(atoms));
    if (status == SW_OK)
        status = sw_add_number(out, "alpha", shape->alpha, "A", "radius of the ball");
    if (status == SW_OK)
        status = sw_histogram_add(out, &depths, depth, sw_atoms_count(atoms));
    if (status == SW_OK)
        status = add_atoms(out, depth, atoms);
    if (status == SW_OK && shape->triangles == 0)
        status = sw_measurement_note(out, "The atoms have no surface: %s.",
                                     shape->volume > 0.0 ? "they fill the periodic cell"
                                                         : "no tetrahedron is inside");
    return status;
}

static sw_status measure_shape(sw_measurement *measurement, const sw_atoms *atoms,
                               const sw_tetrahedra *tetrahedra, double alpha, sw_context *context,
                               sw_error *error) {
    sw_alpha_shape shape;
    sw_status status = sw_alpha_shape_create(&shape, tetrahedra, alpha, error);
    if (status != SW_OK)
        return status;
    double *depth = sw_allocate(sw_atoms_count(atoms), sizeof *depth);
    status = depth ? sw_alpha_shape_depths(depth, &shape, context, error) : SW_ERROR_MEMORY;
    if (status == SW_OK)
        status = report(measurement, &shape, depth, atoms);
    free(depth);
    sw_alpha_shape_clear(&shape);
    return status;
}

static sw_status measure(sw_measurement *measurement, const sw_content *inputs,
                         const sw_instrument_settings *settings, sw_context *context,
                         sw_error *error) {
    const sw_atoms *atoms = inputs[0].atoms;
    sw_tetrahedra tetrahedra;
    double alpha;
    sw_status status = sw_automatic_distance(&alpha, "alpha", 1.5, atoms, settings, "give --alpha",
                                             context, error);
    if (status == SW_OK)
        status = sw_tetrahedra_create(&tetrahedra, atoms, SW_ALPHA_MARGIN * alpha, context, error);
    if (status != SW_OK)
        return status;
    status = measure_shape(measurement, atoms, &tetrahedra, alpha, context, error);
    sw_tetrahedra_clear(&tetrahedra);
    return status;
}

const sw_instrument sw_instrument_surface = {
    .name = "surface",
    .summary = "alpha shape: volume, area, pieces, cavities, depth of atoms",
    .description =
        "The solid of atoms are their Delaunay tetrahedra whose circumscribed sphere is not larger "
        "than "
        "alpha; its surface are the faces between these and the rest. Volume and area go through "
        "the centres of the surface atoms. Numbers are exact for the positions and alpha given; "
        "how "
        "they depend on alpha is seen by measuring twice.",
    .citation = "H. Edelsbrunner and E. P. Muecke, ACM Trans. Graphics 13, 43 (1994)",
    .columns = "depth (A, below the surface)",
    .input = {SW_NOUN_ATOMS},
    .parameters = parameters,
    .presets = presets,
    .measure = measure,
};
