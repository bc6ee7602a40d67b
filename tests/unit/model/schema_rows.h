/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of the reference in docs/model-language.md, made from the schema. */
#ifndef SPILLWAY_TEST_SCHEMA_ROWS_H
#define SPILLWAY_TEST_SCHEMA_ROWS_H

#include "model/schema.h"

#include <stdio.h>
#include <string.h>

#define ROW_SIZE 512

static const char *type_words(char words[128], const sw_key *key) {
    static const char *const names[] = {[SW_KEY_TEXT] = "text",
                                        [SW_KEY_NAME] = "name",
                                        [SW_KEY_CHOICE] = "",
                                        [SW_KEY_FLAG] = "true or false",
                                        [SW_KEY_INTEGER] = "whole number",
                                        [SW_KEY_QUANTITY] = "",
                                        [SW_KEY_DISTANCE] = "distance",
                                        [SW_KEY_SPECIES] = "species",
                                        [SW_KEY_SITES] = "kinds",
                                        [SW_KEY_VECTOR] = "[x, y, z]",
                                        [SW_KEY_SLOT] = "kinds or slot",
                                        [SW_KEY_SHAPE] = "",
                                        [SW_KEY_ANY] = "see text"};
    const char *name = names[key->type];
    char choices[96] = "";
    if (key->type == SW_KEY_QUANTITY)
        name = sw_dimension_name(key->dimension);
    if (key->type == SW_KEY_SHAPE)
        name = key->shape->name;
    if (key->type == SW_KEY_CHOICE) {
        size_t length = 0;
        for (const char *letter = key->choices; *letter; letter++) {
            if (*letter == '|')
                length += (size_t)snprintf(choices + length, sizeof choices - length, ", ");
            else
                choices[length++] = *letter;
            choices[length] = '\0';
        }
        name = choices;
    }
    const char *form = key->form == SW_FORM_LIST          ? "list: "
                       : key->form == SW_FORM_NAMED       ? "by name: "
                       : key->form == SW_FORM_NAMED_LISTS ? "by name, list: "
                                                          : "";
    snprintf(words, 128, "%s%s", form, name);
    return words;
}

/* "| `key` | type | required or default | help |" */
static void schema_row(char row[ROW_SIZE], const sw_key *key) {
    char words[128], standard[64] = "";
    if (key->required)
        snprintf(standard, sizeof standard, "required");
    else if (key->fallback)
        snprintf(standard, sizeof standard, "`%s`", key->fallback);
    snprintf(row, ROW_SIZE, "| `%s` | %s | %s | %s |", key->name, type_words(words, key), standard,
             key->help);
}

#endif
