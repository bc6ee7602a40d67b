/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/diffusion_sections.h"

#include "model/schema.h"

#include <spillway/data.h>

#include <math.h>
#include <string.h>

#define STANDARD_ROWS 400
#define ROUNDING 1e-9   /* of shares that are to be 1 in all */
#define LARGEST_WAY 0.9 /* of a region that a front may go */

static const sw_node *section_of(const sw_reading *reading, const char *name) {
    return sw_node_find(reading->root, name);
}

/* In capitals, as databases write them. */
static bool read_element(sw_reading *reading, size_t index, const sw_node *node) {
    sw_diffusion_alloy *alloy = &reading->diffusion->alloy;
    const size_t length = strlen(node->text);
    char *capitals = sw_take(reading, length + 1, 1);
    if (!capitals)
        return false;
    for (size_t i = 0; i < length; i++)
        capitals[i] = node->text[i] >= 'a' && node->text[i] <= 'z'
                          ? (char)(node->text[i] - 'a' + 'A')
                          : node->text[i];
    alloy->element[index] = capitals;
    alloy->name[index] = node->text;
    for (size_t i = 0; i < index; i++)
        if (strcmp(alloy->element[i], capitals) == 0)
            return sw_fail(reading, node, "each element once", "the element %s is there twice",
                           node->text);
    /* names stand in lists of columns */
    return sw_is_name(node->text) || sw_fail_expected(reading, node, "an element, as Ni", NULL);
}

static bool read_elements(sw_reading *reading, const sw_node *list) {
    sw_diffusion_alloy *alloy = &reading->diffusion->alloy;
    if (list->count < 2 || list->count > SW_DIFFUSION_ELEMENTS)
        return sw_fail(reading, list, "as [Fe, Ni]", "expected 2 to %d elements, found %zu",
                       SW_DIFFUSION_ELEMENTS, list->count);
    for (const sw_node *node = list->first; node; node = node->next)
        if (!read_element(reading, alloy->elements++, node))
            return false;
    return true;
}

bool sw_diffusion_alloy_read(sw_reading *reading) {
    const sw_node *section = section_of(reading, "alloy");
    const char *geometry = sw_text_of(section, "geometry");
    sw_diffusion_alloy *alloy = &reading->diffusion->alloy;
    if (!section)
        return true;
    alloy->database = sw_text_of(section, "database");
    alloy->mobilities = sw_text_of(section, "mobilities");
    alloy->markers = sw_flag_of(section, "markers");
    alloy->cells = (size_t)sw_number_of(section, "cells");
    alloy->geometry = strcmp(geometry, "cylinder") == 0 ? SW_DIFFUSION_CYLINDER
                      : strcmp(geometry, "sphere") == 0 ? SW_DIFFUSION_SPHERE
                                                        : SW_DIFFUSION_PLANE;
    return read_elements(reading, sw_node_find(section, "elements"));
}

/* ---- regions --------------------------------------------------------------------------------- */

/* The shares that are given; where the first element's is not, it has the rest. */
static bool read_shares(sw_reading *reading, sw_diffusion_region *region, const sw_node *contents) {
    sw_diffusion_alloy *alloy = &reading->diffusion->alloy;
    const sw_names names = {alloy->name, alloy->elements};
    double sum = 0.0;
    for (const sw_node *node = contents->first; node; node = node->next) {
        const int index = sw_names_find(&names, node->key);
        if (index < 0)
            return sw_fail_unknown(reading, node, true, "element", node->key, &names);
        region->x[index] = node->number;
        sum += node->number;
    }
    const bool rest = !sw_node_find(contents, alloy->name[0]);
    if (rest)
        region->x[0] = 1.0 - sum;
    if (rest ? sum <= 1.0 + ROUNDING : fabs(sum - 1.0) <= ROUNDING)
        return true;
    return sw_fail(reading, contents, "leave the first element out: it has the rest",
                   "the shares of the elements are %g %% in all", 100.0 * sum);
}

/* Atom fractions from mass fractions. */
static bool turn_into_atoms(sw_reading *reading, sw_diffusion_region *region, const sw_node *node) {
    const sw_diffusion_alloy *alloy = &reading->diffusion->alloy;
    double sum = 0.0;
    for (size_t i = 0; i < alloy->elements; i++) {
        const int number = sw_element_number(alloy->name[i]);
        if (number <= 0)
            return sw_fail(reading, node, "of: atoms", "the weight of %s is not known",
                           alloy->name[i]);
        region->x[i] /= sw_element_mass(number);
        sum += region->x[i];
    }
    for (size_t i = 0; i < alloy->elements; i++)
        region->x[i] /= sum;
    return true;
}

static bool read_region(sw_reading *reading, sw_diffusion_region *region, const sw_node *node) {
    const sw_diffusion_alloy *alloy = &reading->diffusion->alloy;
    const sw_node *single = sw_node_find(node, "composition");
    const sw_node *contents = sw_node_find(node, "contents");
    region->phase = sw_text_of(node, "phase");
    region->length = sw_number_of(node, "length");
    if (!single == !contents)
        return sw_fail(reading, node, "as contents: {Ni: 36 %}",
                       "a region has contents, or a composition of two elements");
    if (single && alloy->elements != 2)
        return sw_fail(reading, single, "as contents: {Cr: 18 %, Ni: 8 %}",
                       "a composition is of two elements; here are %zu", alloy->elements);
    if (contents && !read_shares(reading, region, contents))
        return false;
    if (single) {
        region->x[1] = single->number;
        region->x[0] = 1.0 - region->x[1];
    }
    return strcmp(sw_text_of(node, "of"), "weight") != 0 || turn_into_atoms(reading, region, node);
}

/* Of more than two elements one phase can be followed. */
static bool check_phases(sw_reading *reading, const sw_node *list) {
    const sw_diffusion_model *diffusion = reading->diffusion;
    size_t i = 0;
    for (const sw_node *node = list->first; node; node = node->next, i++)
        if (diffusion->alloy.elements > 2 &&
            strcmp(diffusion->region[i].phase, diffusion->region[0].phase) != 0)
            return sw_fail(reading, node, "one phase, or two elements",
                           "regions of %zu elements are of one phase; here are %s and %s",
                           diffusion->alloy.elements, diffusion->region[0].phase,
                           diffusion->region[i].phase);
    return true;
}

bool sw_diffusion_regions_read(sw_reading *reading) {
    const sw_node *list = section_of(reading, "regions");
    sw_diffusion_model *diffusion = reading->diffusion;
    if (!list)
        return true;
    sw_diffusion_region *regions = sw_take(reading, list->count, sizeof *regions);
    if (!regions)
        return false;
    if (list->count == 0)
        return sw_fail(reading, list, "add {phase, length, contents}",
                       "expected at least one region");
    diffusion->region = regions;
    for (const sw_node *node = list->first; node; node = node->next)
        if (!read_region(reading, &regions[diffusion->regions++], node))
            return false;
    return check_phases(reading, list);
}

/* ---- programme and run ----------------------------------------------------------------------- */

bool sw_diffusion_programme_read(sw_reading *reading) {
    const sw_node *list = section_of(reading, "programme");
    sw_diffusion_model *diffusion = reading->diffusion;
    if (!list)
        return true;
    sw_diffusion_leg *legs = sw_take(reading, list->count, sizeof *legs);
    diffusion->leg = legs;
    for (const sw_node *node = legs ? list->first : NULL; node; node = node->next)
        legs[diffusion->legs++] =
            (sw_diffusion_leg){.duration = sw_number_of(node, "duration"),
                               .temperature = sw_number_of(node, "temperature"),
                               .ramp = sw_flag_of(node, "ramp")};
    return legs != NULL;
}

static bool read_criteria(sw_reading *reading) {
    /* a section that is missing stands for one in which all keys are */
    const sw_node *section = section_of(reading, "criteria");
    sw_node empty = {.kind = SW_NODE_MAPPING};
    if (!section &&
        !sw_shape_check(reading, &empty, sw_shape_find(&sw_schema_diffusion, "criteria")->shape))
        return false;
    reading->diffusion->homogeneous = sw_number_of(section ? section : &empty, "homogeneous");
    return true;
}

/* The front may not get near the far end. */
static bool read_front(sw_reading *reading) {
    const sw_node *section = section_of(reading, "front");
    sw_diffusion_model *diffusion = reading->diffusion;
    sw_diffusion_front *front = &diffusion->front;
    if (!section)
        return true;
    *front = (sw_diffusion_front){.present = true,
                                  .velocity = sw_number_of(section, "velocity"),
                                  .length = sw_number_of(section, "length"),
                                  .mobility_ratio = sw_number_of(section, "mobility_ratio")};
    if (diffusion->regions != 1 || diffusion->alloy.geometry != SW_DIFFUSION_PLANE ||
        diffusion->alloy.elements != 2)
        return sw_fail(reading, section, "one region, geometry: plane, two elements",
                       "a front is that of one plane region of two elements");
    const double way = front->velocity * diffusion->run.end_time;
    if (way > LARGEST_WAY * diffusion->region[0].length)
        return sw_fail(reading, section, "a shorter run, or a longer region",
                       "the front would go %g nm into a region of %g nm", way / 10.0,
                       diffusion->region[0].length / 10.0);
    const double width = diffusion->region[0].length / (double)diffusion->alloy.cells;
    if (width <= front->length)
        return true;
    return sw_fail(reading, section, "more cells, or a shorter region",
                   "a cell of %g nm is wider than the length of %g nm", width / 10.0,
                   front->length / 10.0);
}

bool sw_diffusion_run_read(sw_reading *reading) {
    const sw_node *section = section_of(reading, "run");
    sw_diffusion_model *diffusion = reading->diffusion;
    sw_run_settings *run = &diffusion->run;
    run->seed = 1; /* nothing is left to chance; the driver wants one */
    run->temperature = sw_number_of(section, "temperature");
    run->end_time = sw_number_of(section, "time");
    for (size_t i = 0; i < diffusion->legs && !sw_node_find(section, "time"); i++)
        run->end_time += diffusion->leg[i].duration;
    if (!(run->end_time > 0))
        return sw_fail_key(reading, section, "such as time: 200 h",
                           "a run needs a time, or a programme");
    run->observe_every = sw_number_of(section, "observe");
    if (!(run->observe_every > 0))
        run->observe_every = run->end_time / STANDARD_ROWS;
    for (int d = 0; d < 3; d++)
        run->domains[d] = 1;
    diffusion->tolerance = sw_number_of(section, "tolerance");
    if (diffusion->oxide.present)
        return true;
    return read_front(reading) && read_criteria(reading);
}
