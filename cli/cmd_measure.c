/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/instrument_verbs.h"

#include <spillway/run.h>

static const cli_example examples[] = {
    {"list instruments", "what can be measured, and on what"},
    {"measure compare known.xyz found.xyz", "how well atoms were found"},
    {"measure compare --help", "the parameters of one instrument"},
    {0},
};

static const cli_command *variant_of(const char *word) {
    return instrument_variant(SW_INSTRUMENTS, word);
}

static const char *variant_name(size_t index) {
    return instrument_variant_name(SW_INSTRUMENTS, index);
}

const cli_command command_measure = {
    .name = "measure",
    .summary = "measure atoms, images or tables with an instrument",
    .arguments = "INSTRUMENT FILE...",
    .least = 1,
    .most = -1,
    .values = VALUES_FILES,
    .description =
        "Prints the numbers that an instrument finds in a file, with their 95 % "
        "intervals. With --output also its tables (CSV), the atoms with the columns that "
        "it adds (extended XYZ), and report.html.\n\n"
        "The instrument is the first word; each has parameters and a help of its own: "
        "`spillway measure INSTRUMENT --help`. Some take several files of one kind, such "
        "as a curve for each heating rate.\n\n"
        "With --precision or --missing the instrument measures again on --draws copies "
        "of the atoms with that much more noise and atoms left out. Every number gets "
        "an interval from their spread, and a shift, the mean of the copies less the "
        "value: what the noise that is there already has done to it. Of two files the "
        "second is disturbed. Where an instrument has a parameter of that name it is "
        "meant too; --draws 0 leaves the copies out.",
    .examples = examples,
    .variant = variant_of,
    .variant_name = variant_name,
    .handler = instrument_unknown,
};
