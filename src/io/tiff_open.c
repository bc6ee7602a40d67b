/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/tiff.h"

#include <stdio.h>
#include <string.h>

static tmsize_t read_bytes(thandle_t user, void *bytes, tmsize_t size) {
    sw_tiff *tiff = user;
    size_t wanted = size > 0 ? (size_t)size : 0;
    if (tiff->at >= tiff->size)
        return 0;
    if (wanted > tiff->size - tiff->at)
        wanted = (size_t)(tiff->size - tiff->at);
    if (tiff->source)
        memcpy(bytes, tiff->source->bytes + tiff->at, wanted);
    else if (sw_sink_read_at(tiff->sink, bytes, wanted, (off_t)tiff->at) != (ssize_t)wanted)
        return 0;
    tiff->at += wanted;
    return (tmsize_t)wanted;
}

static tmsize_t write_bytes(thandle_t user, void *bytes, tmsize_t size) {
    sw_tiff *tiff = user;
    if (!tiff->sink || size < 0 ||
        sw_sink_write_at(tiff->sink, bytes, (size_t)size, (off_t)tiff->at) != size)
        return 0;
    tiff->at += (uint64_t)size;
    if (tiff->at > tiff->size)
        tiff->size = tiff->at;
    return size;
}

static toff_t seek(thandle_t user, toff_t offset, int whence) {
    sw_tiff *tiff = user;
    if (whence == SEEK_CUR)
        offset += tiff->at;
    else if (whence == SEEK_END)
        offset += tiff->size;
    tiff->at = offset;
    return offset;
}

static int close_nothing(thandle_t user) {
    (void)user;
    return 0;
}

static toff_t size_of(thandle_t user) {
    const sw_tiff *tiff = user;
    return tiff->size;
}

static int keep_message(TIFF *handle, void *user, const char *module, const char *format,
                        va_list arguments) {
    sw_tiff *tiff = user;
    (void)handle;
    (void)module;
    if (!tiff->message[0])
        vsnprintf(tiff->message, sizeof tiff->message, format, arguments);
    return 1; /* the global handlers, which print, are not called */
}

static int drop_warning(TIFF *handle, void *user, const char *module, const char *format,
                        va_list arguments) {
    (void)handle;
    (void)user;
    (void)module;
    (void)format;
    (void)arguments;
    return 1;
}

static bool open_with(sw_tiff *tiff, const char *name, const char *mode) {
    TIFFOpenOptions *options = TIFFOpenOptionsAlloc();
    if (!options)
        return false;
    TIFFOpenOptionsSetErrorHandlerExtR(options, keep_message, tiff);
    TIFFOpenOptionsSetWarningHandlerExtR(options, drop_warning, tiff);
    if (tiff->source) /* a table of strips cannot be larger than the file it stands in */
        TIFFOpenOptionsSetMaxSingleMemAlloc(options, (tmsize_t)(tiff->size * 64 + (1 << 20)));
    tiff->handle = TIFFClientOpenExt(name, mode, tiff, read_bytes, write_bytes, seek, close_nothing,
                                     size_of, NULL, NULL, options);
    TIFFOpenOptionsFree(options);
    return tiff->handle != NULL;
}

bool sw_tiff_open(sw_tiff *tiff, const sw_source *source) {
    *tiff = (sw_tiff){.source = source, .size = source->size};
    return open_with(tiff, source->name, "rm"); /* m: never mapped */
}

bool sw_tiff_create(sw_tiff *tiff, sw_sink *sink, bool big) {
    *tiff = (sw_tiff){.sink = sink};
    return open_with(tiff, sink->path, big ? "w8" : "w");
}

void sw_tiff_close(sw_tiff *tiff) {
    if (tiff->handle)
        TIFFClose(tiff->handle);
    tiff->handle = NULL;
}
