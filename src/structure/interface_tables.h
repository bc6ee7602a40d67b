/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of the instrument `interface`, and how its angles are named. */
#ifndef SPILLWAY_STRUCTURE_INTERFACE_TABLES_H
#define SPILLWAY_STRUCTURE_INTERFACE_TABLES_H

#include "structure/interface_measured.h"

typedef struct sw_angle_name {
    const char *name;
    const char *unit, *help;
} sw_angle_name;

/* Angles in degrees, spacings in A. */
extern const sw_angle_name sw_angle_names[SW_INTERFACE_ANGLES];
double sw_angle_in_units(int angle, double value);

/* "(1 1 1) / (0 0 2)". */
void sw_name_planes(char *text, size_t size, const sw_plane_family *first,
                    const sw_plane_family *second);

/* Table and plot "interface-profile"; table "interface-patches". */
SW_MUST_USE sw_status sw_add_interface_profile(sw_measurement *measurement,
                                               const sw_interface_measured *measured);
SW_MUST_USE sw_status sw_add_interface_patches(sw_measurement *measurement,
                                               const sw_interface_measured *measured);

#endif
