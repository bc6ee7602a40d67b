/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of this room. */
#ifndef DIAGRAMS_ROWS_H
#define DIAGRAMS_ROWS_H

#include <spillway/diagrams.h>

extern const sw_instrument diagram_baur_glaessner, diagram_ellingham, diagram_equilibrium,
    diagram_free_energy, diagram_partition, diagram_predominance, diagram_volcano;

#endif
