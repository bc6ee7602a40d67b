/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The two inputs of an instrument that compares atoms with a reference, matched as its parameters
 * say. */
#ifndef SPILLWAY_STRUCTURE_MATCHED_INPUTS_H
#define SPILLWAY_STRUCTURE_MATCHED_INPUTS_H

#include "structure/matching.h"

#include <spillway/instrument.h>

/* Parameters "farthest" and "shift"; the first input is the reference. As sw_matching_create. */
SW_MUST_USE sw_status sw_matched_inputs(sw_matching *matching, const sw_content *inputs,
                                        const sw_instrument_settings *settings, bool same_element,
                                        sw_context *context, sw_error *error);

#endif
