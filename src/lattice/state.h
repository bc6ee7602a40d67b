/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The whole state of a lattice simulation, and what its parts owe each other.
 *
 *   species, open      what each site is                       (set only by sw_lattice_change)
 *   energy             derived counts of the energy terms      follows species
 *   code               site code: hash of all that a site's    follows species and open
 *                      rates depend on
 *   access             voids and what the gas reaches          follows species; sets open
 *   selection[class]   rate of every site, by class            follows code (through memo) and field
 *   supply             clusters, spillover field               renewed every `refresh` events
 *                      inventories                             change with events and exchange
 */
#ifndef SPILLWAY_LATTICE_STATE_H
#define SPILLWAY_LATTICE_STATE_H

#include "lattice/energy.h"
#include "lattice/memo.h"
#include "lattice/patterns.h"
#include "lattice/selection.h"

#include <spillway/lattice.h>
#include <spillway/thermo.h>

#define SW_CLASS_LIMIT 64
#define SW_GAS_LIMIT 8
#define SW_SUPPLY_LIMIT 8 /* atoms that one event takes */

/* ---- rate classes: what a rate is multiplied by besides the local table ---------------------- */

typedef struct sw_class {
    uint8_t power[SW_GAS_LIMIT]; /* activity p/1 bar of each gas to this power */
    uint8_t supply;              /* atoms of the supply used */
    uint8_t molecules;           /* of its gas that these atoms stand for (left out of power) */
    bool shared;                 /* takes from or gives to the inventory of a cluster */
    bool field;                  /* times the spillover field at the anchor */
    uint16_t scaled;             /* 1 + the process whose scale factor multiplies it, or 0 */
} sw_class;

/* ---- site codes ------------------------------------------------------------------------------ */

/* One thing that a site's code depends on: the state of the site at `step`. */
typedef struct sw_code_slot {
    sw_step step;
    uint64_t key;
} sw_code_slot;

/* Seen from the site that changes: whose code, and with which key. */
typedef struct sw_dependent {
    sw_step back;
    uint64_t key;
} sw_dependent;

typedef struct sw_dependents {
    sw_dependent *list;
    size_t near; /* the first `near` can make or unmake a match */
    size_t count, capacity;
} sw_dependents;

typedef struct sw_codes {
    uint64_t *code;         /* [sites] */
    sw_dependents *species; /* [basis] codes that change when a site of this basis does */
    sw_dependents *open;    /* [basis] ... when its openness does */
    uint64_t *origin;       /* [basis] code of an anchor among empty sites */
} sw_codes;

/* ---- gas access ------------------------------------------------------------------------------ */

typedef struct sw_access {
    bool present;
    sw_steps *crowd;       /* [basis of a void kind] neighbours that count against a void */
    sw_steps *crowded;     /* [basis] void-kind sites that this site crowds */
    sw_steps *next;        /* [basis of a void kind] steps between voids */
    sw_steps *reached;     /* [basis of a void kind] sites made open by an open void here */
    uint8_t *crowding;     /* [sites] occupied neighbours of a void-kind site */
    uint8_t *is_open_void; /* [sites + 1] */
    uint8_t *open_near;    /* [sites + 1] open voids that reach this site, itself excluded */
    uint32_t *queue;       /* [sites + 1] for the flood and the search */
    uint32_t *mark;        /* [sites + 1] stamps of the flood */
    uint32_t stamp;
    uint64_t searches; /* how often a closed void made a search necessary */
    bool enclosed;     /* every axis periodic: every void counts as open */
} sw_access;

/* ---- supply and spillover -------------------------------------------------------------------- */

typedef struct sw_cluster {
    uint32_t carriers, exposed;
    double dissociation; /* molecules per second at 1 bar, summed over exposed carriers */
    double inventory;    /* atoms, a whole number */
} sw_cluster;

typedef struct sw_supply_state {
    bool present;
    uint16_t *cluster_of; /* [sites] of carriers and of sites in their field; 0 = none */
    float *field;         /* [sites] spillover field at sites of the field's kind */
    sw_steps *link;       /* [basis] carrier to carrier */
    sw_steps *bound;      /* [basis] neighbours that bind a carrier */
    sw_steps *along;      /* [basis of the field's kind] */
    sw_steps *touch;      /* [basis] carriers to sites of the field's kind in contact */
    sw_steps *coat;       /* [basis of the field's kind] occupied neighbours: a surface site */
    sw_cluster *cluster;  /* [clusters], 0 unused */
    size_t clusters, cluster_capacity;
    double odds;     /* coverage / (1 - coverage) at 1 bar and the temperature */
    double arriving; /* sum of dissociation */
    double leaving;  /* sum of dissociation x density of pairs */
    double densest[SW_SUPPLY_LIMIT + 1]; /* largest density, by the number of atoms used */
    uint64_t next_refresh;               /* events */
    double used, arrived;                /* atoms, totals of the run */
} sw_supply_state;

/* ---- kinetics at one temperature ------------------------------------------------------------- */

typedef struct sw_process_rates {
    double prefactor;    /* 1/s, collision processes: at 1 bar */
    double gas_gibbs;    /* eV, sum of change x mu0(T, 1 bar) */
    double reverse_rate; /* stated */
    bool needs_energy;   /* of the state after */
    bool needs_removal;  /* of the state without the moving atoms */
} sw_process_rates;

typedef struct sw_process_counts {
    uint64_t forward, reverse;
} sw_process_counts;

struct sw_observer;
struct sw_packed;
struct sw_superbasin;
struct sw_scaling;

struct sw_lattice {
    const sw_lattice_model *model;
    sw_context *context;
    uint64_t seed;
    sw_geometry geometry;
    sw_energy energy;
    sw_patterns patterns;
    sw_class class[SW_CLASS_LIMIT];
    size_t classes;

    uint8_t *species; /* [sites + 1] */
    uint8_t *open;    /* [sites + 1] */
    uint8_t *active;  /* [sites] some class has a rate */
    sw_codes codes;
    sw_memo memo;
    sw_selection selection[SW_CLASS_LIMIT];
    sw_access access;
    sw_supply_state supply;

    bool *clear_saddle;               /* [processes] the state after cannot reach the saddle */
    double temperature, thermal;      /* K, kT in eV */
    sw_process_rates *rates;          /* [processes] */
    double pressure[SW_GAS_LIMIT];    /* Pa */
    size_t leg;                       /* of the programme */
    double leg_start, next_condition; /* s */
    double start_temperature;

    double time;
    uint64_t events, attempts, fingerprint;
    sw_process_counts *counts; /* [processes] */

    uint32_t *touched;   /* anchors whose rates must be looked at again */
    uint8_t *touch_mark; /* 1 far, 2 near */
    size_t touches;

    struct sw_packed *packed; /* the engine of short-ranged models, else NULL and the codes serve */
    struct sw_superbasin *superbasin; /* NULL unless the model asks for it */
    struct sw_scaling *scaling;       /* of fast reversible processes; NULL where it is off */
    struct sw_observer *observer;
};

/* ---- lattice.c ------------------------------------------------------------------------------- */
/* As sw_lattice_create without an engine: species that others set and that are looked at, 16 bytes
 * a site. Its start is not relaxed; it cannot be advanced or set. */
SW_MUST_USE sw_status sw_lattice_create_still(sw_lattice **lattice, const sw_lattice_model *model,
                                              uint64_t seed, sw_context *context, sw_error *error);

/* ---- classes.c ------------------------------------------------------------------------------- */
sw_status sw_classes_assign(sw_lattice *lattice, sw_error *error);
/* Activity part of a class's multiplier (pressures, not the supply's c), times its scale factor. */
double sw_class_activity(const sw_lattice *lattice, size_t class);

/* ---- codes.c --------------------------------------------------------------------------------- */
/* margin[] grows to the cells that the steps reach. */
sw_status sw_codes_create(sw_lattice *lattice, int margin[3], sw_error *error);
/* Adds the steps on which the energy change of a pattern depends, where its rate follows from it. */
sw_status sw_codes_energetic(sw_steps *steps, const sw_lattice *lattice, const sw_pattern *pattern);
void sw_codes_clear(sw_codes *codes, int basis_sites);
void sw_codes_fill(sw_lattice *lattice);
uint64_t sw_codes_of(const sw_lattice *lattice, uint32_t site); /* from scratch */
void sw_codes_species_changed(sw_lattice *lattice, uint32_t site, int before, int after);
void sw_codes_open_changed(sw_lattice *lattice, uint32_t site);

/* ---- rates.c --------------------------------------------------------------------------------- */
sw_status sw_rates_set_temperature(sw_lattice *lattice, double temperature, sw_error *error);
/* Rate of a pattern anchored at a site, without the class multiplier; 0 where it does not match.
 * Fills channel->sites, after, energy_change. */
double sw_rates_channel(sw_lattice *lattice, uint32_t site, const sw_pattern *pattern,
                        sw_channel *channel);
/* Neighbours that the conditions and the barriers of a pattern count. */
typedef struct sw_local_counts {
    int condition[8];
    int environment[2][2]; /* at both ends */
} sw_local_counts;
/* What they are at a site; forward[] is what the slots hold before the process runs forward. */
void sw_rates_count(sw_local_counts *counts, const sw_lattice *lattice, uint32_t site,
                    const sw_pattern *pattern, const int forward[SW_SLOT_LIMIT]);
/* Rate of a pattern that matches, from all that it can depend on: what is counted, the energy
 * change and that of taking the moving atoms away (eV; only where process_rates need them). */
double sw_rates_counted(const sw_lattice *lattice, const sw_pattern *pattern,
                        const sw_local_counts *counts, double change, double removal);
/* The channel of a class at a site in which `point` (of the sum of their rates) falls; false where
 * the site has none. */
bool sw_rates_pick(sw_lattice *lattice, uint32_t site, size_t class, double point,
                   sw_channel *chosen);
/* Totals by class of all patterns anchored at a site. */
void sw_rates_totals(sw_lattice *lattice, uint32_t site, double *totals);

/* ---- saddle.c -------------------------------------------------------------------------------- */
/* Finds the saddles that lie above both ends of their move in all surroundings. */
sw_status sw_saddles_find_clear(sw_lattice *lattice, sw_error *error);
/* Whether the atoms of a slot take part in the move. */
bool sw_saddle_slot_moves(const sw_pattern *pattern, int slot);

/* ---- advice.c -------------------------------------------------------------------------------- */
/* Names in the log what is probably not meant. O(sites + patterns x processes). */
void sw_lattice_advise(const sw_lattice *lattice);

/* ---- absorbing.c ----------------------------------------------------------------------------- */
/* Says in the log why no process can go on from a state in which nothing can happen.
 * O(sites x processes). */
void sw_lattice_explain_end(sw_lattice *lattice);

/* ---- channels.c ------------------------------------------------------------------------------ */
/* What a pattern's rate at this site is multiplied by, the supply as it is now. */
double sw_lattice_multiplier(const sw_lattice *lattice, const sw_pattern *pattern, uint32_t site);

/* ---- process_summary.c, process_alone.c ------------------------------------------------------ */
/* Ea of k = A exp(-Ea/kT), from a rate without gas, supply and field. */
double sw_process_barrier(const sw_lattice *lattice, const sw_pattern *pattern, double rate);
void sw_range_widen(sw_range *range, double value);
/* Fills lone_rate and lone_barrier, which are NaN before. */
sw_status sw_process_alone(sw_process_summary *summaries, sw_lattice *lattice);

/* ---- change.c -------------------------------------------------------------------------------- */
/* Changes a site; energies, codes, access and the touched list follow. */
void sw_lattice_change(sw_lattice *lattice, uint32_t site, int species);
void sw_lattice_open_changed(sw_lattice *lattice, uint32_t site, bool open);
/* Looks up the rates of all touched anchors. */
sw_status sw_lattice_settle(sw_lattice *lattice);
/* All of it anew: codes, rates, selections. */
sw_status sw_lattice_rebuild(sw_lattice *lattice);
sw_status sw_lattice_set_rates(sw_lattice *lattice, uint32_t site);

/* ---- access.c -------------------------------------------------------------------------------- */
sw_status sw_access_create(sw_lattice *lattice, sw_error *error);
void sw_access_clear(sw_access *access, int basis_sites);
void sw_access_fill(sw_lattice *lattice);
void sw_access_changed(sw_lattice *lattice, uint32_t site, int before, int after);

/* ---- supply.c, spillover.c ------------------------------------------------------------------- */
sw_status sw_supply_create(sw_lattice *lattice, sw_error *error);
void sw_supply_clear(sw_supply_state *supply, int basis_sites);
sw_status sw_supply_refresh(sw_lattice *lattice);
void sw_spillover_refresh(sw_lattice *lattice);
bool sw_supply_carrier(const sw_lattice *lattice, uint32_t site);

/* ---- inventory.c ----------------------------------------------------------------------------- */
void sw_supply_set_temperature(sw_lattice *lattice);
/* Equilibrium coverage of the supply on its carriers at the present gas. */
double sw_supply_coverage(const sw_lattice *lattice);
/* n_eq of a cluster at the present gas, atoms. */
double sw_supply_capacity(const sw_lattice *lattice, const sw_cluster *cluster);
/* Molecules per second and bar that dissociate on an exposed carrier. */
double sw_supply_dissociation(const sw_lattice *lattice, int species);
/* n (n - 1) ... over exposed^atoms of the cluster at a site; 0 where there is none to share with. */
double sw_supply_density(const sw_lattice *lattice, uint32_t site, int atoms);
/* What a density of the atoms it uses makes of a class's rate: 1 in the mean at equilibrium, times
 * the activity of the molecules that the atoms stand for. */
double sw_supply_factor(const sw_lattice *lattice, const sw_class *class, double density);
/* Molecules per second that arrive and leave, all clusters together. */
double sw_supply_turnover(const sw_lattice *lattice);
/* The arrival or departure at `point` (0 to turnover) happens. */
void sw_supply_exchange(sw_lattice *lattice, double point);
/* An event gives atoms to the cluster at a site, or takes them (below 0). */
void sw_supply_give(sw_lattice *lattice, uint32_t site, int atoms);
/* Atoms whose cluster is gone return to the gas. */
void sw_supply_lose(sw_lattice *lattice, double atoms);
/* Sums and largest densities anew, after any change of the clusters or of what they hold. */
void sw_supply_count(sw_lattice *lattice);

/* ---- gas.c ----------------------------------------------------------------------------------- */
void sw_gas_start(sw_lattice *lattice);
void sw_gas_event(sw_lattice *lattice, const sw_process *process, int direction);
/* Molecules made (below 0: used) change the pressure in a stirred reactor. */
void sw_gas_add(sw_lattice *lattice, int gas, double molecules);
/* Follows the stirred reactor and the programme to the present time. */
sw_status sw_gas_follow(sw_lattice *lattice, double interval, sw_error *error);

/* ---- structure.c ----------------------------------------------------------------------------- */
sw_status sw_structure_build(sw_lattice *lattice, sw_error *error);

/* ---- observer.c ------------------------------------------------------------------------------ */
sw_status sw_observer_create(sw_lattice *lattice, sw_error *error);
void sw_observer_destroy(struct sw_observer *observer);
/* Whether the model asks for anything that is recorded event by event. */
bool sw_observer_follows(const sw_lattice *lattice);
/* Called before an event changes the sites of its channel. */
void sw_observer_event(sw_lattice *lattice, const sw_channel *channel);

#endif
