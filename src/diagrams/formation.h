/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Formation of an oxide from its elements. */
#ifndef DIAGRAMS_FORMATION_H
#define DIAGRAMS_FORMATION_H

#include "diagrams/columns.h"

/* An oxide and the reaction that makes it from one O2. */
struct sw_formation {
    const sw_substance *oxide, *reference[4]; /* the elements as they are */
    const sw_substance *liquid[4];            /* NULL where the tables have none */
    double oxides, references[4];             /* amounts for one O2 */
    size_t count;
};

/* `parameter` is the place of errors: no such substance, no oxygen in it, no element to form it
 * from. */
SW_MUST_USE sw_status sw_formation_find(struct sw_formation *formation, const char *name,
                                        const char *parameter, sw_error *error);
/* eV per O2 */
SW_MUST_USE sw_status sw_formation_gibbs(double *gibbs, const struct sw_formation *formation,
                                         double temperature, struct sw_beyond *beyond,
                                         sw_error *error);

#endif
