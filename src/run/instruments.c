/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The registries of instruments, fits and diagrams: the lists of the rooms, one after the other. */
#include "run/powder_fit.h"

#include <spillway/curves.h>
#include <spillway/diagrams.h>
#include <spillway/run.h>
#include <spillway/structure.h>

#include <string.h>

typedef const sw_instrument *(*instrument_list)(size_t index);

static const instrument_list measuring[] = {sw_structure_instrument, sw_curves_instrument, NULL};
static const instrument_list fitting[] = {sw_curves_fit, sw_run_fit, NULL};
static const instrument_list drawing[] = {sw_diagrams_row, NULL};

static const sw_instrument *at(const instrument_list *lists, size_t index) {
    for (; *lists != NULL; lists++)
        for (size_t i = 0; (*lists)(i) != NULL; i++)
            if (index-- == 0)
                return (*lists)(i);
    return NULL;
}

static size_t count(const instrument_list *lists) {
    size_t found = 0;
    while (at(lists, found) != NULL)
        found++;
    return found;
}

static const sw_instrument *find(const instrument_list *lists, const char *name) {
    const sw_instrument *instrument;
    for (size_t i = 0; (instrument = at(lists, i)) != NULL; i++)
        if (strcmp(instrument->name, name) == 0)
            return instrument;
    return NULL;
}

const sw_instrument *sw_instrument_at(size_t index) {
    return at(measuring, index);
}

size_t sw_instrument_count(void) {
    return count(measuring);
}

const sw_instrument *sw_instrument_find(const char *name) {
    return find(measuring, name);
}

const sw_instrument *sw_fit_at(size_t index) {
    return at(fitting, index);
}

size_t sw_fit_count(void) {
    return count(fitting);
}

const sw_instrument *sw_fit_find(const char *name) {
    return find(fitting, name);
}

const sw_instrument *sw_diagram_at(size_t index) {
    return at(drawing, index);
}

size_t sw_diagram_count(void) {
    return count(drawing);
}

const sw_instrument *sw_diagram_find(const char *name) {
    return find(drawing, name);
}
