/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lattice room: rejection-free kinetic Monte Carlo on a crystal frame.
 *
 * Sites are numbered cell by cell: site = ((iz * ny + iy) * nx + ix) * basis_sites + basis.
 * A site holds one species (0 = empty). The engine is exact: events happen with the probability
 * of their rates, and time between them is exponential with the total rate.
 */
#ifndef SPILLWAY_LATTICE_H
#define SPILLWAY_LATTICE_H

#include <spillway/data.h>
#include <spillway/model.h>
#include <spillway/simulator.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct sw_lattice sw_lattice;

/* Compiles the model into tables and builds its starting structure. The model must outlive it. */
SW_API SW_MUST_USE sw_status sw_lattice_create(sw_lattice **lattice, const sw_lattice_model *model,
                                               uint64_t seed, sw_context *context,
                                               sw_error *error);
SW_API void sw_lattice_destroy(sw_lattice *lattice);

SW_API size_t sw_lattice_sites(const sw_lattice *lattice);
SW_API int sw_lattice_species(const sw_lattice *lattice, size_t site);
SW_API int sw_lattice_kind(const sw_lattice *lattice, size_t site);
SW_API bool sw_lattice_open(const sw_lattice *lattice, size_t site);
SW_API void sw_lattice_position(double position[3], const sw_lattice *lattice, size_t site);
SW_API size_t sw_lattice_count(const sw_lattice *lattice, sw_species_set species,
                               sw_kind_set kinds);
/* Puts a species on a site (tests, building); everything that depends on it follows. */
SW_API SW_MUST_USE sw_status sw_lattice_set(sw_lattice *lattice, size_t site, int species);

/*
 * Metropolis annealing: `moves` trials that move one of `species` from its site to an empty site
 * where it may sit, from the first temperature to the last (geometric). For static tests and for
 * relaxing cut surfaces. reach > 0 limits moves to that distance (A), 0 means anywhere.
 */
SW_API SW_MUST_USE sw_status sw_lattice_anneal(sw_lattice *lattice, sw_species_set species,
                                               uint64_t moves, double first_temperature,
                                               double last_temperature, double reach,
                                               sw_error *error);

/* Total energy from scratch, eV, at the present temperature. O(sites). */
SW_API double sw_lattice_energy(const sw_lattice *lattice);
SW_API double sw_lattice_temperature(const sw_lattice *lattice);
SW_API SW_MUST_USE sw_status sw_lattice_set_temperature(sw_lattice *lattice, double temperature,
                                                        sw_error *error);
/* Pa, by index of the model's gas list. One that is set takes effect at once, also on the supply. */
SW_API double sw_lattice_pressure(const sw_lattice *lattice, size_t gas);
SW_API void sw_lattice_set_pressure(sw_lattice *lattice, size_t gas, double pressure);

SW_API SW_MUST_USE sw_status sw_lattice_advance(sw_lattice *lattice, sw_horizon horizon,
                                                bool *finished, sw_error *error);
SW_API double sw_lattice_time(const sw_lattice *lattice);
SW_API uint64_t sw_lattice_events(const sw_lattice *lattice);
/* Events of a process so far, forward and reverse. */
SW_API uint64_t sw_lattice_process_events(const sw_lattice *lattice, size_t process, bool reverse);

/* One channel open now: which process, which way, on which sites, how fast. */
typedef struct sw_channel {
    size_t process;
    bool reverse;
    size_t anchor;
    size_t sites[SW_SLOT_LIMIT];
    int after[SW_SLOT_LIMIT];
    size_t slots;
    double energy_change; /* eV, lattice part; 0 where the rate does not need it */
    double rate;          /* 1/s */
} sw_channel;
/* Every open channel, found by plain enumeration of all sites (the test of the fast engine). The
 * array belongs to the caller (free). O(sites x processes). */
SW_API SW_MUST_USE sw_status sw_lattice_channels(sw_channel **channels, size_t *count,
                                                 sw_lattice *lattice);
/* What a process can do one way (2 x process + reverse) in the present state. */
typedef struct sw_process_summary {
    size_t orientations; /* patterns: directions at every kind of anchor; 0 where it has no such way */
    size_t open;         /* channels */
    double slowest, median, fastest;         /* 1/s, of the open channels */
    double lowest_change, highest_change;    /* eV, lattice energy; 0 where rates ignore it */
} sw_process_summary;
/* Fills summaries[2 x processes] by plain enumeration. O(sites x processes). */
SW_API SW_MUST_USE sw_status sw_lattice_process_summaries(sw_process_summary *summaries,
                                                          sw_lattice *lattice);
/* Checks codes, derived counts and stored rates against recomputation; the first difference is
 * described in the error. O(sites x processes). */
SW_API SW_MUST_USE sw_status sw_lattice_audit(sw_lattice *lattice, sw_error *error);

/* The operations for the driver. */
SW_API const sw_simulator *sw_lattice_simulator(void);

#ifdef __cplusplus
}
#endif
#endif
