/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "curves/reaction_models.h"

#include "base/bisection.h"

#include <math.h>
#include <string.h>

#define SEED 0.01   /* where the models begin that cannot begin at 0 */
#define HALVINGS 48 /* of 0 to 1 */

const sw_reaction_model sw_reaction_models[SW_REACTION_MODELS] = {
    {"P1", "power law, zero order", SW_MODEL_POWER, 0, 1},
    {"P2", "power law", SW_MODEL_POWER, 0, 1.0 / 2},
    {"P3", "power law", SW_MODEL_POWER, 0, 1.0 / 3},
    {"P4", "power law", SW_MODEL_POWER, 0, 1.0 / 4},
    {"P2/3", "power law", SW_MODEL_POWER, 0, 3.0 / 2},
    {"E1", "exponential law", SW_MODEL_EXPONENTIAL, 0, 1},
    {"B1", "autocatalysis (Prout, Tompkins)", SW_MODEL_AUTOCATALYTIC, 0, 1},
    {"A3/2", "nucleation and growth (Avrami, Erofeev)", SW_MODEL_AVRAMI, 0, 2.0 / 3},
    {"A2", "nucleation and growth (Avrami, Erofeev)", SW_MODEL_AVRAMI, 0, 1.0 / 2},
    {"A5/2", "nucleation and growth (Avrami, Erofeev)", SW_MODEL_AVRAMI, 0, 2.0 / 5},
    {"A3", "nucleation and growth (Avrami, Erofeev)", SW_MODEL_AVRAMI, 0, 1.0 / 3},
    {"A4", "nucleation and growth (Avrami, Erofeev)", SW_MODEL_AVRAMI, 0, 1.0 / 4},
    {"A2/3", "nucleation and growth, n = 2/3", SW_MODEL_AVRAMI, 0, 3.0 / 2},
    {"A3/4", "nucleation and growth, n = 3/4", SW_MODEL_AVRAMI, 0, 4.0 / 3},
    {"A1/2", "nucleation and growth, n = 1/2", SW_MODEL_AVRAMI, 0, 2},
    {"A1/3", "nucleation and growth, n = 1/3", SW_MODEL_AVRAMI, 0, 3},
    {"A1/4", "nucleation and growth, n = 1/4", SW_MODEL_AVRAMI, 0, 4},
    {"R2", "contracting area", SW_MODEL_CONTRACTING, 1.0 / 2, 1},
    {"R3", "contracting volume", SW_MODEL_CONTRACTING, 1.0 / 3, 1},
    {"F1/3", "order 1/3", SW_MODEL_ORDER, 1.0 / 3, 1},
    {"F3/4", "order 3/4", SW_MODEL_ORDER, 3.0 / 4, 1},
    {"F1", "first order", SW_MODEL_ORDER, 1, 1},
    {"F3/2", "order 3/2", SW_MODEL_ORDER, 3.0 / 2, 1},
    {"F2", "second order", SW_MODEL_ORDER, 2, 1},
    {"F3", "third order", SW_MODEL_ORDER, 3, 1},
    {"F4", "fourth order", SW_MODEL_ORDER, 4, 1},
    {"D1", "diffusion in one dimension", SW_MODEL_POWER, 0, 2},
    {"D2", "diffusion in two dimensions (Valensi)", SW_MODEL_VALENSI, 0, 1},
    {"D3", "diffusion in three dimensions (Jander)", SW_MODEL_CONTRACTING, 1.0 / 3, 2},
    {"D4", "diffusion in three dimensions (Ginstling, Brounshtein)", SW_MODEL_GINSTLING, 0, 1},
    {"D5", "diffusion (Zhuravlev, Lesokhin, Tempelman)", SW_MODEL_OPENING, 1.0 / 3, 2},
    {"D6", "counter-diffusion (Komatsu, Uemura; anti-Jander)", SW_MODEL_ANTI, 1.0 / 3, 2},
    {"D7", "counter-diffusion (anti-Ginstling, Brounshtein)", SW_MODEL_ANTI_GINSTLING, 0, 1},
    {"D8", "counter-diffusion (anti-Zhuravlev)", SW_MODEL_ANTI_OPENING, 1.0 / 3, 2},
    {"DJ2", "diffusion in two dimensions (Jander)", SW_MODEL_CONTRACTING, 1.0 / 2, 2},
    {"G1", "exponent 2 of what is left", SW_MODEL_CONTRACTING, 2, 1},
    {"G2", "exponent 3 of what is left", SW_MODEL_CONTRACTING, 3, 1},
    {"G3", "exponent 4 of what is left", SW_MODEL_CONTRACTING, 4, 1},
    {"G7", "root of contracting area", SW_MODEL_CONTRACTING, 1.0 / 2, 1.0 / 2},
    {"G8", "root of contracting volume", SW_MODEL_CONTRACTING, 1.0 / 3, 1.0 / 2},
    {"L2", "random scission", SW_MODEL_SCISSION, 0, 1},
};

const sw_reaction_model *sw_reaction_model_find(const char *name) {
    for (size_t i = 0; i < SW_REACTION_MODELS; i++)
        if (strcmp(sw_reaction_models[i].name, name) == 0)
            return &sw_reaction_models[i];
    return NULL;
}

/* u(alpha). */
static double inner(const sw_reaction_model *model, double a) {
    double q = model->q;
    switch (model->family) {
    case SW_MODEL_POWER:
        return a;
    case SW_MODEL_AVRAMI:
        return -log1p(-a);
    case SW_MODEL_CONTRACTING:
        return -expm1(q * log1p(-a));
    case SW_MODEL_ORDER:
        return q == 1.0 ? -log1p(-a) : expm1((1.0 - q) * log1p(-a)) / (q - 1.0);
    case SW_MODEL_OPENING:
        return expm1(-q * log1p(-a));
    case SW_MODEL_ANTI:
        return expm1(q * log1p(a));
    case SW_MODEL_ANTI_OPENING:
        return -expm1(-q * log1p(a));
    case SW_MODEL_VALENSI:
        return a < 1.0 ? (1.0 - a) * log1p(-a) + a : 1.0;
    case SW_MODEL_GINSTLING:
        return 1.0 - 2.0 * a / 3.0 - pow(1.0 - a, 2.0 / 3.0);
    case SW_MODEL_ANTI_GINSTLING:
        return 1.0 + 2.0 * a / 3.0 - pow(1.0 + a, 2.0 / 3.0);
    case SW_MODEL_EXPONENTIAL:
        return log(a / SEED);
    case SW_MODEL_AUTOCATALYTIC:
        return log(a / (1.0 - a)) - log(SEED / (1.0 - SEED));
    case SW_MODEL_SCISSION:
        return -2.0 * log1p(-sqrt(a));
    }
    return (double)NAN;
}

/* du/d(alpha). */
static double inner_slope(const sw_reaction_model *model, double a) {
    double q = model->q, rest = 1.0 - a;
    switch (model->family) {
    case SW_MODEL_POWER:
        return 1.0;
    case SW_MODEL_AVRAMI:
        return 1.0 / rest;
    case SW_MODEL_CONTRACTING:
        return q * pow(rest, q - 1.0);
    case SW_MODEL_ORDER:
        return pow(rest, -q);
    case SW_MODEL_OPENING:
        return q * pow(rest, -q - 1.0);
    case SW_MODEL_ANTI:
        return q * pow(1.0 + a, q - 1.0);
    case SW_MODEL_ANTI_OPENING:
        return q * pow(1.0 + a, -q - 1.0);
    case SW_MODEL_VALENSI:
        return -log1p(-a);
    case SW_MODEL_GINSTLING:
        return 2.0 / 3.0 * (pow(rest, -1.0 / 3.0) - 1.0);
    case SW_MODEL_ANTI_GINSTLING:
        return 2.0 / 3.0 * (1.0 - pow(1.0 + a, -1.0 / 3.0));
    case SW_MODEL_EXPONENTIAL:
        return 1.0 / a;
    case SW_MODEL_AUTOCATALYTIC:
        return 1.0 / (a * rest);
    case SW_MODEL_SCISSION:
        return 1.0 / (sqrt(a) - a);
    }
    return (double)NAN;
}

double sw_reaction_g(const sw_reaction_model *model, double alpha) {
    double u = inner(model, alpha);
    return model->p == 1.0 ? u : pow(u, model->p);
}

double sw_reaction_f(const sw_reaction_model *model, double alpha) {
    double slope = inner_slope(model, alpha), p = model->p;
    return p == 1.0 ? 1.0 / slope : 1.0 / (p * pow(inner(model, alpha), p - 1.0) * slope);
}

static double inner_of(const void *model, double a) {
    return inner(model, a);
}

static double inner_inverse(const sw_reaction_model *model, double u) {
    double q = model->q;
    switch (model->family) {
    case SW_MODEL_POWER:
        return u;
    case SW_MODEL_AVRAMI:
        return -expm1(-u);
    case SW_MODEL_CONTRACTING:
        return u >= 1.0 ? 1.0 : -expm1(log1p(-u) / q);
    case SW_MODEL_ORDER:
        if (q == 1.0)
            return -expm1(-u);
        return 1.0 + (q - 1.0) * u <= 0.0 ? 1.0 : -expm1(log1p((q - 1.0) * u) / (1.0 - q));
    case SW_MODEL_OPENING:
        return -expm1(-log1p(u) / q);
    case SW_MODEL_ANTI:
        return expm1(log1p(u) / q);
    case SW_MODEL_ANTI_OPENING:
        return u >= 1.0 ? 1.0 : expm1(-log1p(-u) / q);
    case SW_MODEL_EXPONENTIAL:
        return SEED * exp(u);
    case SW_MODEL_AUTOCATALYTIC:
        return 1.0 / (1.0 + (1.0 / SEED - 1.0) * exp(-u));
    case SW_MODEL_SCISSION:
        return expm1(-0.5 * u) * expm1(-0.5 * u);
    default:
        return sw_bisect(inner_of, model, 0.0, 1.0, u, HALVINGS);
    }
}

double sw_reaction_alpha(const sw_reaction_model *model, double g) {
    double u = model->p == 1.0 ? g : pow(g, 1.0 / model->p);
    double alpha = inner_inverse(model, u);
    return alpha < 0.0 ? 0.0 : alpha > 1.0 ? 1.0 : alpha;
}
