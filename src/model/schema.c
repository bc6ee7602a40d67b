/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/schema.h"

#include "base/units.h"
#include "model/language.h"
#include "model/quantity.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const sw_key *sw_shape_find(const sw_shape *shape, const char *name) {
    for (size_t i = 0; i < shape->count; i++)
        if (strcmp(shape->keys[i].name, name) == 0)
            return &shape->keys[i];
    return NULL;
}

bool sw_shape_names(sw_reading *reading, sw_names *names, const sw_shape *shape) {
    if (!sw_names_create(reading, names, shape->count))
        return false;
    for (size_t i = 0; i < shape->count; i++)
        names->list[names->count++] = shape->keys[i].name;
    return true;
}

/* ---- one value ------------------------------------------------------------------------------- */

static bool check_range(sw_reading *reading, const sw_key *key, const sw_node *node) {
    double value = node->number;
    bool low = key->above ? value <= key->low : value < key->low;
    if (!key->bounded || (!low && value <= key->high))
        return true;
    char hint[SW_HINT_SIZE], upper[48] = "";
    const char *name = node->key ? node->key : key->name;
    const char *unit = sw_dimension_unit(key->dimension);
    const char *blank = unit[0] ? " " : "";
    if (key->high < 1e300)
        snprintf(upper, sizeof upper, " and at most %g%s%s", key->high, blank, unit);
    snprintf(hint, sizeof hint, "%.60s must be %s %g%s%s%s", name,
             key->above ? "above" : "at least", key->low, blank, unit, upper);
    return sw_fail(reading, node, hint, "%.60s: '%.60s' (%g%s%s) is out of range", name, node->text,
                   value, blank, unit);
}

static bool check_number(sw_reading *reading, const sw_key *key, sw_node *node) {
    if (node->kind != SW_NODE_SCALAR || node->text[0] == '\0') {
        char what[64];
        const char *unit = sw_dimension_unit(key->dimension);
        snprintf(what, sizeof what, "%s%s%s",
                 key->type == SW_KEY_INTEGER ? "a whole number"
                                             : sw_dimension_with_article(key->dimension),
                 unit[0] ? " with its unit, such as 1 " : "", unit);
        return sw_fail_expected(reading, node, what, key->help);
    }
    if (!sw_read_quantity(reading, node, key->dimension, &node->number))
        return false;
    if (key->type == SW_KEY_INTEGER && node->number != floor(node->number))
        return sw_fail_expected(reading, node, "a whole number", key->help);
    return check_range(reading, key, node);
}

static bool check_flag(sw_reading *reading, const sw_key *key, sw_node *node) {
    bool yes = node->kind == SW_NODE_SCALAR && strcmp(node->text, "true") == 0;
    bool no = node->kind == SW_NODE_SCALAR && strcmp(node->text, "false") == 0;
    node->number = yes;
    return yes || no ? true : sw_fail_expected(reading, node, "true or false", key->help);
}

static bool check_choice(sw_reading *reading, const sw_key *key, const sw_node *node) {
    const char *names[16];
    char copy[128];
    sw_names choices = {names, 0};
    snprintf(copy, sizeof copy, "%s", key->choices);
    char *rest = copy;
    for (char *name; choices.count < 16 && (name = strsep(&rest, "|"));)
        names[choices.count++] = name;
    if (node->kind == SW_NODE_SCALAR && sw_names_find(&choices, node->text) >= 0)
        return true;
    char hint[SW_HINT_SIZE];
    sw_hint_names(hint, node->kind == SW_NODE_SCALAR ? node->text : "", &choices);
    return sw_fail_expected(reading, node, key->choices, hint);
}

static bool check_vector(sw_reading *reading, const sw_key *key, sw_node *node) {
    if (node->kind != SW_NODE_LIST || node->count != 3)
        return sw_fail_expected(reading, node, "three numbers [x, y, z]", key->help);
    sw_key number = {
        .name = key->name, .type = SW_KEY_QUANTITY, .help = key->help, SW_BETWEEN(-1e6, 1e6)};
    for (sw_node *item = node->first; item; item = item->next)
        if (!check_number(reading, &number, item))
            return false;
    return true;
}

static bool check_scalar(sw_reading *reading, const sw_key *key, const sw_node *node,
                         const char *what) {
    if (node->kind != SW_NODE_SCALAR || node->text[0] == '\0')
        return sw_fail_expected(reading, node, what, key->help);
    return true;
}

static bool check_sites(sw_reading *reading, const sw_key *key, const sw_node *node) {
    if (node->kind != SW_NODE_LIST)
        return check_scalar(reading, key, node, "a kind of site");
    if (node->count == 0)
        return sw_fail_expected(reading, node, "at least one kind of site", key->help);
    for (const sw_node *item = node->first; item; item = item->next)
        if (!check_scalar(reading, key, item, "a kind of site"))
            return false;
    return true;
}

static bool check_item(sw_reading *reading, const sw_key *key, sw_node *node) {
    switch (key->type) {
    case SW_KEY_TEXT:
        return check_scalar(reading, key, node, "a text");
    case SW_KEY_NAME:
        if (node->kind != SW_NODE_SCALAR || !sw_is_name(node->text))
            return sw_fail_expected(reading, node, "a name of letters, digits, _ and -", key->help);
        return true;
    case SW_KEY_CHOICE:
        return check_choice(reading, key, node);
    case SW_KEY_FLAG:
        return check_flag(reading, key, node);
    case SW_KEY_INTEGER:
    case SW_KEY_QUANTITY:
        return check_number(reading, key, node);
    case SW_KEY_DISTANCE:
        return check_scalar(reading, key, node,
                            "a distance: a name, lattice constants, or a length");
    case SW_KEY_SPECIES:
        return check_scalar(reading, key, node, "a species, or several as A|B");
    case SW_KEY_SITES:
        return check_sites(reading, key, node);
    case SW_KEY_VECTOR:
        return check_vector(reading, key, node);
    case SW_KEY_SLOT:
        return node->kind == SW_NODE_MAPPING ? sw_shape_check(reading, node, key->shape)
                                             : check_sites(reading, key, node);
    case SW_KEY_SHAPE:
        return sw_shape_check(reading, node, key->shape);
    case SW_KEY_ANY:
        return true;
    }
    return true;
}

/* ---- lists and mappings ---------------------------------------------------------------------- */

static bool check_list(sw_reading *reading, const sw_key *key, sw_node *node) {
    char what[64];
    snprintf(what, sizeof what, "a list");
    if (key->count > 0)
        snprintf(what, sizeof what, "a list of %zu", key->count);
    if (node->kind != SW_NODE_LIST || (key->count > 0 && node->count != key->count))
        return sw_fail_expected(reading, node, what, key->help);
    for (sw_node *item = node->first; item; item = item->next)
        if (!check_item(reading, key, item))
            return false;
    return true;
}

static bool check_named(sw_reading *reading, const sw_key *key, sw_node *node) {
    if (node->kind != SW_NODE_MAPPING)
        return sw_fail_expected(reading, node, "a mapping 'name: value'", key->help);
    for (sw_node *child = node->first; child; child = child->next) {
        if (!sw_is_name(child->key))
            return sw_fail_key(reading, child,
                               "names have letters, digits, '_', '-', '+' and "
                               "begin with a letter; 'empty' and 'rest' are taken",
                               "'%.80s' cannot be a name", child->key);
        if (!(key->form == SW_FORM_NAMED ? check_item(reading, key, child)
                                         : check_list(reading, key, child)))
            return false;
    }
    return true;
}

static bool check_value(sw_reading *reading, const sw_key *key, sw_node *node) {
    if (key->form == SW_FORM_LIST)
        return check_list(reading, key, node);
    if (key->form != SW_FORM_ONE)
        return check_named(reading, key, node);
    return check_item(reading, key, node);
}

static bool fail_key_of_shape(sw_reading *reading, const sw_node *child, const sw_shape *shape) {
    sw_names names;
    if (!sw_shape_names(reading, &names, shape))
        return false;
    char thing[80];
    snprintf(thing, sizeof thing, "key of %s", shape->name);
    return sw_fail_unknown(reading, child, true, thing, child->key, &names);
}

bool sw_shape_check(sw_reading *reading, sw_node *node, const sw_shape *shape) {
    if (node->kind != SW_NODE_MAPPING) {
        sw_names names;
        char hint[SW_HINT_SIZE], what[80];
        if (!sw_shape_names(reading, &names, shape))
            return false;
        sw_hint_names(hint, "", &names);
        snprintf(what, sizeof what, "%s (a mapping 'key: value')", shape->name);
        return sw_fail_expected(reading, node, what, hint);
    }
    node->shape = shape;
    for (sw_node *child = node->first; child; child = child->next) {
        const sw_key *key = sw_shape_find(shape, child->key);
        if (!key)
            return fail_key_of_shape(reading, child, shape);
        if (!check_value(reading, key, child))
            return false;
    }
    for (size_t i = 0; i < shape->count; i++)
        if (shape->keys[i].required && !sw_node_find(node, shape->keys[i].name))
            return sw_fail_key(reading, node, shape->keys[i].help, "%s needs the key '%s'",
                               node->key ? node->key : shape->name, shape->keys[i].name);
    return true;
}

const sw_shape *sw_schema_of(const sw_reading *reading) {
    return sw_language_of(reading)->shape;
}

bool sw_schema_check(sw_reading *reading) {
    return sw_shape_check(reading, reading->root, sw_schema_of(reading));
}

/* ---- values of a checked mapping ------------------------------------------------------------- */

static const char *fallback_of(const sw_node *mapping, const char *key) {
    const sw_key *row = mapping && mapping->shape ? sw_shape_find(mapping->shape, key) : NULL;
    return row && row->fallback ? row->fallback : "";
}

double sw_number_of(const sw_node *mapping, const char *key) {
    const sw_node *child = sw_node_find(mapping, key);
    if (child)
        return child->number;
    const sw_key *row = mapping && mapping->shape ? sw_shape_find(mapping->shape, key) : NULL;
    double value = 0;
    if (row && row->fallback &&
        sw_quantity_parse(&value, row->fallback, row->dimension, NULL) != SW_OK)
        return 0;
    return value;
}

int sw_integer_of(const sw_node *mapping, const char *key) {
    return (int)sw_number_of(mapping, key);
}

bool sw_flag_of(const sw_node *mapping, const char *key) {
    const sw_node *child = sw_node_find(mapping, key);
    return child ? child->number != 0 : strcmp(fallback_of(mapping, key), "true") == 0;
}

const char *sw_text_of(const sw_node *mapping, const char *key) {
    const sw_node *child = sw_node_find(mapping, key);
    return child && child->kind == SW_NODE_SCALAR ? child->text : fallback_of(mapping, key);
}
