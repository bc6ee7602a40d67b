/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/measured_folder.h"

#include "run/folder.h"
#include "run/outputs.h"

#include <spillway/io.h>

#include <stdio.h>

static sw_status write_tables(const char *folder, const sw_measurement *measurement,
                              sw_error *error) {
    char path[SW_PATH_SIZE], file[96];
    const char *name;
    const sw_table *table;
    sw_status status = SW_OK;
    for (size_t i = 0;
         status == SW_OK && (table = sw_measurement_table(measurement, i, &name)) != NULL; i++) {
        snprintf(file, sizeof file, "%s.csv", name);
        status = sw_folder_path(path, folder, file, error);
        if (status == SW_OK)
            status = sw_write_table(path, sw_format_find("csv"), table, error);
    }
    return status;
}

static sw_status write_meshes(const char *folder, const sw_measurement *measurement,
                              sw_error *error) {
    char path[SW_PATH_SIZE], file[96];
    const char *name;
    const sw_mesh *mesh;
    sw_status status = SW_OK;
    for (size_t i = 0;
         status == SW_OK && (mesh = sw_measurement_mesh(measurement, i, &name)) != NULL; i++) {
        snprintf(file, sizeof file, "%s.ply", name);
        status = sw_folder_path(path, folder, file, error);
        if (status == SW_OK)
            status = sw_write_mesh(path, mesh, error);
    }
    return status;
}

static sw_status write_atoms(const char *folder, const sw_measurement *measurement,
                             sw_error *error) {
    char path[SW_PATH_SIZE];
    const sw_atoms *atoms = sw_measurement_atoms(measurement);
    if (atoms == NULL)
        return SW_OK;
    sw_status status = sw_folder_path(path, folder, "trajectory.xyz", error);
    return status == SW_OK ? sw_write_atoms(path, sw_format_find("extxyz"), atoms, false, error)
                           : status;
}

sw_status sw_measured_folder_write(const sw_measurement *measurement, const sw_measured_how *how,
                                   sw_error *error) {
    sw_folder folder = {.lock = -1};
    const sw_run_options claim = {.folder = how->folder, .overwrite = how->overwrite};
    const sw_plot *plots = sw_measurement_plot(measurement, 0);
    sw_status status = sw_folder_open(&folder, &claim, error);
    if (status == SW_OK)
        status = write_tables(how->folder, measurement, error);
    if (status == SW_OK)
        status = write_meshes(how->folder, measurement, error);
    if (status == SW_OK)
        status = write_atoms(how->folder, measurement, error);
    if (status == SW_OK)
        status = sw_plots_write(how->folder, plots, sw_measurement_plots(measurement), error);
    if (status == SW_OK)
        status = sw_measured_json_write(measurement, how, error);
    sw_folder_close(&folder);
    return status;
}
