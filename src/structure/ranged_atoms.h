/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Atom-probe points whose instrument takes a range file. */
#ifndef SPILLWAY_STRUCTURE_RANGED_ATOMS_H
#define SPILLWAY_STRUCTURE_RANGED_ATOMS_H

#include <spillway/instrument.h>

#define SW_RANGES_PARAMETER                                                                        \
    {                                                                                              \
        .name = "ranges", .kind = SW_TAKES_TEXT, .standard = "none",                               \
        .help = "range file (.rng, .rrng) of atom-probe points"                                    \
    }

/* A copy of the atoms, ranged where the parameter "ranges" names a file; the caller's. NULL where
 * there is no memory for it. */
SW_MUST_USE sw_status sw_ranged_atoms(sw_atoms **atoms, const sw_atoms *given,
                                      const sw_instrument_settings *settings, sw_error *error);

#endif
