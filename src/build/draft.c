/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "build/draft.h"

#include "base/matrix.h"
#include "base/memory.h"
#include "base/number.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ON_FACE 1e-6 /* of an edge: this near to a face of the cell is inside */
#define MOST_ATOMS 200000000u
#define PARTS 64 /* streams of random numbers that a step may use */

/* ---- begin and end --------------------------------------------------------------------------- */

/* A box around the cell, from its middle. */
static void box_of_cell(sw_draft *draft) {
    const sw_recipe *recipe = draft->recipe;
    for (int i = 0; i < 3; i++) {
        double reach = 0;
        draft->middle[i] = 0;
        for (int axis = 0; axis < 3; axis++) {
            reach += fabs(recipe->cell[axis][i]) / 2;
            draft->middle[i] += recipe->cell[axis][i] / 2;
        }
        draft->low[i] = recipe->has_cell ? -reach : -INFINITY;
        draft->high[i] = recipe->has_cell ? reach : INFINITY;
    }
}

sw_status sw_draft_create(sw_draft *draft, const sw_recipe *recipe, sw_context *context,
                          sw_error *error) {
    *draft = (sw_draft){.recipe = recipe, .context = context, .error = error};
    box_of_cell(draft);
    if (recipe->has_cell && !sw_matrix_inverse(draft->inverse, recipe->cell))
        return sw_error_set(error, SW_ERROR_MODEL, "cell", "give three independent vectors",
                            "the cell has no volume");
    double width = fmax(2, sw_pair_distance_largest(&recipe->distances));
    return sw_places_create(&draft->present, recipe->has_cell ? recipe->cell : NULL,
                            recipe->periodic, width, error);
}

void sw_draft_clear(sw_draft *draft) {
    sw_places_clear(&draft->present);
    sw_text_clear(&draft->grains);
    sw_text_clear(&draft->pores);
    free(draft->atom);
    *draft = (sw_draft){0};
}

sw_random sw_draft_random(const sw_draft *draft, unsigned part) {
    return sw_random_create(draft->recipe->seed, (uint64_t)draft->step * PARTS + part);
}

sw_status sw_draft_fail(sw_draft *draft, const char *hint, const char *format, ...) {
    char message[400], place[48];
    va_list words;
    va_start(words, format);
    sw_print_plain(message, sizeof message, format, words);
    va_end(words);
    snprintf(place, sizeof place, "steps[%zu], line %d", draft->step,
             draft->recipe->step[draft->step].line);
    return sw_error_set(draft->error, SW_ERROR_MODEL, place, hint, "%s", message);
}

/* ---- space ----------------------------------------------------------------------------------- */

bool sw_draft_has(const sw_draft *draft, const double position[3]) {
    if (!draft->recipe->has_cell)
        return true;
    double corner[3], fraction[3];
    for (int i = 0; i < 3; i++)
        corner[i] = position[i] + draft->middle[i];
    sw_matrix_row_product(fraction, corner, (const double(*)[3])draft->inverse);
    for (int i = 0; i < 3; i++)
        if (!(fraction[i] >= -ON_FACE && fraction[i] <= 1 + ON_FACE))
            return false;
    return true;
}

sw_status sw_draft_bounds(double low[3], double high[3], sw_draft *draft, int region) {
    sw_status status = sw_region_bounds(low, high, draft->recipe, region, draft->error);
    if (status != SW_OK)
        return status;
    for (int i = 0; i < 3; i++) {
        low[i] = fmax(low[i], draft->low[i]);
        high[i] = fmin(high[i], draft->high[i]);
        if (isinf(low[i]) && low[i] < 0 && isinf(high[i] - low[i]))
            return sw_draft_fail(draft, "give it a sphere or a box, or the recipe a cell",
                                 "the region '%s' has no end",
                                 region >= 0 ? draft->recipe->region[region].name : "everywhere");
        if (isinf(high[i]) && high[i] > 0)
            return sw_draft_fail(draft, "give it a sphere or a box, or the recipe a cell",
                                 "the region '%s' has no end", draft->recipe->region[region].name);
    }
    return SW_OK;
}

static void from_corner(double corner[3], const sw_draft *draft, const double position[3]) {
    for (int i = 0; i < 3; i++)
        corner[i] = position[i] + draft->middle[i];
}

/* ---- atoms ----------------------------------------------------------------------------------- */

sw_status sw_draft_add(sw_draft *draft, const sw_draft_atom *atom) {
    double corner[3];
    if (draft->atoms >= MOST_ATOMS ||
        !sw_reserve(&draft->atom, &draft->capacity, draft->atoms + 1, sizeof *draft->atom))
        return sw_error_set(draft->error, SW_ERROR_MEMORY, "build", "build less",
                            "no room for more than %zu atoms", draft->atoms);
    from_corner(corner, draft, atom->position);
    sw_status status = sw_places_add(&draft->present, draft->atoms, corner, draft->error);
    if (status == SW_OK) {
        draft->atom[draft->atoms++] = *atom;
        draft->added++;
    }
    return status;
}

void sw_draft_remove(sw_draft *draft, size_t number, sw_gone gone) {
    sw_places_remove(&draft->present, number);
    draft->atom[number].gone = (uint8_t)gone;
    draft->removed++;
}

void sw_draft_move(sw_draft *draft, size_t number, const double position[3]) {
    double corner[3];
    from_corner(corner, draft, position);
    memcpy(draft->atom[number].position, position, 3 * sizeof *position);
    sw_places_move(&draft->present, number, corner);
}

void sw_draft_visit(const sw_draft *draft, const double position[3], double distance,
                    sw_places_function function, void *user) {
    double corner[3];
    from_corner(corner, draft, position);
    sw_places_visit(&draft->present, corner, distance, function, user);
}

double sw_pair_distance_of(const sw_pair_distances *distances, int first, int second) {
    for (size_t i = 0; i < distances->pairs; i++) {
        const int *pair = distances->pair[i].element;
        if ((pair[0] == first && pair[1] == second) || (pair[0] == second && pair[1] == first))
            return distances->pair[i].distance;
    }
    return distances->others;
}

double sw_pair_distance_largest(const sw_pair_distances *distances) {
    double largest = distances->others;
    for (size_t i = 0; i < distances->pairs; i++)
        largest = fmax(largest, distances->pair[i].distance);
    return largest;
}

void sw_draft_draw_place(double place[3], double corner[3], const sw_draft *draft,
                         const double low[3], const double high[3], sw_random *random) {
    double first[2], second[2];
    sw_random_pair(first, random);
    sw_random_pair(second, random);
    const double unit[3] = {first[0], first[1], second[0]};
    for (int i = 0; i < 3; i++) {
        place[i] = low[i] + unit[i] * (high[i] - low[i]);
        corner[i] = place[i] + draft->middle[i];
    }
}
