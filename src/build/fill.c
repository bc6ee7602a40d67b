/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fills with a crystal: one piece, or grains. */
#include "build/grains.h"
#include "build/lattice_points.h"
#include "build/meeting.h"
#include "build/steps.h"

#include "base/rotation.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define MOST_SITES 2e9
#define OWN_SHARE 0.99    /* of the shortest distance in a crystal: rounding leaves this much */
#define CHECK_EVERY 65536 /* sites between two looks at the context */

typedef struct filling {
    sw_draft *draft;
    const sw_recipe_fill *fill;
    const sw_region *region;
    const sw_grains *grains; /* NULL: one piece */
    sw_draft_atom atom;      /* what all have in common */
    double own;
    uint64_t visited;
} filling;

/* The place in the cell that an atom of a grain has there; false where it belongs to another. */
static bool settle(const filling *work, double position[3]) {
    if (!work->grains)
        return true;
    if (!sw_grains_owns(work->grains, work->atom.grain - 1, position))
        return false;
    double corner[3], wrapped[3];
    for (int i = 0; i < 3; i++)
        corner[i] = position[i] + work->draft->middle[i];
    sw_places_wrap(wrapped, &work->draft->present, corner);
    for (int i = 0; i < 3; i++)
        position[i] = wrapped[i] - work->draft->middle[i];
    return true;
}

static sw_status place_atom(void *user, const double position[3], int element) {
    filling *work = user;
    memcpy(work->atom.position, position, sizeof work->atom.position);
    work->atom.element = (uint8_t)element;
    if (work->visited++ % CHECK_EVERY == 0 && sw_context_cancelled(work->draft->context))
        return sw_error_set(work->draft->error, SW_ERROR_CANCELLED, "build", NULL, "cancelled");
    if (!settle(work, work->atom.position) || !sw_draft_has(work->draft, work->atom.position) ||
        !sw_region_has(work->region, work->atom.position))
        return SW_OK;
    return sw_meeting_add(work->draft, &work->atom, work->fill->later_wins, work->own);
}

static sw_status place_crystal(filling *work, const double rotation[3][3], const double origin[3],
                               const double low[3], const double high[3]) {
    sw_lattice_points points;
    const sw_oriented_crystal *crystal = &work->draft->recipe->crystal[work->fill->crystal];
    for (int i = 0; i < 3; i++)
        if (low[i] > high[i])
            return SW_OK;
    sw_lattice_points_create(&points, crystal, rotation, origin, low, high);
    if (points.sites > MOST_SITES)
        return sw_draft_fail(work->draft, "fill a smaller region",
                             "the box around the region has %.3g sites", points.sites);
    return sw_lattice_points_visit(&points, place_atom, work);
}

static sw_status note_orientation(sw_draft *draft, uint32_t grain, const double quaternion[4]) {
    sw_text_append(&draft->grains, "%s%u:%u %.6f %.6f %.6f %.6f",
                   draft->grains.length > 0 ? ", " : "", draft->fills + 1, grain, quaternion[0],
                   quaternion[1], quaternion[2], quaternion[3]);
    return SW_OK;
}

static sw_status fill_piece(filling *work, const double low[3], const double high[3]) {
    const sw_oriented_crystal *crystal = &work->draft->recipe->crystal[work->fill->crystal];
    double rotation[3][3], quaternion[4];
    if (!crystal->random)
        return place_crystal(work, crystal->rotation, work->fill->origin, low, high);
    sw_random random = sw_draft_random(work->draft, 0);
    sw_quaternion_random(quaternion, &random);
    sw_rotation_of_quaternion(rotation, quaternion);
    sw_status status = note_orientation(work->draft, 0, quaternion);
    return status == SW_OK
               ? place_crystal(work, (const double(*)[3])rotation, work->fill->origin, low, high)
               : status;
}

static sw_status fill_grains(filling *work, const double low[3], const double high[3]) {
    sw_grains grains;
    sw_status status =
        sw_grains_create(&grains, work->draft, &work->fill->grains, work->region, low, high);
    work->grains = &grains;
    for (size_t g = 0; g < grains.count && status == SW_OK; g++) {
        double rotation[3][3], from[3], to[3];
        work->atom.grain = (uint32_t)g + 1;
        sw_grains_reach(from, to, &grains, g, low, high);
        sw_rotation_of_quaternion(rotation, grains.grain[g].quaternion);
        status = note_orientation(work->draft, work->atom.grain, grains.grain[g].quaternion);
        if (status == SW_OK)
            status =
                place_crystal(work, (const double(*)[3])rotation, grains.grain[g].seed, from, to);
    }
    work->grains = NULL;
    sw_grains_clear(&grains);
    return status;
}

sw_status sw_fill_crystal(sw_draft *draft, const sw_recipe_fill *fill) {
    double low[3], high[3];
    sw_region region;
    sw_status status = sw_draft_bounds(low, high, draft, fill->region);
    if (status == SW_OK)
        status = sw_region_create(&region, draft->recipe, fill->region, draft->error);
    if (status != SW_OK)
        return status;
    filling work = {.draft = draft,
                    .fill = fill,
                    .region = &region,
                    .atom = {.fill = draft->fills},
                    .own = draft->recipe->crystal[fill->crystal].nearest * OWN_SHARE};
    if (fill->later_wins)
        sw_meeting_clear(draft, &region);
    status =
        fill->kind == SW_FILL_GRAINS ? fill_grains(&work, low, high) : fill_piece(&work, low, high);
    sw_region_clear(&region);
    return status;
}

sw_status sw_step_fill(sw_draft *draft, const sw_recipe_fill *fill) {
    snprintf(draft->done, sizeof draft->done, "%s", fill->name);
    sw_status status =
        fill->kind == SW_FILL_PACKING ? sw_fill_packing(draft, fill) : sw_fill_crystal(draft, fill);
    if (status == SW_OK && draft->added == 0)
        sw_log(draft->context, SW_LOG_WARNING, "the fill '%s' holds no atoms", fill->name);
    draft->fills++;
    return status;
}
