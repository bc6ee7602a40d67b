/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/composition.h"

#include "base/memory.h"

#include <spillway/io.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ELEMENTS = 119, MOST_TYPES = 8192 };

/* While it is built: counts of all elements, type by type. */
typedef struct type_list {
    size_t types, capacity;
    uint16_t (*count)[ELEMENTS];
} type_list;

static sw_status add_type(type_list *list, const sw_ion *ion) {
    if (!sw_reserve(&list->count, &list->capacity, list->types + 1, sizeof *list->count))
        return SW_ERROR_MEMORY;
    uint16_t *count = list->count[list->types++];
    memset(count, 0, sizeof *list->count);
    for (size_t p = 0; ion && p < ion->parts; p++)
        if (ion->part[p].element > 0)
            count[ion->part[p].element] =
                (uint16_t)(count[ion->part[p].element] + ion->part[p].count);
    return SW_OK;
}

/* Type 0 counts as nothing, the others are those of the note. */
static sw_status types_of_note(type_list *list, const char *note, sw_error *error) {
    char formula[64];
    sw_ion ion;
    sw_status status = add_type(list, NULL);
    for (note += strspn(note, " "); *note != '\0' && status == SW_OK; note += strspn(note, " ")) {
        size_t length = strcspn(note, " ");
        bool fits = length < sizeof formula && list->types < MOST_TYPES;
        memcpy(formula, note, fits ? length : 0);
        formula[fits ? length : 0] = '\0';
        if (!sw_ion_parse(&ion, formula))
            return sw_error_set(error, SW_ERROR_ARGUMENT, "ion_types", "list formulas with blanks",
                                "the note holds \"%.*s\", which is no formula", 20, note);
        status = add_type(list, &ion);
        note += length;
    }
    return status;
}

static sw_status types_of_elements(type_list *list) {
    sw_status status = SW_OK;
    for (int e = 0; e < ELEMENTS && status == SW_OK; e++) {
        sw_ion ion = {.parts = 1};
        ion.part[0].element = e;
        ion.part[0].count = 1;
        status = add_type(list, &ion);
    }
    return status;
}

static sw_status set_types(sw_composition *made, const sw_atoms *atoms, const double *column,
                           size_t types, sw_error *error) {
    made->type = sw_allocate(made->atoms, sizeof *made->type);
    if (!made->type)
        return SW_ERROR_MEMORY;
    for (size_t i = 0; i < made->atoms; i++) {
        double type = column ? column[i] : (double)sw_atoms_elements_const(atoms)[i];
        if (!(type >= 0.0 && type < (double)types))
            return sw_error_set(error, SW_ERROR_ARGUMENT, "ion_type", "range the atoms again",
                                "atom %zu has ion type %g, the note ion_types lists %zu", i + 1,
                                type, types - 1);
        made->type[i] = (uint16_t)type;
    }
    return SW_OK;
}

static void count_elements(size_t found[ELEMENTS], const sw_composition *made,
                           const type_list *list) {
    memset(found, 0, ELEMENTS * sizeof *found);
    for (size_t i = 0; i < made->atoms; i++)
        for (size_t e = 1; e < ELEMENTS; e++)
            found[e] += list->count[made->type[i]][e];
}

static sw_status fill(sw_composition *made, const type_list *list) {
    size_t found[ELEMENTS];
    count_elements(found, made, list);
    made->types = list->types;
    for (size_t e = 1; e < ELEMENTS; e++)
        made->elements += found[e] > 0;
    made->element = sw_allocate(made->elements, 1);
    made->found = sw_allocate(made->elements, sizeof *made->found);
    made->count = sw_allocate(made->types, (made->elements + 1) * sizeof *made->count);
    made->total = sw_allocate(made->types, sizeof *made->total);
    if (!made->element || !made->found || !made->count || !made->total)
        return SW_ERROR_MEMORY;
    for (size_t place = 0; place < made->elements; place++) {
        size_t most = 1;
        for (size_t e = 1; e < ELEMENTS; e++)
            most = found[e] > found[most] ? e : most;
        made->element[place] = (uint8_t)most;
        made->found[place] = found[most];
        made->counted += found[most];
        found[most] = 0;
        for (size_t t = 0; t < made->types; t++) {
            made->count[t * made->elements + place] = list->count[t][most];
            made->total[t] = (uint16_t)(made->total[t] + list->count[t][most]);
        }
    }
    for (size_t i = 0; i < made->atoms; i++)
        made->uncounted += made->total[made->type[i]] == 0;
    return SW_OK;
}

sw_status sw_composition_create(sw_composition *composition, const sw_atoms *atoms,
                                sw_error *error) {
    type_list list = {0};
    const double *column = sw_atoms_numbers(atoms, "ion_type");
    const char *note = sw_atoms_note(atoms, "ion_types");
    bool ions = note && column;
    *composition = (sw_composition){.atoms = sw_atoms_count(atoms)};
    sw_status status = ions ? types_of_note(&list, note, error) : types_of_elements(&list);
    if (status == SW_OK)
        status = set_types(composition, atoms, ions ? column : NULL, list.types, error);
    if (status == SW_OK)
        status = fill(composition, &list);
    free(list.count);
    if (status != SW_OK)
        sw_composition_clear(composition);
    return status == SW_ERROR_MEMORY
               ? sw_error_set(error, status, "atoms", NULL, "no memory to count elements")
               : status;
}

void sw_composition_clear(sw_composition *composition) {
    free(composition->element);
    free(composition->type);
    free(composition->count);
    free(composition->total);
    free(composition->found);
    *composition = (sw_composition){0};
}

ptrdiff_t sw_composition_find(const sw_composition *composition, const char *symbol) {
    int element = sw_element_number(symbol);
    for (size_t e = 0; e < composition->elements; e++)
        if (composition->element[e] == element)
            return (ptrdiff_t)e;
    return -1;
}

/* ---- choosing -------------------------------------------------------------------------------- */

static void add_element(uint16_t *part, const sw_composition *composition, size_t element) {
    for (size_t t = 0; t < composition->types; t++)
        part[t] = (uint16_t)(part[t] + composition->count[t * composition->elements + element]);
}

/* "the atoms have Fe Ni O" */
static void list_elements(char *text, size_t size, const sw_composition *composition) {
    size_t used = (size_t)snprintf(text, size, "the atoms have");
    for (size_t e = 0; e < composition->elements && used < size; e++)
        used += (size_t)snprintf(text + used, size - used, " %s",
                                 sw_element_symbol(composition->element[e]));
}

static sw_status add_listed(uint16_t *part, const sw_composition *composition, const char *text,
                            const char *place, sw_error *error) {
    bool taken[ELEMENTS] = {false};
    char symbol[8], hint[256];
    while (*(text += strspn(text, ", |")) != '\0') {
        size_t length = strcspn(text, ", |");
        snprintf(symbol, sizeof symbol, "%.*s", length < 7 ? (int)length : 7, text);
        ptrdiff_t element = sw_composition_find(composition, symbol);
        list_elements(hint, sizeof hint, composition);
        if (element < 0)
            return sw_error_set(error, SW_ERROR_ARGUMENT, place, hint, "there are no %s atoms",
                                symbol);
        if (!taken[element])
            add_element(part, composition, (size_t)element);
        taken[element] = true;
        text += length;
    }
    return SW_OK;
}

sw_status sw_composition_choose(uint16_t **part, const sw_composition *composition,
                                const char *text, const char *place, sw_error *error) {
    *part = NULL;
    if (composition->elements == 0)
        return sw_error_set(error, SW_ERROR_ARGUMENT, place, "atom-probe points need --ranges",
                            "no atom is of an element");
    uint16_t *made = sw_allocate(composition->types, sizeof *made);
    if (!made)
        return sw_error_set(error, SW_ERROR_MEMORY, place, NULL, "no memory to choose elements");
    sw_status status = SW_OK;
    if (strcmp(text, "auto") == 0)
        add_element(made, composition, composition->elements > 1);
    else
        status = add_listed(made, composition, text, place, error);
    if (status == SW_OK)
        *part = made;
    else
        free(made);
    return status;
}
