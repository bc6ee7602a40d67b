/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/joining.h"

#include "cli/interrupt.h"

#include <spillway/lattice.h>

#include <stdio.h>

sw_status domains_read(cli_domains *domains, const cli_arguments *arguments, sw_error *error) {
    const char *text = option_text(arguments, "domains"), *turn = option_text(arguments, "turn");
    int count[3], end = 0;
    *domains = (cli_domains){0};
    if (text != NULL) {
        if (sscanf(text, "%4dx%4dx%4d%n", &count[0], &count[1], &count[2], &end) != 3 ||
            text[end] != '\0' || count[0] < 1 || count[1] < 1 || count[2] < 1)
            return sw_error_set(error, SW_ERROR_ARGUMENT, "--domains",
                                "for example --domains 2x2x1: four domains, two along x and y",
                                "a number of domains along each axis was expected, \"%s\" was "
                                "found",
                                text);
        snprintf(domains->domains, sizeof domains->domains, "run.domains=[%d, %d, %d]", count[0],
                 count[1], count[2]);
        domains->settings[domains->count++] = domains->domains;
    }
    if (turn != NULL) {
        double seconds;
        sw_status status = option_quantity(&seconds, arguments, "turn", SW_TIME, error);
        if (status != SW_OK)
            return status;
        snprintf(domains->turn, sizeof domains->turn, "run.turn=%s", turn);
        domains->settings[domains->count++] = domains->turn;
    }
    return SW_OK;
}

cli_exit domains_serve(bool *left, const cli_domains *domains, const cli_arguments *arguments,
                       cli_console *console) {
    sw_error error = {0}, served = {0};
    cli_loading loading;
    bool usage;
    interrupt_ignore(); /* the first process saves, then sends everybody home */
    sw_status loaded =
        loading_make_with(&loading, arguments, domains->settings, domains->count, &usage, &error);
    /* where the first process cannot load the model either, it says so and leaves */
    sw_status status = sw_lattice_serve(loaded == SW_OK ? loading.model : NULL, &served);
    *left = status == SW_OK;
    if (status != SW_OK)
        console_error(console, loaded != SW_OK ? &error : &served);
    loading_clear(&loading);
    return status == SW_OK ? EXIT_DONE : EXIT_FAILED;
}
