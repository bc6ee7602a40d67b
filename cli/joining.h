/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The options that cut a lattice into domains, and the processes that share them. */
#ifndef SPILLWAY_CLI_JOINING_H
#define SPILLWAY_CLI_JOINING_H

#include "cli/loading.h"

/* Settings that --domains and --turn stand for. */
typedef struct cli_domains {
    char domains[64], turn[96];
    const char *settings[2];
    size_t count;
} cli_domains;

SW_MUST_USE sw_status domains_read(cli_domains *domains, const cli_arguments *arguments,
                                   sw_error *error);
/* Serves the first process to its end; *left is false where the others are to be stopped hard. */
cli_exit domains_serve(bool *left, const cli_domains *domains, const cli_arguments *arguments,
                       cli_console *console);

#endif
