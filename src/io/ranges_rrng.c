/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Range files .rrng:
 *
 *   [Ions]
 *   Number=2
 *   Ion1=Fe
 *   ...
 *   [Ranges]
 *   Number=3
 *   Range1=27.7 28.3 Vol:0.01 Fe:1 Color:FF0000      also Name:text for ions of no elements
 */
#include "io/ranges.h"

#include <string.h>
#include <strings.h>

/* "Range12=..." with the part behind '=' as *value; false where the line begins otherwise. */
static bool split(sw_span *key, sw_span *value, sw_span line) {
    sw_span text = sw_span_trim(line);
    const char *equal = memchr(text.start, '=', text.length);
    if (!equal)
        return false;
    *key = sw_span_trim((sw_span){text.start, (size_t)(equal - text.start)});
    *value = sw_span_trim((sw_span){equal + 1, (size_t)(text.start + text.length - equal - 1)});
    return true;
}

static bool is_word(sw_span span, const char *text) {
    return span.length == strlen(text) && strncasecmp(span.start, text, span.length) == 0;
}

static bool starts_with(sw_span span, const char *text) {
    return span.length >= strlen(text) && strncasecmp(span.start, text, strlen(text)) == 0;
}

static bool read_hexadecimal(uint8_t colour[3], sw_span text) {
    static const char digits[] = "0123456789ABCDEF";
    if (text.length != 6)
        return false;
    for (size_t k = 0; k < 6; k++) {
        char c = text.start[k];
        const char *found = strchr(digits, c >= 'a' && c <= 'f' ? c - 'a' + 'A' : c);
        if (c == '\0' || !found)
            return false;
        colour[k / 2] = (uint8_t)(16u * colour[k / 2] + (unsigned)(found - digits));
    }
    return true;
}

/* One word "key:value" behind the ends of a range. */
static sw_status read_property(sw_ion *ion, char name[64], const sw_lines *lines, sw_span word,
                               sw_error *error) {
    char part[64];
    size_t count;
    double volume;
    const char *colon = memchr(word.start, ':', word.length);
    sw_span key = {word.start, colon ? (size_t)(colon - word.start) : 0};
    sw_span value = {colon ? colon + 1 : word.start,
                     colon ? (size_t)(word.start + word.length - colon - 1) : 0};
    bool good = colon != NULL && key.length > 0 && key.length < sizeof part;
    if (good && is_word(key, "Vol"))
        good = sw_span_number(&volume, value);
    else if (good && is_word(key, "Color"))
        good = read_hexadecimal(ion->colour, value);
    else if (good && is_word(key, "Name"))
        sw_span_copy(name, 64, value);
    else if (good) {
        sw_span_copy(part, sizeof part, key);
        good = sw_span_count(&count, value) && count > 0 && count < 1000 &&
               sw_ion_add_formula(ion, part, (unsigned)count);
    }
    if (good)
        return SW_OK;
    return sw_lines_error(lines, word, "such as Fe:1, Vol:0.01, Name:text or Color:FF0000", error,
                          "expected what the ion is made of, found \"%.*s\"", SW_SHOWN(word));
}

static sw_status read_range(sw_ranges *ranges, const sw_lines *lines, sw_span rest,
                            sw_error *error) {
    sw_ion ion = {0};
    double ends[2];
    char name[64] = "";
    sw_span word;
    sw_status status = sw_lines_numbers(ends, 2, lines, &rest, "an end of the range in Da", error);
    while (status == SW_OK && sw_span_word(&word, &rest))
        status = read_property(&ion, name, lines, word, error);
    if (status != SW_OK)
        return status;
    if (ion.parts == 0 && name[0] != '\0' && !sw_ion_add(&ion, name, 1))
        return sw_lines_error(lines, (sw_span){0}, "names have at most 15 letters", error,
                              "the name \"%s\" is too long", name);
    return sw_ranges_add(ranges, lines, ends[0], ends[1], &ion, error);
}

static sw_status unexpected(const sw_lines *lines, const char *what, sw_error *error) {
    return sw_lines_error(lines, (sw_span){0}, "compare the file with a fresh one of its program",
                          error, "expected %s, found \"%.*s\"", what, SW_SHOWN(lines->line));
}

sw_status sw_rrng_read(sw_ranges *ranges, const sw_source *source, sw_error *error) {
    sw_lines lines = sw_lines_of(source);
    bool in_ranges = false, counted = false;
    size_t expected = 0, found = 0;
    sw_status status = SW_OK;
    while (status == SW_OK && sw_lines_next(&lines)) {
        sw_span text = sw_span_trim(lines.line), key, value;
        if (text.length == 0 || *text.start == '#' || *text.start == ';')
            continue;
        if (*text.start == '[') {
            in_ranges = is_word(text, "[Ranges]");
            if (!in_ranges && !is_word(text, "[Ions]"))
                return unexpected(&lines, "[Ions] or [Ranges]", error);
        } else if (!split(&key, &value, lines.line)) {
            return unexpected(&lines, "a key with '='", error);
        } else if (in_ranges && is_word(key, "Number")) {
            counted = sw_span_count(&expected, value);
            if (!counted)
                return unexpected(&lines, "the number of ranges", error);
        } else if (in_ranges && starts_with(key, "Range")) {
            status = read_range(ranges, &lines, value, error);
            found++;
        } else if (in_ranges) {
            return unexpected(&lines, "Range1=low high ...", error);
        }
    }
    if (status == SW_OK && counted && found != expected)
        return sw_lines_error(&lines, (sw_span){0}, "the file may be cut off", error,
                              "expected %zu ranges, found %zu", expected, found);
    return status;
}
