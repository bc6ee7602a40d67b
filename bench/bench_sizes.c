/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cost of an event, bytes a site and start-up time against the number of sites, 1e4 to 1e7; beside
 * them what was recorded of SPPARKS on another machine.
 *
 *   bench_sizes BUILD BENCH: writes BUILD/bench-sizes.json, reads BENCH/models and BENCH/peers
 *
 * Every measurement is a process of its own. All cases are measured once, then all of them again:
 * what else the machine does then hits the sizes of a model alike. Times are processor time.
 */
#include "measuring.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define PASSES 3
#define CHUNK 20000    /* events between two looks at the clock */
#define STRETCH 0.25   /* s of user time that one measurement takes */
#define WARM_UP 200000 /* events, at least */
#define CASES 6        /* sizes of a model */
#define FLAT_SITES 2e6 /* up to here within FLAT_NEAR of the smallest, beyond FLAT_FAR */
#define FLAT_NEAR 2.0
#define FLAT_FAR 3.0
#define SITE_BYTES 24.0     /* a site ... */
#define SITE_BYTES_FROM 9e5 /* ... judged from here: below, tables of fixed size weigh more */

/* ---- what is measured ------------------------------------------------------------------------ */

/* One size: cells along an axis, and the row of recorded.csv that it is set beside. */
typedef struct size_case {
    int cells;
    const char *recorded; /* NULL: none */
    double goal;          /* times the recorded rate */
} size_case;

typedef struct series {
    const char *title, *model; /* a file of BENCH/models, or built in */
    int axes;                  /* how many of them grow */
    double warm_up;            /* events a site */
    sw_setting setting;        /* where path is not NULL */
    const char *reference;     /* title of the series whose smallest size is 1; NULL: its own */
    size_case size[CASES];     /* up to cells = 0 */
} series;

/* ZGB starts near its steady state: from an empty lattice 1e7 sites would take a minute to it. */
static const series all_series[] = {
    {"ZGB, y = 0.5",
     "zgb.yaml",
     2,
     0.5,
     {"structure.fill", "[{mixture: {O: 58 %}, sites: surface}]"},
     NULL,
     {{100, NULL, 0}, {316, NULL, 0}, {1000, NULL, 0}, {3162, NULL, 0}}},
    {"lattice gas, nearest neighbours",
     "lattice-gas-nearest.yaml",
     2,
     0.5,
     {NULL, NULL},
     NULL,
     {{100, NULL, 0}, {316, NULL, 0}, {1000, NULL, 0}, {3162, NULL, 0}}},
    {"fcc, 0.1 % vacancies",
     "vacancy-fcc",
     3,
     0.02,
     {NULL, NULL},
     NULL,
     {{14, NULL, 0},
      {20, "vacancy diffusion on fcc 3e4 sites", 75},
      {29, NULL, 0},
      {63, "vacancy diffusion on fcc 1e6 sites", 100},
      {136, "vacancy diffusion on fcc 1e7 sites", 100}}},
    {"fcc, 0.001 % vacancies",
     "vacancy-fcc",
     3,
     0.02,
     {"parameters.atoms.value", "99.999 %"},
     "fcc, 0.1 % vacancies",
     {{46, NULL, 0}, {63, NULL, 0}, {136, NULL, 0}}},
    {"erbium-like",
     "erbium-like",
     3,
     0.5,
     {NULL, NULL},
     NULL,
     {{10, "erbium 10^3 cells", 100},
      {18, NULL, 0},
      {30, "erbium 30^3 cells", 100},
      {40, NULL, 0}}},
    {"alloy-fcc, 0.1 % vacancies",
     "alloy-fcc",
     3,
     0.1,
     {NULL, NULL},
     NULL,
     {{14, NULL, 0}, {29, NULL, 0}, {63, NULL, 0}}},
};
#define SERIES (sizeof all_series / sizeof *all_series)

/* What a measuring process hands over. */
typedef struct outcome {
    double sites, rate, bytes, startup; /* events/s; of all sites; s */
} outcome;

typedef struct row {
    double sites, bytes;                  /* a site */
    double rate[PASSES], startup[PASSES]; /* sorted: events/s; s */
} row;

/* ---- one measurement ------------------------------------------------------------------------- */

static sw_status load(sw_model **model, const series *what, int cells, const char *bench,
                      sw_error *error) {
    char path[4096], size[64];
    bool file = strstr(what->model, ".yaml") != NULL;
    snprintf(path, sizeof path, "%s/models/%s", bench, what->model);
    snprintf(size, sizeof size, "[%d, %d, %d]", cells, cells, what->axes == 3 ? cells : 1);
    /* nothing is observed: following tracers would be timed too */
    sw_setting settings[] = {{"frame.size", size}, {"observe", "{}"}, what->setting};
    return sw_model_load(model, file ? path : what->model, settings, what->setting.path ? 3 : 2,
                         NULL, 0, error);
}

static sw_status time_stretch(outcome *result, sw_lattice *lattice, sw_error *error) {
    uint64_t first = sw_lattice_events(lattice);
    double start = user_seconds(), passed = 0.0;
    sw_status status = SW_OK;
    while (status == SW_OK && passed < STRETCH) {
        status = go_on(lattice, CHUNK, error);
        passed = user_seconds() - start;
    }
    result->rate = (double)(sw_lattice_events(lattice) - first) / passed;
    return status;
}

static sw_status measure(outcome *result, const series *what, int cells, const char *bench,
                         sw_error *error) {
    sw_model *model = NULL;
    sw_lattice *lattice = NULL;
    double start = processor_seconds(), before = resident_bytes();
    sw_status status = load(&model, what, cells, bench, error);
    if (status == SW_OK)
        status = sw_lattice_create(&lattice, sw_model_lattice(model), 1, NULL, error);
    result->startup = processor_seconds() - start;
    if (status == SW_OK) {
        result->sites = (double)sw_lattice_sites(lattice);
        uint64_t warm = (uint64_t)(what->warm_up * result->sites);
        status = go_on(lattice, warm > WARM_UP ? warm : WARM_UP, error);
    }
    if (status == SW_OK)
        status = time_stretch(result, lattice, error);
    result->bytes = resident_bytes() - before;
    sw_lattice_destroy(lattice);
    sw_model_destroy(model);
    return status;
}

/* In a process of its own, so that memory is new and goes back; true where it succeeded. */
static bool measure_apart(outcome *result, const series *what, int cells, const char *bench) {
    int ends[2], ended = 1;
    if (pipe(ends) != 0)
        return false;
    pid_t child = fork();
    if (child == 0) {
        sw_error error = {0};
        bool good = measure(result, what, cells, bench, &error) == SW_OK;
        if (!good)
            fprintf(stderr, "bench: %s, %d cells: %s: %s (%s)\n", what->title, cells, error.place,
                    error.message, error.hint);
        good = good && write(ends[1], result, sizeof *result) == (ssize_t)sizeof *result;
        _exit(good ? 0 : 1);
    }
    close(ends[1]);
    bool good = child > 0 && read(ends[0], result, sizeof *result) == (ssize_t)sizeof *result;
    close(ends[0]);
    if (child > 0)
        waitpid(child, &ended, 0);
    return good && ended == 0;
}

static bool measure_all(row rows[SERIES][CASES], const char *bench) {
    for (int pass = 0; pass < PASSES; pass++)
        for (size_t s = 0; s < SERIES; s++)
            for (size_t c = 0; c < CASES && all_series[s].size[c].cells > 0; c++) {
                outcome result = {0};
                if (!measure_apart(&result, &all_series[s], all_series[s].size[c].cells, bench))
                    return false;
                rows[s][c].sites = result.sites;
                rows[s][c].bytes = result.bytes / result.sites;
                rows[s][c].rate[pass] = result.rate;
                rows[s][c].startup[pass] = result.startup;
            }
    for (size_t s = 0; s < SERIES; s++)
        for (size_t c = 0; c < CASES; c++) {
            sort_numbers(rows[s][c].rate, PASSES);
            sort_numbers(rows[s][c].startup, PASSES);
        }
    return true;
}

/* ---- recorded numbers and goals -------------------------------------------------------------- */

/* Events per second in peers/recorded.csv; 0 where the model is not there. */
static double recorded_rate(const char *bench, const char *model) {
    char path[4096], line[512], name[256];
    double rate = 0.0, value;
    snprintf(path, sizeof path, "%s/peers/recorded.csv", bench);
    FILE *file = model ? fopen(path, "r") : NULL;
    while (file && fgets(line, sizeof line, file))
        if (sscanf(line, "%*[^,],%255[^,],%lf", name, &value) == 2 && strcmp(name, model) == 0)
            rate = value;
    if (file)
        fclose(file);
    return rate;
}

static double median_rate(const row *measured) {
    return measured->rate[PASSES / 2];
}

/* The smallest size that the sizes of a series are set against. */
static const row *reference_of(row rows[SERIES][CASES], size_t series_index) {
    const char *title = all_series[series_index].reference;
    for (size_t s = 0; title && s < SERIES; s++)
        if (strcmp(all_series[s].title, title) == 0)
            return &rows[s][0];
    return &rows[series_index][0];
}

/* A row with all that is said of it. */
typedef struct judged {
    const row *measured;
    double growth;          /* of the time of an event, over the smallest size */
    double recorded, ratio; /* 0 where nothing is recorded */
    char missed[160];       /* goals, or "" */
} judged;

static void miss(judged *result, const char *what, double goal, double value) {
    size_t used = strlen(result->missed);
    snprintf(result->missed + used, sizeof result->missed - used, "%s%s %g (is %.3g)",
             used ? ", " : "MISSED: ", what, goal, value);
}

static judged judge(const row *measured, const row *smallest, const size_case *size,
                    const char *bench) {
    judged result = {.measured = measured, .recorded = recorded_rate(bench, size->recorded)};
    double flat = measured->sites > FLAT_SITES ? FLAT_FAR : FLAT_NEAR;
    result.growth = median_rate(smallest) / median_rate(measured);
    if (result.growth > flat)
        miss(&result, "flat within", flat, result.growth);
    if (measured->sites >= SITE_BYTES_FROM && measured->bytes > SITE_BYTES)
        miss(&result, "bytes at most", SITE_BYTES, measured->bytes);
    if (result.recorded > 0.0) {
        result.ratio = median_rate(measured) / result.recorded;
        if (result.ratio < size->goal)
            miss(&result, "SPPARKS times", size->goal, result.ratio);
    }
    return result;
}

/* ---- the table ------------------------------------------------------------------------------- */

static void print_head(void) {
    printf(
        "Cost of an event against size: median and range of %d runs, user processor time;\n"
        "start-up: loading and building, user and system. Bytes: growth of the resident set.\n"
        "SPPARKS (tree solver) was recorded on another machine: its ratios are orders of "
        "magnitude.\n"
        "Goals: an event within %g of the smallest size to 1e6 sites and %g to 1e7; at most %g "
        "bytes\n"
        "a site (judged from 1e6 sites: below, tables of fixed size outweigh the sites); vacancies "
        "75\n"
        "times SPPARKS, 100 from 1e6 sites; erbium 100 times.\n\n",
        PASSES, FLAT_NEAR, FLAT_FAR, SITE_BYTES);
    printf("%10s %9s %22s %8s %10s %10s %9s %6s  %s\n", "sites", "events/s", "ns/event (range)",
           "growth", "bytes/site", "start-up/s", "SPPARKS*", "times", "goals");
}

static void print_row(const judged *result) {
    const row *measured = result->measured;
    char range[40], peer[20] = "-", times[20] = "-";
    snprintf(range, sizeof range, "%.0f (%.0f .. %.0f)", 1e9 / median_rate(measured),
             1e9 / measured->rate[PASSES - 1], 1e9 / measured->rate[0]);
    if (result->recorded > 0.0) {
        snprintf(peer, sizeof peer, "%.3g", result->recorded);
        snprintf(times, sizeof times, "%.0f", result->ratio);
    }
    printf("%10.0f %9.3g %22s %8.2f %10.1f %10.3f %9s %6s  %s\n", measured->sites,
           median_rate(measured), range, result->growth, measured->bytes,
           measured->startup[PASSES / 2], peer, times, result->missed[0] ? result->missed : "met");
}

static json_t *as_json(const char *model, const judged *result) {
    const row *measured = result->measured;
    json_t *object = json_pack(
        "{ss sf sf sf sf sf sf sf ss}", "model", model, "sites", measured->sites,
        "events_per_second", median_rate(measured), "lowest", measured->rate[0], "highest",
        measured->rate[PASSES - 1], "growth", result->growth, "bytes_per_site", measured->bytes,
        "startup_seconds", measured->startup[PASSES / 2], "missed", result->missed);
    if (result->recorded > 0.0)
        json_object_set_new(object, "recorded_events_per_second", json_real(result->recorded));
    return object;
}

int main(int count, char **arguments) {
    static row rows[SERIES][CASES];
    if (count != 3) {
        fprintf(stderr, "usage: bench_sizes BUILD BENCH, the folders of results and of models\n");
        return 2;
    }
    if (!measure_all(rows, arguments[2]))
        return 1;
    json_t *list = json_array();
    print_head();
    for (size_t s = 0; s < SERIES; s++) {
        const series *what = &all_series[s];
        printf("%s", what->title);
        if (what->reference)
            printf("; growth over the smallest size of %s", what->reference);
        putchar('\n');
        for (size_t c = 0; c < CASES && what->size[c].cells > 0; c++) {
            judged result = judge(&rows[s][c], reference_of(rows, s), &what->size[c], arguments[2]);
            print_row(&result);
            json_array_append_new(list, as_json(what->title, &result));
        }
    }
    printf("* recorded on another machine\n");
    return write_results(arguments[1], "sizes", list) ? 1 : 0;
}
