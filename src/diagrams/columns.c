/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "diagrams/columns.h"

#include "diagrams/sweep.h"

#include <stdio.h>
#include <string.h>

sw_status sw_word_list_read(struct sw_word_list *list, const char *text, const char *parameter,
                            sw_error *error) {
    list->count = 0;
    for (text += strspn(text, ", \t"); *text != '\0'; text += strspn(text, ", \t")) {
        const size_t length = strcspn(text, ", \t");
        if (list->count == LIST_WORDS || length >= sizeof list->word[0])
            return sw_error_set(error, SW_ERROR_ARGUMENT, parameter, "make the list shorter",
                                "expected at most %d names of fewer than 48 letters", LIST_WORDS);
        snprintf(list->word[list->count++], sizeof list->word[0], "%.*s", (int)length, text);
        text += length;
    }
    if (list->count > 0)
        return SW_OK;
    return sw_error_set(error, SW_ERROR_ARGUMENT, parameter, "write names with commas between",
                        "expected a list, found nothing");
}

void sw_diagram_table_set(sw_table *table, size_t row, const char *column, double value) {
    const ptrdiff_t index = sw_table_find(table, column);
    if (index >= 0 && row < sw_table_rows(table))
        sw_table_numbers(table, (size_t)index)[row] = value;
}

sw_status sw_table_of_sweep(sw_table **table, const struct sw_sweep *sweep) {
    sw_status status = sw_table_create(table);
    if (status == SW_OK)
        status = sw_table_add_column(*table, "temperature", "degC");
    for (size_t i = 0; i < sweep->points && status == SW_OK; i++) {
        status = sw_table_add_row(*table, NULL);
        if (status == SW_OK)
            sw_diagram_table_set(*table, i, "temperature", sw_sweep_at(sweep, i) - SW_ICE_POINT);
    }
    return status;
}

void sw_beyond_add(struct sw_beyond *beyond, const sw_substance *substance) {
    for (size_t i = 0; i < beyond->count; i++)
        if (beyond->substance[i] == substance)
            return;
    if (beyond->count < sizeof beyond->substance / sizeof beyond->substance[0])
        beyond->substance[beyond->count++] = substance;
}

sw_status sw_beyond_tell(const struct sw_beyond *beyond, sw_measurement *measurement) {
    sw_status status = SW_OK;
    for (size_t i = 0; i < beyond->count && status == SW_OK; i++) {
        double lowest, highest;
        sw_substance_range(beyond->substance[i], &lowest, &highest);
        status = sw_measurement_note(
            measurement,
            "%s is tabulated from %g to %g K; beyond, its heat capacity goes on as it is "
            "there",
            sw_substance_name(beyond->substance[i]), lowest, highest);
    }
    return status;
}

sw_status sw_diagram_gibbs_of(double *gibbs, const sw_substance *substance, double temperature,
                              struct sw_beyond *beyond, sw_error *error) {
    sw_standard_state state;
    bool outside = false;
    const sw_status status =
        sw_substance_state_beyond(&state, &outside, substance, temperature, error);
    if (status == SW_OK && outside)
        sw_beyond_add(beyond, substance);
    *gibbs = status == SW_OK ? state.gibbs : 0.0;
    return status;
}
