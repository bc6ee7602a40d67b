/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fcc (Fe,Ni) beside bcc iron, as tables over temperature and the atomic share of iron. */
#ifndef SPILLWAY_POWDER_ALLOY_H
#define SPILLWAY_POWDER_ALLOY_H

#include <spillway/base.h>

#define SW_ALLOY_TEMPERATURES 82
#define SW_ALLOY_SHARES 33
#define SW_ALLOY_LOWEST 298.15 /* K */
#define SW_ALLOY_HIGHEST 1600.0

/*
 * From the built-in Fe-Ni assessment (calphad.h), with magnetism, and Jonsson's mobilities: ln of
 * the activity of iron over its share, with bcc iron as 1; ln of the interdiffusion coefficient in
 * m2/s; share of iron in the fcc that is in equilibrium with bcc iron.
 */
typedef struct sw_powder_alloy {
    double activity[SW_ALLOY_TEMPERATURES][SW_ALLOY_SHARES];
    double diffusion[SW_ALLOY_TEMPERATURES][SW_ALLOY_SHARES];
    double saturated[SW_ALLOY_TEMPERATURES];
} sw_powder_alloy;

/* Made once, by the first caller on any thread; lives as long as the program. */
SW_MUST_USE sw_status sw_powder_alloy_get(const sw_powder_alloy **alloy, sw_error *error);

/* A temperature in the tables: linear between rows `below` and the next. */
typedef struct sw_alloy_place {
    const sw_powder_alloy *alloy;
    size_t below;
    double part;
} sw_alloy_place;
sw_alloy_place sw_powder_alloy_at(const sw_powder_alloy *alloy, double temperature);
/* Activity of iron in fcc over that of bcc iron. O(1), smooth in the share. */
double sw_powder_iron_activity(const sw_alloy_place *place, double iron);
double sw_powder_interdiffusion(const sw_alloy_place *place, double iron); /* m2/s */
double sw_powder_saturated_iron(const sw_alloy_place *place);

#endif
