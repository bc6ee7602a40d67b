/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Curves room: instruments on tables that a balance or a diffractometer wrote, and fits of models
 * to them. What each does, and after whom, is in its row (instrument.h).
 */
#ifndef SPILLWAY_CURVES_H
#define SPILLWAY_CURVES_H

#include <spillway/instrument.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The instruments, and the fits, of this room by index; NULL after the last. */
SW_API const sw_instrument *sw_curves_instrument(size_t index);
SW_API const sw_instrument *sw_curves_fit(size_t index);

#ifdef __cplusplus
}
#endif
#endif
