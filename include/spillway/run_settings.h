/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long, how hot and how closely watched: what every model says of its run. Keys that only a
 * lattice has are zero for other simulators. */
#ifndef SPILLWAY_RUN_SETTINGS_H
#define SPILLWAY_RUN_SETTINGS_H

#include <spillway/acceleration.h>

#ifdef __cplusplus
extern "C" {
#endif

/* How the lattice is advanced: both engines are exact and follow the same rates. */
typedef enum sw_engine {
    SW_ENGINE_BEST,   /* packed where the model suits it */
    SW_ENGINE_PACKED, /* short-ranged models: the surroundings of a site fit into 63 bits */
    SW_ENGINE_GENERAL /* every model */
} sw_engine;

typedef struct sw_run_settings {
    uint64_t seed;
    double end_time;      /* s; 0: no limit */
    uint64_t end_events;  /* 0: no limit */
    double observe_every; /* s of simulated time; 0: by events */
    uint64_t observe_events;
    uint64_t snapshot_events; /* 0: only first and last */
    uint64_t quick_events;    /* end_events under --quick */
    double temperature;       /* K at the start */
    double temperature_step;  /* K: ramps are climbed in steps of this */
    sw_engine engine;
    int domains[3]; /* along each axis; {1, 1, 1} or zeros: the lattice is not cut */
    double turn;    /* s that a sector runs at a turn; 0: follows from the fastest rate */
    sw_acceleration acceleration;
} sw_run_settings;

#ifdef __cplusplus
}
#endif
#endif
