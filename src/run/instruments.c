/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The registry of instruments: the lists of the rooms that measure, one after the other. */
#include <spillway/run.h>
#include <spillway/structure.h>

#include <string.h>

typedef const sw_instrument *(*instrument_list)(size_t index);

static const instrument_list lists[] = {sw_structure_instrument};

const sw_instrument *sw_instrument_at(size_t index) {
    for (size_t l = 0; l < sizeof lists / sizeof lists[0]; l++)
        for (size_t i = 0; lists[l](i) != NULL; i++)
            if (index-- == 0)
                return lists[l](i);
    return NULL;
}

size_t sw_instrument_count(void) {
    size_t count = 0;
    while (sw_instrument_at(count) != NULL)
        count++;
    return count;
}

const sw_instrument *sw_instrument_find(const char *name) {
    const sw_instrument *instrument;
    for (size_t i = 0; (instrument = sw_instrument_at(i)) != NULL; i++)
        if (strcmp(instrument->name, name) == 0)
            return instrument;
    return NULL;
}
