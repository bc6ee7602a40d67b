/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of this room, one file each (instrument_NAME.c, fit_NAME.c). */
#ifndef SPILLWAY_CURVES_INSTRUMENTS_H
#define SPILLWAY_CURVES_INSTRUMENTS_H

#include <spillway/curves.h>

extern const sw_instrument sw_instrument_alloy_composition;
extern const sw_instrument sw_instrument_kinetics;
extern const sw_instrument sw_instrument_tga;
extern const sw_instrument sw_instrument_xrd_peaks;
extern const sw_instrument sw_instrument_xrd_phases;

extern const sw_instrument sw_fit_kinetics;

#endif
