/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/csv.h"

#include "io/csv_rows.h"

/* Hands what the text holds to the sink, and keeps its memory for the next row. */
static void pass_on(sw_sink *sink, sw_text *text) {
    sw_sink_write(sink, text->bytes, text->length);
    text->length = 0;
}

sw_status sw_csv_write(sw_sink *sink, const sw_table *table, sw_error *error) {
    sw_text text = {0};
    if (sw_table_columns(table) == 0)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "table", "add a column first",
                            "a table without columns cannot be written as CSV");
    sw_csv_append_names(&text, table);
    for (size_t row = 0; row < sw_table_rows(table) && !text.failed; row++) {
        pass_on(sink, &text);
        sw_csv_append_row(&text, table, row);
    }
    sw_status status = SW_OK;
    if (text.failed)
        status = sw_error_set(error, SW_ERROR_MEMORY, sink->path, NULL,
                              "no memory for a row of the table");
    else
        pass_on(sink, &text);
    sw_text_clear(&text);
    return status;
}
