/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns of the series of an oxide, and which of them the report shows first. */
#include "diffusion/oxide_run.h"
#include "diffusion/row.h"

#include <math.h>

#define NANOMETRE 10.0 /* A */
#define PERCENT 100.0
#define SQUARE_METRE 1e20 /* A2 */
#define CENTIMETRE 1e8    /* A */
#define METRE 1e10        /* A */
#define KILO 1e3
#define OXYGEN 8

static const char *const names[2] = {"first", "last"};

/* Grams of oxygen in an A3 of the oxide. */
static double oxygen_density(const sw_oxide *oxide) {
    return sw_element_mass(OXYGEN) * SW_ATOMIC_MASS * KILO / oxide->model->volume;
}

static double share_of_nickel(const double *y) {
    return y[1] / (y[0] + y[1]);
}

/* Parabolic constants since the start and now; numbers to be shown of a scale alone. */
static void add_constants(sw_row *row, const sw_oxide *oxide, double since, double now) {
    const double density = oxygen_density(oxide) * CENTIMETRE * CENTIMETRE;
    const bool scale = sw_oxide_is_scale(oxide);
    sw_row_add(row, since / SQUARE_METRE, "m2/s", "parabolic constant");
    if (scale)
        sw_row_show(row, "kp of thickness squared = start squared + 2 kp t");
    sw_row_add(row, now / SQUARE_METRE, "m2/s", "parabolic constant now");
    sw_row_add(row, 2.0 * since * density * density, "g2/cm4/s", "mass constant");
    if (scale)
        sw_row_show(row, "square of the oxygen taken up on an area, over time");
}

static void add_growth(sw_row *row, const sw_oxide *oxide) {
    const double thickness = sw_oxide_thickness(oxide), start = oxide->model->thickness;
    const double time = oxide->control.time, density = oxygen_density(oxide);
    const double growth = oxide->now.face[0].growth + oxide->now.face[1].growth;
    const double constant =
        time > 0.0 ? (thickness * thickness - start * start) / (2.0 * time) : NAN;
    sw_row_add(row, thickness / NANOMETRE, "nm", "thickness");
    sw_row_show(row, "of the oxide, at the end");
    sw_row_add(row, oxide->now.layer.from / NANOMETRE, "nm", "first face");
    sw_row_add(row, oxide->now.layer.to / NANOMETRE, "nm", "last face");
    add_constants(row, oxide, constant, time > 0.0 ? thickness * growth : NAN);
    sw_row_add(row, (thickness - start) * density * METRE * METRE, "g/m2", "oxygen taken up");
}

static void add_metal(sw_row *row, const sw_oxide *oxide, size_t f) {
    const sw_oxide_face *face = &oxide->now.face[f];
    const sw_oxide_face_model *model = sw_oxide_face_of(oxide, f);
    const double atoms = face->metal[0] + face->metal[1];
    if (model->kind != SW_OXIDE_METAL && model->kind != SW_OXIDE_FRONT)
        return;
    sw_row_add(row, atoms * oxide->model->metal_volume / oxide->model->volume / NANOMETRE, "nm",
               "metal at %s", names[f]);
    sw_row_show(row, "change of the thickness of the metal at this face; below 0: lost");
    if (oxide->thermo.cations < 2)
        return;
    sw_row_add(row, PERCENT * face->nickel, "at%", "Ni in metal at %s", names[f]);
    sw_row_show(row, "in the metal that touches the oxide at the end");
    if (model->kind == SW_OXIDE_FRONT) {
        sw_row_add(row, atoms > 0.0 ? PERCENT * face->metal[1] / atoms : NAN, "at%",
                   "Ni in all metal at %s", names[f]);
        sw_row_show(row, "in all metal that has formed at this face");
    }
}

static void add_face(sw_row *row, const sw_oxide *oxide, size_t f) {
    double y[SW_OXIDE_CATIONS];
    sw_oxide_potentials potentials;
    sw_oxide_y_at(y, oxide, (double)f);
    const bool known = sw_oxide_potentials_at(&potentials, &oxide->thermo, y);
    const double kilojoule = KILO * SW_JOULE_PER_MOLE;
    sw_row_add(row, PERCENT * (1.0 - y[0] - y[1]), "%", "vacancies at %s", names[f]);
    sw_row_show(row, "share of the cation sites at this face, at the end");
    if (oxide->thermo.cations == 2) {
        sw_row_add(row, PERCENT * share_of_nickel(y), "at%", "Ni at %s", names[f]);
        sw_row_show(row, "share of the cations at this face, at the end");
    }
    sw_row_add(row, known ? sw_oxide_log_pressure(&oxide->thermo, potentials.oxygen) : NAN, "",
               "log10 pO2 at %s", names[f]);
    sw_row_add(row,
               known ? sw_oxide_metal_drive(NULL, &oxide->thermo, &potentials) / kilojoule : NAN,
               "kJ/mol", "metal drive at %s", names[f]);
    sw_row_add(row, known ? sw_oxide_spinel_drive(&oxide->thermo, &potentials) / kilojoule : NAN,
               "kJ/mol", "spinel drive at %s", names[f]);
}

static void add_nickel(sw_row *row, const sw_oxide *oxide) {
    double lowest = INFINITY, highest = -INFINITY, y[SW_OXIDE_COMPONENTS] = {0};
    if (oxide->thermo.cations < 2)
        return;
    for (size_t i = 0; i < oxide->now.layer.cells; i++) {
        sw_oxide_layer_y(y, &oxide->now.layer, i);
        lowest = fmin(lowest, share_of_nickel(y));
        highest = fmax(highest, share_of_nickel(y));
    }
    const double iron = sw_oxide_layer_total(&oxide->now.layer, 0);
    const double nickel = sw_oxide_layer_total(&oxide->now.layer, 1);
    sw_row_add(row, PERCENT * lowest, "at%", "lowest Ni");
    sw_row_add(row, PERCENT * highest, "at%", "highest Ni");
    sw_row_show(row, "share of the cations, in the cells of the oxide, at the end");
    sw_row_add(row, PERCENT * nickel / (iron + nickel), "at%", "mean Ni");
}

static double balance_of(const sw_oxide *oxide) {
    double most = 0.0;
    for (size_t of = 0; of <= SW_OXIDE_CATIONS; of++) {
        const double off = sw_oxide_imbalance(oxide, of);
        if (!(fabs(off) <= fabs(most)))
            most = off;
    }
    return most;
}

static void collect(sw_row *row, const sw_oxide_run *run) {
    const sw_oxide *oxide = &run->oxide;
    row->count = 0;
    sw_row_add(row, oxide->control.time, "s", "time");
    sw_row_add(row, oxide->thermo.temperature, "K", "temperature");
    add_growth(row, oxide);
    for (size_t f = 0; f < 2; f++)
        add_metal(row, oxide, f);
    for (size_t f = 0; f < 2; f++)
        add_face(row, oxide, f);
    add_nickel(row, oxide);
    sw_row_add(row, balance_of(oxide), "", "balance");
    sw_row_show(row, "relative change of the amount of Fe, Ni or O, the largest");
    sw_row_add(row, (double)oxide->control.steps, "", "steps");
}

sw_status sw_oxide_describe(sw_table *series, const sw_oxide_run *run) {
    sw_row row;
    collect(&row, run);
    return sw_row_describe(series, &row);
}

sw_status sw_oxide_observe(sw_table *series, const sw_oxide_run *run) {
    sw_row row;
    collect(&row, run);
    return sw_row_write(series, &row);
}

sw_status sw_oxide_headline(sw_table *table, const sw_oxide_run *run) {
    sw_row row;
    collect(&row, run);
    return sw_row_headline(table, &row);
}

/* ---- profiles -------------------------------------------------------------------------------- */

size_t sw_oxide_quantities(const sw_oxide *oxide) {
    return oxide->thermo.cations + 1;
}

double sw_oxide_quantity(const void *of, double share, size_t quantity) {
    const sw_oxide *oxide = of;
    double y[SW_OXIDE_CATIONS];
    sw_oxide_potentials potentials;
    sw_oxide_y_at(y, oxide, share);
    if (quantity == 0)
        return PERCENT * (1.0 - y[0] - y[1]);
    if (quantity == 2)
        return PERCENT * share_of_nickel(y);
    return sw_oxide_potentials_at(&potentials, &oxide->thermo, y)
               ? sw_oxide_log_pressure(&oxide->thermo, potentials.oxygen)
               : NAN;
}
