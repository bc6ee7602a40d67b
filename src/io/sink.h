/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where a writer writes. A new file is made under another name in the same folder, synced and
 * renamed by commit, so that a reader never sees half of it; an appended frame is taken back when
 * it cannot be written whole. Writers write freely; the first failure is told by commit.
 */
#ifndef SPILLWAY_IO_SINK_H
#define SPILLWAY_IO_SINK_H

#include <spillway/base.h>
#include <sys/types.h>

typedef struct sw_sink {
    const char *path; /* as the caller named it */
    char *target;     /* what is replaced: the path with links followed */
    char *temporary;  /* NULL where the target is written in place */
    int descriptor;
    int failure; /* errno of the first failed write; 0 while all is well */
    bool append;
    off_t old_size; /* of the file that is appended to */
    char *buffer;
    size_t used;
} sw_sink;

SW_MUST_USE sw_status sw_sink_open(sw_sink *sink, const char *path, bool append, sw_error *error);
void sw_sink_write(sw_sink *sink, const void *bytes, size_t size);
void sw_sink_print(sw_sink *sink, const char *format, ...) SW_PRINTF(2, 3);
/* The shortest text that reads back the same. */
void sw_sink_number(sw_sink *sink, double value);
/* Ends the writing, well (commit) or not (abandon); both release everything. */
SW_MUST_USE sw_status sw_sink_commit(sw_sink *sink, sw_error *error);
void sw_sink_abandon(sw_sink *sink);
/* Random access for formats that need it (TIFF); flushes first. -1 on failure. */
ssize_t sw_sink_write_at(sw_sink *sink, const void *bytes, size_t size, off_t offset);
ssize_t sw_sink_read_at(sw_sink *sink, void *bytes, size_t size, off_t offset);

#endif
