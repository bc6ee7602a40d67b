/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verification of a recipe: its atoms, or a file's, surveyed, beside the paper's numbers. */
#ifndef SPILLWAY_RUN_VERIFY_ATOMS_H
#define SPILLWAY_RUN_VERIFY_ATOMS_H

#include "run/claims_plan.h"

/* As sw_verify, with the plan read. *claims belongs to the caller, whatever the result. */
SW_MUST_USE sw_status sw_verify_atoms(sw_claim **claims, size_t *count, const char *source,
                                      const sw_claims_plan *plan, const sw_verify_options *options,
                                      sw_context *context, sw_error *error);

#endif
