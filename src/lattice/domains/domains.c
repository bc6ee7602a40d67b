/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the first process does, and has the others do. */
#include "lattice/domains/command.h"

#include "base/memory.h"
#include "lattice/observer.h"
#include "lattice/packed/packed.h"
#include "lattice/saved_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LAYOUT 1u
#define FEW_EVENTS 10.0        /* of a domain in a turn: telling the neighbours takes longer */
#define SWEEPS_TO_ADVISE 10000 /* after which turns are judged */
#define TOLERATED_BIAS 0.01    /* of a turn that is proposed */

static sw_status tell(const sw_domains *domains, const sw_command *command) {
    sw_command copy = *command;
    return domains->link.share(&copy, sizeof copy);
}

/* ---- refusals -------------------------------------------------------------------------------- */

static sw_status refuse(sw_error *error, const char *why) {
    return sw_error_set(error, SW_ERROR_UNSUPPORTED, "run.domains",
                        "run the model without domains; replicas use more processors too",
                        "a lattice in domains cannot %s", why);
}

static sw_status check_model(const sw_lattice_model *model, sw_error *error) {
    const char *unsuited = sw_packed_unsuited(model);
    const sw_observe *observe = &model->observe;
    if (unsuited)
        return sw_error_set(error, SW_ERROR_UNSUPPORTED, "run.domains",
                            "run the model without domains; replicas use more processors too",
                            "domains need the packed engine, which does not suit this model: %s",
                            unsuited);
    if (model->run.acceleration.scaling.present)
        return sw_error_set(error, SW_ERROR_UNSUPPORTED, "run.domains",
                            "leave out run.domains or run.acceleration.scaling",
                            "domains and scaling do not go together: every domain would slow "
                            "processes by factors of its own");
    if (observe->tracers)
        return refuse(error, "follow single atoms (observe.tracers)");
    if (observe->exchanged || observe->product_gas >= 0 || observe->oxidant_gas >= 0)
        return refuse(error, "record exchanged atoms (observe.exchanged, product or oxidant)");
    if (model->structure.relax_moves)
        return refuse(error, "relax its start (structure.relax)");
    return SW_OK;
}

static sw_status check_processes(const sw_domains *domains, sw_error *error) {
    int processes = domains->link.processes, count = domains->grid.count;
    if (processes == 1 || processes == count)
        return SW_OK;
    return sw_error_set(error, SW_ERROR_ARGUMENT, "run.domains",
                        "start one process a domain, or one for all",
                        "%d processes were started for %d domains", processes, count);
}

/* ---- making ---------------------------------------------------------------------------------- */

static sw_status start(sw_domains *domains, sw_error *error) {
    sw_command command = {.name = SW_COMMAND_START, .seed = domains->seed};
    memcpy(command.reach, domains->grid.reach, sizeof command.reach);
    memcpy(command.change, domains->grid.change, sizeof command.change);
    sw_status status = tell(domains, &command);
    if (status == SW_OK)
        status = sw_domains_make_parts(domains, error);
    return status == SW_OK ? sw_domains_deal(domains, error) : status;
}

static sw_status prepare(sw_domains *domains, sw_error *error) {
    const sw_lattice_model *model = domains->model;
    sw_grid_cut(&domains->grid, &model->frame, model->run.domains);
    sw_status status = check_processes(domains, error);
    if (status == SW_OK)
        status = check_model(model, error);
    if (status == SW_OK)
        status =
            sw_lattice_create_still(&domains->whole, model, domains->seed, domains->context, error);
    if (status == SW_OK)
        status = sw_grid_find_reach(&domains->grid, domains->whole);
    return status == SW_OK ? sw_grid_check(&domains->grid, error) : status;
}

/* Sites of the whole, and the share of them near a sector's border. */
static double find_border(double *sites, const sw_grid *grid) {
    double inside = 1.0;
    *sites = grid->basis_sites;
    for (int d = 0; d < 3; d++) {
        double half = 0.5 * grid->size[d] / grid->domains[d];
        *sites *= grid->size[d];
        if (grid->bit[d] >= 0)
            inside *= fmax(0.0, 1.0 - 2.0 * (grid->reach[d] + grid->change[d]) / half);
    }
    return 1.0 - inside;
}

static void say_how(const sw_domains *domains) {
    const sw_grid *grid = &domains->grid;
    sw_block block = sw_grid_block(grid, 0);
    sw_log(domains->context, SW_LOG_INFO,
           "%d domains of about %d x %d x %d cells in %d process%s, %u sectors each, borders of "
           "%d x %d x %d cells",
           grid->count, block.owned[0], block.owned[1], block.owned[2], domains->link.processes,
           domains->link.processes == 1 ? "" : "es", grid->sectors, grid->reach[0], grid->reach[1],
           grid->reach[2]);
}

sw_status sw_domains_create(sw_domains **created, const sw_lattice_model *model, uint64_t seed,
                            sw_context *context, sw_error *error) {
    sw_domains *domains = *created = sw_allocate(1, sizeof *domains);
    if (!domains)
        return sw_error_set(error, SW_ERROR_MEMORY, "run.domains", NULL, "not enough memory");
    domains->model = model;
    domains->context = context;
    domains->seed = seed;
    domains->link = sw_link_open();
    sw_status status = prepare(domains, error);
    if (status == SW_OK)
        status = start(domains, error);
    if (status == SW_OK) {
        say_how(domains);
        return SW_OK;
    }
    sw_domains_destroy(domains);
    *created = NULL;
    return status;
}

double sw_domains_bias(const sw_domains *domains) {
    double sites, border = find_border(&sites, &domains->grid);
    if (domains->sweeps == 0)
        return NAN;
    double events = (double)domains->events / (sites * (double)domains->sweeps);
    return fmin(1.0, border * events);
}

/* Where turns are chosen here: what one has held so far, and which turn would hold more. */
static void advise_turn(const sw_domains *domains) {
    double turn = domains->time / (double)domains->sweeps;
    double held = (double)domains->events / (double)domains->sweeps / domains->grid.count /
                  domains->grid.sectors;
    double longer = TOLERATED_BIAS / sw_domains_bias(domains);
    if (domains->model->run.turn > 0.0)
        return;
    sw_log(domains->context, SW_LOG_INFO,
           "turns follow from the fastest site: %.2g s on average, in which a domain has %.2g "
           "events",
           turn, held);
    if (held < FEW_EVENTS && longer > 1.0)
        sw_log(domains->context, SW_LOG_WARNING,
               "that is too few to be worth telling the neighbours: give --turn '%.1g s' "
               "(run.turn) for %.2g events and a bias of about %g %%, or run without domains",
               longer * turn, longer * held, 100.0 * TOLERATED_BIAS);
}

static void say_what_it_took(const sw_domains *domains) {
    double running = 0.0, passing = 0.0;
    for (int n = 0; n < domains->grid.count; n++) {
        running += domains->tally[n].running;
        passing += domains->tally[n].passing;
    }
    sw_log(domains->context, SW_LOG_INFO,
           "%llu sweeps, the last with turns of %.3g s; telling neighbours took %.0f %% of the "
           "time; the bias is estimated at %.2g %%",
           (unsigned long long)domains->sweeps, domains->turn,
           100.0 * passing / (running + passing), 100.0 * sw_domains_bias(domains));
}

void sw_domains_destroy(sw_domains *domains) {
    if (!domains)
        return;
    const sw_command command = {.name = SW_COMMAND_END};
    if (domains->tally && domains->sweeps > 0 && domains->events > 0) {
        say_what_it_took(domains);
        if (!domains->advised)
            advise_turn(domains);
    }
    if (domains->held > 0 && tell(domains, &command) != SW_OK)
        sw_log(domains->context, SW_LOG_WARNING, "the other processes do not answer");
    sw_domains_clear_parts(domains);
    sw_lattice_destroy(domains->whole);
    free(domains);
}

/* ---- going on -------------------------------------------------------------------------------- */

sw_status sw_domains_advance(sw_domains *domains, sw_horizon horizon, bool *finished,
                             sw_error *error) {
    const sw_command command = {.name = SW_COMMAND_ADVANCE, .horizon = horizon};
    sw_status status = tell(domains, &command);
    if (status == SW_OK)
        status = sw_domains_sweep_until(domains, horizon, finished, error);
    if (status == SW_OK && !domains->advised && domains->sweeps >= SWEEPS_TO_ADVISE &&
        domains->events > 0) { /* early enough to begin again */
        advise_turn(domains);
        domains->advised = true;
    }
    return status;
}

sw_status sw_domains_look(sw_domains *domains, sw_error *error) {
    const sw_command command = {.name = SW_COMMAND_LOOK};
    const sw_lattice *part = domains->domain[0].lattice;
    sw_lattice *whole = domains->whole;
    sw_status status = tell(domains, &command);
    if (status == SW_OK)
        status = sw_domains_gather(domains, error);
    if (status == SW_OK && part->temperature != whole->temperature)
        status = sw_rates_set_temperature(whole, part->temperature, error);
    whole->time = domains->time;
    whole->events = domains->events;
    memcpy(whole->pressure, part->pressure, sizeof whole->pressure);
    return status;
}

/* ---- saving ---------------------------------------------------------------------------------- */

typedef struct head {
    uint32_t layout;
    int32_t domains[3];
    double time, turn; /* s */
    uint64_t sweeps;
} head;

static sw_status write_states(sw_bytes *bytes, const sw_bytes *states, int count) {
    sw_status status = SW_OK;
    for (int n = 0; n < count && status == SW_OK; n++) {
        uint64_t size = states[n].size;
        status = sw_bytes_append(bytes, &size, sizeof size);
        if (status == SW_OK)
            status = sw_bytes_append(bytes, states[n].data, states[n].size);
    }
    return status;
}

static void clear_states(sw_bytes *states, int count) {
    for (int n = 0; states && n < count; n++)
        sw_bytes_clear(&states[n]);
    free(states);
}

sw_status sw_domains_save(sw_domains *domains, sw_bytes *bytes, sw_error *error) {
    const sw_command command = {.name = SW_COMMAND_SAVE};
    const sw_record *record = &domains->whole->observer->record;
    int count = domains->grid.count;
    head start;
    memset(&start, 0, sizeof start);
    start.layout = LAYOUT;
    memcpy(start.domains, domains->grid.domains, sizeof start.domains);
    start.time = domains->time;
    start.turn = domains->turn;
    start.sweeps = domains->sweeps;
    sw_bytes *states = sw_allocate((size_t)count, sizeof *states);
    sw_status status = states ? tell(domains, &command) : SW_ERROR_MEMORY;
    if (status == SW_OK)
        status = sw_domains_collect_states(domains, states, error);
    const sw_saved_part part[] = {{&start, sizeof start}, {record, sizeof *record}};
    if (status == SW_OK)
        status = sw_saved_parts_write(bytes, part, sizeof part / sizeof *part);
    if (status == SW_OK)
        status = write_states(bytes, states, count);
    clear_states(states, count);
    return status;
}

static sw_status mismatch(sw_error *error, const char *what) {
    return sw_error_set(error, SW_ERROR_FORMAT, "checkpoint",
                        "restore with the model, seed, domains and version that wrote it",
                        "the saved state does not fit: %s", what);
}

/* The states of the domains as they lie in the checkpoint; their data are not copied. */
static sw_status find_states(sw_bytes *states, int count, sw_saved_reader *in, sw_error *error) {
    for (int n = 0; n < count; n++) {
        uint64_t size = 0;
        sw_saved_take(in, &size, 1, sizeof size);
        const unsigned char *state = sw_saved_pass(in, (size_t)size, 1);
        if (!state)
            return mismatch(error, "it is too short");
        states[n] = (sw_bytes){.data = (void *)(uintptr_t)state, .size = (size_t)size};
    }
    return in->left == 0 ? SW_OK : mismatch(error, "it is too long");
}

static bool head_valid(const sw_domains *domains, const head *start) {
    return start->layout == LAYOUT && start->time >= 0.0 && start->time < 1e300 &&
           memcmp(start->domains, domains->grid.domains, sizeof start->domains) == 0;
}

sw_status sw_domains_restore(sw_domains *domains, const void *bytes, size_t size, sw_error *error) {
    sw_record *record = &domains->whole->observer->record;
    sw_saved_reader in = {bytes, size, false};
    head start;
    if (!sw_saved_take(&in, &start, 1, sizeof start))
        return mismatch(error, "it is too short");
    if (!head_valid(domains, &start))
        return mismatch(error, "the domains differ");
    if (!sw_saved_take(&in, record, 1, sizeof *record))
        return mismatch(error, "it is too short");
    sw_bytes *states = sw_allocate((size_t)domains->grid.count, sizeof *states);
    sw_status status = states ? SW_OK : SW_ERROR_MEMORY;
    if (status == SW_OK)
        status = find_states(states, domains->grid.count, &in, error);
    if (status == SW_OK) {
        const sw_command command = {.name = SW_COMMAND_RESTORE,
                                    .time = start.time,
                                    .turn = start.turn,
                                    .sweeps = start.sweeps};
        domains->time = start.time;
        domains->turn = start.turn;
        domains->sweeps = start.sweeps;
        status = tell(domains, &command);
    }
    if (status == SW_OK)
        status = sw_domains_deal_states(domains, states, error);
    free(states);
    return status;
}
