/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ELEMENT, SPECIES and FUNCTION. */
#include "base/memory.h"
#include "base/number.h"
#include "thermo/calphad/read.h"

#include <string.h>

#define SPECIES 4096

static bool add_species(sw_calphad_species **species, ptrdiff_t *index, sw_calphad *database,
                        sw_calphad_cursor *cursor, const char *name) {
    *index = sw_calphad_names_add(&database->species_names, name);
    if (*index >= SPECIES)
        return sw_calphad_fail(cursor, SW_ERROR_FORMAT, NULL, "expected at most %d species",
                               SPECIES);
    if (*index < 0 || !sw_reserve(&database->species, &database->species_capacity,
                                  database->species_names.count, sizeof *database->species))
        return sw_calphad_fail(cursor, SW_ERROR_MEMORY, NULL, "no memory for species");
    *species = &database->species[*index];
    return true;
}

bool sw_calphad_read_element(sw_calphad *database, sw_calphad_cursor *cursor) {
    char name[CALPHAD_NAME];
    sw_calphad_species *species = NULL;
    ptrdiff_t index;
    if (!sw_calphad_word(name, cursor, "", "the name of an element"))
        return false;
    if (strcmp(name, "/-") == 0)
        return true;
    if (!add_species(&species, &index, database, cursor, name) || species == NULL)
        return false;
    if (index == CALPHAD_VACANCY)
        return true;
    *species = (sw_calphad_species){
        .declared = true, .elements = 1, .element = {(uint16_t)index}, .amount = {1.0}};
    return true;
}

/* The longest element that begins the formula: "FE2O3" begins with FE. */
static ptrdiff_t leading_element(const sw_calphad *database, const char *formula, size_t *length) {
    for (*length = 2; *length > 0; --*length) {
        char name[3] = {0};
        if (strlen(formula) < *length)
            continue;
        memcpy(name, formula, *length);
        const ptrdiff_t index = sw_calphad_names_find(&database->species_names, name);
        if (index >= 0 && database->species[index].declared &&
            (index == CALPHAD_VACANCY || database->species[index].element[0] == index))
            return index;
    }
    return -1;
}

static bool read_charge(double *charge, const char *text) {
    if (strcmp(text, "+") == 0 || strcmp(text, "-") == 0) {
        *charge = text[0] == '+' ? 1.0 : -1.0;
        return true;
    }
    const bool negative = *text == '-';
    if (*text == '-' || *text == '+')
        text++;
    if (*text < '0' || *text > '9' || !sw_number_parse(charge, text, NULL))
        return false;
    if (negative)
        *charge = -*charge;
    return true;
}

static bool read_formula(sw_calphad_species *species, const sw_calphad *database,
                         sw_calphad_cursor *cursor, const char *formula) {
    const char *at = formula;
    *species = (sw_calphad_species){.declared = true};
    while (*at && *at != '/') {
        size_t length;
        const ptrdiff_t element = leading_element(database, at, &length);
        double amount = 1.0;
        if (element < 0 || species->elements == CALPHAD_SPECIES_ELEMENTS)
            return sw_calphad_fail(cursor, SW_ERROR_FORMAT, "elements are declared before species",
                                   "expected elements and amounts, found '%s' in %s", at, formula);
        at += length;
        if ((*at >= '0' && *at <= '9') || *at == '.')
            if (!sw_number_parse(&amount, at, &at))
                return sw_calphad_fail(cursor, SW_ERROR_FORMAT, NULL, "expected an amount in %s",
                                       formula);
        if (element == CALPHAD_VACANCY)
            continue;
        species->element[species->elements] = (uint16_t)element;
        species->amount[species->elements++] = amount;
    }
    if (*at == '/' && !read_charge(&species->charge, at + 1))
        return sw_calphad_fail(cursor, SW_ERROR_FORMAT, "a charge looks like FE1/+2",
                               "expected a charge, found '%s'", at);
    return true;
}

bool sw_calphad_read_species(sw_calphad *database, sw_calphad_cursor *cursor) {
    char name[CALPHAD_NAME], formula[CALPHAD_NAME];
    sw_calphad_species *species = NULL, read;
    ptrdiff_t index;
    if (!sw_calphad_word(name, cursor, "", "the name of a species") ||
        !sw_calphad_word(formula, cursor, "", "the formula of a species") ||
        !read_formula(&read, database, cursor, formula) ||
        !add_species(&species, &index, database, cursor, name) || species == NULL)
        return false;
    if (index == CALPHAD_VACANCY)
        return sw_calphad_fail(cursor, SW_ERROR_FORMAT, NULL, "VA is the vacancy");
    *species = read;
    return true;
}

bool sw_calphad_read_function(sw_calphad *database, sw_calphad_cursor *cursor) {
    sw_calphad_expressions *all = &database->expressions;
    char name[CALPHAD_NAME];
    sw_calphad_expression expression;
    bool mended;
    if (!sw_calphad_word(name, cursor, "", "the name of a function"))
        return false;
    const ptrdiff_t index = sw_calphad_names_add(&all->functions, name);
    if (index < 0 || !sw_reserve(&all->definition, &all->definition_capacity, all->functions.count,
                                 sizeof *all->definition))
        return sw_calphad_fail(cursor, SW_ERROR_MEMORY, NULL, "no memory for functions");
    if (all->definition[index].count &&
        !sw_calphad_remark(database, cursor,
                           "the function %s is defined again: the later one holds", name))
        return false;
    if (!sw_calphad_expression_read(&expression, &mended, all, cursor))
        return false;
    all->definition[index] = expression;
    return !mended || sw_calphad_remark(
                          database, cursor,
                          "a temperature or a Y is missing in %s: read as if it stood there", name);
}
