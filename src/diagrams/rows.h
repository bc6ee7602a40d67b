/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of this room. */
#ifndef DIAGRAMS_ROWS_H
#define DIAGRAMS_ROWS_H

#include <spillway/diagrams.h>

extern const sw_instrument sw_diagram_baur_glaessner, sw_diagram_ellingham, sw_diagram_equilibrium,
    sw_diagram_free_energy, sw_diagram_partition, sw_diagram_predominance, sw_diagram_volcano;

#endif
