/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Work on 0 .. count - 1, shared between the threads of a context in pieces that threads take as
 * they become free. Results must not depend on who takes which piece.
 */
#ifndef SPILLWAY_BASE_PARALLEL_H
#define SPILLWAY_BASE_PARALLEL_H

#include <spillway/base.h>

/* Does items first .. end - 1; worker is 0 .. workers - 1, for memory of its own. */
typedef sw_status (*sw_parallel_function)(void *user, size_t first, size_t end, int worker);

/* How many workers sw_parallel will use: those of the context, not more than there are pieces. */
int sw_parallel_workers(const sw_context *context, size_t count, size_t piece);

/*
 * Runs the function on pieces of `piece` items. The first status that is not SW_OK ends the work
 * and is returned; a cancelled context ends it with SW_ERROR_CANCELLED. Where a thread cannot be
 * started the others do its work.
 */
SW_MUST_USE sw_status sw_parallel(sw_context *context, size_t count, size_t piece,
                                  sw_parallel_function function, void *user);

#endif
