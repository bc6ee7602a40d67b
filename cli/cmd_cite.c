/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/arguments.h"

#include <spillway/model.h>

#include <string.h>

static const cli_option options[] = {
    {"bibtex", NULL, NULL, "the program as a BibTeX entry", NULL, 0},
    {0},
};

static const cli_example examples[] = {
    {"cite nife-fe3o4", "how to cite the program, and the paper that a model follows"},
    {0},
};

static const char title[] = "Spillway: reacting metal-oxide interfaces, simulated and measured "
                            "with the instruments of experiments";

static void print_bibtex(void) {
    printf("@software{spillway,\n  author = {{The Spillway contributors}},\n  title = {%s},\n"
           "  version = {%s},\n  license = {GPL-3.0-or-later}\n}\n",
           title, sw_version());
}

static bool print_json(const char *citation) {
    return console_json(json_pack("{s{ss ss ss ss} so}", "spillway", "author",
                                  "The Spillway contributors", "title", title, "version",
                                  sw_version(), "license", "GPL-3.0-or-later", "model",
                                  citation != NULL ? json_of_text(citation) : json_null()));
}

static cli_exit cite(const cli_arguments *arguments, cli_console *console) {
    sw_error error = {0};
    sw_model *model = NULL;
    if (arguments->count > 0 &&
        sw_model_load(&model, arguments->words[0], NULL, 0, NULL, 0, &error) != SW_OK)
        return command_failed(console, &error);
    const char *citation = model != NULL ? sw_model_citation(model) : NULL;
    bool done = true;
    if (console->json) {
        done = print_json(citation);
    } else if (option_is_given(arguments, "bibtex")) {
        print_bibtex();
    } else {
        printf("The Spillway contributors: %s. Version %s.\n", title, sw_version());
        if (citation != NULL)
            printf("The model %s follows:\n  %s\n", sw_model_name(model), citation);
    }
    sw_model_destroy(model);
    return done ? EXIT_DONE : EXIT_FAILED;
}

const cli_command command_cite = {
    .name = "cite",
    .summary = "how to cite the program and a model",
    .arguments = "[MODEL]",
    .least = 0,
    .most = 1,
    .values = VALUES_MODELS,
    .description = "Prints how to cite Spillway and, with a model, the work that the model "
                   "follows. The sources of single parameters are in `spillway show MODEL "
                   "--parameters`.",
    .options = options,
    .examples = examples,
    .handler = cite,
};
