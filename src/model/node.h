/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A model file as a tree, each node with its place in the file. All memory is the model's arena. */
#ifndef SPILLWAY_MODEL_NODE_H
#define SPILLWAY_MODEL_NODE_H

#include "model/arena.h"

#include <stdbool.h>

typedef enum sw_node_kind { SW_NODE_SCALAR, SW_NODE_LIST, SW_NODE_MAPPING } sw_node_kind;

typedef struct sw_node {
    sw_node_kind kind;
    const char *text; /* of a scalar */
    const char *file;
    int line, column;
    const char *key; /* in a mapping: its name there, and where that stands */
    int key_line, key_column;
    struct sw_node *first, *last, *next; /* children in order; next sibling */
    size_t count;                        /* children */
    bool by_setting;                     /* put by the caller, not of the file */

    /* filled by the schema check */
    const struct sw_shape *shape; /* of a mapping */
    double number;                /* of a quantity, integer, flag or area; inside unit */
} sw_node;

/* An empty node at the place of `at` (may be NULL). NULL where there is no memory. */
sw_node *sw_node_create(sw_arena *arena, sw_node_kind kind, const sw_node *at);
void sw_node_append(sw_node *parent, sw_node *child);
/* Replaces the content of `node` by that of `value`; its key and neighbours stay. */
void sw_node_assign(sw_node *node, const sw_node *value);
/* Takes `child` out of `parent`. */
void sw_node_remove(sw_node *parent, const sw_node *child);
/* The value of a key; NULL where node is NULL, no mapping, or has no such key. */
sw_node *sw_node_find(const sw_node *node, const char *key);
/* A list item; NULL where there are not so many. */
sw_node *sw_node_item(const sw_node *node, size_t index);
/* "a list of 3", "a mapping", "'text'": for messages. */
#define SW_NODE_SHOWN 96
const char *sw_node_show(char shown[SW_NODE_SHOWN], const sw_node *node);

#endif
