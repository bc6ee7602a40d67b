/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which crystals an instrument looks for, by name: "fcc,hcp", or "all". */
#ifndef SPILLWAY_STRUCTURE_CRYSTAL_CHOICE_H
#define SPILLWAY_STRUCTURE_CRYSTAL_CHOICE_H

#include <spillway/base.h>

/* Bit c of *set: crystal c (crystal_templates.h). A name that is none is an error whose place is
 * the parameter "crystals". */
SW_MUST_USE sw_status sw_crystal_choice(uint32_t *set, const char *text, sw_error *error);

#endif
