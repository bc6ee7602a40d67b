/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A draft becomes atoms with columns and notes, and tables of what was done. */
#ifndef SPILLWAY_BUILD_RESULT_H
#define SPILLWAY_BUILD_RESULT_H

#include "build/draft.h"

#include <spillway/build.h>

/* Empty tables. */
SW_MUST_USE sw_status sw_result_begin(sw_built *built, sw_error *error);
/* One row for the step that the draft has just done. */
SW_MUST_USE sw_status sw_result_add_step(sw_built *built, const sw_draft *draft, const char *name);
/* Atoms, and how many there are of each element in each region. */
SW_MUST_USE sw_status sw_result_finish(sw_built *built, sw_draft *draft, const sw_model *model);

#endif
