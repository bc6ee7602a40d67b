/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/diffusion_sections.h"

#include "model/schema.h"

#include <string.h>

#define STANDARD_ROWS 400
#define LARGEST_WAY 0.9 /* of a region that a front may go */

static const sw_node *section_of(const sw_reading *reading, const char *name) {
    return sw_node_find(reading->root, name);
}

/* In capitals, as databases write them. */
static bool read_element(sw_reading *reading, const char **element, const sw_node *node) {
    const size_t length = strlen(node->text);
    char *capitals = sw_take(reading, length + 1, 1);
    if (!capitals)
        return false;
    for (size_t i = 0; i < length; i++)
        capitals[i] = node->text[i] >= 'a' && node->text[i] <= 'z'
                          ? (char)(node->text[i] - 'a' + 'A')
                          : node->text[i];
    *element = capitals;
    return true;
}

bool sw_diffusion_alloy_read(sw_reading *reading) {
    const sw_node *section = section_of(reading, "alloy");
    const sw_node *elements = sw_node_find(section, "elements");
    const char *geometry = sw_text_of(section, "geometry");
    sw_diffusion_alloy *alloy = &reading->diffusion->alloy;
    alloy->database = sw_text_of(section, "database");
    alloy->mobilities = sw_text_of(section, "mobilities");
    alloy->cells = (size_t)sw_number_of(section, "cells");
    alloy->geometry = strcmp(geometry, "cylinder") == 0 ? SW_DIFFUSION_CYLINDER
                      : strcmp(geometry, "sphere") == 0 ? SW_DIFFUSION_SPHERE
                                                        : SW_DIFFUSION_PLANE;
    if (!read_element(reading, &alloy->elements[0], elements->first) ||
        !read_element(reading, &alloy->elements[1], elements->first->next))
        return false;
    if (strcmp(alloy->elements[0], alloy->elements[1]) < 0)
        return true;
    return sw_fail(reading, elements, "in the order of the alphabet, as Fe, Ni",
                   "expected two elements in order, found %s and %s", alloy->elements[0],
                   alloy->elements[1]);
}

bool sw_diffusion_regions_read(sw_reading *reading) {
    const sw_node *list = section_of(reading, "regions");
    sw_diffusion_model *diffusion = reading->diffusion;
    sw_diffusion_region *regions = sw_take(reading, list->count, sizeof *regions);
    if (!regions)
        return false;
    if (list->count == 0)
        return sw_fail(reading, list, "add {phase, length, composition}",
                       "expected at least one region");
    diffusion->region = regions;
    for (const sw_node *node = list->first; node; node = node->next)
        regions[diffusion->regions++] =
            (sw_diffusion_region){.phase = sw_text_of(node, "phase"),
                                  .length = sw_number_of(node, "length"),
                                  .composition = sw_number_of(node, "composition")};
    return true;
}

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
    if (diffusion->regions != 1 || diffusion->alloy.geometry != SW_DIFFUSION_PLANE)
        return sw_fail(reading, section, "one region, geometry: plane",
                       "a front is that of one plane region");
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
    return read_front(reading) && read_criteria(reading);
}
