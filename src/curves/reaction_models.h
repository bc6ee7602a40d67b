/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reaction models of solids: d(alpha)/dt = k f(alpha), g(alpha) = integral of d(alpha)/f from 0 = k
 * t. The usual 41, after A. Khawam, D. Flanagan, J. Phys. Chem. B 110, 17315 (2006), S. Vyazovkin
 * et al. (ICTAC), Thermochim. Acta 520, 1 (2011), and the further functions of L. Vlaev et al., J.
 * Anal. Appl. Pyrolysis 91, 253 (2011). E1 and B1 cannot start at 0: their g counts from alpha =
 * 0.01.
 */
#ifndef SPILLWAY_CURVES_REACTION_MODELS_H
#define SPILLWAY_CURVES_REACTION_MODELS_H

#include <stddef.h>

enum { SW_REACTION_MODELS = 41 };

typedef enum sw_reaction_family {
    SW_MODEL_POWER,          /* u = alpha */
    SW_MODEL_AVRAMI,         /* u = -ln(1 - alpha) */
    SW_MODEL_CONTRACTING,    /* u = 1 - (1 - alpha)^q */
    SW_MODEL_ORDER,          /* u = ((1 - alpha)^(1 - q) - 1)/(q - 1); -ln(1 - alpha) where q = 1 */
    SW_MODEL_OPENING,        /* u = (1 - alpha)^-q - 1 */
    SW_MODEL_ANTI,           /* u = (1 + alpha)^q - 1 */
    SW_MODEL_ANTI_OPENING,   /* u = 1 - (1 + alpha)^-q */
    SW_MODEL_VALENSI,        /* u = (1 - alpha) ln(1 - alpha) + alpha */
    SW_MODEL_GINSTLING,      /* u = 1 - 2 alpha/3 - (1 - alpha)^(2/3) */
    SW_MODEL_ANTI_GINSTLING, /* u = 1 + 2 alpha/3 - (1 + alpha)^(2/3) */
    SW_MODEL_EXPONENTIAL,    /* u = ln(alpha/0.01) */
    SW_MODEL_AUTOCATALYTIC,  /* u = ln(alpha/(1 - alpha)) - its value at 0.01 */
    SW_MODEL_SCISSION        /* u = -2 ln(1 - alpha^(1/2)) */
} sw_reaction_family;

/* g = u^p. */
typedef struct sw_reaction_model {
    const char *name, *meaning;
    sw_reaction_family family;
    double q, p;
} sw_reaction_model;

extern const sw_reaction_model sw_reaction_models[SW_REACTION_MODELS];
const sw_reaction_model *sw_reaction_model_find(const char *name); /* or NULL */

/* 0 < alpha < 1. */
double sw_reaction_f(const sw_reaction_model *model, double alpha);
double sw_reaction_g(const sw_reaction_model *model, double alpha);
/* alpha in [0, 1] where g(alpha) = g; 1 where g is beyond the end of the reaction. */
double sw_reaction_alpha(const sw_reaction_model *model, double g);

#endif
