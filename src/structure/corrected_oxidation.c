/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/corrected_oxidation.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

sw_status sw_corrected_oxidation_create(sw_corrected_oxidation *corrected, size_t count) {
    memset(corrected, 0, sizeof *corrected);
    corrected->count = count;
    corrected->degree = sw_allocate(count, sizeof *corrected->degree);
    corrected->fraction = sw_allocate(count, sizeof *corrected->fraction);
    return corrected->degree && corrected->fraction ? SW_OK : SW_ERROR_MEMORY;
}

void sw_corrected_oxidation_clear(sw_corrected_oxidation *corrected) {
    free(corrected->degree);
    free(corrected->fraction);
    memset(corrected, 0, sizeof *corrected);
}

sw_oxidation_means sw_corrected_means(const sw_corrected_oxidation *corrected,
                                      const sw_oxidation *oxidation) {
    double degrees = 0.0, fractions = 0.0;
    size_t with_fraction = 0;
    for (size_t i = 0; i < corrected->count; i++) {
        double fraction = corrected->fraction[i];
        if (oxidation->surface[i])
            continue;
        degrees += corrected->degree[i];
        fractions += isnan(fraction) ? 0.0 : fraction;
        with_fraction += isnan(fraction) ? 0 : 1;
    }
    return (sw_oxidation_means){degrees / (double)oxidation->bulk,
                                fractions / (double)with_fraction};
}
