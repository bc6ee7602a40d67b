/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Steps of SUNDIALS' CVODE (backward differences, banded Jacobian; Hindmarsh et al., ACM Trans.
 * Math. Softw. 31, 363 (2005)). It begins anew at every corner of the programme and nowhere else,
 * and its steps depend on nothing but the state there: a saved run keeps the state at its last
 * corner and repeats the steps.
 */
#ifndef SPILLWAY_POWDER_INTEGRATOR_H
#define SPILLWAY_POWDER_INTEGRATOR_H

#include "powder/rates.h"

#include <cvode/cvode.h>
#include <sundials/sundials_linearsolver.h>

typedef struct sw_powder_integrator {
    const sw_powder_compiled *compiled;
    sw_powder_coefficients coefficients;
    SUNContext context;
    void *memory;
    N_Vector state, output;
    SUNMatrix matrix;
    SUNLinearSolver solver;
    double *weight; /* [3 size]: oxygen in each state, then work of the Jacobian */
    size_t leg;
    double corner, next; /* s: where the leg began and ends */
    double time;         /* s: of the last step */
    uint64_t steps;      /* from the start of the run */
} sw_powder_integrator;

SW_MUST_USE sw_status sw_powder_integrator_create(sw_powder_integrator *made,
                                                  const sw_powder_compiled *compiled,
                                                  sw_error *error);
void sw_powder_integrator_clear(sw_powder_integrator *made);
/* Begins at a corner (or at 0) with a state. */
SW_MUST_USE sw_status sw_powder_integrator_begin(sw_powder_integrator *made, double time,
                                                 const double *state, sw_error *error);
/* One step, across a corner where one has been reached. */
SW_MUST_USE sw_status sw_powder_integrator_step(sw_powder_integrator *made, sw_error *error);
/* The state at a time within the last step; the integrator's memory, until the next call. */
SW_MUST_USE sw_status sw_powder_integrator_at(sw_powder_integrator *made, const double **state,
                                              double time, sw_error *error);
/* The state and its rates at the last step. */
const double *sw_powder_integrator_state(const sw_powder_integrator *made);

#endif
