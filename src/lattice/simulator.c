/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lattice simulator as the driver sees it. */
#include "lattice/simulator.h"

#include "lattice/saved_state.h"

/* ---- whole or in domains --------------------------------------------------------------------- */

const sw_lattice_model *sw_simulator_model(const sw_model *model, sw_error *error) {
    const sw_lattice_model *lattice = sw_model_lattice(model);
    if (!lattice)
        (void)sw_error_set(error, SW_ERROR_ARGUMENT, sw_model_name(model), NULL,
                           "the model is not for the lattice simulator");
    return lattice;
}

double sw_simulator_sites(const sw_lattice_model *model) {
    double sites = (double)model->frame.basis_sites;
    for (int d = 0; d < 3; d++)
        sites *= model->frame.size[d];
    return sites;
}

sw_status sw_simulator_end_table(sw_table **table, sw_status status, sw_error *error) {
    if (status == SW_OK)
        return SW_OK;
    sw_table_destroy(*table);
    *table = NULL;
    return status == SW_ERROR_MEMORY
               ? sw_error_set(error, status, "tables", NULL, "not enough memory for a table")
               : status;
}

sw_status sw_simulator_end_save(sw_status status, sw_error *error) {
    return status == SW_ERROR_MEMORY
               ? sw_error_set(error, status, "checkpoint", NULL, "not enough memory to save")
               : status;
}

/* ---- whole ----------------------------------------------------------------------------------- */

static sw_status create(void **state, const sw_model *model, uint64_t seed, sw_context *context,
                        sw_error *error) {
    const sw_lattice_model *lattice_model = sw_simulator_model(model, error);
    if (!lattice_model)
        return SW_ERROR_ARGUMENT;
    sw_lattice *lattice = NULL;
    sw_status status = sw_lattice_create(&lattice, lattice_model, seed, context, error);
    *state = lattice;
    return status;
}

static void destroy(void *state) {
    sw_lattice_destroy(state);
}

/* Arrays by site, and the memo. */
static sw_status estimate(size_t *bytes, const sw_model *model, sw_error *error) {
    const sw_lattice_model *lattice = sw_simulator_model(model, error);
    if (!lattice)
        return SW_ERROR_ARGUMENT;
    double sites = sw_simulator_sites(lattice);
    double classes = 1.0;
    for (size_t p = 0; p < lattice->processes && classes < SW_CLASS_LIMIT; p++)
        classes += lattice->process[p].gas_changes > 0         ? 2.0
                   : lattice->run.acceleration.scaling.present ? 1.0
                                                               : 0.0;
    double per_site = 48.0 + 18.0 * classes + 6.0 * (double)lattice->energetics.valence_terms;
    per_site += lattice->observe.tracers ? 24.0 : 0.0;
    double memo = 32.0 * sites * 8.0 * (1.0 + classes); /* at most 128 MB, see lattice.c */
    *bytes = (size_t)(sites * per_site + (memo < 0x1p27 ? memo : 0x1p27));
    return SW_OK;
}

static sw_status advance(void *state, sw_horizon horizon, bool *finished, sw_error *error) {
    sw_status status = sw_lattice_advance(state, horizon, finished, error);
    if (status == SW_OK && *finished)
        sw_lattice_explain_end(state);
    return status;
}

static double time_now(const void *state) {
    return sw_lattice_time(state);
}

static uint64_t events_now(const void *state) {
    return sw_lattice_events(state);
}

static sw_status describe_series(const void *state, sw_table *series) {
    return sw_series_describe(state, series);
}

static sw_status observe(void *state, sw_table *series, sw_error *error) {
    return sw_series_observe(state, series, error);
}

static sw_status snapshot(const void *state, sw_atoms **atoms, sw_error *error) {
    return sw_lattice_snapshot(state, atoms, error);
}

static sw_status table(const void *state, size_t index, const char **name, sw_table **made,
                       sw_error *error) {
    return sw_simulator_end_table(made, sw_lattice_table(state, index, name, made), error);
}

static size_t plots(const void *state, const sw_plot **list) {
    return sw_lattice_plots(state, list);
}

static sw_status save(const void *state, sw_bytes *bytes, sw_error *error) {
    return sw_simulator_end_save(sw_saved_state_write(state, bytes), error);
}

static sw_status restore(void *state, const void *bytes, size_t size, sw_error *error) {
    return sw_saved_state_read(state, bytes, size, error);
}

static uint64_t fingerprint(const void *state) {
    const sw_lattice *lattice = state;
    return lattice->fingerprint;
}

const sw_simulator *sw_lattice_simulator(void) {
    static const sw_simulator row = {
        .name = SW_LATTICE_SIMULATOR_NAME,
        .summary = "rejection-free kinetic Monte Carlo on a crystal frame",
        .create = create,
        .destroy = destroy,
        .estimate = estimate,
        .advance = advance,
        .time = time_now,
        .events = events_now,
        .describe_series = describe_series,
        .observe = observe,
        .snapshot = snapshot,
        .table = table,
        .plots = plots,
        .save = save,
        .restore = restore,
        .fingerprint = fingerprint,
    };
    return &row;
}
