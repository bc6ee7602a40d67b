/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/source.h"

#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <spillway/io.h>

static const char *hint_for(int failure) {
    switch (failure) {
    case ENOENT:
        return "check the path for a typing error";
    case EACCES:
    case EPERM:
    case EROFS:
        return "check the permissions of the file and of its folder";
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return "make room, or write to another disk";
    case EISDIR:
        return "give the name of a file in this folder";
    default:
        return "";
    }
}

sw_status sw_file_error(const char *path, int failure, const char *doing, sw_error *error) {
    char words[128];
    return sw_error_set(error, SW_ERROR_FILE, path, hint_for(failure), "%s: %s", doing,
                        strerror_r(failure, words, sizeof words));
}

/* Opens a regular file that is not empty; *descriptor is the caller's. */
static sw_status open_regular(int *descriptor, size_t *size, const char *path, sw_error *error) {
    struct stat information;
    *descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (*descriptor < 0)
        return sw_file_error(path, errno, "cannot open the file", error);
    sw_status status = SW_OK;
    if (fstat(*descriptor, &information) != 0)
        status = sw_file_error(path, errno, "cannot look at the file", error);
    else if (S_ISDIR(information.st_mode))
        status = sw_file_error(path, EISDIR, "expected a file", error);
    else if (!S_ISREG(information.st_mode))
        status = sw_error_set(error, SW_ERROR_FILE, path, "save it to a file first",
                              "expected a regular file, found a device or a pipe");
    if (status != SW_OK)
        close(*descriptor);
    else
        *size = (size_t)information.st_size;
    return status;
}

/* Reads up to `size` bytes; a file that became shorter meanwhile gives fewer. */
static sw_status read_bytes(char *bytes, size_t *size, int descriptor, const char *path,
                            sw_error *error) {
    size_t done = 0;
    while (done < *size) {
        ssize_t step = read(descriptor, bytes + done, *size - done);
        if (step < 0 && errno == EINTR)
            continue;
        if (step < 0)
            return sw_file_error(path, errno, "cannot read the file", error);
        if (step == 0)
            break;
        done += (size_t)step;
    }
    *size = done;
    bytes[done] = '\0';
    return SW_OK;
}

sw_status sw_read_file(char **bytes, size_t *size, const char *path, size_t limit,
                       sw_error *error) {
    int descriptor;
    size_t length = 0;
    *bytes = NULL;
    *size = 0;
    sw_status status = open_regular(&descriptor, &length, path, error);
    if (status != SW_OK)
        return status;
    char *memory = NULL;
    if (length > limit || length == SIZE_MAX)
        status = sw_error_set(error, SW_ERROR_MEMORY, path, "cut the file into smaller ones",
                              "the file has %zu bytes, more than the limit of %zu", length, limit);
    else if (!(memory = sw_allocate(length + 1, 1)))
        status = sw_error_set(error, SW_ERROR_MEMORY, path, "close other programs",
                              "no memory for a file of %zu bytes", length);
    else
        status = read_bytes(memory, &length, descriptor, path, error);
    close(descriptor);
    if (status != SW_OK) {
        free(memory);
        return status;
    }
    *bytes = memory;
    *size = length;
    return SW_OK;
}

static sw_status map_file(sw_source *source, const char *path, sw_error *error) {
    int descriptor;
    size_t size = 0;
    sw_status status = open_regular(&descriptor, &size, path, error);
    if (status != SW_OK)
        return status;
    void *mapping = mmap(NULL, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    int failure = errno;
    close(descriptor);
    if (mapping == MAP_FAILED)
        return sw_file_error(path, failure, "cannot map the file", error);
    source->owned = mapping;
    source->mapped = source->size = size;
    return SW_OK;
}

sw_status sw_source_open(sw_source *source, const char *path, size_t map_above, sw_error *error) {
    struct stat information;
    *source = (sw_source){.name = path, .is_file = true};
    sw_status status;
    if (stat(path, &information) == 0 && S_ISREG(information.st_mode) &&
        (uintmax_t)information.st_size > map_above) {
        status = map_file(source, path, error);
    } else {
        char *bytes;
        status = sw_read_file(&bytes, &source->size, path, SIZE_MAX - 1, error);
        source->owned = bytes;
    }
    source->bytes = source->owned;
    if (status == SW_OK && source->size == 0) {
        sw_source_close(source);
        status = sw_error_set(error, SW_ERROR_FORMAT, path,
                              "the program that should have written it may have failed",
                              "the file is empty");
    }
    return status;
}

void sw_source_close(sw_source *source) {
    if (source->mapped > 0)
        munmap(source->owned, source->mapped);
    else
        free(source->owned);
    source->owned = NULL;
    source->bytes = NULL;
    source->size = source->mapped = 0;
}

void sw_source_remark(const sw_source *source, const char *key, const char *format, ...) {
    if (!source->remarks)
        return;
    char line[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    for (char *c = line; *c; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7f)
            *c = '?';
    sw_text_append(source->remarks, "%s\t%s\n", key, line);
}

void sw_error_clean(sw_error *error) {
    if (!error)
        return;
    for (char *c = error->message; *c; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7f)
            *c = '?';
}

sw_status sw_source_error(const sw_source *source, size_t byte, const char *hint, sw_error *error,
                          const char *format, ...) {
    char place[256], message[512];
    va_list arguments;
    snprintf(place, sizeof place, "%.200s @ byte %zu", source->name, byte);
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    sw_error_set(error, SW_ERROR_FORMAT, place, hint, "%s", message);
    sw_error_clean(error);
    return SW_ERROR_FORMAT;
}

sw_status sw_source_no_memory(const sw_source *source, sw_error *error) {
    return sw_error_set(error, SW_ERROR_MEMORY, source->name,
                        "close other programs, or read a smaller file",
                        "not enough memory for the content of the file");
}

sw_status sw_source_frame(size_t *index, const sw_source *source, ptrdiff_t frame, size_t count,
                          sw_error *error) {
    size_t from_end = frame < 0 ? 0 - (size_t)frame : 0;
    if (frame < 0 && from_end <= count) {
        *index = count - from_end;
        return SW_OK;
    }
    if (frame >= 0 && (size_t)frame < count) {
        *index = (size_t)frame;
        return SW_OK;
    }
    return sw_error_set(error, SW_ERROR_NOT_FOUND, source->name,
                        "frames are counted from 0; -1 is the last",
                        "asked for frame %td, but the file has %zu", frame, count);
}
