/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How elements are shown: name, colour after the CPK habit, and radius. */
#ifndef SPILLWAY_REPORT_ELEMENT_STYLE_H
#define SPILLWAY_REPORT_ELEMENT_STYLE_H

#include <stdint.h>

typedef struct sw_element_style {
    const char *name; /* "iron" */
    uint32_t colour;  /* 0xRRGGBB */
    double radius;    /* A, covalent: Cordero et al., Dalton Trans. 2008, 2832 */
} sw_element_style;

/* Never NULL; 0 is "no element", numbers beyond curium share one style. */
const sw_element_style *sw_element_style_of(int atomic_number);

#endif
