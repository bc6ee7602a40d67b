/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "diagrams/rows.h"

const sw_instrument *sw_diagrams_row(size_t index) {
    static const sw_instrument *const rows[] = {
        &diagram_baur_glaessner, &diagram_ellingham,    &diagram_equilibrium, &diagram_free_energy,
        &diagram_partition,      &diagram_predominance, &diagram_volcano,     NULL,
    };
    size_t i = 0;
    while (rows[i] != NULL && i < index)
        i++;
    return rows[i];
}
