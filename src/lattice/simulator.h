/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the lattice simulator is to the driver, whole or in domains alike: models, errors, names. */
#ifndef SPILLWAY_LATTICE_SIMULATOR_H
#define SPILLWAY_LATTICE_SIMULATOR_H

#include "lattice/series.h"

/* In the driver's rows and in what it hashes. */
#define SW_LATTICE_SIMULATOR_NAME "lattice"

/* The lattice model of a model; NULL and an error where it is for another simulator. */
const sw_lattice_model *sw_simulator_model(const sw_model *model, sw_error *error);
/* Sites of the frame. */
double sw_simulator_sites(const sw_lattice_model *model);
/* How making a table or saving ended; the only failure that has no error yet is that of memory.
 * A table that was not finished is destroyed, and *table is NULL then. */
sw_status sw_simulator_end_table(sw_table **table, sw_status status, sw_error *error);
sw_status sw_simulator_end_save(sw_status status, sw_error *error);

#endif
