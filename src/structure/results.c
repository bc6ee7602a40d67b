/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/results.h"

#include <math.h>

sw_status sw_add_number(sw_measurement *measurement, const char *name, double value,
                        const char *unit, const char *help) {
    return sw_measurement_add(measurement, name, value, NAN, NAN, unit, help);
}

sw_status sw_add_share(sw_measurement *measurement, const char *name, size_t count, size_t total,
                       const char *help) {
    sw_interval share = sw_interval_fraction(count, total);
    return sw_measurement_add(measurement, name, 100.0 * share.value, 100.0 * share.low,
                              100.0 * share.high, "%", help);
}

sw_status sw_add_interval(sw_measurement *measurement, const char *name, const sw_interval *number,
                          const char *unit, const char *help) {
    return sw_measurement_add(measurement, name, number->value, number->low, number->high, unit,
                              help);
}

sw_status sw_add_mean(sw_measurement *measurement, const char *name, double sum, double squares,
                      size_t count, const char *unit, const char *help) {
    sw_interval mean = sw_interval_mean(sum, squares, count);
    return sw_add_interval(measurement, name, &mean, unit, help);
}

void sw_set_share(sw_table *table, size_t column, size_t row, sw_interval share) {
    sw_table_numbers(table, column)[row] = 100.0 * share.value;
    sw_table_numbers(table, column + 1)[row] =
        100.0 * fmax(share.high - share.value, share.value - share.low);
}

sw_status sw_add_filled_table(sw_measurement *measurement, const char *name, sw_table *table,
                              sw_status status) {
    if (status == SW_OK)
        return sw_measurement_add_table(measurement, name, table);
    sw_table_destroy(table);
    return status;
}

sw_status sw_add_filled_atoms(sw_measurement *measurement, sw_atoms *atoms, sw_status status) {
    if (status == SW_OK)
        sw_measurement_set_atoms(measurement, atoms);
    else
        sw_atoms_destroy(atoms);
    return status;
}
