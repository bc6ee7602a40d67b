/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/source.h"

#include "base/memory.h"
#include "model/yaml.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define INCLUDE_DEPTH 8

/* The files from the first to the one being read. */
typedef struct chain {
    const struct chain *from;
    const char *source; /* as it identifies itself: a real path, or a built-in name */
    int depth;
} chain;

static bool read_source(sw_reading *reading, sw_node **root, const char *source, const sw_node *at,
                        const chain *from);

static bool fail_file(sw_reading *reading, const char *path, const sw_node *at, const char *doing) {
    const char *words = strerrordesc_np(errno);
    if (at)
        return sw_fail(reading, at, "paths are taken from the folder of the including file",
                       "cannot %s the included file '%.200s': %s", doing, path, words);
    return sw_fail_as(reading, SW_ERROR_FILE, path, "check the path and its permissions",
                      "cannot %s the file: %s", doing, words);
}

static bool read_all(sw_reading *reading, int file, char *bytes, size_t size, size_t *length,
                     const char *path) {
    *length = 0;
    while (*length < size) {
        ssize_t got = read(file, bytes + *length, size - *length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fail_file(reading, path, NULL, "read");
        if (got == 0)
            break;
        *length += (size_t)got;
    }
    return true;
}

/* *bytes belongs to the caller (free), also on failure. */
static bool read_file(sw_reading *reading, char **bytes, size_t *length, const char *path,
                      const sw_node *at) {
    struct stat status;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0)
        return fail_file(reading, path, at, "open");
    bool good = false;
    if (fstat(file, &status) != 0)
        fail_file(reading, path, at, "read");
    else if (!S_ISREG(status.st_mode))
        sw_fail_as(reading, SW_ERROR_FILE, path, "give a YAML file",
                   "expected a regular file, found a folder or device");
    else if (status.st_size > (off_t)SW_MODEL_BYTE_LIMIT)
        sw_fail_as(reading, SW_ERROR_MODEL, path, "a model file has at most 4 MiB",
                   "the file has %lld bytes", (long long)status.st_size);
    else if (!(*bytes = sw_allocate((size_t)status.st_size + 1, 1)))
        sw_fail_memory(reading);
    else
        good = read_all(reading, file, *bytes, (size_t)status.st_size, length, path);
    close(file);
    return good;
}

/* ---- merging --------------------------------------------------------------------------------- */

static void merge_under(sw_node *top, const sw_node *base) {
    sw_node *next;
    for (sw_node *child = base->first; child; child = next) {
        next = child->next;
        sw_node *here = sw_node_find(top, child->key);
        if (!here)
            sw_node_append(top, child);
        else if (here->kind == SW_NODE_MAPPING && child->kind == SW_NODE_MAPPING)
            merge_under(here, child);
    }
}

static bool fail_cycle(sw_reading *reading, const sw_node *at, const char *source,
                       const chain *link) {
    char path[300];
    size_t length = (size_t)snprintf(path, sizeof path, "%.60s", source);
    for (; link && length < sizeof path; link = link->from) {
        const char *name = strrchr(link->source, '/');
        length += (size_t)snprintf(path + length, sizeof path - length, " <- %.60s",
                                   name ? name + 1 : link->source);
        if (strcmp(link->source, source) == 0)
            break;
    }
    return sw_fail(reading, at, "remove one of the includes", "files include each other: %s", path);
}

bool sw_source_is_path(const char *source) {
    size_t length = strlen(source);
    return strchr(source, '/') || (length > 5 && strcmp(source + length - 5, ".yaml") == 0) ||
           (length > 4 && strcmp(source + length - 4, ".yml") == 0);
}

const char *sw_source_beside(sw_reading *reading, const char *file, const char *path) {
    const char *slash = strrchr(file, '/');
    if (path[0] == '/' || !slash)
        return path;
    char *folder = sw_arena_text(reading->arena, file, (size_t)(slash - file) + 1);
    char *joined = folder ? sw_arena_join(reading->arena, folder, path, "") : NULL;
    if (!joined)
        sw_fail_memory(reading);
    return joined;
}

static bool include_one(sw_reading *reading, sw_node *root, const sw_node *item,
                        const chain *link) {
    if (item->kind != SW_NODE_SCALAR || item->text[0] == '\0')
        return sw_fail_expected(reading, item, "the path of a YAML file or a built-in model", NULL);
    if (link->depth >= INCLUDE_DEPTH)
        return sw_fail(reading, item, NULL, "includes nested deeper than %d files", INCLUDE_DEPTH);
    const char *source = item->text;
    if (sw_source_is_path(source))
        source = sw_source_beside(reading, root->file, source);
    sw_node *base = NULL;
    if (!source || !read_source(reading, &base, source, item, link))
        return false;
    if (base->kind != SW_NODE_MAPPING)
        return sw_fail_expected(reading, base, "a mapping of model keys", NULL);
    merge_under(root, base);
    return true;
}

static bool include_all(sw_reading *reading, sw_node *root, const chain *link) {
    const sw_node *include = sw_node_find(root, "include");
    if (!include)
        return true;
    sw_node_remove(root, include);
    if (include->kind != SW_NODE_LIST)
        return include_one(reading, root, include, link);
    for (const sw_node *item = include->first; item; item = item->next)
        if (!include_one(reading, root, item, link))
            return false;
    return true;
}

/* The atoms file of a structure with its whole path, so that the resolved model finds it too. */
static bool place_structure_file(sw_reading *reading, sw_node *root) {
    sw_node *file = sw_node_find(sw_node_find(root, "structure"), "file");
    const char *slash = strrchr(root->file, '/');
    if (!file || file->kind != SW_NODE_SCALAR || file->text[0] == '\0' || file->text[0] == '/')
        return true;
    const char *path = sw_source_is_path(root->file) ? root->file : NULL;
    char *folder = path && slash ? sw_arena_text(reading->arena, path, (size_t)(slash - path) + 1)
                                 : sw_arena_text(reading->arena, ".", 1);
    char *real = folder && path ? realpath(folder, NULL) : NULL;
    const char *whole = real ? sw_arena_join(reading->arena, real, "/", file->text) : file->text;
    free(real);
    if (!folder || !whole)
        return sw_fail_memory(reading);
    file->text = whole;
    return true;
}

/* ---- one source ------------------------------------------------------------------------------ */

static bool read_text(sw_reading *reading, sw_node **root, const char *label, const char *bytes,
                      size_t length, const chain *link) {
    const char *file = sw_arena_text(reading->arena, label, strlen(label));
    if (!file)
        return sw_fail_memory(reading);
    if (!sw_yaml_read(reading, root, file, bytes, length))
        return false;
    if ((*root)->kind != SW_NODE_MAPPING)
        return sw_fail_expected(reading, *root, "a model (a mapping 'key: value')",
                                "begin with 'format: 1' and 'name: ...'");
    return place_structure_file(reading, *root) && include_all(reading, *root, link);
}

static bool read_builtin(sw_reading *reading, sw_node **root, const char *name, const sw_node *at,
                         const chain *link) {
    const sw_builtin_model *builtin = sw_builtin_model_find(name);
    if (builtin) {
        char label[96];
        snprintf(label, sizeof label, "%.60s (built-in)", name);
        return read_text(reading, root, label, builtin->text, strlen(builtin->text), link);
    }
    sw_names names;
    if (!sw_names_create(reading, &names, sw_builtin_model_count()))
        return false;
    for (size_t i = 0; i < sw_builtin_model_count(); i++)
        names.list[names.count++] = sw_builtin_model_at(i)->name;
    if (at)
        return sw_fail_unknown(reading, at, false, "built-in model", name, &names);
    char hint[SW_HINT_SIZE], full[SW_HINT_SIZE + 48];
    sw_hint_names(hint, name, &names);
    /* the question comes last: nothing can follow its mark */
    snprintf(full, sizeof full, "a file is given as ./name.yaml; %.200s", hint);
    return sw_fail_as(reading, SW_ERROR_NOT_FOUND, name, full,
                      "no built-in model has the name '%.80s'", name);
}

static bool read_source(sw_reading *reading, sw_node **root, const char *source, const sw_node *at,
                        const chain *from) {
    bool path = sw_source_is_path(source);
    char *real = path ? realpath(source, NULL) : NULL;
    chain link = {
        .from = from, .source = real ? real : source, .depth = from ? from->depth + 1 : 0};
    char *bytes = NULL;
    size_t length = 0;
    bool good = true;
    for (const chain *each = from; each && good; each = each->from)
        if (strcmp(each->source, link.source) == 0)
            good = fail_cycle(reading, at, link.source, from);
    if (good && !path)
        good = read_builtin(reading, root, source, at, &link);
    else if (good)
        good = read_file(reading, &bytes, &length, source, at) &&
               read_text(reading, root, source, bytes, length, &link);
    free(bytes);
    free(real);
    return good && *root;
}

bool sw_source_read_file(sw_reading *reading, const char *path) {
    char *bytes = NULL;
    size_t length = 0;
    const char *file = sw_arena_text(reading->arena, path, strlen(path));
    if (!file)
        return sw_fail_memory(reading);
    bool good = read_file(reading, &bytes, &length, path, NULL) &&
                sw_yaml_read(reading, &reading->root, file, bytes, length);
    free(bytes);
    return good;
}

bool sw_source_read_model(sw_reading *reading, const char *source) {
    return read_source(reading, &reading->root, source, NULL, NULL);
}

bool sw_source_read_bytes(sw_reading *reading, const char *label, const char *bytes,
                          size_t length) {
    chain link = {.source = label};
    return read_text(reading, &reading->root, label, bytes, length, &link);
}
