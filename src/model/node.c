/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/node.h"

#include <stdio.h>
#include <string.h>

sw_node *sw_node_create(sw_arena *arena, sw_node_kind kind, const sw_node *at) {
    sw_node *node = sw_arena_take(arena, 1, sizeof *node);
    if (!node)
        return NULL;
    node->kind = kind;
    node->text = "";
    if (at) {
        node->file = at->file;
        node->line = at->line;
        node->column = at->column;
    }
    return node;
}

void sw_node_append(sw_node *parent, sw_node *child) {
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
    child->next = NULL;
    parent->count++;
}

void sw_node_assign(sw_node *node, const sw_node *value) {
    sw_node old = *node;
    *node = *value;
    node->key = old.key;
    node->key_line = old.key_line;
    node->key_column = old.key_column;
    node->next = old.next;
}

void sw_node_remove(sw_node *parent, const sw_node *child) {
    sw_node *before = NULL;
    for (sw_node *each = parent->first; each && each != child; each = each->next)
        before = each;
    if (before)
        before->next = child->next;
    else
        parent->first = child->next;
    if (parent->last == child)
        parent->last = before;
    parent->count--;
}

sw_node *sw_node_find(const sw_node *node, const char *key) {
    if (!node || node->kind != SW_NODE_MAPPING)
        return NULL;
    for (sw_node *child = node->first; child; child = child->next)
        if (strcmp(child->key, key) == 0)
            return child;
    return NULL;
}

sw_node *sw_node_item(const sw_node *node, size_t index) {
    sw_node *item = node->first;
    while (item && index-- > 0)
        item = item->next;
    return item;
}

const char *sw_node_show(char shown[SW_NODE_SHOWN], const sw_node *node) {
    if (node->kind == SW_NODE_LIST)
        snprintf(shown, SW_NODE_SHOWN, "a list of %zu", node->count);
    else if (node->kind == SW_NODE_MAPPING)
        snprintf(shown, SW_NODE_SHOWN, "a mapping");
    else if (node->text[0] == '\0')
        snprintf(shown, SW_NODE_SHOWN, "nothing");
    else
        snprintf(shown, SW_NODE_SHOWN, "'%.80s'", node->text);
    return shown;
}
