/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Range files .rng:
 *
 *   2 3                          ions, ranges
 *   Iron                         each ion: its long name, then the short one with a colour
 *   Fe 1.00 0.00 1.00
 *   ...
 *   ---------- Fe O              the columns
 *   . 27.7 28.3 1 0              low, high (Da), how many of each column
 *
 * A "polyatomic extension" behind it has the same form once more, with formulas as columns.
 */
#include "io/ranges.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_SIZE = 64 };

typedef struct rng_column {
    char name[NAME_SIZE];
    uint8_t colour[3];
} rng_column;

typedef struct rng_section {
    size_t columns, ranges;
    rng_column *column;
    size_t capacity;
} rng_section;

/* The next line that is not blank; false at the end. */
static bool next_line(sw_lines *lines) {
    while (sw_lines_next(lines))
        if (sw_span_trim(lines->line).length > 0)
            return true;
    return false;
}

static sw_status need_line(sw_lines *lines, const char *what, sw_error *error) {
    if (next_line(lines))
        return SW_OK;
    return sw_lines_error(lines, (sw_span){0}, "the file is cut off", error,
                          "expected %s, found the end of the file", what);
}

static sw_status read_sizes(rng_section *section, const sw_lines *lines, sw_error *error) {
    sw_span rest = lines->line, word = {0};
    if (sw_span_word(&word, &rest) && sw_span_count(&section->columns, word) &&
        sw_span_word(&word, &rest) && sw_span_count(&section->ranges, word) && section->columns > 0)
        return SW_OK;
    return sw_lines_error(lines, word, "a range file .rng begins with them; .rrng with [Ions]",
                          error, "expected the numbers of ions and of ranges, found \"%.*s\"",
                          SW_SHOWN(lines->line));
}

static sw_status read_colour(rng_column *column, const sw_lines *lines, sw_span *rest,
                             sw_error *error) {
    double colour[3];
    sw_status status = sw_lines_numbers(colour, 3, lines, rest, "a colour from 0 to 1", error);
    for (int k = 0; k < 3 && status == SW_OK; k++) {
        if (!(colour[k] >= 0.0 && colour[k] <= 1.0))
            return sw_lines_error(lines, (sw_span){0}, "colours are three numbers from 0 to 1",
                                  error, "expected a colour, found %g", colour[k]);
        column->colour[k] = (uint8_t)lround(255.0 * colour[k]);
    }
    return status;
}

static sw_status read_columns(rng_section *section, sw_lines *lines, sw_error *error) {
    sw_status status = SW_OK;
    for (size_t i = 0; i < section->columns && status == SW_OK; i++) {
        sw_span word, rest;
        status = need_line(lines, "the long name of an ion", error);
        if (status == SW_OK)
            status = need_line(lines, "the short name of an ion with its colour", error);
        if (status != SW_OK)
            break;
        if (!sw_reserve(&section->column, &section->capacity, i + 1, sizeof *section->column))
            return sw_source_no_memory(lines->source, error);
        rest = lines->line;
        sw_span_word(&word, &rest);
        sw_span_copy(section->column[i].name, NAME_SIZE, word);
        status = read_colour(&section->column[i], lines, &rest, error);
    }
    return status;
}

/* The line "---- Fe O" must repeat the names in their order. */
static sw_status read_heading(const rng_section *section, sw_lines *lines, sw_error *error) {
    sw_status status = need_line(lines, "the line of columns, ---- Fe O ...", error);
    if (status != SW_OK)
        return status;
    sw_span rest = lines->line, word;
    if (!sw_span_word(&word, &rest) || !sw_span_starts(word, "-"))
        return sw_lines_error(lines, word, "the number of ions in the first line may be wrong",
                              error, "expected the line of columns, ---- Fe O ..., found \"%.*s\"",
                              SW_SHOWN(lines->line));
    for (size_t i = 0; i < section->columns; i++)
        if (!sw_span_word(&word, &rest) || !sw_span_is(word, section->column[i].name))
            return sw_lines_error(lines, word, "columns stand in the order of the ions above",
                                  error, "expected the column %s, found \"%.*s\"",
                                  section->column[i].name, SW_SHOWN(word));
    return SW_OK;
}

static sw_status read_counts(sw_ion *ion, const rng_section *section, const sw_lines *lines,
                             sw_span *rest, sw_error *error) {
    sw_span word;
    for (size_t i = 0; i < section->columns; i++) {
        size_t count;
        if (!sw_span_word(&word, rest) || !sw_span_count(&count, word) || count > 999)
            return sw_lines_error(lines, word, "give a whole number for each column", error,
                                  "expected how many %s the ion holds, found \"%.*s\"",
                                  section->column[i].name, SW_SHOWN(word));
        if (count == 0)
            continue;
        if (ion->parts == 0)
            memcpy(ion->colour, section->column[i].colour, sizeof ion->colour);
        if (!sw_ion_add_formula(ion, section->column[i].name, (unsigned)count))
            return sw_lines_error(lines, word, "split the ion, or leave it out", error,
                                  "the ion holds more than %d elements", SW_ION_PARTS);
    }
    if (sw_span_word(&word, rest))
        return sw_lines_error(lines, word, "give one number for each column", error,
                              "expected the end of the line, found \"%.*s\"", SW_SHOWN(word));
    return SW_OK;
}

static sw_status read_range(sw_ranges *ranges, const rng_section *section, const sw_lines *lines,
                            sw_error *error) {
    sw_ion ion = {0};
    double ends[2];
    sw_span rest = lines->line, word;
    if (!sw_span_word(&word, &rest) || !sw_span_is(word, "."))
        return sw_lines_error(lines, word, "the number of ranges in the first line may be wrong",
                              error, "expected a range, \". low high ...\", found \"%.*s\"",
                              SW_SHOWN(lines->line));
    sw_status status = sw_lines_numbers(ends, 2, lines, &rest, "an end of the range in Da", error);
    if (status == SW_OK)
        status = read_counts(&ion, section, lines, &rest, error);
    return status == SW_OK ? sw_ranges_add(ranges, lines, ends[0], ends[1], &ion, error) : status;
}

/* From the line of sizes on. */
static sw_status read_section(sw_ranges *ranges, sw_lines *lines, sw_error *error) {
    rng_section section = {0};
    sw_status status = read_sizes(&section, lines, error);
    if (status == SW_OK)
        status = read_columns(&section, lines, error);
    if (status == SW_OK)
        status = read_heading(&section, lines, error);
    for (size_t i = 0; i < section.ranges && status == SW_OK; i++) {
        status = need_line(lines, "a range", error);
        if (status == SW_OK)
            status = read_range(ranges, &section, lines, error);
    }
    free(section.column);
    return status;
}

sw_status sw_rng_read(sw_ranges *ranges, const sw_source *source, sw_error *error) {
    sw_lines lines = sw_lines_of(source);
    sw_status status = need_line(&lines, "the numbers of ions and of ranges", error);
    if (status == SW_OK)
        status = read_section(ranges, &lines, error);
    while (status == SW_OK && next_line(&lines)) {
        if (!sw_span_starts(sw_span_trim(lines.line), "--- polyatomic extension"))
            return sw_lines_error(
                &lines, (sw_span){0}, "the number of ranges in the first line may be wrong", error,
                "expected the end of the file, found \"%.*s\"", SW_SHOWN(lines.line));
        status = need_line(&lines, "the numbers of ions and of ranges", error);
        if (status == SW_OK)
            status = read_section(ranges, &lines, error);
    }
    return status;
}
