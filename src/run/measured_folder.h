/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The folder of a measurement. */
#ifndef SPILLWAY_RUN_MEASURED_FOLDER_H
#define SPILLWAY_RUN_MEASURED_FOLDER_H

#include "run/measured_json.h"

/* Tables, meshes, atoms, plots.json and run.json. */
SW_MUST_USE sw_status sw_measured_folder_write(const sw_measurement *measurement,
                                               const sw_measured_how *how, sw_error *error);

#endif
