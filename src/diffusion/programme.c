/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "diffusion/programme.h"

#include <math.h>

#define RAMP_STEP 0.5 /* K: a ramp is climbed in steps of this */

double sw_diffusion_temperature(const sw_diffusion_model *model, double time) {
    double temperature = model->run.temperature;
    for (size_t i = 0; i < model->legs; i++) {
        const sw_diffusion_leg *leg = &model->leg[i];
        if (time < leg->duration)
            return leg->ramp ? temperature + (leg->temperature - temperature) * time / leg->duration
                             : leg->temperature;
        temperature = leg->temperature;
        time -= leg->duration;
    }
    return temperature;
}

double sw_diffusion_corner(const sw_diffusion_model *model, double time, double end) {
    double begin = 0.0, from = model->run.temperature;
    for (size_t i = 0; i < model->legs; begin += model->leg[i].duration, i++) {
        const sw_diffusion_leg *leg = &model->leg[i];
        const double corner = begin + leg->duration;
        if (time < corner) {
            const double rise = fabs(leg->temperature - from);
            const double piece =
                leg->ramp && rise > 0.0 ? leg->duration * RAMP_STEP / rise : INFINITY;
            return fmin(fmin(corner, end), time + piece);
        }
        from = leg->temperature;
    }
    return end;
}
