/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The registry of simulators: one row each. */
#include <spillway/diffusion.h>
#include <spillway/lattice.h>
#include <spillway/powder.h>
#include <spillway/run.h>

#include <string.h>

typedef const sw_simulator *(*simulator_row)(void);

static const simulator_row rows[] = {sw_lattice_simulator, sw_powder_simulator,
                                     sw_diffusion_simulator};

size_t sw_simulator_count(void) {
    return sizeof rows / sizeof rows[0];
}

const sw_simulator *sw_simulator_at(size_t index) {
    return index < sw_simulator_count() ? rows[index]() : NULL;
}

const sw_simulator *sw_simulator_find(const char *name) {
    for (size_t i = 0; name != NULL && i < sw_simulator_count(); i++)
        if (strcmp(sw_simulator_at(i)->name, name) == 0)
            return sw_simulator_at(i);
    return NULL;
}
