/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SPILLWAY_IO_CSV_H
#define SPILLWAY_IO_CSV_H

#include "io/format.h"

sw_status sw_csv_write(sw_sink *sink, const sw_table *table, sw_error *error);

#endif
