/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/matched_inputs.h"

#define MOST_ROUNDS 50
#define SHIFT_TOLERANCE 1e-7 /* A */

sw_status sw_matched_inputs(sw_matching *matching, const sw_content *inputs,
                            const sw_instrument_settings *settings, bool same_element,
                            sw_context *context, sw_error *error) {
    const sw_matching_options options = {.farthest = sw_setting_number(settings, "farthest"),
                                         .shifted = sw_setting_switch(settings, "shift"),
                                         .same_element = same_element,
                                         .most_rounds = MOST_ROUNDS,
                                         .shift_tolerance = SHIFT_TOLERANCE};
    return sw_matching_create(matching, inputs[0].atoms, inputs[1].atoms, &options, context, error);
}
