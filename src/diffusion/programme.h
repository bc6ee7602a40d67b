/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The temperature of a run against time. */
#ifndef SPILLWAY_DIFFUSION_PROGRAMME_H
#define SPILLWAY_DIFFUSION_PROGRAMME_H

#include <spillway/diffusion_model.h>

double sw_diffusion_temperature(const sw_diffusion_model *model, double time);
/* The end of the leg that holds this time, at most `end`; within ramps the time of the next step.
 */
double sw_diffusion_corner(const sw_diffusion_model *model, double time, double end);

#endif
