/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "thermo/calphad/solution.h"

#include "base/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FRACTIONS 64
#define TERMS 8192

static bool is_wanted(const sw_calphad *database, uint16_t species, const ptrdiff_t *elements,
                      size_t count) {
    const sw_calphad_species *made = &database->species[species];
    for (int e = 0; e < made->elements; e++) {
        bool found = false;
        for (size_t i = 0; i < count && !found; i++)
            found = elements[i] == made->element[e];
        if (!found)
            return false;
    }
    return true;
}

static sw_status choose_sublattice(sw_solution *solution, int s, const ptrdiff_t *elements,
                                   size_t count, sw_error *error) {
    const sw_calphad *database = solution->database;
    const sw_calphad_run *run = &database->phases[solution->phase].constituents[s];
    const size_t before = solution->fraction_count;
    for (uint32_t i = 0; i < run->count; i++) {
        const uint16_t species = database->constituents[run->first + i];
        if (!is_wanted(database, species, elements, count))
            continue;
        if (solution->fraction_count == FRACTIONS)
            return sw_error_set(error, SW_ERROR_UNSUPPORTED, solution->name, "take fewer elements",
                                "%s has more than %d constituents over these elements",
                                solution->name, FRACTIONS);
        solution->fractions[solution->fraction_count++] = (sw_calphad_fraction){species, s};
    }
    if (solution->fraction_count > before)
        return SW_OK;
    return sw_error_set(error, SW_ERROR_NOT_FOUND, solution->name, "take another element too",
                        "sublattice %d of %s has no constituent over these elements", s + 1,
                        solution->name);
}

static sw_status choose_fractions(sw_solution *solution, const char *const *names, size_t count,
                                  sw_error *error) {
    ptrdiff_t elements[FRACTIONS];
    if (count == 0 || count > FRACTIONS)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "elements", NULL,
                            "expected 1 to %d elements, found %zu", FRACTIONS, count);
    for (size_t i = 0; i < count; i++) {
        elements[i] = sw_calphad_names_find(&solution->database->species_names, names[i]);
        if (elements[i] < 0)
            return sw_error_set(error, SW_ERROR_NOT_FOUND, names[i],
                                "write elements in capitals, as FE",
                                "the database has no element %s", names[i]);
    }
    sw_status status = SW_OK;
    for (int s = 0; s < solution->sublattices && status == SW_OK; s++)
        status = choose_sublattice(solution, s, elements, count, error);
    return status;
}

/* Adds the constituents of one sublattice to a term; false where one is not in the solution. */
static bool add_factors(sw_calphad_term *term, const sw_solution *solution,
                        const sw_calphad_run *run, int s, int *mixed) {
    const uint16_t *list = &solution->database->constituents[run->first];
    for (uint32_t i = 0; i < run->count; i++) {
        if (list[i] == CALPHAD_ANY)
            continue;
        const ptrdiff_t at =
            sw_solution_find(solution, solution->database->species_names.name[list[i]], (size_t)s);
        if (at < 0 || term->factors == CALPHAD_FACTORS)
            return false;
        term->factor[term->factors++] = (uint16_t)at;
        if (run->count >= 2 && run->count <= 3 && *mixed == 0)
            term->mixing[i] = (uint16_t)at;
    }
    if (run->count >= 2 && list[run->count - 1] != CALPHAD_ANY && *mixed == 0)
        *mixed = (int)run->count;
    else if (run->count >= 2)
        *mixed = -1; /* mixing in two sublattices, or with a wildcard */
    return true;
}

/* False where a constituent is not in the solution. *known is false where the form of the parameter is
 * not one of those done here. */
static bool make_term(sw_calphad_term *term, bool *known, const sw_solution *solution,
                      size_t index) {
    const sw_calphad_parameter *parameter = &solution->database->parameters[index];
    int mixed = 0;
    *term = (sw_calphad_term){.property = parameter->property,
                              .target = parameter->target,
                              .order = parameter->order,
                              .parameter = index};
    for (int s = 0; s < solution->sublattices; s++)
        if (!add_factors(term, solution, &parameter->constituents[s], s, &mixed))
            return false;
    if (mixed == 2 && term->order > 0)
        term->form = CALPHAD_BINARY;
    else if (mixed == 3)
        term->form = CALPHAD_TERNARY;
    *known = mixed == 2 || (mixed == 3 && term->order < 3) || term->order == 0;
    return true;
}

static bool same_place(const sw_calphad_term *a, const sw_calphad_term *b) {
    return a->property == b->property && a->target == b->target && a->order == b->order &&
           a->factors == b->factors &&
           memcmp(a->factor, b->factor, (size_t)a->factors * sizeof *a->factor) == 0;
}

/* A later parameter of the same constituents replaces the earlier one. */
static sw_calphad_term *place_for(sw_solution *solution, const sw_calphad_term *term) {
    for (size_t i = 0; i < solution->term_count; i++)
        if (same_place(&solution->terms[i], term))
            return &solution->terms[i];
    if (!sw_reserve(&solution->terms, &solution->term_capacity, solution->term_count + 1,
                    sizeof *solution->terms))
        return NULL;
    return &solution->terms[solution->term_count++];
}

static sw_status choose_terms(sw_solution *solution, sw_error *error) {
    const sw_calphad *database = solution->database;
    uint32_t next = database->phases[solution->phase].first_parameter;
    for (; next; next = database->parameters[next - 1].next) {
        sw_calphad_term term;
        bool known;
        if (!make_term(&term, &known, solution, next - 1))
            continue;
        if (!known)
            return sw_error_set(error, SW_ERROR_UNSUPPORTED, solution->name,
                                "interactions of order above 0 in two sublattices, and of four "
                                "constituents, are not done",
                                "the parameter of %s in line %u has a form that is not done here",
                                solution->name, database->parameters[next - 1].line);
        sw_calphad_term *place = solution->term_count < TERMS ? place_for(solution, &term) : NULL;
        if (!place)
            return sw_error_set(error, SW_ERROR_MEMORY, solution->name, "take fewer elements",
                                "%s has too many parameters over these elements", solution->name);
        *place = term;
    }
    return SW_OK;
}

/* A ternary parameter of order 0 that stands alone does not depend on composition. */
static void plain_ternaries(sw_solution *solution) {
    for (size_t i = 0; i < solution->term_count; i++) {
        sw_calphad_term *term = &solution->terms[i];
        bool alone = term->form == CALPHAD_TERNARY && term->order == 0;
        for (size_t j = 0; j < solution->term_count && alone; j++) {
            sw_calphad_term other = solution->terms[j];
            alone = other.order == 0;
            other.order = 0;
            alone |= !same_place(&other, term);
        }
        if (alone)
            term->form = CALPHAD_PLAIN;
    }
}

static int by_property(const void *one, const void *other) {
    const sw_calphad_term *a = one, *b = other;
    if (a->property != b->property)
        return a->property > b->property ? 1 : -1;
    return (a->parameter > b->parameter) - (a->parameter < b->parameter);
}

static void order_terms(sw_solution *solution) {
    if (solution->term_count > 0)
        qsort(solution->terms, solution->term_count, sizeof *solution->terms, by_property);
    for (size_t i = 0; i < solution->term_count; i++)
        for (size_t p = solution->terms[i].property + 1; p <= CALPHAD_OTHER + 1; p++)
            solution->begin[p] = i + 1;
}

static sw_status find_phase(sw_solution *solution, const char *phase, sw_error *error) {
    const sw_calphad *database = solution->database;
    const ptrdiff_t index = sw_calphad_names_find(&database->phase_names, phase);
    if (index < 0)
        return sw_error_set(error, SW_ERROR_NOT_FOUND, phase, "names are in capitals, as FCC_A1",
                            "the database %s has no phase %s", database->source, phase);
    const sw_calphad_phase *found = &database->phases[index];
    if (found->suffix == 'Y')
        return sw_error_set(error, SW_ERROR_UNSUPPORTED, phase, NULL,
                            "%s is a partially ionic liquid: its model is not done here", phase);
    if (!found->has_constituents)
        return sw_error_set(error, SW_ERROR_FORMAT, phase, "add its CONSTITUENT statement",
                            "the phase %s has no constituents", phase);
    const sw_calphad_type *magnetism = sw_calphad_magnetism_of(database, (size_t)index);
    solution->phase = (size_t)index;
    solution->sublattices = found->sublattices;
    solution->sites = found->sites;
    snprintf(solution->name, sizeof solution->name, "%s", database->phase_names.name[index]);
    if (magnetism) {
        solution->magnetic = true;
        solution->antiferromagnetic = magnetism->antiferromagnetic;
        solution->p = magnetism->p;
    }
    return SW_OK;
}

sw_status sw_solution_create(sw_solution **solution, const sw_calphad *database, const char *phase,
                             const char *const *elements, size_t element_count, sw_error *error) {
    sw_solution *made = sw_allocate(1, sizeof *made);
    *solution = NULL;
    if (made)
        made->fractions = sw_allocate(FRACTIONS, sizeof *made->fractions);
    if (!made || !made->fractions) {
        free(made);
        return sw_error_set(error, SW_ERROR_MEMORY, phase, NULL, "no memory for a solution");
    }
    made->database = database;
    sw_status status = find_phase(made, phase, error);
    if (status == SW_OK)
        status = choose_fractions(made, elements, element_count, error);
    if (status == SW_OK)
        status = choose_terms(made, error);
    if (status != SW_OK) {
        sw_solution_destroy(made);
        return status;
    }
    plain_ternaries(made);
    order_terms(made);
    sw_calphad_find_mobile(made);
    *solution = made;
    return SW_OK;
}

void sw_solution_destroy(sw_solution *solution) {
    if (!solution)
        return;
    free(solution->fractions);
    free(solution->terms);
    free(solution);
}

sw_status sw_solution_set(sw_solution *solution, double temperature, double pressure,
                          sw_error *error) {
    sw_calphad_conditions conditions;
    sw_error own = {0};
    error = error ? error : &own;
    solution->temperature = 0.0;
    sw_status status = sw_calphad_conditions_create(&conditions, &solution->database->expressions,
                                                    temperature, pressure, error);
    if (status != SW_OK)
        return status;
    bool good = true;
    for (size_t i = 0; i < solution->term_count && good; i++) {
        sw_calphad_term *term = &solution->terms[i];
        sw_calphad_dual value = {0};
        good = sw_calphad_expression_value(
            &value, &conditions, &solution->database->parameters[term->parameter].expression,
            solution->name);
        term->value = value.value;
        term->slope = value.slope;
    }
    sw_calphad_conditions_clear(&conditions);
    if (!good)
        return error->code != SW_OK ? error->code : SW_ERROR_NUMERIC;
    solution->temperature = temperature;
    solution->pressure = pressure;
    return SW_OK;
}

size_t sw_solution_fractions(const sw_solution *solution) {
    return solution->fraction_count;
}

const char *sw_solution_species(const sw_solution *solution, size_t fraction) {
    return solution->database->species_names.name[solution->fractions[fraction].species];
}

size_t sw_solution_sublattice(const sw_solution *solution, size_t fraction) {
    return (size_t)solution->fractions[fraction].sublattice;
}

double sw_solution_charge(const sw_solution *solution, size_t fraction) {
    return solution->database->species[solution->fractions[fraction].species].charge;
}

double sw_solution_sites(const sw_solution *solution, size_t sublattice) {
    return sublattice < (size_t)solution->sublattices ? solution->sites[sublattice] : 0.0;
}

ptrdiff_t sw_solution_find(const sw_solution *solution, const char *species, size_t sublattice) {
    const ptrdiff_t wanted = sw_calphad_names_find(&solution->database->species_names, species);
    for (size_t i = 0; i < solution->fraction_count; i++)
        if (solution->fractions[i].species == wanted &&
            (size_t)solution->fractions[i].sublattice == sublattice)
            return (ptrdiff_t)i;
    return -1;
}

double sw_solution_atoms(const sw_solution *solution, const double *site_fractions) {
    double atoms = 0.0;
    for (size_t i = 0; i < solution->fraction_count; i++) {
        const sw_calphad_species *species =
            &solution->database->species[solution->fractions[i].species];
        for (int e = 0; e < species->elements; e++)
            atoms += solution->sites[solution->fractions[i].sublattice] * site_fractions[i] *
                     species->amount[e];
    }
    return atoms;
}
