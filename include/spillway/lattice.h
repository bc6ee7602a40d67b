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
                                               uint64_t seed, sw_context *context, sw_error *error);
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

/* What sw_lattice_exchange may do. Zero-initialise it. */
typedef struct sw_exchange {
    sw_species_set species;  /* what comes, goes and moves; other species stay */
    const double *potential; /* [species of the model] eV per atom in its reservoir */
    const uint8_t *held;     /* [sites] 1: the site keeps what it has; NULL: no site does */
    uint64_t moves;          /* trials */
    double first_temperature, last_temperature; /* K, of the acceptance, geometric between them */
    double reach; /* A: how far two sites that exchange their atoms may be apart; 0: one
                                  lattice constant */
} sw_exchange;

/*
 * Grand-canonical Metropolis sampling: half of the trials put another species, or none, on a random
 * site, at the price of the reservoirs' potentials; the other half exchange what two near sites
 * hold. At one temperature it samples exp(-(E - sum of potential x atoms)/kT); E is the energy at
 * the lattice's own temperature, whatever that of the acceptance. Norman and Filinov, High Temp. 7,
 * 216 (1969). Repeats itself with the lattice's seed. O(moves).
 */
SW_API SW_MUST_USE sw_status sw_lattice_exchange(sw_lattice *lattice, const sw_exchange *exchange,
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
typedef struct sw_range {
    double low, high; /* NaN: nothing */
} sw_range;
/*
 * What a process can do one way (2 x process + reverse). Barriers are those of k = A exp(-Ea/kT): on
 * the way back of a process with gas they hold the gas's free energy at 1 bar. Rates are those with
 * the gas as it is.
 */
typedef struct sw_process_summary {
    size_t
        orientations; /* patterns: directions at every kind of anchor; 0 where it has no such way */
    size_t slots;     /* of the first of them ... */
    double vector[SW_SLOT_LIMIT][3]; /* ... A, from the anchor */
    int site_kind[SW_SLOT_LIMIT];
    size_t open;                      /* channels in the present state */
    double median;                    /* 1/s, of their rates */
    sw_range rate, barrier;           /* 1/s, eV, of these channels */
    sw_range change;                  /* eV, lattice energy; 0 where rates ignore it */
    sw_range undo_rate, undo_barrier; /* of the ways back from where they lead */
    /* on a frame with nothing else than the process and its conditions need, over its orientations
     * and species; NaN where that cannot be set up */
    sw_range lone_rate, lone_barrier;
} sw_process_summary;
/* Fills summaries[2 x processes] by plain enumeration; the state is left as it was.
 * O(sites x processes). */
SW_API SW_MUST_USE sw_status sw_lattice_process_summaries(sw_process_summary *summaries,
                                                          sw_lattice *lattice);
/* Checks codes, derived counts and stored rates against recomputation; the first difference is
 * described in the error. O(sites x processes). */
SW_API SW_MUST_USE sw_status sw_lattice_audit(sw_lattice *lattice, sw_error *error);

/* ---- the energetics by symmetry -------------------------------------------------------------- */

typedef enum sw_term_kind {
    SW_TERM_SITE,
    SW_TERM_PAIR,
    SW_TERM_CLUSTER,
    SW_TERM_VALENCE
} sw_term_kind;

/* Symmetry-equal places of one term: an orbit of the frame's space group. */
typedef struct sw_term_orbit {
    sw_term_kind kind;
    size_t term; /* index in its list of the model's energetics */
    size_t points;
    sw_species_set species[SW_POINT_LIMIT];
    int site_kind[SW_POINT_LIMIT];
    double position[SW_POINT_LIMIT][3];              /* of one of the places, fractional */
    double distance[SW_POINT_LIMIT][SW_POINT_LIMIT]; /* A */
    size_t multiplicity;                             /* places in a unit cell */
    double per_site;                                 /* places by sites of the first point's kind */
    double energy; /* eV of each place; SW_TERM_VALENCE: the end of its table, with the sign of E */
} sw_term_orbit;
/*
 * Every term of the model's energetics by orbit, in the order of the file; a term given by
 * distances can lie on several orbits. A place counts once, in however many ways the species fit
 * on it. A valence term has one orbit for each kind of centre: the centre first, then one point for
 * each shell of ligands, whose multiplicity is that of the centres. *orbits belongs to the caller
 * (free). O(operations x places) of the unit cell, whatever the size of the frame.
 */
SW_API SW_MUST_USE sw_status sw_lattice_term_orbits(sw_term_orbit **orbits, size_t *count,
                                                    const sw_lattice_model *model, sw_error *error);

/* ---- surface energies ------------------------------------------------------------------------ */

/* A face of a crystal and how its slab is cut and relaxed. */
typedef struct sw_face {
    const char *crystal;    /* by its name in the model's structure */
    int indices[3];         /* of the face, [h, k, l] of the frame's cell */
    int cells[3];           /* size of the frame, periodic along every axis */
    double from, thickness; /* A, along the normal, from the corner of the frame: the cut */
    double depth;           /* A: sites this near to a cut, on both sides of it, may change */
    sw_species_set species; /* what comes, goes and moves there */
    int balance;            /* the species whose potential follows from the crystal's */
    uint64_t moves;         /* as in sw_exchange */
    double first_temperature, last_temperature;
} sw_face;

typedef struct sw_surface {
    double energy;                      /* eV/A2 at the potentials that were used */
    double cut_energy;                  /* eV/A2 before anything moved */
    double area;                        /* A2, both sides of the slab together */
    double potential[SW_SPECIES_LIMIT]; /* eV: as given, and the one that follows */
    double total;                       /* eV, of the relaxed slab */
    double atoms[SW_SPECIES_LIMIT];     /* of the relaxed slab */
} sw_surface;

/*
 * The energy of a face in equilibrium with its crystal and with reservoirs,
 *   gamma = (E - sum of potential x atoms) / area,
 * for a slab whose surface layers are annealed by sw_lattice_exchange while its core and the middle
 * of the gap are held. The potential of `balance` is the one at which the perfect crystal neither
 * grows nor shrinks; the others are given in `potential` [species of the model]. E is the energy
 * at the temperature of the model's run; the disorder of the surface layers counts as energy, its
 * entropy does not, so cool slowly and take the lowest of several seeds: an upper bound. The same
 * slab has at other potentials of the crystal's line (total - sum of potential x atoms) / area.
 * Reuter and Scheffler, Phys. Rev. B 65, 035406 (2001). Memory and time of a lattice of that size,
 * without its processes, and O(moves).
 */
SW_API SW_MUST_USE sw_status sw_lattice_surface(sw_surface *surface, const sw_lattice_model *model,
                                                const sw_face *face, const double *potential,
                                                uint64_t seed, sw_error *error);

/* The operations for the driver. */
SW_API const sw_simulator *sw_lattice_simulator(void);

/* ---- domains: one lattice on several processors ---------------------------------------------- */

/*
 * A model with run.domains is cut into domains that run side by side, sector by sector: the
 * synchronous sublattice algorithm (Shim and Amar, Phys. Rev. B 71, 125432 (2005)). It is not
 * exact; its error vanishes with run.turn. All domains run in this process, on the context's
 * threads, unless a launcher (mpirun, srun) started one process for each and every one of them
 * joined the others: then the first drives its run as any other, and the others serve it.
 */
SW_API bool sw_lattice_is_cut(const sw_lattice_model *model);
SW_API const sw_simulator *sw_lattice_domains_simulator(void);

/* Joins the processes that a launcher started together; *processes is 1 where none did. Once a
 * program. An error where this library was built without MPI. */
SW_API SW_MUST_USE sw_status sw_lattice_join(int *processes, int *process, sw_error *error);
/* For every process but the first: returns when the first leaves. */
SW_API SW_MUST_USE sw_status sw_lattice_serve(const sw_model *model, sw_error *error);
/* Every process that joined calls it at its end; the first sends the others home. */
SW_API void sw_lattice_leave(void);

#ifdef __cplusplus
}
#endif
#endif
