/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/instrument_verbs.h"

#include <spillway/run.h>

static const cli_example examples[] = {
    {"list fits", "which models can be fitted, and to what"},
    {"fit kinetics slow.csv middle.csv fast.csv", "the reaction model that explains all curves"},
    {"fit powder data.csv --model fe2o3-nio", "parameters of a powder model, by profiles"},
    {"fit kinetics --help", "the parameters of one fit"},
    {0},
};

static const cli_command *variant_of(const char *word) {
    return instrument_variant(SW_FITS, word);
}

static const char *variant_name(size_t index) {
    return instrument_variant_name(SW_FITS, index);
}

const cli_command command_fit = {
    .name = "fit",
    .summary = "fit a model to measured curves",
    .arguments = "MODEL FILE...",
    .least = 1,
    .most = -1,
    .values = VALUES_FILES,
    .description =
        "Prints the parameters that explain the curves best, with their 95 % intervals. "
        "With --output also the fitted curves and the residuals (CSV), and report.html.\n\n"
        "What is fitted is the first word; each has parameters and a help of its own: "
        "`spillway fit MODEL --help`.",
    .examples = examples,
    .variant = variant_of,
    .variant_name = variant_name,
    .handler = instrument_unknown,
};
