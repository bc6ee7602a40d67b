/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lattice simulator's tables: the time series, and what is tabulated at the end of a run. */
#ifndef SPILLWAY_LATTICE_SERIES_H
#define SPILLWAY_LATTICE_SERIES_H

#include "lattice/observer.h"

sw_status sw_series_describe(const sw_lattice *lattice, sw_table *series);
sw_status sw_series_observe(sw_lattice *lattice, sw_table *series, sw_error *error);
sw_status sw_lattice_snapshot(const sw_lattice *lattice, sw_atoms **atoms, sw_error *error);
sw_status sw_lattice_table(const sw_lattice *lattice, size_t index, const char **name,
                           sw_table **table);
size_t sw_lattice_plots(const sw_lattice *lattice, const sw_plot **plots);

#endif
