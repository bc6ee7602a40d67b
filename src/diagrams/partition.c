/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Diagram `partition`: does a metal go into the oxide of another? */
#include "diagrams/columns.h"
#include "diagrams/formation.h"
#include "diagrams/rows.h"

#include <spillway/io.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

static const sw_instrument_parameter parameters[] = {
    {.name = "host-a",
     .kind = SW_TAKES_TEXT,
     .standard = "auto",
     .help =
         "energy of A alone, or of an interface, or a file of VASP or pw.x; auto: none is given"},
    {.name = "host-b",
     .kind = SW_TAKES_TEXT,
     .standard = "auto",
     .help = "energy of B alone; auto: none, A and B are one cell"},
    {.name = "a-with-b",
     .kind = SW_TAKES_TEXT,
     .standard = "auto",
     .help = "A where one atom is of B; or the interface where two are swapped"},
    {.name = "b-with-a",
     .kind = SW_TAKES_TEXT,
     .standard = "auto",
     .help = "B where one atom is of A; auto: none, A and B are one cell"},
    {.name = "oxides",
     .kind = SW_TAKES_TEXT,
     .standard = "NiO, CoO, Fe0.947O, MnO, Cu2O, WO2, MoO2, Cr2O3",
     .help = "of the screening table: every pair of them"},
    {.name = "temperature",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_TEMPERATURE,
     .standard = "700 degC",
     .least = 100.0,
     .most = 4000.0,
     .help = "of the screening table"},
    {0},
};

/* "-12.5 eV", or a file that holds an energy. */
static sw_status read_energy(double *energy, const sw_instrument_settings *settings,
                             const char *name, sw_error *error) {
    const char *text = sw_setting_text(settings, name);
    *energy = 0.0;
    if (sw_setting_is_automatic(settings, name))
        return SW_OK;
    if (sw_quantity_parse(energy, text, SW_ENERGY, NULL) == SW_OK)
        return SW_OK;
    if (strspn(text, "+-.0123456789") > 0 && strchr(text, '/') == NULL &&
        sw_energy_read(energy, text, NULL) != SW_OK)
        return sw_error_set(error, SW_ERROR_UNIT, name,
                            "write it like '-312.45 eV', or give a file",
                            "\"%s\" is no energy and no file", text);
    return sw_energy_read(energy, text, error);
}

static sw_status add_enthalpy(sw_measurement *measurement, const sw_instrument_settings *settings,
                              sw_error *error) {
    static const char *const names[] = {"host-a", "host-b", "a-with-b", "b-with-a"};
    double energy[4];
    sw_status status = SW_OK;
    for (size_t i = 0; i < 4 && status == SW_OK; i++)
        status = read_energy(&energy[i], settings, names[i], error);
    if (status != SW_OK || (sw_setting_is_automatic(settings, "host-a") &&
                            sw_setting_is_automatic(settings, "a-with-b")))
        return status;
    if (sw_setting_is_automatic(settings, "host-a") ||
        sw_setting_is_automatic(settings, "a-with-b") ||
        sw_setting_is_automatic(settings, "host-b") !=
            sw_setting_is_automatic(settings, "b-with-a"))
        return sw_error_set(error, SW_ERROR_ARGUMENT, "partition",
                            "host-a and a-with-b; and host-b and b-with-a, or neither",
                            "an energy is missing");
    for (size_t i = 0; i < 4 && status == SW_OK; i++)
        if (!sw_setting_is_automatic(settings, names[i]))
            status = sw_measurement_add(measurement, names[i], energy[i], (double)NAN, (double)NAN,
                                        "eV", "as given or read");
    const double enthalpy = energy[2] + energy[3] - energy[0] - energy[1];
    if (status == SW_OK)
        status = sw_measurement_add(
            measurement, "partitioning enthalpy", enthalpy, (double)NAN, (double)NAN, "eV",
            "[E(A+B) + E(B+A)] - [E(A) + E(B)]; below zero the metals change "
            "places");
    return status;
}

static sw_status start_table(sw_table **table) {
    sw_status status = sw_table_create(table);
    if (status == SW_OK)
        status = sw_table_add_text_column(*table, "metal of");
    if (status == SW_OK)
        status = sw_table_add_text_column(*table, "takes oxygen from");
    if (status == SW_OK)
        status = sw_table_add_column(*table, "dG", "eV/O");
    return status == SW_OK ? sw_table_add_column(*table, "dG per mol O", "kJ/mol") : status;
}

static sw_status add_pair(sw_table *table, const char *one, const char *other, double gibbs) {
    size_t row;
    sw_status status = sw_table_add_row(table, &row);
    if (status == SW_OK)
        status = sw_table_set_text(table, row, 0, one);
    if (status == SW_OK)
        status = sw_table_set_text(table, row, 1, other);
    sw_diagram_table_set(table, row, "dG", gibbs);
    sw_diagram_table_set(table, row, "dG per mol O", gibbs / SW_JOULE_PER_MOLE * 1e-3);
    return status;
}

static sw_status screen(sw_table *table, const struct sw_word_list *list, double temperature,
                        struct sw_beyond *beyond, sw_error *error) {
    double gibbs[LIST_WORDS];
    sw_status status = SW_OK;
    for (size_t i = 0; i < list->count && status == SW_OK; i++) {
        struct sw_formation formation;
        status = sw_formation_find(&formation, list->word[i], "oxides", error);
        if (status == SW_OK)
            status = sw_formation_gibbs(&gibbs[i], &formation, temperature, beyond, error);
    }
    for (size_t i = 0; i < list->count && status == SW_OK; i++)
        for (size_t j = 0; j < list->count && status == SW_OK; j++)
            if (i != j)
                status = add_pair(table, list->word[i], list->word[j], 0.5 * (gibbs[i] - gibbs[j]));
    return status;
}

static sw_status partition(sw_measurement *measurement, const sw_content *inputs,
                           const sw_instrument_settings *settings, sw_context *context,
                           sw_error *error) {
    struct sw_word_list list;
    struct sw_beyond beyond = {0};
    sw_table *table = NULL;
    (void)inputs, (void)context;
    sw_status status = add_enthalpy(measurement, settings, error);
    if (status == SW_OK)
        status = sw_word_list_read(&list, sw_setting_text(settings, "oxides"), "oxides", error);
    if (status == SW_OK && list.count < 2)
        status = sw_error_set(error, SW_ERROR_ARGUMENT, "oxides", "write them like 'NiO, CoO'",
                              "expected two oxides or more, found one");
    if (status == SW_OK)
        status = start_table(&table);
    if (status == SW_OK)
        status = screen(table, &list, sw_setting_number(settings, "temperature"), &beyond, error);
    if (status != SW_OK) {
        sw_table_destroy(table);
        return status;
    }
    status = sw_measurement_add_table(measurement, "screening", table);
    if (status == SW_OK)
        status = sw_measurement_note(
            measurement, "the screening table is of bulk metals and oxides; the enthalpy of "
                         "single atoms in each other may have the other sign");
    return status == SW_OK ? sw_beyond_tell(&beyond, measurement) : status;
}

const sw_instrument sw_diagram_partition = {
    .name = "partition",
    .summary = "whether a metal goes into the oxide of another",
    .description = "Partitioning enthalpy Hp = [E(A+B) + E(B+A)] - [E(A) + E(B)] from energies "
                   "of density-functional calculations, typed in with their unit or read from "
                   "OUTCAR, vasprun.xml or the output of pw.x; A+B is A with one atom of B in "
                   "it. For an interface in one cell, host-a is the cell and a-with-b the cell "
                   "with two atoms swapped.\n\nBeside it, for each pair of oxides, the Gibbs "
                   "energy at which the metal of the first takes the oxygen of the second, of "
                   "the bulk, per O.",
    .citation = "X. Chen et al., Nat. Synth. 2026, doi:10.1038/s44160-026-01086-5",
    .parameters = parameters,
    .measure = partition,
};
