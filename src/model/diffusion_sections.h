/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sections of a diffusion model, one function each, in the order in which they are read. All
 * work on a tree that sw_schema_check has accepted. */
#ifndef SPILLWAY_MODEL_DIFFUSION_SECTIONS_H
#define SPILLWAY_MODEL_DIFFUSION_SECTIONS_H

#include "model/reading.h"

/* In place of alloy and regions, of which none is read then. */
bool sw_diffusion_oxide_read(sw_reading *reading);
bool sw_diffusion_alloy_read(sw_reading *reading);
bool sw_diffusion_regions_read(sw_reading *reading);
bool sw_diffusion_programme_read(sw_reading *reading);
bool sw_diffusion_run_read(sw_reading *reading);

#endif
