/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statements of a database. Each reader stands behind the keyword and stops before the '!'. */
#ifndef SPILLWAY_THERMO_CALPHAD_READ_H
#define SPILLWAY_THERMO_CALPHAD_READ_H

#include "thermo/calphad/database.h"

bool sw_calphad_read_element(sw_calphad *database, sw_calphad_cursor *cursor);
bool sw_calphad_read_species(sw_calphad *database, sw_calphad_cursor *cursor);
bool sw_calphad_read_function(sw_calphad *database, sw_calphad_cursor *cursor);
bool sw_calphad_read_phase(sw_calphad *database, sw_calphad_cursor *cursor);
bool sw_calphad_read_constituents(sw_calphad *database, sw_calphad_cursor *cursor);
bool sw_calphad_read_type(sw_calphad *database, sw_calphad_cursor *cursor);
bool sw_calphad_read_diffusion(sw_calphad *database, sw_calphad_cursor *cursor);
bool sw_calphad_read_parameter(sw_calphad *database, sw_calphad_cursor *cursor);

#endif
