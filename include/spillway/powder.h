/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Powder room: grains of iron and nickel oxides in flowing hydrogen, as ordinary differential
 * equations (src/powder/README.md). Times in s, temperatures in K, amounts as shares unless said.
 */
#ifndef SPILLWAY_POWDER_H
#define SPILLWAY_POWDER_H

#include <spillway/powder_model.h>
#include <spillway/simulator.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SW_POWDER_SIMULATOR_NAME "powder"
SW_API const sw_simulator *sw_powder_simulator(void);

typedef struct sw_powder sw_powder;

/*
 * What holds a front back: d ln(rate) / d ln(velocity of the step), which add up to 1, for the gas
 * that is there; wustite as it goes under the metals. NaN where nothing passes the front.
 */
typedef struct sw_powder_control {
    double reaction, product, water, activation;
    double served; /* share of the surface that a metal gives hydrogen */
    double gas;  /* share of the hydrogen fed that water and its equilibrium take from the drive */
    double rate; /* 1/s: iron that passes the front, of all iron */
} sw_powder_control;

/* The whole sample at one time. Phases are shares of the mass that is there. */
typedef struct sw_powder_amounts {
    double time, temperature;
    double mass;            /* kg */
    double conversion;      /* oxygen that has left, of all that can */
    double iron_conversion; /* the same of the oxygen of iron alone: nickel's is subtracted */
    double hematite, magnetite, wustite, bcc, fcc, nickel_oxide; /* mass shares; fcc with all Ni */
    double nickel_left;                                          /* NiO of all nickel */
    double iron_in_fcc;                /* atomic share of iron in fcc; 0 without nickel */
    double lattice_parameter;          /* A, of fcc at room temperature; NaN where there is none */
    double hydrogen, water;            /* shares of the gas that leaves */
    double gas_conversion;             /* of the hydrogen fed */
    double conversion_rate, iron_rate; /* 1/s */
    double oxygen_balance, hydrogen_balance; /* what is missing, of the oxygen that can leave */
    sw_powder_control control[SW_FRONTS];    /* after a step of the integrator; else 0 */
} sw_powder_amounts;

/* `model` must outlive the powder. */
SW_API SW_MUST_USE sw_status sw_powder_create(sw_powder **powder, const sw_powder_model *model,
                                              sw_error *error);
SW_API void sw_powder_destroy(sw_powder *powder);
/* To a time, s. O(steps x states x band^2). */
SW_API SW_MUST_USE sw_status sw_powder_run(sw_powder *powder, double time, sw_error *error);
SW_API SW_MUST_USE sw_status sw_powder_observe(sw_powder_amounts *amounts, sw_powder *powder,
                                               sw_error *error);
/* Steps of the integrator so far; the amounts after each are kept. */
SW_API size_t sw_powder_points(const sw_powder *powder);
SW_API const sw_powder_amounts *sw_powder_point(const sw_powder *powder, size_t index);

/* What a paper prints of such an experiment, by the criteria. Times count from when hydrogen was
 * let in; NaN where it has not happened. */
typedef struct sw_powder_summary {
    double saturation;            /* s: share `saturation` of the last conversion */
    double saturation_rate;       /* s: the rate has fallen to a hundredth of its largest */
    double onset, onset_tangent;  /* K: iron conversion; tangent at the steepest place to zero */
    double onset_first;           /* K: the tangent of the step from Fe2O3 to Fe3O4 alone */
    double nickel_gone;           /* s: NiO below 1 % of the nickel */
    double complete;              /* s: conversion 0.98 */
    double largest_bcc;           /* mass share */
    double conversion;            /* last */
    double rate[9], iron_rate[9]; /* 1/s at conversion 0.1 ... 0.9; NaN where it is not reached */
} sw_powder_summary;

SW_API void sw_powder_summarise(sw_powder_summary *summary, const sw_powder *powder,
                                sw_powder_criteria criteria);

#ifdef __cplusplus
}
#endif
#endif
