/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Diagrams room: what `spillway thermo NAME` draws and tabulates. Each row is an instrument
 * (instrument.h); most of them need no file.
 */
#ifndef SPILLWAY_DIAGRAMS_H
#define SPILLWAY_DIAGRAMS_H

#include <spillway/instrument.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The rows of this room, NULL after the last. */
SW_API const sw_instrument *sw_diagrams_row(size_t index);

#ifdef __cplusplus
}
#endif
#endif
