/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/found_isosurface.h"

#include "base/memory.h"
#include "structure/automatic_cutoff.h"
#include "structure/surface_distance.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DELOCALISATION 2.0              /* median nearest distances */
#define WELL_FILLED ((double)(1 << 23)) /* grid points that automatic voxels are made for */
#define DEEP 2.0                        /* delocalisations that a level is away from the surface */
#define SAMPLE 100000                   /* atoms that levels are counted on */
#define ENOUGH 100
#define MOST_TURNS 5
#define SETTLED 1e-3
#define WEAK 0.7 /* separation; 0.64 is that of one normal distribution */

/* ---- grid ------------------------------------------------------------------------------------ */

/* Half the smaller width; up to the whole where the grid would be large. */
static sw_status automatic_voxel(double *voxel, const double width[3], const sw_atoms *atoms,
                                 sw_error *error) {
    double least = fmin(width[0], width[2]), points = 1.0;
    sw_box box;
    sw_status status = sw_box_create(&box, atoms, error);
    if (status != SW_OK)
        return status;
    for (int d = 0; d < 3; d++)
        points *= (box.height[d] + 4.0 * fmax(width[0], width[2])) / (0.5 * least);
    *voxel = 0.5 * least * fmin(fmax(cbrt(points / WELL_FILLED), 1.0), 2.0);
    return SW_OK;
}

static sw_status find_widths(sw_found_isosurface *found, const sw_atoms *atoms,
                             const sw_instrument_settings *settings, sw_context *context,
                             sw_error *error) {
    sw_status status =
        sw_automatic_distance(&found->width[0], "delocalisation", DELOCALISATION, atoms, settings,
                              "give --delocalisation", context, error);
    if (status != SW_OK)
        return status;
    found->width[1] = found->width[2] = found->width[0];
    if (!sw_setting_is_automatic(settings, "delocalisation-z"))
        found->width[2] = sw_setting_number(settings, "delocalisation-z");
    found->voxel = sw_setting_number(settings, "voxel");
    return sw_setting_is_automatic(settings, "voxel")
               ? automatic_voxel(&found->voxel, found->width, atoms, error)
               : SW_OK;
}

static sw_status make_grid(sw_found_isosurface *found, const sw_atoms *atoms,
                           const sw_composition *composition,
                           const sw_instrument_settings *settings, sw_context *context,
                           sw_error *error) {
    sw_status status = find_widths(found, atoms, settings, context, error);
    if (status == SW_OK)
        status = sw_composition_choose(&found->part, composition,
                                       sw_setting_text(settings, "elements"), "elements", error);
    if (status == SW_OK)
        status = sw_concentration_grid_create(&found->grid, atoms, composition, found->part,
                                              found->voxel, found->width, context, error);
    return status;
}

/* ---- threshold ------------------------------------------------------------------------------- */

static sw_status find_levels(sw_found_isosurface *found, const sw_atoms *atoms,
                             const sw_composition *composition, sw_error *error) {
    double *value = sw_allocate(composition->atoms, sizeof *value);
    size_t count = 0;
    if (!value)
        return sw_error_set(error, SW_ERROR_MEMORY, "threshold", NULL, "no memory to find it");
    for (size_t i = 0; i < composition->atoms; i++) {
        double here =
            sw_concentration_grid_at(&found->grid, sw_atoms_positions_const(atoms) + 3 * i);
        if (composition->total[composition->type[i]] > 0 && isfinite(here))
            value[count++] = here;
    }
    sw_concentration_threshold_find(&found->levels, value, count);
    free(value);
    return SW_OK;
}

static sw_status plant_tree(sw_triangle_tree *tree, const sw_isosurface *surface) {
    size_t count = 0;
    for (size_t t = 0; t < surface->triangles; t++)
        count += !surface->border[t];
    bool all = count == 0;
    count = all ? surface->triangles : count;
    sw_triangle *triangle = sw_allocate(count, sizeof *triangle);
    if (!triangle)
        return SW_ERROR_MEMORY;
    count = 0;
    for (size_t t = 0; t < surface->triangles; t++)
        if (all || !surface->border[t])
            sw_isosurface_triangle(triangle[count++].corner, surface, t);
    return sw_triangle_tree_create(tree, triangle, count);
}

/* What is counted deep inside (1) and deep outside (0) of the surface. */
static void count_deep(double level[2], size_t counted[2], const sw_found_isosurface *found,
                       const sw_triangle_tree *tree, const sw_box *box, const sw_atoms *atoms,
                       const sw_composition *composition) {
    double deep = DEEP * fmax(found->width[0], found->width[2]), found_of[2] = {0};
    size_t stride = composition->atoms / SAMPLE + 1;
    counted[0] = counted[1] = 0;
    for (size_t i = 0; i < composition->atoms; i += stride) {
        const double *position = sw_atoms_positions_const(atoms) + 3 * i;
        size_t type = composition->type[i];
        double wrapped[3];
        sw_box_wrap(wrapped, box, position);
        if (composition->total[type] == 0 || sw_surface_distance(tree, box, wrapped) < deep)
            continue;
        int side = sw_isosurface_body_at(&found->surface, position) != SW_NO_BODY;
        counted[side] += composition->total[type];
        found_of[side] += found->part[type];
    }
    for (int side = 0; side < 2; side++)
        level[side] = counted[side] >= ENOUGH ? found_of[side] / (double)counted[side] : NAN;
}

/* Better levels by the surface at a threshold; whether they are known. */
static sw_status find_deep_levels(bool *known, sw_found_isosurface *found, double threshold,
                                  const sw_atoms *atoms, const sw_composition *composition,
                                  sw_context *context, sw_error *error) {
    sw_triangle_tree tree;
    double level[2];
    size_t counted[2];
    sw_box box;
    *known = false;
    sw_status status = sw_box_create(&box, atoms, error);
    if (status == SW_OK)
        status = sw_isosurface_create(&found->surface, &found->grid, threshold, context, error);
    if (status != SW_OK)
        return status;
    status = plant_tree(&tree, &found->surface);
    if (status == SW_OK) {
        count_deep(level, counted, found, &tree, &box, atoms, composition);
        sw_triangle_tree_clear(&tree);
        *known = counted[0] >= ENOUGH && counted[1] >= ENOUGH && level[1] > level[0];
        if (*known) {
            found->levels.low = level[0];
            found->levels.high = level[1];
            found->levels.value = 0.5 * (level[0] + level[1]);
        }
    }
    sw_isosurface_clear(&found->surface);
    return status;
}

static sw_status refine_levels(sw_found_isosurface *found, const sw_atoms *atoms,
                               const sw_composition *composition, sw_context *context,
                               sw_error *error) {
    sw_status status = SW_OK;
    bool known = isfinite(found->levels.value) && found->levels.low > 0.0;
    for (int turn = 0; turn < MOST_TURNS && known && status == SW_OK; turn++) {
        double before = found->levels.value;
        status = find_deep_levels(&known, found, before, atoms, composition, context, error);
        known = known && fabs(found->levels.value - before) > SETTLED;
    }
    return status;
}

static sw_status choose_threshold(double *threshold, const sw_found_isosurface *found,
                                  const sw_instrument_settings *settings, sw_error *error) {
    bool automatic = sw_setting_is_automatic(settings, "threshold");
    *threshold = automatic ? found->levels.value : sw_setting_number(settings, "threshold");
    if (isfinite(*threshold))
        return SW_OK;
    return sw_error_set(error, SW_ERROR_ARGUMENT, "threshold", "choose other --elements",
                        "no concentration above 0 was found");
}

static sw_status note_choices(sw_measurement *measurement, const sw_found_isosurface *found,
                              const sw_instrument_settings *settings) {
    const sw_concentration_threshold *levels = &found->levels;
    sw_status status = SW_OK;
    if (sw_setting_is_automatic(settings, "delocalisation") ||
        sw_setting_is_automatic(settings, "voxel"))
        status = sw_measurement_note(
            measurement, "Delocalised by a Gaussian of %.4g x %.4g x %.4g A on voxels of %.4g A.",
            found->width[0], found->width[1], found->width[2], found->voxel);
    if (status != SW_OK || !sw_setting_is_automatic(settings, "threshold"))
        return status;
    status = sw_measurement_note(
        measurement, "The threshold, %.4g %%, is half way between the levels %.4g and %.4g %%.",
        100.0 * found->surface.threshold, 100.0 * levels->low, 100.0 * levels->high);
    if (status == SW_OK && levels->separation < WEAK)
        status = sw_measurement_note(
            measurement, "The concentrations do not part into two levels: what is inside may be "
                         "chance. Give a threshold, or a larger delocalisation.");
    return status;
}

/* ---- the whole ------------------------------------------------------------------------------- */

sw_status sw_found_isosurface_create(sw_found_isosurface *found, sw_measurement *measurement,
                                     const sw_atoms *atoms, const sw_composition *composition,
                                     const sw_instrument_settings *settings, sw_context *context,
                                     sw_error *error) {
    double threshold = NAN;
    memset(found, 0, sizeof *found);
    sw_status status = make_grid(found, atoms, composition, settings, context, error);
    if (status == SW_OK)
        status = find_levels(found, atoms, composition, error);
    if (status == SW_OK)
        status = sw_setting_is_automatic(settings, "threshold")
                     ? refine_levels(found, atoms, composition, context, error)
                     : SW_OK;
    if (status == SW_OK)
        status = choose_threshold(&threshold, found, settings, error);
    if (status == SW_OK)
        status = sw_isosurface_create(&found->surface, &found->grid, threshold, context, error);
    if (status == SW_OK)
        status = note_choices(measurement, found, settings);
    if (status != SW_OK)
        sw_found_isosurface_clear(found);
    return status;
}

void sw_found_isosurface_clear(sw_found_isosurface *found) {
    sw_isosurface_clear(&found->surface);
    sw_concentration_grid_clear(&found->grid);
    free(found->part);
    found->part = NULL;
}

/* ---- distances ------------------------------------------------------------------------------- */

sw_status sw_found_isosurface_distances(double *distance, const sw_found_isosurface *found,
                                        const sw_atoms *atoms, sw_context *context,
                                        sw_error *error) {
    sw_triangle_tree tree;
    sw_box box;
    sw_status status = sw_box_create(&box, atoms, error);
    if (status != SW_OK)
        return status;
    status = plant_tree(&tree, &found->surface);
    if (status == SW_OK) {
        status = sw_surface_distances(distance, &tree, &box, atoms, context);
        sw_triangle_tree_clear(&tree);
    }
    for (size_t i = 0; i < sw_atoms_count(atoms) && status == SW_OK; i++)
        if (sw_isosurface_body_at(&found->surface, sw_atoms_positions_const(atoms) + 3 * i) ==
            SW_NO_BODY)
            distance[i] = -distance[i];
    if (status == SW_OK)
        return SW_OK;
    return sw_error_set(error, status, "surface", NULL,
                        status == SW_ERROR_CANCELLED ? "cancelled" : "no memory for distances");
}
