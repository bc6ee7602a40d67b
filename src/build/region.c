/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "build/region.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

#define ON_SURFACE 1e-6 /* A: this near to the surface is inside */

static void mark_parts(bool *needed, const int *list, size_t count) {
    for (size_t i = 0; i < count; i++)
        needed[list[i]] = true;
}

sw_status sw_region_create(sw_region *region, const sw_recipe *recipe, int index, sw_error *error) {
    size_t most = index >= 0 ? (size_t)index + 1 : 0;
    *region = (sw_region){.recipe = recipe,
                          .order = sw_allocate(most, sizeof *region->order),
                          .value = sw_allocate(most, sizeof *region->value)};
    bool *needed = sw_allocate(most, sizeof *needed);
    if (!region->order || !region->value || !needed) {
        free(needed);
        sw_region_clear(region);
        return sw_error_set(error, SW_ERROR_MEMORY, "region", NULL, "no memory for a region");
    }
    if (most > 0)
        needed[most - 1] = true;
    for (size_t i = most; i-- > 0;) {
        const sw_recipe_region *each = &recipe->region[i];
        if (!needed[i])
            continue;
        mark_parts(needed, each->inside_of, each->inside);
        mark_parts(needed, each->outside_of, each->outside);
        mark_parts(needed, each->any_of, each->any);
    }
    for (size_t i = 0; i < most; i++)
        if (needed[i])
            region->order[region->count++] = (int)i;
    free(needed);
    return SW_OK;
}

void sw_region_clear(sw_region *region) {
    free(region->order);
    free(region->value);
    *region = (sw_region){0};
}

static double shape_value(const sw_recipe_region *shape, const double place[3]) {
    double r[3], value = -INFINITY;
    for (int i = 0; i < 3; i++)
        r[i] = place[i] - shape->centre[i];
    if (shape->radius > 0)
        value = sqrt(r[0] * r[0] + r[1] * r[1] + r[2] * r[2]) - shape->radius;
    for (int i = 0; shape->is_box && i < 3; i++)
        value = fmax(value, fabs(r[i]) - shape->box[i] / 2);
    for (size_t i = 0; i < shape->planes; i++) {
        const double *normal = shape->plane[i].normal;
        value = fmax(value, normal[0] * r[0] + normal[1] * r[1] + normal[2] * r[2] -
                                shape->plane[i].distance);
    }
    return value;
}

double sw_region_value(const sw_region *region, const double place[3]) {
    double last = -INFINITY;
    for (size_t k = 0; k < region->count; k++) {
        const sw_recipe_region *each = &region->recipe->region[region->order[k]];
        double value = shape_value(each, place), nearest = INFINITY;
        for (size_t i = 0; i < each->inside; i++)
            value = fmax(value, region->value[each->inside_of[i]]);
        for (size_t i = 0; i < each->outside; i++)
            value = fmax(value, -region->value[each->outside_of[i]]);
        for (size_t i = 0; i < each->any; i++)
            nearest = fmin(nearest, region->value[each->any_of[i]]);
        if (each->any > 0)
            value = fmax(value, nearest);
        last = region->value[region->order[k]] = value - each->grow;
    }
    return last;
}

bool sw_region_has(const sw_region *region, const double place[3]) {
    return sw_region_value(region, place) <= ON_SURFACE;
}
