/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Graded oxidation: sites are emptied by chance, with a probability that goes with the distance
 * from a surface. Each atom of the oxidised element keeps the share of its sites that stayed
 * filled. */
#include "build/choice.h"
#include "build/steps.h"

#include "base/memory.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct counting {
    const sw_draft *draft;
    const bool *is_site; /* [atoms] */
    uint32_t sites;
} counting;

static double fraction_at(const sw_recipe_oxidation *oxidation, double distance) {
    const sw_filled_point *point = oxidation->point;
    size_t last = oxidation->points - 1, i = 0;
    if (distance <= point[0].distance)
        return point[0].fraction;
    if (distance >= point[last].distance)
        return point[last].fraction;
    while (distance > point[i + 1].distance)
        i++;
    double share = (distance - point[i].distance) / (point[i + 1].distance - point[i].distance);
    return point[i].fraction + share * (point[i + 1].fraction - point[i].fraction);
}

static bool count_site(void *user, size_t number, const double vector[3], double squared) {
    counting *count = user;
    (void)vector, (void)squared;
    count->sites += count->is_site[number];
    return true;
}

/* Sites of each atom of the oxidised element that are there now. */
static uint32_t count_sites(const sw_draft *draft, const sw_recipe_oxidation *oxidation,
                            const bool *is_site, size_t atom) {
    counting count = {.draft = draft, .is_site = is_site};
    sw_draft_visit(draft, draft->atom[atom].position, oxidation->bond, count_site, &count);
    return count.sites;
}

static bool is_oxidised(const sw_draft *draft, const sw_recipe_oxidation *oxidation, size_t atom) {
    return !draft->atom[atom].gone && draft->atom[atom].element == oxidation->of;
}

static sw_status empty_sites(sw_draft *draft, const sw_recipe_oxidation *oxidation,
                             const size_t *list, size_t count) {
    sw_random random = sw_draft_random(draft, 0);
    sw_region surface;
    size_t emptied = 0;
    sw_status status = sw_region_create(&surface, draft->recipe, oxidation->surface, draft->error);
    for (size_t i = 0; i < count && status == SW_OK; i++) {
        double distance = sw_region_value(&surface, draft->atom[list[i]].position);
        if (sw_random_uniform(&random) < fraction_at(oxidation, distance))
            continue;
        sw_draft_remove(draft, list[i], SW_GONE_SITE);
        emptied++;
    }
    if (status == SW_OK)
        sw_region_clear(&surface);
    snprintf(draft->done, sizeof draft->done, "%zu of %zu sites filled", count - emptied, count);
    return status;
}

static sw_status oxidise(sw_draft *draft, const sw_recipe_oxidation *oxidation, const size_t *list,
                         size_t count, const bool *is_site) {
    for (size_t i = 0; i < draft->atoms; i++)
        if (is_oxidised(draft, oxidation, i))
            draft->atom[i].sites = count_sites(draft, oxidation, is_site, i);
    sw_status status = empty_sites(draft, oxidation, list, count);
    for (size_t i = 0; i < draft->atoms && status == SW_OK; i++) {
        uint32_t whole = oxidation->full > 0 ? (uint32_t)oxidation->full : draft->atom[i].sites;
        if (is_oxidised(draft, oxidation, i) && whole > 0)
            draft->atom[i].oxidation =
                (double)count_sites(draft, oxidation, is_site, i) / (double)whole;
    }
    draft->oxidised = true;
    return status;
}

sw_status sw_step_oxidation(sw_draft *draft, const sw_recipe_oxidation *oxidation) {
    size_t *list, count;
    sw_status status = sw_choice_list(&list, &count, draft, &oxidation->sites);
    if (status != SW_OK)
        return status;
    bool *is_site = sw_allocate(draft->atoms, sizeof *is_site);
    for (size_t i = 0; is_site && i < count; i++)
        is_site[list[i]] = true;
    status = is_site ? oxidise(draft, oxidation, list, count, is_site)
                     : sw_error_set(draft->error, SW_ERROR_MEMORY, "oxidation", NULL, "no memory");
    free(is_site);
    free(list);
    return status;
}
