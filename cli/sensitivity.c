/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Degree of rate control of every process of a model. */
#include "cli/sensitivity.h"

#include "cli/interrupt.h"
#include "cli/listing.h"
#include "cli/loading.h"

#include <spillway/run.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int by_magnitude(const void *a, const void *b) {
    double x = fabs(((const sw_rate_control *)a)->value);
    double y = fabs(((const sw_rate_control *)b)->value);
    return (x < y) - (x > y);
}

static void fill_row(cli_listing *listing, const char *name, double value, double spread) {
    char text[64];
    listing_text(listing, name);
    snprintf(text, sizeof text, "%+.3f", value);
    listing_text(listing, text);
    snprintf(text, sizeof text, "%+.3f .. %+.3f", value - spread, value + spread);
    listing_text(listing, text);
    listing_text(listing, fabs(value) > spread ? "yes" : "-");
}

static void print_result(sw_sensitivity *result) {
    static const char *const names[] = {"process", "rate control", "95 % interval", "beyond zero"};
    cli_listing listing;
    printf("%s: %s = %.4g +- %.2g %s\n\n", result->model, result->observable, result->value,
           result->spread, result->unit);
    qsort(result->process, result->processes, sizeof *result->process, by_magnitude);
    listing_create(&listing, names, 4);
    for (size_t i = 0; i < result->processes; i++)
        fill_row(&listing, result->process[i].process, result->process[i].value,
                 result->process[i].spread);
    fill_row(&listing, "sum", result->sum, result->sum_spread);
    listing_print(stdout, &listing);
    listing_destroy(&listing);
    printf("\n%s: for a rate in a steady state the sum is 1\n",
           fabs(result->sum - 1) <= result->sum_spread
               ? "the sum agrees with 1"
               : "the sum is not 1 (a transient, or a supply or flow that is no process)");
    printf("ends of the step (%.3g in ln k) against its middle: %+.4f +- %.4f in ln y%s\n",
           result->step, result->bend, result->bend_spread,
           fabs(result->bend) > result->bend_spread && fabs(result->bend) > 0.1 * result->step
               ? "; take a smaller --step"
               : "");
}

static cli_exit print_or_json(sw_sensitivity *result, cli_console *console) {
    char *text = NULL;
    if (!console->json) {
        print_result(result);
        return EXIT_DONE;
    }
    if (sw_sensitivity_json(&text, result) != SW_OK)
        return command_out_of_memory(console);
    printf("%s\n", text);
    free(text);
    return EXIT_DONE;
}

static sw_status read_options(sw_sensitivity_options *options, const cli_arguments *arguments,
                              const cli_loading *loading, sw_error *error) {
    uint64_t blocks = 0;
    *options = (sw_sensitivity_options){.folder = option_text(arguments, "output"),
                                        .observable = option_text(arguments, "of"),
                                        .quick = option_is_given(arguments, "quick"),
                                        .settings = loading->settings,
                                        .setting_count = loading->setting_count,
                                        .without = loading->without,
                                        .without_count = loading->without_count};
    if (option_is_given(arguments, "claims"))
        return sw_error_set(error, SW_ERROR_ARGUMENT, "verify", "leave one of them away",
                            "--claims has no meaning with --sensitivity");
    sw_status status = option_count(&options->seed, arguments, "seed", 1, UINT64_MAX, error);
    if (status == SW_OK)
        status = option_count(&blocks, arguments, "replicas", 1, 9999, error);
    if (status == SW_OK)
        status = option_quantity(&options->step, arguments, "step", SW_NUMBER, error);
    options->blocks = (int)blocks;
    return status;
}

static cli_exit analyse(const sw_sensitivity_options *options, const char *source,
                        cli_console *console) {
    sw_error error = {0};
    sw_sensitivity result;
    interrupt_watch(console->context);
    sw_status status = sw_sensitivity_analyse(&result, source, options, console->context, &error);
    interrupt_release();
    cli_exit code;
    if (status == SW_ERROR_CANCELLED) {
        console_error(console, &error);
        code = EXIT_INTERRUPTED;
    } else {
        code = status == SW_OK ? print_or_json(&result, console) : command_failed(console, &error);
    }
    sw_sensitivity_clear(&result);
    return code;
}

cli_exit verify_sensitivity(const cli_arguments *arguments, cli_console *console) {
    sw_error error = {0};
    sw_sensitivity_options options;
    cli_loading loading;
    char folder[512];
    bool usage = true;
    cli_exit result;
    sw_status status = loading_make(&loading, arguments, &usage, &error);
    if (status == SW_OK) {
        usage = true;
        status = read_options(&options, arguments, &loading, &error);
    }
    if (status != SW_OK) {
        result = usage ? command_misused(console, &error) : command_failed(console, &error);
    } else {
        snprintf(folder, sizeof folder, "verify/%.400s/sensitivity", sw_model_name(loading.model));
        if (options.folder == NULL)
            options.folder = folder;
        result = analyse(&options, arguments->words[0], console);
    }
    loading_clear(&loading);
    return result;
}
