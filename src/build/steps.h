/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps of a recipe, one function a kind: each changes the draft and says what it did. */
#ifndef SPILLWAY_BUILD_STEPS_H
#define SPILLWAY_BUILD_STEPS_H

#include "build/draft.h"

SW_MUST_USE sw_status sw_step_fill(sw_draft *draft, const sw_recipe_fill *fill);
SW_MUST_USE sw_status sw_step_oxidation(sw_draft *draft, const sw_recipe_oxidation *oxidation);
/* gone: SW_GONE_VACANCY or SW_GONE_MISSING. */
SW_MUST_USE sw_status sw_step_removal(sw_draft *draft, const sw_recipe_removal *removal,
                                      sw_gone gone);
SW_MUST_USE sw_status sw_step_pores(sw_draft *draft, const sw_recipe_pores *pores);
SW_MUST_USE sw_status sw_step_noise(sw_draft *draft, const sw_recipe_noise *noise);
SW_MUST_USE sw_status sw_step_hide(sw_draft *draft, const sw_recipe_choice *choice);

/* Kinds of fill. */
SW_MUST_USE sw_status sw_fill_crystal(sw_draft *draft, const sw_recipe_fill *fill);
SW_MUST_USE sw_status sw_fill_packing(sw_draft *draft, const sw_recipe_fill *fill);

#endif
