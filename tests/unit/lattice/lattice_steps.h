/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Making a lattice, letting it advance and checking it: what every test of the engine does. A
 * failure ends the test with the engine's own message. */
#ifndef SPILLWAY_TESTS_LATTICE_STEPS_H
#define SPILLWAY_TESTS_LATTICE_STEPS_H

#include <spillway/lattice.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static inline sw_lattice *create_lattice(const sw_lattice_model *model, uint64_t seed) {
    sw_lattice *lattice = NULL;
    sw_error error = {0};
    if (sw_lattice_create(&lattice, model, seed, NULL, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    return lattice;
}

/* Until a time (s) or a number of events since the start; true: nothing can happen any more. */
static inline bool advance_until(sw_lattice *lattice, double time, uint64_t events) {
    bool finished;
    sw_error error = {0};
    if (sw_lattice_advance(lattice, (sw_horizon){time, events}, &finished, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    return finished;
}

static inline void advance_to_time(sw_lattice *lattice, double time) {
    advance_until(lattice, time, UINT64_MAX);
}

static inline void advance_by_events(sw_lattice *lattice, uint64_t events) {
    advance_until(lattice, INFINITY, sw_lattice_events(lattice) + events);
}

/* All that is kept equals what is computed anew. */
static inline void audit_lattice(sw_lattice *lattice) {
    sw_error error = {0};
    if (sw_lattice_audit(lattice, &error) != SW_OK)
        fail_msg("at %g s: %s: %s", sw_lattice_time(lattice), error.place, error.message);
}

/* Sites that hold the species already are left alone: most of them, where a state is restored. */
static inline void put_species(sw_lattice *lattice, size_t site, int species) {
    if (sw_lattice_species(lattice, site) != species)
        assert_int_equal(sw_lattice_set(lattice, site, species), SW_OK);
}

/* The site at a position (A). */
static inline size_t site_at_position(const sw_lattice *lattice, double x, double y, double z) {
    for (size_t s = 0; s < sw_lattice_sites(lattice); s++) {
        double p[3];
        sw_lattice_position(p, lattice, s);
        if (fabs(p[0] - x) + fabs(p[1] - y) + fabs(p[2] - z) < 1e-6)
            return s;
    }
    fail_msg("no site at %g %g %g", x, y, z);
    return 0;
}

#endif
