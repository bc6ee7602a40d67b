/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ways to reach longer times: what a model may ask for under run.acceleration. Plain checked data,
 * part of sw_run_settings (model.h). Arrays belong to the sw_model.
 */
#ifndef SPILLWAY_ACCELERATION_H
#define SPILLWAY_ACCELERATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Superbasins: walks among few configurations without touching the lattice; exact. */
typedef struct sw_superbasin_settings {
    bool present;
    size_t states; /* configurations at most */
} sw_superbasin_settings;

/*
 * Quasi-equilibrium scaling of fast reversible processes: both ways of a process are slowed by the
 * same factor while it is in balance and far faster than what is not. Off unless present.
 */
typedef struct sw_scaling_settings {
    bool present;
    const bool *chosen;  /* [processes] which may be scaled; NULL: every reversible process */
    uint64_t window;     /* events between two reviews; 0: a good number */
    uint64_t executions; /* of a process, both ways, before it is judged */
    double tolerance;    /* |forward - reverse| / (forward + reverse) that still is balance */
    double margin;       /* executions each way for every site changed out of balance */
    double lowest;       /* factor */
} sw_scaling_settings;

/* Ways to reach longer times; all off by default. */
typedef struct sw_acceleration {
    sw_scaling_settings scaling;
    sw_superbasin_settings superbasin;
} sw_acceleration;

#ifdef __cplusplus
}
#endif
#endif
