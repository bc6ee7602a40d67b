/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "thermo/species_table.h"

#include <spillway/data.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

size_t sw_substance_count(void) {
    return sw_species_gases_count + sw_species_elements_count + sw_species_oxides_count +
           sw_species_fitted_count;
}

const sw_substance *sw_substance_at(size_t index) {
    if (index < sw_species_gases_count)
        return &sw_species_gases[index];
    index -= sw_species_gases_count;
    if (index < sw_species_elements_count)
        return &sw_species_elements[index];
    index -= sw_species_elements_count;
    if (index < sw_species_oxides_count)
        return &sw_species_oxides[index];
    index -= sw_species_oxides_count;
    return index < sw_species_fitted_count ? &sw_species_fitted[index] : NULL;
}

static bool is_called(const sw_substance *substance, const char *name) {
    if (strcmp(substance->name, name) == 0)
        return true;
    for (size_t i = 0; i < SPECIES_ALIASES && substance->aliases[i] != NULL; i++)
        if (strcmp(substance->aliases[i], name) == 0)
            return true;
    return false;
}

const sw_substance *sw_substance_find(const char *name) {
    for (size_t i = 0; name != NULL && i < sw_substance_count(); i++)
        if (is_called(sw_substance_at(i), name))
            return sw_substance_at(i);
    return NULL;
}

/* Appends the names and aliases that are, or are not, `length` characters long. */
static size_t list_names(const char **names, size_t count, size_t length, bool equal) {
    for (size_t i = 0; i < sw_substance_count(); i++) {
        const sw_substance *substance = sw_substance_at(i);
        if ((strlen(substance->name) == length) == equal)
            names[count++] = substance->name;
        for (size_t j = 0; j < SPECIES_ALIASES && substance->aliases[j] != NULL; j++)
            if ((strlen(substance->aliases[j]) == length) == equal)
                names[count++] = substance->aliases[j];
    }
    return count;
}

/*
 * The nearest of all names and aliases; NULL when none is near or memory is short. Of equally near
 * names the first is taken: those of the same length go first, so that "H20" means H2O, not H2.
 */
static const char *nearest_substance(const char *name) {
    const char **names = calloc(sw_substance_count() * (1 + SPECIES_ALIASES), sizeof *names);
    if (names == NULL)
        return NULL;
    size_t count = list_names(names, 0, strlen(name), true);
    count = list_names(names, count, strlen(name), false);
    const char *nearest = sw_nearest_name(name, names, count);
    free(names);
    return nearest;
}

sw_status sw_species_require(const sw_substance **substance, const char *name, const char *place,
                             sw_error *error) {
    *substance = sw_substance_find(name);
    if (*substance != NULL)
        return SW_OK;
    char hint[128] = "formulas such as H2, Fe3O4, Fe0.947O, or with a phase: Fe(fcc), NiO(g)";
    const char *nearest = nearest_substance(name);
    if (nearest != NULL)
        snprintf(hint, sizeof hint, "did you mean \"%s\"?", nearest);
    return sw_error_set(error, SW_ERROR_NOT_FOUND, place, hint,
                        "expected a substance of the tables, found \"%.64s\"", name);
}

const char *sw_substance_name(const sw_substance *substance) {
    return substance->name;
}

const char *sw_substance_source(const sw_substance *substance) {
    return substance->source;
}

bool sw_substance_is_gas(const sw_substance *substance) {
    return substance->gas;
}

double sw_substance_mass(const sw_substance *substance) {
    double mass = 0.0;
    for (size_t i = 0; i < SPECIES_ELEMENTS && substance->atoms[i].element != 0; i++)
        mass += substance->atoms[i].amount * sw_element_mass(substance->atoms[i].element);
    return mass;
}

double sw_substance_atoms(const sw_substance *substance, int atomic_number) {
    for (size_t i = 0; i < SPECIES_ELEMENTS && substance->atoms[i].element != 0; i++)
        if (substance->atoms[i].element == atomic_number)
            return substance->atoms[i].amount;
    return 0.0;
}

void sw_substance_range(const sw_substance *substance, double *lowest, double *highest) {
    *lowest = substance->ranges[0].lowest;
    *highest = substance->ranges[substance->range_count - 1].highest;
}
