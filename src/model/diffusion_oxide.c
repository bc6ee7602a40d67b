/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The oxide of a diffusion model, with its two faces. */
#include "model/diffusion_sections.h"
#include "model/schema.h"

#include <string.h>

#define CUBIC_ANGSTROM 1e-30 /* m3 */

static bool has(const sw_node *node, const char *key) {
    return sw_node_find(node, key) != NULL;
}

/* ---- faces ----------------------------------------------------------------------------------- */

static bool check_gas(sw_reading *reading, const sw_node *node) {
    return has(node, "oxygen_pressure") != has(node, "water_ratio") ||
           sw_fail(reading, node, "as water_ratio: 0.6 (pH2O/pH2), or oxygen_pressure: 1e-14 bar",
                   "a gas has an oxygen_pressure or a water_ratio");
}

static bool check_front(sw_reading *reading, const sw_node *node) {
    return has(node, "velocity") != has(node, "rate") ||
           sw_fail(reading, node, "as velocity: 1 nm/s, or rate: 1 nm/s, hydrogen, water_ratio",
                   "a front has a velocity, or a rate");
}

/* Keys that mean nothing at this kind of face would be forgotten wishes. */
static bool check_keys(sw_reading *reading, const sw_node *node, const char *kind,
                       const char *const *wanted) {
    for (const sw_node *child = node->first; child; child = child->next) {
        bool known = strcmp(child->key, "kind") == 0;
        for (size_t i = 0; wanted[i]; i++)
            known = known || strcmp(child->key, wanted[i]) == 0;
        if (!known)
            return sw_fail_key(reading, child, "leave it out, or take another kind",
                               "'%s' means nothing at a face of kind %s", child->key, kind);
    }
    return true;
}

static bool read_kind(sw_reading *reading, sw_oxide_face_model *face, const sw_node *node) {
    static const char *const of_gas[] = {"oxygen_pressure", "water_ratio", "reaction", NULL};
    static const char *const of_metal[] = {"nickel", NULL};
    static const char *const of_front[] = {"velocity", "rate", "hydrogen", "water_ratio", NULL};
    static const char *const of_none[] = {NULL};
    const char *kind = sw_text_of(node, "kind");
    if (strcmp(kind, "gas") == 0) {
        face->kind = SW_OXIDE_GAS;
        return check_keys(reading, node, kind, of_gas) && check_gas(reading, node);
    }
    if (strcmp(kind, "metal") == 0) {
        face->kind = SW_OXIDE_METAL;
        return check_keys(reading, node, kind, of_metal);
    }
    if (strcmp(kind, "front") == 0) {
        face->kind = SW_OXIDE_FRONT;
        return check_keys(reading, node, kind, of_front) && check_front(reading, node);
    }
    face->kind = SW_OXIDE_CLOSED;
    return check_keys(reading, node, kind, of_none);
}

static bool read_face(sw_reading *reading, sw_oxide_face_model *face, const sw_node *node) {
    *face = (sw_oxide_face_model){.metal_nickel = sw_number_of(node, "nickel"),
                                  .oxygen_pressure = sw_number_of(node, "oxygen_pressure"),
                                  .water_ratio = sw_number_of(node, "water_ratio"),
                                  .reaction = sw_number_of(node, "reaction"),
                                  .velocity = sw_number_of(node, "velocity"),
                                  .rate = sw_number_of(node, "rate"),
                                  .hydrogen = sw_number_of(node, "hydrogen")};
    if (!read_kind(reading, face, node))
        return false;
    if (face->kind != SW_OXIDE_GAS || face->oxygen_pressure > 0.0 || face->water_ratio > 0.0)
        return true;
    return sw_fail(reading, sw_node_find(node, "water_ratio"), "or kind: front, where metal forms",
                   "a gas without water takes all oxygen: wustite is not stable in it");
}

static bool read_faces(sw_reading *reading, const sw_node *section) {
    sw_diffusion_oxide *oxide = &reading->diffusion->oxide;
    if (!read_face(reading, &oxide->first, sw_node_find(section, "first")) ||
        !read_face(reading, &oxide->last, sw_node_find(section, "last")))
        return false;
    if (oxide->first.kind != SW_OXIDE_CLOSED || oxide->last.kind != SW_OXIDE_CLOSED)
        return true;
    return sw_fail(reading, section, "make one a gas, a metal or a front",
                   "both faces of the oxide are closed: nothing would happen");
}

/* ---- what it is made of ---------------------------------------------------------------------- */

static bool read_mobilities(sw_reading *reading, const sw_node *list) {
    sw_diffusion_oxide *oxide = &reading->diffusion->oxide;
    const char *elements[] = {"Fe", "Ni"};
    const sw_names names = {elements, 2};
    for (const sw_node *node = list->first; node; node = node->next) {
        const int index = sw_names_find(&names, node->key);
        if (index < 0)
            return sw_fail_unknown(reading, node, true, "cation", node->key, &names);
        oxide->mobility[index] =
            (sw_oxide_mobility){sw_number_of(node, "diffusion"), sw_number_of(node, "barrier")};
    }
    const bool nickel =
        oxide->nickel > 0.0 || oxide->first.metal_nickel > 0.0 || oxide->last.metal_nickel > 0.0;
    if (oxide->mobility[0].diffusion > 0.0 && (!nickel || oxide->mobility[1].diffusion > 0.0))
        return true;
    return sw_fail(reading, list, "add {diffusion: 1e-4 cm2/s, barrier: 1.3 eV} under its name",
                   "there is %s, and no mobility of it",
                   oxide->mobility[0].diffusion > 0.0 ? "nickel" : "iron");
}

static void read_numbers(sw_diffusion_oxide *oxide, const sw_node *section) {
    const char *metal = sw_text_of(section, "metal");
    *oxide = (sw_diffusion_oxide){
        .present = true,
        .thickness = sw_number_of(section, "thickness"),
        .nickel = sw_number_of(section, "nickel"),
        .vacancies = sw_number_of(section, "vacancies"),
        .reference_vacancies = sw_number_of(section, "reference_vacancies"),
        .order = sw_number_of(section, "vacancy_order"),
        .volume = sw_number_of(section, "volume") / CUBIC_ANGSTROM,
        .metal_volume = sw_number_of(section, "metal_volume") / CUBIC_ANGSTROM,
        .metal = strcmp(metal, "fcc") == 0   ? SW_OXIDE_FCC
                 : strcmp(metal, "bcc") == 0 ? SW_OXIDE_BCC
                                             : SW_OXIDE_METAL_STABLE,
        .cells = (size_t)sw_number_of(section, "cells"),
    };
}

bool sw_diffusion_oxide_read(sw_reading *reading) {
    static const char *const others[] = {"alloy", "regions", "front", "criteria"};
    const sw_node *section = sw_node_find(reading->root, "oxide");
    if (!section) {
        if (has(reading->root, "alloy") && has(reading->root, "regions"))
            return true;
        return sw_fail(reading, reading->root, "docs/diffusion-language.md has an example of each",
                       "a model of diffusion needs alloy and regions, or an oxide");
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (has(reading->root, others[i]))
            return sw_fail_key(reading, sw_node_find(reading->root, others[i]),
                               "leave one of them out", "an oxide has no '%s' beside it",
                               others[i]);
    read_numbers(&reading->diffusion->oxide, section);
    return read_faces(reading, section) &&
           read_mobilities(reading, sw_node_find(section, "mobilities"));
}
