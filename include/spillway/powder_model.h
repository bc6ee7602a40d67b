/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A powder of iron and nickel oxides in hydrogen, as plain checked data: what the model language
 * says of it (docs/powder-language.md). Inside units: A, eV, K, s, Pa, amu; gas volumes in m3.
 * Arrays belong to the sw_model.
 */
#ifndef SPILLWAY_POWDER_MODEL_H
#define SPILLWAY_POWDER_MODEL_H

#include <spillway/run_settings.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SW_POWDER_BIN_LIMIT 16
#define SW_POWDER_CELL_LIMIT 200

typedef enum sw_nickel_form { SW_NICKEL_NONE, SW_NICKEL_METAL, SW_NICKEL_OXIDE } sw_nickel_form;

/* What is weighed in. Grains of Fe2O3 or iron are spheres, log-normal by volume. */
typedef struct sw_powder_feed {
    double mass;            /* amu, of the whole sample */
    bool iron_is_metal;     /* bcc iron instead of Fe2O3 */
    sw_nickel_form nickel;  /* with SW_NICKEL_NONE the fraction is 0 */
    double nickel_fraction; /* mass of Ni over mass of Fe + Ni */
    double size;            /* A, median diameter of the grains of iron or its oxide */
    double spread;          /* geometric standard deviation, at least 1 */
    size_t bins;            /* of equal mass */
} sw_powder_feed;

/* The sample and the gas around it: a stirred stream, a stagnant layer, and the bed, into which
 * gas diffuses from one side through cells of equal depth. */
typedef struct sw_powder_bed {
    double area;     /* A2, open to the stream */
    double porosity; /* gas over volume of the bed */
    double pore;     /* A, diameter */
    double tortuosity;
    double stagnant; /* A, thickness of the layer above the bed */
    double volume;   /* m3, of the stream around the sample */
    double flow;     /* m3/s at 273.15 K and 101325 Pa */
    double pressure; /* Pa */
    size_t cells;
} sw_powder_bed;

typedef struct sw_arrhenius {
    double prefactor; /* A/s or 1/s */
    double barrier;   /* eV */
} sw_arrhenius;

/* The fronts Fe2O3 -> Fe3O4 -> FeO -> Fe */
enum { SW_HEMATITE, SW_MAGNETITE, SW_WUSTITE, SW_FRONTS };

/* At every front hydrogen is activated, oxygen is taken and water leaves. */
typedef struct sw_powder_kinetics {
    sw_arrhenius front[SW_FRONTS];      /* A/s: oxygen taken at the front, per volume of hydrogen */
    double sticking, activation;        /* of H2 on oxide: share of the collisions, barrier in eV */
    sw_arrhenius desorption[SW_FRONTS]; /* 1/s: water from two OH, on the oxide that is lost */
    double site;                        /* A2 of one site of desorption */
    sw_arrhenius nickel_oxide;          /* 1/s, in hydrogen of 1 bar: a^growth (1 - a)^decay */
    double growth, decay;
    double layer_porosity, layer_pore, layer_tortuosity; /* of the product; pore in A */
} sw_powder_kinetics;

/* bcc nuclei on bare wustite: rate / area exp(-barrier / ln^2 S), S = (pH2O/pH2 at equilibrium) /
 * (pH2O/pH2), times the rate at which iron is set free there over that at 973.15 K in pure hydrogen
 * that metal has activated. */
typedef struct sw_powder_nucleation {
    double rate;    /* 1/s on `area` */
    double area;    /* A2 */
    double barrier; /* 0: none */
} sw_powder_nucleation;

/* Where nickel touches the oxide, and what it does there. */
typedef struct sw_powder_nickel {
    bool inert;           /* touches nothing: --without nickel-catalysis */
    double contact_size;  /* A: size of the nickel-bearing particles as they lie on the oxide */
    double grain;         /* A: of the metal: particles, or what NiO becomes */
    double touching;      /* share of the surface that touches another particle */
    double neck;          /* radius of a contact over that of a grain */
    double encapsulation; /* A of iron on nickel that stops its hydrogen; 0: never */
} sw_powder_nickel;

typedef struct sw_powder_spillover {
    bool present;
    double length;    /* A at the reference temperature */
    double barrier;   /* eV: length ~ exp(barrier / kT) */
    double reference; /* K */
} sw_powder_spillover;

typedef struct sw_powder_alloying {
    bool present;
    double depth; /* A of nickel that iron mixes with as it is made; bcc dissolves to all of it */
} sw_powder_alloying;

/* Ni + 3 Fe2O3 = NiO + 2 Fe3O4 and Ni + FeO = NiO + Fe at the contacts, each where it goes downhill
 */
typedef struct sw_powder_metallothermic {
    bool present;
    sw_arrhenius rate; /* A/s: nickel used at the contacts */
} sw_powder_metallothermic;

typedef struct sw_powder_leg {
    double duration;        /* s */
    double temperature;     /* K at its end */
    bool ramp;              /* linear from the end of the leg before; else a switch */
    double hydrogen, water; /* shares of the gas that is fed; the rest is inert */
} sw_powder_leg;

typedef struct sw_powder_criteria {
    double saturation; /* conversion, relative to the last, that is called the end */
    double onset;      /* conversion that is called the start */
} sw_powder_criteria;

typedef struct sw_powder_model {
    sw_powder_feed feed;
    sw_powder_bed bed;
    sw_powder_kinetics kinetics;
    sw_powder_nucleation nucleation;
    sw_powder_nickel nickel;
    sw_powder_spillover spillover;
    sw_powder_alloying alloying;
    sw_powder_metallothermic metallothermic;
    size_t legs;
    const sw_powder_leg *leg;
    sw_powder_criteria criteria;
    double tolerance; /* relative, of the integrator */
    sw_run_settings run;
} sw_powder_model;

#ifdef __cplusplus
}
#endif
#endif
