/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gaussian displacements (Box and Muller, Ann. Math. Stat. 29 (1958) 610), drawn by the number of
 * the atom, so that a choice of atoms moves each as without it. */
#include "build/choice.h"
#include "build/steps.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define TWICE_PI 6.283185307179586
#define BLOCKS 2 /* of random numbers, for each atom */

static void draw_normal(double normal[3], sw_random *random) {
    double pair[2];
    for (int i = 0; i < 4; i += 2) {
        sw_random_pair(pair, random);
        double length = sqrt(-2 * log(pair[0]));
        normal[i] = length * cos(TWICE_PI * pair[1]);
        if (i == 0)
            normal[1] = length * sin(TWICE_PI * pair[1]);
    }
}

sw_status sw_step_noise(sw_draft *draft, const sw_recipe_noise *noise) {
    size_t *list, count;
    double squares = 0;
    sw_status status = sw_choice_list(&list, &count, draft, &noise->choice);
    sw_random random = sw_draft_random(draft, 0);
    for (size_t i = 0; i < count && status == SW_OK; i++) {
        sw_draft_atom *atom = &draft->atom[list[i]];
        double normal[3], position[3];
        random.counter = BLOCKS * (uint64_t)list[i];
        draw_normal(normal, &random);
        for (int k = 0; k < 3; k++) {
            double step = noise->sigma[k] * normal[k];
            atom->displacement[k] += step;
            position[k] = atom->position[k] + step;
            squares += step * step;
        }
        sw_draft_move(draft, list[i], position);
    }
    snprintf(draft->done, sizeof draft->done, "%zu atoms, %.4g pm rms in space", count,
             count > 0 ? 100 * sqrt(squares / (double)count) : 0.0);
    draft->displaced =
        draft->displaced || noise->sigma[0] > 0 || noise->sigma[1] > 0 || noise->sigma[2] > 0;
    free(list);
    return status;
}
