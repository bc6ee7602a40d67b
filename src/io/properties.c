/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/properties.h"

#include "base/memory.h"

#include <string.h>

static void skip(sw_span *rest, size_t count) {
    rest->start += count;
    rest->length -= count;
}

/* Takes "..." off *rest; the value is what stands between the quotes. */
static bool take_quoted(sw_span *value, sw_span *rest) {
    size_t i = 1;
    while (i < rest->length && rest->start[i] != '"')
        i += rest->start[i] == '\\' ? 2 : 1;
    if (i >= rest->length)
        return false;
    *value = (sw_span){rest->start + 1, i - 1};
    skip(rest, i + 1);
    return true;
}

/* Takes [...] or {...} off *rest, brackets included; they may be nested. */
static bool take_bracketed(sw_span *value, sw_span *rest) {
    size_t depth = 0, i = 0;
    do {
        char c = rest->start[i];
        depth += c == '[' || c == '{';
        depth -= c == ']' || c == '}';
        i++;
    } while (depth > 0 && i < rest->length);
    if (depth > 0)
        return false;
    *value = (sw_span){rest->start, i};
    skip(rest, i);
    return true;
}

static void take_bare(sw_span *value, sw_span *rest, bool stop_at_equals) {
    size_t i = 0;
    while (i < rest->length && rest->start[i] != ' ' && rest->start[i] != '\t' &&
           !(stop_at_equals && rest->start[i] == '='))
        i++;
    *value = (sw_span){rest->start, i};
    skip(rest, i);
}

static bool take_value(sw_pair *pair, sw_span *rest) {
    char first = rest->length > 0 ? *rest->start : '\0';
    pair->quoted = first == '"';
    if (pair->quoted)
        return take_quoted(&pair->value, rest);
    if (first == '[' || first == '{')
        return take_bracketed(&pair->value, rest);
    take_bare(&pair->value, rest, false);
    return true;
}

sw_status sw_pair_next(sw_pair *pair, bool *found, const sw_lines *lines, sw_span *rest,
                       sw_error *error) {
    *rest = sw_span_trim(*rest);
    *found = rest->length > 0;
    if (!*found)
        return SW_OK;
    sw_span start = *rest;
    bool closed = true;
    if (*rest->start == '"')
        closed = take_quoted(&pair->key, rest);
    else
        take_bare(&pair->key, rest, true);
    pair->quoted = false;
    pair->value = (sw_span){"T", 1};     /* a key alone is a flag that is on */
    sw_span after = sw_span_trim(*rest); /* blanks may stand around the = */
    if (closed && after.length > 0 && *after.start == '=') {
        *rest = after;
        skip(rest, 1);
        start = *rest = sw_span_trim(*rest);
        closed = take_value(pair, rest);
    }
    if (!closed)
        return sw_lines_error(lines, start, "close the quote or bracket on the same line", error,
                              "expected a closing quote or bracket after \"%.*s\"",
                              SW_SHOWN(start));
    if (pair->key.length == 0)
        return sw_lines_error(lines, start, "write pairs as key=value", error,
                              "expected a key before \"=\"");
    return SW_OK;
}

char *sw_pair_text(const sw_pair *pair) {
    char *text = sw_span_text(pair->value);
    if (!text || !pair->quoted)
        return text;
    size_t length = 0;
    for (size_t i = 0; i < pair->value.length; i++) {
        char c = text[i];
        if (c == '\\' && i + 1 < pair->value.length) {
            c = text[++i];
            c = c == 'n' ? '\n' : c;
        }
        text[length++] = c;
    }
    text[length] = '\0';
    return text;
}

static bool take_field(sw_span *field, sw_span *rest) {
    const char *colon = rest->length > 0 ? memchr(rest->start, ':', rest->length) : NULL;
    field->start = rest->start;
    field->length = colon ? (size_t)(colon - rest->start) : rest->length;
    skip(rest, colon ? field->length + 1 : field->length);
    return field->length > 0;
}

static sw_property_use use_of(const sw_property *item, const sw_properties *earlier) {
    bool has_element = false;
    for (size_t i = 0; i < earlier->count; i++)
        has_element = has_element || earlier->items[i].use == SW_PROPERTY_ELEMENT;
    bool names_element =
        item->type == 'S' ? sw_span_is(item->name, "species") || sw_span_is(item->name, "element")
                          : item->type == 'I' && sw_span_is(item->name, "Z");
    if (names_element && item->width == 1 && !has_element)
        return SW_PROPERTY_ELEMENT;
    if (sw_span_is(item->name, "pos") && item->type == 'R' && item->width == 3)
        return SW_PROPERTY_POSITION;
    return item->type == 'S' || item->width > 9 ? SW_PROPERTY_UNREAD : SW_PROPERTY_COLUMN;
}

static sw_status check_name(const sw_properties *properties, const sw_property *item,
                            const sw_lines *lines, sw_error *error) {
    for (size_t i = 0; i < properties->count; i++) {
        sw_span other = properties->items[i].name;
        if (other.length == item->name.length &&
            memcmp(other.start, item->name.start, other.length) == 0)
            return sw_lines_error(lines, item->name, "give each column its own name", error,
                                  "the column \"%.*s\" is declared twice", SW_SHOWN(item->name));
    }
    return SW_OK;
}

static bool has_positions(const sw_properties *properties) {
    for (size_t i = 0; i < properties->count; i++)
        if (properties->items[i].use == SW_PROPERTY_POSITION)
            return true;
    return false;
}

sw_status sw_properties_parse(sw_properties *properties, sw_span text, const sw_lines *lines,
                              sw_error *error) {
    static const char hint[] = "write Properties=species:S:1:pos:R:3, with types S, I, R or L";
    properties->count = properties->words = 0;
    while (text.length > 0) {
        sw_property item = {0};
        sw_span type = {0}, width = {0}, start = text;
        if (properties->count == SW_PROPERTIES_MAX)
            return sw_lines_error(lines, start, "drop columns that are not needed", error,
                                  "more than %d columns are declared", SW_PROPERTIES_MAX);
        bool read = take_field(&item.name, &text) && take_field(&type, &text) &&
                    take_field(&width, &text) && type.length == 1 && strchr("SIRL", *type.start) &&
                    sw_span_count(&item.width, width) && item.width > 0 && item.width <= 10000;
        if (!read)
            return sw_lines_error(lines, start, hint, error,
                                  "expected name:type:columns, found \"%.*s\"", SW_SHOWN(start));
        item.type = *type.start;
        item.use = use_of(&item, properties);
        sw_status status = check_name(properties, &item, lines, error);
        if (status != SW_OK)
            return status;
        properties->words += item.width;
        properties->items[properties->count++] = item;
    }
    if (!has_positions(properties))
        return sw_lines_error(lines, (sw_span){0}, hint, error,
                              "the columns do not hold positions (pos:R:3)");
    return SW_OK;
}
