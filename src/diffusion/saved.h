/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The state of a run as bytes, from which it goes on bit for bit. */
#ifndef SPILLWAY_DIFFUSION_SAVED_H
#define SPILLWAY_DIFFUSION_SAVED_H

#include "diffusion/diffusion.h"

sw_status sw_diffusion_save(const sw_diffusion *diffusion, sw_bytes *bytes, sw_error *error);
/* Into a run of the same model. A state of another model, or a damaged one, is an error. */
sw_status sw_diffusion_restore(sw_diffusion *diffusion, const void *bytes, size_t size,
                               sw_error *error);

#endif
