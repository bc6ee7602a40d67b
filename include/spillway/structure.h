/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Structure room: instruments on atoms, simulated or experimental. What each measures, and after
 * whom, is in its row (instrument.h); `spillway list instruments` shows them.
 */
#ifndef SPILLWAY_STRUCTURE_H
#define SPILLWAY_STRUCTURE_H

#include <spillway/instrument.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The instruments of this room by index; NULL after the last. */
SW_API const sw_instrument *sw_structure_instrument(size_t index);

#ifdef __cplusplus
}
#endif
#endif
