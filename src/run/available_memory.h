/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a run fits into the memory that the machine can give now. */
#ifndef SPILLWAY_RUN_AVAILABLE_MEMORY_H
#define SPILLWAY_RUN_AVAILABLE_MEMORY_H

#include <spillway/base.h>

/* MemAvailable of a file like /proc/meminfo, bytes; 0 where it cannot be told. */
size_t sw_available_memory(const char *meminfo);
/* An error where `needed` bytes, `copies` times, do not fit into `available` (0: unknown). */
SW_MUST_USE sw_status sw_memory_check(size_t needed, size_t copies, size_t available,
                                      const char *model, sw_error *error);
/* "312 MB" into text; returns text. */
const char *sw_memory_text(char text[32], size_t bytes);

#endif
