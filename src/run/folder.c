/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/folder.h"

#include <spillway/io.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* The files every run leaves, besides the tables that run.json names. */
static const char *const run_files[] = {
    "run.json",       "series.csv", "trajectory.xyz", "checkpoint",  "checkpoint.previous",
    "checkpoint.new", "model.yaml", "plots.json",     "claims.json", "report.html"};
#define RUN_FILES (sizeof run_files / sizeof run_files[0])

#define FILE_LIMIT ((size_t)1 << 34)

sw_status sw_folder_path(char path[SW_PATH_SIZE], const char *folder, const char *name,
                         sw_error *error) {
    int length = snprintf(path, SW_PATH_SIZE, "%s/%s", folder, name);
    if (length < 0 || length >= SW_PATH_SIZE)
        return sw_error_set(error, SW_ERROR_FILE, name, "choose a folder with a shorter path",
                            "the path of the run folder is longer than %d bytes", SW_PATH_SIZE);
    return SW_OK;
}

static sw_status make_one(const char *path, sw_error *error) {
    struct stat found;
    if (mkdir(path, 0777) == 0)
        return SW_OK;
    int reason = errno;
    if (reason == EEXIST && stat(path, &found) == 0 && S_ISDIR(found.st_mode))
        return SW_OK;
    if (reason == EEXIST)
        return sw_error_set(error, SW_ERROR_FILE, path, "give another name with --output",
                            "a folder is needed here, and this is a file");
    return sw_error_set(error, SW_ERROR_FILE, path,
                        "choose a place where you may write with --output",
                        "the folder cannot be made: %s", strerror(reason));
}

sw_status sw_folder_make(const char *path, sw_error *error) {
    char part[SW_PATH_SIZE];
    size_t length = strlen(path);
    if (length == 0 || length >= sizeof part)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "folder", "name a folder with --output",
                            "the name of the run folder is %s", length == 0 ? "empty" : "too long");
    sw_status status = SW_OK;
    for (size_t i = 1; i <= length && status == SW_OK; i++) {
        if (path[i] != '/' && path[i] != '\0')
            continue;
        memcpy(part, path, i);
        part[i] = '\0';
        status = make_one(part, error);
    }
    return status;
}

bool sw_folder_holds_run(const char *path) {
    static const char *const marks[] = {"run.json", "checkpoint", "checkpoint.previous",
                                        "series.csv"};
    char file[SW_PATH_SIZE];
    struct stat found;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (sw_folder_path(file, path, marks[i], NULL) == SW_OK && stat(file, &found) == 0)
            return true;
    return false;
}

bool sw_folder_name_is_plain(const char *name) {
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "0123456789-_";
    size_t length = strlen(name);
    return length > 0 && length < 64 && strspn(name, allowed) == length;
}

static sw_status lock(sw_folder *folder, sw_error *error) {
    char path[SW_PATH_SIZE];
    sw_status status = sw_folder_path(path, folder->path, ".lock", error);
    if (status != SW_OK)
        return status;
    folder->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (folder->lock < 0)
        return sw_error_set(error, SW_ERROR_FILE, path,
                            "choose a place where you may write with --output",
                            "the folder cannot be locked: %s", strerror(errno));
    /* a file system without locks (some network mounts) still may hold a run */
    if (flock(folder->lock, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
        return SW_OK;
    sw_folder_close(folder);
    return sw_error_set(error, SW_ERROR_FILE, folder->path,
                        "wait until it ends, or give this run another folder with --output",
                        "another run is writing into this folder");
}

/* What a killed writer left: ".NAME.1a2b3c4d.part", made by the io room. The lock is held, so no
 * writer is at work on one. */
static bool is_leftover(const char *name) {
    size_t length = strlen(name);
    if (name[0] != '.' || length < 16 || strcmp(name + length - 5, ".part") != 0)
        return false;
    return name[length - 14] == '.' && strspn(name + length - 13, "0123456789abcdef") == 8;
}

static void remove_leftovers(const char *folder) {
    DIR *listing = opendir(folder);
    if (listing == NULL)
        return;
    for (struct dirent *entry = readdir(listing); entry != NULL; entry = readdir(listing))
        if (is_leftover(entry->d_name))
            unlinkat(dirfd(listing), entry->d_name, 0);
    closedir(listing);
}

static sw_status remove_file(const char *folder, const char *name, sw_error *error) {
    char path[SW_PATH_SIZE];
    sw_status status = sw_folder_path(path, folder, name, error);
    if (status == SW_OK && unlink(path) != 0 && errno != ENOENT)
        return sw_error_set(error, SW_ERROR_FILE, path, "remove it by hand, or use another folder",
                            "the earlier run cannot be removed: %s", strerror(errno));
    return status;
}

/* What run.json lists under `key`, files of this extension; names that are no plain ones stay. */
static sw_status remove_listed(const char *folder, const json_t *run, const char *key,
                               const char *extension, sw_error *error) {
    char name[80];
    const json_t *list = json_object_get(run, key);
    sw_status status = SW_OK;
    for (size_t i = 0; status == SW_OK && i < json_array_size(list); i++) {
        const char *listed = json_string_value(json_array_get(list, i));
        if (listed == NULL || !sw_folder_name_is_plain(listed))
            continue;
        snprintf(name, sizeof name, "%s.%s", listed, extension);
        status = remove_file(folder, name, error);
    }
    return status;
}

/* Tables and meshes of the earlier run: only those that its run.json names, so that nothing of the
 * user's own is ever removed. */
static sw_status remove_tables(const char *folder, sw_error *error) {
    char path[SW_PATH_SIZE];
    sw_status status = sw_folder_path(path, folder, "run.json", error);
    json_t *run = status == SW_OK ? json_load_file(path, 0, NULL) : NULL;
    if (status == SW_OK)
        status = remove_listed(folder, run, "tables", "csv", error);
    if (status == SW_OK)
        status = remove_listed(folder, run, "meshes", "ply", error);
    json_decref(run);
    return status;
}

static sw_status remove_run_files(const char *folder, sw_error *error) {
    sw_status status = remove_tables(folder, error);
    for (size_t i = 0; i < RUN_FILES && status == SW_OK; i++)
        status = remove_file(folder, run_files[i], error);
    return status;
}

/* A folder that holds more than a run, or is none, stays with what is not of the run. */
static sw_status remove_replica(const char *path, sw_error *error) {
    sw_folder replica = {.lock = -1};
    struct stat found;
    if (lstat(path, &found) != 0 || !S_ISDIR(found.st_mode))
        return SW_OK;
    snprintf(replica.path, sizeof replica.path, "%s", path);
    sw_status status = lock(&replica, error);
    if (status == SW_OK)
        status = remove_run_files(path, error);
    if (status == SW_OK) {
        remove_leftovers(path);
        status = remove_file(path, ".lock", error);
    }
    sw_folder_close(&replica);
    if (status == SW_OK && rmdir(path) != 0 && errno != ENOTEMPTY && errno != EEXIST)
        return sw_error_set(error, SW_ERROR_FILE, path, "remove it by hand, or use another folder",
                            "the earlier replica cannot be removed: %s", strerror(errno));
    return status;
}

void sw_folder_replica_name(char name[SW_REPLICA_NAME_SIZE], size_t index) {
    snprintf(name, SW_REPLICA_NAME_SIZE, "replica-%03zu", index + 1);
}

/* As many as the run.json of the earlier run says that it made, and no other folder. */
static sw_status remove_replicas(const char *folder, sw_error *error) {
    char path[SW_PATH_SIZE], name[SW_REPLICA_NAME_SIZE];
    sw_status status = sw_folder_path(path, folder, "run.json", error);
    json_t *run = status == SW_OK ? json_load_file(path, 0, NULL) : NULL;
    json_int_t count = json_integer_value(json_object_get(run, "replica_folders"));
    json_decref(run);
    for (json_int_t i = 0; i < count && i < SW_REPLICAS_MOST && status == SW_OK; i++) {
        sw_folder_replica_name(name, (size_t)i);
        status = sw_folder_path(path, folder, name, error);
        if (status == SW_OK)
            status = remove_replica(path, error);
    }
    return status;
}

/* The replicas go first: while one is left, run.json still names it. */
static sw_status remove_run(const char *folder, sw_error *error) {
    sw_status status = remove_replicas(folder, error);
    return status == SW_OK ? remove_run_files(folder, error) : status;
}

sw_status sw_folder_open(sw_folder *folder, const sw_run_options *options, sw_error *error) {
    folder->lock = -1;
    if (options->folder == NULL)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "folder", NULL, "a run needs a folder");
    sw_status status = sw_folder_make(options->folder, error);
    if (status != SW_OK)
        return status;
    snprintf(folder->path, sizeof folder->path, "%s", options->folder);
    status = lock(folder, error);
    if (status != SW_OK)
        return status;
    if (options->overwrite && !options->resume)
        status = remove_run(folder->path, error);
    else if (!options->resume && sw_folder_holds_run(folder->path))
        status = sw_error_set(error, SW_ERROR_FILE, folder->path,
                              "--resume goes on with it, --overwrite removes it, --output DIR "
                              "writes elsewhere",
                              "this folder holds a run already");
    if (status == SW_OK)
        remove_leftovers(folder->path);
    else
        sw_folder_close(folder);
    return status;
}

void sw_folder_close(sw_folder *folder) {
    if (folder->lock >= 0)
        close(folder->lock);
    folder->lock = -1;
}

sw_status sw_folder_copy(const char *to, const char *from, const char *name, sw_error *error) {
    char source[SW_PATH_SIZE], target[SW_PATH_SIZE];
    struct stat found;
    char *bytes = NULL;
    size_t size = 0;
    sw_status status = sw_folder_path(source, from, name, error);
    if (status == SW_OK)
        status = sw_folder_path(target, to, name, error);
    if (status != SW_OK || (stat(source, &found) != 0 && errno == ENOENT))
        return status;
    status = sw_read_file(&bytes, &size, source, FILE_LIMIT, error);
    if (status == SW_OK)
        status = sw_replace_file(target, bytes, size, error);
    free(bytes);
    return status;
}
