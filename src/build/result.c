/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "build/result.h"

#include "base/memory.h"
#include "base/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STEP_NAME, STEP_DONE, STEP_ADDED, STEP_REMOVED };
enum { COUNT_REGION, COUNT_ELEMENT, COUNT_ATOMS };

static sw_status no_memory(sw_error *error) {
    return sw_error_set(error, SW_ERROR_MEMORY, "build", "build less", "no memory for the atoms");
}

/* ---- tables ---------------------------------------------------------------------------------- */

sw_status sw_result_begin(sw_built *built, sw_error *error) {
    if (sw_table_create(&built->steps) != SW_OK || sw_table_create(&built->counts) != SW_OK ||
        sw_table_add_text_column(built->steps, "step") != SW_OK ||
        sw_table_add_text_column(built->steps, "what") != SW_OK ||
        sw_table_add_column(built->steps, "added", NULL) != SW_OK ||
        sw_table_add_column(built->steps, "removed", NULL) != SW_OK ||
        sw_table_add_text_column(built->counts, "region") != SW_OK ||
        sw_table_add_text_column(built->counts, "element") != SW_OK ||
        sw_table_add_column(built->counts, "atoms", NULL) != SW_OK)
        return no_memory(error);
    return SW_OK;
}

sw_status sw_result_add_step(sw_built *built, const sw_draft *draft, const char *name) {
    size_t row;
    if (sw_table_add_row(built->steps, &row) != SW_OK ||
        sw_table_set_text(built->steps, row, STEP_NAME, name) != SW_OK ||
        sw_table_set_text(built->steps, row, STEP_DONE, draft->done) != SW_OK)
        return no_memory(draft->error);
    sw_table_numbers(built->steps, STEP_ADDED)[row] = (double)draft->added;
    sw_table_numbers(built->steps, STEP_REMOVED)[row] = (double)draft->removed;
    return SW_OK;
}

static sw_status add_count(sw_built *built, const sw_draft *draft, size_t fill, int element,
                           size_t atoms) {
    size_t row;
    if (sw_table_add_row(built->counts, &row) != SW_OK ||
        sw_table_set_text(built->counts, row, COUNT_REGION, draft->recipe->fill_name[fill]) !=
            SW_OK ||
        sw_table_set_text(built->counts, row, COUNT_ELEMENT, sw_element_symbol(element)) != SW_OK)
        return no_memory(draft->error);
    sw_table_numbers(built->counts, COUNT_ATOMS)[row] = (double)atoms;
    return SW_OK;
}

static sw_status count_all(sw_built *built, const sw_draft *draft) {
    size_t fills = draft->recipe->fills;
    size_t *counts = sw_allocate(fills * SW_ELEMENT_COUNT, sizeof *counts);
    sw_status status = counts ? SW_OK : no_memory(draft->error);
    for (size_t i = 0; counts && i < draft->atoms; i++)
        if (!draft->atom[i].gone)
            counts[draft->atom[i].fill * SW_ELEMENT_COUNT + draft->atom[i].element]++;
    for (size_t k = 0; counts && status == SW_OK && k < fills * SW_ELEMENT_COUNT; k++)
        if (counts[k] > 0)
            status = add_count(built, draft, k / SW_ELEMENT_COUNT, (int)(k % SW_ELEMENT_COUNT),
                               counts[k]);
    free(counts);
    return status;
}

/* ---- atoms ----------------------------------------------------------------------------------- */

/* A column that is there from now on; NULL without memory. */
static double *add_column(sw_atoms *atoms, const char *name, size_t width, bool integer) {
    if (sw_atoms_add_column(atoms, name, width, integer) != SW_OK)
        return NULL;
    return sw_atoms_column(atoms, (size_t)sw_atoms_find(atoms, name));
}

static void set_place(sw_atoms *atoms, size_t row, const sw_draft *draft, size_t number) {
    const sw_draft_atom *atom = &draft->atom[number];
    double corner[3];
    for (int i = 0; i < 3; i++)
        corner[i] = atom->position[i] + draft->middle[i];
    sw_places_wrap(&sw_atoms_positions(atoms)[3 * row], &draft->present, corner);
    sw_atoms_elements(atoms)[row] = atom->element;
}

/* Numbers of the atoms that are present, or of those that left a trace, in the order they came. */
static size_t list_atoms(size_t *list, const sw_draft *draft, bool present) {
    size_t count = 0;
    for (size_t i = 0; i < draft->atoms; i++) {
        sw_gone gone = (sw_gone)draft->atom[i].gone;
        if (present ? gone == SW_PRESENT : gone != SW_PRESENT && gone != SW_GONE_WAY)
            list[count++] = i;
    }
    return count;
}

/* Positions, elements, region and grain of the listed atoms. */
static sw_status make_atoms(sw_atoms **atoms, const sw_draft *draft, const size_t *list,
                            size_t count) {
    double *region, *grain;
    if (sw_atoms_create(atoms, count) != SW_OK)
        return no_memory(draft->error);
    if (draft->recipe->has_cell)
        sw_atoms_set_cell(*atoms, draft->recipe->cell, draft->recipe->periodic);
    if (!add_column(*atoms, "region", 1, true) || !add_column(*atoms, "grain", 1, true))
        return no_memory(draft->error);
    region = sw_atoms_column(*atoms, 0);
    grain = sw_atoms_column(*atoms, 1);
    for (size_t i = 0; i < count; i++) {
        set_place(*atoms, i, draft, list[i]);
        region[i] = draft->atom[list[i]].fill + 1;
        grain[i] = draft->atom[list[i]].grain;
    }
    return SW_OK;
}

static sw_status add_oxidation(sw_atoms *atoms, const sw_draft *draft, const size_t *list,
                               size_t count) {
    double *oxidation, *sites;
    if (!draft->oxidised)
        return SW_OK;
    if (!add_column(atoms, "oxidation", 1, false) || !add_column(atoms, "sites", 1, true))
        return no_memory(draft->error);
    oxidation = sw_atoms_column(atoms, (size_t)sw_atoms_find(atoms, "oxidation"));
    sites = sw_atoms_column(atoms, (size_t)sw_atoms_find(atoms, "sites"));
    for (size_t i = 0; i < count; i++) {
        oxidation[i] = draft->atom[list[i]].oxidation;
        sites[i] = draft->atom[list[i]].sites;
    }
    return SW_OK;
}

static sw_status add_displacement(sw_atoms *atoms, const sw_draft *draft, const size_t *list,
                                  size_t count) {
    if (!draft->displaced)
        return SW_OK;
    double *column = add_column(atoms, "displacement", 3, false);
    if (!column)
        return no_memory(draft->error);
    for (size_t i = 0; i < count; i++)
        memcpy(&column[3 * i], draft->atom[list[i]].displacement, 3 * sizeof *column);
    return SW_OK;
}

static sw_status add_reason(sw_atoms *atoms, const sw_draft *draft, const size_t *list,
                            size_t count) {
    double *reason = add_column(atoms, "reason", 1, true);
    if (!reason || sw_atoms_set_note(atoms, "reasons",
                                     "1 site not filled, 2 vacancy, 3 in a pore, 4 missing, "
                                     "5 hidden") != SW_OK)
        return no_memory(draft->error);
    for (size_t i = 0; i < count; i++)
        reason[i] = draft->atom[list[i]].gone;
    return SW_OK;
}

/* ---- notes ----------------------------------------------------------------------------------- */

static sw_status set_text_note(sw_atoms *atoms, const char *key, sw_text *text, sw_error *error) {
    char *taken = sw_text_take(text);
    sw_status status = taken ? SW_OK : no_memory(error);
    if (taken && taken[0] && sw_atoms_set_note(atoms, key, taken) != SW_OK)
        status = no_memory(error);
    free(taken);
    return status;
}

static sw_status add_notes(sw_built *built, sw_draft *draft, const sw_model *model) {
    sw_text regions = {0}, copy = {0};
    char seed[32];
    for (size_t i = 0; i < draft->recipe->fills; i++) {
        sw_text_append(&regions, "%s%zu %s", i > 0 ? ", " : "", i + 1, draft->recipe->fill_name[i]);
        sw_text_append(&copy, "%s%zu %s", i > 0 ? ", " : "", i + 1, draft->recipe->fill_name[i]);
    }
    snprintf(seed, sizeof seed, "%" PRIu64, draft->recipe->seed);
    sw_status status = set_text_note(built->atoms, "regions", &regions, draft->error);
    if (status == SW_OK)
        status = set_text_note(built->removed, "regions", &copy, draft->error);
    sw_text_clear(&copy);
    if (status == SW_OK)
        status = set_text_note(built->atoms, "grains", &draft->grains, draft->error);
    if (status == SW_OK)
        status = set_text_note(built->atoms, "pores", &draft->pores, draft->error);
    if (status == SW_OK &&
        (sw_atoms_set_note(built->atoms, "recipe", sw_model_name(model)) != SW_OK ||
         sw_atoms_set_note(built->atoms, "seed", seed) != SW_OK))
        status = no_memory(draft->error);
    return status;
}

sw_status sw_result_finish(sw_built *built, sw_draft *draft, const sw_model *model) {
    size_t *list = sw_allocate(draft->atoms, sizeof *list);
    if (!list)
        return no_memory(draft->error);
    size_t count = list_atoms(list, draft, true);
    sw_status status = make_atoms(&built->atoms, draft, list, count);
    if (status == SW_OK)
        status = add_oxidation(built->atoms, draft, list, count);
    if (status == SW_OK)
        status = add_displacement(built->atoms, draft, list, count);
    count = list_atoms(list, draft, false);
    if (status == SW_OK)
        status = make_atoms(&built->removed, draft, list, count);
    if (status == SW_OK)
        status = add_reason(built->removed, draft, list, count);
    if (status == SW_OK)
        status = add_notes(built, draft, model);
    if (status == SW_OK)
        status = count_all(built, draft);
    free(list);
    return status;
}
