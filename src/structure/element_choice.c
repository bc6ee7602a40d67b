/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/element_choice.h"

#include "base/memory.h"
#include "structure/subset.h"

#include <spillway/structure.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "Fe, Ni, O": the elements that the atoms have. */
static void list_present(char *text, size_t size, const sw_atoms *atoms) {
    bool present[256] = {false};
    size_t used = (size_t)snprintf(text, size, "the file has");
    for (size_t i = 0; i < sw_atoms_count(atoms); i++)
        present[sw_atoms_elements_const(atoms)[i]] = true;
    for (int e = 0; e < 256 && used < size; e++)
        if (present[e])
            used += (size_t)snprintf(text + used, size - used, " %s", sw_element_symbol(e));
}

/* H, He, C to Ne, P to Ar, Se to Kr, I, Xe. Atoms without an element are no nonmetals. */
static bool is_metal(int element) {
    static const uint8_t nonmetals[] = {1, 2, 6, 7, 8, 9, 10, 15, 16, 17, 18, 34, 35, 36, 53, 54};
    return memchr(nonmetals, element, sizeof nonmetals) == NULL;
}

static sw_status mark_metals(uint8_t *chosen, const sw_atoms *atoms, const char *place,
                             sw_error *error) {
    char hint[256];
    size_t marked = 0, count = sw_atoms_count(atoms);
    for (size_t i = 0; i < count; i++) {
        chosen[i] = is_metal(sw_atoms_elements_const(atoms)[i]);
        marked += chosen[i];
    }
    if (marked > 0 || count == 0)
        return SW_OK;
    list_present(hint, sizeof hint, atoms);
    return sw_error_set(error, SW_ERROR_ARGUMENT, place, hint, "there are no metal atoms");
}

static size_t mark(uint8_t *chosen, const sw_atoms *atoms, int element) {
    size_t marked = 0;
    for (size_t i = 0; i < sw_atoms_count(atoms); i++)
        if (sw_atoms_elements_const(atoms)[i] == element) {
            chosen[i] = 1;
            marked++;
        }
    return marked;
}

static sw_status mark_all(uint8_t *chosen, const sw_atoms *atoms, const char *text,
                          const char *place, sw_error *error) {
    char symbol[8], hint[256];
    while (*text != '\0') {
        text += strspn(text, ", |");
        size_t length = strcspn(text, ", |");
        if (length == 0)
            break;
        snprintf(symbol, sizeof symbol, "%.*s", length < 7 ? (int)length : 7, text);
        int element = sw_element_number(symbol);
        list_present(hint, sizeof hint, atoms);
        if (element < 0)
            return sw_error_set(error, SW_ERROR_ARGUMENT, place, hint,
                                "\"%s\" is no element's symbol", symbol);
        if (mark(chosen, atoms, element) == 0)
            return sw_error_set(error, SW_ERROR_ARGUMENT, place, hint, "there are no %s atoms",
                                symbol);
        text += length;
    }
    return SW_OK;
}

sw_status sw_element_choice(uint8_t **chosen, const sw_atoms *atoms, const char *text,
                            const char *place, sw_error *error) {
    *chosen = NULL;
    if (strcmp(text, "all") == 0)
        return SW_OK;
    *chosen = sw_allocate(sw_atoms_count(atoms), 1);
    if (*chosen == NULL)
        return sw_error_set(error, SW_ERROR_MEMORY, place, NULL, "no memory to choose atoms");
    sw_status status = strcmp(text, "metal") == 0 ? mark_metals(*chosen, atoms, place, error)
                                                  : mark_all(*chosen, atoms, text, place, error);
    if (status != SW_OK) {
        free(*chosen);
        *chosen = NULL;
    }
    return status;
}

sw_status sw_element_subset(sw_atoms **subset, uint32_t **index, const sw_atoms *atoms,
                            const char *text, const char *place, sw_error *error) {
    uint8_t *chosen;
    bool *keep = NULL;
    sw_status status = sw_element_choice(&chosen, atoms, text, place, error);
    if (status != SW_OK)
        return status;
    if (chosen) {
        keep = sw_allocate(sw_atoms_count(atoms), sizeof *keep);
        if (!keep)
            status = sw_error_set(error, SW_ERROR_MEMORY, place, NULL, "no memory to choose atoms");
        for (size_t i = 0; keep && i < sw_atoms_count(atoms); i++)
            keep[i] = chosen[i] != 0;
    }
    if (status == SW_OK)
        status = sw_subset_create(subset, index, atoms, 0, keep, error);
    free(keep);
    free(chosen);
    return status;
}

sw_status sw_atoms_keep_elements(sw_atoms *atoms, const char *text, const char *place,
                                 sw_error *error) {
    uint8_t *chosen;
    sw_status status = sw_element_choice(&chosen, atoms, text, place, error);
    if (status == SW_OK && chosen)
        sw_atoms_keep(atoms, chosen);
    free(chosen);
    return status;
}
