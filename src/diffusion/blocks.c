/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "diffusion/blocks.h"

#include <math.h>

static void swap_rows(double *a, double *b, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const double kept = a[i];
        a[i] = b[i];
        b[i] = kept;
    }
}

/* Row i of all three, less factor times row k. */
static void take_off(double *matrix, double *columns, double *vector, size_t size, size_t i,
                     size_t k) {
    const double factor = matrix[i * size + k];
    for (size_t j = k; j < size; j++)
        matrix[i * size + j] -= factor * matrix[k * size + j];
    for (size_t j = 0; columns && j < size; j++)
        columns[i * size + j] -= factor * columns[k * size + j];
    vector[i] -= factor * vector[k];
}

/* Brings the largest number of column k at or below row k to row k, and makes it 1. */
static bool pivot_on(double *matrix, double *columns, double *vector, size_t size, size_t k) {
    size_t pivot = k;
    for (size_t i = k + 1; i < size; i++)
        if (fabs(matrix[i * size + k]) > fabs(matrix[pivot * size + k]))
            pivot = i;
    const double value = matrix[pivot * size + k];
    if (!(fabs(value) > 0.0) || !isfinite(value))
        return false;
    swap_rows(&matrix[k * size], &matrix[pivot * size], size);
    swap_rows(&vector[k], &vector[pivot], 1);
    for (size_t j = k; j < size; j++)
        matrix[k * size + j] /= value;
    vector[k] /= value;
    if (!columns)
        return true;
    swap_rows(&columns[k * size], &columns[pivot * size], size);
    for (size_t j = 0; j < size; j++)
        columns[k * size + j] /= value;
    return true;
}

/* matrix^-1 times both `columns` [size][size] (NULL: none) and `vector` [size], in their place. */
static bool divide(double *matrix, double *columns, double *vector, size_t size) {
    for (size_t k = 0; k < size; k++) {
        if (!pivot_on(matrix, columns, vector, size, k))
            return false;
        for (size_t i = 0; i < size; i++)
            if (i != k)
                take_off(matrix, columns, vector, size, i, k);
    }
    return true;
}

/* to -= block times from, of `width` columns. */
static void subtract(double *to, const double *block, const double *from, size_t size,
                     size_t width) {
    for (size_t i = 0; i < size; i++)
        for (size_t k = 0; k < size; k++)
            for (size_t j = 0; j < width; j++)
                to[i * width + j] -= block[i * size + k] * from[k * width + j];
}

bool sw_blocks_solve(sw_blocks *blocks) {
    const size_t m = blocks->size, square = m * m;
    for (size_t i = 0; i < blocks->cells; i++) {
        double *diagonal = &blocks->diagonal[i * square], *right = &blocks->right[i * m];
        if (i > 0) {
            const double *lower = &blocks->lower[i * square];
            subtract(diagonal, lower, &blocks->upper[(i - 1) * square], m, m);
            subtract(right, lower, &blocks->right[(i - 1) * m], m, 1);
        }
        double *upper = i + 1 < blocks->cells ? &blocks->upper[i * square] : NULL;
        if (!divide(diagonal, upper, right, m))
            return false;
    }
    for (size_t i = blocks->cells - 1; i-- > 0;)
        subtract(&blocks->right[i * m], &blocks->upper[i * square], &blocks->right[(i + 1) * m], m,
                 1);
    return true;
}
