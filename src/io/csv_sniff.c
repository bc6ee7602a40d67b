/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/csv_sniff.h"

#include <stdlib.h>
#include <string.h>

enum { SAMPLE = 200 }; /* records that are looked at */

/* What one record of the sample looks like. */
typedef struct record_shape {
    size_t line, cells, numbers, units;
    size_t words;        /* cells that are neither numbers nor missing values */
    size_t commas, dots; /* numbers with a decimal comma, with a point */
    bool last_empty;
} record_shape;

typedef struct csv_sample {
    record_shape shapes[SAMPLE];
    size_t count;
    size_t columns;      /* cells of the usual record */
    size_t words;        /* words in a usual record of data */
    bool numeric;        /* there are numbers at all */
    size_t commas, dots; /* of the records of data */
    double score;
} csv_sample;

static bool has(sw_span text, char c) {
    return text.length > 0 && memchr(text.start, c, text.length);
}

static record_shape shape_of(const sw_csv_record *record) {
    record_shape shape = {.line = record->line, .cells = record->count};
    bool commas_allowed = record->delimiter != ',';
    for (size_t i = 0; i < record->count; i++) {
        const sw_csv_cell *cell = &record->cells[i];
        double value;
        shape.words += !sw_csv_missing(cell);
        shape.units += sw_csv_is_unit(cell->text) || cell->text.length == 0;
        shape.last_empty = cell->text.length == 0;
        if (sw_csv_number(&value, cell, false)) {
            shape.numbers++;
            shape.words -= !sw_csv_missing(cell);
            shape.dots += has(cell->text, '.');
        } else if (commas_allowed && sw_csv_number(&value, cell, true)) {
            shape.numbers++;
            shape.words--;
            shape.commas++;
        }
    }
    return shape;
}

/* The most frequent number of cells among records with numbers (or among all, where none has). */
static size_t usual_cells(const csv_sample *sample, bool numeric) {
    size_t best = 0, most = 0;
    for (size_t i = 0; i < sample->count; i++) {
        size_t same = 0, cells = sample->shapes[i].cells;
        if (numeric && sample->shapes[i].numbers == 0)
            continue;
        for (size_t k = 0; k < sample->count; k++)
            same += sample->shapes[k].cells == cells && (!numeric || sample->shapes[k].numbers > 0);
        if (same > most || (same == most && cells > best)) {
            most = same;
            best = cells;
        }
    }
    return best;
}

static bool is_usual(const csv_sample *sample, size_t index) {
    const record_shape *shape = &sample->shapes[index];
    return shape->cells == sample->columns && (shape->numbers > 0 || !sample->numeric);
}

/* The most frequent number of words among usual records; the smaller one of equals. */
static size_t usual_words(const csv_sample *sample) {
    size_t best = 0, most = 0;
    for (size_t i = 0; i < sample->count; i++) {
        size_t same = 0, words = sample->shapes[i].words;
        if (!is_usual(sample, i))
            continue;
        for (size_t k = 0; k < sample->count; k++)
            same += is_usual(sample, k) && sample->shapes[k].words == words;
        if (same > most || (same == most && words < best)) {
            most = same;
            best = words;
        }
    }
    return best;
}

/* Names have words where data have numbers. */
static bool is_data(const csv_sample *sample, size_t index) {
    const record_shape *shape = &sample->shapes[index];
    return sample->numeric && shape->cells == sample->columns && shape->words <= sample->words;
}

/* The share of numbers among the cells of usual records, summed; one column scores little. */
static void rate(csv_sample *sample) {
    size_t numeric = usual_cells(sample, true);
    sample->columns = numeric > 0 ? numeric : usual_cells(sample, false);
    sample->numeric = numeric > 0;
    sample->words = usual_words(sample);
    for (size_t i = 0; i < sample->count; i++) {
        const record_shape *shape = &sample->shapes[i];
        if (shape->cells != sample->columns)
            continue;
        double share = (double)shape->numbers / (double)shape->cells + 1e-3;
        sample->score += shape->cells > 1 ? share : share * 1e-3;
        sample->commas += is_data(sample, i) ? shape->commas : 0;
        sample->dots += is_data(sample, i) ? shape->dots : 0;
    }
}

static void take_sample(csv_sample *sample, const sw_source *source, char delimiter) {
    sw_csv_record record = sw_csv_records_of(source, delimiter);
    bool found = true;
    *sample = (csv_sample){0};
    while (sample->count < SAMPLE && sw_csv_next(&record, &found, NULL) == SW_OK && found)
        if (record.count > 0)
            sample->shapes[sample->count++] = shape_of(&record);
    sw_csv_clear(&record);
    rate(sample);
}

/* A row of names may lack the cell after a delimiter that ends every row of data. */
static bool may_be_names(const csv_sample *sample, size_t index, size_t data) {
    size_t cells = sample->shapes[index].cells;
    return cells == sample->columns ||
           (cells + 1 == sample->columns && sample->shapes[data].last_empty);
}

/* The first row below a row of words alone, where rows with numbers and more words than most follow
 * it up to `data`: they are data too. Else `data`. */
static size_t below_names(const csv_sample *sample, size_t data) {
    size_t first = data;
    while (first > 0 && is_usual(sample, first - 1))
        first--;
    if (!sample->numeric || first == 0 || first == data)
        return data;
    const record_shape *above = &sample->shapes[first - 1];
    const bool names =
        above->cells == sample->columns && above->words == above->cells && above->numbers == 0;
    return names ? first : data;
}

static double confidence(const csv_sample *sample) {
    size_t rows = 0;
    for (size_t i = 0; i < sample->count && sample->numeric; i++)
        rows += is_usual(sample, i) && 2 * sample->shapes[i].numbers >= sample->columns;
    return (double)rows / (double)sample->count;
}

static void place_header(sw_csv_dialect *dialect, const csv_sample *sample) {
    size_t data = 0;
    while (data < sample->count && !is_data(sample, data))
        data++;
    if (data == sample->count) { /* text alone, or names without data */
        for (data = 0; data < sample->count && sample->shapes[data].cells != sample->columns;)
            data++;
        dialect->names_line = data < sample->count ? sample->shapes[data].line : 0;
        dialect->data_line = dialect->names_line + 1;
        return;
    }
    data = below_names(sample, data);
    dialect->data_line = sample->shapes[data].line;
    if (data == 0 || !may_be_names(sample, data - 1, data))
        return;
    const record_shape *above = &sample->shapes[data - 1];
    bool units = data >= 2 && above->units == above->cells && above->numbers == 0 &&
                 may_be_names(sample, data - 2, data);
    dialect->units_line = units ? above->line : 0;
    dialect->names_line = units ? sample->shapes[data - 2].line : above->line;
}

/* numpy and gnuplot write the names behind a #, thermobalances of one maker behind ##. */
static sw_status find_commented_names(sw_csv_dialect *dialect, const sw_source *source,
                                      sw_error *error) {
    sw_csv_record record = sw_csv_records_of(source, dialect->delimiter);
    size_t line = 0;
    sw_status status = SW_OK;
    while (sw_lines_next(&record.lines) && record.lines.number < dialect->data_line)
        if (sw_csv_is_comment(record.lines.line))
            line = record.lines.number;
    record.lines = sw_csv_records_of(source, dialect->delimiter).lines;
    if (line > 0 && sw_lines_skip(&record.lines, line)) {
        status = sw_csv_split(&record, sw_csv_commented(record.lines.line), NULL);
        dialect->names_commented = status == SW_OK && record.count == dialect->columns;
        dialect->names_line = dialect->names_commented ? line : 0;
    }
    sw_csv_clear(&record);
    return status == SW_ERROR_MEMORY ? sw_source_no_memory(source, error) : SW_OK;
}

sw_status sw_csv_sniff(sw_csv_dialect *dialect, const sw_source *source, sw_error *error) {
    static const char delimiters[] = {'\t', ';', ',', ' '};
    csv_sample *best = malloc(sizeof *best), *next = malloc(sizeof *next);
    sw_status status = SW_OK;
    *dialect = (sw_csv_dialect){0};
    if (!best || !next) {
        free(best);
        free(next);
        return sw_source_no_memory(source, error);
    }
    best->score = 0;
    for (size_t i = 0; i < sizeof delimiters; i++) {
        take_sample(next, source, delimiters[i]);
        if (next->score > best->score) {
            csv_sample *swap = best;
            best = next;
            next = swap;
            dialect->delimiter = delimiters[i];
        }
    }
    if (best->score > 0) {
        dialect->columns = best->columns;
        dialect->confidence = confidence(best);
        dialect->decimal_comma = best->commas > 0 && best->dots == 0;
        place_header(dialect, best);
        if (dialect->names_line == 0)
            status = find_commented_names(dialect, source, error);
    } else {
        status = sw_error_set(error, SW_ERROR_FORMAT, source->name,
                              "give rows of numbers, delimited by tab, ; or , or blanks",
                              "expected a table, found no row that can be read");
    }
    free(best);
    free(next);
    return status;
}
