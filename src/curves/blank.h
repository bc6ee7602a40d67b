/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A run of the balance without a sample, taken off a curve: buoyancy of crucible and holder, gas
 * that is switched, drift. Its rows are joined by straight lines over time, where both runs had one
 * programme, or over temperature, and count from its first row, where the balance was tared.
 */
#ifndef SPILLWAY_CURVES_BLANK_H
#define SPILLWAY_CURVES_BLANK_H

#include "curves/curve.h"

extern const char *const sw_blank_words[];

#define SW_BLANK_PARAMETERS                                                                        \
    {.name = "blank",                                                                              \
     .kind = SW_TAKES_TEXT,                                                                        \
     .standard = "none",                                                                           \
     .help =                                                                                       \
         "file of a run without sample, in mg, that is taken off before jumps are looked for; "    \
         "none: no blank"},                                                                        \
        {.name = "blank-by",                                                                       \
         .kind = SW_TAKES_CHOICE,                                                                  \
         .standard = "auto",                                                                       \
         .choices = sw_blank_words,                                                                \
         .help = "what says which rows belong together; auto: time where both had one "            \
                 "programme, temperature where both are heated throughout"},                       \
    {                                                                                              \
        .name = "blank-error", .kind = SW_TAKES_QUANTITY, .dimension = SW_MASS,                    \
        .standard = "0 mg", .least = 0, .most = 1e30,                                              \
        .help = "standard error of one blank against another, in the intervals"                    \
    }

typedef struct sw_blank {
    sw_curve curve; /* count 0: none */
    sw_table *table;
    bool by_temperature;
    double noise;                /* mg, of its rows */
    size_t jumps;                /* of its mass */
    size_t dropped;              /* rows of the sample that lie within one */
    size_t rows;                 /* of the sample that are left: */
    double *time, *read, *taken; /* s; mg as the balance read, and what was taken off */
} sw_blank;

/*
 * Takes the blank that the parameters name off a curve whose jumps are not treated, and tells the
 * curve what it adds to its errors. Refused: no mg in one of them; programmes that differ at a line
 * of the curve; rows beyond the blank by more than a little. *blank is cleared by the caller
 * whatever the result.
 */
SW_MUST_USE sw_status sw_blank_take_off(sw_blank *blank, sw_curve *curve,
                                        const sw_instrument_settings *settings, sw_error *error);
void sw_blank_clear(sw_blank *blank);
/* What was done as notes, a table and plots, and what is not in the intervals. */
SW_MUST_USE sw_status sw_blank_report(const sw_blank *blank, const sw_curve *curve,
                                      sw_measurement *measurement);

#endif
