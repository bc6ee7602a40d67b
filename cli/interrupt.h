/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SIGINT and SIGTERM: the first cancels the context, so that work is saved; the second ends the
 * program at once. */
#ifndef SPILLWAY_CLI_INTERRUPT_H
#define SPILLWAY_CLI_INTERRUPT_H

#include <spillway/base.h>

void interrupt_watch(sw_context *context);
void interrupt_release(void);
/* For a process that another one tells when to end. */
void interrupt_ignore(void);

#endif
