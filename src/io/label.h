/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Elements written the way files write them: "Fe", "26", "Fe3+", "O_s", "Fe1", "D". */
#ifndef SPILLWAY_IO_LABEL_H
#define SPILLWAY_IO_LABEL_H

#include "io/lines.h"

/* The atomic number, or -1. What follows the letters of the symbol may be anything but a letter. */
int sw_label_element(sw_span label);
/* The same for a site label, where letters may follow too ("OW1"): the longest symbol that the
 * label begins with. */
int sw_site_label_element(sw_span label);
/* The charge at the end of a label ("Fe3+" is 3, "O2-" is -2, "Na+" is 1); false where none. */
bool sw_label_charge(double *charge, sw_span label);
/* Format error at a word that is no element. */
sw_status sw_label_error(const sw_lines *lines, sw_span word, sw_error *error);

#endif
