/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A template (crystal_templates.h) laid out for looking at all rotations: its points as axes,
 * opposite points as one, scaled to a spread of 1, and the rotations to look at. Every rotation is
 * one of the cover after one of the template's `turns` after one that brings the template onto
 * itself.
 *
 * All templates have their mean at 0 and equal second moments along all directions; what
 * rotation_search.h does rests on it.
 */
#ifndef SPILLWAY_STRUCTURE_TEMPLATE_AXES_H
#define SPILLWAY_STRUCTURE_TEMPLATE_AXES_H

#include "structure/crystal_templates.h"
#include "structure/rotation_cover.h"

#define SW_MOST_TURNS 8

typedef struct sw_template_axes {
    size_t axes, pairs; /* the first `pairs` axes have a place at their other end too */
    uint8_t
        place[2][SW_TEMPLATE_NEIGHBOURS]; /* of axis a: place[0][a], at the other end place[1][a] */
    float half_square[SW_TEMPLATE_NEIGHBOURS]; /* of the axis' length */
    float squares;                             /* sum of these over all places */
    size_t turns;
    float turned[SW_MOST_TURNS][SW_TEMPLATE_NEIGHBOURS][3]; /* the axes after each turn */
    const sw_rotation_cover *cover;
} sw_template_axes;

/* Of a crystal (not SW_CRYSTAL_OTHER). Made once; safe from any thread. */
const sw_template_axes *sw_template_axes_of(sw_crystal_kind crystal);

#endif
