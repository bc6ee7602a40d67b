/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/csv.h"

#include "io/csv_sniff.h"

#include "base/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is known of a column before the table is made. */
typedef struct csv_column {
    char *name, *unit;
    size_t values, numbers, quoted;
    size_t index; /* in the table; SIZE_MAX where the column is left out */
    bool is_text;
} csv_column;

typedef struct csv_table {
    sw_csv_dialect dialect;
    const sw_source *source;
    csv_column *columns; /* [dialect.columns] */
    size_t rows;
    bool all_quoted;
} csv_table;

static bool recognise(const sw_source *source) {
    for (size_t i = 0; i < source->size && i < 4096; i++)
        if (source->bytes[i] == '\0')
            return false;
    sw_csv_dialect dialect;
    return sw_csv_sniff(&dialect, source, NULL) == SW_OK && dialect.columns > 1 &&
           dialect.confidence >= 0.6;
}

static sw_status read_names(csv_table *table, const sw_csv_record *record, bool units) {
    for (size_t i = 0; i < table->dialect.columns && i < record->count; i++) {
        csv_column *column = &table->columns[i];
        if (!units) {
            if (!sw_csv_split_name(&column->name, &column->unit, &record->cells[i]))
                return SW_ERROR_MEMORY;
            continue;
        }
        sw_span text = record->cells[i].text;
        if (text.length == 0 || (column->unit && *column->unit))
            continue;
        /* "[s]" splits into no name and the unit s; "s" into a name only */
        char *name, *unit;
        if (!sw_csv_split_name(&name, &unit, &record->cells[i]))
            return SW_ERROR_MEMORY;
        free(column->unit);
        column->unit = *unit ? unit : name;
        free(*unit ? name : unit);
    }
    return SW_OK;
}

static sw_status read_header(csv_table *table, sw_error *error) {
    const sw_csv_dialect *dialect = &table->dialect;
    sw_csv_record record = sw_csv_records_of(table->source, dialect->delimiter);
    size_t lines[2] = {dialect->names_line, dialect->units_line};
    sw_status status = SW_OK;
    for (int i = 0; i < 2 && status == SW_OK; i++) {
        record.lines = sw_csv_records_of(table->source, dialect->delimiter).lines;
        bool found = false;
        if (lines[i] == 0 || !sw_lines_skip(&record.lines, lines[i] - 1))
            continue;
        if (dialect->names_commented && sw_lines_next(&record.lines)) {
            status = sw_csv_split(&record, sw_csv_commented(record.lines.line), error);
        } else {
            status = sw_csv_next(&record, &found, error);
        }
        if (status == SW_OK && read_names(table, &record, i == 1) != SW_OK)
            status = sw_source_no_memory(table->source, error);
    }
    sw_csv_clear(&record);
    return status;
}

/* A record of data; one empty cell too many, after a delimiter at the end, does not count. */
static sw_status check_cells(const csv_table *table, sw_csv_record *record, sw_error *error) {
    size_t columns = table->dialect.columns;
    if (record->count == columns + 1 && record->cells[columns].text.length == 0)
        record->count = columns;
    if (record->count == columns)
        return SW_OK;
    sw_lines place = record->lines;
    place.number = record->line;
    return sw_lines_error(&place, (sw_span){0},
                          "every row needs the same number of cells; quote cells that hold the "
                          "delimiter",
                          error, "expected %zu cells, found %zu", columns, record->count);
}

typedef sw_status (*record_function)(void *user, sw_csv_record *record, size_t row,
                                     sw_error *error);

static sw_status each_record(csv_table *table, record_function function, void *user,
                             sw_error *error) {
    sw_csv_record record = sw_csv_records_of(table->source, table->dialect.delimiter);
    sw_status status = SW_OK;
    bool found = true;
    size_t row = 0;
    if (table->dialect.data_line > 0 && !sw_lines_skip(&record.lines, table->dialect.data_line - 1))
        found = false;
    while (found && status == SW_OK) {
        status = sw_csv_next(&record, &found, error);
        if (status == SW_OK && found)
            status = check_cells(table, &record, error);
        if (status == SW_OK && found)
            status = function(user, &record, row++, error);
    }
    table->rows = row;
    sw_csv_clear(&record);
    return status;
}

static sw_status look_at_record(void *user, sw_csv_record *record, size_t row, sw_error *error) {
    csv_table *table = user;
    (void)row;
    (void)error;
    for (size_t i = 0; i < table->dialect.columns; i++) {
        const sw_csv_cell *cell = &record->cells[i];
        double value;
        if (sw_csv_missing(cell))
            continue;
        table->columns[i].values++;
        table->columns[i].quoted += cell->quoted;
        table->columns[i].numbers += sw_csv_number(&value, cell, table->dialect.decimal_comma);
        table->all_quoted = table->all_quoted && cell->quoted;
    }
    return SW_OK;
}

static sw_status complete_name(csv_table *table, sw_table *made, size_t index) {
    csv_column *column = &table->columns[index];
    char name[64];
    if (!column->name || !*column->name) {
        free(column->name);
        snprintf(name, sizeof name, "column%zu", index + 1);
        column->name = sw_duplicate_text(name);
    }
    if (!column->unit)
        column->unit = sw_duplicate_text("");
    for (size_t copy = 2; column->name && sw_table_find(made, column->name) >= 0; copy++) {
        size_t size = strlen(column->name) + 24;
        char *longer = sw_allocate(size, 1);
        if (!longer)
            return SW_ERROR_MEMORY;
        snprintf(longer, size, "%s_%zu", column->name, copy);
        free(column->name);
        column->name = longer;
    }
    return column->name && column->unit ? SW_OK : SW_ERROR_MEMORY;
}

/* A column is text where more than half of its values are no numbers, or where its values are
 * quoted and those of other columns are not. */
static sw_status add_columns(csv_table *table, sw_table *made, sw_error *error) {
    sw_status status = SW_OK;
    for (size_t i = 0; i < table->dialect.columns && status == SW_OK; i++) {
        csv_column *column = &table->columns[i];
        bool unnamed = !column->name || !*column->name;
        column->index = SIZE_MAX;
        if (unnamed && column->values == 0)
            continue;
        bool quoted = column->values > 0 && column->quoted == column->values && !table->all_quoted;
        column->is_text = quoted || 2 * column->numbers < column->values;
        status = complete_name(table, made, i);
        if (status == SW_OK)
            status = column->is_text ? sw_table_add_text_column(made, column->name)
                                     : sw_table_add_column(made, column->name, column->unit);
        column->index = sw_table_columns(made) - 1;
    }
    return status == SW_OK ? SW_OK : sw_source_no_memory(table->source, error);
}

typedef struct csv_filling {
    const csv_table *table;
    sw_table *made;
} csv_filling;

static sw_status fill_cell(const csv_filling *filling, const csv_column *column, size_t row,
                           const sw_csv_record *record, const sw_csv_cell *cell, sw_error *error) {
    if (column->index == SIZE_MAX)
        return SW_OK;
    if (column->is_text) {
        char *text = sw_csv_text(cell);
        sw_status status =
            text ? sw_table_set_text(filling->made, row, column->index, text) : SW_ERROR_MEMORY;
        free(text);
        return status == SW_OK ? SW_OK : sw_source_no_memory(record->lines.source, error);
    }
    double *value = &sw_table_numbers(filling->made, column->index)[row];
    if (sw_csv_missing(cell) || sw_csv_number(value, cell, filling->table->dialect.decimal_comma))
        return SW_OK;
    return sw_lines_error(
        &record->lines, cell->text, "leave the cell empty where a value is missing", error,
        "expected a number for %s, found \"%.*s\"", column->name, SW_SHOWN(cell->text));
}

static sw_status fill_record(void *user, sw_csv_record *record, size_t row, sw_error *error) {
    const csv_filling *filling = user;
    sw_status status = sw_table_add_row(filling->made, NULL);
    if (status == SW_OK)
        status = sw_table_set_line(filling->made, row, record->line);
    if (status != SW_OK)
        return sw_source_no_memory(record->lines.source, error);
    for (size_t i = 0; i < filling->table->dialect.columns && status == SW_OK; i++)
        status =
            fill_cell(filling, &filling->table->columns[i], row, record, &record->cells[i], error);
    return status;
}

static void remark_dialect(const csv_table *table) {
    const sw_csv_dialect *dialect = &table->dialect;
    const char *delimiter = dialect->delimiter == '\t'  ? "tab"
                            : dialect->delimiter == ' ' ? "blank"
                            : dialect->delimiter == ';' ? "semicolon"
                                                        : "comma";
    sw_source_remark(table->source, "delimiter", "%s", delimiter);
    sw_source_remark(table->source, "decimal mark", "%s",
                     dialect->decimal_comma ? "comma" : "point");
    size_t first = dialect->names_line ? dialect->names_line : dialect->data_line;
    if (dialect->names_line == 0)
        sw_source_remark(table->source, "names", "none in the file");
    if (first > 1)
        sw_source_remark(table->source, "not understood", "%zu lines above the table (preamble)",
                         first - 1);
}

static sw_status read_csv(sw_content *content, const sw_source *source, ptrdiff_t frame,
                          sw_error *error) {
    csv_table table = {.source = source, .all_quoted = true};
    size_t index;
    sw_status status = sw_source_frame(&index, source, frame, 1, error);
    if (status == SW_OK)
        status = sw_csv_sniff(&table.dialect, source, error);
    if (status != SW_OK)
        return status;
    remark_dialect(&table);
    table.columns = sw_allocate(table.dialect.columns, sizeof *table.columns);
    if (!table.columns || sw_table_create(&content->table) != SW_OK ||
        sw_table_set_source(content->table, source->name) != SW_OK)
        status = sw_source_no_memory(source, error);
    content->noun = SW_NOUN_TABLE;
    if (status == SW_OK)
        status = read_header(&table, error);
    if (status == SW_OK)
        status = each_record(&table, look_at_record, &table, error);
    if (status == SW_OK)
        status = add_columns(&table, content->table, error);
    csv_filling filling = {&table, content->table};
    if (status == SW_OK)
        status = each_record(&table, fill_record, &filling, error);
    for (size_t i = 0; table.columns && i < table.dialect.columns; i++) {
        free(table.columns[i].name);
        free(table.columns[i].unit);
    }
    free(table.columns);
    return status;
}

const sw_format_operations sw_format_csv = {
    .format = {.name = "csv",
               .summary = "delimited text: \"time [s],T [K]\" and the dialects of instruments",
               .noun = SW_NOUN_TABLE,
               .reads = true,
               .writes = true,
               .extensions = "csv tsv txt dat asc",
               .citation = "RFC 4180"},
    .is_text = true,
    .fallback = true,
    .recognise = recognise,
    .read = read_csv,
    .write_table = sw_csv_write,
};
