/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the sections of a recipe share, its cell and its distances. */
#include "model/recipe_sections.h"

#include "base/matrix.h"

#include <spillway/data.h>

#include <stdio.h>
#include <string.h>

bool sw_read_name_of(sw_reading *reading, const sw_node *mapping, const char *key,
                     const char *thing, const sw_names *names, int *index) {
    const sw_node *node = sw_node_find(mapping, key);
    *index = node ? sw_names_find(names, node->text) : -1;
    if (node && *index < 0)
        return sw_fail_unknown(reading, node, false, thing, node->text, names);
    return true;
}

bool sw_read_element(sw_reading *reading, const sw_node *node, int *element) {
    *element = node->kind == SW_NODE_SCALAR ? sw_element_number(node->text) : -1;
    if (*element < 1)
        return sw_fail_expected(reading, node, "an element", "a symbol such as Zr");
    return true;
}

void sw_numbers_of(const sw_node *mapping, const char *key, double values[3]) {
    const sw_node *list = sw_node_find(mapping, key);
    for (size_t i = 0; list && i < 3; i++)
        values[i] = sw_node_item(list, i)->number;
}

/* ---- distances ------------------------------------------------------------------------------- */

/* "Zr-O" */
static bool read_pair(sw_reading *reading, struct sw_pair_distance *pair, const sw_node *node) {
    const char *dash = strchr(node->key, '-');
    for (int end = 0; end < 2; end++) {
        char symbol[4] = "";
        const char *from = end == 0 || !dash ? node->key : dash + 1;
        size_t length = end == 0 && dash ? (size_t)(dash - from) : strlen(from);
        if (length < sizeof symbol)
            snprintf(symbol, sizeof symbol, "%.*s", (int)length, from);
        pair->element[end] = sw_element_number(symbol);
        if (!dash || pair->element[end] < 1)
            return sw_fail_key(reading, node, "write two elements, such as Zr-O",
                               "'%.60s' is no pair of elements", node->key);
    }
    pair->distance = node->number;
    return true;
}

bool sw_read_pair_distances(sw_reading *reading, const sw_node *mapping,
                            sw_pair_distances *distances) {
    const sw_node *list = sw_node_find(mapping, "distances");
    struct sw_pair_distance *pairs = sw_take(reading, list ? list->count : 0, sizeof *pairs);
    distances->pair = pairs;
    distances->others = sw_number_of(mapping, "distance");
    for (const sw_node *node = list && pairs ? list->first : NULL; node; node = node->next)
        if (!read_pair(reading, &pairs[distances->pairs++], node))
            return false;
    return pairs != NULL;
}

bool sw_recipe_distances_read(sw_reading *reading) {
    return sw_read_pair_distances(reading, reading->root, &reading->recipe->distances);
}

/* ---- cell ------------------------------------------------------------------------------------ */

static bool read_vectors(sw_reading *reading, sw_recipe *recipe, const sw_node *cell) {
    const sw_node *edges = sw_node_find(cell, "edges"), *vectors = sw_node_find(cell, "vectors");
    if (!edges == !vectors)
        return sw_fail_key(reading, cell, "such as {edges: [40 A, 40 A, 40 A]}",
                           "the cell needs either edges or vectors");
    for (size_t i = 0; i < 3; i++) {
        if (edges)
            recipe->cell[i][i] = sw_node_item(edges, i)->number;
        for (size_t j = 0; vectors && j < 3; j++)
            recipe->cell[i][j] = sw_node_item(sw_node_item(vectors, i), j)->number;
    }
    if (!(sw_matrix_determinant((const double(*)[3])recipe->cell) > 1e-3))
        return sw_fail(reading, vectors ? vectors : edges,
                       "vectors must be independent and right-handed", "the cell has no volume");
    return true;
}

bool sw_recipe_cell_read(sw_reading *reading) {
    const sw_node *cell = sw_node_find(reading->root, "cell");
    sw_recipe *recipe = reading->recipe;
    recipe->seed = (uint64_t)sw_number_of(reading->root, "seed");
    if (!cell)
        return true;
    recipe->has_cell = true;
    for (size_t i = 0; i < 3; i++) {
        const sw_node *periodic = sw_node_find(cell, "periodic");
        recipe->periodic[i] = !periodic || sw_node_item(periodic, i)->number != 0;
    }
    return read_vectors(reading, recipe, cell);
}
