/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/interrupt.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

/* A signal handler has no other way to know. */
static sw_context *volatile watched;

static void on_signal(int number) {
    static const char message[] =
        "\nspillway: stopping, and saving what there is; once more to stop at once\n";
    int saved = errno;
    sw_context *context = watched;
    signal(number, SIG_DFL);
    if (context == NULL) {
        raise(number);
        return;
    }
    sw_context_cancel(context);
    ssize_t written = write(STDERR_FILENO, message, sizeof message - 1);
    (void)written;
    errno = saved;
}

void interrupt_watch(sw_context *context) {
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    watched = context;
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

void interrupt_release(void) {
    watched = NULL;
}

void interrupt_ignore(void) {
    signal(SIGINT, SIG_IGN);
    signal(SIGTERM, SIG_IGN);
}
