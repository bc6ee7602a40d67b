/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Diffusion room: the simulator of diffusion between layers of an alloy in one dimension. */
#ifndef SPILLWAY_DIFFUSION_H
#define SPILLWAY_DIFFUSION_H

#include <spillway/simulator.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SW_DIFFUSION_SIMULATOR_NAME "diffusion"
SW_API const sw_simulator *sw_diffusion_simulator(void);

#ifdef __cplusplus
}
#endif
#endif
