/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far regions reach. Planes: the vertices where three of them meet inside all others. */
#include "build/region.h"

#include "base/matrix.h"

#include <math.h>

#define WORLD 1e6         /* A: what reaches this far has no end */
#define MOST_WORK 4096    /* for one region that is made of many: one each, and more for planes */
#define VERTEX_SLACK 1e-3 /* A: rounding of vertices that lie far away */
#define PLANE_ROOM 102    /* 96 of a region and six of the world */

typedef struct bounds {
    double low[3], high[3];
} bounds;

typedef struct walk {
    const sw_recipe *recipe;
    size_t work;
} walk;

static void cut(bounds *box, const bounds *other) {
    for (int i = 0; i < 3; i++) {
        box->low[i] = fmax(box->low[i], other->low[i]);
        box->high[i] = fmin(box->high[i], other->high[i]);
    }
}

static void join(bounds *box, const bounds *other) {
    for (int i = 0; i < 3; i++) {
        box->low[i] = fmin(box->low[i], other->low[i]);
        box->high[i] = fmax(box->high[i], other->high[i]);
    }
}

static bounds around(const double centre[3], const double reach[3]) {
    bounds box;
    for (int i = 0; i < 3; i++) {
        box.low[i] = centre[i] - reach[i];
        box.high[i] = centre[i] + reach[i];
    }
    return box;
}

static bool meet(double vertex[3], const sw_recipe_plane *const plane[3]) {
    double rows[3][3], inverse[3][3];
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            rows[j][i] = plane[i]->normal[j];
    const double distances[3] = {plane[0]->distance, plane[1]->distance, plane[2]->distance};
    if (!sw_matrix_inverse(inverse, (const double(*)[3])rows))
        return false;
    sw_matrix_row_product(vertex, distances, (const double(*)[3])inverse);
    return true;
}

static bool is_inside(const double vertex[3], const sw_recipe_plane *planes, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (sw_vector_dot(planes[i].normal, vertex) > planes[i].distance + VERTEX_SLACK)
            return false;
    return true;
}

/* From the centre. An empty set of vertices leaves low above high. */
static bounds bound_planes(const sw_recipe_plane *planes, size_t count) {
    bounds box = {{INFINITY, INFINITY, INFINITY}, {-INFINITY, -INFINITY, -INFINITY}};
    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count; j++)
            for (size_t k = j + 1; k < count; k++) {
                const sw_recipe_plane *three[3] = {&planes[i], &planes[j], &planes[k]};
                double vertex[3];
                if (!meet(vertex, three) || !is_inside(vertex, planes, count))
                    continue;
                const bounds point = {{vertex[0], vertex[1], vertex[2]},
                                      {vertex[0], vertex[1], vertex[2]}};
                join(&box, &point);
            }
    for (int i = 0; i < 3; i++) {
        box.low[i] = box.low[i] < -WORLD / 2 ? -INFINITY : box.low[i];
        box.high[i] = box.high[i] > WORLD / 2 ? INFINITY : box.high[i];
    }
    return box;
}

static bounds bound_region_planes(const sw_recipe_region *shape, double grown) {
    sw_recipe_plane planes[PLANE_ROOM];
    size_t count = 0;
    for (; count < shape->planes && count < PLANE_ROOM - 6; count++) {
        planes[count] = shape->plane[count];
        planes[count].distance += grown;
    }
    for (int side = 0; side < 6; side++) {
        planes[count] = (sw_recipe_plane){.distance = WORLD};
        planes[count++].normal[side / 2] = side % 2 ? -1 : 1;
    }
    bounds box = bound_planes(planes, count);
    for (int i = 0; i < 3; i++) {
        box.low[i] += shape->centre[i];
        box.high[i] += shape->centre[i];
    }
    return box;
}

static bool bound(bounds *box, walk *state, int index, double grown);

static bool bound_parts(bounds *box, walk *state, const sw_recipe_region *shape, double grown) {
    bounds part, either = {{INFINITY, INFINITY, INFINITY}, {-INFINITY, -INFINITY, -INFINITY}};
    for (size_t i = 0; i < shape->inside; i++) {
        if (!bound(&part, state, shape->inside_of[i], grown))
            return false;
        cut(box, &part);
    }
    for (size_t i = 0; i < shape->any; i++) {
        if (!bound(&part, state, shape->any_of[i], grown))
            return false;
        join(&either, &part);
    }
    if (shape->any > 0)
        cut(box, &either);
    return true;
}

/* Growth of a region is growth of all that bounds it. */
static bool bound(bounds *box, walk *state, int index, double grown) {
    const sw_recipe_region *shape = &state->recipe->region[index];
    *box = (bounds){{-INFINITY, -INFINITY, -INFINITY}, {INFINITY, INFINITY, INFINITY}};
    state->work += 1 + shape->planes * shape->planes * shape->planes / 2000;
    if (state->work > MOST_WORK)
        return false;
    grown += shape->grow;
    if (shape->radius > 0) {
        double reach = shape->radius + grown;
        bounds sphere = around(shape->centre, (const double[3]){reach, reach, reach});
        cut(box, &sphere);
    }
    if (shape->is_box) {
        const double reach[3] = {shape->box[0] / 2 + grown, shape->box[1] / 2 + grown,
                                 shape->box[2] / 2 + grown};
        bounds cuboid = around(shape->centre, reach);
        cut(box, &cuboid);
    }
    if (shape->planes > 0) {
        bounds polyhedron = bound_region_planes(shape, grown);
        cut(box, &polyhedron);
    }
    return bound_parts(box, state, shape, grown);
}

sw_status sw_region_bounds(double low[3], double high[3], const sw_recipe *recipe, int index,
                           sw_error *error) {
    bounds box = {{-INFINITY, -INFINITY, -INFINITY}, {INFINITY, INFINITY, INFINITY}};
    walk state = {.recipe = recipe};
    if (index >= 0 && !bound(&box, &state, index, 0))
        return sw_error_set(
            error, SW_ERROR_MODEL, recipe->region[index].name, "make it of fewer regions",
            "the region '%s' is made of too many others", recipe->region[index].name);
    for (int i = 0; i < 3; i++) {
        low[i] = box.low[i];
        high[i] = box.high[i];
    }
    return SW_OK;
}
