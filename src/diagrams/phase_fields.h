/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a phase map looks like: its fields, which are intervals of one set that touch from row to
 * row, with a place for a label in each; and the lines between them.
 */
#ifndef DIAGRAMS_PHASE_FIELDS_H
#define DIAGRAMS_PHASE_FIELDS_H

#include "diagrams/phase_map.h"

/* Tables "fields" and "boundaries" and their plot; axis is the name of the second axis' column. */
SW_MUST_USE sw_status sw_phase_fields_add(sw_measurement *measurement,
                                          const struct sw_diagram_phase_map *map, const char *axis);
/* What a set is called where its halite has these least and most shares of nickel: halite that is
 * rich in iron all over is wustite. */
void sw_phase_fields_name(char name[MAP_NAME], const char *set, double least, double most);

#endif
