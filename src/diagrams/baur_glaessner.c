/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Diagram `baur-glaessner`: which oxide of iron a gas of H2 and H2O, or CO and CO2, leaves. */
#include "diagrams/columns.h"
#include "diagrams/rows.h"
#include "diagrams/sweep.h"
#include "diagrams/wustite.h"

#include <math.h>

static const char *const gases[] = {"hydrogen", "carbon-monoxide", "both", NULL};
enum { HYDROGEN, CARBON_MONOXIDE, BOTH };

static const sw_instrument_parameter parameters[] = {
    {.name = "gas",
     .kind = SW_TAKES_CHOICE,
     .standard = "both",
     .choices = gases,
     .help = "reducing gas"},
    SWEEP_PARAMETERS("300 degC..1100 degC"),
    {.name = "at",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_TEMPERATURE,
     .standard = "700 degC",
     .least = 600.0,
     .most = 1500.0,
     .help = "temperature of the printed ratios"},
    {0},
};

/* The lines, in the order of their oxygen pressure where all are stable. */
enum line { WUSTITE_IRON, MAGNETITE_WUSTITE, MAGNETITE_IRON, HEMATITE_MAGNETITE, LINES };

/* pH2O/pH2 of the four; NaN where the pair is not stable. */
static sw_status water_ratios(double ratios[LINES], double temperature, sw_error *error) {
    sw_status status = sw_wustite_water_ratios(&ratios[WUSTITE_IRON], &ratios[MAGNETITE_WUSTITE],
                                               &ratios[MAGNETITE_IRON], temperature, error);
    if (status == SW_OK)
        status = sw_reaction_water_ratio(&ratios[HEMATITE_MAGNETITE], NULL,
                                         "3 Fe2O3 + H2 = 2 Fe3O4 + H2O", temperature, error);
    if (status != SW_OK)
        return status;
    if (ratios[WUSTITE_IRON] < ratios[MAGNETITE_WUSTITE])
        ratios[MAGNETITE_IRON] = (double)NAN;
    else
        ratios[WUSTITE_IRON] = ratios[MAGNETITE_WUSTITE] = (double)NAN;
    return SW_OK;
}

/* pCO2/pCO over pH2O/pH2. */
static sw_status shift(double *factor, double temperature, sw_error *error) {
    double gibbs;
    const sw_status status = sw_reaction_gibbs(&gibbs, "CO + H2O = CO2 + H2", temperature, error);
    *factor = status == SW_OK ? exp(-gibbs / (SW_BOLTZMANN * temperature)) : (double)NAN;
    return status;
}

/* Share of CO in CO + CO2 at 1 bar above which carbon falls out: 2 CO = C + CO2. */
static sw_status boudouard(double *share, double temperature, sw_error *error) {
    double gibbs;
    const sw_status status = sw_reaction_gibbs(&gibbs, "2 CO = C + CO2", temperature, error);
    const double k = status == SW_OK ? exp(-gibbs / (SW_BOLTZMANN * temperature)) : (double)NAN;
    *share = 2.0 / (1.0 + sqrt(1.0 + 4.0 * k)); /* k x^2 + x - 1 = 0 */
    return status;
}

static const char *const column_names[2][LINES] = {
    {"FeO-Fe with H2", "Fe3O4-FeO with H2", "Fe3O4-Fe with H2", "Fe2O3-Fe3O4 with H2"},
    {"FeO-Fe with CO", "Fe3O4-FeO with CO", "Fe3O4-Fe with CO", "Fe2O3-Fe3O4 with CO"}};
#define SOOT "carbon at 1 bar of CO and CO2"

static sw_status add_columns(sw_table *table, size_t gas) {
    sw_status status = SW_OK;
    for (size_t g = 0; g < 2; g++)
        for (size_t i = 0; i < LINES && status == SW_OK; i++)
            if (gas == g || gas == BOTH)
                status = sw_table_add_column(table, column_names[g][i], "%");
    return status == SW_OK && gas != HYDROGEN ? sw_table_add_column(table, SOOT, "%") : status;
}

static sw_status fill_row(sw_table *table, size_t row, double temperature, sw_error *error) {
    double ratios[LINES], factor, soot;
    sw_status status = water_ratios(ratios, temperature, error);
    if (status == SW_OK)
        status = shift(&factor, temperature, error);
    if (status == SW_OK)
        status = boudouard(&soot, temperature, error);
    for (size_t i = 0; i < LINES && status == SW_OK; i++) {
        sw_diagram_table_set(table, row, column_names[0][i], 100.0 / (1.0 + ratios[i]));
        sw_diagram_table_set(table, row, column_names[1][i], 100.0 / (1.0 + ratios[i] * factor));
    }
    if (status == SW_OK)
        sw_diagram_table_set(table, row, SOOT, 100.0 * soot);
    return status;
}

static sw_status add_values(sw_measurement *measurement, double temperature, sw_error *error) {
    static const struct {
        enum line line;
        const char *name, *help;
    } rows[] = {
        {WUSTITE_IRON, "pH2O/pH2 FeO-Fe", "wustite below it is reduced to iron"},
        {MAGNETITE_WUSTITE, "pH2O/pH2 Fe3O4-FeO", "magnetite below it is reduced to wustite"},
        {MAGNETITE_IRON, "pH2O/pH2 Fe3O4-Fe", "below the eutectoid: magnetite to iron"},
        {HEMATITE_MAGNETITE, "pH2O/pH2 Fe2O3-Fe3O4", "hematite below it is reduced to magnetite"}};
    double ratios[LINES], eutectoid;
    sw_status status = water_ratios(ratios, temperature, error);
    for (size_t i = 0; i < LINES && status == SW_OK; i++)
        if (isfinite(ratios[rows[i].line]))
            status = sw_measurement_add(measurement, rows[i].name, ratios[rows[i].line],
                                        (double)NAN, (double)NAN, "", rows[i].help);
    if (status == SW_OK)
        status = sw_wustite_eutectoid(&eutectoid, error);
    if (status == SW_OK)
        status = sw_measurement_add(measurement, "eutectoid", eutectoid - SW_ICE_POINT, (double)NAN,
                                    (double)NAN, "degC", "below it wustite is not stable");
    if (status != SW_OK || !isfinite(ratios[WUSTITE_IRON]))
        return status; /* below the eutectoid there is no wustite to have a composition */
    return sw_wustite_add_compositions(measurement, temperature, error);
}

#define WITH_H2 "FeO-Fe with H2, Fe3O4-FeO with H2, Fe3O4-Fe with H2, Fe2O3-Fe3O4 with H2"
#define WITH_CO "FeO-Fe with CO, Fe3O4-FeO with CO, Fe3O4-Fe with CO, Fe2O3-Fe3O4 with CO"

static sw_status add_plots(sw_measurement *measurement, size_t gas) {
    static const char help[] =
        "Above a line the phase on its right in the name is stable, below it "
        "the one on its left.";
    const sw_plot hydrogen = {"Iron and its oxides in H2 and H2O",
                              "baur-glaessner",
                              "temperature",
                              WITH_H2,
                              "H2 in H2 + H2O / %",
                              "lines",
                              help,
                              false};
    const sw_plot carbon = {"Iron and its oxides in CO and CO2",
                            "baur-glaessner",
                            "temperature",
                            WITH_CO ", " SOOT,
                            "CO in CO + CO2 / %",
                            "lines",
                            help,
                            false};
    sw_status status = SW_OK;
    if (gas != CARBON_MONOXIDE)
        status = sw_measurement_add_plot(measurement, hydrogen);
    if (gas != HYDROGEN && status == SW_OK)
        status = sw_measurement_add_plot(measurement, carbon);
    return status;
}

static sw_status baur_glaessner(sw_measurement *measurement, const sw_content *inputs,
                                const sw_instrument_settings *settings, sw_context *context,
                                sw_error *error) {
    const size_t gas = sw_setting_choice(settings, "gas");
    struct sw_sweep sweep;
    sw_table *table = NULL;
    (void)inputs, (void)context;
    sw_status status = sw_sweep_read(&sweep, settings, error);
    if (status == SW_OK)
        status = sw_table_of_sweep(&table, &sweep);
    if (status == SW_OK)
        status = add_columns(table, gas);
    for (size_t i = 0; status == SW_OK && i < sweep.points; i++)
        status = fill_row(table, i, sw_sweep_at(&sweep, i), error);
    if (status == SW_OK)
        status = add_plots(measurement, gas);
    if (status != SW_OK) {
        sw_table_destroy(table);
        return status;
    }
    status = sw_measurement_add_table(measurement, "baur-glaessner", table);
    return status == SW_OK ? add_values(measurement, sw_setting_number(settings, "at"), error)
                           : status;
}

const sw_instrument sw_diagram_baur_glaessner = {
    .name = "baur-glaessner",
    .summary = "iron and its oxides in H2 and H2O, or CO and CO2",
    .description = "Share of the reducing gas at which two of iron, wustite, magnetite and "
                   "hematite are in equilibrium, against temperature, with the range of "
                   "compositions that wustite has between iron and magnetite. Where wustite is "
                   "not stable the line between magnetite and iron stands instead.\n\nFor CO "
                   "the lines are those of H2 with the water-gas shift; soot falls out above "
                   "the line of carbon (2 CO = C + CO2, CO and CO2 at 1 bar together).",
    .citation = "E. Baur, A. Glaessner, Z. Phys. Chem. 43, 354 (1903)",
    .parameters = parameters,
    .measure = baur_glaessner,
};
