/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The model that --set and --without ask for. */
#ifndef SPILLWAY_CLI_LOADING_H
#define SPILLWAY_CLI_LOADING_H

#include "cli/arguments.h"

#include <spillway/model.h>

typedef struct cli_loading {
    sw_setting *settings;
    size_t setting_count;
    char *paths; /* what the settings' paths point into */
    const char **without;
    size_t without_count;
    sw_model *model;
} cli_loading;

/* *usage is true where the command line was wrong, not the model. */
SW_MUST_USE sw_status loading_make(cli_loading *loading, const cli_arguments *arguments,
                                   bool *usage, sw_error *error);
/* With more settings, "PATH=VALUE" each, than --set gives. */
SW_MUST_USE sw_status loading_make_with(cli_loading *loading, const cli_arguments *arguments,
                                        const char *const *more, size_t more_count, bool *usage,
                                        sw_error *error);
void loading_clear(cli_loading *loading);

#endif
