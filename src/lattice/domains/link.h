/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How the processes that hold the domains of one lattice talk to each other: a few operations, so
 * that everything else is the same in one process and in many. The first process has number 0.
 */
#ifndef SPILLWAY_LATTICE_DOMAINS_LINK_H
#define SPILLWAY_LATTICE_DOMAINS_LINK_H

#include <spillway/base.h>

/* What goes to a process or is expected from it. */
typedef struct sw_parcel {
    int process, tag;
    void *data;
    size_t size;
} sw_parcel;

typedef struct sw_link {
    int processes, process;
    /* The first process's bytes to all. */
    sw_status (*share)(void *data, size_t size);
    /* all[processes][size] of everybody's own bytes, in the order of the processes. */
    sw_status (*collect)(void *all, const void *own, size_t size);
    sw_status (*send)(int to, const void *data, size_t size);
    sw_status (*receive)(int from, void *data, size_t size);
    /* Sends and receives parcels all at once; both sides know the sizes. */
    sw_status (*pass)(const sw_parcel *out, size_t outs, const sw_parcel *in, size_t ins);
} sw_link;

/* The processes that were joined (sw_lattice_join), or one process alone. */
sw_link sw_link_open(void);
/* Ends what sw_lattice_join began; every process calls it. */
void sw_link_close(void);

#endif
