/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/sorting.h"

#include <stdlib.h>

static int by_size(const void *a, const void *b) {
    double left = *(const double *)a, right = *(const double *)b;
    return left < right ? -1 : left > right;
}

void sw_sort_numbers(double *values, size_t count) {
    if (count > 0)
        qsort(values, count, sizeof *values, by_size);
}
