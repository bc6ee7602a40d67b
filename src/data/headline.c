/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/headline.h"

static sw_status add_columns(sw_table *table) {
    sw_status status = sw_table_add_text_column(table, "name");
    if (status == SW_OK)
        status = sw_table_add_column(table, "value", "");
    if (status == SW_OK)
        status = sw_table_add_column(table, "spread", "");
    if (status == SW_OK)
        status = sw_table_add_text_column(table, "unit");
    return status == SW_OK ? sw_table_add_text_column(table, "help") : status;
}

sw_status sw_headline_fill(sw_table *table, const sw_headline *list, size_t count) {
    sw_status status = add_columns(table);
    for (size_t i = 0; i < count && status == SW_OK; i++) {
        size_t row;
        status = sw_table_add_row(table, &row);
        if (status == SW_OK)
            status = sw_table_set_text(table, row, 0, list[i].name);
        if (status == SW_OK)
            status = sw_table_set_text(table, row, 3, list[i].unit);
        if (status == SW_OK)
            status = sw_table_set_text(table, row, 4, list[i].help);
        if (status != SW_OK)
            return status;
        sw_table_numbers(table, 1)[row] = list[i].value;
        sw_table_numbers(table, 2)[row] = list[i].spread;
    }
    return status;
}
