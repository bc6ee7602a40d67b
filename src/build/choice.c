/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "build/choice.h"

#include "base/memory.h"

#include <stdlib.h>

sw_status sw_where_create(sw_where *where, const sw_draft *draft, const sw_recipe_place *place) {
    *where = (sw_where){.place = place};
    sw_status status = sw_region_create(&where->region, draft->recipe, place->region, draft->error);
    if (status == SW_OK)
        status = sw_region_create(&where->surface, draft->recipe, place->surface, draft->error);
    if (status != SW_OK)
        sw_where_clear(where);
    return status;
}

void sw_where_clear(sw_where *where) {
    sw_region_clear(&where->region);
    sw_region_clear(&where->surface);
}

bool sw_where_has(const sw_where *where, const double position[3]) {
    if (where->place->region >= 0 && !sw_region_has(&where->region, position))
        return false;
    if (where->place->surface < 0)
        return true;
    double distance = sw_region_value(&where->surface, position);
    return distance >= where->place->least && distance <= where->place->most;
}

static bool is_meant(const sw_recipe_choice *choice, const sw_where *where,
                     const sw_draft_atom *atom) {
    return !atom->gone && (choice->all_elements || choice->element[atom->element]) &&
           (!choice->fill || choice->fill[atom->fill]) && sw_where_has(where, atom->position);
}

sw_status sw_choice_list(size_t **list, size_t *count, sw_draft *draft,
                         const sw_recipe_choice *choice) {
    sw_where where;
    *count = 0;
    *list = sw_allocate(draft->atoms, sizeof **list);
    if (!*list)
        return sw_error_set(draft->error, SW_ERROR_MEMORY, "build", NULL, "no memory for a list");
    sw_status status = sw_where_create(&where, draft, &choice->place);
    if (status != SW_OK) {
        free(*list);
        *list = NULL;
        return status;
    }
    for (size_t i = 0; i < draft->atoms; i++)
        if (is_meant(choice, &where, &draft->atom[i]))
            (*list)[(*count)++] = i;
    sw_where_clear(&where);
    return SW_OK;
}
