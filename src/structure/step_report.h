/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A smoothed step through counted shares, as an instrument reports it. */
#ifndef SPILLWAY_STRUCTURE_STEP_REPORT_H
#define SPILLWAY_STRUCTURE_STEP_REPORT_H

#include "structure/share_step.h"

#include <spillway/instrument.h>

/* Fits (share_step.h) and adds "interface position", "interface width" (10 to 90 %), "level
 * before", "level after", "misfit", the table "fit" and its plot. Errors of sw_share_step_fit. */
SW_MUST_USE sw_status sw_step_report_add(sw_measurement *out, const sw_share_step_bins *bins,
                                         sw_error *error);

#endif
