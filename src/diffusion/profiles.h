/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Compositions on fixed places, kept at some shares of the run's time. */
#ifndef SPILLWAY_DIFFUSION_PROFILES_H
#define SPILLWAY_DIFFUSION_PROFILES_H

#include "diffusion/body.h"

#include <spillway/data.h>

#define SW_PROFILE_PLACES 200
#define SW_PROFILE_TIMES 5

typedef struct sw_profiles {
    double end;             /* s, of the run */
    double length;          /* A */
    size_t first, elements; /* those that are kept: of two the second, else all */
    size_t kept;
    double *x; /* [SW_PROFILE_TIMES][elements][SW_PROFILE_PLACES] */
} sw_profiles;

sw_status sw_profiles_create(sw_profiles *profiles, const sw_body *body, double end,
                             sw_error *error);
void sw_profiles_clear(sw_profiles *profiles);
/* The next time at which a profile is kept; infinite after the last. */
double sw_profiles_next(const sw_profiles *profiles);
/* Keeps a profile where its time has come. */
void sw_profiles_look(sw_profiles *profiles, const sw_body *body);
/* How many numbers of x have been kept. */
size_t sw_profiles_numbers(const sw_profiles *profiles);
/* The column of an element (a name) at the time of this number: "Ni start". */
#define SW_PROFILE_NAME 64
void sw_profiles_name(char name[SW_PROFILE_NAME], const char *element, size_t time);
/* Columns: the place, then for each element one a time; those that have not come are empty. `names`
 * of all elements. */
sw_status sw_profiles_fill(sw_table *table, const sw_profiles *profiles, const char *const *names);

#endif
