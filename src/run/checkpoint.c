/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/checkpoint.h"

#include "base/hash.h"
#include "run/folder.h"

#include <spillway/io.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define VERSION 1
#define EXHAUSTED ((uint64_t)1 << 32)
#define HEADER_SIZE 128
#define HASH_SIZE 8
#define STATE_LIMIT ((size_t)1 << 36)

static const unsigned char magic[8] = {'S', 'P', 'I', 'L', 'L', 'W', 'A', 'Y'};

void sw_checkpoint_clear(sw_checkpoint *checkpoint) {
    sw_bytes_clear(&checkpoint->state);
    *checkpoint = (sw_checkpoint){0};
}

static void put(unsigned char *place, uint64_t value) {
    for (int i = 0; i < 8; i++)
        place[i] = (unsigned char)(value >> (8 * i));
}

static uint64_t get(const unsigned char *place) {
    uint64_t value = 0;
    for (int i = 0; i < 8; i++)
        value |= (uint64_t)place[i] << (8 * i);
    return value;
}

static void put_double(unsigned char *place, double value) {
    uint64_t word;
    memcpy(&word, &value, sizeof word);
    put(place, word);
}

static double get_double(const unsigned char *place) {
    uint64_t word = get(place);
    double value;
    memcpy(&value, &word, sizeof value);
    return value;
}

static void encode_header(unsigned char header[HEADER_SIZE], const sw_checkpoint *checkpoint) {
    memset(header, 0, HEADER_SIZE);
    memcpy(header, magic, sizeof magic);
    put(header + 8, VERSION | (checkpoint->exhausted ? EXHAUSTED : 0));
    put(header + 16, HEADER_SIZE + checkpoint->state.size + HASH_SIZE);
    put(header + 24, checkpoint->model_hash);
    put(header + 32, checkpoint->seed);
    put_double(header + 40, checkpoint->point.time);
    put(header + 48, checkpoint->point.events);
    put(header + 56, checkpoint->point.observations);
    put(header + 64, checkpoint->point.snapshots);
    put_double(header + 72, checkpoint->observed_time);
    put(header + 80, checkpoint->observed_events);
    put(header + 88, checkpoint->framed_events);
    put(header + 96, checkpoint->series_length);
    put(header + 104, checkpoint->trajectory_length);
    put_double(header + 112, checkpoint->wall_seconds);
    put(header + 120, (uint64_t)checkpoint->started);
}

sw_status sw_checkpoint_encode(sw_bytes *bytes, const sw_checkpoint *checkpoint) {
    unsigned char header[HEADER_SIZE], hash[HASH_SIZE];
    size_t start = bytes->size;
    encode_header(header, checkpoint);
    sw_status status = sw_bytes_append(bytes, header, sizeof header);
    if (status == SW_OK)
        status = sw_bytes_append(bytes, checkpoint->state.data, checkpoint->state.size);
    if (status != SW_OK)
        return status;
    put(hash, sw_hash(SW_HASH_START, bytes->data + start, bytes->size - start));
    return sw_bytes_append(bytes, hash, sizeof hash);
}

static sw_status damaged(const char *place, const char *what, sw_error *error) {
    return sw_error_set(error, SW_ERROR_FORMAT, place,
                        "the run cannot go on from it: use an earlier copy, or start anew with "
                        "--overwrite",
                        "the checkpoint is damaged: %s", what);
}

static sw_status check(const unsigned char *bytes, size_t size, const char *place,
                       sw_error *error) {
    if (size < HEADER_SIZE + HASH_SIZE)
        return damaged(place, "it is cut off within its header", error);
    if (memcmp(bytes, magic, sizeof magic) != 0)
        return damaged(place, "it does not begin with \"SPILLWAY\"", error);
    if ((get(bytes + 8) & ~EXHAUSTED) != VERSION)
        return sw_error_set(error, SW_ERROR_UNSUPPORTED, place,
                            "go on with the version of Spillway that wrote it",
                            "the checkpoint has layout %llu, and this version reads layout %d",
                            (unsigned long long)(get(bytes + 8) & ~EXHAUSTED), VERSION);
    if (get(bytes + 16) != size)
        return damaged(place, "its size is not the size that it states", error);
    if (get(bytes + size - HASH_SIZE) != sw_hash(SW_HASH_START, bytes, size - HASH_SIZE))
        return damaged(place, "its contents do not fit its hash", error);
    return SW_OK;
}

sw_status sw_checkpoint_decode(sw_checkpoint *checkpoint, const void *data, size_t size,
                               const char *place, sw_error *error) {
    const unsigned char *bytes = data;
    *checkpoint = (sw_checkpoint){0};
    sw_status status = check(bytes, size, place, error);
    if (status != SW_OK)
        return status;
    *checkpoint = (sw_checkpoint){
        .exhausted = (get(bytes + 8) & EXHAUSTED) != 0,
        .model_hash = get(bytes + 24),
        .seed = get(bytes + 32),
        .point = {.time = get_double(bytes + 40),
                  .events = get(bytes + 48),
                  .observations = get(bytes + 56),
                  .snapshots = get(bytes + 64)},
        .observed_time = get_double(bytes + 72),
        .observed_events = get(bytes + 80),
        .framed_events = get(bytes + 88),
        .series_length = get(bytes + 96),
        .trajectory_length = get(bytes + 104),
        .wall_seconds = get_double(bytes + 112),
        .started = (int64_t)get(bytes + 120),
    };
    status =
        sw_bytes_append(&checkpoint->state, bytes + HEADER_SIZE, size - HEADER_SIZE - HASH_SIZE);
    if (status != SW_OK)
        return sw_error_set(error, status, place, NULL, "no memory for a state of %zu bytes", size);
    return SW_OK;
}

/* Makes renames in a folder last through a loss of power. */
static void sync_folder(const char *folder) {
    int handle = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (handle < 0)
        return;
    fsync(handle);
    close(handle);
}

static sw_status put_in_place(const char *folder, const char *fresh, sw_error *error) {
    char current[SW_PATH_SIZE], previous[SW_PATH_SIZE];
    sw_status status = sw_folder_path(current, folder, "checkpoint", error);
    if (status == SW_OK)
        status = sw_folder_path(previous, folder, "checkpoint.previous", error);
    if (status != SW_OK)
        return status;
    if ((rename(current, previous) != 0 && errno != ENOENT) || rename(fresh, current) != 0)
        return sw_error_set(error, SW_ERROR_FILE, current,
                            "see that the folder may be written; the earlier checkpoint is usable",
                            "the checkpoint cannot be put in its place: %s", strerror(errno));
    sync_folder(folder);
    return SW_OK;
}

sw_status sw_checkpoint_write(const char *folder, const sw_checkpoint *checkpoint,
                              sw_error *error) {
    char fresh[SW_PATH_SIZE];
    sw_bytes bytes = {0};
    sw_status status = sw_folder_path(fresh, folder, "checkpoint.new", error);
    if (status != SW_OK)
        return status;
    status = sw_checkpoint_encode(&bytes, checkpoint);
    if (status != SW_OK)
        sw_error_set(error, status, fresh, "close other programs, or run a smaller model",
                     "no memory to write the checkpoint");
    else
        status = sw_replace_file(fresh, bytes.data, bytes.size, error);
    if (status == SW_OK)
        status = put_in_place(folder, fresh, error);
    else if (error != NULL && status == SW_ERROR_FILE)
        snprintf(error->hint, sizeof error->hint,
                 "make room on the disk and go on with --resume: the earlier checkpoint is usable");
    sw_bytes_clear(&bytes);
    return status;
}

/* The output that a checkpoint counts on must be there: it is cut back to that length, never made
 * longer. */
static sw_status check_output(const char *folder, const char *name, uint64_t length,
                              const char *place, sw_error *error) {
    char path[SW_PATH_SIZE];
    struct stat found;
    sw_status status = sw_folder_path(path, folder, name, error);
    if (status != SW_OK)
        return status;
    uint64_t size = stat(path, &found) == 0 && found.st_size > 0 ? (uint64_t)found.st_size : 0;
    if (size >= length)
        return SW_OK;
    return sw_error_set(error, SW_ERROR_FORMAT, place,
                        "start anew with --overwrite, or put back the file that was there",
                        "%s has %llu bytes, and the checkpoint was made when it had %llu", name,
                        (unsigned long long)size, (unsigned long long)length);
}

static sw_status load_one(sw_checkpoint *checkpoint, const char *folder, const char *path,
                          sw_error *error) {
    char *bytes = NULL;
    size_t size = 0;
    *checkpoint = (sw_checkpoint){0};
    sw_status status = sw_read_file(&bytes, &size, path, STATE_LIMIT, error);
    if (status == SW_OK)
        status = sw_checkpoint_decode(checkpoint, bytes, size, path, error);
    free(bytes);
    if (status == SW_OK)
        status = check_output(folder, "series.csv", checkpoint->series_length, path, error);
    if (status == SW_OK)
        status = check_output(folder, "trajectory.xyz", checkpoint->trajectory_length, path, error);
    if (status != SW_OK)
        sw_checkpoint_clear(checkpoint);
    return status;
}

sw_status sw_checkpoint_load(sw_checkpoint *checkpoint, bool *found, const char *folder,
                             sw_context *context, sw_error *error) {
    static const char *const names[] = {"checkpoint", "checkpoint.previous"};
    char path[SW_PATH_SIZE];
    struct stat state;
    sw_error first = {0}, present = {0};
    *found = false;
    for (size_t i = 0; i < 2; i++) {
        sw_status status = sw_folder_path(path, folder, names[i], error);
        if (status != SW_OK)
            return status;
        if (stat(path, &state) != 0)
            continue;
        *found = true;
        if (load_one(checkpoint, folder, path, &present) == SW_OK) {
            if (first.code != SW_OK)
                sw_log(context, SW_LOG_WARNING, "%s: %s; going on from the one before it",
                       first.place, first.message);
            return SW_OK;
        }
        if (first.code == SW_OK)
            first = present;
    }
    if (*found && error != NULL)
        *error = first;
    return *found ? first.code : SW_OK;
}
