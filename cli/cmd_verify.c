/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/disturbance.h"
#include "cli/interrupt.h"
#include "cli/listing.h"
#include "cli/posterior.h"
#include "cli/sensitivity.h"

#include <spillway/report.h>
#include <spillway/run.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const cli_option options[] = {
    {"claims", "c", "IDS", "only these claims, as in B1,B4", "all", 0},
    {"without", NULL, "NAMES",
     "leave out mechanisms, separated by commas: does the claim depend on them? With "
     "--sensitivity one name, and again for others",
     NULL, 0},
    {"atoms", NULL, "FILE", "of a recipe: measure these atoms instead of building them", NULL,
     VALUES_FILES},
    {"quick", NULL, NULL, "reduced runs of about a minute, labelled as such", NULL, 0},
    {"output", "o", "DIR", "folder of the runs", "verify/NAME", VALUES_FOLDERS},
    {"resume", "r", NULL,
     "go on with the runs that an interrupted verification left; whole ones are used as they are",
     NULL, 0},
    {"replicas", "n", "N", "runs behind each claim; with --sensitivity, blocks of its design",
     "as each claim needs", 0},
    {"sensitivity", "S", NULL,
     "instead of claims: degree of rate control of every process, with intervals", NULL, 0},
    {"posterior", NULL, "N",
     "instead of claims: N sets of the swept parameters that agree with the calibrated claims, and "
     "the other claims over them",
     NULL, 0},
    {"of", NULL, "COLUMN", "with --sensitivity: a column of series.csv",
     "the turnover of the gas that is made", 0},
    {"step", NULL, "X", "with --sensitivity: change of ln k", "0.1", 0},
    {"set", NULL, "PATH=VALUE", "with --sensitivity: change a value of the model", NULL, 0},
    DISTURBANCE_OPTIONS,
    {"seed", "s", "N", "seed of the first run; of disturbed copies", "the model's; 1", 0},
    {0},
};

static const cli_example examples[] = {
    {"verify nife-fe3o4 --quick", "all claims of the paper, with reduced runs"},
    {"verify nife-fe3o4 --claims B1,B4", "two of them, at full length"},
    {"verify nife-fe3o4 --without spillover", "what is left of the claims without a mechanism"},
    {"verify ./claims.yaml", "claims of your own, on a model of your own or a built-in one"},
    {"verify zr-zro2 --atoms particle.xyz", "the paper's structural table for any particle"},
    {"verify co-ruo2 --sensitivity --set run.events=1000000",
     "which processes the turnover depends on"},
    {"verify fe2o3-nio --posterior 1000", "what follows from all parameters that agree with A2"},
    {0},
};

static const char *verdict_text(sw_verdict verdict) {
    return verdict == SW_AGREES ? "agrees" : verdict == SW_DISAGREES ? "disagrees" : "not tested";
}

static void value_text(char text[96], const sw_claim *claim) {
    if (isnan(claim->value))
        snprintf(text, 96, "-");
    else if (isnan(claim->low) || isnan(claim->high) || claim->low == claim->high)
        snprintf(text, 96, "%.4g %s", claim->value, claim->unit);
    else
        snprintf(text, 96, "%.4g [%.4g, %.4g] %s", claim->value, claim->low, claim->high,
                 claim->unit);
}

static void print_table(const sw_claim *claims, size_t count) {
    static const char *const names[] = {"id", "verdict", "here", "paper", "claim"};
    cli_listing listing;
    char text[96];
    listing_create(&listing, names, 5);
    for (size_t i = 0; i < count; i++) {
        value_text(text, &claims[i]);
        listing_text(&listing, claims[i].id);
        listing_text(&listing, verdict_text(claims[i].verdict));
        listing_text(&listing, text);
        listing_text(&listing, claims[i].paper);
        listing_text(&listing, claims[i].claim);
    }
    listing_print(stdout, &listing);
    listing_destroy(&listing);
}

/* What there is to say but that the run was quick, which is said once of all. */
static const char *reason_of(const sw_claim *claim) {
    const size_t label = strlen(SW_CLAIM_QUICK);
    const bool quick = strncmp(claim->why, SW_CLAIM_QUICK, label) == 0;
    return claim->why + (quick ? label : 0);
}

static void print_id(const sw_claim *claim, const cli_console *console, const char *before) {
    const bool marked = claim->verdict == SW_DISAGREES && console->colour;
    printf("%s%s%s%s", before, marked ? "\033[1m" : "", claim->id, marked ? "\033[0m" : "");
}

/* Claims with one reason are named together. */
static void print_reasons(const sw_claim *claims, size_t count, const cli_console *console) {
    bool quick = false;
    for (size_t i = 0; i < count; i++) {
        const char *reason = reason_of(&claims[i]);
        size_t first = 0;
        quick = quick || reason != claims[i].why;
        while (strcmp(reason_of(&claims[first]), reason) != 0)
            first++;
        if (*reason == '\0' || first < i)
            continue;
        for (size_t k = i; k < count; k++)
            if (strcmp(reason_of(&claims[k]), reason) == 0)
                print_id(&claims[k], console, k == i ? "\n" : ", ");
        printf(": %s\n", reason);
    }
    if (quick)
        printf("\nquick runs of few events: all of this is an indication only\n");
}

static size_t count_of(const sw_claim *claims, size_t count, sw_verdict verdict) {
    size_t found = 0;
    for (size_t i = 0; i < count; i++)
        found += claims[i].verdict == verdict;
    return found;
}

static cli_exit print_claims(const sw_claim *claims, size_t count, cli_console *console) {
    char *text = NULL;
    if (!console->json) {
        print_table(claims, count);
        print_reasons(claims, count, console);
    } else {
        if (sw_claims_json(&text, claims, count) != SW_OK)
            return command_out_of_memory(console);
        printf("%s\n", text);
        free(text);
    }
    size_t against = count_of(claims, count, SW_DISAGREES);
    console_say(console, "%zu claims agree, %zu disagree, %zu not tested",
                count_of(claims, count, SW_AGREES), against,
                count_of(claims, count, SW_NOT_TESTED));
    return against > 0 ? EXIT_DISAGREES : EXIT_DONE;
}

/* Of a recipe's atoms there is a folder with all that was measured. */
static sw_status draw_survey(const char *folder, cli_console *console, sw_error *error) {
    char path[600], *page = NULL;
    struct stat found;
    snprintf(path, sizeof path, "%.500s/survey/run.json", folder);
    if (stat(path, &found) != 0)
        return SW_OK;
    snprintf(path, sizeof path, "%.500s/survey", folder);
    sw_status status = sw_report(&page, path, false, console->context, error);
    if (status == SW_OK)
        console_say(console, "report: %s", page);
    free(page);
    return status;
}

static cli_exit run_verification(const char *model, const sw_verify_options *verify,
                                 cli_console *console) {
    sw_error error = {0};
    sw_claim *claims = NULL;
    size_t count = 0;
    interrupt_watch(console->context);
    sw_status status = sw_verify(&claims, &count, model, verify, console->context, &error);
    interrupt_release();
    if (status == SW_OK)
        status = draw_survey(verify->folder, console, &error);
    cli_exit result;
    if (status == SW_ERROR_CANCELLED) {
        console_error(console, &error);
        result = EXIT_INTERRUPTED;
    } else {
        result = status == SW_OK ? print_claims(claims, count, console)
                                 : command_failed(console, &error);
    }
    free(claims);
    return result;
}

/* Where it is not given: verify/NAME, of a file its name without folder and ending. */
static void choose_folder(char folder[512], const cli_arguments *arguments) {
    const char *given = option_text(arguments, "output");
    const char *source = arguments->words[0], *slash = strrchr(source, '/');
    const char *name = slash ? slash + 1 : source, *end = strrchr(name, '.');
    int length = end && end > name ? (int)(end - name) : (int)strlen(name);
    const bool sampled = option_is_given(arguments, "posterior");
    if (given)
        snprintf(folder, 512, "%s", given);
    else
        snprintf(folder, 512, "verify/%.*s%s", length < 400 ? length : 400, name,
                 sampled ? "/posterior" : "");
}

static cli_exit verify(const cli_arguments *arguments, cli_console *console) {
    sw_error error = {0};
    char folder[512];
    uint64_t replicas = 0;
    choose_folder(folder, arguments);
    if (option_is_given(arguments, "posterior"))
        return verify_posterior(arguments, folder, console);
    if (option_is_given(arguments, "sensitivity"))
        return verify_sensitivity(arguments, console);
    sw_verify_options verify_options = {.folder = folder,
                                        .claims = option_text(arguments, "claims"),
                                        .without = option_text(arguments, "without"),
                                        .atoms = option_text(arguments, "atoms"),
                                        .quick = option_is_given(arguments, "quick"),
                                        .resume = option_is_given(arguments, "resume")};
    sw_status status = SW_OK;
    static const char *const only[] = {"of", "step", "set"};
    for (size_t i = 0; i < 3 && status == SW_OK; i++)
        if (option_is_given(arguments, only[i]))
            status = sw_error_set(&error, SW_ERROR_ARGUMENT, "verify", "add --sensitivity",
                                  "--%s has no meaning for claims", only[i]);
    if (status == SW_OK)
        status = option_count(&verify_options.seed, arguments, "seed", 1, UINT64_MAX, &error);
    if (status == SW_OK)
        status = option_count(&replicas, arguments, "replicas", 1, 9999, &error);
    if (status == SW_OK)
        status = disturbance_read(&verify_options.disturbance, arguments, &error);
    if (status != SW_OK)
        return command_misused(console, &error);
    verify_options.replicas = (int)replicas;
    return run_verification(arguments->words[0], &verify_options, console);
}

const cli_command command_verify = {
    .name = "verify",
    .summary = "check a model against its paper's claims, or see what controls it",
    .arguments = "MODEL",
    .least = 1,
    .most = 1,
    .values = VALUES_MODELS,
    .description =
        "Runs what the claims of a paper need and prints one row a claim: the verdict, the "
        "value found here with its 95 % interval, the paper's value, and the claim.\n\n"
        "MODEL is the name of a built-in model, or a file of claims, which names the model that "
        "they are about: docs/claims.md tells what stands in it.\n\n"
        "Of a recipe of atoms the claims are the numbers that the paper measured: its atoms, or "
        "those "
        "of a file, are measured in the same way, and DIR/survey/report.html shows them. "
        "--precision, --missing and --draws are those of `spillway measure`.\n\n"
        "Exit code 4 tells that a claim disagrees. Ctrl-C saves the runs and ends with exit code "
        "3; "
        "--resume goes on with them, bit for bit.\n\n"
        "--sensitivity asks instead which processes a result depends on: the degree of rate "
        "control "
        "d ln y / d ln k of every process of any model, its rates forth and back changed alike so "
        "that "
        "no equilibrium is, with 95 % intervals; y is the turnover of the gas that is made, or the "
        "column named with --of, averaged over the last two thirds of each run. All processes are "
        "changed in every run, in the pattern of a Hadamard matrix, so that each run serves each "
        "of "
        "them. For a rate in a steady state the values add up to 1; the sum is printed as a check, "
        "and how far the answer is from linear within the step. Runs that are there already are "
        "used "
        "again, and an interrupted analysis goes on with the same command.",
    .options = options,
    .examples = examples,
    .handler = verify,
};
