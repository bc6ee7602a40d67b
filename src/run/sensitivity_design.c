/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/sensitivity_design.h"

#include "base/memory.h"
#include "base/student.h"

#include <math.h>
#include <stdlib.h>

#define STREAM_DESIGN 71

/* A random choice of `count` columns of `order`, in random order (Fisher and Yates). */
static void deal(uint32_t *column, uint32_t *all, size_t count, size_t order, sw_random *random) {
    for (size_t i = 0; i < order; i++)
        all[i] = (uint32_t)i;
    for (size_t i = 0; i < count; i++) {
        size_t other = i + (size_t)(sw_random_uniform(random) * (double)(order - i));
        column[i] = all[other];
        all[other] = all[i];
    }
}

sw_status sw_design_make(sw_design *design, size_t processes, size_t blocks, uint64_t seed) {
    *design = (sw_design){.processes = processes, .order = 1, .blocks = blocks};
    while (design->order < processes)
        design->order *= 2;
    design->column = sw_allocate(blocks * processes, sizeof *design->column);
    uint32_t *all = sw_allocate(design->order, sizeof *all);
    sw_status status = design->column != NULL && all != NULL ? SW_OK : SW_ERROR_MEMORY;
    sw_random random = sw_random_create(seed, STREAM_DESIGN);
    for (size_t b = 0; b < blocks && status == SW_OK; b++)
        deal(design->column + b * processes, all, processes, design->order, &random);
    free(all);
    if (status != SW_OK)
        sw_design_clear(design);
    return status;
}

void sw_design_clear(sw_design *design) {
    free(design->column);
    *design = (sw_design){0};
}

/* Sylvester's matrix: the parity of the bits that row and column share. */
int sw_design_sign(const sw_design *design, size_t row, size_t process) {
    size_t block = row / design->order;
    uint32_t column = design->column[block * design->processes + process];
    return __builtin_parityll((row % design->order) & column) ? -1 : 1;
}

static double predicted(const sw_design *design, const double *control, size_t row) {
    double sum = 0;
    for (size_t p = 0; p < design->processes; p++)
        sum += sw_design_sign(design, row, p) * control[p];
    return sum;
}

void sw_design_fit(double *control, double *spread, double *sum_spread, const sw_design *design,
                   const double *difference) {
    size_t rows = design->order * design->blocks;
    double squares = 0;
    for (size_t p = 0; p < design->processes; p++) {
        double sum = 0;
        for (size_t row = 0; row < rows; row++)
            sum += sw_design_sign(design, row, p) * difference[row];
        control[p] = sum / (double)rows;
    }
    for (size_t row = 0; row < rows; row++) {
        double rest = difference[row] - predicted(design, control, row);
        squares += rest * rest;
    }
    size_t freedom = rows - design->processes;
    double width = sw_student_t95((double)freedom) * sqrt(squares / (double)freedom / (double)rows);
    for (size_t p = 0; p < design->processes; p++)
        spread[p] = width;
    *sum_spread = width * sqrt((double)design->processes);
}
