/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "powder/surface.h"

#define IRON_VOLUME 7.1e-6 /* m3/mol */

static sw_powder_ground ground_of(const sw_powder_coefficients *now, double activity) {
    double least = activity + 1e-6;
    sw_powder_ground ground = {
        .wustite = now->constants[SW_EQUILIBRIUM_WUSTITE] / pow(least, 1 / SW_OXYGEN_WUSTITE),
        .magnetite = now->constants[SW_EQUILIBRIUM_DIRECT] / pow(least, 0.75)};
    double apart = now->constants[SW_EQUILIBRIUM_MAGNETITE] / ground.wustite;
    double fourth = apart * apart * apart * apart;
    ground.unstable = 1 / (1 + fourth * fourth);
    return ground;
}

sw_powder_surroundings sw_powder_look_around(const double *cell, const sw_powder_compiled *compiled,
                                             const sw_powder_coefficients *now) {
    sw_powder_surroundings in = {.compiled = compiled,
                                 .now = now,
                                 .hydrogen = cell[SW_CELL_H2],
                                 .water = cell[SW_CELL_H2O],
                                 .fcc = cell[SW_CELL_FCC]};
    in.bcc = -in.fcc;
    for (size_t b = 0; b < compiled->bins; b++)
        in.bcc += (1 - cell[SW_CELL_BINS + b * SW_BIN_SIZE + SW_WUSTITE]) / (double)compiled->bins;
    double iron = sw_positive(cell[SW_CELL_FCC] * compiled->iron, 1e-9 * compiled->iron);
    double nickel = sw_positive((1 - cell[SW_CELL_NIO]) * compiled->nickel, 1e-9 * compiled->iron);
    double accessible = compiled->contact > 0 ? compiled->accessible : 1;
    in.activity = sw_powder_iron_activity(&now->alloy, iron / (iron + nickel * accessible));
    in.under_bcc = ground_of(now, 1);
    in.under_fcc = ground_of(now, in.activity);
    double metal = compiled->nickel > 0 ? sw_positive(1 - cell[SW_CELL_NIO], 1e-9) : 0;
    in.growth = compiled->contact * now->spread * metal;
    in.reach = in.growth;
    double shell = compiled->model->nickel.encapsulation * 1e-10;
    if (shell > 0 && compiled->nickel > 0) {
        double cover = iron * IRON_VOLUME / (compiled->nickel * compiled->nickel_area + 1e-300);
        in.reach *= exp(-cover / shell);
    }
    if (!compiled->model->alloying.present)
        in.growth = 0;
    return in;
}

sw_powder_path sw_powder_path_at(const sw_powder_surroundings *in, int front, double v,
                                 double radius) {
    const sw_powder_coefficients *now = in->now;
    sw_powder_path path = {.reaction = 1 / now->front[front],
                           .water = now->desorption[front],
                           .activation = now->activation};
    if (now->layer > 0) {
        double part = cbrt(v > 0 ? v + SW_POWDER_CORE : SW_POWDER_CORE);
        path.product = radius * part * (1 - (part < 1 ? part : 1)) / now->layer;
    }
    return path;
}

double sw_powder_served_share(const sw_powder_surroundings *in, double covered) {
    return 1 - exp(-sw_positive(in->reach + covered, 1e-12));
}

double sw_powder_conductance(const sw_powder_surroundings *in, int front, double v, double radius,
                             double covered) {
    double served = sw_powder_served_share(in, covered);
    sw_powder_path path = sw_powder_path_at(in, front, v, radius);
    return served / sw_powder_served(&path) + (1 - served) / sw_powder_bare(&path);
}
