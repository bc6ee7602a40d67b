/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which atoms a step means, and where: a choice of the recipe, ready to be asked. */
#ifndef SPILLWAY_BUILD_CHOICE_H
#define SPILLWAY_BUILD_CHOICE_H

#include "build/draft.h"

typedef struct sw_where {
    const sw_recipe_place *place;
    sw_region region, surface;
} sw_where;

SW_MUST_USE sw_status sw_where_create(sw_where *where, const sw_draft *draft,
                                      const sw_recipe_place *place);
void sw_where_clear(sw_where *where);
bool sw_where_has(const sw_where *where, const double position[3]);

/* Numbers of the present atoms that a choice means, ascending; *list is the caller's (free). */
SW_MUST_USE sw_status sw_choice_list(size_t **list, size_t *count, sw_draft *draft,
                                     const sw_recipe_choice *choice);

#endif
