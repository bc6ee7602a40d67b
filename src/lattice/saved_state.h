/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The state of a lattice as bytes: a restored lattice goes on bit for bit. */
#ifndef SPILLWAY_LATTICE_SAVED_STATE_H
#define SPILLWAY_LATTICE_SAVED_STATE_H

#include "lattice/state.h"

sw_status sw_saved_state_write(const sw_lattice *lattice, sw_bytes *bytes);
/* The lattice must have been made from the same model and seed. Anything that does not fit is
 * SW_ERROR_FORMAT; the lattice must be destroyed then. */
sw_status sw_saved_state_read(sw_lattice *lattice, const void *bytes, size_t size, sw_error *error);

#endif
