/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is recorded as events happen, and what is measured from the state when it is observed.
 * Nothing here changes the run.
 */
#ifndef SPILLWAY_LATTICE_OBSERVER_H
#define SPILLWAY_LATTICE_OBSERVER_H

#include "lattice/plot_list.h"
#include "lattice/state.h"

#define SW_DISTANCE_BINS 64
#define SW_COORDINATION_LIMIT 16

/* Where an exchanged atom sat: what its neighbours were. */
typedef enum sw_site_type { SW_ON_METAL, SW_AT_INTERFACE, SW_ON_OXIDE, SW_SITE_TYPES } sw_site_type;

typedef struct sw_distance_sums {
    double count, sum, squares; /* of the distance to the core, A */
} sw_distance_sums;

/* Everything that must survive a restart, as plain data. */
typedef struct sw_record {
    double inserted[SW_DISTANCE_BINS], removed[SW_DISTANCE_BINS]; /* by distance to the core */
    sw_distance_sums insertions, removals;
    uint64_t taken[SW_SITE_TYPES], returned[SW_SITE_TYPES];
    double product, oxidant;       /* molecules made, used */
    double core[3], core_start[3]; /* A; centre of the tracked particle */
    double path;                   /* A, summed over observations */
    double last_time, last_product, last_oxidant, last_core[3], last_interface[3];
    double last_molecules[SW_GAS_LIMIT]; /* made, net */
    bool started;
    uint64_t bulk_hops, surface_hops; /* of cations: the moving site reached by the gas or not */
} sw_record;

struct sw_tracer;

struct sw_observer {
    sw_record record;
    struct sw_tracer *tracers; /* [sites] NULL unless the model asks for them */
    int16_t *net; /* [sites] exchanged atoms inserted minus removed; NULL where there are none */
    sw_steps *surrounding; /* [basis] neighbours of an exchanged atom */
    sw_steps *phase_bound; /* [phase][basis] */
    sw_plot_list plots;
    size_t phases;
    size_t basis_sites;
    double bin_width; /* A */
};

/* Puts together the plots that suit a model, in place of those that the list holds. */
SW_MUST_USE sw_status sw_plots_compose(sw_plot_list *list, const sw_lattice_model *model);
/* The phase a site belongs to, or -1. */
int sw_observer_phase(const sw_lattice *lattice, uint32_t site);
/* Metal for the site types: a carrier in a cluster where there is a supply, else the metal phase. */
bool sw_observer_is_metal(const sw_lattice *lattice, uint32_t site);
sw_site_type sw_observer_site_type(const sw_lattice *lattice, uint32_t site);
/* Molecules of a gas made less those used, by the counts of the processes. */
double sw_observer_molecules(const sw_lattice *lattice, size_t gas);
/* Whether a gas has a turnover by site: some process changes it, and no lattice atoms do. */
bool sw_observer_turns_over(const sw_lattice_model *model, size_t gas);
/* Whether there are metal and exchanged atoms, so that both can meet. */
bool sw_observer_sees_interface(const sw_lattice_model *model);
/* Centre of the core species in the metal (of all metal where there is none). */
bool sw_observer_core(double centre[3], const sw_lattice *lattice);

#endif
