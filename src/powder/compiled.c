/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "powder/compiled.h"

#include "powder/programme.h"
#include "powder/rates.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#define ANGSTROM 1e-10 /* m */

/* kg/m3: CRC Handbook, densities of the crystals. */
#define DENSITY_HEMATITE 5250.0
#define DENSITY_IRON 7874.0
#define DENSITY_NICKEL 8908.0
#define DENSITY_NICKEL_OXIDE 6670.0
#define NORMAL_VOLUME (SW_GAS_CONSTANT * SW_ICE_POINT / 101325) /* m3/mol at 0 degC, 1 atm */
#define METAL_FROM_START 30.0                                   /* extended area: all covered */

const double sw_powder_oxygen_step[SW_FRONTS] = {1.0 / 6, 4.0 / 3 - SW_OXYGEN_WUSTITE,
                                                 SW_OXYGEN_WUSTITE};

/* ---- what there is --------------------------------------------------------------------------- */

/* mol in a kg of metal */
static double iron_of(const sw_powder_feed *feed) {
    return (1 - feed->nickel_fraction) / SW_MASS_IRON;
}

static double nickel_of(const sw_powder_feed *feed) {
    return feed->nickel_fraction / SW_MASS_NICKEL;
}

static double oxygen_of(const sw_powder_feed *feed) {
    return (feed->iron_is_metal ? 0 : 1.5 * iron_of(feed)) +
           (feed->nickel == SW_NICKEL_OXIDE ? nickel_of(feed) : 0);
}

double sw_powder_oxygen_share(const sw_powder_feed *feed) {
    double oxygen = oxygen_of(feed) * SW_MASS_OXYGEN;
    return oxygen / (1 + oxygen);
}

static void weigh(sw_powder_compiled *compiled, const sw_powder_feed *feed) {
    compiled->mass = feed->mass * SW_ATOMIC_MASS;
    double metal = compiled->mass * (1 - sw_powder_oxygen_share(feed));
    compiled->iron = metal * iron_of(feed);
    compiled->nickel = metal * nickel_of(feed);
    compiled->oxygen_fed = metal * oxygen_of(feed);
    compiled->oxygen = compiled->oxygen_fed > 0 ? compiled->oxygen_fed : 1.5 * compiled->iron;
}

static void sort_grains(sw_powder_compiled *compiled, const sw_powder_feed *feed) {
    compiled->bins = feed->bins;
    compiled->oxide_area = 0;
    /* m3 per mol of iron; a grain of metal counts as that of the oxide that it would make */
    double volume = (SW_MASS_IRON + 1.5 * SW_MASS_OXYGEN) / DENSITY_HEMATITE;
    double swollen = feed->iron_is_metal ? cbrt(volume * DENSITY_IRON / SW_MASS_IRON) : 1;
    for (size_t b = 0; b < feed->bins; b++) {
        double place = gsl_cdf_ugaussian_Pinv(((double)b + 0.5) / (double)feed->bins);
        compiled->radius[b] = 0.5 * feed->size * ANGSTROM * pow(feed->spread, place) * swollen;
        compiled->oxide_area += 3 * volume / compiled->radius[b] / (double)feed->bins;
    }
}

static double solid_volume(const sw_powder_compiled *compiled) {
    bool oxide = compiled->model->feed.nickel == SW_NICKEL_OXIDE;
    double iron = compiled->model->feed.iron_is_metal
                      ? compiled->iron * SW_MASS_IRON / DENSITY_IRON
                      : compiled->iron * (SW_MASS_IRON + 1.5 * SW_MASS_OXYGEN) / DENSITY_HEMATITE;
    double nickel = compiled->nickel * (SW_MASS_NICKEL + (oxide ? SW_MASS_OXYGEN : 0));
    return iron + nickel / (oxide ? DENSITY_NICKEL_OXIDE : DENSITY_NICKEL);
}

static void lay_bed(sw_powder_compiled *compiled, const sw_powder_bed *bed) {
    double volume = solid_volume(compiled) / (1 - bed->porosity);
    compiled->cells = bed->cells;
    compiled->area = bed->area * ANGSTROM * ANGSTROM;
    compiled->depth = volume / compiled->area;
    compiled->void_volume = bed->porosity * volume / (double)bed->cells;
    compiled->feed_flow = bed->flow / NORMAL_VOLUME;
    compiled->concentration = bed->pressure / (SW_GAS_CONSTANT * SW_POWDER_REFERENCE);
}

/* Surfaces touch at random: the oxide meets nickel by its share of all surface. */
static void place_nickel(sw_powder_compiled *compiled, const sw_powder_nickel *nickel) {
    if (nickel->inert || compiled->nickel <= 0)
        return;
    bool oxide = compiled->model->feed.nickel == SW_NICKEL_OXIDE;
    double molar = SW_MASS_NICKEL / DENSITY_NICKEL;
    double lying = oxide ? (SW_MASS_NICKEL + SW_MASS_OXYGEN) / DENSITY_NICKEL_OXIDE : molar;
    double touching_area = compiled->nickel * 6 * lying / (nickel->contact_size * ANGSTROM);
    double oxide_area = compiled->iron * compiled->oxide_area;
    compiled->contact = nickel->touching * touching_area / (touching_area + oxide_area);
    compiled->contact_radius = 0.5 * nickel->neck * nickel->grain * ANGSTROM;
    compiled->contact_density =
        compiled->contact / (M_PI * compiled->contact_radius * compiled->contact_radius);
    compiled->nickel_area = 6 * molar / (nickel->grain * ANGSTROM);
    double inner = 1 - 2 * compiled->model->alloying.depth / nickel->grain;
    compiled->nickel_radius = 0.5 * nickel->grain * ANGSTROM;
    compiled->accessible = inner > 0 ? 1 - inner * inner * inner : 1;
}

sw_status sw_powder_compile(sw_powder_compiled *compiled, const sw_powder_model *model,
                            sw_error *error) {
    double lowest, highest;
    *compiled = (sw_powder_compiled){.model = model};
    weigh(compiled, &model->feed);
    sort_grains(compiled, &model->feed);
    lay_bed(compiled, &model->bed);
    place_nickel(compiled, &model->nickel);
    compiled->cell_size = SW_CELL_BINS + SW_BIN_SIZE * compiled->bins;
    compiled->size = SW_STATE_CELLS + compiled->cells * compiled->cell_size;
    sw_powder_programme_range(model, &lowest, &highest);
    compiled->end = model->run.end_time;
    compiled->nuclei = sw_powder_nuclei(compiled);
    if (lowest < SW_EQUILIBRIUM_LOWEST - 1 || highest > SW_EQUILIBRIUM_HIGHEST)
        return sw_error_set(error, SW_ERROR_MODEL, "programme", NULL,
                            "equilibria are known from %g to %g K, not from %g to %g K",
                            SW_EQUILIBRIUM_LOWEST, SW_EQUILIBRIUM_HIGHEST, lowest, highest);
    sw_status status = sw_powder_alloy_get(&compiled->alloy, error);
    return status == SW_OK ? sw_powder_equilibria_get(&compiled->equilibria, error) : status;
}

void sw_powder_start(double *state, const sw_powder_compiled *compiled) {
    sw_powder_conditions now = sw_powder_programme_at(compiled->model, 0);
    double gas = SW_POWDER_REFERENCE / now.temperature; /* all of it, over `concentration` */
    state[SW_STATE_OUT] = 0;
    state[SW_STATE_STREAM] = now.hydrogen * gas;
    state[SW_STATE_STREAM + 1] = now.water * gas;
    for (size_t c = 0; c < compiled->cells; c++) {
        double *cell = state + sw_powder_cell(compiled, c);
        cell[SW_CELL_H2] = now.hydrogen * gas;
        cell[SW_CELL_H2O] = now.water * gas;
        cell[SW_CELL_NIO] = compiled->model->feed.nickel == SW_NICKEL_OXIDE;
        cell[SW_CELL_FCC] = 0;
        for (size_t b = 0; b < compiled->bins; b++) {
            double *bin = cell + SW_CELL_BINS + b * SW_BIN_SIZE;
            for (int front = 0; front < SW_FRONTS; front++)
                bin[front] = !compiled->model->feed.iron_is_metal;
            bin[SW_BIN_NUCLEI] = bin[SW_BIN_FCC] = 0;
            bool bare =
                compiled->model->nucleation.rate > 0 && !compiled->model->feed.iron_is_metal;
            bin[SW_BIN_BCC] = bare ? 0 : METAL_FROM_START;
        }
    }
}
