/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What an instrument is: one static row that says what it measures, on what, with which parameters,
 * and after whom; and a function from files to a measurement. Command line, help, man page,
 * completion, checking of parameters and run.json are all made from the row.
 *
 * A measurement holds numbers with their intervals, tables, plots of the tables, and atoms with
 * columns added, and surfaces. Objects are opaque; what is added belongs to it.
 */
#ifndef SPILLWAY_INSTRUMENT_H
#define SPILLWAY_INSTRUMENT_H

#include <spillway/data.h>
#include <spillway/io.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- parameters ------------------------------------------------------------------------------ */

typedef enum sw_instrument_kind {
    SW_TAKES_QUANTITY, /* with its unit: "4.5 A" */
    SW_TAKES_COUNT,    /* a whole number */
    SW_TAKES_SWITCH,   /* "yes" or "no" */
    SW_TAKES_CHOICE,   /* one of a list of words */
    SW_TAKES_TEXT      /* anything; the instrument reads it */
} sw_instrument_kind;

typedef struct sw_instrument_parameter {
    const char *name; /* "cutoff"; NULL ends a list */
    sw_instrument_kind kind;
    const char *standard;   /* as a user would type it; "auto": found from the data, what the help
                             says; NULL: must be given */
    const char *help;       /* small first letter, no full stop */
    sw_dimension dimension; /* quantities */
    double least, most;     /* quantities (in the inside unit) and counts; both 0: any */
    const char *const *choices; /* NULL-ended */
} sw_instrument_parameter;

/* Named sets of parameters, such as those of a paper. */
typedef struct sw_instrument_preset {
    const char *name; /* "zhang-2024"; NULL ends a list */
    const char *source;
    const char *const *settings; /* "cutoff=4.5 A", ..., NULL */
} sw_instrument_preset;

/* Parameters with their values, all checked. */
typedef struct sw_instrument_settings sw_instrument_settings;

/* The value of a parameter by name; a name or kind that the row does not have is a defect of the
 * instrument, and gives 0 or "". */
SW_API double sw_setting_number(const sw_instrument_settings *settings, const char *name);
SW_API size_t sw_setting_count(const sw_instrument_settings *settings, const char *name);
SW_API bool sw_setting_switch(const sw_instrument_settings *settings, const char *name);
SW_API size_t sw_setting_choice(const sw_instrument_settings *settings, const char *name);
SW_API const char *sw_setting_text(const sw_instrument_settings *settings, const char *name);
/* Whether the instrument is to find it from the data. */
SW_API bool sw_setting_is_automatic(const sw_instrument_settings *settings, const char *name);

/* ---- measurements ---------------------------------------------------------------------------- */

typedef struct sw_measurement sw_measurement;

typedef struct sw_measured {
    char name[64];
    double value, low, high; /* 95 % interval; NaN where it has none */
    char unit[32];
    char help[256]; /* what it means, one sentence */
    /* measured again on disturbed copies: low and high then have their spread in them */
    size_t draws;             /* copies in which it was found; 0: none were made */
    double shift;             /* mean of the copies less the value; NaN with draws 0 */
    double own_low, own_high; /* the interval without them */
} sw_measured;

/* What is known of the positions of atoms, and how often they are disturbed by as much again. */
typedef struct sw_disturbance {
    double precision; /* A, root mean square in space: precision / sqrt 3 along each axis */
    double missing;   /* share of the atoms that were not found, 0 to below 1 */
    size_t draws;     /* copies; 0: none */
    uint64_t seed;
} sw_disturbance;

SW_API SW_MUST_USE sw_status sw_measurement_create(sw_measurement **measurement);
SW_API void sw_measurement_destroy(sw_measurement *measurement);

/* Adds a number; low and high NaN where no interval is known. */
SW_API SW_MUST_USE sw_status sw_measurement_add(sw_measurement *measurement, const char *name,
                                                double value, double low, double high,
                                                const char *unit, const char *help);
/* Gives number `index` an interval and a shift that come from `draws` copies; its own is kept. */
SW_API void sw_measurement_set_drawn(sw_measurement *measurement, size_t index, double low,
                                     double high, double shift, size_t draws);
/* How the copies behind the numbers were disturbed; draws 0 where there are none. */
SW_API void sw_measurement_set_disturbance(sw_measurement *measurement,
                                           const sw_disturbance *disturbance);
SW_API sw_disturbance sw_measurement_disturbance(const sw_measurement *measurement);
/* Takes over a table, whatever the result. Its name is that of its file: letters, digits, '-'. */
SW_API SW_MUST_USE sw_status sw_measurement_add_table(sw_measurement *measurement, const char *name,
                                                      sw_table *table);
/* The text of y is copied, the others must be static. */
SW_API SW_MUST_USE sw_status sw_measurement_add_plot(sw_measurement *measurement, sw_plot plot);
/* Takes over atoms with their new columns, whatever the result. */
SW_API void sw_measurement_set_atoms(sw_measurement *measurement, sw_atoms *atoms);
/* Takes over a surface, whatever the result. Its name is that of its file: letters, digits, '-'. */
SW_API SW_MUST_USE sw_status sw_measurement_add_mesh(sw_measurement *measurement, const char *name,
                                                     sw_mesh *mesh);
/* Something that a reader of the numbers should know. */
SW_API SW_MUST_USE sw_status sw_measurement_note(sw_measurement *measurement, const char *format,
                                                 ...) SW_PRINTF(2, 3);

/* Adds what another measurement holds: numbers and notes as "TITLE: NAME", tables, plots, meshes, and the atoms' columns
 * where the atoms of `from` begin with the same. `from` is left without its tables, meshes and atoms. */
SW_API SW_MUST_USE sw_status sw_measurement_merge(sw_measurement *measurement, const char *title,
                                                  sw_measurement *from);

SW_API size_t sw_measurement_values(const sw_measurement *measurement);
SW_API const sw_measured *sw_measurement_value(const sw_measurement *measurement, size_t index);
SW_API const sw_measured *sw_measurement_find(const sw_measurement *measurement, const char *name);
SW_API size_t sw_measurement_tables(const sw_measurement *measurement);
SW_API const sw_table *sw_measurement_table(const sw_measurement *measurement, size_t index,
                                            const char **name);
SW_API size_t sw_measurement_meshes(const sw_measurement *measurement);
SW_API const sw_mesh *sw_measurement_mesh(const sw_measurement *measurement, size_t index,
                                          const char **name);
SW_API size_t sw_measurement_plots(const sw_measurement *measurement);
SW_API const sw_plot *sw_measurement_plot(const sw_measurement *measurement, size_t index);
SW_API const sw_atoms *sw_measurement_atoms(const sw_measurement *measurement); /* or NULL */
SW_API size_t sw_measurement_notes(const sw_measurement *measurement);
SW_API const char *sw_measurement_note_at(const sw_measurement *measurement, size_t index);

/* ---- instruments ----------------------------------------------------------------------------- */

#define SW_INSTRUMENT_INPUTS 2

typedef struct sw_instrument {
    const char *name, *summary; /* the summary with a small first letter, no full stop */
    const char *description;    /* paragraphs; equations and what the numbers mean */
    const char *citation;
    const char *columns; /* per-atom columns that it adds, as a user reads them; or NULL */
    sw_noun input[SW_INSTRUMENT_INPUTS]; /* SW_NOUN_NONE after the last */
    bool repeats; /* the last input may be given several times: a table a heating rate */
    const sw_instrument_parameter *parameters;
    const sw_instrument_preset *presets; /* or NULL */
    /* The contents are in the order of the row's inputs, and where the last repeats
     * one of SW_NOUN_NONE ends them. *measurement is empty. */
    sw_status (*measure)(sw_measurement *measurement, const sw_content *inputs,
                         const sw_instrument_settings *settings, sw_context *context,
                         sw_error *error);
} sw_instrument;

/*
 * Parameters of an instrument: the standard ones, then those of a preset (NULL: none), then
 * `count` settings "name", "text" in their order. A wrong name, text, unit or range is an error
 * whose place is the parameter. A parameter without a standard that was not given is an error too.
 */
SW_API SW_MUST_USE sw_status sw_instrument_settings_create(sw_instrument_settings **settings,
                                                           const sw_instrument *instrument,
                                                           const char *preset,
                                                           const char *const (*given)[2],
                                                           size_t count, sw_error *error);
SW_API void sw_instrument_settings_destroy(sw_instrument_settings *settings);
/* The value as text, as it was given. */
SW_API const char *sw_setting_as_text(const sw_instrument_settings *settings, size_t parameter);
SW_API const sw_instrument *sw_setting_instrument(const sw_instrument_settings *settings);

/* Measures; where the instrument fails without saying why, the status is said. */
SW_API SW_MUST_USE sw_status sw_instrument_measure(sw_measurement *measurement,
                                                   const sw_content *inputs,
                                                   const sw_instrument_settings *settings,
                                                   sw_context *context, sw_error *error);

#ifdef __cplusplus
}
#endif
#endif
