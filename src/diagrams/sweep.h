/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Temperatures of a diagram, from text: "700 degC", or "400 degC..1000 degC" in equal steps. */
#ifndef DIAGRAMS_SWEEP_H
#define DIAGRAMS_SWEEP_H

#include <spillway/instrument.h>

struct sw_sweep {
    double low, high; /* K */
    size_t points;    /* 1 where low = high */
};

/* The parameters "temperature" and "points" of a row, with these standards. */
#define SWEEP_PARAMETERS(temperatures)                                                             \
    {.name = "temperature",                                                                        \
     .kind = SW_TAKES_TEXT,                                                                        \
     .standard = (temperatures),                                                                   \
     .help = "one, or a range: '400 degC..1000 degC'"},                                            \
    {                                                                                              \
        .name = "points", .kind = SW_TAKES_COUNT, .standard = "121", .least = 2, .most = 10000,    \
        .help = "of a range"                                                                       \
    }

SW_MUST_USE sw_status sw_sweep_read(struct sw_sweep *sweep, const sw_instrument_settings *settings,
                                    sw_error *error);
double sw_sweep_at(const struct sw_sweep *sweep, size_t point); /* K */

#endif
