/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sections of a powder model, one function each, in the order in which they are read. All work
 * on a tree that sw_schema_check has accepted. */
#ifndef SPILLWAY_MODEL_POWDER_SECTIONS_H
#define SPILLWAY_MODEL_POWDER_SECTIONS_H

#include "model/reading.h"

bool sw_powder_feed_read(sw_reading *reading);
bool sw_powder_bed_read(sw_reading *reading);
bool sw_powder_kinetics_read(sw_reading *reading);
bool sw_powder_nucleation_read(sw_reading *reading);
bool sw_powder_nickel_read(sw_reading *reading); /* with spillover, alloying, metallothermic */
bool sw_powder_run_read(sw_reading *reading);
bool sw_powder_programme_read(sw_reading *reading);
bool sw_powder_criteria_read(sw_reading *reading);

#endif
