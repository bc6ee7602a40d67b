/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/claims_measure.h"

#include "run/folder.h"

#include <spillway/io.h>

#include <stdio.h>

static sw_status fill_numbers(sw_table *table, const sw_measurement *measurement) {
    sw_status status = sw_table_add_text_column(table, "name");
    static const char *const names[] = {"value", "low", "high"};
    for (int c = 0; c < 3 && status == SW_OK; c++)
        status = sw_table_add_column(table, names[c], "");
    for (size_t v = 0; v < sw_measurement_values(measurement) && status == SW_OK; v++) {
        const sw_measured *measured = sw_measurement_value(measurement, v);
        size_t row;
        status = sw_table_add_row(table, &row);
        if (status == SW_OK)
            status = sw_table_set_text(table, row, 0, measured->name);
        if (status != SW_OK)
            break;
        sw_table_numbers(table, 1)[row] = measured->value;
        sw_table_numbers(table, 2)[row] = measured->low;
        sw_table_numbers(table, 3)[row] = measured->high;
    }
    return status;
}

static sw_status write_numbers(const char *folder, const sw_measurement *measurement,
                               sw_error *error) {
    char path[SW_PATH_SIZE];
    sw_table *table = NULL;
    sw_status status = sw_table_create(&table);
    if (status == SW_OK)
        status = fill_numbers(table, measurement);
    if (status != SW_OK)
        sw_error_set(error, status, folder, NULL, "no memory for the numbers of a measurement");
    if (status == SW_OK)
        status = sw_folder_path(path, folder, SW_CLAIM_NUMBERS ".csv", error);
    if (status == SW_OK)
        status = sw_write_table(path, sw_format_find("csv"), table, error);
    sw_table_destroy(table);
    return status;
}

sw_status sw_claim_measurement_make(const sw_planned_measurement *planned, const char *folder,
                                    sw_context *context, sw_error *error) {
    char file[SW_PATH_SIZE], place[SW_PATH_SIZE], command[128];
    sw_measurement *measurement = NULL;
    sw_status status = sw_folder_path(file, folder, "trajectory.xyz", error);
    if (status == SW_OK)
        status = sw_folder_path(place, folder, planned->name, error);
    if (status != SW_OK)
        return status;
    snprintf(command, sizeof command, "spillway measure %.60s", planned->instrument);
    const char *const files[] = {file};
    const sw_measure_options options = {.instrument = planned->instrument,
                                        .files = files,
                                        .file_count = 1,
                                        .frame = -1,
                                        .only = planned->only,
                                        .preset = planned->preset,
                                        .given = planned->given,
                                        .given_count = planned->given_count,
                                        .folder = place,
                                        .overwrite = true,
                                        .command = command};
    status = sw_measure_files(&measurement, NULL, &options, context, error);
    if (status == SW_OK)
        status = write_numbers(place, measurement, error);
    sw_measurement_destroy(measurement);
    return status;
}
