/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Peaks on a background, fitted together by least squares with the weights of the pattern:
 *   y = background (polynomial) + sum of area * (m L + (1 - m) G)
 * L and G of the same full width at half maximum, each of area 1, m the mixing: the pseudo-Voigt
 * function (Wertheim et al., Rev. Sci. Instrum. 45, 1369 (1974)), or the product G^(1-m) L^m of the
 * Gaussian-Lorentzian product form. With K-alpha2 each peak has a second of `ratio` times its area
 * at the angle of the second wavelength.
 */
#ifndef SPILLWAY_CURVES_DIFFRACTION_PEAKS_H
#define SPILLWAY_CURVES_DIFFRACTION_PEAKS_H

#include "curves/diffraction_pattern.h"
#include "curves/least_squares.h"

enum { SW_MOST_PEAKS = 12, SW_PEAK_PARAMETERS = 4, SW_MOST_BACKGROUND = 6 };

typedef enum sw_peak_shape { SW_PEAK_SUM, SW_PEAK_PRODUCT } sw_peak_shape;

typedef struct sw_peak_model {
    sw_peak_shape shape;
    bool fixed_mixing; /* all peaks have `mixing` */
    double mixing;
    size_t background;        /* coefficients */
    double second_wavelength; /* over the first; 0: none */
    double second_ratio;      /* of areas */
} sw_peak_model;

typedef struct sw_peak {
    double position, position_spread; /* deg */
    double width, width_spread;       /* full at half maximum, deg */
    double mixing, mixing_spread;     /* of the Lorentzian; NaN spread where fixed */
    double area, area_spread;         /* intensity deg */
    double height;
} sw_peak;

typedef struct sw_peak_fit {
    size_t peaks;
    sw_peak peak[SW_MOST_PEAKS];           /* rising */
    double background[SW_MOST_BACKGROUND]; /* Chebyshev, of (x - centre)/half range */
    double rwp, chi_squared;               /* fraction; over the degrees of freedom */
    sw_least_squares_result result;
} sw_peak_fit;

/* The profile of a peak at its distance x from the centre, deg: of area 1. */
double sw_peak_profile(sw_peak_shape shape, double x, double width, double mixing);

/* The highest maxima, smoothed over `width`, that stand out of the background by five standard
 * errors: at most `most`, rising. Returns how many. */
size_t sw_peaks_search(double *position, size_t most, const sw_pattern *pattern, double width);
/* Fits all peaks from guesses of their positions. SW_ERROR_NUMERIC where nothing was found. */
SW_MUST_USE sw_status sw_peaks_fit(sw_peak_fit *fit, const sw_peak_model *model,
                                   const sw_pattern *pattern, const double *guess, size_t peaks,
                                   double width, sw_error *error);
/* calculated[count] and background[count]. */
void sw_peaks_curve(double *calculated, double *background, const sw_peak_fit *fit,
                    const sw_peak_model *model, const sw_pattern *pattern);

#endif
