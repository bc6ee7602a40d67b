/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/sink.h"

#include "base/memory.h"
#include "base/number.h"
#include "io/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <spillway/io.h>

enum { BUFFER_SIZE = 1 << 16, NAME_KEPT = 200, ATTEMPTS = 16 };

/* The length of the folder part of a path, with its slash; 0 for the working folder. */
static int folder_length(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? (int)(slash - path) + 1 : 0;
}

/* ".name.1a2b3c4d.part" in the folder of the target; NULL where there is no memory. */
static char *temporary_name(const char *target) {
    int folder = folder_length(target);
    size_t size = strlen(target) + 32;
    char *name = sw_allocate(size, 1);
    unsigned random = 0;
    if (!name)
        return NULL;
    if (getrandom(&random, sizeof random, GRND_NONBLOCK) != sizeof random)
        random = (unsigned)getpid();
    snprintf(name, size, "%.*s.%.*s.%08x.part", folder, target, NAME_KEPT, target + folder, random);
    return name;
}

/* O_EXCL instead of mkstemp: the file gets the permissions of the user's umask. */
static sw_status open_temporary(sw_sink *sink, sw_error *error) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        free(sink->temporary);
        sink->temporary = temporary_name(sink->target);
        if (!sink->temporary)
            return sw_error_set(error, SW_ERROR_MEMORY, sink->path, NULL, "not enough memory");
        sink->descriptor = open(sink->temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (sink->descriptor >= 0 || errno != EEXIST)
            break;
    }
    if (sink->descriptor >= 0)
        return SW_OK;
    int failure = errno;
    free(sink->temporary);
    sink->temporary = NULL;
    return sw_file_error(sink->path, failure, "cannot make a file in this folder", error);
}

/* A frame may follow a whole line only: after a torn one it would be lost. */
static sw_status check_line_end(sw_sink *sink, sw_error *error) {
    char last = '\n';
    off_t size = lseek(sink->descriptor, 0, SEEK_END);
    if (size > 0 && pread(sink->descriptor, &last, 1, size - 1) != 1)
        size = -1;
    int failure = errno;
    if (size >= 0 && last == '\n') {
        sink->old_size = size;
        return SW_OK;
    }
    sink->append = false;
    if (size < 0)
        return sw_file_error(sink->path, failure, "cannot read the file", error);
    return sw_error_set(error, SW_ERROR_FORMAT, sink->path,
                        "remove the unfinished frame at its end, or write to a new file",
                        "cannot append: the file ends in the middle of a line");
}

static sw_status open_in_place(sw_sink *sink, sw_error *error) {
    int flags = sink->append ? O_RDWR | O_APPEND : O_WRONLY;
    sink->descriptor = open(sink->target, flags | O_CLOEXEC);
    if (sink->descriptor < 0)
        return sw_file_error(sink->path, errno, "cannot write the file", error);
    return sink->append ? check_line_end(sink, error) : SW_OK;
}

/* A file that exists: keep its permissions, and respect that it may be read-only. */
static sw_status open_replacement(sw_sink *sink, mode_t mode, bool exists, sw_error *error) {
    if (exists && access(sink->target, W_OK) != 0)
        return sw_file_error(sink->path, errno, "cannot replace the file", error);
    sw_status status = open_temporary(sink, error);
    if (status == SW_OK && exists && fchmod(sink->descriptor, mode & 07777) != 0 && errno != EPERM)
        status = sw_file_error(sink->path, errno, "cannot set the permissions", error);
    return status;
}

static void release(sw_sink *sink) {
    if (sink->descriptor >= 0)
        close(sink->descriptor);
    free(sink->target);
    free(sink->temporary);
    free(sink->buffer);
    *sink = (sw_sink){.descriptor = -1};
}

sw_status sw_sink_open(sw_sink *sink, const char *path, bool append, sw_error *error) {
    struct stat information;
    *sink = (sw_sink){.path = path, .descriptor = -1};
    sink->target = realpath(path, NULL);
    bool exists = sink->target && stat(sink->target, &information) == 0;
    if (!sink->target)
        sink->target = sw_duplicate_text(path);
    sink->append = append && exists && S_ISREG(information.st_mode);
    sink->buffer = sw_allocate(BUFFER_SIZE, 1);
    sw_status status;
    if (!sink->target || !sink->buffer)
        status = sw_error_set(error, SW_ERROR_MEMORY, path, NULL, "not enough memory");
    else if (exists && S_ISDIR(information.st_mode))
        status = sw_file_error(path, EISDIR, "cannot write the file", error);
    else if (sink->append || (exists && !S_ISREG(information.st_mode)))
        status = open_in_place(sink, error);
    else
        status = open_replacement(sink, exists ? information.st_mode : 0, exists, error);
    if (status != SW_OK)
        sw_sink_abandon(sink);
    return status;
}

static void write_out(sw_sink *sink, const char *bytes, size_t size) {
    while (size > 0 && sink->failure == 0) {
        ssize_t step = write(sink->descriptor, bytes, size);
        if (step < 0 && errno == EINTR)
            continue;
        if (step < 0) {
            sink->failure = errno;
            return;
        }
        bytes += step;
        size -= (size_t)step;
    }
}

static void flush_buffer(sw_sink *sink) {
    write_out(sink, sink->buffer, sink->used);
    sink->used = 0;
}

void sw_sink_write(sw_sink *sink, const void *bytes, size_t size) {
    if (size > BUFFER_SIZE - sink->used)
        flush_buffer(sink);
    if (size >= BUFFER_SIZE) {
        write_out(sink, bytes, size);
        return;
    }
    memcpy(sink->buffer + sink->used, bytes, size);
    sink->used += size;
}

void sw_sink_print(sw_sink *sink, const char *format, ...) {
    char line[1024];
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = sw_print_plain(line, sizeof line, format, arguments);
    va_end(arguments);
    if (length < 0) {
        sink->failure = sink->failure ? sink->failure : EINVAL;
    } else if ((size_t)length < sizeof line) {
        sw_sink_write(sink, line, (size_t)length);
    } else {
        char *text = sw_allocate((size_t)length + 1, 1);
        if (text) {
            sw_print_plain(text, (size_t)length + 1, format, again);
            sw_sink_write(sink, text, (size_t)length);
        } else {
            sink->failure = ENOMEM;
        }
        free(text);
    }
    va_end(again);
}

void sw_sink_number(sw_sink *sink, double value) {
    char text[SW_NUMBER_SIZE];
    sw_number_print(text, value);
    sw_sink_write(sink, text, strlen(text));
}

ssize_t sw_sink_write_at(sw_sink *sink, const void *bytes, size_t size, off_t offset) {
    flush_buffer(sink);
    const char *from = bytes;
    size_t done = 0;
    while (done < size && sink->failure == 0) {
        ssize_t step = pwrite(sink->descriptor, from + done, size - done, offset + (off_t)done);
        if (step < 0 && errno == EINTR)
            continue;
        if (step < 0)
            sink->failure = errno;
        else
            done += (size_t)step;
    }
    return sink->failure ? -1 : (ssize_t)done;
}

ssize_t sw_sink_read_at(sw_sink *sink, void *bytes, size_t size, off_t offset) {
    flush_buffer(sink);
    return pread(sink->descriptor, bytes, size, offset);
}

/* The rename itself lives in the folder, so the folder is synced too. */
static int sync_folder(const char *target) {
    char folder[4096];
    int length = folder_length(target);
    if ((size_t)length >= sizeof folder)
        return 0;
    snprintf(folder, sizeof folder, "%.*s", length, target);
    int descriptor = open(length > 0 ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return 0; /* a folder that may be written but not read cannot be synced */
    int failure = fsync(descriptor) == 0 || errno == EINVAL ? 0 : errno;
    close(descriptor);
    return failure;
}

/* Devices and pipes cannot be synced; that is no failure. */
static int sync_file(int descriptor) {
    return fsync(descriptor) == 0 || errno == EINVAL || errno == EROFS ? 0 : errno;
}

sw_status sw_sink_commit(sw_sink *sink, sw_error *error) {
    flush_buffer(sink);
    if (sink->failure == 0)
        sink->failure = sync_file(sink->descriptor);
    if (sink->failure == 0 && sink->temporary) {
        if (rename(sink->temporary, sink->target) != 0) {
            sink->failure = errno;
        } else {
            free(sink->temporary);
            sink->temporary = NULL;
            sink->failure = sync_folder(sink->target);
        }
    }
    sw_status status = SW_OK;
    if (sink->failure != 0)
        status = sw_file_error(sink->path, sink->failure, "cannot write the file", error);
    if (status != SW_OK)
        sw_sink_abandon(sink);
    else
        release(sink);
    return status;
}

void sw_sink_abandon(sw_sink *sink) {
    if (sink->temporary)
        unlink(sink->temporary);
    if (sink->append && sink->descriptor >= 0 && ftruncate(sink->descriptor, sink->old_size) != 0)
        sink->failure = errno; /* nothing more can be done: the caller has the first error */
    release(sink);
}

sw_status sw_replace_file(const char *path, const void *bytes, size_t size, sw_error *error) {
    sw_sink sink;
    sw_status status = sw_sink_open(&sink, path, false, error);
    if (status != SW_OK)
        return status;
    sw_sink_write(&sink, bytes, size);
    return sw_sink_commit(&sink, error);
}
