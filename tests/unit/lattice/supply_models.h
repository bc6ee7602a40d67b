/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Metal that holds hydrogen, and the water that is made with it. */
#ifndef SPILLWAY_TESTS_SUPPLY_MODELS_H
#define SPILLWAY_TESTS_SUPPLY_MODELS_H

#include "lattice_steps.h"
#include "oxide_models.h"

/* Metal atoms that stay where they are, in the middle of a closed frame. */
static inline void metal_model(oxide_model *m, int x, int y, int z, double radius,
                               double temperature) {
    static const bool closed[3] = {0};
    oxide_model_init(m, x, y, z, closed, temperature);
    oxide_model_gas(m, 2e4, 0.0, 100.0);
    oxide_model_void_rule(m);
    oxide_model_supply(m);
    if (radius > 0.0)
        oxide_model_fill(m, CATION, FE, radius);
    oxide_model_hop(m, ONLY(FE), CATION, 6.0); /* never within these tests */
}

/* Oxygen around the metal leaves as water with two atoms of the supply, and comes back. */
static inline void water_model(oxide_model *m, double barrier) {
    sw_process *water =
        oxide_model_process(m, "water", OXYGEN, 1, SW_KINETICS_BARRIER, 1e13, barrier);
    water->slot[0].before = ONLY(OX);
    water->slot[0].after_species = SW_EMPTY;
    water->conditions = 1; /* beside the metal */
    water->condition[0] = (sw_condition){.slot = 0,
                                         .species = METALS,
                                         .kinds = KIND(CATION),
                                         .distance = BOND,
                                         .minimum = 1,
                                         .maximum = 6};
    water->gas_changes = 2;
    water->gas_change[0] = (sw_gas_change){0, -1};
    water->gas_change[1] = (sw_gas_change){2, 1};
    water->supply_change = -2;
    water->reversible = true;
    water->spillover = true;
    oxide_model_spillover(m, 0.9, 1.2, 50);
    m->model.supply.bound_at_most = 6;
}

#endif
