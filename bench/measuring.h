/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the benchmarks share: clocks and memory of this process, runs, results. */
#ifndef SPILLWAY_BENCH_MEASURING_H
#define SPILLWAY_BENCH_MEASURING_H

#include <spillway/spillway.h>

#include <jansson.h>

double user_seconds(void);      /* of processor time, the kernel's apart */
double clock_seconds(void);     /* of the wall */
double processor_seconds(void); /* user and system: first touch of memory is the kernel's work */
double resident_bytes(void);    /* now, without program files; 0 where the system does not tell */
double peak_bytes(void);        /* resident, since the process began */

/* Lets so many events happen; an error where the model comes to rest before. */
sw_status go_on(sw_lattice *lattice, uint64_t events, sw_error *error);

/* Sorts; the median lies in the middle, the range at the ends. */
void sort_numbers(double *numbers, size_t count);

/* Writes `results` (which it releases) with version, compiler and host to FOLDER/bench-NAME.json.
 * Not 0: it could not. */
int write_results(const char *folder, const char *name, json_t *results);

#endif
