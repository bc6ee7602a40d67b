/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Diagram `predominance` of a mixture of metals: temperature against a potential, in fields. */
#ifndef DIAGRAMS_PREDOMINANCE_MAP_H
#define DIAGRAMS_PREDOMINANCE_MAP_H

#include <spillway/instrument.h>

/* Choices of the parameter "axis"; the first: oxygen for one metal, water for several. */
extern const char *const sw_predominance_axes[];
enum { AXIS_AUTO, AXIS_OXYGEN, AXIS_WATER };

/* Whether these settings ask for fields: several metals, or the axis of water. */
SW_MUST_USE sw_status sw_predominance_has_fields(bool *fields,
                                                 const sw_instrument_settings *settings,
                                                 sw_error *error);
SW_MUST_USE sw_status sw_predominance_map(sw_measurement *measurement,
                                          const sw_instrument_settings *settings,
                                          sw_context *context, sw_error *error);

#endif
