/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An isosurface as the parameters of an instrument ask for it. */
#ifndef SPILLWAY_STRUCTURE_FOUND_ISOSURFACE_H
#define SPILLWAY_STRUCTURE_FOUND_ISOSURFACE_H

#include "structure/concentration_threshold.h"
#include "structure/isosurface.h"

#include <spillway/instrument.h>

/* Rows of parameters for sw_found_isosurface_create. */
#define SW_ISOSURFACE_PARAMETERS                                                                   \
    {.name = "elements",                                                                           \
     .kind = SW_TAKES_TEXT,                                                                        \
     .standard = "auto",                                                                           \
     .help = "whose concentration, with commas (Fe,Ni); auto: the second most frequent"},          \
        {.name = "threshold",                                                                      \
         .kind = SW_TAKES_QUANTITY,                                                                \
         .dimension = SW_NUMBER,                                                                   \
         .standard = "auto",                                                                       \
         .least = 1e-6,                                                                            \
         .most = 1.0,                                                                              \
         .help = "concentration on the surface (30 %); auto: half way between two levels"},        \
        {.name = "voxel",                                                                          \
         .kind = SW_TAKES_QUANTITY,                                                                \
         .dimension = SW_LENGTH,                                                                   \
         .standard = "auto",                                                                       \
         .least = 1e-3,                                                                            \
         .most = 1e6,                                                                              \
         .help = "distance of grid points; auto: half of the smaller delocalisation"},             \
        {.name = "delocalisation",                                                                 \
         .kind = SW_TAKES_QUANTITY,                                                                \
         .dimension = SW_LENGTH,                                                                   \
         .standard = "auto",                                                                       \
         .least = 1e-3,                                                                            \
         .most = 1e6,                                                                              \
         .help = "standard deviation along x and y; auto: two median nearest distances"},          \
    {                                                                                              \
        .name = "delocalisation-z", .kind = SW_TAKES_QUANTITY, .dimension = SW_LENGTH,             \
        .standard = "auto", .least = 1e-3, .most = 1e6,                                            \
        .help = "the same along z; auto: as along x and y"                                         \
    }

typedef struct sw_found_isosurface {
    sw_concentration_grid grid;
    sw_isosurface surface;  /* of this grid: the whole must not be moved */
    double width[3], voxel; /* A */
    sw_concentration_threshold levels;
    uint16_t *part; /* [types] of the composition: what is looked at */
} sw_found_isosurface;

/*
 * An automatic threshold is half way between two levels: at first those of the grid at the atoms
 * (concentration_threshold.h), then what is counted deeper than two delocalisations on both sides
 * of the surface, where there are a hundred atoms each.
 *
 * Finds what is "auto" and notes it in the measurement. Errors of the parts, with the parameter as
 * place.
 */
SW_MUST_USE sw_status sw_found_isosurface_create(sw_found_isosurface *found,
                                                 sw_measurement *measurement, const sw_atoms *atoms,
                                                 const sw_composition *composition,
                                                 const sw_instrument_settings *settings,
                                                 sw_context *context, sw_error *error);
void sw_found_isosurface_clear(sw_found_isosurface *found);

/*
 * Distance of every atom to the surface (A), inside positive: distance [atoms]. Where the surface
 * only closes because the concentration ends to be known (`border`) it does not count, unless there
 * is no other. Infinite, with its sign, where there is no surface at all.
 */
SW_MUST_USE sw_status sw_found_isosurface_distances(double *distance,
                                                    const sw_found_isosurface *found,
                                                    const sw_atoms *atoms, sw_context *context,
                                                    sw_error *error);

#endif
