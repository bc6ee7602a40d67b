/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The design of a sensitivity analysis: every run changes all rate constants at once, each up or
 * down by one step in ln k, in the pattern of a Hadamard matrix, and every pattern is run a second
 * time with all signs turned (Plackett and Burman, Biometrika 33, 305 (1946), folded over). With
 *
 *   D(row) = [ln y(row, +) - ln y(row, -)] / (2 step) = sum of sign(row, i) X(i) + noise
 *
 * every X = d ln y / d ln k is the mean of sign x D over all rows: each run serves every process,
 * so n processes cost n times less than one process at a time. Terms of second order in the steps
 * cancel between the two halves. The columns are dealt anew in every block, so what third order
 * leaves adds to the noise rather than to one process. The residual of the fit gives the interval.
 */
#ifndef SPILLWAY_RUN_SENSITIVITY_DESIGN_H
#define SPILLWAY_RUN_SENSITIVITY_DESIGN_H

#include <spillway/run.h>

typedef struct sw_design {
    size_t processes;
    size_t order; /* rows of a block: the power of two that is not below the processes */
    size_t blocks;
    uint32_t *column; /* [blocks][processes] */
} sw_design;

SW_MUST_USE sw_status sw_design_make(sw_design *design, size_t processes, size_t blocks,
                                     uint64_t seed);
void sw_design_clear(sw_design *design);
/* +1 or -1: which way a process goes in a row (0 to blocks x order), first half. */
int sw_design_sign(const sw_design *design, size_t row, size_t process);

/* X and the half-width of its 95 % interval for each process, from D of all rows. The freedom is
 * rows - processes and must be at least 1. *sum_spread is that of the sum of all X. */
void sw_design_fit(double *control, double *spread, double *sum_spread, const sw_design *design,
                   const double *difference);

#endif
