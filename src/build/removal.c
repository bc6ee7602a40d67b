/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Atoms taken out at random: vacancies, and atoms that a measurement misses; hidden elements. */
#include "build/choice.h"
#include "build/steps.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct removing {
    sw_draft *draft;
    const sw_recipe_removal *removal;
    sw_places gone; /* those taken out, for the distance between them */
    size_t count;
} removing;

/* Takes an atom out unless one nearer than `apart` is out already. */
static sw_status take_out(removing *work, size_t number, sw_gone gone) {
    double corner[3];
    for (int i = 0; i < 3; i++)
        corner[i] = work->draft->atom[number].position[i] + work->draft->middle[i];
    if (work->removal->apart > 0 && sw_places_any(&work->gone, corner, work->removal->apart))
        return SW_OK;
    sw_status status = SW_OK;
    if (work->removal->apart > 0)
        status = sw_places_add(&work->gone, work->count, corner, work->draft->error);
    sw_draft_remove(work->draft, number, gone);
    work->count++;
    return status;
}

static sw_status remove_fraction(removing *work, const size_t *list, size_t count, sw_gone gone) {
    sw_random random = sw_draft_random(work->draft, 0);
    sw_status status = SW_OK;
    for (size_t i = 0; i < count && status == SW_OK; i++)
        if (sw_random_uniform(&random) < work->removal->fraction)
            status = take_out(work, list[i], gone);
    return status;
}

/* In random order until there are enough. */
static sw_status remove_number(removing *work, size_t *list, size_t count, sw_gone gone) {
    sw_random random = sw_draft_random(work->draft, 0);
    sw_status status = SW_OK;
    for (size_t i = 0; i < count && work->count < work->removal->number && status == SW_OK; i++) {
        size_t other = i + (size_t)(sw_random_uniform(&random) * (double)(count - i));
        size_t number = list[other];
        list[other] = list[i];
        status = take_out(work, number, gone);
    }
    if (status == SW_OK && work->count < work->removal->number)
        return sw_draft_fail(work->draft, "ask for fewer, or widen the choice of atoms",
                             "only %zu of %zu atoms can be taken out, from %zu that are meant",
                             work->count, work->removal->number, count);
    return status;
}

sw_status sw_step_removal(sw_draft *draft, const sw_recipe_removal *removal, sw_gone gone) {
    removing work = {.draft = draft, .removal = removal};
    size_t *list, count;
    sw_status status = sw_choice_list(&list, &count, draft, &removal->choice);
    if (status == SW_OK)
        status = sw_places_create(&work.gone, draft->recipe->has_cell ? draft->recipe->cell : NULL,
                                  draft->recipe->periodic, fmax(2, removal->apart), draft->error);
    if (status == SW_OK)
        status = removal->fraction >= 0 ? remove_fraction(&work, list, count, gone)
                                        : remove_number(&work, list, count, gone);
    snprintf(draft->done, sizeof draft->done, "%zu of %zu atoms that are meant", work.count, count);
    sw_places_clear(&work.gone);
    free(list);
    return status;
}

sw_status sw_step_hide(sw_draft *draft, const sw_recipe_choice *choice) {
    size_t *list, count;
    sw_status status = sw_choice_list(&list, &count, draft, choice);
    for (size_t i = 0; i < count && status == SW_OK; i++)
        sw_draft_remove(draft, list[i], SW_GONE_HIDDEN);
    free(list);
    return status;
}
