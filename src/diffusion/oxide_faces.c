/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "diffusion/oxide_faces.h"

#include <math.h>
#include <stdio.h>

#define DILUTE 1e-12 /* the least nickel of which a logarithm is taken */
#define SURE 1e-6    /* share by which a gas may miss the field of wustite: rounding of inputs */

static bool reacts(const sw_oxide_face_model *model) {
    return (model->kind == SW_OXIDE_GAS && model->reaction > 0.0) || model->kind == SW_OXIDE_FRONT;
}

size_t sw_oxide_face_unknowns(const sw_oxide_face *face, const sw_oxide_face_model *model,
                              size_t cations) {
    if (model->kind == SW_OXIDE_CLOSED || model->kind == SW_OXIDE_METAL)
        return 0;
    return face->metallic ? cations - 1 : cations;
}

bool sw_oxide_face_gives(const sw_oxide_face *face, const sw_oxide_face_model *model) {
    return model->kind == SW_OXIDE_METAL || face->metallic;
}

/* ---- laws ------------------------------------------------------------------------------------ */

/* How fast the lattice grows where the oxide has this potential of oxygen. */
static double growth_of(const sw_oxide_face_model *model, const sw_oxide_thermo *thermo,
                        double oxygen) {
    if (model->kind == SW_OXIDE_GAS)
        return model->reaction *
               (1.0 - exp((oxygen - sw_oxide_gas_potential(thermo, model)) / thermo->thermal));
    if (model->velocity > 0.0)
        return -model->velocity;
    const double ratio = exp((oxygen - thermo->water) / thermo->thermal);
    return -model->rate * model->hydrogen / SW_BAR * (1.0 - model->water_ratio / ratio);
}

/* From logarithms of vacancies and nickel. */
static bool set_composition(sw_oxide_face *face, size_t cations) {
    const double vacancies = exp(face->unknown[0]);
    const double nickel = cations == 2 ? exp(face->unknown[1]) : 0.0;
    face->end.y[0] = 1.0 - vacancies - nickel;
    face->end.y[1] = nickel;
    return 3.0 * vacancies + nickel < 1.0;
}

bool sw_oxide_face_set(sw_oxide_face *face, const sw_oxide_face_model *model,
                       const sw_oxide_thermo *thermo) {
    sw_oxide_potentials potentials;
    double *y = face->end.y;
    if (model->kind == SW_OXIDE_CLOSED)
        return true;
    if (model->kind == SW_OXIDE_METAL)
        return sw_oxide_with_metal(y, thermo, model->metal_nickel);
    if (!reacts(model)) {
        face->growth = face->unknown[0];
        return sw_oxide_with_oxygen(y, thermo, sw_oxide_gas_potential(thermo, model),
                                    thermo->cations == 2 ? exp(face->unknown[1]) : 0.0);
    }
    if (face->metallic)
        face->nickel = thermo->cations == 2 ? 1.0 / (1.0 + exp(-face->unknown[0])) : 0.0;
    if (!(face->metallic ? sw_oxide_with_metal(y, thermo, face->nickel)
                         : set_composition(face, thermo->cations)) ||
        !sw_oxide_potentials_at(&potentials, thermo, y))
        return false;
    face->growth = growth_of(model, thermo, potentials.oxygen);
    return true;
}

void sw_oxide_face_off(double *off, const sw_oxide_face *face, const sw_oxide_face_model *model,
                       const double *left, double step, size_t cations) {
    const size_t unknowns = sw_oxide_face_unknowns(face, model, cations);
    for (size_t k = 0; k < unknowns; k++)
        off[k] = left[k] / step;
    if (face->metallic && unknowns == 1)
        off[0] = ((1.0 - face->nickel) * left[1] - face->nickel * left[0]) / step;
}

/* ---- at the start ---------------------------------------------------------------------------- */

/* Without nickel the gas must be one of wustite alone; with it the driving forces are told. */
static sw_status check_gas(const sw_oxide_thermo *thermo, const sw_oxide_face_model *model,
                           const char *name, sw_error *error) {
    sw_wustite_state low, high;
    char hint[160];
    if (thermo->cations == 2)
        return SW_OK;
    sw_status status = sw_wustite_with_iron(&low, thermo->temperature, error);
    if (status == SW_OK)
        status = sw_wustite_with_magnetite(&high, thermo->temperature, error);
    if (status != SW_OK)
        return status;
    const double ratio =
        exp((sw_oxide_gas_potential(thermo, model) - thermo->water) / thermo->thermal);
    if (ratio >= low.water_ratio * (1.0 - SURE) && ratio <= high.water_ratio * (1.0 + SURE))
        return SW_OK;
    snprintf(
        hint, sizeof hint,
        low.water_ratio < high.water_ratio
            ? "take a water_ratio from %.4g to %.4g, or a front where metal forms"
            : "below 834 K there is none, as iron wants less than %.4g and magnetite more than "
              "%.4g",
        low.water_ratio, high.water_ratio);
    return sw_error_set(error, SW_ERROR_MODEL, name, hint,
                        "wustite is not stable in this gas at %g K (pH2O/pH2 %.4g): %s forms",
                        thermo->temperature, ratio, ratio < low.water_ratio ? "iron" : "magnetite");
}

static sw_status find_end(sw_oxide_face *face, const sw_oxide_face_model *model,
                          const sw_oxide_thermo *thermo, const char *name, sw_error *error) {
    bool found = true;
    const sw_status status =
        model->kind == SW_OXIDE_GAS ? check_gas(thermo, model, name, error) : SW_OK;
    if (status != SW_OK)
        return status;
    if (model->kind == SW_OXIDE_GAS)
        found = sw_oxide_with_oxygen(face->end.y, thermo, sw_oxide_gas_potential(thermo, model),
                                     face->end.y[1]);
    else if (model->kind == SW_OXIDE_METAL)
        found = sw_oxide_with_metal(face->end.y, thermo, model->metal_nickel);
    if (!found)
        return sw_error_set(error, SW_ERROR_MODEL, name,
                            "a gas between iron and magnetite; a metal that leaves some iron",
                            "there is no oxide in equilibrium with what is at this face");
    return SW_OK;
}

sw_status sw_oxide_face_begin(sw_oxide_face *face, const sw_oxide_face_model *model,
                              const sw_oxide_thermo *thermo, const double *y, const char *name,
                              sw_error *error) {
    const size_t m = sw_oxide_cations(thermo);
    const double nickel = m == 2 ? fmax(y[1], DILUTE) : 0.0;
    face->end = (sw_oxide_end){.open = model->kind != SW_OXIDE_CLOSED, .y = {y[0], nickel}};
    const sw_status status = find_end(face, model, thermo, name, error);
    if (status != SW_OK || face->metallic)
        return status;
    face->nickel = model->kind == SW_OXIDE_METAL ? model->metal_nickel : NAN;
    face->growth = 0.0;
    face->unknown[0] = reacts(model) ? log(1.0 - y[0] - nickel) : 0.0;
    face->unknown[1] = m == 2 ? log(nickel) : 0.0;
    return SW_OK;
}

/* ---- metal comes and goes -------------------------------------------------------------------- */

static double sites_without(const double *y, size_t cations) {
    return 1.0 - y[0] - (cations == 2 ? y[1] : 0.0);
}

static void lose_metal(sw_oxide_face *face, size_t cations) {
    face->metallic = false;
    face->nickel = NAN;
    face->unknown[0] = log(sites_without(face->end.y, cations));
    face->unknown[1] = cations == 2 ? log(fmax(face->end.y[1], DILUTE)) : 0.0;
}

void sw_oxide_face_turn(sw_oxide_face *face, const sw_oxide_face_model *model,
                        const sw_oxide_thermo *thermo) {
    sw_oxide_potentials potentials;
    double nickel;
    if (model->kind != SW_OXIDE_FRONT)
        return;
    if (face->metallic) {
        if (face->metal[0] + face->metal[1] < 0.0)
            lose_metal(face, thermo->cations);
        return;
    }
    if (!sw_oxide_potentials_at(&potentials, thermo, face->end.y) ||
        !(sw_oxide_metal_drive(&nickel, thermo, &potentials) > 0.0))
        return;
    nickel = fmin(fmax(nickel, DILUTE), 1.0 - DILUTE);
    face->metallic = true;
    face->nickel = nickel;
    face->unknown[0] = thermo->cations == 2 ? log(nickel / (1.0 - nickel)) : 0.0;
}
