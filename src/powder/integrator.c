/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "powder/integrator.h"

#include "base/memory.h"
#include "powder/jacobian.h"
#include "powder/programme.h"

#include <math.h>
#include <nvector/nvector_serial.h>
#include <stdlib.h>
#include <string.h>
#include <sunlinsol/sunlinsol_band.h>
#include <sunmatrix/sunmatrix_band.h>

#define ABSOLUTE 1e-9    /* of every state, all of which are of the order of 1 */
#define MOST_FAILURES 40 /* of a step that is tried again, shorter */
#define FOREVER 1e9      /* s */
#define MOST_STEPS 2000000

static int rates(realtype time, N_Vector state, N_Vector rate, void *user) {
    sw_powder_integrator *integrator = user;
    sw_powder_coefficients_make(&integrator->coefficients, integrator->compiled, integrator->leg,
                                time);
    sw_powder_rates(N_VGetArrayPointer(rate), N_VGetArrayPointer(state), integrator->compiled,
                    &integrator->coefficients);
    const double *made = N_VGetArrayPointer(rate);
    for (size_t i = 0; i < integrator->compiled->size; i++)
        if (!isfinite(made[i]))
            return 1; /* the step is tried again, shorter */
    return 0;
}

static int jacobian(realtype time, N_Vector state, N_Vector rate, SUNMatrix matrix, void *user,
                    N_Vector a, N_Vector b, N_Vector c) {
    sw_powder_integrator *integrator = user;
    (void)a, (void)b, (void)c;
    sw_powder_coefficients_make(&integrator->coefficients, integrator->compiled, integrator->leg,
                                time);
    sw_powder_jacobian(matrix, N_VGetArrayPointer(state), N_VGetArrayPointer(rate),
                       integrator->compiled, &integrator->coefficients, integrator->weight,
                       integrator->weight + integrator->compiled->size);
    return 0;
}

/* Its messages go nowhere: failures come back as errors. */
static void be_silent(int code, const char *module, const char *function,
                      char *message, /* NOLINT(readability-non-const-parameter): CVODE's type */
                      void *user) {
    (void)code, (void)module, (void)function, (void)message, (void)user;
}

static bool connect(sw_powder_integrator *made) {
    sunindextype band = (sunindextype)made->compiled->cell_size;
    void *memory = made->memory;
    double tolerance = made->compiled->model->tolerance;
    return CVodeSetErrHandlerFn(memory, be_silent, NULL) == CV_SUCCESS &&
           CVodeInit(memory, rates, 0, made->state) == CV_SUCCESS &&
           CVodeSStolerances(memory, tolerance, ABSOLUTE) == CV_SUCCESS &&
           CVodeSetUserData(memory, made) == CV_SUCCESS &&
           CVodeSetMaxErrTestFails(memory, MOST_FAILURES) == CV_SUCCESS &&
           CVodeSetMaxConvFails(memory, MOST_FAILURES) == CV_SUCCESS &&
           CVodeSetMaxNumSteps(memory, -1) == CV_SUCCESS &&
           (made->matrix = SUNBandMatrix((sunindextype)made->compiled->size, band, band,
                                         made->context)) != NULL &&
           (made->solver = SUNLinSol_Band(made->state, made->matrix, made->context)) != NULL &&
           CVodeSetLinearSolver(memory, made->solver, made->matrix) == CV_SUCCESS &&
           CVodeSetJacFn(memory, jacobian) == CV_SUCCESS;
}

sw_status sw_powder_integrator_create(sw_powder_integrator *made,
                                      const sw_powder_compiled *compiled, sw_error *error) {
    *made = (sw_powder_integrator){.compiled = compiled, .coefficients.time = (double)NAN};
    sunindextype size = (sunindextype)compiled->size;
    made->weight = sw_allocate(3 * compiled->size, sizeof *made->weight);
    if (made->weight)
        sw_powder_oxygen_weights(made->weight, compiled);
    if (made->weight && SUNContext_Create(NULL, &made->context) == 0 &&
        (made->state = N_VNew_Serial(size, made->context)) != NULL &&
        (made->output = N_VNew_Serial(size, made->context)) != NULL &&
        (made->memory = CVodeCreate(CV_BDF, made->context)) != NULL) {
        memset(N_VGetArrayPointer(made->state), 0, compiled->size * sizeof(double));
        if (connect(made))
            return SW_OK;
    }
    sw_powder_integrator_clear(made);
    return sw_error_set(error, SW_ERROR_MEMORY, "powder", "take fewer cells or bins",
                        "no memory to integrate %zu states", compiled->size);
}

void sw_powder_integrator_clear(sw_powder_integrator *made) {
    if (made->memory)
        CVodeFree(&made->memory);
    if (made->solver)
        SUNLinSolFree(made->solver);
    if (made->matrix)
        SUNMatDestroy(made->matrix);
    if (made->output)
        N_VDestroy(made->output);
    if (made->state)
        N_VDestroy(made->state);
    if (made->context)
        SUNContext_Free(&made->context);
    free(made->weight);
    *made = (sw_powder_integrator){0};
}

static sw_status fail(const sw_powder_integrator *made, int flag, sw_error *error) {
    char *name = CVodeGetReturnFlagName(flag);
    sw_status status =
        sw_error_set(error, SW_ERROR_NUMERIC, "powder",
                     "try a smaller run.tolerance; a rate may be far beyond the others",
                     "the integrator stopped at %g s: %s", made->time, name ? name : "?");
    free(name);
    return status;
}

sw_status sw_powder_integrator_begin(sw_powder_integrator *made, double time, const double *state,
                                     sw_error *error) {
    if (state != N_VGetArrayPointer(made->state))
        memcpy(N_VGetArrayPointer(made->state), state, made->compiled->size * sizeof *state);
    /* the last leg never ends; a stop that lies far away stands for none */
    made->leg = sw_powder_programme_leg(made->compiled->model, time, &made->next);
    double stop = isfinite(made->next) ? made->next : time + FOREVER;
    made->corner = made->time = time;
    made->coefficients.time = (double)NAN;
    int flag = CVodeReInit(made->memory, time, made->state);
    if (flag == CV_SUCCESS)
        flag = CVodeSetStopTime(made->memory, stop);
    return flag == CV_SUCCESS ? SW_OK : fail(made, flag, error);
}

sw_status sw_powder_integrator_step(sw_powder_integrator *made, sw_error *error) {
    if (made->time >= made->next) {
        sw_status status =
            sw_powder_integrator_begin(made, made->next, N_VGetArrayPointer(made->state), error);
        if (status != SW_OK)
            return status;
    }
    double reached = made->time;
    double goal = isfinite(made->next) ? made->next : made->corner + FOREVER;
    int flag = CVode(made->memory, goal, made->state, &reached, CV_ONE_STEP);
    if (flag < 0 || made->steps >= MOST_STEPS)
        return fail(made, flag < 0 ? flag : CV_TOO_MUCH_WORK, error);
    made->time = flag == CV_TSTOP_RETURN ? made->next : reached;
    made->steps++;
    return SW_OK;
}

sw_status sw_powder_integrator_at(sw_powder_integrator *made, const double **state, double time,
                                  sw_error *error) {
    *state = N_VGetArrayPointer(made->state);
    if (time >= made->time || made->time == made->corner)
        return SW_OK;
    int flag = CVodeGetDky(made->memory, time, 0, made->output);
    *state = N_VGetArrayPointer(made->output);
    return flag == CV_SUCCESS ? SW_OK : fail(made, flag, error);
}

const double *sw_powder_integrator_state(const sw_powder_integrator *made) {
    return N_VGetArrayPointer(made->state);
}
