/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/disturbance.h"

#include <spillway/report.h>
#include <spillway/run.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const cli_option options[] = {
    {"figures", NULL, NULL, "also write every figure to DIR/figures as SVG, PDF and PNG", NULL, 0},
    {"output", "o", "DIR", "of a file: where the page, tables and atoms go",
     "the file's name with -report, in the working folder", VALUES_FOLDERS},
    {"overwrite", NULL, NULL, "of a file: remove what the folder holds of an earlier report", NULL,
     0},
    {"preset", "p", "NAME", "of a file: instruments and parameters of a paper, such as zhang-2024",
     "all instruments that need no parameter", 0},
    {"only", NULL, "ELEMENTS", "of a file: these atoms alone, such as metal or Fe,Ni", "all", 0},
    {"frame", NULL, "N", "of a file: frame of a trajectory; negative from the end", "the last", 0},
    DISTURBANCE_OPTIONS,
    {"seed", "s", "N", "of these copies", "1", 0},
    {0},
};

static const cli_example examples[] = {
    {"report nife-fe3o4 --figures", "draws the report of a run folder anew, and its figures"},
    {"report particle.xyz --preset zhang-2024", "all that is to be known of a particle, on a page"},
    {0},
};

/* "particle-report" of "data/particle.xyz". */
static void default_folder(char *folder, size_t size, const char *file) {
    const char *slash = strrchr(file, '/'), *name = slash != NULL ? slash + 1 : file;
    const char *dot = strrchr(name, '.');
    int length = dot != NULL && dot != name ? (int)(dot - name) : (int)strlen(name);
    snprintf(folder, size, "%.*s-report", length, name);
}

static sw_status survey(char *folder, size_t size, const cli_arguments *arguments,
                        cli_console *console, sw_error *error) {
    sw_measurement *measurement = NULL;
    int64_t frame = -1;
    const char *output = option_text(arguments, "output");
    if (output != NULL)
        snprintf(folder, size, "%s", output);
    else
        default_folder(folder, size, arguments->words[0]);
    sw_status status = option_frame(&frame, arguments, error);
    sw_survey_options choices = {.file = arguments->words[0],
                                 .frame = (ptrdiff_t)frame,
                                 .only = option_text(arguments, "only"),
                                 .preset = option_text(arguments, "preset"),
                                 .folder = folder,
                                 .overwrite = option_is_given(arguments, "overwrite"),
                                 .command = arguments->line};
    if (status == SW_OK)
        status = disturbance_read(&choices.disturbance, arguments, error);
    if (status == SW_OK)
        status = sw_survey(&measurement, &choices, console->context, error);
    sw_measurement_destroy(measurement);
    return status;
}

static bool is_file(const char *path) {
    struct stat found;
    return stat(path, &found) == 0 && S_ISREG(found.st_mode);
}

static cli_exit report(const cli_arguments *arguments, cli_console *console) {
    sw_error error = {0};
    char *path = NULL, folder[4096];
    bool figures = option_is_given(arguments, "figures");
    sw_status status = SW_OK;
    snprintf(folder, sizeof folder, "%s", arguments->words[0]);
    if (is_file(arguments->words[0]))
        status = survey(folder, sizeof folder, arguments, console, &error);
    if (status == SW_OK)
        status = sw_report(&path, folder, figures, console->context, &error);
    if (status != SW_OK)
        return command_failed(console, &error);
    bool printed = true;
    if (console->json)
        printed = console_json(json_pack("{so}", "report", json_of_text(path)));
    else
        printf("%s\n", path);
    free(path);
    return printed ? EXIT_DONE : EXIT_FAILED;
}

const cli_command command_report = {
    .name = "report",
    .summary = "draw the report of a run folder, or of atoms",
    .arguments = "DIR|FILE",
    .least = 1,
    .most = 1,
    .values = VALUES_FILES,
    .description = "Of a run folder: writes DIR/report.html, one self-contained page, from its "
                   "files, and prints its path.\n\n"
                   "Of a file of atoms: measures them with every instrument that suits, and writes "
                   "a folder with the page, the tables, and the atoms with all columns. "
                   "--precision, --missing and --draws are those of `spillway measure`.",
    .options = options,
    .examples = examples,
    .handler = report,
};
