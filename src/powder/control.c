/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which step holds each front back: shares of ln(rate) over ln(each velocity). */
#include "powder/control.h"

#include "powder/surface.h"

static void add_path(sw_powder_control *sum, const sw_powder_path *path, double served,
                     double weight) {
    double both = sqrt(path->activation * path->water);
    double by_metal = sw_powder_served(path), bare = sw_powder_bare(path);
    /* conductance = served / by_metal + (1 - served) / bare */
    double metal = served / (by_metal * by_metal), alone = (1 - served) / (bare * bare);
    double scale = weight / (served / by_metal + (1 - served) / bare);
    sum->reaction += scale * path->reaction * (metal + alone);
    sum->product += scale * path->product * (metal + alone);
    sum->water += scale * (path->water * metal + (path->water + both) * alone);
    sum->activation += scale * (path->activation + both) * alone;
    sum->served += weight * served;
}

/* Iron per second that passes the front, of all iron in the bin. */
static double weight_of(const double *rate, int front) {
    return fmax(-rate[front], 0);
}

/* pH2O/pH2 towards which a front goes: where wustite is thin and not stable, both of its fronts are
 * one, from magnetite to the metals that cover it. */
static double line_of(const sw_powder_surroundings *in, const double *bin, int front) {
    double fcc = sw_positive(bin[SW_BIN_FCC] + in->growth, 1e-12);
    double share = fcc / (fcc + sw_positive(bin[SW_BIN_BCC], 1e-9));
    double layer = fmax(bin[SW_WUSTITE] - bin[SW_MAGNETITE], 0);
    const sw_powder_ground *bcc = &in->under_bcc, *alloy = &in->under_fcc;
    double direct = (bcc->unstable + share * (alloy->unstable - bcc->unstable)) * SW_POWDER_SCARCE /
                    (layer + SW_POWDER_SCARCE);
    double step = in->now->constants[SW_EQUILIBRIUM_HEMATITE + front];
    if (front == SW_HEMATITE)
        return step;
    if (front == SW_WUSTITE)
        step = bcc->wustite + share * (alloy->wustite - bcc->wustite);
    double through = bcc->magnetite + share * (alloy->magnetite - bcc->magnetite);
    return step + direct * (through - step);
}

static void add_cell(sw_powder_control control[SW_FRONTS], const double *cell, const double *rate,
                     const sw_powder_compiled *compiled, const sw_powder_coefficients *now) {
    sw_powder_surroundings in = sw_powder_look_around(cell, compiled, now);
    for (size_t b = 0; b < compiled->bins; b++) {
        const double *bin = cell + SW_CELL_BINS + b * SW_BIN_SIZE;
        double metal = bin[SW_BIN_BCC] + bin[SW_BIN_FCC];
        for (int front = 0; front < SW_FRONTS; front++) {
            double weight = weight_of(rate + SW_CELL_BINS + b * SW_BIN_SIZE, front);
            double covered = sw_powder_served_share(&in, metal);
            /* wustite goes under metal alone, which gives its hydrogen */
            double served = front == SW_WUSTITE ? 1 : covered;
            sw_powder_path path = sw_powder_path_at(&in, front, bin[front], compiled->radius[b]);
            double constant = line_of(&in, bin, front);
            double fed = fmax(now->hydrogen * now->total, 1e-9);
            add_path(&control[front], &path, served, weight);
            control[front].served += weight * (covered - served);
            control[front].gas += weight * (1 - sw_powder_drive(&in, constant) / fed);
            control[front].rate += weight / (double)(compiled->bins * compiled->cells);
        }
    }
}

void sw_powder_control_of(sw_powder_control control[SW_FRONTS], const sw_powder_compiled *compiled,
                          const double *state, const double *rate,
                          const sw_powder_coefficients *now) {
    for (int front = 0; front < SW_FRONTS; front++)
        control[front] = (sw_powder_control){0};
    for (size_t c = 0; c < compiled->cells; c++)
        add_cell(control, state + sw_powder_cell(compiled, c), rate + sw_powder_cell(compiled, c),
                 compiled, now);
    for (int front = 0; front < SW_FRONTS; front++) {
        double weights = control[front].rate * (double)(compiled->bins * compiled->cells);
        double *const share[] = {&control[front].reaction, &control[front].product,
                                 &control[front].water,    &control[front].activation,
                                 &control[front].served,   &control[front].gas};
        for (size_t i = 0; i < sizeof share / sizeof *share; i++)
            *share[i] = weights > 0 ? *share[i] / weights : (double)NAN;
    }
}
