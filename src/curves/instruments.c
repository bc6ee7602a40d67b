/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "curves/instruments.h"

static const sw_instrument *const instruments[] = {
    &sw_instrument_alloy_composition, &sw_instrument_kinetics,   &sw_instrument_tga,
    &sw_instrument_xrd_peaks,         &sw_instrument_xrd_phases, NULL,
};

static const sw_instrument *const fits[] = {&sw_fit_kinetics, NULL};

static const sw_instrument *row(const sw_instrument *const *rows, size_t index) {
    for (; *rows != NULL; rows++)
        if (index-- == 0)
            return *rows;
    return NULL;
}

const sw_instrument *sw_curves_instrument(size_t index) {
    return row(instruments, index);
}

const sw_instrument *sw_curves_fit(size_t index) {
    return row(fits, index);
}
