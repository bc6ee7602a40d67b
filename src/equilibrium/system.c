/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "equilibrium/system.h"

#include <spillway/data.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEAVIEST 118

static bool has_element(const sw_system *system, int element) {
    for (size_t i = 0; i < system->elements; i++)
        if (system->element[i] == element)
            return true;
    return false;
}

sw_status sw_system_create(sw_system **system, const int *elements, size_t count, sw_error *error) {
    *system = NULL;
    if (count == 0 || count > SW_SYSTEM_ELEMENTS)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "elements", NULL,
                            "expected 1 to %d elements, found %zu", SW_SYSTEM_ELEMENTS, count);
    sw_system *made = calloc(1, sizeof *made);
    if (made == NULL)
        return sw_error_set(error, SW_ERROR_MEMORY, "elements", NULL, "no memory for a system");
    for (size_t i = 0; i < count; i++) {
        if (elements[i] < 1 || elements[i] > HEAVIEST || has_element(made, elements[i])) {
            free(made);
            return sw_error_set(error, SW_ERROR_ARGUMENT, "elements", "name each element once",
                                "expected different elements, found atomic number %d", elements[i]);
        }
        made->element[made->elements++] = elements[i];
    }
    *system = made;
    return SW_OK;
}

void sw_system_destroy(sw_system *system) {
    free(system);
}

/* Some element of it that the system lacks, or 0. */
static int foreign_element(const sw_system *system, const sw_substance *substance) {
    for (int element = 1; element <= HEAVIEST; element++)
        if (sw_substance_atoms(substance, element) > 0.0 && !has_element(system, element))
            return element;
    return 0;
}

static bool holds(const sw_substance *const *list, size_t count, const sw_substance *substance) {
    for (size_t i = 0; i < count; i++)
        if (list[i] == substance)
            return true;
    return false;
}

sw_status sw_system_add(sw_system *system, const sw_substance *substance, sw_error *error) {
    if (substance == NULL)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "sw_system_add",
                            "check what sw_substance_find returned", "expected a substance");
    const int foreign = foreign_element(system, substance);
    if (foreign != 0)
        return sw_error_set(error, SW_ERROR_ARGUMENT, sw_substance_name(substance),
                            "add that element to the system", "%s is no element of the system",
                            sw_element_symbol(foreign));
    const bool gas = sw_substance_is_gas(substance);
    size_t *count = gas ? &system->gases : &system->phases;
    const sw_substance **list = gas ? system->gas : system->phase;
    if (holds(list, *count, substance))
        return SW_OK;
    if (*count == SW_SYSTEM_PHASES)
        return sw_error_set(error, SW_ERROR_UNSUPPORTED, sw_substance_name(substance),
                            "take fewer elements",
                            "a system has at most %d gases and as many "
                            "pure phases",
                            SW_SYSTEM_PHASES);
    list[(*count)++] = substance;
    return SW_OK;
}

/* Not a window of a joined table, nor a second opinion; liquids are wanted. */
static bool is_usual(const sw_substance *substance) {
    const char *name = sw_substance_name(substance);
    const char *bracket = strchr(name, '(');
    if (strcmp(name, "FeO") == 0)
        return false;
    return bracket == NULL || sw_substance_is_gas(substance) || strcmp(bracket, "(l)") == 0;
}

sw_status sw_system_add_all(sw_system *system, sw_error *error) {
    sw_status status = SW_OK;
    for (size_t i = 0; i < sw_substance_count() && status == SW_OK; i++) {
        const sw_substance *substance = sw_substance_at(i);
        if (is_usual(substance) && foreign_element(system, substance) == 0)
            status = sw_system_add(system, substance, error);
    }
    return status;
}

static bool take_out(const sw_substance **list, size_t *count, const sw_substance *substance) {
    for (size_t i = 0; i < *count; i++)
        if (list[i] == substance) {
            memmove(&list[i], &list[i + 1], (*count - i - 1) * sizeof(const sw_substance *));
            (*count)--;
            return true;
        }
    return false;
}

/* What was replaced of the later phases moves along. */
static bool take_phase(sw_system *system, const sw_substance *substance) {
    size_t index = 0;
    while (index < system->phases && system->phase[index] != substance)
        index++;
    if (!take_out(system->phase, &system->phases, substance))
        return false;
    for (size_t i = index; i + 1 < SW_SYSTEM_PHASES; i++) {
        system->replaced[i] = system->replaced[i + 1];
        system->replaced_data[i] = system->replaced_data[i + 1];
    }
    system->replaced[SW_SYSTEM_PHASES - 1] = NULL;
    return true;
}

static sw_status not_there(const sw_substance *substance, sw_error *error) {
    return sw_error_set(error, SW_ERROR_NOT_FOUND,
                        substance != NULL ? sw_substance_name(substance) : "a substance", NULL,
                        "the system does not have it");
}

sw_status sw_system_replace_gibbs(sw_system *system, const sw_substance *substance,
                                  sw_gibbs_function gibbs, const void *data, sw_error *error) {
    for (size_t i = 0; i < system->phases; i++)
        if (system->phase[i] == substance) {
            system->replaced[i] = gibbs;
            system->replaced_data[i] = data;
            return SW_OK;
        }
    return not_there(substance, error);
}

sw_status sw_system_remove(sw_system *system, const sw_substance *substance, sw_error *error) {
    if (take_out(system->gas, &system->gases, substance) || take_phase(system, substance))
        return SW_OK;
    return not_there(substance, error);
}

sw_status sw_system_add_solution(sw_system *system, const sw_solution_phase *solution,
                                 sw_error *error) {
    if (solution->ends < 2 || solution->ends > SW_SOLUTION_ENDS)
        return sw_error_set(error, SW_ERROR_ARGUMENT, solution->name, NULL,
                            "expected 2 to %d ends, found %zu", SW_SOLUTION_ENDS, solution->ends);
    for (size_t i = 0; i < SW_SOLUTION_ELEMENTS && solution->atoms[i].element != 0; i++)
        if (!has_element(system, solution->atoms[i].element))
            return sw_error_set(error, SW_ERROR_ARGUMENT, solution->name,
                                "add that element to the system", "%s is no element of the system",
                                sw_element_symbol(solution->atoms[i].element));
    if (system->solutions == SW_SYSTEM_SOLUTIONS)
        return sw_error_set(error, SW_ERROR_UNSUPPORTED, solution->name, NULL,
                            "a system has at most %d solutions", SW_SYSTEM_SOLUTIONS);
    system->solution[system->solutions++] = *solution;
    return SW_OK;
}

bool sw_system_same_composition(const sw_system *system, const sw_substance *one,
                                const sw_substance *other) {
    for (size_t i = 0; i < system->elements; i++)
        if (sw_substance_atoms(one, system->element[i]) !=
            sw_substance_atoms(other, system->element[i]))
            return false;
    return true;
}

double sw_system_solution_atoms(const sw_system *system, size_t solution, size_t index,
                                size_t end) {
    const sw_solution_phase *of = &system->solution[solution];
    for (size_t i = 0; i < SW_SOLUTION_ELEMENTS; i++)
        if (of->atoms[i].element == system->element[index])
            return of->atoms[i].amount[end];
    return 0.0;
}

size_t sw_system_elements(const sw_system *system) {
    return system->elements;
}

int sw_system_element(const sw_system *system, size_t index) {
    return system->element[index];
}

size_t sw_system_gases(const sw_system *system) {
    return system->gases;
}

const sw_substance *sw_system_gas(const sw_system *system, size_t index) {
    return system->gas[index];
}

size_t sw_system_phases(const sw_system *system) {
    return system->phases;
}

const sw_substance *sw_system_phase(const sw_system *system, size_t index) {
    return system->phase[index];
}

size_t sw_system_solutions(const sw_system *system) {
    return system->solutions;
}

const sw_solution_phase *sw_system_solution(const sw_system *system, size_t index) {
    return &system->solution[index];
}
