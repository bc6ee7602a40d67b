/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where an oxide ends: what its composition is there, and how fast its oxygen lattice grows. Both
 * follow from up to two unknowns a face, which are such that the cations balance:
 *
 *   gas in equilibrium   growth, ln nickel        no cation crosses; the potential of oxygen is
 *                                                 that of the gas
 *   gas that reacts,     ln vacancies, ln nickel  no cation crosses; growth by the law of the rate
 *   bare front
 *   front with metal     logit of the metal's     metal and oxide in equilibrium; the cations that
 *                        nickel                   cross have the composition of the metal
 *   metal, closed        none
 *
 * Without nickel the second one falls away, and the only one of a front with metal.
 */
#ifndef SPILLWAY_DIFFUSION_OXIDE_FACES_H
#define SPILLWAY_DIFFUSION_OXIDE_FACES_H

#include "diffusion/oxide_layer.h"
#include "diffusion/oxide_thermo.h"

typedef struct sw_oxide_face {
    bool metallic; /* a front where metal has formed */
    double unknown[SW_OXIDE_CATIONS];
    sw_oxide_end end;               /* the composition, by them */
    double growth;                  /* of the oxygen lattice, A/s */
    double nickel;                  /* atom fraction of the metal; NaN: there is none */
    double metal[SW_OXIDE_CATIONS]; /* cations that the metal has got, A of the lattice */
    double lattice;                 /* that has grown, A */
} sw_oxide_face;

/* At the start or at a new temperature, beside an oxide of composition y. An error where a gas is
 * not one in which the oxide can be. */
sw_status sw_oxide_face_begin(sw_oxide_face *face, const sw_oxide_face_model *model,
                              const sw_oxide_thermo *thermo, const double *y, const char *name,
                              sw_error *error);
size_t sw_oxide_face_unknowns(const sw_oxide_face *face, const sw_oxide_face_model *model,
                              size_t cations);
/* Composition and growth from the unknowns. False where there is no such oxide. */
bool sw_oxide_face_set(sw_oxide_face *face, const sw_oxide_face_model *model,
                       const sw_oxide_thermo *thermo);
/* What is to be none, [unknowns], where so much of each cation has left through the face in a step.
 * A/s. */
void sw_oxide_face_off(double *off, const sw_oxide_face *face, const sw_oxide_face_model *model,
                       const double *left, double step, size_t cations);
/* Whether what leaves goes to a metal; else nothing leaves. */
bool sw_oxide_face_gives(const sw_oxide_face *face, const sw_oxide_face_model *model);
/* Metal forms at a bare front where it can, and is gone where it is used up. */
void sw_oxide_face_turn(sw_oxide_face *face, const sw_oxide_face_model *model,
                        const sw_oxide_thermo *thermo);

#endif
