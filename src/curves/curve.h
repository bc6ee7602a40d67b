/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A curve of a thermobalance: mass against time and temperature, as it was measured. */
#ifndef SPILLWAY_CURVES_CURVE_H
#define SPILLWAY_CURVES_CURVE_H

#include <spillway/instrument.h>

typedef struct sw_curve {
    size_t count;
    double *time;        /* s, rising */
    double *temperature; /* K */
    double *mass;        /* mg, % or of 1, as the file has it */
    size_t *row;         /* of the table */
    const sw_table *table;
    const char *mass_unit;                       /* "mg" of all masses; "%", or "" */
    size_t missing, repeated, disordered, jumps; /* rows left out or joined, jumps taken out */
    double jump_sum;                             /* in the unit of mass */
    size_t alone; /* rows that stood alone and were put on the line of their neighbours */
    /* of a blank that was taken off (blank.h), in the unit of mass; 0 without */
    double blank_noise; /* more of each row than its scatter shows */
    double blank_error; /* of all rows against the first, together */
} sw_curve;

/* Parameters of every instrument that reads such curves. */
#define SW_CURVE_PARAMETERS                                                                        \
    {.name = "time",                                                                               \
     .kind = SW_TAKES_TEXT,                                                                        \
     .standard = "auto",                                                                           \
     .help = "column of the time, by name or number; auto: by its name and unit"},                 \
        {.name = "temperature",                                                                    \
         .kind = SW_TAKES_TEXT,                                                                    \
         .standard = "auto",                                                                       \
         .help = "column of the temperature"},                                                     \
        {.name = "mass", .kind = SW_TAKES_TEXT, .standard = "auto", .help = "column of the mass"}, \
        {.name = "time-unit",                                                                      \
         .kind = SW_TAKES_TEXT,                                                                    \
         .standard = "auto",                                                                       \
         .help = "s, min, h; auto: as the file says"},                                             \
        {.name = "temperature-unit",                                                               \
         .kind = SW_TAKES_TEXT,                                                                    \
         .standard = "auto",                                                                       \
         .help = "K, degC; auto: as the file says"},                                               \
        {.name = "mass-unit",                                                                      \
         .kind = SW_TAKES_TEXT,                                                                    \
         .standard = "auto",                                                                       \
         .help = "mg, g, %; auto: as the file says"},                                              \
        {.name = "disorder",                                                                       \
         .kind = SW_TAKES_CHOICE,                                                                  \
         .standard = "refuse",                                                                     \
         .choices = sw_disorder_words,                                                             \
         .help = "rows whose time goes back"},                                                     \
        {.name = "jumps",                                                                          \
         .kind = SW_TAKES_CHOICE,                                                                  \
         .standard = "refuse",                                                                     \
         .choices = sw_jump_words,                                                                 \
         .help = "steps of the mass between two rows (gas switched, balance knocked), and rows "   \
                 "that stand alone"},                                                              \
        {.name = "from",                                                                           \
         .kind = SW_TAKES_QUANTITY,                                                                \
         .dimension = SW_TIME,                                                                     \
         .standard = "auto",                                                                       \
         .least = -1e9,                                                                            \
         .most = 1e9,                                                                              \
         .help = "rows before are left out; auto: the first row"},                                 \
    {                                                                                              \
        .name = "to", .kind = SW_TAKES_QUANTITY, .dimension = SW_TIME, .standard = "auto",         \
        .least = -1e9, .most = 1e9, .help = "rows after are left out; auto: the last row"          \
    }

extern const char *const sw_disorder_words[], *const sw_jump_words[];

/*
 * Reads the curve that the parameters ask for. Rows with a missing value are left out and counted,
 * rows of the same time are joined to their mean. Refused with file and line: time that goes back,
 * a temperature below 0 K, numbers that are none of a balance, a jump of the mass, fewer than 8
 * rows. *curve is cleared by the caller
 * whatever the result; it points to the table.
 */
SW_MUST_USE sw_status sw_curve_read(sw_curve *curve, const sw_table *table,
                                    const sw_instrument_settings *settings, sw_error *error);
/* The same, with jumps as they are; whole: --from and --to are for another file. */
SW_MUST_USE sw_status sw_curve_read_rows(sw_curve *curve, const sw_table *table,
                                         const sw_instrument_settings *settings, sw_error *error);
SW_MUST_USE sw_status sw_curve_read_whole(sw_curve *curve, const sw_table *table,
                                          const sw_instrument_settings *settings, sw_error *error);
/* Refuses, keeps or removes jumps, as the parameters say. */
SW_MUST_USE sw_status sw_curve_settle_jumps(sw_curve *curve, const sw_instrument_settings *settings,
                                            sw_error *error);
void sw_curve_clear(sw_curve *curve);
/* Notes of what reading left out, joined or took out. */
SW_MUST_USE sw_status sw_curve_notes(const sw_curve *curve, sw_measurement *measurement);
/* "file:line" of a point, for messages. */
void sw_curve_place(char place[256], const sw_curve *curve, size_t point);

/* Looks for rows that stand alone and for steps between two rows that stand out from the ten around
 * and stay. remove: such a row is put on the line of its neighbours, and what comes after a step is
 * moved by it; else the first is an error at its line. At least 8 rows. O(rows). */
SW_MUST_USE sw_status sw_curve_treat_jumps(sw_curve *curve, bool remove, sw_error *error);

#endif
