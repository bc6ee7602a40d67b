/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The slab of a fill: read, and checked against the frame and the crystal that fills it. */
#ifndef SPILLWAY_MODEL_SLAB_H
#define SPILLWAY_MODEL_SLAB_H

#include "model/reading.h"

/* Reads {normal, from, thickness} into fill->slab; nothing where node is NULL. The crystal of the
 * fill must be known. */
bool sw_slab_read(sw_reading *reading, sw_fill *fill, const sw_node *node);

#endif
