/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A powder pattern as the sum of its phases, in the manner of Rietveld (J. Appl. Cryst. 2, 65
 * (1969)): y(2 theta) = background + sum over phases of S sum over reflections of |F|^2 LP P(2
 * theta - zero - 2 theta_hkl) P is the pseudo-Voigt function of full width w/cos(theta), w of each
 * phase, one mixing; LP = 1/(sin^2 cos), times (1 + cos^2 2 theta)/2 for an X-ray tube; with K-alpha2 each reflection
 * has a second one. |F|^2 is
 * multiplied by the factor of a texture where one is asked for. Weight fractions: S M V of the phase
 * over the sum (R. Hill, C. Howard, J. Appl. Cryst. 20, 467 (1987)).
 */
#ifndef SPILLWAY_CURVES_WHOLE_PATTERN_H
#define SPILLWAY_CURVES_WHOLE_PATTERN_H

#include "curves/crystal_phases.h"
#include "curves/diffraction_pattern.h"
#include "curves/least_squares.h"

enum { SW_PATTERN_PHASES = 8, SW_PATTERN_BACKGROUND = 6, SW_PATTERN_TEXTURES = 3 };

/* How far the profile of a reflection is drawn, in widths. */
extern const double sw_whole_pattern_reach;

typedef struct sw_pattern_phase {
    sw_crystal_phase crystal;
    size_t reflections;
    sw_reflection *reflection;
    bool textured; /* its orientation is fitted (texture.h) */
    int direction[3];
} sw_pattern_phase;

typedef struct sw_pattern_model {
    size_t phases;
    sw_pattern_phase phase[SW_PATTERN_PHASES];
    double wavelength;                      /* A */
    double second_wavelength, second_ratio; /* of K-alpha2, A and of intensities; 0: none */
    bool tube;                              /* unpolarised */
    size_t background;                      /* coefficients */
    bool free_zero;
    double search; /* how far lattices may be from those of the model, relative */
    double width;  /* first guess, deg */
} sw_pattern_model;

typedef struct sw_fitted_phase {
    bool there; /* stands out; else all is NaN but weight, 0 */
    double scale, scale_spread;
    double across, across_spread;   /* a, A */
    double along, along_spread;     /* c, A; NaN where cubic */
    double width, width_spread;     /* deg */
    double weight, weight_spread;   /* fraction */
    double texture, texture_spread; /* r of March and Dollase; NaN where it is not fitted */
} sw_fitted_phase;

typedef struct sw_pattern_fit {
    sw_fitted_phase phase[SW_PATTERN_PHASES];
    double background[SW_PATTERN_BACKGROUND];
    double zero, zero_spread, mixing, mixing_spread;
    double rwp, rexp, chi_squared;
    bool converged;
} sw_pattern_fit;

/*
 * Fits one pattern. before: a fit that it begins from, or NULL. look: lattices of all other phases
 * are searched for, the phase that explains most first. Phases that do not stand out by two
 * standard errors are left out and the rest is fitted again. SW_ERROR_NUMERIC where no phase does.
 * At most SW_PATTERN_TEXTURES phases are textured; with look, 2^textures fits are made.
 */
SW_MUST_USE sw_status sw_whole_pattern_fit(sw_pattern_fit *fit, const sw_pattern_model *model,
                                           const sw_pattern *pattern, const sw_pattern_fit *before,
                                           bool look, sw_error *error);
/* The pattern of a fit, [pattern.count], and its background alone. */
void sw_whole_pattern_curve(double *calculated, double *background, const sw_pattern_fit *fit,
                            const sw_pattern_model *model, const sw_pattern *pattern);

#endif
