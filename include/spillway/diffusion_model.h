/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Diffusion between layers of an alloy, as plain checked data: what the model language says
 * of it (docs/diffusion-language.md). Inside units: A, K, s. Arrays belong to the sw_model.
 */
#ifndef SPILLWAY_DIFFUSION_MODEL_H
#define SPILLWAY_DIFFUSION_MODEL_H

#include <spillway/run_settings.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SW_DIFFUSION_CELL_LIMIT 20000
#define SW_DIFFUSION_ELEMENTS 8 /* at most */

typedef enum sw_diffusion_geometry {
    SW_DIFFUSION_PLANE,
    SW_DIFFUSION_CYLINDER, /* the first region is innermost */
    SW_DIFFUSION_SPHERE
} sw_diffusion_geometry;

typedef struct sw_diffusion_alloy {
    const char *database;   /* "built-in" or a path */
    const char *mobilities; /* a built-in set, or a path of a file to be added; "" for none */
    size_t elements;        /* 2 to SW_DIFFUSION_ELEMENTS; the first is the reference */
    const char *element[SW_DIFFUSION_ELEMENTS]; /* in capitals */
    const char *name[SW_DIFFUSION_ELEMENTS];    /* as in the model, for outputs: "Ni" */
    sw_diffusion_geometry geometry;
    bool markers; /* of two elements too: fluxes, and planes of the lattice that are followed */
    size_t cells; /* of all regions together */
} sw_diffusion_alloy;

typedef struct sw_diffusion_region {
    const char *phase;               /* "FCC_A1" */
    double length;                   /* A */
    double x[SW_DIFFUSION_ELEMENTS]; /* atom fractions, of sum 1 */
} sw_diffusion_region;

typedef struct sw_diffusion_leg {
    double duration;    /* s */
    double temperature; /* K at its end */
    bool ramp;          /* linear from the end of the leg before; else a switch */
} sw_diffusion_leg;

/*
 * The first end is a front at which an oxide is reduced: it moves into the oxide at a constant
 * velocity, and what leaves it is richer in the first element by the ratio of mobilities: x(metal)
 * = x / (x + ratio (1 - x)), x being the composition of the oxide at the front.
 */
typedef struct sw_diffusion_front {
    bool present;
    double velocity;       /* A/s */
    double length;         /* A: D / velocity in the oxide */
    double mobility_ratio; /* first over second element */
} sw_diffusion_front;

typedef struct sw_diffusion_model {
    sw_diffusion_alloy alloy;
    size_t regions;
    const sw_diffusion_region *region;
    sw_diffusion_front front;
    size_t legs; /* 0: the temperature of the run throughout */
    const sw_diffusion_leg *leg;
    double
        homogeneous; /* largest spread of an element below which the couple counts as homogeneous */
    double tolerance; /* error of composition in a step */
    sw_run_settings run;
} sw_diffusion_model;

#ifdef __cplusplus
}
#endif
#endif
