/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/label.h"

#include <spillway/data.h>

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static int symbol_number(sw_span letters) {
    char symbol[4];
    if (letters.length == 0 || letters.length >= sizeof symbol)
        return -1;
    if (sw_span_is(letters, "D"))
        return 1; /* deuterium */
    sw_span_copy(symbol, sizeof symbol, letters);
    return sw_element_number(symbol);
}

int sw_label_element(sw_span label) {
    size_t number;
    if (sw_span_count(&number, label))
        return number <= 118 ? (int)number : -1;
    sw_span letters = {label.start, 0};
    while (letters.length < label.length && is_letter(label.start[letters.length]))
        letters.length++;
    return symbol_number(letters);
}

int sw_site_label_element(sw_span label) {
    int number = -1;
    if (label.length >= 2 && is_letter(label.start[1]))
        number = symbol_number((sw_span){label.start, 2});
    if (number < 0 && label.length >= 1 && is_letter(label.start[0]))
        number = symbol_number((sw_span){label.start, 1});
    return number;
}

bool sw_label_charge(double *charge, sw_span label) {
    sw_span rest = label;
    while (rest.length > 0 && is_letter(*rest.start)) {
        rest.start++;
        rest.length--;
    }
    char sign = '\0';
    if (rest.length > 0 &&
        (rest.start[rest.length - 1] == '+' || rest.start[rest.length - 1] == '-'))
        sign = rest.start[--rest.length]; /* 3+ */
    else if (rest.length > 1 && (*rest.start == '+' || *rest.start == '-'))
        sign = *rest.start++, rest.length--; /* +3 */
    double size = 1;
    if (!sign || (rest.length > 0 && (!is_digit(*rest.start) || !sw_span_number(&size, rest))))
        return false;
    *charge = sign == '-' ? -size : size;
    return true;
}

sw_status sw_label_error(const sw_lines *lines, sw_span word, sw_error *error) {
    return sw_lines_error(lines, word, "symbols are written as in the periodic table: Fe, O, Co",
                          error, "expected an element symbol, found \"%.*s\"", SW_SHOWN(word));
}
