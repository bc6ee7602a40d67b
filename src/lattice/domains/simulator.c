/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Domains as the driver sees them: the lattice simulator with a few more columns. */
#include "lattice/simulator.h"
#include "lattice/domains/domains.h"

#include <math.h>

static sw_status create(void **state, const sw_model *model, uint64_t seed, sw_context *context,
                        sw_error *error) {
    const sw_lattice_model *lattice = sw_simulator_model(model, error);
    if (!lattice)
        return SW_ERROR_ARGUMENT;
    sw_domains *domains = NULL;
    sw_status status = sw_domains_create(&domains, lattice, seed, context, error);
    *state = domains;
    return status;
}

static void destroy(void *state) {
    sw_domains_destroy(state);
}

/* The whole without an engine, and beside it this process's share of what a serial run needs. */
static sw_status estimate(size_t *bytes, const sw_model *model, sw_error *error) {
    sw_status status = sw_lattice_simulator()->estimate(bytes, model, error);
    if (status != SW_OK)
        return status;
    sw_link link = sw_link_open();
    double sites = sw_simulator_sites(sw_model_lattice(model));
    *bytes = *bytes / (size_t)link.processes + (size_t)(16.0 * sites);
    return SW_OK;
}

static sw_status advance(void *state, sw_horizon horizon, bool *finished, sw_error *error) {
    return sw_domains_advance(state, horizon, finished, error);
}

static double time_now(const void *state) {
    return ((const sw_domains *)state)->time;
}

static uint64_t events_now(const void *state) {
    return ((const sw_domains *)state)->events;
}

/* ---- the series ------------------------------------------------------------------------------ */

static sw_status describe_series(const void *state, sw_table *series) {
    const sw_domains *domains = state;
    sw_status status = sw_series_describe(domains->whole, series);
    if (status == SW_OK)
        status = sw_table_add_column(series, "sweeps", "");
    if (status == SW_OK)
        status = sw_table_add_column(series, "turn", "s");
    return status == SW_OK ? sw_table_add_column(series, "bias estimate", "") : status;
}

static sw_status observe(void *state, sw_table *series, sw_error *error) {
    sw_domains *domains = state;
    sw_status status = sw_domains_look(domains, error);
    if (status == SW_OK)
        status = sw_series_observe(domains->whole, series, error);
    if (status != SW_OK)
        return status;
    size_t row = sw_table_rows(series) - 1, column = sw_table_columns(series) - 3;
    sw_table_numbers(series, column)[row] = (double)domains->sweeps;
    sw_table_numbers(series, column + 1)[row] = domains->sweeps ? domains->turn : NAN;
    sw_table_numbers(series, column + 2)[row] = sw_domains_bias(domains);
    return SW_OK;
}

/* ---- at the end ------------------------------------------------------------------------------ */

/* The whole is brought up to date for whoever looks; the run itself stays as it is. */
static sw_status look(const void *state, sw_error *error) {
    return sw_domains_look((sw_domains *)(uintptr_t)state, error);
}

static sw_status snapshot(const void *state, sw_atoms **atoms, sw_error *error) {
    const sw_domains *domains = state;
    sw_status status = look(state, error);
    return status == SW_OK ? sw_lattice_snapshot(domains->whole, atoms, error) : status;
}

static sw_status fill_domain_table(const sw_domains *domains, sw_table *table) {
    static const char *const names[] = {"domain", "sites", "events", "running", "passing on"};
    static const char *const units[] = {"", "", "", "s", "s"};
    sw_status status = SW_OK;
    for (size_t c = 0; c < 5 && status == SW_OK; c++)
        status = sw_table_add_column(table, names[c], units[c]);
    for (int n = 0; n < domains->grid.count && status == SW_OK; n++) {
        const sw_tally *tally = &domains->tally[n];
        sw_block block = sw_grid_block(&domains->grid, n);
        sw_box owned = sw_block_owned(&block);
        size_t row;
        status = sw_table_add_row(table, &row);
        if (status != SW_OK)
            return status;
        const double values[] = {n, (double)sw_box_cells(&owned) * domains->grid.basis_sites,
                                 (double)tally->events, tally->running, tally->passing};
        for (size_t c = 0; c < 5; c++)
            sw_table_numbers(table, c)[row] = values[c];
    }
    return status;
}

/* Its own table first, then those of the lattice. */
static sw_status table(const void *state, size_t index, const char **name, sw_table **made,
                       sw_error *error) {
    const sw_domains *domains = state;
    sw_status status = SW_OK;
    *made = NULL;
    if (index == 0) {
        *name = "domains";
        status = look(state, error);
        if (status == SW_OK)
            status = sw_table_create(made);
        if (status == SW_OK)
            status = fill_domain_table(domains, *made);
    } else {
        status = sw_lattice_table(domains->whole, index - 1, name, made);
    }
    return sw_simulator_end_table(made, status, error);
}

static size_t plots(const void *state, const sw_plot **list) {
    return sw_lattice_plots(((const sw_domains *)state)->whole, list);
}

static sw_status save(const void *state, sw_bytes *bytes, sw_error *error) {
    sw_domains *domains = (sw_domains *)(uintptr_t)state;
    return sw_simulator_end_save(sw_domains_save(domains, bytes, error), error);
}

static sw_status restore(void *state, const void *bytes, size_t size, sw_error *error) {
    return sw_domains_restore(state, bytes, size, error);
}

static uint64_t fingerprint(const void *state) {
    const sw_domains *domains = state;
    uint64_t mixed = 0;
    for (int n = 0; n < domains->grid.count; n++) {
        mixed = (mixed ^ domains->tally[n].fingerprint) * 0x9e3779b97f4a7c15ULL;
        mixed ^= mixed >> 29;
    }
    return mixed;
}

bool sw_lattice_is_cut(const sw_lattice_model *model) {
    const int *domains = model->run.domains;
    return domains[0] > 1 || domains[1] > 1 || domains[2] > 1;
}

const sw_simulator *sw_lattice_domains_simulator(void) {
    static const sw_simulator row = {
        .name = SW_LATTICE_SIMULATOR_NAME,
        .summary = "the lattice simulator on several processors",
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
