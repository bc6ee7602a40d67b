/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/series.h"

#include "base/text.h"
#include "io/csv_rows.h"

#include <spillway/io.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static sw_status refused(const char *path, int reason, sw_error *error) {
    return sw_error_set(error, SW_ERROR_FILE, path,
                        "make room on the disk, or see that the folder may be written; then go on "
                        "with --resume: the last checkpoint is usable",
                        "the output cannot be written: %s", strerror(reason));
}

sw_status sw_series_open(sw_series *series, const char *folder, uint64_t length, sw_error *error) {
    *series = (sw_series){.file = -1, .length = length};
    sw_status status = sw_folder_path(series->path, folder, "series.csv", error);
    if (status != SW_OK)
        return status;
    series->file = open(series->path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (series->file < 0 || ftruncate(series->file, (off_t)length) != 0)
        status = refused(series->path, errno, error);
    if (status != SW_OK)
        sw_series_close(series);
    return status;
}

static int write_all(int file, const char *bytes, size_t size) {
    while (size > 0) {
        ssize_t written = write(file, bytes, size);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return errno;
        bytes += written;
        size -= (size_t)written;
    }
    return 0;
}

sw_status sw_series_append(sw_series *series, const sw_table *rows, sw_error *error) {
    sw_text text = {0};
    if (series->length == 0)
        sw_csv_append_names(&text, rows);
    for (size_t row = 0; row < sw_table_rows(rows); row++)
        sw_csv_append_row(&text, rows, row);
    sw_status status = SW_OK;
    int reason = text.failed ? ENOMEM : write_all(series->file, text.bytes, text.length);
    if (reason == 0)
        series->length += text.length;
    else
        status = refused(series->path, reason, error);
    sw_text_clear(&text);
    return status;
}

sw_status sw_series_sync(sw_series *series, sw_error *error) {
    if (fsync(series->file) != 0 && errno != EINVAL)
        return refused(series->path, errno, error);
    return SW_OK;
}

void sw_series_close(sw_series *series) {
    if (series->file >= 0)
        close(series->file);
    series->file = -1;
}

sw_status sw_trajectory_open(sw_trajectory *trajectory, const char *folder, uint64_t length,
                             sw_error *error) {
    *trajectory = (sw_trajectory){.length = length};
    sw_status status = sw_folder_path(trajectory->path, folder, "trajectory.xyz", error);
    if (status != SW_OK)
        return status;
    int file = open(trajectory->path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (file < 0 || ftruncate(file, (off_t)length) != 0)
        status = refused(trajectory->path, errno, error);
    if (file >= 0)
        close(file);
    return status;
}

sw_status sw_trajectory_append(sw_trajectory *trajectory, const sw_atoms *atoms, sw_error *error) {
    struct stat found;
    /* the writer syncs what it appended, so a frame needs no sync of its own */
    sw_status status =
        sw_write_atoms(trajectory->path, sw_format_find("extxyz"), atoms, true, error);
    if (status != SW_OK)
        return status;
    if (stat(trajectory->path, &found) != 0)
        return refused(trajectory->path, errno, error);
    trajectory->length = (uint64_t)found.st_size;
    return SW_OK;
}
