/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The gas: partial pressures that a programme sets (reservoir) or that a stirred reactor balances,
 *
 *   dp/dt = (p_feed - p) flow / volume + copies kT / volume x (molecules made per second),
 *
 * followed event by event. A ramp of temperature is climbed in steps of run.temperature_step.
 */
#include "lattice/portable_math.h"
#include "lattice/state.h"

#include <math.h>
#include <string.h>

#define BOLTZMANN_JOULE 1.380649e-23

/* After the last leg its feed goes on. */
static double fed(const sw_lattice *lattice, size_t gas) {
    const sw_lattice_model *model = lattice->model;
    size_t leg = lattice->leg < model->legs ? lattice->leg : model->legs;
    if (leg > 0 && model->leg[leg - 1].pressure)
        return model->leg[leg - 1].pressure[gas];
    return model->gas.list[gas].pressure;
}

/* Time of the next temperature step of the leg that runs, or of its end. */
static void plan_next(sw_lattice *lattice) {
    const sw_lattice_model *model = lattice->model;
    lattice->next_condition = INFINITY;
    if (lattice->leg == 0 || lattice->leg > model->legs)
        return;
    const sw_leg *leg = &model->leg[lattice->leg - 1];
    double end = lattice->leg_start + leg->duration;
    lattice->next_condition = end;
    double span = fabs(leg->temperature - lattice->start_temperature);
    double step = model->run.temperature_step > 0.0 ? model->run.temperature_step : 1.0;
    if (!leg->ramp || span <= step)
        return;
    double interval = leg->duration * step / span;
    double next = lattice->time + interval;
    lattice->next_condition = next < end ? next : end;
}

void sw_gas_start(sw_lattice *lattice) {
    for (size_t g = 0; g < lattice->model->gas.species; g++)
        lattice->pressure[g] = lattice->model->gas.list[g].pressure;
    lattice->leg = 0;
    lattice->leg_start = 0.0;
    lattice->start_temperature = lattice->temperature;
    lattice->next_condition = lattice->model->legs ? 0.0 : INFINITY;
}

/* Starts the next leg from the temperature reached; a switch takes effect at once, but in a stirred
 * reactor it is the feed that is switched. */
static double begin_leg(sw_lattice *lattice, double reached) {
    lattice->start_temperature = reached;
    lattice->leg_start = lattice->time;
    lattice->leg++;
    if (lattice->leg > lattice->model->legs)
        return reached;
    const sw_leg *leg = &lattice->model->leg[lattice->leg - 1];
    bool held = lattice->model->gas.mode == SW_GAS_RESERVOIR && leg->pressure;
    for (size_t g = 0; held && g < lattice->model->gas.species; g++)
        lattice->pressure[g] = leg->pressure[g];
    return leg->ramp ? reached : leg->temperature;
}

static double temperature_now(const sw_lattice *lattice) {
    const sw_leg *leg = &lattice->model->leg[lattice->leg - 1];
    double part = leg->duration > 0.0 ? (lattice->time - lattice->leg_start) / leg->duration : 1.0;
    return lattice->start_temperature + part * (leg->temperature - lattice->start_temperature);
}

static sw_status follow_programme(sw_lattice *lattice, sw_error *error) {
    const sw_leg *leg = lattice->leg ? &lattice->model->leg[lattice->leg - 1] : NULL;
    double temperature = lattice->temperature;
    if (lattice->leg == 0 || lattice->time >= lattice->leg_start + leg->duration)
        temperature = begin_leg(lattice, leg && leg->ramp ? leg->temperature : temperature);
    else if (leg->ramp)
        temperature = temperature_now(lattice);
    sw_status status = sw_lattice_set_temperature(lattice, temperature, error);
    plan_next(lattice);
    return status;
}

static void follow_reactor(sw_lattice *lattice, double interval) {
    const sw_gas *gas = &lattice->model->gas;
    if (gas->mode != SW_GAS_STIRRED)
        return;
    double kept = sw_exp(-interval * gas->flow / gas->volume);
    for (size_t g = 0; g < gas->species; g++)
        lattice->pressure[g] = fed(lattice, g) + (lattice->pressure[g] - fed(lattice, g)) * kept;
}

sw_status sw_gas_follow(sw_lattice *lattice, double interval, sw_error *error) {
    follow_reactor(lattice, interval);
    sw_status status = SW_OK;
    while (lattice->time >= lattice->next_condition && status == SW_OK)
        status = follow_programme(lattice, error);
    return status;
}

void sw_gas_add(sw_lattice *lattice, int gas, double molecules) {
    const sw_gas *rule = &lattice->model->gas;
    if (rule->mode != SW_GAS_STIRRED)
        return;
    double one = rule->copies * BOLTZMANN_JOULE * lattice->temperature / rule->volume;
    lattice->pressure[gas] = fmax(lattice->pressure[gas] + molecules * one, 0.0);
}

/* Molecules that the supply stands for were counted when it took them from the gas. */
void sw_gas_event(sw_lattice *lattice, const sw_process *process, int direction) {
    for (size_t g = 0; g < process->gas_changes; g++) {
        int gas = process->gas_change[g].gas;
        if (!process->supply_change || gas != lattice->model->supply.gas)
            sw_gas_add(lattice, gas, direction * process->gas_change[g].change);
    }
}
