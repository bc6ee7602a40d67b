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

/* ---- an oxide between two faces -------------------------------------------------------------- */

typedef enum sw_oxide_face_kind {
    SW_OXIDE_CLOSED,
    SW_OXIDE_GAS,   /* takes oxygen up or gives it off; no cation crosses */
    SW_OXIDE_METAL, /* cations cross; the oxygen stands */
    SW_OXIDE_FRONT  /* oxygen is taken at a rate; what cations are left become metal */
} sw_oxide_face_kind;

typedef struct sw_oxide_face_model {
    sw_oxide_face_kind kind;
    double metal_nickel;    /* of a metal: its atom fraction of nickel */
    double oxygen_pressure; /* Pa, of a gas; 0: it is given by the water */
    double water_ratio;     /* pH2O / pH2 of a gas, or at a front with a rate */
    double reaction;        /* A/s: of a gas, how fast oxide would grow without reverse reaction; 0:
                               equilibrium */
    double velocity;        /* A/s, of a front; 0: it has a rate */
    double rate;            /* A/s at 1 bar of hydrogen, of a front */
    double hydrogen;        /* Pa */
} sw_oxide_face_model;

/* D = diffusion exp(-barrier / kT) (vacancies / reference)^order, of a cation. */
typedef struct sw_oxide_mobility {
    double diffusion; /* A2/s; 0: not given */
    double barrier;   /* eV */
} sw_oxide_mobility;

typedef enum sw_oxide_metal { SW_OXIDE_METAL_STABLE, SW_OXIDE_FCC, SW_OXIDE_BCC } sw_oxide_metal;

/* (Fe,Ni)O with cation vacancies, halite; the first face is at the origin at the start. */
typedef struct sw_diffusion_oxide {
    bool present;
    double thickness;                  /* A */
    double nickel;                     /* share of the cations */
    double vacancies;                  /* share of the cation sites; 0: from the faces */
    double reference_vacancies, order; /* of the mobilities */
    sw_oxide_mobility mobility[2];     /* of Fe and Ni */
    double volume, metal_volume;       /* A3 per oxygen, and per atom of metal */
    sw_oxide_metal metal;              /* stable: that of pure iron */
    sw_oxide_face_model first, last;
    size_t cells;
} sw_diffusion_oxide;

typedef struct sw_diffusion_model {
    sw_diffusion_oxide oxide; /* where present there is neither alloy nor region */
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
