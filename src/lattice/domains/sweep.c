/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Turns and sweeps. */
#include "lattice/domains/domains.h"

#include "base/random.h"
#include "lattice/packed/sectors.h"

#include <math.h>
#include <time.h>

#define STREAM_ORDER 22
#define SWEEPS_AT_ONCE 1000  /* then the driver looks at its clock */
#define TURN_OF_FASTEST 0.25 /* of the mean waiting time of the fastest site */

static double wall_clock(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* ---- counting -------------------------------------------------------------------------------- */

static sw_tally tally_of(const sw_domain *domain) {
    const sw_lattice *lattice = domain->lattice;
    sw_tally tally = {.events = lattice->events,
                      .fingerprint = lattice->fingerprint,
                      .running = domain->running,
                      .passing = domain->passing,
                      .status = domain->status};
    sw_packed_find_rates(&tally.total, &tally.fastest, lattice->packed);
    return tally;
}

static sw_status explain(sw_status status, sw_error *error) {
    if (status == SW_ERROR_NUMERIC)
        return sw_error_set(error, status, "processes",
                            "look for a prefactor or barrier that is out of scale with `spillway "
                            "show MODEL --processes`",
                            "a rate is not a number or above 1e19 per second");
    return sw_error_set(error, status, "run.domains", NULL, "a domain cannot go on: %s",
                        sw_status_name(status));
}

sw_status sw_domains_count(sw_domains *domains, sw_error *error) {
    sw_tally own[SW_GRID_DOMAINS];
    for (int n = 0; n < domains->held; n++)
        own[n] = tally_of(&domains->domain[n]);
    sw_status status =
        domains->link.collect(domains->tally, own, (size_t)domains->held * sizeof *own);
    domains->events = 0;
    for (int number = 0; number < domains->grid.count && status == SW_OK; number++) {
        domains->events += domains->tally[number].events;
        status = (sw_status)domains->tally[number].status;
    }
    return status == SW_OK ? SW_OK : explain(status, error);
}

/* ---- one turn -------------------------------------------------------------------------------- */

typedef struct turn {
    sw_domains *domains;
    unsigned sector;
    double from, until; /* s */
} turn;

static void run_turn(void *user, int index) {
    const turn *now = user;
    sw_domain *domain = &now->domains->domain[index];
    double started = wall_clock();
    sw_domain_run_turn(domain, now->sector, now->from, now->until);
    domain->running += wall_clock() - started;
}

static void end_turn(void *user, int index) {
    const turn *now = user;
    sw_domain_end_turn(&now->domains->domain[index]);
}

static sw_status take_turn(sw_domains *domains, unsigned sector, double from, double until) {
    turn now = {domains, sector, from, until};
    sw_team_work(domains->team, run_turn, &now, domains->held);
    double started = wall_clock();
    sw_status status = sw_domains_exchange(domains, sector);
    if (status == SW_OK)
        sw_team_work(domains->team, end_turn, &now, domains->held);
    double passed = wall_clock() - started;
    for (int n = 0; n < domains->held; n++)
        domains->domain[n].passing += passed;
    return status;
}

/* ---- one sweep ------------------------------------------------------------------------------- */

/* The sectors in an order that is drawn anew for every sweep (Fisher and Yates). */
static void draw_order(unsigned order[SW_SECTOR_LIMIT], const sw_domains *domains) {
    uint32_t words[SW_SECTOR_LIMIT];
    sw_philox(words, domains->seed, STREAM_ORDER, 2 * domains->sweeps);
    sw_philox(words + 4, domains->seed, STREAM_ORDER, 2 * domains->sweeps + 1);
    for (unsigned s = 0; s < domains->grid.sectors; s++)
        order[s] = s;
    for (unsigned s = domains->grid.sectors; s-- > 1;) {
        unsigned other = (unsigned)((uint64_t)words[s] * (s + 1) >> 32), kept = order[s];
        order[s] = order[other];
        order[other] = kept;
    }
}

/* As long as asked for, or a part of the waiting time of the fastest site. */
static double wanted_turn(const sw_domains *domains) {
    double fastest = 0.0;
    if (domains->model->run.turn > 0.0)
        return domains->model->run.turn;
    for (int number = 0; number < domains->grid.count; number++)
        fastest = fmax(fastest, domains->tally[number].fastest);
    return TURN_OF_FASTEST / fastest;
}

static double rates_of_all(const sw_domains *domains) {
    double total = 0.0;
    for (int number = 0; number < domains->grid.count; number++)
        total += domains->tally[number].total;
    return total;
}

/* A rest that is longer than a turn is cut into equal ones. */
static sw_status sweep(sw_domains *domains, double limit, sw_error *error) {
    unsigned order[SW_SECTOR_LIMIT] = {0};
    double from = domains->time, rest = limit - from, length = wanted_turn(domains);
    if (length < rest && isfinite(rest))
        length = rest / ceil(rest / length);
    double until = length < rest ? from + length : limit;
    if (!(until > from))
        return sw_error_set(error, SW_ERROR_NUMERIC, "run.turn", "give a longer turn",
                            "a turn of %g s does not move a clock at %g s", length, from);
    sw_status status = SW_OK;
    draw_order(order, domains);
    for (unsigned s = 0; s < domains->grid.sectors && status == SW_OK; s++)
        status = take_turn(domains, order[s], from, until);
    if (status != SW_OK)
        return explain(status, error);
    domains->time = until;
    domains->turn = until - from;
    domains->sweeps++;
    for (int n = 0; n < domains->held; n++)
        sw_domain_pass_time(&domains->domain[n], until);
    return sw_domains_count(domains, error);
}

static double next_condition(const sw_domains *domains) {
    return domains->domain[0].lattice->next_condition;
}

sw_status sw_domains_sweep_until(sw_domains *domains, sw_horizon horizon, bool *finished,
                                 sw_error *error) {
    sw_status status = SW_OK;
    *finished = false;
    if (next_condition(domains) <= domains->time) { /* a programme that begins with the run */
        for (int n = 0; n < domains->held; n++)
            sw_domain_pass_time(&domains->domain[n], domains->time);
        status = sw_domains_count(domains, error);
    }
    for (int n = 0; n < SWEEPS_AT_ONCE && status == SW_OK && domains->events < horizon.events &&
                    domains->time < horizon.time;
         n++) {
        double limit = fmin(horizon.time, next_condition(domains));
        *finished = rates_of_all(domains) <= 0.0 && isinf(next_condition(domains));
        if (*finished && isinf(limit))
            break;
        status = sweep(domains, limit, error);
        if (*finished)
            break;
    }
    return status;
}
