/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps of a recipe, one reader a kind. */
#include "model/recipe_sections.h"

#include <spillway/data.h>

#include <math.h>
#include <string.h>

#define CUBIC_ANGSTROM 1e30 /* in a cubic metre, the inside unit of volumes */

/* ---- which atoms, and where ------------------------------------------------------------------ */

static bool read_place(sw_reading *reading, sw_recipe_place *place, const sw_node *node) {
    const sw_node *least = sw_node_find(node, "least"), *most = sw_node_find(node, "most");
    place->least = least ? least->number : -INFINITY;
    place->most = most ? most->number : INFINITY;
    if (!sw_read_name_of(reading, node, "region", "region", &reading->region_names,
                         &place->region) ||
        !sw_read_name_of(reading, node, "surface", "region", &reading->region_names,
                         &place->surface))
        return false;
    if ((least || most) && place->surface < 0)
        return sw_fail_key(reading, least ? least : most, "such as surface: core",
                           "a distance needs the surface that it is measured from");
    if (place->least > place->most)
        return sw_fail(reading, least, "exchange them", "least %g A is above most %g A",
                       place->least, place->most);
    return true;
}

static bool read_fills(sw_reading *reading, sw_recipe_choice *choice, const sw_node *list) {
    if (!list)
        return true;
    bool *fills = sw_take(reading, reading->fill_names.count, sizeof *fills);
    choice->fill = fills;
    for (const sw_node *node = fills ? list->first : NULL; node; node = node->next) {
        int index = sw_names_find(&reading->fill_names, node->text);
        if (index < 0)
            return sw_fail_unknown(reading, node, false, "fill", node->text, &reading->fill_names);
        fills[index] = true;
    }
    return fills != NULL;
}

/* node may be NULL: all atoms. */
static bool read_choice(sw_reading *reading, sw_recipe_choice *choice, const sw_node *node) {
    const sw_node *elements = sw_node_find(node, "elements");
    choice->all_elements = !elements;
    for (const sw_node *each = elements ? elements->first : NULL; each; each = each->next) {
        int element;
        if (!sw_read_element(reading, each, &element))
            return false;
        choice->element[element] = true;
    }
    return read_fills(reading, choice, sw_node_find(node, "fills")) &&
           read_place(reading, &choice->place, sw_node_find(node, "place"));
}

/* ---- fills ----------------------------------------------------------------------------------- */

static bool read_formula(sw_reading *reading, sw_recipe_packing *packing, const sw_node *node) {
    int atoms[SW_FORMULA_ELEMENTS];
    struct sw_packing_part *parts = sw_take(reading, SW_FORMULA_ELEMENTS, sizeof *parts);
    packing->part = parts;
    if (!parts)
        return false;
    if (!sw_formula_parse(atoms, node->text))
        return sw_fail_expected(reading, node, "a formula", "such as ZrO2");
    for (int element = 1; element < SW_FORMULA_ELEMENTS; element++)
        if (atoms[element] > 0)
            parts[packing->elements++] = (struct sw_packing_part){element, atoms[element]};
    return true;
}

static bool read_packing(sw_reading *reading, sw_recipe_packing *packing, const sw_node *node) {
    packing->volume = sw_number_of(node, "volume") * CUBIC_ANGSTROM;
    packing->sweeps = sw_integer_of(node, "sweeps");
    if (!(packing->volume > 0.1))
        return sw_fail(reading, sw_node_find(node, "volume"), "such as 34.6 A3",
                       "a formula unit of %g A^3 is less than an atom", packing->volume);
    return read_formula(reading, packing, sw_node_find(node, "formula")) &&
           sw_read_pair_distances(reading, node, &packing->distances);
}

static void read_grains(sw_recipe_grains *grains, const sw_node *node) {
    grains->count = (size_t)sw_number_of(node, "count");
    grains->apart = sw_number_of(node, "apart");
}

static bool read_fill_content(sw_reading *reading, sw_recipe_fill *fill, const sw_node *node) {
    const sw_node *amorphous = sw_node_find(node, "amorphous");
    const sw_node *grains = sw_node_find(node, "grains");
    if (!sw_read_name_of(reading, node, "crystal", "crystal", &reading->crystal_names,
                         &fill->crystal))
        return false;
    if ((fill->crystal >= 0) == (amorphous != NULL) || (grains && fill->crystal < 0))
        return sw_fail_key(
            reading, node, "{crystal: name}, perhaps with grains, or {amorphous: ...}",
            "the fill '%s' needs either a crystal or amorphous", sw_text_of(node, "name"));
    fill->kind = amorphous ? SW_FILL_PACKING : grains ? SW_FILL_GRAINS : SW_FILL_CRYSTAL;
    if (grains)
        read_grains(&fill->grains, grains);
    sw_numbers_of(node, "origin", fill->origin);
    return !amorphous || read_packing(reading, &fill->packing, amorphous);
}

static bool read_fill(sw_reading *reading, sw_recipe_step *step, const sw_node *node) {
    sw_recipe_fill *fill = &step->fill;
    const sw_node *name = sw_node_find(node, "name");
    fill->name = name->text;
    if (sw_names_find(&reading->fill_names, fill->name) >= 0)
        return sw_fail(reading, name, "choose another name", "there is a fill '%s' already",
                       fill->name);
    fill->later_wins = strcmp(sw_text_of(node, "wins"), "later") == 0;
    if (!sw_read_name_of(reading, node, "region", "region", &reading->region_names,
                         &fill->region) ||
        !read_fill_content(reading, fill, node))
        return false;
    if (fill->region < 0 && !reading->recipe->has_cell)
        return sw_fail_key(reading, node, "name a region, or give the recipe a cell",
                           "the fill '%s' has no end", fill->name);
    reading->fill_names.list[reading->fill_names.count++] = fill->name;
    return true;
}

/* ---- the other steps ------------------------------------------------------------------------- */

static bool read_profile(sw_reading *reading, sw_recipe_oxidation *oxidation, const sw_node *list) {
    sw_filled_point *points = sw_take(reading, list->count, sizeof *points);
    oxidation->point = points;
    if (list->count == 0)
        return sw_fail_expected(reading, list, "at least one point",
                                "such as {distance: 0 A, filled: 0.5}");
    for (const sw_node *node = points ? list->first : NULL; node; node = node->next) {
        sw_filled_point point = {sw_number_of(node, "distance"), sw_number_of(node, "filled")};
        size_t count = oxidation->points;
        if (count > 0 && !(point.distance > points[count - 1].distance))
            return sw_fail(reading, node, "sort the points",
                           "distances must ascend, %g A follows %g A", point.distance,
                           points[count - 1].distance);
        points[oxidation->points++] = point;
    }
    return points != NULL;
}

static bool read_oxidation(sw_reading *reading, sw_recipe_step *step, const sw_node *node) {
    sw_recipe_oxidation *oxidation = &step->oxidation;
    const sw_node *sites = sw_node_find(node, "sites");
    oxidation->bond = sw_number_of(node, "bond");
    oxidation->full = sw_integer_of(node, "full");
    if (!sw_node_find(sites, "elements"))
        return sw_fail_key(reading, sites, "such as {elements: [O]}",
                           "the sites of an oxidation need their elements");
    return read_choice(reading, &oxidation->sites, sites) &&
           sw_read_element(reading, sw_node_find(node, "of"), &oxidation->of) &&
           sw_read_name_of(reading, node, "surface", "region", &reading->region_names,
                           &oxidation->surface) &&
           read_profile(reading, oxidation, sw_node_find(node, "profile"));
}

static bool read_removal(sw_reading *reading, sw_recipe_step *step, const sw_node *node) {
    sw_recipe_removal *removal = &step->removal;
    const sw_node *fraction = sw_node_find(node, "fraction");
    const sw_node *number = sw_node_find(node, "number");
    if (!fraction == !number)
        return sw_fail_key(reading, node, "such as {fraction: 1 %}",
                           "'%s' needs either fraction or number", node->key);
    removal->fraction = fraction ? fraction->number : -1;
    removal->number = number ? (size_t)number->number : 0;
    removal->apart = sw_number_of(node, "apart");
    return read_choice(reading, &removal->choice, sw_node_find(node, "atoms"));
}

static bool read_pore_places(sw_reading *reading, sw_recipe_pores *pores, const sw_node *list) {
    double(*places)[3] = sw_take(reading, list->count, sizeof *places);
    pores->place = (const double(*)[3])places;
    for (const sw_node *node = places ? list->first : NULL; node;
         node = node->next, pores->places++)
        for (size_t i = 0; i < 3; i++)
            places[pores->places][i] = sw_node_item(node, i)->number;
    return places != NULL;
}

static bool read_pores(sw_reading *reading, sw_recipe_step *step, const sw_node *node) {
    sw_recipe_pores *pores = &step->pores;
    const sw_node *at = sw_node_find(node, "at"), *largest = sw_node_find(node, "largest");
    pores->radius[0] = sw_number_of(node, "radius");
    pores->radius[1] = largest ? largest->number : pores->radius[0];
    pores->number = (size_t)sw_number_of(node, "number");
    pores->apart = sw_number_of(node, "apart");
    if (!at == !sw_node_find(node, "number"))
        return sw_fail_key(reading, node, "such as {radius: 5 A, number: 40}",
                           "pores need either number or at");
    if (pores->radius[1] < pores->radius[0])
        return sw_fail(reading, largest, "exchange them", "largest %g A is below radius %g A",
                       pores->radius[1], pores->radius[0]);
    if (!read_place(reading, &pores->where, sw_node_find(node, "place")))
        return false;
    if (!at && pores->where.region < 0 && !reading->recipe->has_cell)
        return sw_fail_key(reading, node, "such as place: {region: particle}",
                           "pores without a cell need a region");
    return !at || read_pore_places(reading, pores, at);
}

static bool read_noise(sw_reading *reading, sw_recipe_step *step, const sw_node *node) {
    sw_recipe_noise *noise = &step->noise;
    const sw_node *sigma = sw_node_find(node, "sigma");
    if (!sigma == !sw_node_find(node, "along"))
        return sw_fail_key(reading, node, "such as {sigma: 16 pm}",
                           "noise needs either sigma or along");
    for (size_t i = 0; sigma && i < 3; i++)
        noise->sigma[i] = sigma->number;
    sw_numbers_of(node, "along", noise->sigma);
    return read_choice(reading, &noise->choice, sw_node_find(node, "atoms"));
}

static bool read_hide(sw_reading *reading, sw_recipe_step *step, const sw_node *node) {
    return read_choice(reading, &step->hide, node);
}

typedef bool (*step_reader)(sw_reading *reading, sw_recipe_step *step, const sw_node *node);

/* In the order of sw_step_kind and of the schema. */
static const struct {
    const char *key;
    step_reader read;
} step_readers[] = {[SW_STEP_FILL] = {"fill", read_fill},
                    [SW_STEP_OXIDATION] = {"oxidation", read_oxidation},
                    [SW_STEP_VACANCIES] = {"vacancies", read_removal},
                    [SW_STEP_PORES] = {"pores", read_pores},
                    [SW_STEP_NOISE] = {"noise", read_noise},
                    [SW_STEP_MISSING] = {"missing", read_removal},
                    [SW_STEP_HIDE] = {"hide", read_hide}};

static bool read_step(sw_reading *reading, void *item, const sw_node *node) {
    sw_recipe_step *step = item;
    if (node->count != 1)
        return sw_fail(reading, node, "begin each with a dash: - fill: {...}",
                       "a step does one thing, this one names %zu", node->count);
    step->line = node->first->key_line;
    for (size_t i = 0; i < sizeof step_readers / sizeof *step_readers; i++)
        if (strcmp(step_readers[i].key, node->first->key) == 0) {
            step->kind = (sw_step_kind)i;
            return step_readers[i].read(reading, step, node->first);
        }
    return sw_fail(reading, node, NULL, "no such step");
}

bool sw_recipe_steps_read(sw_reading *reading) {
    const sw_node *section = sw_node_find(reading->root, "steps");
    sw_recipe *recipe = reading->recipe;
    if (section->count == 0)
        return sw_fail_key(reading, section, "such as - fill: {name: core, ...}",
                           "a recipe needs at least one step");
    if (!sw_names_create(reading, &reading->fill_names, section->count) ||
        !sw_read_list(reading, &recipe->step, &recipe->steps, section, sizeof(sw_recipe_step),
                      read_step))
        return false;
    recipe->fills = reading->fill_names.count;
    recipe->fill_name = reading->fill_names.list;
    return true;
}
