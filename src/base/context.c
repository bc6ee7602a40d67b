/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <spillway/base.h>

#include "base/memory.h"
#include "base/number.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdlib.h>

#define MESSAGE_SIZE 1024

struct sw_context {
    sw_log_function log;
    void *log_user;
    sw_progress_function progress;
    void *progress_user;
    int threads;
    const sw_context *leader; /* or NULL */
    atomic_bool cancelled;
};

/* a signal handler may cancel only through a store that takes no lock */
_Static_assert(ATOMIC_BOOL_LOCK_FREE == 2, "atomic_bool must be lock-free");

sw_status sw_context_create(sw_context **context) {
    *context = sw_allocate(1, sizeof **context);
    if (!*context)
        return SW_ERROR_MEMORY;
    (*context)->threads = 1;
    atomic_init(&(*context)->cancelled, false);
    return SW_OK;
}

void sw_context_destroy(sw_context *context) {
    free(context);
}

void sw_context_set_log(sw_context *context, sw_log_function function, void *user) {
    context->log = function;
    context->log_user = user;
}

void sw_context_set_progress(sw_context *context, sw_progress_function function, void *user) {
    context->progress = function;
    context->progress_user = user;
}

void sw_context_set_threads(sw_context *context, int threads) {
    context->threads = threads > 1 ? threads : 1;
}

int sw_context_threads(const sw_context *context) {
    return context ? context->threads : 1;
}

void sw_log(sw_context *context, sw_log_level level, const char *format, ...) {
    if (!context || !context->log)
        return;
    char message[MESSAGE_SIZE];
    va_list arguments;
    va_start(arguments, format);
    int length = sw_print_plain(message, sizeof message, format, arguments);
    va_end(arguments);
    if (length >= 0)
        context->log(context->log_user, level, message);
}

void sw_progress(sw_context *context, double fraction, const char *format, ...) {
    if (!context || !context->progress)
        return;
    char message[MESSAGE_SIZE];
    va_list arguments;
    va_start(arguments, format);
    int length = sw_print_plain(message, sizeof message, format, arguments);
    va_end(arguments);
    if (length >= 0)
        context->progress(context->progress_user, fraction, message);
}

void sw_context_cancel(sw_context *context) {
    if (context)
        atomic_store(&context->cancelled, true);
}

bool sw_context_cancelled(const sw_context *context) {
    for (; context; context = context->leader)
        if (atomic_load(&context->cancelled))
            return true;
    return false;
}

void sw_context_follow(sw_context *context, const sw_context *leader) {
    context->leader = leader;
}
