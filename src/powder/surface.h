/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a front meets: the gas and the metal around it, and the resistances of its steps as inverse
 * velocities (s/m), for hydrogen above equilibrium.
 */
#ifndef SPILLWAY_POWDER_SURFACE_H
#define SPILLWAY_POWDER_SURFACE_H

#include "powder/rates.h"

#include <math.h>

#define SW_POWDER_SCARCE 0.01 /* share of a grain below which it is taken more slowly */
#define SW_POWDER_CORE 1e-6   /* share of a grain below which its front shrinks away */
#define SW_POWDER_IRON_DENSITY (2 * 5250.0 / 0.159687) /* mol of Fe in a m3 of Fe2O3 */

/*
 * What a metal of iron activity a can be made of: wustite at pH2O/pH2 = K3 / a^0.947, or magnetite
 * itself at Kd / a^0.75, where wustite is not stable beside that metal: `unstable` is 1 where the
 * line of Fe3O4/FeO lies below that of FeO/metal (bcc: below 559 degC; dilute iron in fcc: also
 * above), 0 where it lies above, and 1/2 where they cross.
 */
typedef struct sw_powder_ground {
    double wustite, magnetite; /* pH2O/pH2 */
    double unstable;
} sw_powder_ground;

/* What the bins of a cell share. */
typedef struct sw_powder_surroundings {
    const sw_powder_compiled *compiled;
    const sw_powder_coefficients *now;
    double hydrogen, water; /* over compiled->concentration */
    double activity;        /* of iron in fcc */
    sw_powder_ground under_bcc, under_fcc;
    double fcc, bcc; /* shares of the cell's iron that are in the metals */
    double reach;    /* share of oxide surface that nickel's hydrogen serves */
    double growth;   /* the same where fcc may grow: 0 without alloying */
} sw_powder_surroundings;

sw_powder_surroundings sw_powder_look_around(const double *cell, const sw_powder_compiled *compiled,
                                             const sw_powder_coefficients *now);

/*
 * Steps at a front. Oxygen that has been taken becomes hydroxyl: H2 + 2 O -> 2 OH at a rate
 * k1 c (1 - h)^2, which metal does and bare oxide has to do itself, and 2 OH -> H2O at k2 h^2, h
 * the share of the sites that hold hydrogen. Both are equal at 1/sqrt(rate) = 1/sqrt(k1 c) +
 * 1/sqrt(k2): the resistances 1/k1 = `activation` and c/k2 = `water` make
 * (sqrt(activation) + sqrt(water))^2 in all, more than their sum, as sites that wait for a partner
 * serve neither. Where metal gives hydrogen, h is 1 and `water` is what is left.
 */
typedef struct sw_powder_path {
    double reaction, product, water, activation;
} sw_powder_path;

/* `v`: share of the grain within the front; `radius` of the grain, m. */
sw_powder_path sw_powder_path_at(const sw_powder_surroundings *in, int front, double v,
                                 double radius);
/* Inverse velocity where hydrogen is at hand, and where it has to be activated. */
static inline double sw_powder_served(const sw_powder_path *path) {
    return path->reaction + path->product + path->water;
}
static inline double sw_powder_bare(const sw_powder_path *path) {
    return sw_powder_served(path) + path->activation + 2 * sqrt(path->activation * path->water);
}
/* Share of an outer oxide's surface that nickel or the metal on it (extended area `covered`)
 * serves. */
double sw_powder_served_share(const sw_powder_surroundings *in, double covered);
/* mol of oxygen per m2 and s over `concentration`, for a drive of 1: patches that metal serves
 * beside bare ones. */
double sw_powder_conductance(const sw_powder_surroundings *in, int front, double v, double radius,
                             double covered);

/* Hydrogen above its equilibrium with the water, pH2O/pH2 = `constant`. */
static inline double sw_powder_drive(const sw_powder_surroundings *in, double constant) {
    return in->hydrogen - in->water / constant;
}

/* x where it is well above 0, a small positive number where it is below. */
static inline double sw_positive(double x, double width) {
    return 0.5 * (x + sqrt(x * x + width * width));
}

#endif
