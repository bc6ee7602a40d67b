/* SPDX-License-Identifier: GPL-3.0-or-later */
/* run.json of a measurement, in the form that the report reads. */
#ifndef SPILLWAY_RUN_MEASURED_JSON_H
#define SPILLWAY_RUN_MEASURED_JSON_H

#include <spillway/run.h>

SW_MUST_USE sw_status sw_measured_json_write(const sw_measurement *measurement,
                                             const sw_instrument_settings *settings,
                                             const sw_measure_options *options,
                                             double wall_seconds, sw_error *error);

#endif
