/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Regions of a recipe: spheres, boxes, planes, Wulff shapes, and what earlier regions make. */
#include "model/recipe_sections.h"

#include "base/matrix.h"
#include "base/rotation.h"
#include "model/directions.h"

#include <math.h>

#define PLANE_LIMIT 96

/* The frame in which normals are given, and the planes as far as they are read. */
typedef struct region_planes {
    const sw_oriented_crystal *crystal; /* NULL: x, y, z */
    sw_recipe_plane *plane;
    size_t count;
} region_planes;

static bool is_cubic(const sw_oriented_crystal *crystal) {
    double edge = sw_vector_length(crystal->cell[0]);
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            if (fabs(crystal->cell[i][j] - (i == j ? edge : 0)) > 1e-9 * edge)
                return false;
    return true;
}

/* The normal of the planes (h k l) in space, of unit length. */
static void turn_normal(double normal[3], const sw_oriented_crystal *crystal,
                        const double indices[3]) {
    double cross[3], sum[3] = {0};
    if (!crystal) {
        for (int i = 0; i < 3; i++)
            sum[i] = indices[i];
    } else {
        double flat[3] = {0};
        for (int i = 0; i < 3; i++) {
            sw_vector_cross(cross, crystal->cell[(i + 1) % 3], crystal->cell[(i + 2) % 3]);
            for (int j = 0; j < 3; j++)
                flat[j] += indices[i] * cross[j];
        }
        sw_rotation_apply(sum, (const double(*)[3])crystal->rotation, flat);
    }
    double length = sw_vector_length(sum);
    for (int i = 0; i < 3; i++)
        normal[i] = sum[i] / length;
}

static bool add_planes(sw_reading *reading, region_planes *planes, const sw_node *node,
                       double distance) {
    double list[SW_FAMILY_LIMIT][3];
    size_t count;
    if (!sw_read_indices(reading, node, "a plane", "such as {normals: \"<111>\"}", list, &count))
        return false;
    if (planes->crystal && sw_node_find(node, "normals") && !is_cubic(planes->crystal))
        return sw_fail(reading, sw_node_find(node, "normals"), "list its planes one by one",
                       "families are known for cubic crystals only");
    if (planes->count + count > PLANE_LIMIT)
        return sw_fail(reading, node, NULL, "more than %d planes in a region", PLANE_LIMIT);
    for (size_t i = 0; i < count; i++) {
        turn_normal(planes->plane[planes->count].normal, planes->crystal, list[i]);
        planes->plane[planes->count++].distance = distance;
    }
    return true;
}

/* Wulff's theorem: the distance of a facet from the centre goes with its energy. */
static bool read_wulff(sw_reading *reading, region_planes *planes, const sw_node *node) {
    const sw_node *facets = sw_node_find(node, "facets");
    double least = INFINITY;
    if (facets->count == 0)
        return sw_fail_expected(reading, facets, "at least one facet", NULL);
    for (const sw_node *facet = facets->first; facet; facet = facet->next)
        least = fmin(least, sw_number_of(facet, "energy"));
    for (const sw_node *facet = facets->first; facet; facet = facet->next)
        if (!add_planes(reading, planes, facet,
                        sw_number_of(node, "size") * sw_number_of(facet, "energy") / least))
            return false;
    return true;
}

static bool read_planes(sw_reading *reading, sw_recipe_region *region, const sw_node *node) {
    const sw_node *planes = sw_node_find(node, "planes"), *wulff = sw_node_find(node, "wulff");
    region_planes read = {.plane = sw_take(reading, PLANE_LIMIT, sizeof *read.plane)};
    int crystal;
    if (!read.plane ||
        !sw_read_name_of(reading, node, "crystal", "crystal", &reading->crystal_names, &crystal))
        return false;
    if (crystal >= 0) {
        read.crystal = &reading->recipe->crystal[crystal];
        if (read.crystal->random)
            return sw_fail(reading, sw_node_find(node, "crystal"),
                           "give the crystal an orientation of its own",
                           "a crystal that is turned at random has no known planes");
    }
    for (const sw_node *each = planes ? planes->first : NULL; each; each = each->next)
        if (!add_planes(reading, &read, each, sw_number_of(each, "distance")))
            return false;
    if (wulff && !read_wulff(reading, &read, wulff))
        return false;
    region->plane = read.plane;
    region->planes = read.count;
    return true;
}

static bool read_earlier(sw_reading *reading, const int **list, size_t *count,
                         const sw_node *names) {
    *count = 0;
    if (!names)
        return true;
    int *indices = sw_take(reading, names->count, sizeof *indices);
    *list = indices;
    if (!indices)
        return false;
    for (const sw_node *node = names->first; node; node = node->next) {
        int index = sw_names_find(&reading->region_names, node->text);
        if (index < 0)
            return sw_fail_unknown(reading, node, false, "earlier region", node->text,
                                   &reading->region_names);
        indices[(*count)++] = index;
    }
    return true;
}

static bool read_region(sw_reading *reading, sw_recipe_region *region, const sw_node *node) {
    region->name = node->key;
    sw_numbers_of(node, "centre", region->centre);
    region->radius = sw_number_of(node, "sphere");
    region->is_box = sw_node_find(node, "box") != NULL;
    sw_numbers_of(node, "box", region->box);
    region->grow = sw_number_of(node, "grow");
    if (!read_planes(reading, region, node) ||
        !read_earlier(reading, &region->inside_of, &region->inside, sw_node_find(node, "inside")) ||
        !read_earlier(reading, &region->outside_of, &region->outside,
                      sw_node_find(node, "outside")) ||
        !read_earlier(reading, &region->any_of, &region->any, sw_node_find(node, "any")))
        return false;
    if (!(region->radius > 0) && !region->is_box &&
        region->planes + region->inside + region->outside + region->any == 0)
        return sw_fail_key(reading, node, "sphere, box, planes, wulff, inside, outside, any",
                           "the region '%s' has no bound", node->key);
    return true;
}

bool sw_recipe_regions_read(sw_reading *reading) {
    const sw_node *section = sw_node_find(reading->root, "regions");
    sw_recipe *recipe = reading->recipe;
    sw_recipe_region *regions = sw_take(reading, section ? section->count : 0, sizeof *regions);
    recipe->region = regions;
    if (!regions || !sw_names_of(reading, &reading->region_names, section))
        return false;
    /* a region may refer to those before it */
    reading->region_names.count = 0;
    for (const sw_node *node = section ? section->first : NULL; node; node = node->next) {
        if (!read_region(reading, &regions[recipe->regions], node))
            return false;
        reading->region_names.count = ++recipe->regions;
    }
    return true;
}
