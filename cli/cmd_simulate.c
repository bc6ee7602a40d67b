/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/arguments.h"
#include "cli/interrupt.h"
#include "cli/joining.h"

#include <spillway/lattice.h>
#include <spillway/report.h>
#include <spillway/run.h>

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const cli_option options[] = {
    {"output", "o", "DIR", "run folder", "the name of the model, in the working folder",
     VALUES_FOLDERS},
    {"resume", "r", NULL, "go on from the last checkpoint of the folder", NULL, 0},
    {"overwrite", NULL, NULL, "remove the run that the folder holds", NULL, 0},
    {"seed", "s", "N", "seed of the random numbers", "the model's", 0},
    {"experiment", NULL, "NAME", "one of the experiments that `spillway show MODEL` lists",
     "the model as it stands", 0},
    {"set", NULL, "PATH=VALUE", "change a value of the model; may be given again", NULL, 0},
    {"accelerate", NULL, "HOW",
     "switch on a section of run.acceleration, such as scaling; may be given again", NULL, 0},
    {"without", NULL, "NAME", "leave out a mechanism or process; may be given again", NULL, 0},
    {"replicas", "n", "N",
     "run N times with seeds one after the other; the series holds means "
     "with 95 % intervals",
     "1", 0},
    {"domains", NULL, "XxYxZ",
     "cut the lattice into so many parts along each axis that run side by side; an approximation, "
     "see --turn",
     "one part, exact", 0},
    {"turn", NULL, "TIME",
     "with domains: how long a sector of each runs while the rest stands still; shorter is slower "
     "and more exact",
     "a quarter of the fastest site's waiting time", 0},
    {"until", NULL, "TIME|EVENTSev",
     "end at this simulated time (\"10 us\") or number of events "
     "(500000ev)",
     "the model's end", 0},
    {"quick", NULL, NULL, "a reduced run of about a minute, labelled as such", NULL, 0},
    {"checkpoint", NULL, "SECONDS", "wall time between two checkpoints", "20", 0},
    {"wall", NULL, "TIME", "save and stop after this wall time (\"10 min\")", "no limit", 0},
    {"no-report", NULL, NULL, "do not draw report.html", NULL, 0},
    {0},
};

static const cli_example examples[] = {
    {"simulate nife-fe3o4 --quick", "runs a built-in model for a minute and draws its report"},
    {"simulate nife-fe3o4 --set temperature='800 degC' -o hot",
     "the same at another temperature, in the folder hot"},
    {"simulate fe2o3-nio --experiment pellet --without nickel",
     "one of the model's experiments, with a mechanism left out"},
    {"simulate nife-fe3o4 --replicas 8", "eight runs on all processors; means with intervals"},
    {"simulate zgb --set frame.size='[2000, 2000, 1]' --domains 2x1x1 --turn '0.05 s'",
     "one large lattice on two processors"},
    {"simulate nife-fe3o4 --resume --until 5000000ev", "goes on with a run, and further"},
    {0},
};

/* "500000ev" or "10 us". */
static sw_status read_until(sw_run_options *run, const cli_arguments *arguments, sw_error *error) {
    const char *text = option_text(arguments, "until");
    if (text == NULL)
        return SW_OK;
    size_t digits = strspn(text, "0123456789");
    if (digits > 0 && digits < 19 && strcmp(text + digits, "ev") == 0) {
        run->until_events = strtoull(text, NULL, 10);
        if (run->until_events > 0)
            return SW_OK;
    }
    sw_status status = option_quantity(&run->until, arguments, "until", SW_TIME, error);
    if (status != SW_OK)
        return sw_error_set(error, SW_ERROR_UNIT, "--until",
                            "for example --until \"10 us\" or "
                            "--until 500000ev",
                            "a simulated time or a number of events was "
                            "expected, \"%s\" was found",
                            text);
    return SW_OK;
}

static sw_status read_options(sw_run_options *run, uint64_t *replicas,
                              const cli_arguments *arguments, sw_error *error) {
    *replicas = 1;
    *run = (sw_run_options){.resume = option_is_given(arguments, "resume"),
                            .overwrite = option_is_given(arguments, "overwrite"),
                            .quick = option_is_given(arguments, "quick"),
                            .folder = option_text(arguments, "output"),
                            .command = arguments->line};
    if (run->resume && run->overwrite)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "simulate", "leave one of them away",
                            "--resume goes on with a run and --overwrite removes it");
    sw_status status = option_count(&run->seed, arguments, "seed", 1, UINT64_MAX, error);
    if (status == SW_OK)
        status = option_count(replicas, arguments, "replicas", 1, 9999, error);
    if (status == SW_OK)
        status =
            option_quantity(&run->checkpoint_seconds, arguments, "checkpoint", SW_NUMBER, error);
    if (status == SW_OK)
        status = option_quantity(&run->wall_limit, arguments, "wall", SW_TIME, error);
    if (status == SW_OK)
        status = read_until(run, arguments, error);
    return status;
}

static void say_result(cli_console *console, const sw_run_summary *summary, const char *folder) {
    char time[32];
    console_say(console, "%" PRIu64 " %s, %s simulated%s; this call took %.1f s", summary->events,
                summary->counted, sw_simulated_time_text(time, summary->time),
                summary->resumed ? " in all" : "", summary->wall_seconds);
    if (summary->exhausted)
        console_say(console, "the run ended early: nothing could happen any more");
    if (summary->interrupted)
        console_say(console, "interrupted; give the same command with --resume to go on in %s",
                    folder);
}

static bool print_result(cli_console *console, const sw_run_summary *summary, const char *folder,
                         const char *report) {
    char fingerprint[24];
    if (!console->json) {
        printf("%s\n", report != NULL ? report : folder);
        return true;
    }
    snprintf(fingerprint, sizeof fingerprint, "%016" PRIx64, summary->fingerprint);
    return console_json(json_pack(
        "{so so ss so sI so ss sb sb sb so}", "folder", json_of_text(folder), "report",
        report != NULL ? json_of_text(report) : json_null(), "status",
        summary->interrupted ? "interrupted" : "finished", "simulated_seconds",
        json_of_number(summary->time), "events", (json_int_t)summary->events, "wall_seconds",
        json_of_number(summary->wall_seconds), "fingerprint", fingerprint, "interrupted",
        (int)summary->interrupted, "resumed", (int)summary->resumed, "exhausted",
        (int)summary->exhausted, "memory_bytes", json_of_number((double)summary->memory_bytes)));
}

static cli_exit run_model(const sw_run_options *run, int replicas, const cli_loading *loading,
                          bool with_report, cli_console *console) {
    sw_error error = {0};
    sw_run_summary summary = {0};
    char *report = NULL;
    interrupt_watch(console->context);
    sw_status status =
        replicas > 1
            ? sw_run_replicas(&summary, loading->model, run, replicas, console->context, &error)
            : sw_run(&summary, loading->model, run, console->context, &error);
    interrupt_release();
    if (status != SW_OK)
        return command_failed(console, &error);
    say_result(console, &summary, run->folder);
    if (with_report && sw_report(&report, run->folder, false, NULL, &error) != SW_OK)
        return command_failed(console, &error);
    bool printed = print_result(console, &summary, run->folder, report);
    free(report);
    if (!printed)
        return EXIT_FAILED;
    return summary.interrupted ? EXIT_INTERRUPTED : EXIT_DONE;
}

/* Processes that were started together must have something to share. */
static sw_status check_processes(int processes, const sw_model *model, sw_error *error) {
    const sw_lattice_model *lattice = sw_model_lattice(model);
    if (processes == 1 || (lattice != NULL && sw_lattice_is_cut(lattice)))
        return SW_OK;
    return sw_error_set(
        error, SW_ERROR_ARGUMENT, "--domains", "give as many domains, or start one process",
        "%d processes were started, but the lattice is not cut into domains", processes);
}

static cli_exit lead(sw_run_options *run, int replicas, int processes, const cli_domains *domains,
                     const cli_arguments *arguments, cli_console *console) {
    sw_error error = {0};
    cli_loading loading;
    bool usage = true;
    cli_exit result;
    sw_status status =
        loading_make_with(&loading, arguments, domains->settings, domains->count, &usage, &error);
    if (status == SW_OK && check_processes(processes, loading.model, &error) != SW_OK) {
        status = error.code;
        usage = true;
    }
    if (status != SW_OK) {
        result = usage ? command_misused(console, &error) : command_failed(console, &error);
    } else {
        run->settings = loading.settings;
        run->setting_count = loading.setting_count;
        run->without = loading.without;
        run->without_count = loading.without_count;
        if (run->folder == NULL)
            run->folder = sw_model_name(loading.model);
        result =
            run_model(run, replicas, &loading, !option_is_given(arguments, "no-report"), console);
    }
    loading_clear(&loading);
    return result;
}

static cli_exit simulate(const cli_arguments *arguments, cli_console *console) {
    sw_error error = {0};
    sw_run_options run;
    cli_domains domains;
    uint64_t replicas;
    int processes, process;
    bool left = true;
    if (read_options(&run, &replicas, arguments, &error) != SW_OK ||
        domains_read(&domains, arguments, &error) != SW_OK)
        return command_misused(console, &error);
    if (sw_lattice_join(&processes, &process, &error) != SW_OK)
        return command_failed(console, &error);
    cli_exit result = process == 0
                          ? lead(&run, (int)replicas, processes, &domains, arguments, console)
                          : domains_serve(&left, &domains, arguments, console);
    if (left)
        sw_lattice_leave();
    return result;
}

const cli_command command_simulate = {
    .name = "simulate",
    .summary = "run a model into a folder and draw its report",
    .arguments = "MODEL",
    .least = 1,
    .most = 1,
    .values = VALUES_MODELS,
    .description =
        "MODEL is the name of a built-in model (`spillway list models`) or a YAML file. The run "
        "folder receives the resolved model, run.json with the provenance, series.csv, "
        "trajectory.xyz, further tables, a checkpoint and report.html, whose path is printed.\n\n"
        "An interrupt (Ctrl-C) saves a checkpoint and ends with exit code 3; --resume goes on "
        "bit for bit as if nothing had happened. A killed run loses at most the time since its "
        "last checkpoint.\n\n"
        "With --domains one lattice runs on several processors: on threads, or in as many "
        "processes "
        "as there are domains, started by `mpirun -n N` or `srun`. The series then tells how long "
        "turns were and what share of the events they may have misplaced. Many short or small runs "
        "are better served by --replicas, which are exact.",
    .options = options,
    .examples = examples,
    .handler = simulate,
};
