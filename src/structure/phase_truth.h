/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the phases that were found agree with those that a file knows. */
#ifndef SPILLWAY_STRUCTURE_PHASE_TRUTH_H
#define SPILLWAY_STRUCTURE_PHASE_TRUTH_H

#include "structure/phases.h"

#include <spillway/instrument.h>

/*
 * Adds the share of atoms whose phase is the true one and the table "confusion" to a measurement;
 * nothing for the column "none". The column holds regions 1, 2, ...; `phases` their phases with
 * commas ("1,2,2,3"), 0 for regions that do not count. index [map->atoms]: the atoms of the map
 * among `atoms`. SW_ERROR_ARGUMENT for a column that is not there and a wrong list.
 */
SW_MUST_USE sw_status sw_phase_truth(sw_measurement *measurement, const sw_phase_map *map,
                                     const uint32_t *index, const sw_atoms *atoms,
                                     const char *column, const char *phases, sw_error *error);

#endif
