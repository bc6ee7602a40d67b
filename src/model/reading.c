/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/reading.h"

#include "base/number.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void sw_place(char place[SW_HINT_SIZE], const sw_node *node, bool at_key) {
    /* an empty value has no place of its own */
    bool key = (at_key || node->line == 0) && node->key && node->key_line > 0;
    int line = key ? node->key_line : node->line;
    if (line > 0)
        snprintf(place, SW_HINT_SIZE, "%.200s:%d:%d", node->file ? node->file : "model", line,
                 key ? node->key_column : node->column);
    else
        snprintf(place, SW_HINT_SIZE, "%.200s", node->file ? node->file : "model");
}

/* Bytes of the file come back in messages: they must not drive a terminal. */
static void clean(char *text) {
    for (; *text; text++)
        if ((unsigned char)*text < ' ' || *text == 0x7f)
            *text = '?';
}

static bool fail_words(sw_reading *reading, sw_status code, const char *place, const char *hint,
                       const char *format, va_list words) {
    char message[sizeof reading->error.message];
    sw_print_plain(message, sizeof message, format, words);
    sw_error_set(&reading->error, code, place,
                 hint && hint[0] ? hint : "docs/model-language.md describes every key", "%s",
                 message);
    clean(reading->error.message);
    clean(reading->error.place);
    clean(reading->error.hint);
    return false;
}

bool sw_fail(sw_reading *reading, const sw_node *node, const char *hint, const char *format, ...) {
    char place[SW_HINT_SIZE];
    sw_place(place, node, false);
    va_list words;
    va_start(words, format);
    fail_words(reading, SW_ERROR_MODEL, place, hint, format, words);
    va_end(words);
    return false;
}

bool sw_fail_key(sw_reading *reading, const sw_node *node, const char *hint, const char *format,
                 ...) {
    char place[SW_HINT_SIZE];
    sw_place(place, node, true);
    va_list words;
    va_start(words, format);
    fail_words(reading, SW_ERROR_MODEL, place, hint, format, words);
    va_end(words);
    return false;
}

bool sw_fail_as(sw_reading *reading, sw_status code, const char *place, const char *hint,
                const char *format, ...) {
    va_list words;
    va_start(words, format);
    fail_words(reading, code, place, hint, format, words);
    va_end(words);
    return false;
}

bool sw_fail_memory(sw_reading *reading) {
    return sw_fail_as(reading, SW_ERROR_MEMORY, "model", NULL, "no memory for the model");
}

bool sw_fail_expected(sw_reading *reading, const sw_node *node, const char *what,
                      const char *hint) {
    char shown[SW_NODE_SHOWN];
    sw_node_show(shown, node);
    if (node->key)
        return sw_fail(reading, node, hint, "%.80s: expected %s, found %s", node->key, what, shown);
    return sw_fail(reading, node, hint, "expected %s, found %s", what, shown);
}

void sw_hint_names(char hint[SW_HINT_SIZE], const char *name, const sw_names *names) {
    const char *nearest = sw_nearest_name(name, names->list, names->count);
    if (nearest) {
        snprintf(hint, SW_HINT_SIZE, "did you mean '%.80s'?", nearest);
        return;
    }
    size_t length =
        (size_t)snprintf(hint, SW_HINT_SIZE, names->count ? "known:" : "there are none");
    for (size_t i = 0; i < names->count && length < SW_HINT_SIZE; i++)
        length += (size_t)snprintf(hint + length, SW_HINT_SIZE - length, "%s%.60s", i ? ", " : " ",
                                   names->list[i]);
}

bool sw_fail_unknown(sw_reading *reading, const sw_node *node, bool at_key, const char *thing,
                     const char *name, const sw_names *names) {
    char hint[SW_HINT_SIZE];
    sw_hint_names(hint, name, names);
    if (at_key)
        return sw_fail_key(reading, node, hint, "unknown %s '%.80s'", thing, name);
    return sw_fail(reading, node, hint, "unknown %s '%.80s'", thing, name);
}

int sw_names_find(const sw_names *names, const char *name) {
    for (size_t i = 0; i < names->count; i++)
        if (strcmp(names->list[i], name) == 0)
            return (int)i;
    return -1;
}

bool sw_names_create(sw_reading *reading, sw_names *names, size_t count) {
    names->count = 0;
    names->list = sw_take(reading, count + 1, sizeof *names->list);
    return names->list != NULL;
}

bool sw_names_of(sw_reading *reading, sw_names *names, const sw_node *mapping) {
    if (!sw_names_create(reading, names, mapping ? mapping->count : 0))
        return false;
    for (const sw_node *child = mapping ? mapping->first : NULL; child; child = child->next)
        names->list[names->count++] = child->key;
    return true;
}

static bool is_letter(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
}

bool sw_is_name(const char *text) {
    size_t length = strlen(text);
    if (!is_letter(text[0]) || length > 48 || strcmp(text, "empty") == 0 ||
        strcmp(text, "rest") == 0)
        return false;
    for (size_t i = 0; i < length; i++)
        if (!is_letter(text[i]) && !(text[i] >= '0' && text[i] <= '9') && !strchr("_-+", text[i]))
            return false;
    return true;
}

void *sw_take(sw_reading *reading, size_t count, size_t size) {
    void *memory = sw_arena_take(reading->arena, count, size);
    if (!memory)
        sw_fail_memory(reading);
    return memory;
}
