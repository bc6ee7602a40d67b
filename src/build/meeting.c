/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "build/meeting.h"

#include <math.h>

typedef struct meeting {
    const sw_draft *draft;
    const sw_draft_atom *atom;
    double own;
    bool other_fills; /* looks at atoms of other fills only; else at what stays in any case */
    bool later_wins;
    bool found;
    size_t number;
} meeting;

static bool too_near(void *user, size_t number, const double vector[3], double squared) {
    meeting *search = user;
    const sw_draft_atom *other = &search->draft->atom[number];
    bool same_fill = other->fill == search->atom->fill;
    double least = sw_pair_distance_of(&search->draft->recipe->distances, search->atom->element,
                                       other->element);
    (void)vector;
    if (search->other_fills ? same_fill : !same_fill && search->later_wins)
        return true;
    /* the crystal itself is never this dense: the other is an image across a periodic boundary */
    if (same_fill && other->grain == search->atom->grain)
        least = fmin(fmax(least, search->own / 2), search->own);
    search->found = squared < least * least;
    search->number = number;
    return !search->found;
}

static bool meets(meeting *search, double distance) {
    search->found = false;
    sw_draft_visit(search->draft, search->atom->position, distance, too_near, search);
    return search->found;
}

sw_status sw_meeting_add(sw_draft *draft, const sw_draft_atom *atom, bool later_wins, double own) {
    meeting search = {.draft = draft, .atom = atom, .own = own, .later_wins = later_wins};
    double distance = fmax(own, sw_pair_distance_largest(&draft->recipe->distances));
    if (meets(&search, distance))
        return SW_OK;
    search.other_fills = true;
    while (later_wins && meets(&search, distance))
        sw_draft_remove(draft, search.number, SW_GONE_WAY);
    return sw_draft_add(draft, atom);
}

void sw_meeting_clear(sw_draft *draft, const sw_region *region) {
    for (size_t i = 0; i < draft->atoms; i++)
        if (!draft->atom[i].gone && sw_region_has(region, draft->atom[i].position))
            sw_draft_remove(draft, i, SW_GONE_WAY);
}
