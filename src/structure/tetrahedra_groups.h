/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tetrahedra joined over common faces, through periodic faces of the cell too. */
#ifndef SPILLWAY_STRUCTURE_TETRAHEDRA_GROUPS_H
#define SPILLWAY_STRUCTURE_TETRAHEDRA_GROUPS_H

#include "structure/tetrahedra.h"

typedef struct sw_tetrahedra_groups {
    size_t count;
    uint32_t *group;   /* [tetrahedra] own members: 0 .. count - 1; all others SW_DELAUNAY_NONE */
    double *volume;    /* [count] A^3 */
    bool *reaches_out; /* [count] has a face with nothing behind it */
} sw_tetrahedra_groups;

/* Groups of the own tetrahedra with member[t] = `wanted`, in the order of their first ones.
 * SW_ERROR_MEMORY. O(tetrahedra). */
SW_MUST_USE sw_status sw_tetrahedra_groups_create(sw_tetrahedra_groups *groups,
                                                  const sw_tetrahedra *tetrahedra,
                                                  const bool *member, bool wanted);
void sw_tetrahedra_groups_clear(sw_tetrahedra_groups *groups);

#endif
