/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small things that all diagrams need: lists in text, tables under construction, notes. */
#ifndef DIAGRAMS_COLUMNS_H
#define DIAGRAMS_COLUMNS_H

#include <spillway/instrument.h>
#include <spillway/thermo.h>

#define LIST_WORDS 32

/* "Fe, Ni Cu" as words; SW_ERROR_ARGUMENT, with the parameter as its place, where they are too many
 * or too long. */
struct sw_word_list {
    size_t count;
    char word[LIST_WORDS][48];
};
SW_MUST_USE sw_status sw_word_list_read(struct sw_word_list *list, const char *text,
                                        const char *parameter, sw_error *error);

/* A number of a table; the row and column must be there. */
void sw_diagram_table_set(sw_table *table, size_t row, const char *column, double value);
/* A table with a column "temperature" in degC and as many rows as there are temperatures. */
struct sw_sweep;
SW_MUST_USE sw_status sw_table_of_sweep(sw_table **table, const struct sw_sweep *sweep);

/* Substances that were used beyond their tables, each told once. */
struct sw_beyond {
    size_t count;
    const sw_substance *substance[64];
};
void sw_beyond_add(struct sw_beyond *beyond, const sw_substance *substance);
SW_MUST_USE sw_status sw_beyond_tell(const struct sw_beyond *beyond, sw_measurement *measurement);

/* Gibbs energy of a substance in eV, beyond its table too, which is kept. */
SW_MUST_USE sw_status sw_diagram_gibbs_of(double *gibbs, const sw_substance *substance,
                                          double temperature, struct sw_beyond *beyond,
                                          sw_error *error);

#endif
