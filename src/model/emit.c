/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/emit.h"

#include <string.h>

#define FLOW_WIDTH 90
#define INDENT 2

static bool is_letter_or_digit(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9');
}

/* Text that YAML reads as itself without quotes, also inside brackets. */
static bool is_plain(const char *text) {
    size_t start =
        text[0] == '-' || text[0] == '$' ? (text[0] == '-' && text[1] == '$' ? 2 : 1) : 0;
    if (!is_letter_or_digit(text[start]))
        return false;
    size_t length = strlen(text);
    for (size_t i = start; i < length; i++)
        if (!is_letter_or_digit(text[i]) && !strchr("_-+.$|/ ", text[i]))
            return false;
    return text[length - 1] != ' ';
}

static void write_text(sw_text *out, const char *text) {
    if (is_plain(text)) {
        sw_text_append_bytes(out, text, strlen(text));
        return;
    }
    sw_text_append_bytes(out, "\"", 1);
    for (; *text; text++) {
        unsigned char letter = (unsigned char)*text;
        if (letter == '"' || letter == '\\')
            sw_text_append(out, "\\%c", letter);
        else if (letter == '\n')
            sw_text_append_bytes(out, "\\n", 2);
        else if (letter < ' ' || letter == 0x7f)
            sw_text_append(out, "\\x%02x", letter);
        else
            sw_text_append_bytes(out, text, 1);
    }
    sw_text_append_bytes(out, "\"", 1);
}

static void write_flow(sw_text *out, const sw_node *node) {
    if (node->kind == SW_NODE_SCALAR) {
        write_text(out, node->text);
        return;
    }
    bool mapping = node->kind == SW_NODE_MAPPING;
    sw_text_append_bytes(out, mapping ? "{" : "[", 1);
    for (const sw_node *child = node->first; child; child = child->next) {
        if (mapping) {
            write_text(out, child->key);
            sw_text_append_bytes(out, ": ", 2);
        }
        write_flow(out, child);
        if (child->next)
            sw_text_append_bytes(out, ", ", 2);
    }
    sw_text_append_bytes(out, mapping ? "}" : "]", 1);
}

/* Roughly how long the node is on one line; stops counting past the width. */
static size_t width_of(const sw_node *node) {
    size_t width = strlen(node->text) + (node->key ? strlen(node->key) : 0) + 4;
    for (const sw_node *child = node->first; child && width <= FLOW_WIDTH; child = child->next)
        width += width_of(child);
    return width;
}

static bool is_short(const sw_node *node) {
    return node->kind == SW_NODE_SCALAR || node->count == 0 || width_of(node) <= FLOW_WIDTH;
}

static void write_block(sw_text *out, const sw_node *node, int indent) {
    for (const sw_node *child = node->first; child; child = child->next) {
        sw_text_append(out, "%*s", indent, "");
        if (node->kind == SW_NODE_MAPPING) {
            write_text(out, child->key);
            sw_text_append_bytes(out, ":", 1);
        } else {
            sw_text_append_bytes(out, "-", 1);
        }
        if (is_short(child)) {
            sw_text_append_bytes(out, " ", 1);
            write_flow(out, child);
            sw_text_append_bytes(out, "\n", 1);
        } else {
            sw_text_append_bytes(out, "\n", 1);
            write_block(out, child, indent + INDENT);
        }
    }
}

void sw_yaml_write(sw_text *text, const sw_node *root) {
    write_block(text, root, 0);
}
