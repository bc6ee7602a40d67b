/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Diagram `ellingham`: formation of oxides per mole of O2 against temperature. */
#include "diagrams/columns.h"
#include "diagrams/formation.h"
#include "diagrams/rows.h"
#include "diagrams/sweep.h"

#include <math.h>
#include <stdio.h>

#define NAMES_LENGTH 1600

static const sw_instrument_parameter parameters[] = {
    {.name = "oxides",
     .kind = SW_TAKES_TEXT,
     .standard = "Cu2O, NiO, CoO, Fe0.947O, WO2, MoO2, Cr2O3, MnO, SiO2, TiO2, ZrO2, CeO2, SrO",
     .help = "condensed oxides, or CO, CO2 and H2O"},
    SWEEP_PARAMETERS("100 degC..1400 degC"),
    {.name = "at",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_TEMPERATURE,
     .standard = "700 degC",
     .least = 100.0,
     .most = 4000.0,
     .help = "temperature of the printed table"},
    {0},
};

/* log10 of pH2O/pH2 or pCO2/pCO where an oxide forms with `gibbs` per O2. */
static sw_status buffer(double *log10_ratio, const char *reaction, double gibbs, double temperature,
                        sw_error *error) {
    double made;
    const sw_status status = sw_reaction_gibbs(&made, reaction, temperature, error);
    *log10_ratio = status == SW_OK ? (gibbs - made) / 2.0 / (SW_BOLTZMANN * temperature) / log(10.0)
                                   : (double)NAN;
    return status;
}

static sw_status add_line(sw_table *table, char *names, const struct sw_formation *formation,
                          const struct sw_sweep *sweep, struct sw_beyond *beyond, sw_error *error) {
    const char *name = sw_substance_name(formation->oxide);
    if (sw_table_find(table, name) >= 0)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "oxides", "name each oxide once",
                            "%s is there twice", name);
    const int used = snprintf(NULL, 0, "%s", names);
    snprintf(names + used, NAMES_LENGTH - (size_t)used, "%s%s", used > 0 ? ", " : "", name);
    sw_status status = sw_table_add_column(table, name, "kJ/mol O2");
    for (size_t i = 0; i < sweep->points && status == SW_OK; i++) {
        double gibbs;
        status = sw_formation_gibbs(&gibbs, formation, sw_sweep_at(sweep, i), beyond, error);
        sw_diagram_table_set(table, i, name, gibbs / SW_JOULE_PER_MOLE * 1e-3);
    }
    return status;
}

static sw_status start_points(sw_table **table) {
    sw_status status = sw_table_create(table);
    if (status == SW_OK)
        status = sw_table_add_text_column(*table, "oxide");
    if (status == SW_OK)
        status = sw_table_add_column(*table, "dG", "kJ/mol O2");
    if (status == SW_OK)
        status = sw_table_add_column(*table, "log10 pO2/bar", NULL);
    if (status == SW_OK)
        status = sw_table_add_column(*table, "log10 pH2O/pH2", NULL);
    return status == SW_OK ? sw_table_add_column(*table, "log10 pCO2/pCO", NULL) : status;
}

static sw_status add_point(sw_table *table, const struct sw_formation *formation,
                           double temperature, struct sw_beyond *beyond, sw_error *error) {
    double gibbs, water = (double)NAN, carbon = (double)NAN;
    size_t row;
    sw_status status = sw_formation_gibbs(&gibbs, formation, temperature, beyond, error);
    if (status == SW_OK)
        status = buffer(&water, "2 H2 + O2 = 2 H2O", gibbs, temperature, error);
    if (status == SW_OK)
        status = buffer(&carbon, "2 CO + O2 = 2 CO2", gibbs, temperature, error);
    if (status == SW_OK)
        status = sw_table_add_row(table, &row);
    if (status != SW_OK)
        return status;
    sw_diagram_table_set(table, row, "dG", gibbs / SW_JOULE_PER_MOLE * 1e-3);
    sw_diagram_table_set(table, row, "log10 pO2/bar",
                         gibbs / (SW_BOLTZMANN * temperature) / log(10.0));
    sw_diagram_table_set(table, row, "log10 pH2O/pH2", water);
    sw_diagram_table_set(table, row, "log10 pCO2/pCO", carbon);
    return sw_table_set_text(table, row, 0, sw_substance_name(formation->oxide));
}

static sw_status ellingham(sw_measurement *measurement, const sw_content *inputs,
                           const sw_instrument_settings *settings, sw_context *context,
                           sw_error *error) {
    char names[NAMES_LENGTH] = "";
    struct sw_word_list list;
    struct sw_sweep sweep;
    struct sw_beyond beyond = {0};
    sw_table *lines = NULL, *points = NULL;
    const double at = sw_setting_number(settings, "at");
    (void)inputs, (void)context;
    sw_status status = sw_sweep_read(&sweep, settings, error);
    if (status == SW_OK)
        status = sw_word_list_read(&list, sw_setting_text(settings, "oxides"), "oxides", error);
    if (status == SW_OK)
        status = sw_table_of_sweep(&lines, &sweep);
    if (status == SW_OK)
        status = start_points(&points);
    for (size_t i = 0; status == SW_OK && i < list.count; i++) {
        struct sw_formation formation;
        status = sw_formation_find(&formation, list.word[i], "oxides", error);
        if (status == SW_OK)
            status = add_line(lines, names, &formation, &sweep, &beyond, error);
        if (status == SW_OK)
            status = add_point(points, &formation, at, &beyond, error);
    }
    if (status == SW_OK)
        status = sw_measurement_add_plot(
            measurement,
            (sw_plot){
                "Ellingham diagram", "ellingham", "temperature", names,
                "dG of formation / kJ per mol of O2", "lines",
                "The lower an oxide, the harder it is to reduce; an element reduces the oxides "
                "above its own.",
                false});
    if (status != SW_OK) {
        sw_table_destroy(lines);
        sw_table_destroy(points);
        return status;
    }
    status = sw_measurement_add_table(measurement, "oxides", points);
    if (status == SW_OK)
        status = sw_measurement_add_table(measurement, "ellingham", lines);
    else
        sw_table_destroy(lines);
    if (status == SW_OK)
        status = sw_measurement_add(measurement, "temperature of the table", at - SW_ICE_POINT,
                                    (double)NAN, (double)NAN, "degC", "parameter \"at\"");
    return status == SW_OK ? sw_beyond_tell(&beyond, measurement) : status;
}

const sw_instrument sw_diagram_ellingham = {
    .name = "ellingham",
    .summary = "formation of oxides against temperature",
    .description = "Gibbs energy of formation of each oxide from its elements, per mole of O2, "
                   "and at one temperature the oxygen pressure, pH2O/pH2 and pCO2/pCO at which "
                   "oxide and elements are in equilibrium. Elements are taken in the phase that "
                   "is stable; outside its table a substance's heat capacity goes on and a note "
                   "names it.",
    .citation = "H. J. T. Ellingham, J. Soc. Chem. Ind. 63, 125 (1944)",
    .parameters = parameters,
    .measure = ellingham,
};
