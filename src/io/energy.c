/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The total energy that a density-functional program ends with.
 *
 * VASP OUTCAR: the last "energy(sigma->0) =", else the last "free  energy   TOTEN  =", eV.
 * VASP vasprun.xml: the last <i name="e_0_energy">, eV.
 * Quantum ESPRESSO: the last "!    total energy              =", Ry.
 */
#include "io/lines.h"

#include <spillway/io.h>

#include <string.h>

#define RYDBERG 13.605693122994 /* eV, CODATA 2018 */

/* What stands before a number. The later ones of a program count only without the former. */
static const struct mark {
    const char *text, *unit; /* the word after the number, or NULL */
    double factor;
    int priority;
} marks[] = {
    {"energy(sigma->0) =", NULL, 1.0, 3},
    {"free  energy   TOTEN  =", "eV", 1.0, 2},
    {"<i name=\"e_0_energy\">", NULL, 1.0, 3},
    {"!    total energy", "Ry", RYDBERG, 3},
};
#define MARKS (sizeof marks / sizeof marks[0])

/* The rest of a line after a mark; start NULL where it is not there. */
static sw_span after(sw_span line, const char *mark) {
    const size_t length = strlen(mark);
    const char *found = memmem(line.start, line.length, mark, length);
    if (found == NULL)
        return (sw_span){NULL, 0};
    return (sw_span){found + length, (size_t)(line.start + line.length - found) - length};
}

static sw_status read_value(double *value, const struct mark *mark, const sw_lines *lines,
                            sw_span rest, sw_error *error) {
    const char *equals = memchr(rest.start, '=', rest.length);
    sw_span word;
    if (equals != NULL && mark->factor != 1.0)
        rest = (sw_span){equals + 1, rest.length - (size_t)(equals + 1 - rest.start)};
    const char *tag = memchr(rest.start, '<', rest.length);
    if (tag != NULL)
        rest.length = (size_t)(tag - rest.start);
    const sw_status status = sw_lines_number(value, lines, &rest, "an energy", error);
    if (status != SW_OK)
        return status;
    if (mark->unit != NULL && (!sw_span_word(&word, &rest) || !sw_span_is(word, mark->unit)))
        return sw_lines_error(lines, rest, "the file may be cut short", error,
                              "expected the unit %s after the energy", mark->unit);
    *value *= mark->factor;
    return SW_OK;
}

static sw_status read_source(double *energy, const sw_source *source, sw_error *error) {
    sw_lines lines = sw_lines_of(source);
    int best = 0;
    while (sw_lines_next(&lines))
        for (size_t m = 0; m < MARKS; m++) {
            const sw_span rest = after(lines.line, marks[m].text);
            if (rest.start == NULL || marks[m].priority < best)
                continue;
            const sw_status status = read_value(energy, &marks[m], &lines, rest, error);
            if (status != SW_OK)
                return status;
            best = marks[m].priority;
        }
    if (best > 0)
        return SW_OK;
    return sw_lines_error(&lines, (sw_span){NULL, 0},
                          "OUTCAR and vasprun.xml of VASP and the output of pw.x are read; did the "
                          "run end?",
                          error, "there is no total energy in the file");
}

sw_status sw_energy_read_memory(double *energy, const void *bytes, size_t size, const char *name,
                                sw_error *error) {
    const sw_source source = {.name = name, .bytes = bytes, .size = size};
    *energy = 0.0;
    return read_source(energy, &source, error);
}

sw_status sw_energy_read(double *energy, const char *path, sw_error *error) {
    sw_source source;
    *energy = 0.0;
    sw_status status = sw_source_open(&source, path, SW_SOURCE_MAP_ABOVE, error);
    if (status != SW_OK)
        return status;
    status = read_source(energy, &source, error);
    sw_source_close(&source);
    return status;
}
