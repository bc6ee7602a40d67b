/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parameter sets that agree with the calibrated claims, and all claims over them. */
#include "cli/posterior.h"

#include "cli/interrupt.h"
#include "cli/listing.h"

#include <spillway/run.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void print_distributions(const sw_distribution *list, size_t count, const char *what) {
    const char *const names[] = {what, "median", "95 %", "agrees", "paper", "what"};
    cli_listing listing;
    char text[96];
    listing_create(&listing, names, 6);
    for (size_t i = 0; i < count; i++) {
        listing_text(&listing, list[i].id);
        snprintf(text, sizeof text, "%.4g %s", list[i].median, list[i].unit);
        listing_text(&listing, isnan(list[i].median) ? "-" : text);
        snprintf(text, sizeof text, "%.4g .. %.4g", list[i].low, list[i].high);
        listing_text(&listing, isnan(list[i].low) ? "-" : text);
        snprintf(text, sizeof text, "%.0f %%", 100 * list[i].agrees);
        listing_text(&listing, list[i].calibrated      ? "calibrated"
                               : isnan(list[i].agrees) ? "-"
                                                       : text);
        listing_text(&listing, list[i].paper);
        listing_text(&listing, list[i].what);
    }
    listing_print(stdout, &listing);
    listing_destroy(&listing);
}

static cli_exit print_result(const sw_posterior *result, cli_console *console) {
    char *text = NULL;
    if (console->json) {
        if (sw_posterior_json(&text, result) != SW_OK)
            return command_out_of_memory(console);
        printf("%s\n", text);
        free(text);
    } else {
        print_distributions(result->claim, result->claims, "claim");
        printf("\n");
        print_distributions(result->parameter, result->parameters, "parameter");
    }
    console_say(console,
                "%zu sets agree with the calibrated claims, of %zu drawn (%zu could not be "
                "simulated)%s",
                result->samples, result->draws, result->failed,
                result->interrupted ? "; stopped: the same command goes on" : "");
    return result->interrupted ? EXIT_INTERRUPTED : EXIT_DONE;
}

cli_exit verify_posterior(const cli_arguments *arguments, const char *folder,
                          cli_console *console) {
    sw_error error = {0};
    sw_posterior result = {0};
    uint64_t samples = 0;
    sw_posterior_options options = {.folder = folder};
    sw_status status = option_count(&samples, arguments, "posterior", 1, 1000000, &error);
    if (status == SW_OK)
        status = option_count(&options.seed, arguments, "seed", 1, UINT64_MAX, &error);
    if (status != SW_OK)
        return command_misused(console, &error);
    options.samples = samples;
    interrupt_watch(console->context);
    status = sw_posterior_sample(&result, arguments->words[0], &options, console->context, &error);
    interrupt_release();
    cli_exit code =
        status == SW_OK ? print_result(&result, console) : command_failed(console, &error);
    sw_posterior_clear(&result);
    return code;
}
