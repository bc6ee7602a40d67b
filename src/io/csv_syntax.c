/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/csv_syntax.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

sw_csv_record sw_csv_records_of(const sw_source *source, char delimiter) {
    sw_csv_record record = {.lines = sw_lines_of(source), .delimiter = delimiter};
    if (source->size >= 3 && memcmp(source->bytes, "\xef\xbb\xbf", 3) == 0)
        record.lines.cursor += 3;
    return record;
}

void sw_csv_clear(sw_csv_record *record) {
    free(record->cells);
    record->cells = NULL;
    record->count = record->capacity = 0;
}

bool sw_csv_is_comment(sw_span line) {
    sw_span text = sw_span_trim(line);
    return text.length > 0 && (*text.start == '#' || *text.start == '%');
}

sw_span sw_csv_commented(sw_span line) {
    sw_span text = sw_span_trim(line);
    while (text.length > 0 && (*text.start == '#' || *text.start == '%'))
        text = (sw_span){text.start + 1, text.length - 1};
    return text;
}

static sw_status add_cell(sw_csv_record *record, sw_csv_cell cell, sw_error *error) {
    if (record->count == SW_CSV_COLUMNS_MAX)
        return sw_lines_error(&record->lines, (sw_span){0}, "split the table", error,
                              "expected at most %d columns", SW_CSV_COLUMNS_MAX);
    if (!sw_reserve(&record->cells, &record->capacity, record->count + 1, sizeof *record->cells))
        return sw_source_no_memory(record->lines.source, error);
    record->cells[record->count++] = cell;
    return SW_OK;
}

static bool is_delimiter(const sw_csv_record *record, char c) {
    return c == record->delimiter || (record->delimiter == ' ' && c == '\t');
}

static const char *skip_blanks(const sw_csv_record *record, const char *at, const char *end) {
    while (at < end && (*at == ' ' || (*at == '\t' && record->delimiter != '\t')))
        at++;
    return at;
}

/* The closing quote of the text that begins at `start`; it may stand on a later line. */
static const char *closing_quote(const char *start, const char *end) {
    for (const char *at = start; at < end; at += 2) {
        at = memchr(at, '"', (size_t)(end - at));
        if (!at || at + 1 >= end || at[1] != '"')
            return at;
    }
    return NULL;
}

static const char *line_end(const sw_csv_record *record) {
    return record->lines.line.start + record->lines.line.length;
}

/* Takes a quoted cell; *at goes behind it, and the record to the line where it ends. */
static sw_status take_quoted(sw_csv_record *record, const char **at, sw_error *error) {
    const char *start = *at + 1, *close = closing_quote(start, record->lines.end);
    if (!close)
        return sw_lines_error(&record->lines, (sw_span){*at, 1}, "close the quote", error,
                              "the quote that begins here is not closed");
    while (close >= record->lines.cursor && sw_lines_next(&record->lines))
        ;
    const char *end = line_end(record), *next = skip_blanks(record, close + 1, end);
    bool ends = next >= end || is_delimiter(record, *next) ||
                (record->delimiter == ' ' && next > close + 1);
    if (!ends)
        return sw_lines_error(&record->lines, (sw_span){next, 1},
                              "double the quotes inside a quoted text", error,
                              "expected a delimiter after the closing quote");
    *at = next;
    return add_cell(record, (sw_csv_cell){{start, (size_t)(close - start)}, true}, error);
}

static sw_status take_bare(sw_csv_record *record, const char **at, sw_error *error) {
    const char *start = *at, *end = line_end(record);
    while (*at < end && !is_delimiter(record, **at))
        ++*at;
    sw_span text = sw_span_trim((sw_span){start, (size_t)(*at - start)});
    return add_cell(record, (sw_csv_cell){text, false}, error);
}

/* Splits the current line from `at` on. */
static sw_status take_cells(sw_csv_record *record, const char *at, sw_error *error) {
    bool more = true;
    record->count = 0;
    while (more) {
        at = skip_blanks(record, at, line_end(record));
        if (at >= line_end(record) && record->delimiter == ' ')
            return SW_OK; /* blanks at the end of a line delimit nothing */
        bool quoted = at < line_end(record) && *at == '"';
        sw_status status = quoted ? take_quoted(record, &at, error) : take_bare(record, &at, error);
        if (status != SW_OK)
            return status;
        more = at < line_end(record);
        if (more && is_delimiter(record, *at))
            at++;
    }
    return SW_OK;
}

sw_status sw_csv_next(sw_csv_record *record, bool *found, sw_error *error) {
    *found = false;
    do {
        if (!sw_lines_next(&record->lines))
            return SW_OK;
    } while (sw_csv_is_comment(record->lines.line) || sw_span_trim(record->lines.line).length == 0);
    *found = true;
    record->line = record->lines.number;
    return take_cells(record, record->lines.line.start, error);
}

sw_status sw_csv_split(sw_csv_record *record, sw_span line, sw_error *error) {
    sw_lines kept = record->lines;
    record->lines.line = line;
    record->lines.cursor = record->lines.end = line.start + line.length;
    sw_status status = take_cells(record, line.start, error);
    record->lines = kept;
    return status;
}

char *sw_csv_text(const sw_csv_cell *cell) {
    char *text = sw_span_text(cell->text);
    if (!text || !cell->quoted)
        return text;
    size_t length = 0;
    for (size_t i = 0; i < cell->text.length; i++) {
        text[length++] = cell->text.start[i];
        if (cell->text.start[i] == '"')
            i++;
    }
    text[length] = '\0';
    return text;
}

bool sw_csv_missing(const sw_csv_cell *cell) {
    static const char *const words[] = {"na", "n/a", "nan", "null", "none",
                                        "-",  "--",  "---", "?",    "#n/a"};
    if (cell->text.length == 0)
        return !cell->quoted;
    for (size_t i = 0; i < sizeof words / sizeof *words && !cell->quoted; i++)
        if (cell->text.length == strlen(words[i]) &&
            strncasecmp(cell->text.start, words[i], cell->text.length) == 0)
            return true;
    return false;
}

bool sw_csv_number(double *value, const sw_csv_cell *cell, bool decimal_comma) {
    char text[64];
    if (!decimal_comma)
        return sw_span_number(value, cell->text);
    if (cell->text.length >= sizeof text || memchr(cell->text.start, '.', cell->text.length))
        return false;
    sw_span_copy(text, sizeof text, cell->text);
    char *comma = strchr(text, ',');
    if (comma)
        *comma = '.';
    return sw_span_number(value, (sw_span){text, strlen(text)});
}
