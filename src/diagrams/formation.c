/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "diagrams/formation.h"

#include <spillway/data.h>

#include <stdio.h>

#define OXYGEN 8
#define HEAVIEST 118

static const sw_substance *reference_of(int element) {
    char name[16];
    const char *symbol = sw_element_symbol(element);
    snprintf(name, sizeof name, element == 1 ? "%s2" : "%s", symbol);
    return sw_substance_find(name);
}

static const sw_substance *liquid_of(int element) {
    char name[16];
    snprintf(name, sizeof name, "%s(l)", sw_element_symbol(element));
    return sw_substance_find(name);
}

/* The liquid above the table of the solid. */
static const sw_substance *stable(const sw_substance *solid, const sw_substance *liquid,
                                  double temperature) {
    double lowest, highest;
    sw_substance_range(solid, &lowest, &highest);
    return liquid != NULL && temperature > highest ? liquid : solid;
}

sw_status sw_formation_find(struct sw_formation *formation, const char *name, const char *parameter,
                            sw_error *error) {
    *formation = (struct sw_formation){.oxide = sw_substance_find(name)};
    if (formation->oxide == NULL)
        return sw_error_set(error, SW_ERROR_NOT_FOUND, parameter,
                            "`spillway list species` shows all", "there is no substance \"%s\"",
                            name);
    const double oxygen = sw_substance_atoms(formation->oxide, OXYGEN);
    if (!(oxygen > 0.0))
        return sw_error_set(error, SW_ERROR_ARGUMENT, parameter, NULL, "%s holds no oxygen", name);
    formation->oxides = 2.0 / oxygen;
    for (int element = 1; element <= HEAVIEST; element++) {
        const double amount = sw_substance_atoms(formation->oxide, element);
        if (!(amount > 0.0) || element == OXYGEN)
            continue;
        const sw_substance *reference = reference_of(element);
        if (reference == NULL || formation->count == 4)
            return sw_error_set(error, SW_ERROR_UNSUPPORTED, parameter, NULL,
                                "%s: the tables have no %s to form it from", name,
                                sw_element_symbol(element));
        formation->reference[formation->count] = reference;
        formation->liquid[formation->count] = liquid_of(element);
        formation->references[formation->count++] =
            formation->oxides * amount / sw_substance_atoms(reference, element);
    }
    return SW_OK;
}

sw_status sw_formation_gibbs(double *gibbs, const struct sw_formation *formation,
                             double temperature, struct sw_beyond *beyond, sw_error *error) {
    double sum, part = 0.0;
    sw_status status = sw_diagram_gibbs_of(&sum, formation->oxide, temperature, beyond, error);
    sum *= formation->oxides;
    for (size_t i = 0; i < formation->count && status == SW_OK; i++) {
        const sw_substance *element =
            stable(formation->reference[i], formation->liquid[i], temperature);
        status = sw_diagram_gibbs_of(&part, element, temperature, beyond, error);
        sum -= formation->references[i] * part;
    }
    if (status == SW_OK)
        status = sw_diagram_gibbs_of(&part, sw_substance_find("O2"), temperature, beyond, error);
    *gibbs = sum - part;
    return status;
}
