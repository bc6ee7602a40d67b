/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Diagram `volcano`: rate of hydrogen against its adsorption energy on metals. */
#include "diagrams/columns.h"
#include "diagrams/rows.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Adsorption free energy of hydrogen, eV, is that energy + 0.24 eV (zero point and entropy at 298
 * K: Norskov et al., J. Electrochem. Soc. 152, J23 (2005)). All energies and exchange currents of
 * this table are those of that paper without a check of the print: `unverified` says so in every output.
 * Prices are classes by order of magnitude: below 100, below 10,000 and above 10,000 US dollars a
 * kg.
 */
static const double adsorption_to_free = 0.24; /* eV */
enum price { BASE, DEAR, NOBLE };
static const char *const price_words[] = {"base", "dear", "noble"};

static const struct metal {
    const char *name;
    double energy, current; /* eV per H at 1/4 layer; log10 of A/cm2 */
    enum price price;
} metals[] = {
    {"Pt", -0.33, -3.1, NOBLE}, {"Pd", -0.38, -3.0, NOBLE}, {"Rh", -0.34, -3.6, NOBLE},
    {"Ir", -0.21, -3.7, NOBLE}, {"Re", -0.23, -2.9, DEAR},  {"Ni", -0.51, -5.21, BASE},
    {"Co", -0.51, -5.3, BASE},  {"Cu", -0.05, -5.4, BASE},  {"W", -0.67, -6.0, BASE},
    {"Mo", -0.61, -7.1, BASE},  {"Nb", -0.80, -6.8, BASE},  {"Au", 0.21, -6.6, NOBLE},
    {"Ag", 0.27, -7.9, DEAR},
};
#define METALS (sizeof metals / sizeof metals[0])
static const char *const named_in_paper[] = {"Ni", "Co", "W", "Cu"};
#define NAMED 4

static const sw_instrument_parameter parameters[] = {
    {.name = "temperature",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_TEMPERATURE,
     .standard = "298.15 K",
     .least = 100.0,
     .most = 2000.0,
     .help = "of the model's line"},
    {.name = "peak",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_NUMBER,
     .standard = "-2.7",
     .least = -20.0,
     .most = 20.0,
     .help = "log10 of the rate at zero adsorption free energy, in A/cm2"},
    {0},
};

/*
 * log10 of the rate: both sides of the volcano with coverage theta = K/(1+K), K = exp(-dG/kT):
 * rate ~ 1 - theta where hydrogen binds (dG < 0), theta where it does not; one half at the top.
 */
static double model(double free_energy, double temperature, double peak) {
    const double bound = fabs(free_energy) / (SW_BOLTZMANN * temperature);
    return peak + log10(2.0) - (bound + log1p(exp(-bound))) / log(10.0);
}

static int by_rate(const void *one, const void *other) {
    const struct metal *const *a = one, *const *b = other;
    return ((*a)->current < (*b)->current) - ((*a)->current > (*b)->current);
}

static int rank_among(const struct metal *metal, enum price price,
                      double (*value)(const struct metal *)) {
    int rank = 1;
    for (size_t i = 0; i < METALS; i++)
        rank += metals[i].price == price && value(&metals[i]) > value(metal);
    return rank;
}

static double measured(const struct metal *metal) {
    return metal->current;
}

static double modelled(const struct metal *metal) {
    return -fabs(metal->energy + adsorption_to_free);
}

static sw_status make_list(sw_table **table, double temperature, double peak) {
    static const char *const numbers[] = {"adsorption energy", "free energy", "log10 rate",
                                          "model"};
    static const char *const units[] = {"eV", "eV", "A/cm2", "A/cm2"};
    const struct metal *order[METALS];
    sw_status status = sw_table_create(table);
    if (status == SW_OK)
        status = sw_table_add_text_column(*table, "metal");
    for (size_t i = 0; i < 4 && status == SW_OK; i++)
        status = sw_table_add_column(*table, numbers[i], units[i]);
    if (status == SW_OK)
        status = sw_table_add_text_column(*table, "price");
    if (status == SW_OK)
        status = sw_table_add_text_column(*table, "source");
    for (size_t i = 0; i < METALS; i++)
        order[i] = &metals[i];
    qsort(order, METALS, sizeof order[0], by_rate);
    for (size_t i = 0; i < METALS && status == SW_OK; i++) {
        const double free_energy = order[i]->energy + adsorption_to_free;
        status = sw_table_add_row(*table, NULL);
        if (status == SW_OK)
            status = sw_table_set_text(*table, i, 0, order[i]->name);
        if (status == SW_OK)
            status = sw_table_set_text(*table, i, 5, price_words[order[i]->price]);
        if (status == SW_OK)
            status = sw_table_set_text(*table, i, 6, "unverified");
        if (status != SW_OK)
            return status;
        sw_diagram_table_set(*table, i, numbers[0], order[i]->energy);
        sw_diagram_table_set(*table, i, numbers[1], free_energy);
        sw_diagram_table_set(*table, i, numbers[2], order[i]->current);
        sw_diagram_table_set(*table, i, numbers[3], model(free_energy, temperature, peak));
    }
    return status;
}

#define CURVE_POINTS 61

/* Cheap metals have a column each, so that the figure names them; Mo and Nb share one. */
static const char *series_of(const struct metal *metal) {
    if (metal->price != BASE)
        return "dearer metals";
    return strcmp(metal->name, "Mo") == 0 || strcmp(metal->name, "Nb") == 0 ? "Mo and Nb"
                                                                            : metal->name;
}

static sw_status make_figure(sw_table **table, char *names, size_t size, double temperature,
                             double peak) {
    sw_status status = sw_table_create(table);
    if (status == SW_OK)
        status = sw_table_add_column(*table, "hydrogen adsorption energy", "eV");
    names[0] = '\0';
    for (size_t i = METALS; i-- > 0 && status == SW_OK;) {
        const size_t used = strlen(names);
        const char *series = series_of(&metals[i]);
        if (sw_table_find(*table, series) >= 0)
            continue;
        snprintf(names + used, size - used, "%s, ", series);
        status = sw_table_add_column(*table, series, NULL);
    }
    snprintf(names + strlen(names), size - strlen(names), "model");
    if (status == SW_OK)
        status = sw_table_add_column(*table, "model", NULL);
    for (size_t i = 0; i < CURVE_POINTS + METALS && status == SW_OK; i++) {
        status = sw_table_add_row(*table, NULL);
        if (status != SW_OK)
            break;
        const double energy = i < CURVE_POINTS ? -0.9 + 1.2 / (CURVE_POINTS - 1) * (double)i
                                               : metals[i - CURVE_POINTS].energy;
        sw_diagram_table_set(*table, i, "hydrogen adsorption energy", energy);
        if (i < CURVE_POINTS)
            sw_diagram_table_set(*table, i, "model",
                                 model(energy + adsorption_to_free, temperature, peak));
        else
            sw_diagram_table_set(*table, i, series_of(&metals[i - CURVE_POINTS]),
                                 metals[i - CURVE_POINTS].current);
    }
    return status;
}

/* Ranks of the metals that the paper names, among the cheap ones; a disagreement is told. */
static sw_status judge(sw_measurement *measurement) {
    sw_status status = SW_OK;
    int last_measured = 0, last_modelled = 0;
    for (size_t n = 0; n < NAMED && status == SW_OK; n++)
        for (size_t i = 0; i < METALS && status == SW_OK; i++) {
            if (strcmp(metals[i].name, named_in_paper[n]) != 0)
                continue;
            char name[48];
            const int rank = rank_among(&metals[i], BASE, measured);
            const int by_model = rank_among(&metals[i], BASE, modelled);
            last_measured = rank > last_measured ? rank : last_measured;
            last_modelled = by_model > last_modelled ? by_model : last_modelled;
            snprintf(name, sizeof name, "rank of %s", metals[i].name);
            status = sw_measurement_add(measurement, name, rank, (double)NAN, (double)NAN, "",
                                        "by rate, among metals of the class base");
            snprintf(name, sizeof name, "rank of %s by model", metals[i].name);
            if (status == SW_OK)
                status = sw_measurement_add(measurement, name, by_model, (double)NAN, (double)NAN,
                                            "", "by nearness to the top, among the class base");
        }
    if (status == SW_OK)
        status = sw_measurement_note(
            measurement,
            "Ni, Co, W and Cu are %s of the base metals by rate; by the model's energies %s",
            last_measured <= NAMED ? "the first four" : "not the first four",
            last_modelled <= NAMED ? "too" : "Mo comes before W: a disagreement with the claim");
    if (status == SW_OK)
        status = sw_measurement_note(
            measurement,
            "energies and rates are quoted after Norskov 2005 without a check of the print: "
            "an order of metals, no data to validate against");
    return status;
}

static sw_status volcano(sw_measurement *measurement, const sw_content *inputs,
                         const sw_instrument_settings *settings, sw_context *context,
                         sw_error *error) {
    char names[256];
    const double temperature = sw_setting_number(settings, "temperature");
    const double peak = sw_setting_number(settings, "peak");
    sw_table *list = NULL, *figure = NULL;
    (void)inputs, (void)context, (void)error;
    sw_status status = make_list(&list, temperature, peak);
    if (status == SW_OK)
        status = make_figure(&figure, names, sizeof names, temperature, peak);
    if (status == SW_OK) {
        status = sw_measurement_add_table(measurement, "metals", list);
        list = NULL;
    }
    if (status == SW_OK) {
        status = sw_measurement_add_table(measurement, "volcano", figure);
        figure = NULL;
    }
    sw_table_destroy(list);
    sw_table_destroy(figure);
    if (status == SW_OK)
        status = sw_measurement_add_plot(
            measurement,
            (sw_plot){"Rate against hydrogen adsorption energy", "volcano",
                      "hydrogen adsorption energy", names, "log10(exchange current / A cm-2)",
                      "points and line",
                      "Metals on the left bind hydrogen too strongly, those on the right "
                      "too weakly.",
                      false});
    return status == SW_OK ? judge(measurement) : status;
}

const sw_instrument sw_diagram_volcano = {
    .name = "volcano",
    .summary = "rate against hydrogen adsorption energy of metals",
    .description = "Exchange current of hydrogen on metals, a measure of how fast a surface "
                   "makes and breaks H-H, against the adsorption energy of hydrogen, with the "
                   "line of the Sabatier model, and the order of metals by price class (base: "
                   "below 100 dollars a kg; dear; noble: above 10,000).\n\nThe claim tested is "
                   "that Ni, Co, W and Cu lead among the affordable metals.",
    .citation = "J. K. Norskov et al., J. Electrochem. Soc. 152, J23 (2005)",
    .parameters = parameters,
    .measure = volcano,
};
