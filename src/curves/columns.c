/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "curves/columns.h"

#include <math.h>
#include <string.h>

static sw_status add_column(sw_table *table, const sw_column *column) {
    return column->texts != NULL ? sw_table_add_text_column(table, column->name)
                                 : sw_table_add_column(table, column->name, column->unit);
}

static sw_status fill_column(sw_table *table, size_t index, const sw_column *column, size_t rows) {
    if (column->texts == NULL) {
        if (rows > 0)
            memcpy(sw_table_numbers(table, index), column->numbers, rows * sizeof(double));
        return SW_OK;
    }
    sw_status status = SW_OK;
    for (size_t row = 0; row < rows && status == SW_OK; row++)
        status = sw_table_set_text(table, row, index, column->texts[row]);
    return status;
}

sw_status sw_add_columns(sw_measurement *measurement, const char *name, const sw_column *columns,
                         size_t rows) {
    sw_table *table;
    size_t count = 0;
    sw_status status = sw_table_create(&table);
    if (status != SW_OK)
        return status;
    for (; columns[count].name != NULL && status == SW_OK; count++)
        status = add_column(table, &columns[count]);
    for (size_t row = 0; row < rows && status == SW_OK; row++)
        status = sw_table_add_row(table, NULL);
    for (size_t i = 0; i < count && status == SW_OK; i++)
        status = fill_column(table, i, &columns[i], rows);
    if (status == SW_OK)
        return sw_measurement_add_table(measurement, name, table);
    sw_table_destroy(table);
    return status;
}

sw_status sw_add_plain(sw_measurement *measurement, const char *name, double value,
                       const char *unit, const char *help) {
    return sw_measurement_add(measurement, name, value, NAN, NAN, unit, help);
}

sw_status sw_add_spread(sw_measurement *measurement, const char *name, double value, double spread,
                        const char *unit, const char *help) {
    return sw_measurement_add(measurement, name, value, value - spread, value + spread, unit, help);
}
