/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the instruments of this room put numbers, tables and atoms into a measurement. */
#ifndef SPILLWAY_STRUCTURE_RESULTS_H
#define SPILLWAY_STRUCTURE_RESULTS_H

#include "structure/interval.h"

#include <spillway/instrument.h>

/* A number without an interval. */
SW_MUST_USE sw_status sw_add_number(sw_measurement *measurement, const char *name, double value,
                                    const char *unit, const char *help);
/* `count` of `total` in %, with Wilson's interval (interval.h). */
SW_MUST_USE sw_status sw_add_share(sw_measurement *measurement, const char *name, size_t count,
                                   size_t total, const char *help);
SW_MUST_USE sw_status sw_add_interval(sw_measurement *measurement, const char *name,
                                      const sw_interval *number, const char *unit,
                                      const char *help);
/* Mean of `count` values from their sum and sum of squares, with its interval (interval.h). */
SW_MUST_USE sw_status sw_add_mean(sw_measurement *measurement, const char *name, double sum,
                                  double squares, size_t count, const char *unit, const char *help);

/* Share and half interval (the wider side) in % into columns `column` and the next of a row. */
void sw_set_share(sw_table *table, size_t column, size_t row, sw_interval share);

/* A table, or atoms, that `status` says were filled; where it is no SW_OK they are destroyed and it
 * is returned. Taken over whatever the result. */
SW_MUST_USE sw_status sw_add_filled_table(sw_measurement *measurement, const char *name,
                                          sw_table *table, sw_status status);
SW_MUST_USE sw_status sw_add_filled_atoms(sw_measurement *measurement, sw_atoms *atoms,
                                          sw_status status);

#endif
