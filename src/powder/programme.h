/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Temperature and gas against time. Corners are where a leg ends: there the integrator begins anew.
 */
#ifndef SPILLWAY_POWDER_PROGRAMME_H
#define SPILLWAY_POWDER_PROGRAMME_H

#include <spillway/powder_model.h>

typedef struct sw_powder_conditions {
    double temperature;     /* K */
    double hydrogen, water; /* shares of the gas that is fed */
} sw_powder_conditions;

/* During leg `leg`; after the last leg its end goes on. */
sw_powder_conditions sw_powder_programme_during(const sw_powder_model *model, size_t leg,
                                                double time);
/* At a time; at a corner, the leg that begins. */
sw_powder_conditions sw_powder_programme_at(const sw_powder_model *model, double time);
/* The leg that is going on at a time (at a corner, the one that begins), and when it ends (the last
 * one: never). */
size_t sw_powder_programme_leg(const sw_powder_model *model, double time, double *ends);
/* The lowest and the highest temperature, K. */
void sw_powder_programme_range(const sw_powder_model *model, double *lowest, double *highest);

#endif
