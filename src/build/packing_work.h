/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A dense random packing while it is being made. */
#ifndef SPILLWAY_BUILD_PACKING_WORK_H
#define SPILLWAY_BUILD_PACKING_WORK_H

#include "build/draft.h"

typedef struct packing_work {
    sw_draft *draft;
    const sw_recipe_packing *packing;
    const char *name;
    const sw_region *region;
    sw_places places; /* of the atoms, from the corner of the cell */
    size_t count;
    struct packed_atom {
        int element;
        bool moving; /* had others nearer than aimed at when it was last looked at */
    } * atom;
    double volume;       /* A^3 that is free */
    double inner, outer; /* A, largest distances among themselves and to other fills */
    int sweeps;          /* done */
} packing_work;

/* Pushes the atoms apart until none is nearer to another than it may be, or the sweeps are used up.
 */
SW_MUST_USE sw_status sw_packing_relax(packing_work *work);
/* Takes out atoms that still are too near to another. Returns how many. */
size_t sw_packing_drop(packing_work *work);

#endif
