/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "diagrams/rows.h"

const sw_instrument *sw_diagrams_row(size_t index) {
    static const sw_instrument *const rows[] = {
        &sw_diagram_baur_glaessner, &sw_diagram_ellingham,
        &sw_diagram_equilibrium,    &sw_diagram_free_energy,
        &sw_diagram_partition,      &sw_diagram_predominance,
        &sw_diagram_volcano,        NULL,
    };
    size_t i = 0;
    while (i < index && rows[i] != NULL)
        i++;
    return rows[i];
}
