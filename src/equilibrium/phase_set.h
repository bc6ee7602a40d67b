/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A set of phases with amounts, and Newton's method for its equilibrium. */
#ifndef EQUILIBRIUM_PHASE_SET_H
#define EQUILIBRIUM_PHASE_SET_H

#include "equilibrium/simplex.h"

#include <stdint.h>

struct sw_phase_set {
    double potential[SW_SYSTEM_ELEMENTS];
    bool gas;
    double gas_amount;
    double fraction[SW_SYSTEM_PHASES]; /* of the gases at these potentials, normalised */
    double gas_log;                    /* ln of the sum of their pressures over the pressure */
    size_t pures;
    size_t pure[SW_SYSTEM_ELEMENTS]; /* columns */
    double pure_amount[SW_SYSTEM_ELEMENTS];
    size_t solutions;
    struct sw_present {
        size_t index; /* in the problem */
        struct sw_equilibrium_composition at;
        double amount;
    } solution[SW_SYSTEM_ELEMENTS];
    /* What was dropped last, a column or a solution, which is not to come back at once; or NONE. */
    size_t dropped_pure, dropped_solution;
};
#define NONE SIZE_MAX
#define PHASE_SET_DRIVE 1e-9 /* kT: what a driving force may be above zero */

/* The set that a basis stands for: gas columns are one gas, neighbouring points of a solution one
 * phase, unless they are to be kept `apart` (a miscibility gap may be narrow); potentials by the
 * tangents at the sums. */
SW_MUST_USE sw_status sw_phase_set_from_basis(struct sw_phase_set *set, bool apart,
                                              const struct sw_simplex *simplex,
                                              const struct sw_problem *problem, sw_error *error);

/* Of an element that the gas alone holds, as a trace, a basis tells no potential, having too few
 * digits of it: that one at which no gas would hold more of it than there is. */
void sw_phase_set_estimate_gas_traces(struct sw_phase_set *set, const struct sw_problem *problem);

/*
 * Newton's method on: elements balance, gas pressures sum to the pressure, pure phases and
 * solutions touch the plane of the potentials. *converged is false where it does not get there;
 * amounts may come out negative. O((elements + phases)^3) a step.
 */
SW_MUST_USE sw_status sw_phase_set_equilibrate(struct sw_phase_set *set, bool *converged,
                                               const struct sw_problem *problem, sw_error *error);
/* Takes out the phase with the most negative amount; false where there is none. */
bool sw_phase_set_drop_negative(struct sw_phase_set *set);
/* Takes out the condensed phase of which there is least; false where there is none. */
bool sw_phase_set_drop_least(struct sw_phase_set *set, const struct sw_problem *problem);

/* Takes in the phase with the largest driving force but the one dropped last; where the phase rule
 * has no room for one more, for the one that it uses up first. */
SW_MUST_USE sw_status sw_phase_set_add_violated(struct sw_phase_set *set, bool *added,
                                                const struct sw_problem *problem, sw_error *error);

/* Whether it is the equilibrium: driving forces, balance, signs, as sw_equilibrium_find promises.
 */
SW_MUST_USE sw_status sw_phase_set_certify(bool *certified, struct sw_phase_set *set,
                                           const struct sw_problem *problem, sw_error *error);

#endif
