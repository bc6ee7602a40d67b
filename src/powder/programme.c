/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "powder/programme.h"

#include <math.h>

size_t sw_powder_programme_leg(const sw_powder_model *model, double time, double *ends) {
    double end = 0;
    for (size_t i = 0; i + 1 < model->legs; i++) {
        end += model->leg[i].duration;
        if (time < end) {
            *ends = end;
            return i;
        }
    }
    *ends = (double)INFINITY;
    return model->legs - 1;
}

sw_powder_conditions sw_powder_programme_during(const sw_powder_model *model, size_t leg,
                                                double time) {
    const sw_powder_leg *now = &model->leg[leg];
    double begins = 0;
    for (size_t i = 0; i < leg; i++)
        begins += model->leg[i].duration;
    double before = leg > 0 ? model->leg[leg - 1].temperature : model->run.temperature;
    double part = fmin(fmax((time - begins) / now->duration, 0), 1);
    double temperature = now->ramp ? before + part * (now->temperature - before) : now->temperature;
    return (sw_powder_conditions){temperature, now->hydrogen, now->water};
}

sw_powder_conditions sw_powder_programme_at(const sw_powder_model *model, double time) {
    double ends;
    return sw_powder_programme_during(model, sw_powder_programme_leg(model, time, &ends), time);
}

void sw_powder_programme_range(const sw_powder_model *model, double *lowest, double *highest) {
    *lowest = *highest = model->leg[0].ramp ? model->run.temperature : model->leg[0].temperature;
    for (size_t i = 0; i < model->legs; i++) {
        *lowest = fmin(*lowest, model->leg[i].temperature);
        *highest = fmax(*highest, model->leg[i].temperature);
    }
}
