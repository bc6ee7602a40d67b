/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/csv_sniff.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

/* How instruments write units, and how they are written here. */
static const char *const spellings[][2] = {
    {"\xc2\xb0"
     "C",
     "degC"},
    {"\xb0"
     "C",
     "degC"},
    {"deg C", "degC"},
    {"deg. C", "degC"},
    {"\xc2\xb0 C", "degC"},
    {"\xc2\xba"
     "C",
     "degC"},
    {"Celsius", "degC"},
    {"celsius", "degC"},
    {"Kelvin", "K"},
    {"kelvin", "K"},
    {"\xe2\x84\x83", "degC"},
    {"\xc2\xb5m", "um"},
    {"\xce\xbcm", "um"},
    {"\xc2\xb5s", "us"},
    {"\xce\xbcs", "us"},
    {"\xc3\x85", "A"},
    {"sec", "s"},
    {"secs", "s"},
    {"sec.", "s"},
    {"second", "s"},
    {"seconds", "s"},
    {"mins", "min"},
    {"min.", "min"},
    {"minute", "min"},
    {"minutes", "min"},
    {"hr", "h"},
    {"hrs", "h"},
    {"hour", "h"},
    {"hours", "h"},
};

static sw_span unbracket(sw_span text) {
    text = sw_span_trim(text);
    if (text.length >= 2 && (*text.start == '[' || *text.start == '(')) {
        char close = *text.start == '[' ? ']' : ')';
        if (text.start[text.length - 1] == close)
            return sw_span_trim((sw_span){text.start + 1, text.length - 2});
    }
    return text;
}

static char *spelled(sw_span unit) {
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++)
        if (sw_span_is(unit, spellings[i][0]))
            return sw_duplicate_text(spellings[i][1]);
    return sw_span_text(unit);
}

bool sw_csv_is_unit(sw_span text) {
    double factor, offset;
    bool known = false;
    sw_span unit = unbracket(text);
    if (unit.length == 0 || unit.length > 24)
        return false;
    if (unit.length < text.length && *text.start == '[')
        return true;
    if (sw_span_is(unit, "%") || sw_span_is(unit, "a.u.") || sw_span_is(unit, "wt%"))
        return true;
    char *name = spelled(unit);
    for (int i = 0; name && i < SW_DIMENSION_COUNT && !known; i++)
        known = *name && sw_unit_factor(&factor, &offset, name, (sw_dimension)i);
    free(name);
    return known;
}

/* The place of the last `open` in the text; SIZE_MAX where there is none. */
static size_t last_of(sw_span text, char open) {
    for (size_t i = text.length; i > 0; i--)
        if (text.start[i - 1] == open)
            return i - 1;
    return SIZE_MAX;
}

/* Splits at a bracket or a slash; a slash and parentheses need a unit that is known. */
static bool split_at(sw_span *name, sw_span *unit, char open, char close) {
    size_t at = last_of(*name, open);
    if (at == SIZE_MAX || name->length == 0 || (close && name->start[name->length - 1] != close))
        return false;
    size_t closing = close ? 1 : 0;
    sw_span inside = {name->start + at + 1, name->length - at - 1 - closing};
    inside = sw_span_trim(inside);
    if (open != '[' && !sw_csv_is_unit(inside))
        return false;
    *unit = inside;
    *name = sw_span_trim((sw_span){name->start, at});
    return true;
}

bool sw_csv_split_name(char **name, char **unit, const sw_csv_cell *cell) {
    char *whole = sw_csv_text(cell);
    *name = *unit = NULL;
    if (!whole)
        return false;
    sw_span rest = sw_span_trim((sw_span){whole, strlen(whole)}), inside = {whole, 0};
    if (!split_at(&rest, &inside, '[', ']') && !split_at(&rest, &inside, '(', ')'))
        split_at(&rest, &inside, '/', '\0');
    *name = sw_span_text(rest);
    *unit = spelled(inside);
    free(whole);
    if (*name && *unit)
        return true;
    free(*name);
    free(*unit);
    *name = *unit = NULL;
    return false;
}
