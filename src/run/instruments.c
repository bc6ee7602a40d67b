/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The registries of instruments, fits and diagrams: the lists of the rooms, one after the other. */
#include "run/powder_fit.h"

#include <spillway/curves.h>
#include <spillway/diagrams.h>
#include <spillway/run.h>
#include <spillway/structure.h>

#include <string.h>

typedef const sw_instrument *(*instrument_list)(size_t index);

static const instrument_list lists[SW_REGISTRIES][3] = {
    [SW_INSTRUMENTS] = {sw_structure_instrument, sw_curves_instrument},
    [SW_FITS] = {sw_curves_fit, sw_run_fit},
    [SW_DIAGRAMS] = {sw_diagrams_row},
};

const sw_instrument *sw_registry_at(sw_registry registry, size_t index) {
    for (const instrument_list *list = lists[registry]; *list != NULL; list++)
        for (size_t i = 0; (*list)(i) != NULL; i++)
            if (index-- == 0)
                return (*list)(i);
    return NULL;
}

size_t sw_registry_count(sw_registry registry) {
    size_t count = 0;
    while (sw_registry_at(registry, count) != NULL)
        count++;
    return count;
}

const sw_instrument *sw_registry_find(sw_registry registry, const char *name) {
    const sw_instrument *instrument;
    for (size_t i = 0; (instrument = sw_registry_at(registry, i)) != NULL; i++)
        if (strcmp(instrument->name, name) == 0)
            return instrument;
    return NULL;
}
