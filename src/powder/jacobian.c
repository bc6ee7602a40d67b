/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "powder/jacobian.h"

#include <math.h>
#include <sunmatrix/sunmatrix_band.h>

#define STEP 1.5e-8 /* root of the precision of a double */
#define LEAST 1e-2  /* size below which a state is stepped as if it had this */

void sw_powder_oxygen_weights(double *weight, const sw_powder_compiled *compiled) {
    double concentration = compiled->concentration / compiled->oxygen;
    double cells = (double)compiled->cells, bins = (double)compiled->bins;
    for (size_t i = 0; i < compiled->size; i++)
        weight[i] = 0;
    weight[SW_STATE_OUT] = 1;
    weight[SW_STATE_STREAM + SW_CELL_H2O] = concentration * compiled->model->bed.volume;
    for (size_t c = 0; c < compiled->cells; c++) {
        double *cell = weight + sw_powder_cell(compiled, c);
        cell[SW_CELL_H2O] = concentration * compiled->void_volume;
        cell[SW_CELL_NIO] = compiled->nickel / cells / compiled->oxygen;
        for (size_t b = 0; b < compiled->bins; b++)
            for (size_t front = 0; front < SW_FRONTS; front++)
                cell[SW_CELL_BINS + b * SW_BIN_SIZE + front] = compiled->iron / (cells * bins) *
                                                               sw_powder_oxygen_step[front] /
                                                               compiled->oxygen;
    }
}

static double step_of(double value) {
    return STEP * fmax(fabs(value), LEAST);
}

/* The state that takes what a column is off: the water of its cell, or of the stream. */
static size_t water_beside(const sw_powder_compiled *compiled, size_t column) {
    if (column < SW_STATE_CELLS)
        return SW_STATE_STREAM + SW_CELL_H2O;
    size_t cell = (column - SW_STATE_CELLS) / compiled->cell_size;
    return sw_powder_cell(compiled, cell) + SW_CELL_H2O;
}

static void fill_column(double *column, const double *changed, const double *rate, double step,
                        size_t first, size_t end) {
    for (size_t i = first; i < end; i++)
        column[(ptrdiff_t)i] = (changed[i] - rate[i]) / step;
}

static void conserve(double *column, const double *weight, size_t first, size_t end, size_t water) {
    double off = 0;
    for (size_t i = first; i < end; i++)
        off += weight[i] * column[(ptrdiff_t)i];
    column[(ptrdiff_t)water] -= off / weight[water];
}

void sw_powder_jacobian(SUNMatrix matrix, const double *state, const double *rate,
                        const sw_powder_compiled *compiled, const sw_powder_coefficients *now,
                        const double *weight, double *work) {
    size_t size = compiled->size, band = compiled->cell_size, width = 2 * band + 1;
    double *moved = work, *changed = work + size;
    for (size_t i = 0; i < size; i++)
        moved[i] = state[i];
    for (size_t group = 0; group < width && group < size; group++) {
        for (size_t j = group; j < size; j += width)
            moved[j] = state[j] + step_of(state[j]);
        sw_powder_rates(changed, moved, compiled, now);
        for (size_t j = group; j < size; j += width) {
            size_t first = j > band ? j - band : 0, end = j + band + 1 < size ? j + band + 1 : size;
            /* element (i, j) of a band matrix is column[i] */
            double *column = SUNBandMatrix_Column(matrix, (sunindextype)j) - (ptrdiff_t)j;
            fill_column(column, changed, rate, moved[j] - state[j], first, end);
            conserve(column, weight, first, end, water_beside(compiled, j));
            moved[j] = state[j];
        }
    }
}
