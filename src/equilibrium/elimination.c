/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "equilibrium/elimination.h"

#include <math.h>

static void exchange_rows(double *one, double *other, size_t length) {
    for (size_t j = 0; j < length; j++) {
        const double held = one[j];
        one[j] = other[j];
        other[j] = held;
    }
}

static void subtract(double *restrict row, const double *restrict other, double factor, size_t from,
                     size_t end) {
    for (size_t j = from; j < end; j++)
        row[j] -= factor * other[j];
}

bool sw_eliminate(double *matrix, size_t n, size_t stride, double singular) {
    for (size_t k = 0; k < n; k++) {
        double *row = matrix + k * stride;
        size_t best = k;
        for (size_t i = k + 1; i < n; i++)
            if (fabs(matrix[i * stride + k]) > fabs(matrix[best * stride + k]))
                best = i;
        if (!(fabs(matrix[best * stride + k]) > singular))
            return false;
        if (best != k)
            exchange_rows(row, matrix + best * stride, n + 1);
        for (size_t i = k + 1; i < n; i++)
            if (matrix[i * stride + k] != 0.0)
                subtract(matrix + i * stride, row, matrix[i * stride + k] / row[k], k + 1, n + 1);
    }
    for (size_t k = n; k-- > 0;) {
        double *row = matrix + k * stride;
        for (size_t j = k + 1; j < n; j++)
            row[n] -= row[j] * matrix[j * stride + n];
        row[n] /= row[k];
    }
    return true;
}
