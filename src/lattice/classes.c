/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lattice/scaling.h"

#include <math.h>
#include <string.h>

/* Atoms of the supply and molecules of its gas in one process are the same atoms: the inventory
 * stands for the gas there. */
static sw_class class_of(const sw_lattice *lattice, size_t index, bool reverse) {
    const sw_lattice_model *model = lattice->model;
    const sw_process *process = &model->process[index];
    sw_class class = {.field = process->spillover,
                      .shared = process->supply_change != 0,
                      .scaled = sw_scaling_of_process(lattice, index)};
    for (size_t g = 0; g < process->gas_changes; g++) {
        int made = process->gas_change[g].change * (reverse ? -1 : 1);
        if (made < 0)
            class.power[process->gas_change[g].gas] = (uint8_t)(-made);
    }
    int given = process->supply_change * (reverse ? -1 : 1);
    if (given < 0) {
        class.supply = (uint8_t)(-given);
        class.molecules = class.power[model->supply.gas];
        class.power[model->supply.gas] = 0;
    }
    return class;
}

sw_status sw_classes_assign(sw_lattice *lattice, sw_error *error) {
    for (size_t p = 0; p < lattice->patterns.count; p++) {
        sw_pattern *pattern = &lattice->patterns.list[p];
        sw_class class = class_of(lattice, pattern->process, pattern->reverse);
        size_t c = 0;
        while (c < lattice->classes && memcmp(&lattice->class[c], &class, sizeof class) != 0)
            c++;
        if (c == SW_CLASS_LIMIT)
            return sw_error_set(error, SW_ERROR_UNSUPPORTED, "processes",
                                "let processes share gas dependences, or name fewer "
                                "under run.acceleration.scaling.processes",
                                "processes depend on the gas and on scale factors in more than "
                                "%d ways",
                                SW_CLASS_LIMIT);
        if (c == lattice->classes)
            lattice->class[lattice->classes++] = class;
        pattern->class = (uint8_t)c;
    }
    return SW_OK;
}

double sw_class_activity(const sw_lattice *lattice, size_t class) {
    size_t scaled = lattice->class[class].scaled;
    double activity = scaled ? lattice->scaling->pair[scaled - 1].factor : 1.0;
    for (size_t g = 0; g < lattice->model->gas.species; g++)
        for (int n = 0; n < lattice->class[class].power[g]; n++)
            activity *= lattice->pressure[g] / SW_STANDARD_PRESSURE;
    return activity;
}
