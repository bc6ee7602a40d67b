/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/oxidation.h"

#include "base/memory.h"
#include "structure/alpha_shape.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

sw_oxidation_options sw_oxidation_options_default(void) {
    return (sw_oxidation_options){.distortion = 0.255, .volume = 4.68, .sliver = 1.0, .alpha = 4.5};
}

bool sw_oxidation_is_site(const sw_oxidation_options *options, double volume, double distortion) {
    return distortion <= options->distortion && volume >= options->sliver;
}

bool sw_oxidation_holds(const sw_oxidation_options *options, double volume, double distortion) {
    return sw_oxidation_is_site(options, volume, distortion) && volume > options->volume;
}

/* Corners of a face with nothing behind, or of a tetrahedron outside of the solid, are on the
 * surface. */
static void mark_surface(sw_oxidation *oxidation, const sw_tetrahedra *tetrahedra, size_t t,
                         bool solid) {
    const uint32_t *vertex = tetrahedra->delaunay.vertex[t];
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < 4; j++) {
            bool open = j != i && tetrahedra->delaunay.neighbour[t][j] == SW_DELAUNAY_NONE;
            if (vertex[i] < oxidation->count && (open || !solid))
                oxidation->surface[vertex[i]] = true;
        }
}

/* Every tetrahedron of the cell and its images touches atoms: an atom counts those of which it is a
 * corner itself, so images give their share to others. */
static void count_around(sw_oxidation *oxidation, const sw_tetrahedra *tetrahedra,
                         const sw_oxidation_options *options) {
    for (size_t t = 0; t < tetrahedra->count; t++) {
        const uint32_t *vertex = tetrahedra->delaunay.vertex[t];
        double corner[4][3];
        bool solid = tetrahedra->radius[t] <= options->alpha;
        sw_tetrahedra_corners(corner, tetrahedra, t);
        double distortion = sw_tetrahedron_distortion((const double(*)[3])corner);
        double volume = tetrahedra->volume[t];
        bool site = solid && sw_oxidation_is_site(options, volume, distortion);
        bool filled = solid && sw_oxidation_holds(options, volume, distortion);
        oxidation->sites += filled && tetrahedra->own[t] == t;
        for (int i = 0; i < 4; i++) {
            if (vertex[i] >= oxidation->count)
                continue;
            oxidation->filled[vertex[i]] += filled;
            oxidation->sites_around[vertex[i]] += site;
        }
        mark_surface(oxidation, tetrahedra, t, solid);
    }
}

static void average(sw_oxidation *oxidation) {
    double bulk = 0.0, surface = 0.0, fractions = 0.0;
    size_t with_fraction = 0;
    for (size_t i = 0; i < oxidation->count; i++) {
        double degree = sw_oxidation_degree(oxidation, i);
        oxidation->bulk += !oxidation->surface[i];
        *(oxidation->surface[i] ? &surface : &bulk) += degree;
        if (oxidation->surface[i] || oxidation->sites_around[i] == 0)
            continue;
        fractions += sw_oxidation_fraction(oxidation, i);
        with_fraction++;
    }
    oxidation->bulk_fraction = fractions / (double)with_fraction;
    oxidation->bulk_degree = bulk / (double)oxidation->bulk;
    oxidation->surface_degree = surface / (double)(oxidation->count - oxidation->bulk);
}

static sw_status check_options(const sw_oxidation_options *options, sw_error *error) {
    if (options->distortion >= 0.0 && options->volume >= 0.0 && options->sliver >= 0.0 &&
        options->alpha > 0.0 && options->alpha < INFINITY)
        return SW_OK;
    return sw_error_set(error, SW_ERROR_ARGUMENT, "oxidation", "give limits of at least 0",
                        "distortion %g, volume %g A3, alpha %g A are no limits",
                        options->distortion, options->volume, options->alpha);
}

sw_status sw_oxidation_tetrahedra(sw_tetrahedra *tetrahedra, const sw_atoms *metal,
                                  const sw_oxidation_options *options, sw_context *context,
                                  sw_error *error) {
    *tetrahedra = (sw_tetrahedra){0};
    sw_status status = check_options(options, error);
    return status == SW_OK ? sw_tetrahedra_create(tetrahedra, metal,
                                                  SW_ALPHA_MARGIN * options->alpha, context, error)
                           : status;
}

/* Those that stand at the place of another are as that one. */
static void tell_doubles(sw_oxidation *oxidation, const sw_tetrahedra *tetrahedra) {
    for (size_t i = 0; i < oxidation->count; i++) {
        uint32_t same = tetrahedra->delaunay.same[i];
        oxidation->surface[i] = same < oxidation->count && oxidation->surface[same];
        oxidation->filled[i] = same < oxidation->count ? oxidation->filled[same] : 0;
        oxidation->sites_around[i] = same < oxidation->count ? oxidation->sites_around[same] : 0;
    }
}

sw_status sw_oxidation_create(sw_oxidation *oxidation, const sw_tetrahedra *tetrahedra,
                              const sw_oxidation_options *options, sw_error *error) {
    size_t count = tetrahedra->points.atoms;
    memset(oxidation, 0, sizeof *oxidation);
    sw_status status = check_options(options, error);
    if (status != SW_OK)
        return status;
    oxidation->count = count;
    oxidation->filled = sw_allocate(count, sizeof *oxidation->filled);
    oxidation->sites_around = sw_allocate(count, sizeof *oxidation->sites_around);
    oxidation->surface = sw_allocate(count, sizeof *oxidation->surface);
    if (!oxidation->filled || !oxidation->sites_around || !oxidation->surface) {
        sw_oxidation_clear(oxidation);
        return sw_error_set(error, SW_ERROR_MEMORY, "oxidation", NULL, "not enough memory");
    }
    for (size_t i = 0; i < count && tetrahedra->count == 0; i++)
        oxidation->surface[i] = true;
    count_around(oxidation, tetrahedra, options);
    tell_doubles(oxidation, tetrahedra);
    average(oxidation);
    return SW_OK;
}

void sw_oxidation_clear(sw_oxidation *oxidation) {
    free(oxidation->filled);
    free(oxidation->sites_around);
    free(oxidation->surface);
    memset(oxidation, 0, sizeof *oxidation);
}

double sw_oxidation_degree(const sw_oxidation *oxidation, size_t i) {
    return (double)oxidation->filled[i] / SW_OXIDATION_SITES;
}

double sw_oxidation_fraction(const sw_oxidation *oxidation, size_t i) {
    return oxidation->sites_around[i] > 0
               ? (double)oxidation->filled[i] / (double)oxidation->sites_around[i]
               : NAN;
}
