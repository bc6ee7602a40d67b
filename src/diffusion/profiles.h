/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Compositions on fixed places, kept at some shares of the run's time. */
#ifndef SPILLWAY_DIFFUSION_PROFILES_H
#define SPILLWAY_DIFFUSION_PROFILES_H

#include "diffusion/couple.h"

#include <spillway/data.h>

#define SW_PROFILE_PLACES 200
#define SW_PROFILE_TIMES 5
/* The names of the columns of times. */
#define SW_PROFILE_COLUMNS "start,1 % of the time,10 % of the time,30 % of the time,end"

typedef struct sw_profiles {
    double end;    /* s, of the run */
    double length; /* A */
    size_t kept;
    double x[SW_PROFILE_TIMES][SW_PROFILE_PLACES];
} sw_profiles;

/* The next time at which a profile is kept; infinite after the last. */
double sw_profiles_next(const sw_profiles *profiles);
/* Keeps a profile where its time has come. */
void sw_profiles_look(sw_profiles *profiles, const sw_couple *couple);
/* Columns: the place, then one a time; those that have not come are empty. */
sw_status sw_profiles_fill(sw_table *table, const sw_profiles *profiles);
#endif
