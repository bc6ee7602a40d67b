/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantities on fixed places, shares of a length, kept at some shares of the run's time. */
#ifndef SPILLWAY_DIFFUSION_PROFILES_H
#define SPILLWAY_DIFFUSION_PROFILES_H

#include <spillway/data.h>

#define SW_PROFILE_PLACES 200
#define SW_PROFILE_TIMES 5

typedef struct sw_profiles {
    double end; /* s, of the run */
    size_t quantities;
    size_t kept;
    double *x; /* [SW_PROFILE_TIMES][quantities][SW_PROFILE_PLACES] */
} sw_profiles;

sw_status sw_profiles_create(sw_profiles *profiles, size_t quantities, double end, sw_error *error);
void sw_profiles_clear(sw_profiles *profiles);
/* The next time at which a profile is kept; infinite after the last. */
double sw_profiles_next(const sw_profiles *profiles);
/* A quantity at a share (0 to 1) of the length. */
typedef double (*sw_profile_sample)(const void *of, double share, size_t quantity);
/* Keeps a profile where its time has come. */
void sw_profiles_look(sw_profiles *profiles, double time, sw_profile_sample sample, const void *of);
/* How many numbers of x have been kept. */
size_t sw_profiles_numbers(const sw_profiles *profiles);
/* The column of a quantity (a name) at the time of this number: "Ni start". */
#define SW_PROFILE_NAME 64
void sw_profiles_name(char name[SW_PROFILE_NAME], const char *quantity, size_t time);

typedef struct sw_profile_axis {
    const char *name, *unit;
} sw_profile_axis;
/* Columns: the place (a share times `length`), then for each quantity one a time; those that have
 * not come are empty. `axes` of the quantities. */
sw_status sw_profiles_fill(sw_table *table, const sw_profiles *profiles, sw_profile_axis place,
                           double length, const sw_profile_axis *axes);

#endif
