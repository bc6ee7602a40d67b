/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measuring.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static double seconds(struct timeval time) {
    return (double)time.tv_sec + 1e-6 * (double)time.tv_usec;
}

double clock_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

double user_seconds(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return seconds(usage.ru_utime);
}

double processor_seconds(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double resident_bytes(void) {
    FILE *file = fopen("/proc/self/statm", "r");
    unsigned long pages = 0, of_files = 0;
    if (!file)
        return 0.0;
    if (fscanf(file, "%*u %lu %lu", &pages, &of_files) != 2)
        pages = of_files = 0;
    fclose(file);
    return (double)(pages - of_files) * (double)sysconf(_SC_PAGESIZE);
}

double peak_bytes(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return 1024.0 * (double)usage.ru_maxrss;
}

sw_status go_on(sw_lattice *lattice, uint64_t events, sw_error *error) {
    bool finished = false;
    uint64_t until = sw_lattice_events(lattice) + events;
    sw_status status = sw_lattice_advance(lattice, (sw_horizon){INFINITY, until}, &finished, error);
    if (status == SW_OK && sw_lattice_events(lattice) < until)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "model",
                            "choose conditions under which it does not come to rest",
                            "nothing could happen any more after %llu events",
                            (unsigned long long)sw_lattice_events(lattice));
    return status;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

void sort_numbers(double *numbers, size_t count) {
    qsort(numbers, count, sizeof *numbers, ascending);
}

int write_results(const char *folder, const char *name, json_t *results) {
    char path[4096], host[256] = "";
    gethostname(host, sizeof host - 1);
    json_t *object = json_pack("{ss ss ss so}", "version", sw_version(), "compiler", __VERSION__,
                               "host", host, "results", results);
    snprintf(path, sizeof path, "%s/bench-%s.json", folder, name);
    int failed = json_dump_file(object, path, JSON_INDENT(2));
    if (failed)
        fprintf(stderr, "bench: cannot write %s\n", path);
    json_decref(object);
    return failed;
}
