/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/claims_keys.h"

#include "base/number.h"
#include "run/folder.h"

#include <string.h>

static size_t length_of(const char *const *list) {
    size_t length = 0;
    while (list[length])
        length++;
    return length;
}

static bool unknown_key(sw_reading *reading, const sw_node *child, const sw_plan_known *known) {
    sw_names names;
    const size_t plain = length_of(known->plain), nested = length_of(known->nested);
    if (!sw_names_create(reading, &names, plain + nested))
        return false;
    for (size_t k = 0; k < plain + nested; k++)
        names.list[names.count++] = k < plain ? known->plain[k] : known->nested[k - plain];
    return sw_fail_unknown(reading, child, true, "key", child->key, &names);
}

static bool is_listed(const char *const *list, const char *key) {
    while (*list && strcmp(*list, key) != 0)
        list++;
    return *list;
}

bool sw_plan_keys(sw_reading *reading, const sw_node *mapping, const sw_plan_known *known) {
    for (const sw_node *child = mapping->first; child; child = child->next) {
        if (is_listed(known->nested, child->key))
            continue;
        if (!is_listed(known->plain, child->key))
            return unknown_key(reading, child, known);
        if (child->kind != SW_NODE_SCALAR)
            return sw_fail_expected(reading, child, "a value in one line", NULL);
    }
    return true;
}

bool sw_plan_mapping(sw_reading *reading, const sw_node *node, const char *what) {
    if (node->kind == SW_NODE_MAPPING)
        return true;
    return sw_fail_expected(reading, node, what, NULL);
}

const char *sw_plan_text(const sw_node *mapping, const char *key, const char *otherwise) {
    const sw_node *node = sw_node_find(mapping, key);
    return node && node->kind == SW_NODE_SCALAR ? node->text : otherwise;
}

bool sw_plan_label(sw_reading *reading, const sw_node *mapping, const char *key, size_t size,
                   const char **label) {
    *label = sw_plan_text(mapping, key, "");
    if (strlen(*label) < size)
        return true;
    return sw_fail(reading, sw_node_find(mapping, key), NULL, "%s has at most %zu letters", key,
                   size - 1);
}

bool sw_plan_folder(sw_reading *reading, const sw_node *node) {
    if (sw_folder_name_is_plain(node->key))
        return true;
    return sw_fail_key(reading, node, "letters, digits, '-' and '_' make a name",
                       "'%.80s' cannot be the name of a folder", node->key);
}

bool sw_plan_flag(sw_reading *reading, const sw_node *mapping, const char *key, bool *flag) {
    const char *text = sw_plan_text(mapping, key, "false");
    *flag = strcmp(text, "true") == 0;
    if (*flag || strcmp(text, "false") == 0)
        return true;
    return sw_fail_expected(reading, sw_node_find(mapping, key), "true or false", NULL);
}

bool sw_plan_number(sw_reading *reading, const sw_node *mapping, const char *key, double otherwise,
                    double *value) {
    const sw_node *node = sw_node_find(mapping, key);
    *value = otherwise;
    if (!node)
        return true;
    const char *end = NULL;
    if (node->kind == SW_NODE_SCALAR && sw_number_parse(value, node->text, &end) && *end == '\0')
        return true;
    return sw_fail_expected(reading, node, "a number", NULL);
}
