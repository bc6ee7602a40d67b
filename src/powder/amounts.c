/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the state to what a balance, a diffractometer and a gas analyser would show. */
#include "powder/powder.h"

#include "powder/programme.h"

#include <math.h>

/* fcc (Fe,Ni) at room temperature: Ni 3.524 A, Invar with 65 % iron 3.595 A (Pearson), linear */
#define EDGE_NICKEL 3.524
#define EDGE_PER_IRON ((3.595 - 3.524) / 0.65)
#define NO_FCC 1e-6

/* Iron in each state of oxidation, as shares of all iron. */
typedef struct iron_shares {
    double hematite, magnetite, wustite, metal, fcc, nickel_oxide;
} iron_shares;

static iron_shares share_of(const sw_powder_compiled *compiled, const double *state) {
    iron_shares sum = {0};
    double cells = (double)compiled->cells, bins = (double)compiled->bins;
    for (size_t c = 0; c < compiled->cells; c++) {
        const double *cell = state + sw_powder_cell(compiled, c);
        sum.fcc += cell[SW_CELL_FCC] / cells;
        sum.nickel_oxide += cell[SW_CELL_NIO] / cells;
        for (size_t b = 0; b < compiled->bins; b++) {
            const double *v = cell + SW_CELL_BINS + b * SW_BIN_SIZE;
            sum.hematite += v[SW_HEMATITE] / (cells * bins);
            sum.magnetite += (v[SW_MAGNETITE] - v[SW_HEMATITE]) / (cells * bins);
            sum.wustite += (v[SW_WUSTITE] - v[SW_MAGNETITE]) / (cells * bins);
            sum.metal += (1 - v[SW_WUSTITE]) / (cells * bins);
        }
    }
    return sum;
}

/* mol of oxygen in the solids; linear, so that it serves for rates too. */
static double oxygen_of(const sw_powder_compiled *compiled, const iron_shares *share,
                        double *of_iron) {
    *of_iron = compiled->iron * (1.5 * share->hematite + 4.0 / 3 * share->magnetite +
                                 SW_OXYGEN_WUSTITE * share->wustite);
    return *of_iron + compiled->nickel * share->nickel_oxide;
}

static void weigh_phases(sw_powder_amounts *amounts, const sw_powder_compiled *compiled,
                         const iron_shares *share) {
    double iron = compiled->iron, metal = compiled->nickel * (1 - share->nickel_oxide);
    amounts->hematite = iron * share->hematite * (SW_MASS_IRON + 1.5 * SW_MASS_OXYGEN);
    amounts->magnetite = iron * share->magnetite * (SW_MASS_IRON + 4.0 / 3 * SW_MASS_OXYGEN);
    amounts->wustite = iron * share->wustite * (SW_MASS_IRON + SW_OXYGEN_WUSTITE * SW_MASS_OXYGEN);
    amounts->bcc = iron * (share->metal - share->fcc) * SW_MASS_IRON;
    amounts->fcc = iron * share->fcc * SW_MASS_IRON + metal * SW_MASS_NICKEL;
    amounts->nickel_oxide =
        compiled->nickel * share->nickel_oxide * (SW_MASS_NICKEL + SW_MASS_OXYGEN);
    double *const phase[] = {&amounts->hematite, &amounts->magnetite, &amounts->wustite,
                             &amounts->bcc,      &amounts->fcc,       &amounts->nickel_oxide};
    amounts->mass = 0;
    for (size_t i = 0; i < 6; i++)
        amounts->mass += *phase[i];
    for (size_t i = 0; i < 6; i++)
        *phase[i] /= amounts->mass;
    double fcc = iron * share->fcc + metal;
    bool there = compiled->nickel > 0 && fcc > NO_FCC * iron;
    amounts->iron_in_fcc = there ? iron * share->fcc / fcc : 0;
    amounts->lattice_parameter =
        there ? EDGE_NICKEL + EDGE_PER_IRON * amounts->iron_in_fcc : (double)NAN;
}

/* mol of hydrogen atoms in pairs and of water in the gas of the sample. */
static double gas_amount(const sw_powder_compiled *compiled, const double *state, size_t gas) {
    double sum = state[SW_STATE_STREAM + gas] * compiled->model->bed.volume;
    for (size_t c = 0; c < compiled->cells; c++)
        sum += state[sw_powder_cell(compiled, c) + gas] * compiled->void_volume;
    return sum * compiled->concentration;
}

void sw_powder_amounts_of(sw_powder_amounts *amounts, const sw_powder_compiled *compiled,
                          const double *state, const double *rate, double time) {
    sw_powder_conditions now = sw_powder_programme_at(compiled->model, time);
    iron_shares share = share_of(compiled, state), change = share_of(compiled, rate);
    double iron, iron_change, total = SW_POWDER_REFERENCE / now.temperature;
    /* shares of metal and of oxides differ by the 1 of share_of, which oxygen does not see */
    double left = oxygen_of(compiled, &share, &iron);
    double leaving = oxygen_of(compiled, &change, &iron_change);
    *amounts = (sw_powder_amounts){.time = time, .temperature = now.temperature};
    weigh_phases(amounts, compiled, &share);
    amounts->conversion = 1 - left / compiled->oxygen;
    amounts->iron_conversion = 1 - iron / (1.5 * compiled->iron);
    amounts->conversion_rate = -leaving / compiled->oxygen;
    amounts->iron_rate = -iron_change / (1.5 * compiled->iron);
    amounts->nickel_left = compiled->nickel > 0 ? share.nickel_oxide : 0;
    amounts->hydrogen = state[SW_STATE_STREAM] / total;
    amounts->water = state[SW_STATE_STREAM + 1] / total;
    double both = amounts->hydrogen + amounts->water;
    amounts->gas_conversion = both > 1e-9 ? amounts->water / both : 0;
    double water = gas_amount(compiled, state, SW_CELL_H2O) / compiled->oxygen;
    amounts->oxygen_balance =
        (compiled->oxygen_fed - left) / compiled->oxygen - state[SW_STATE_OUT] - water;
}
